"""Every file that a session becomes, read back by a program that somebody else wrote; and how it sounds."""
import io
import json
import math
import os
import pathlib
import shutil
import struct
import subprocess
import unittest
import xml.etree.ElementTree as ET
import zipfile

import documents
from daemon import EXAMPLE, SKIPPED, DaemonTest, main, run

HERE = pathlib.Path(__file__).resolve().parent
TICKS = 960


def needs(program):
    return unittest.skipUnless(shutil.which(program), f"{program} is not installed")


def node(kind, file):
    """What a reader of npm finds in a file, or a visible skip."""
    if not shutil.which("node"):
        raise unittest.SkipTest("node is not installed")
    result = subprocess.run(["node", HERE / "readers.mjs", kind, file], capture_output=True, text=True, timeout=60)
    if result.returncode == SKIPPED:
        raise unittest.SkipTest(result.stderr.strip())
    if result.returncode != 0:
        raise AssertionError(result.stderr)
    return json.loads(result.stdout)


def chunks(wav):
    """The chunks of a RIFF file in their order."""
    assert wav[:4] == b"RIFF" and wav[8:12] == b"WAVE" and struct.unpack("<I", wav[4:8])[0] == len(wav) - 8
    found, at = {}, 12
    while at + 8 <= len(wav):
        name, size = wav[at:at + 4].decode(), struct.unpack("<I", wav[at + 4:at + 8])[0]
        found[name] = wav[at + 8:at + 8 + size]
        at += 8 + size + size % 2
    return found


def samples(wav):
    """(rate, [frames of one channel])"""
    parts = chunks(wav)
    kind, channels, rate, _, _, bits = struct.unpack("<HHIIHH", parts["fmt "][:16])
    code = {(3, 32): "f", (1, 16): "h"}[kind, bits]
    values = struct.unpack(f"<{len(parts['data']) * 8 // bits}{code}", parts["data"])
    return rate, values[::channels]


def strength(values, rate, frequency):
    """How much of a frequency is in the samples (Goertzel)."""
    turn = 2 * math.cos(2 * math.pi * frequency / rate)
    one = two = 0.0
    for index, value in enumerate(values):  # under a Hann window, so that neighbours do not leak in
        weight = 1 - math.cos(2 * math.pi * index / len(values))
        one, two = value * weight + turn * one - two, one
    return math.hypot(one - two * math.cos(2 * math.pi * frequency / rate), two * math.sin(2 * math.pi * frequency / rate)) / len(values)


def single_note(pitch, patch=True, velocity=100):
    """A document with one note of one bar at 120 bpm."""
    track = {"id": "lead", "name": "Lead", "role": "lead", "channel": 1,
             "patterns": [{"id": "a", "length": 3840, "notes": [{"start": 0, "duration": 3840, "pitch": pitch, "velocity": velocity}]}]}
    if patch:
        track["patch"] = {"oscillators": [{"wave": "sine"}], "filter": {"type": "lowpass", "cutoff_hz": 8000, "resonance": 0},
                          "envelope": {"attack_ms": 5, "decay_ms": 50, "sustain": 0.9, "release_ms": 100}}
    return {"format": "doodled.session", "version": 1, "title": "One", "mode": "document", "seed": 1, "tempo_bpm": 120,
            "meter": {"numerator": 4, "denominator": 4}, "key": {"tonic": "C", "scale": "major"}, "tracks": [track],
            "arrangement": [{"name": "A", "bars": 1, "parts": [{"track": "lead", "pattern": "a"}]}]}


class Files(DaemonTest):
    """A drawing's session, and one document of several tracks, in all formats."""

    def setUp(self):
        super().setUp()
        self.d = self.enterContext(self.daemon())
        self.drawn = self.d.session_of(EXAMPLE.read_bytes(), mode="doodle", options={"bars": 2})
        self.written = self.d.post("+/sessions", documents.PHOTO_WHOLE).json()

    def exported(self, session, name):
        answer = self.d.get(f"+/sessions/{session['id']}/export/{name}")
        self.assertEqual(answer.status, 200, answer.body[:500])
        return answer.body

    def played(self, session):
        """[track, start, duration, pitch, velocity] of all that sounds."""
        timeline = json.loads(self.exported(session, "timeline"))
        return sorted([e["track"], e["tick"], e["duration"], e["pitch"], e["velocity"]] for e in timeline["events"] if e["type"] == "note_on")

    def file(self, session, name, ending):
        path = self.data_dir.parent / f"export.{ending}"
        path.write_bytes(self.exported(session, name))
        return path

    def test_tonejs_midi_finds_the_notes_names_tempo_and_markers(self):
        for session in (self.drawn, self.written):
            song = node("midi", self.file(session, "mid", "mid"))
            document = session["document"]
            self.assertEqual(song["ppq"], TICKS)
            self.assertAlmostEqual(song["bpm"], document["tempo_bpm"], places=2)
            self.assertEqual(song["meter"], [document["meter"]["numerator"], document["meter"]["denominator"]])
            self.assertEqual([name for _, name in song["markers"]], [section["name"] for section in document["arrangement"]])
            tracks = [track for track in song["tracks"] if track["notes"]]
            expected = self.played(session)
            sounding = sorted({note[0] for note in expected})
            self.assertEqual([track["name"] for track in tracks], [document["tracks"][i]["name"] for i in sounding])
            found = sorted([i, *note] for i, track in zip(sounding, tracks) for note in track["notes"])
            self.assertEqual(found, expected)

    def test_every_track_as_a_file_of_its_own(self):
        archive = zipfile.ZipFile(io.BytesIO(self.exported(self.written, "mid?split=true")))
        self.assertIsNone(archive.testzip())
        self.assertEqual(len(archive.namelist()), len(self.written["document"]["tracks"]))
        self.assertTrue(all(archive.read(name).startswith(b"MThd") for name in archive.namelist()))

    def test_patterns_for_an_mpc_hold_the_notes_and_a_whole_number_as_length(self):
        expected = self.played(self.written)
        for index, track in enumerate(self.written["document"]["tracks"]):
            notes = [note[1:] for note in expected if note[0] == index]
            classic = self.exported(self.written, f"mpcpattern?track={track['id']}")
            self.assertIn(b'"length": 9223372036854775807', classic)
            events = json.loads(classic)["pattern"]["events"]
            self.assertEqual([(e["1"], e["2"]) for e in events[:3]], [(0, 0.0), (32, 0.0), (130, 0.787401556968689)])
            self.assertEqual(sorted([e["time"], e["len"], e["1"], round(e["2"] * 127)] for e in events if e["type"] == 2), notes)
            events = json.loads(self.exported(self.written, f"mpcpattern?track={track['id']}&dialect=mpc3"))["pattern"]["events"]
            self.assertEqual(sorted([e["time"], e["note"]["length"], e["note"]["note"], round(e["note"]["velocity"] * 127)] for e in events), notes)
        self.assertProblem(self.d.get(f"+/sessions/{self.written['id']}/export/mpcpattern"), 422, "track_required", "track")

    @needs("xmllint")
    def test_a_dawproject_is_valid_and_holds_the_notes(self):
        schemas = [HERE / "dawproject.xsd"]
        if published := os.environ.get("DOODLED_DAWPROJECT_XSD"):
            schemas.append(pathlib.Path(published))
        for session in (self.drawn, self.written):
            archive = zipfile.ZipFile(io.BytesIO(self.exported(session, "dawproject")))
            self.assertEqual(archive.namelist(), ["project.xml", "metadata.xml"])
            project = archive.read("project.xml")
            for schema in schemas:
                result = subprocess.run(["xmllint", "--noout", "--schema", schema, "-"], input=project, capture_output=True)
                self.assertEqual(result.returncode, 0, result.stderr.decode())
            root = ET.fromstring(project)
            found = []
            for index, lanes in enumerate(root.findall("./Arrangement/Lanes/Lanes")):
                for clip in lanes.findall("./Clips/Clip"):
                    for note in clip.findall("./Lanes/Notes/Note"):
                        start = float(clip.get("time")) + float(note.get("time"))
                        found.append([index, round(start * TICKS), round(float(note.get("duration")) * TICKS), int(note.get("key")),
                                      round(float(note.get("vel")) * 127)])
            self.assertEqual(sorted(found), self.played(session))

    def test_musicxml_is_read_with_all_notes_on_their_64ths(self):
        for session in (self.drawn, self.written):
            score = node("musicxml", self.file(session, "musicxml", "musicxml"))
            document = session["document"]
            straight = self.played(self.d.post("+/sessions", {**document, "swing": 50}).json())
            self.assertEqual(score["problems"], [])
            self.assertEqual(score["names"], [track["name"] for track in document["tracks"]])
            for index, (track, part) in enumerate(zip(document["tracks"], score["parts"])):
                if track["role"] == "drums":
                    continue
                self.assertEqual(part["divisions"], 16)
                grid = lambda ticks: (ticks + 30) // 60
                expected = {(grid(n[1]), n[3]) for n in straight if n[0] == index}
                self.assertEqual({(start, pitch) for start, _, pitch in part["notes"]}, expected)

    def test_a_curve_becomes_wavetables_and_voltages(self):
        self.assertTrue(self.drawn["document"]["lfos"], "the example draws a curve")
        curve = self.drawn["document"]["lfos"][0]
        count = len(self.drawn["document"]["lfos"])
        serum = self.exported(self.drawn, "serum")
        self.assertEqual(chunks(serum)["clm "][:8], b"<!>2048 ")
        self.assertLess(list(chunks(serum)).index("clm "), list(chunks(serum)).index("data"))
        rate, table = samples(serum)
        self.assertEqual((rate, len(table)), (44100, 2048 * count))
        self.assertAlmostEqual(sum(table[:2048]) / 2048, 0, places=5)
        self.assertAlmostEqual(max(map(abs, table[:2048])), 1, places=5)
        self.assertEqual(samples(self.exported(self.drawn, "vital"))[0], 88200)
        self.assertEqual(len(samples(self.exported(self.drawn, "ableton"))[1]), 1024 * count)
        self.assertEqual(self.exported(self.drawn, "surge")[:12], b"vawt" + struct.pack("<IHH", 2048, count, 0))
        self.assertEqual(len(samples(self.exported(self.drawn, f"singlecycle?lfo={curve['id']}"))[1]), 169)
        seconds = curve["cycle"] * 60 / self.drawn["document"]["tempo_bpm"] / TICKS
        rate, cycle = samples(self.exported(self.drawn, f"lfo?lfo={curve['id']}"))
        self.assertAlmostEqual(len(cycle) / rate, seconds, places=3)
        self.assertAlmostEqual(cycle[0], curve["samples"][0], places=5)
        _, voltage = samples(self.exported(self.drawn, f"cv?lfo={curve['id']}&volts=2&full_scale=10&rate=8000"))
        self.assertAlmostEqual(voltage[0], curve["samples"][0] * 0.2, places=5)
        self.assertProblem(self.d.get(f"+/sessions/{self.drawn['id']}/export/cv?volts=x"), 400, "bad_query", "volts")

    def test_the_sheet_as_svg_and_png(self):
        svg = ET.fromstring(self.exported(self.drawn, "svg"))
        text = ET.tostring(svg, "unicode")
        self.assertIn("data:image/jpeg;base64,", text)
        self.assertIn("data-pointer", text)
        if not shutil.which("rsvg-convert"):
            answer = self.d.get(f"+/sessions/{self.drawn['id']}/export/png")
            self.assertIn("librsvg2-bin", self.assertProblem(answer, 503, "program_missing")["detail"])
            return
        png = self.exported(self.drawn, "png")
        self.assertEqual(png[:8], b"\x89PNG\r\n\x1a\n")
        width, height = struct.unpack(">II", png[16:24])
        self.assertEqual((width, height), (960, math.ceil(float(svg.get("height")))))

    def test_all_of_a_session_in_one_zip(self):
        archive = zipfile.ZipFile(io.BytesIO(self.exported(self.drawn, "zip")))
        self.assertIsNone(archive.testzip())
        names = archive.namelist()
        for name in ("mid.mid", "dawproject.dawproject", "musicxml.musicxml", "json.json", "serum.wav", "surge.wt", "svg.svg"):
            self.assertIn(name, names)
        self.assertEqual(json.loads(archive.read("json.json")), self.drawn["document"])

    def test_what_does_not_exist_is_refused_by_name(self):
        path = f"+/sessions/{self.written['id']}/export/"
        self.assertProblem(self.d.get(path + "als"), 404, "unknown_format", "format")
        self.assertProblem(self.d.get(path + "mid?colour=red"), 400, "bad_query", "colour")
        self.assertProblem(self.d.get(path + "mid?track=tuba"), 422, "unknown_track", "track")


class Sound(DaemonTest):
    def heard(self, d, document, kind="wav", query=""):
        session = d.post("+/sessions", document).json()
        answer = d.get(f"+/sessions/{session['id']}/preview.{kind}{query}")
        self.assertEqual(answer.status, 200, answer.body[:500])
        return answer.body

    def test_a_patch_sounds_at_its_pitch_for_its_time(self):
        with self.daemon() as d:
            rate, left = samples(self.heard(d, single_note(69)))
            self.assertEqual(rate, 44100)
            self.assertAlmostEqual(len(left) / rate, 4.0, places=2)  # a bar of 2 s, and the tail
            self.assertAlmostEqual(max(map(abs, left)) / 32768, 0.89, delta=0.05)
            middle = [value / 32768 for value in left[rate // 2:rate // 2 + 8192]]
            right, wrong = strength(middle, rate, 440), max(strength(middle, rate, f) for f in (415.3, 466.2, 880))
            self.assertGreater(right, 20 * wrong)
            self.assertLess(max(map(abs, left[-4410:])), 100)

    def test_the_first_bars_alone_and_the_same_bytes_again(self):
        with self.daemon() as d:
            document = single_note(60)
            document["arrangement"][0]["bars"] = 4
            session = d.post("+/sessions", document).json()
            path = f"+/sessions/{session['id']}/preview.wav?bars=1"
            once, again = d.get(path), d.get(path)
            self.assertEqual(once.body, again.body)
            self.assertAlmostEqual(len(samples(once.body)[1]) / 44100, 4.0, places=2)
            self.assertEqual(len(list((self.data_dir / "audition").glob("*.wav"))), 1)
            self.assertEqual(d.get(f"+/sessions/{session['id']}/preview.ogg").body[:4], b"OggS")
            self.assertProblem(d.get(f"+/sessions/{session['id']}/preview.wav?bars=0"), 400, "bad_query", "bars")

    def test_silence_stays_silent(self):
        with self.daemon() as d:
            document = single_note(60)
            document["tracks"][0]["patterns"][0]["notes"] = []
            self.assertEqual(max(map(abs, samples(self.heard(d, document))[1])), 0)

    @needs("fluidsynth")
    def test_a_part_without_a_patch_sounds_through_the_sound_font(self):
        with self.daemon() as d:
            document = single_note(69, patch=False)
            session = d.post("+/sessions", document).json()
            answer = d.get(f"+/sessions/{session['id']}/preview.wav")
            if answer.status == 503:
                self.skipTest(answer.json()["detail"])
            rate, left = samples(answer.body)
            middle = [value / 32768 for value in left[rate // 2:rate // 2 + 8192]]
            self.assertGreater(max(strength(middle, rate, 440), strength(middle, rate, 880)),
                               5 * max(strength(middle, rate, f) for f in (415.3, 466.2)))

    def test_what_is_missing_is_named_with_its_package(self):
        document = single_note(60, patch=False)
        for setting, code, package in (("audition.program=no-such-synth", "program_missing", "apt install fluidsynth"),
                                       ("audition.sound_font=/nowhere.sf2", "sound_font_missing", "apt install timgm6mb-soundfont")):
            with self.subTest(setting), self.daemon("--set", setting, "--set", "audition.sound_font=" + str(EXAMPLE), "--set", setting) as d:
                session = d.post("+/sessions", document).json()
                problem = self.assertProblem(d.get(f"+/sessions/{session['id']}/preview.wav"), 503, code)
                self.assertIn(package, problem["detail"])

    def test_too_long_a_session_is_refused_with_the_setting(self):
        with self.daemon("--set", "audition.max_seconds=3") as d:
            document = single_note(60)
            document["arrangement"][0]["bars"] = 2
            session = d.post("+/sessions", document).json()
            problem = self.assertProblem(d.get(f"+/sessions/{session['id']}/preview.wav"), 422, "audition_too_long", "bars")
            self.assertIn("audition.max_seconds", problem["detail"])
            self.assertEqual(d.get(f"+/sessions/{session['id']}/preview.wav?bars=1").status, 200)


class CommandLine(DaemonTest):
    def test_render_writes_what_the_ending_says(self):
        self.data_dir.mkdir(parents=True)
        song = self.data_dir / "song.json"
        song.write_text(json.dumps(documents.PHOTO_WHOLE))
        for name, magic in (("a.mid", b"MThd"), ("a.dawproject", b"PK"), ("a.musicxml", b"<?xml"), ("a.zip", b"PK"), ("a.svg", b"<svg")):
            with self.subTest(name):
                self.assertEqual(run("render", song, "-o", self.data_dir / name).returncode, 0)
                self.assertTrue((self.data_dir / name).read_bytes().startswith(magic))
        self.assertEqual(run("render", song, "-o", self.data_dir / "b.mid", "-O", "smf_format=0").returncode, 0)
        self.assertEqual((self.data_dir / "b.mid").read_bytes()[9], 0)
        unclear = run("render", song, "-o", self.data_dir / "a.wav")
        self.assertEqual(unclear.returncode, 1)
        self.assertIn("--format", unclear.stderr)


if __name__ == "__main__":
    main()
