"""Standard MIDI Files read by independent programs, and the command line."""
import csv
import io
import json
import subprocess

import mido

import documents
from daemon import EXAMPLE, DaemonTest, main, run


def midicsv_notes(data):
    text = subprocess.run(["midicsv", "-"], input=data, capture_output=True, check=True).stdout.decode("latin-1")
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), skipinitialspace=True)]
    return sorted((int(r[0]), int(r[1]), int(r[4]), int(r[5])) for r in rows if r[2] == "Note_on_c" and r[5] != "0"), rows


def mido_notes(data):
    found = []
    for number, track in enumerate(mido.MidiFile(file=io.BytesIO(data)).tracks, start=1):
        tick = 0
        for message in track:
            tick += message.time
            if message.type == "note_on" and message.velocity:
                found.append((number, tick, message.note, message.velocity))
    return sorted(found)


def document_notes(document):
    return sorted((index + 2, note["start"], note["pitch"], note["velocity"])
                  for index, track in enumerate(document["tracks"]) for note in track["patterns"][0]["notes"])


class MidiFiles(DaemonTest):
    def test_two_independent_readers_find_the_notes_of_the_document(self):
        with self.daemon() as d:
            for name in ("doodle", "photo", "mpc", "matrix"):
                with self.subTest(name):
                    session = d.post("+/sessions", documents.ALL[name]).json()
                    data = d.get(f"+/sessions/{session['id']}/export/mid").body
                    expected = document_notes(session["document"])
                    found, rows = midicsv_notes(data)
                    self.assertEqual(found, expected)
                    self.assertEqual(mido_notes(data), expected)
                    tempo = next(int(r[3]) for r in rows if r[2] == "Tempo")
                    self.assertAlmostEqual(60e6 / tempo, session["document"]["tempo_bpm"], places=2)
                    self.assertIn("Time_signature", {r[2] for r in rows})
                    ends = {int(r[1]) for r in rows if r[2] == "End_track"}
                    self.assertEqual(ends, {3840})

    def test_format_0_holds_the_same_notes_in_one_track(self):
        with self.daemon() as d:
            session = d.post("+/sessions", documents.PHOTO_WHOLE).json()
            one, many = (d.get(f"+/sessions/{session['id']}/export/mid?smf_format={n}").body for n in (0, 1))
            self.assertEqual((mido.MidiFile(file=io.BytesIO(one)).type, mido.MidiFile(file=io.BytesIO(many)).type), (0, 1))
            self.assertEqual(sorted(n[1:] for n in mido_notes(one)), sorted(n[1:] for n in mido_notes(many)))


class CommandLine(DaemonTest):
    def test_read_prints_what_the_picture_holds_and_stores_nothing(self):
        result = run("read", EXAMPLE, EXAMPLE, "--data-dir", self.data_dir)
        self.assertEqual(result.returncode, 0, result.stderr)
        first, second = map(json.loads, result.stdout.splitlines())
        self.assertEqual(first, second)
        self.assertEqual((first["kind"], first["document"]["format"]), ("drawing", "doodled.session"))
        self.assertFalse(self.data_dir.exists())

    def test_errors_go_to_stderr_with_an_exit_code(self):
        missing = run("read", "/nowhere.png")
        self.assertEqual(missing.returncode, 1)
        self.assertIn("/nowhere.png", missing.stderr)
        self.assertEqual(run("fly").returncode, 2)
        self.assertEqual(run("serve", "--set", "server.colour=red").returncode, 2)
        self.assertEqual(run("--help").returncode, 0)

    def test_render_compile_and_check_take_a_document(self):
        self.data_dir.mkdir(parents=True)
        song, mid = self.data_dir / "song.json", self.data_dir / "song.mid"
        song.write_text(json.dumps(documents.DOODLE))
        self.assertEqual(run("render", song, "-o", mid).returncode, 0)
        self.assertEqual([n[1:] for n in mido_notes(mid.read_bytes())], [(0, 60, 100), (960, 54, 90), (2880, 58, 80)])
        self.assertIn("note on  C4   velocity 100", run("compile", song).stdout)
        self.assertEqual(run("check", song).returncode, 0)
        song.write_text(json.dumps({"midi_sequence": [{"note": "Q"}]}))
        refused = run("check", song)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("/midi_sequence/0/note", refused.stderr)

    def test_replay_without_a_daemon_sends_what_the_daemon_sent(self):
        with self.daemon() as d:
            session = d.post("+/sessions", documents.DOODLE).json()
            play = d.post(f"+/sessions/{session['id']}/play", {"devices": ["max"]}).json()
            first = d.finished_play(play["id"])["log"]["items"]
        result = run("replay", session["id"], "--data-dir", self.data_dir, "--config", self.data_dir.parent / "doodled.toml")
        self.assertEqual(result.returncode, 0, result.stderr)
        with self.daemon() as d:
            again = d.finished_play(result.stdout.split(":")[0])["log"]["items"]
        self.assertEqual([(e["tick"], e["bytes"]) for e in again], [(e["tick"], e["bytes"]) for e in first])

    def test_audit_names_a_row_that_was_changed(self):
        with self.daemon() as d:
            ids = [d.post("+/sessions", document).json()["id"] for document in (documents.DOODLE, documents.PHOTO, documents.MPC)]
        self.assertEqual(run("audit", "--data-dir", self.data_dir).returncode, 0)
        subprocess.run(["sqlite3", self.data_dir / "doodled.sqlite3", f"UPDATE session_bodies SET document = replace(document, '60', '61') WHERE rowid = (SELECT min(rowid) FROM session_bodies)"], check=True)
        result = run("audit", "--data-dir", self.data_dir)
        self.assertEqual(result.returncode, 1)
        self.assertIn(ids[0], result.stderr)


if __name__ == "__main__":
    main()
