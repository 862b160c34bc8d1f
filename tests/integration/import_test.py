"""Files of other programs as sessions: over HTTP, on the command line, and all of the shared MIDI files."""
import csv
import io
import json
import shutil
import subprocess
import unittest

import mido

import documents
from daemon import CORPUS, DaemonTest, main, run

TICKS = 960


def midi_file(*tracks, division=480, kind=1):
    file = mido.MidiFile(type=kind, ticks_per_beat=division)
    file.tracks.extend(mido.MidiTrack(messages) for messages in tracks)
    out = io.BytesIO()
    file.save(file=out)
    return out.getvalue()


SONG = midi_file(
    [mido.MetaMessage("track_name", name="Song"), mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(90)),
     mido.MetaMessage("key_signature", key="Em"), mido.MetaMessage("marker", text="Verse"),
     mido.MetaMessage("marker", text="Chorus", time=1920)],
    [mido.MetaMessage("track_name", name="Bass"), mido.Message("program_change", program=33),
     mido.Message("note_on", note=40, velocity=100), mido.Message("note_off", note=40, time=240),
     mido.Message("note_on", note=43, velocity=90, time=1680), mido.Message("note_off", note=43, time=480)],
    [mido.Message("note_on", channel=9, note=36, velocity=127, time=480), mido.Message("note_on", channel=9, note=36, velocity=0, time=120)])


def starts(document):
    """(start, pitch, drums?) of every note of an imported document; what a note is tied into is not struck again."""
    bar = TICKS * 4 * document["meter"]["numerator"] // document["meter"]["denominator"]
    found, held, at = set(), set(), 0
    for section in document["arrangement"]:
        held_on = set()
        for part in section["parts"]:
            track = next(t for t in document["tracks"] if t["id"] == part["track"])
            pattern = next(p for p in track["patterns"] if p["id"] == part["pattern"])
            for n in pattern["notes"]:
                if n["start"] > 0 or (track["id"], n["pitch"]) not in held:
                    found.add((at + n["start"], n["pitch"], track["channel"] == 10))
                if n.get("tied"):
                    held_on.add((track["id"], n["pitch"]))
        held = held_on
        at += section["bars"] * bar
    return found


def midicsv_starts(file):
    """The same by midicsv, or nothing where it can't read the file."""
    text = subprocess.run(["midicsv", file], capture_output=True).stdout.decode("latin-1")
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), skipinitialspace=True)]
    header = next((row for row in rows if len(row) > 5 and row[2] == "Header"), None)
    if not header:
        return None
    scale = lambda tick: (int(tick) * TICKS + int(header[5]) // 2) // int(header[5])
    return {(scale(r[1]), int(r[4]), r[3] == "9") for r in rows if r[2] == "Note_on_c" and r[5] != "0"}


def mido_starts(file):
    """The same by mido, which knows which system messages have data; nothing where it gives up."""
    try:
        song = mido.MidiFile(file, clip=True)
    except (OSError, EOFError, ValueError):
        return None
    found = set()
    for track in song.tracks:
        tick = 0
        for message in track:
            tick += message.time
            if message.type == "note_on" and message.velocity:
                found.add(((tick * TICKS + song.ticks_per_beat // 2) // song.ticks_per_beat, message.note, message.channel == 9))
    return found


class Import(DaemonTest):
    def test_a_midi_file_becomes_a_session_that_plays_the_same(self):
        with self.daemon() as d:
            answer = d.request("POST", "+/sessions", SONG, {"Content-Type": "audio/midi"})
            self.assertEqual(answer.status, 201, answer.body)
            document = answer.json()["document"]
            self.assertEqual((document["title"], document["tempo_bpm"], document["key"]), ("Song", 90.0, {"scale": "minor", "tonic": "E"}))
            self.assertEqual([s["name"] for s in document["arrangement"]], ["Verse", "Chorus"])
            self.assertEqual([(t["name"], t["role"]) for t in document["tracks"]], [("Bass", "bass"), ("Drums", "drums")])
            back = mido.MidiFile(file=io.BytesIO(d.get(f"+/sessions/{answer.json()['id']}/export/mid").body))
            notes = [(m.type, m.note) for m in back.tracks[1] if not m.is_meta and m.type.startswith("note")]
            self.assertEqual(notes, [("note_on", 40), ("note_off", 40), ("note_on", 43), ("note_off", 43)])

    def test_a_form_carries_the_file_and_its_name(self):
        with self.daemon() as d:
            unnamed = midi_file([mido.Message("note_on", note=60, velocity=64), mido.Message("note_off", note=60, time=480)])
            body = (b'--x\r\nContent-Disposition: form-data; name="file"; filename="take five.mid"\r\n\r\n' + unnamed + b"\r\n--x--\r\n")
            answer = d.request("POST", "+/sessions", body, {"Content-Type": "multipart/form-data; boundary=x"})
            self.assertEqual(answer.status, 201, answer.body)
            self.assertEqual(answer.json()["title"], "take five")
            nothing = d.request("POST", "+/sessions", b"--x--\r\n", {"Content-Type": "multipart/form-data; boundary=x"})
            self.assertIn(nothing.status, (400, 422))

    def test_a_pattern_of_an_mpc_comes_back_as_it_went(self):
        with self.daemon() as d:
            session = d.post("+/sessions", documents.MATRIX).json()
            for dialect in ("classic", "mpc3"):
                pattern = d.get(f"+/sessions/{session['id']}/export/mpcpattern?dialect={dialect}").json()
                again = d.post("+/sessions", pattern).json()
                self.assertEqual(again["document"]["tracks"][0]["patterns"][0]["notes"],
                                 session["document"]["tracks"][0]["patterns"][0]["notes"])

    def test_a_file_becomes_a_part_beside_the_music_that_is_there(self):
        with self.daemon() as d:
            music = d.request("POST", "+/sessions", SONG, {"Content-Type": "audio/midi"}).json()
            answer = d.post(f"+/sessions?context={music['id']}", documents.MATRIX)
            self.assertEqual(answer.status, 201, answer.body)
            both = answer.json()
            self.assertEqual(both["parent_id"], music["id"])
            self.assertEqual(both["document"]["tracks"][:2], music["document"]["tracks"])
            self.assertEqual([len(s["parts"]) for s in both["document"]["arrangement"]], [3, 2])

            self.assertProblem(d.post("+/sessions?context=nobody", documents.MATRIX), 404, "unknown_session")

    def test_a_key_that_was_used_for_another_context_is_refused(self):
        with self.daemon() as d:
            first, second = (d.post("+/sessions", documents.MATRIX, Idempotency_Key=key).json()["id"] for key in ("a", "b"))
            both = d.post(f"+/sessions?context={first}", documents.MATRIX, Idempotency_Key="c").json()
            self.assertEqual(d.post(f"+/sessions?context={first}", documents.MATRIX, Idempotency_Key="c").json()["id"], both["id"])
            other = d.post(f"+/sessions?context={second}", documents.MATRIX, Idempotency_Key="c")
            self.assertProblem(other, 422, "idempotency_key_reused", "Idempotency-Key")

    def test_checking_stores_nothing(self):
        with self.daemon() as d:
            answer = d.request("POST", "+/sessions/check", SONG, {"Content-Type": "audio/midi"})
            self.assertEqual((answer.status, answer.json()["document"]["title"]), (200, "Song"))
            self.assertEqual(d.get("+/sessions").json()["items"], [])

    def test_hostile_files_are_refused_and_nothing_is_stored(self):
        cases = [(SONG[:-9], 400, "malformed_midi"), (b"MThd" + b"\xff" * 60, 400, "malformed_midi"),
                 (b"SMF2CLIP" + bytes(40), 415, "midi2_clip"), (b"RIFFxxxx", 415, "not_a_midi_file"), (b"", 415, "not_a_midi_file"),
                 (midi_file([]), 422, "midi_without_notes"),
                 (midi_file([mido.Message("note_on", note=1, velocity=1), mido.Message("note_off", note=1, time=200_000_000)]), 413, "midi_too_large")]
        with self.daemon() as d:
            for body, status, code in cases:
                with self.subTest(code, start=body[:8]):
                    self.assertProblem(d.request("POST", "+/sessions", body, {"Content-Type": "audio/midi"}), status, code)
            self.assertEqual(d.get("+/sessions").json()["items"], [])

    def test_the_command_line_prints_or_stores(self):
        self.data_dir.mkdir(parents=True)
        file = self.data_dir / "song.mid"
        file.write_bytes(SONG)
        printed = run("import", file, "--data-dir", self.data_dir / "store")
        self.assertEqual(json.loads(printed.stdout)["title"], "Song", printed.stderr)
        self.assertFalse((self.data_dir / "store").exists())
        stored = run("import", file, "--store", "--data-dir", self.data_dir / "store")
        self.assertEqual(stored.returncode, 0, stored.stderr)
        self.assertIn("Song", run("compile", stored.stdout.strip(), "--data-dir", self.data_dir / "store").stdout)
        self.assertEqual(run("compile", file).stdout, run("compile", stored.stdout.strip(), "--data-dir", self.data_dir / "store").stdout)

    def test_a_file_joins_the_music_of_a_session(self):
        self.data_dir.mkdir(parents=True)
        song, matrix, store = self.data_dir / "song.mid", self.data_dir / "matrix.json", self.data_dir / "store"
        song.write_bytes(SONG)
        matrix.write_text(json.dumps(documents.MATRIX))
        music = run("import", song, "--store", "--data-dir", store).stdout.strip()
        both = run("import", matrix, "--context", music, "--store", "--data-dir", store)
        self.assertEqual(both.returncode, 0, both.stderr)
        beside_a_file = json.loads(run("import", matrix, "--context", song).stdout)
        with self.daemon(data_dir=store) as d:
            session = d.get(f"+/sessions/{both.stdout.strip()}").json()
        self.assertEqual(session["parent_id"], music)
        self.assertEqual(session["document"]["tracks"], beside_a_file["tracks"])
        self.assertEqual(len(session["document"]["tracks"]), 3)


@unittest.skipUnless((CORPUS / "midi").is_dir(), f"no MIDI files at {CORPUS / 'midi'}")
@unittest.skipUnless(shutil.which("midicsv"), "midicsv is not installed")
class SharedFiles(unittest.TestCase):
    def test_every_file_is_read_as_mido_or_midicsv_read_it_or_refused_with_a_reason(self):
        facts = [json.loads(line)["file"] for line in (CORPUS / "midi.jsonl").read_text().splitlines()]
        read, refused = 0, {}
        for file in sorted((CORPUS / "midi").iterdir()):
            expected = (mido_starts(file) or midicsv_starts(file)) if f"midi/{file.name}" in facts else None
            with self.subTest(file.name):
                result = run("import", file)
                if expected:
                    self.assertEqual(result.returncode, 0, result.stderr)
                    self.assertEqual(starts(json.loads(result.stdout)), expected)
                if result.returncode == 0:
                    read += 1
                else:
                    self.assertEqual(result.returncode, 1, result.stderr)
                    refused[file.name] = result.stderr.splitlines()[0]
        print(f"{read} read, {len(refused)} refused:")
        for name, reason in refused.items():
            print(f"  {name}: {reason}")
        self.assertGreater(read, 25)


if __name__ == "__main__":
    main()
