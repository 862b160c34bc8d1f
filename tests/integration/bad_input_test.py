"""Documents that no music can come of: each is refused with a pointer to what is wrong, and nothing is stored of it."""
import copy
import http.client
import json

import documents
from daemon import DaemonTest, main, run


def a_session():
    """A small document of ours that is accepted."""
    return {
        "format": "doodled.session", "version": 1, "title": "t", "mode": "document", "seed": 1, "tempo_bpm": 120,
        "meter": {"numerator": 4, "denominator": 4}, "key": {"tonic": "C", "scale": "major"},
        "tracks": [{"id": "lead", "role": "lead", "channel": 1,
                    "patterns": [{"id": "a", "length": 3840, "notes": [{"start": 0, "duration": 240, "pitch": 60, "velocity": 100}]}]}],
        "arrangement": [{"name": "A", "bars": 1, "parts": [{"track": "lead", "pattern": "a"}]}],
    }


def changed(pointer, value):
    document = a_session()
    place = document
    *way, last = pointer.strip("/").split("/")
    for step in way:
        place = place[int(step) if isinstance(place, list) else step]
    place[int(last) if isinstance(place, list) else last] = value
    return document


def notes(count, start=0):
    return [{"start": start + i % 3840, "duration": 1, "pitch": i % 128, "velocity": 1} for i in range(count)]


class BadInput(DaemonTest):
    def refused(self, d, body, status, code, pointer=None, path="+/sessions"):
        if not isinstance(body, str):
            body = json.dumps(body)
        problem = self.assertProblem(d.post(path, body, Content_Type="application/json"), status, code, pointer)
        self.assertLessEqual(len(problem["errors"]), 100)
        return problem

    @staticmethod
    def status_of_a_body_of(d, length):
        """What is answered to the header alone: a body that is too long is not even read."""
        connection = http.client.HTTPConnection("127.0.0.1", d.port, timeout=60)
        connection.putrequest("POST", "/api/v1/sessions")
        connection.putheader("Content-Type", "application/json")
        connection.putheader("Content-Length", str(length))
        connection.endheaders()
        status = connection.getresponse().status
        connection.close()
        return status

    def test_values_that_are_no_music_are_named_by_pointer(self):
        note = "/tracks/0/patterns/0/notes/0"
        wrong = [("/tempo_bpm", 0), ("/tempo_bpm", -1), ("/key/scale", "purple"), ("/key/tonic", "H"), ("/meter/denominator", 3),
                 ("/meter/numerator", 0), (note + "/start", -240), (note + "/duration", 0), (note + "/duration", -5),
                 (note + "/pitch", 128), (note + "/pitch", "C4"), (note + "/velocity", 0), (note + "/start", 0.5),
                 ("/swing", 90), ("/seed", -1), ("/tracks/0/channel", 17), ("/tracks/0/role", "kazoo"), ("/arrangement/0/bars", 0)]
        with self.daemon() as d:
            self.assertEqual(d.post("+/sessions/check", a_session()).status, 200)
            for pointer, value in wrong:
                with self.subTest(pointer=pointer, value=value):
                    self.refused(d, changed(pointer, value), 422, "schema_violation", pointer)
            self.assertEqual(d.get("+/sessions").json()["items"], [])

    def test_references_to_nothing_and_notes_after_the_end_are_named(self):
        with self.daemon() as d:
            self.refused(d, changed("/arrangement/0/parts/0/track", "bass"), 422, "session_rejected", "/arrangement/0/parts/0/track")
            self.refused(d, changed("/tracks/0/patterns/0/notes/0/start", 3840), 422, "session_rejected", "/tracks/0/patterns/0/notes/0/start")
            twice = a_session()
            twice["tracks"].append(copy.deepcopy(twice["tracks"][0]))
            self.refused(d, twice, 422, "session_rejected", "/tracks/1/id")
            self.assertEqual(d.get("+/sessions").json()["items"], [])

    def test_numbers_that_json_does_not_have_are_refused_with_their_place(self):
        text = json.dumps(a_session())
        with self.daemon() as d:
            for number in ("NaN", "Infinity", "-Infinity", "01", "0x10"):
                with self.subTest(number=number):
                    problem = self.refused(d, text.replace('"tempo_bpm": 120', f'"tempo_bpm": {number}'), 400, "malformed_json")
                    self.assertIn("line 1", problem["detail"])
            self.refused(d, text.replace('"tempo_bpm": 120', '"tempo_bpm": 1e999'), 400, "malformed_json")
            self.refused(d, "[" * 100000, 400, "malformed_json")
            self.refused(d, text.replace('"seed": 1', '"seed": 1, "seed": 2'), 400, "malformed_json")

    def test_a_million_notes_are_too_many_however_they_come(self):
        with self.daemon("--set", "rules.max_notes=30000") as d:
            self.refused(d, changed("/tracks/0/patterns/0/notes", notes(20001)), 422, "schema_violation", "/tracks/0/patterns/0/notes")
            many = a_session()
            for i in range(2):
                many["tracks"][0]["patterns"].append({"id": f"b{i}", "length": 3840, "notes": notes(16000)})
            problem = self.refused(d, many, 422, "session_rejected", "/tracks")
            self.assertIn("at most 30000", problem["errors"][0]["message"])
            self.assertEqual(self.status_of_a_body_of(d, 17_000_000), 413)
            self.assertEqual(d.get("+/sessions").json()["items"], [])

    def test_a_thousand_mistakes_are_told_of_the_first_hundred(self):
        with self.daemon() as d:
            wrong = [{"start": -1, "duration": 0, "pitch": 200, "velocity": 0}] * 1000
            problem = self.refused(d, changed("/tracks/0/patterns/0/notes", wrong), 422, "schema_violation")
            self.assertEqual(len(problem["errors"]), 100)

    def test_words_of_the_forms_that_nobody_knows_are_named(self):
        def form(base, pointer, value):
            document = copy.deepcopy(base)
            place = document
            *way, last = pointer.strip("/").split("/")
            for step in way:
                place = place[int(step) if isinstance(place, list) else step]
            place[int(last) if isinstance(place, list) else last] = value
            return document
        wrong = [(documents.PHOTO_WHOLE, "/session_meta/key_scale", "E_Purple"), (documents.PHOTO_WHOLE, "/session_meta/estimated_bpm", 0),
                 (documents.PHOTO_WHOLE, "/tracks/ambient_pad/chord_progression/1", "Xm7"),
                 (documents.PHOTO, "/tracks/lead_sequence/midi_notes/0", "Z3"), (documents.DOODLE, "/sequence/bpm", -3),
                 (documents.MPC, "/mpc_session_setup/scale_mode", "Sad"), (documents.MATRIX, "/midi_sequence/1/note", 300)]
        with self.daemon() as d:
            for base, pointer, value in wrong:
                with self.subTest(pointer=pointer, value=value):
                    self.refused(d, form(base, pointer, value), 422, "invalid_form", pointer)
            self.assertEqual(d.get("+/sessions").json()["items"], [])

    def test_a_parent_must_be_there_before_its_child_so_that_no_circle_can_be(self):
        with self.daemon() as d:
            self.refused(d, a_session(), 404, "unknown_parent", path="+/sessions?parent_id=01m8326bdh0ccy6rc5ycm7yeq8")
            first = d.post("+/sessions", a_session()).json()
            child = d.post(f"+/sessions?parent_id={first['id']}", a_session()).json()
            self.assertProblem(d.request("PATCH", f"+/sessions/{first['id']}", {"parent_id": child["id"]}), 422, "invalid_change", "/parent_id")
            family = d.get(f"+/sessions/{first['id']}/family").json()
            self.assertEqual([item["id"] for item in family["items"]], [first["id"], child["id"]])

    def test_the_command_line_says_the_same(self):
        file = self.data_dir.parent / "wrong.json"
        file.write_text(json.dumps(changed("/tempo_bpm", 0)))
        for command in ("check", "compile", "vary"):
            said = run(command, file)
            self.assertEqual(said.returncode, 1, said.stdout)
            self.assertIn("/tempo_bpm", said.stderr)


if __name__ == "__main__":
    main()
