"""Steering a stored session: variations with locks, comparing, keeping, going back, families; rules that can be read."""
import json
import unittest

import documents
from daemon import EXAMPLE, DaemonTest, main, run


def song(d):
    """A stored session with two tracks: the whole photo form of the idea document."""
    return d.post("+/sessions", documents.PHOTO_WHOLE).json()


class Steering(DaemonTest):
    def test_candidates_name_their_parent_and_keep_what_is_locked(self):
        with self.daemon() as d:
            parent = song(d)
            wish = {"seed": 5, "count": 3, "locks": ["/tracks/0", "/key"], "operations": [{"op": "mutate", "steps": 6, "part": "/tracks/1"}, {"op": "swing", "percent": 60}]}
            answer = d.post(f"+/sessions/{parent['id']}/variations", wish)
            self.assertEqual(answer.status, 201, answer.body)
            items = answer.json()["items"]
            self.assertEqual([item["seed"] for item in items], [5, 6, 7])
            self.assertEqual(len({json.dumps(item["document"]["tracks"][1]) for item in items}), 3)
            for item in items:
                stored = d.get(f"+/sessions/{item['id']}").json()
                self.assertEqual(stored["parent_id"], parent["id"])
                self.assertEqual(stored["document"]["tracks"][0], parent["document"]["tracks"][0])
                self.assertEqual(stored["document"]["swing"], 60)
                self.assertTrue(item["changes"])
            alone = d.post(f"+/sessions/{parent['id']}/variations", {**wish, "seed": 6, "count": 1, "store": False})
            self.assertEqual(alone.status, 200, alone.body)
            self.assertEqual(alone.json()["items"][0]["document"], items[1]["document"])
            children = d.get(f"+/sessions?parent_id={parent['id']}").json()["items"]
            self.assertEqual({child["id"] for child in children}, {item["id"] for item in items})

    def test_every_operation_makes_a_session_that_can_be_played_and_is_in_the_chain(self):
        with self.daemon() as d:
            parent = song(d)
            operations = [item["op"] for item in d.get("+/operations").json()["items"]]
            self.assertGreater(len(operations), 10)
            for op in operations:
                wish = {"operations": [{"op": op, **({"key": "F dorian"} if op == "key" else {})}]}
                answer = d.post(f"+/sessions/{parent['id']}/variations", wish)
                self.assertEqual(answer.status, 201, (op, answer.body))
                made = answer.json()["items"][0]
                self.assertEqual(d.get(f"+/sessions/{made['id']}/export/mid").body[:4], b"MThd", op)
            newest = d.get("+/sessions?limit=1").json()["items"][0]
            bars = d.post(f"+/sessions/{newest['id']}/variations", {"operations": [{"op": "bars", "bars": 64}]}).json()["items"][0]
            self.assertEqual(sum(section["bars"] for section in bars["document"]["arrangement"]), 64)
        audit = run("audit", "--data-dir", self.data_dir)
        self.assertEqual(audit.returncode, 0, audit.stderr)

    def test_a_repeated_wish_with_its_key_is_answered_with_what_it_made(self):
        with self.daemon() as d:
            parent, other = song(d), song(d)
            path = f"+/sessions/{parent['id']}/variations"
            send = lambda where, wish, key="k1": d.request("POST", where, json.dumps(wish).encode(), {"Content-Type": "application/json", "Idempotency-Key": key})
            first, again = send(path, {"count": 3}), send(path, {"count": 3})
            self.assertEqual((first.status, again.status), (201, 201), again.body)
            self.assertEqual(first.json()["items"], again.json()["items"])
            self.assertProblem(send(path, {"count": 2}), 422, "idempotency_key_reused", "Idempotency-Key")
            elsewhere = send(f"+/sessions/{other['id']}/variations", {"count": 3})
            self.assertEqual(elsewhere.status, 201, elsewhere.body)
            self.assertEqual(len(d.get("+/sessions").json()["items"]), 2 + 3 + 3)
            child = first.json()["items"][0]["id"]
            back, back_again = (send(f"+/sessions/{child}/revert", {}, "k2").json()["id"] for _ in range(2))
            self.assertEqual(back, back_again)

    def test_the_difference_is_told_in_sentences_and_by_pointers(self):
        with self.daemon() as d:
            parent = song(d)
            child = d.post(f"+/sessions/{parent['id']}/variations", {"operations": [{"op": "tempo", "bpm": 100}, {"op": "mutate", "steps": 1, "part": "/tracks/1"}]}).json()["items"][0]
            diff = d.get(f"+/sessions/{parent['id']}/diff/{child['id']}").json()
            self.assertIn("The tempo goes from 90.0 to 100.0.", diff["summary"])
            self.assertIn("/tempo_bpm", [change["pointer"] for change in diff["changes"]])
            self.assertEqual(diff["notes"]["changed"] + diff["notes"]["added"] + diff["notes"]["removed"], 1)
            self.assertTrue(d.get(f"+/sessions/{parent['id']}/diff/{parent['id']}").json()["same"])
            self.assertProblem(d.get(f"+/sessions/{parent['id']}/diff/nobody"), 404, "unknown_session")

    def test_one_is_kept_and_the_others_go_out_of_sight(self):
        with self.daemon() as d:
            parent = song(d)
            items = d.post(f"+/sessions/{parent['id']}/variations", {"count": 4}).json()["items"]
            d.request("PATCH", f"+/sessions/{items[3]['id']}", {"starred": True})
            kept = d.post(f"+/sessions/{items[1]['id']}/keep", {"hide_others": True}).json()
            self.assertTrue(kept["session"]["starred"])
            self.assertEqual(set(kept["hidden"]), {items[0]["id"], items[2]["id"]})
            shown = {item["id"] for item in d.get(f"+/sessions?parent_id={parent['id']}").json()["items"]}
            self.assertEqual(shown, {items[1]["id"], items[3]["id"]})

    def test_going_back_makes_a_session_of_its_own(self):
        with self.daemon() as d:
            parent = song(d)
            child = d.post(f"+/sessions/{parent['id']}/variations", {"operations": [{"op": "reroll"}]}).json()["items"][0]
            back = d.post(f"+/sessions/{child['id']}/revert")
            self.assertEqual(back.status, 201, back.body)
            self.assertEqual(back.json()["document"]["tracks"], parent["document"]["tracks"])
            self.assertEqual(back.json()["parent_id"], child["id"])
            part = d.post(f"+/sessions/{child['id']}/revert", {"parts": ["/tracks/0"]}).json()
            self.assertEqual(part["document"]["tracks"][0], parent["document"]["tracks"][0])
            self.assertEqual(part["document"]["tracks"][1], child["document"]["tracks"][1])
            self.assertProblem(d.post(f"+/sessions/{parent['id']}/revert"), 409, "no_parent")
            self.assertProblem(d.post(f"+/sessions/{child['id']}/revert", {"parts": ["/tracks/9"]}), 422, "invalid_variation", "/parts/0")
            family = d.get(f"+/sessions/{part['id']}/family").json()
            self.assertEqual(family["root"], parent["id"])
            self.assertEqual({item["id"] for item in family["items"]}, {parent["id"], child["id"], back.json()["id"], part["id"]})
            self.assertProblem(d.get("+/sessions/nobody/family"), 404, "unknown_session")

    def test_a_document_that_was_edited_names_its_parent(self):
        with self.daemon() as d:
            parent = song(d)
            edited = {**parent["document"], "tempo_bpm": 77}
            answer = d.post(f"+/sessions?parent_id={parent['id']}", edited)
            self.assertEqual(answer.json()["parent_id"], parent["id"])
            self.assertProblem(d.post("+/sessions?parent_id=nobody", edited), 404, "unknown_parent")

    def test_an_edited_document_keeps_the_picture_and_is_found_by_its_device(self):
        with self.daemon() as d:
            parent = d.session_of(EXAMPLE.read_bytes())
            child = d.post(f"+/sessions?parent_id={parent['id']}", {**parent["document"], "tempo_bpm": 77}).json()
            self.assertEqual(child["image_id"], parent["image_id"])
            d.post(f"+/sessions/{child['id']}/play", {})
            self.assertEqual([item["id"] for item in d.get("+/sessions?device=max").json()["items"]], [child["id"]])

    def test_wrong_wishes_are_named_and_nothing_is_stored(self):
        with self.daemon() as d:
            parent = song(d)
            path = f"+/sessions/{parent['id']}/variations"
            wrong = {"seed": 1.5, "count": 0, "operations": [{"op": "swing", "percent": 90}, {"op": "dance"}], "locks": ["tracks"]}
            problem = self.assertProblem(d.post(path, wrong), 422, "invalid_variation")
            self.assertEqual({e["pointer"] for e in problem["errors"]}, {"/seed", "/count", "/operations/0/percent", "/operations/1/op", "/locks/0"})
            self.assertProblem(d.post(path, {"locks": ["/tracks/7"]}), 422, "invalid_variation", "/locks/0")
            self.assertProblem(d.post(path, {"store": "no"}), 422, "invalid_variation", "/store")
            self.assertProblem(d.post("+/sessions/nobody/variations"), 404, "unknown_session")
            self.assertEqual(len(d.get("+/sessions").json()["items"]), 1)


class Tuning(DaemonTest):
    JUST = b"! just.scl\n!\nJust\n 3\n!\n 5/4\n 3/2\n 2/1\n"

    def test_a_scala_file_tunes_a_stored_session(self):
        with self.daemon() as d:
            parent = song(d)
            answer = d.request("POST", f"+/sessions/{parent['id']}/tuning?root=62", self.JUST, {"Content-Type": "text/plain"})
            self.assertEqual(answer.status, 201, answer.body)
            tuned = answer.json()
            self.assertEqual(tuned["parent_id"], parent["id"])
            tuning = tuned["document"]["tuning"]
            self.assertEqual((tuning["name"], tuning["root"], [round(c) for c in tuning["cents"]]), ("Just", 62, [386, 702, 1200]))
            self.assertEqual(tuned["document"]["tracks"], parent["document"]["tracks"])
            self.assertIn(b"bend", d.get(f"+/sessions/{tuned['id']}/export/txt").body)
            back = d.post(f"+/sessions/{tuned['id']}/revert").json()["document"]
            self.assertNotIn("tuning", back)
            problem = self.assertProblem(d.request("POST", f"+/sessions/{parent['id']}/tuning", b"Just\n 2\n 5/4\n x\n"), 422, "invalid_scl", "line 4")
            self.assertIn("ratio", problem["detail"])
            self.assertProblem(d.request("POST", f"+/sessions/{parent['id']}/tuning?root=200", self.JUST), 400, "bad_query", "root")
            self.assertProblem(d.request("POST", "+/sessions/nobody/tuning", self.JUST), 404, "unknown_session")

    def test_a_document_comes_in_with_its_tuning(self):
        body = (b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.json"\r\n\r\n' + json.dumps(documents.MATRIX).encode() +
                b'\r\n--x\r\nContent-Disposition: form-data; name="tuning"; filename="just.scl"\r\n\r\n' + self.JUST + b"\r\n--x--\r\n")
        with self.daemon() as d:
            answer = d.request("POST", "+/sessions", body, {"Content-Type": "multipart/form-data; boundary=x"})
            self.assertEqual(answer.status, 201, answer.body)
            self.assertEqual(answer.json()["document"]["tuning"]["name"], "Just")

    def test_the_command_line_tunes_documents_and_stored_sessions(self):
        self.data_dir.mkdir(parents=True)
        scale, file = self.data_dir / "just.scl", self.data_dir / "song.json"
        scale.write_bytes(self.JUST)
        file.write_text(json.dumps(documents.MATRIX))
        printed = run("tune", file, scale, "--root", "48")
        self.assertEqual(json.loads(printed.stdout)["tuning"]["root"], 48, printed.stderr)
        store = ("--data-dir", self.data_dir / "store")
        stored = run("import", file, "--store", *store).stdout.strip()
        tuned = run("tune", stored, scale, *store)
        self.assertEqual(tuned.returncode, 0, tuned.stderr)
        self.assertIn("The tuning", run("diff", stored, tuned.stdout.strip(), *store).stdout)


class Names(DaemonTest):
    def test_notes_are_named_as_the_setting_or_the_device_says(self):
        named = {"midi_sequence": [{"step": 0, "note": "C3", "velocity": 100}]}
        with self.daemon("--set", "music.middle_c=C3") as d:
            session = d.post("+/sessions", named).json()
            self.assertEqual(session["document"]["tracks"][0]["patterns"][0]["notes"][0]["pitch"], 60)
            path = f"+/sessions/{session['id']}/"
            self.assertIn(b"note on  C3", d.get(path + "export/txt").body)
            self.assertIn(b"note on  C4", d.get(path + "export/txt?middle_c=C4").body)
            self.assertIn(b"<title>C3, ", d.get(path + "preview.svg").body)
            self.assertIn(b"<title>C4, ", d.get(path + "preview.svg?profile=generic").body)
        with self.daemon() as d:
            session = d.post("+/sessions", named).json()
            self.assertEqual(session["document"]["tracks"][0]["patterns"][0]["notes"][0]["pitch"], 48)
            path = f"+/sessions/{session['id']}/"
            self.assertIn(b"note on  C3", d.get(path + "export/txt").body)
            self.assertIn(b"note on  C2", d.get(path + "export/txt?profile=mpc").body)
            self.assertEqual(d.post("+/sessions?profile=mpc", named).json()["document"]["tracks"][0]["patterns"][0]["notes"][0]["pitch"], 60)
            self.assertProblem(d.get(path + "export/txt?profile=kazoo"), 400, "bad_query", "profile")
        self.assertEqual(run("serve", "--set", "music.middle_c=C5").returncode, 2)

    def test_what_can_be_asked_for_is_listed(self):
        with self.daemon() as d:
            modes = d.get("+/modes").json()
            self.assertEqual([m["mode"] for m in modes["items"]], ["auto", "doodle", "lfo", "photo", "macros", "mpc", "arrangement", "prompt"])
            self.assertEqual([m["mode"] for m in modes["items"] if not m["needs_picture"]], ["prompt"])
            self.assertIn("meter", [option["name"] for option in modes["options"]])
            self.assertIn({"scale": "dorian", "intervals": [0, 2, 3, 5, 7, 9, 10]}, d.get("+/scales").json()["items"])
            self.assertIn("dawproject", [f["format"] for f in d.get("+/formats").json()["items"]])


class Rules(DaemonTest):
    def test_rules_can_be_read_set_and_turned_off(self):
        with self.daemon("--set", "rules.off=leap", "--set", "rules.in_a_row=5") as d:
            rules = {rule["name"]: rule for rule in d.get("+/rules").json()["items"]}
            self.assertFalse(rules["leap"]["on"])
            self.assertEqual(rules["in-a-row"]["parameters"][0]["value"], 5)
        refused = run("serve", "--data-dir", self.data_dir, "--set", "rules.off=references")
        self.assertEqual(refused.returncode, 2)
        self.assertIn("rules.off", refused.stderr)

    def test_a_check_says_what_each_rule_would_change_and_stores_nothing(self):
        with self.daemon() as d:
            matrix = {"midi_sequence": [{"step": step, "note": 60 + step, "velocity": 3, "active": True} for step in range(5)]}
            plain = d.post("+/sessions/check", matrix).json()["report"]["verdicts"]
            self.assertEqual([v for v in plain if v["status"] != "pass"], [])
            strict = d.post("+/sessions/check?taste=true&profile=generic", matrix).json()["report"]["verdicts"]
            said = [v for v in strict if v["status"] == "repaired"]
            self.assertIn({"rule": "velocity", "status": "repaired", "pointer": "/tracks/0/patterns/0/notes/0/velocity",
                           "message": "too soft to be heard", "old": 3, "new": 10}, said)
            self.assertIn("in-a-row", {v["rule"] for v in said})
            self.assertProblem(d.post("+/sessions/check?profile=piano", matrix), 400, "bad_query", "profile")
            self.assertEqual(d.get("+/sessions").json()["items"], [])

    def test_the_same_on_the_command_line(self):
        file = self.data_dir.parent / "matrix.json"
        file.write_text(json.dumps(documents.MATRIX))
        verdicts = json.loads(run("check", file, "--taste", "--profile", "mpc").stdout)["verdicts"]
        self.assertIn("device", {v["rule"] for v in verdicts})
        self.assertEqual(run("check", file, "--profile", "piano").returncode, 2)
        made = run("vary", file, "--op", "thin:percent=50", "--seed", "3", "--count", "2")
        self.assertEqual(made.returncode, 0, made.stderr)
        first, second = made.stdout.splitlines()
        self.assertNotEqual(first, second)
        other = self.data_dir.parent / "other.json"
        other.write_text(first)
        told = run("diff", file, other)
        self.assertIn("are gone", told.stdout)
        self.assertEqual(run("vary", file, "--op", "sing").returncode, 2)


if __name__ == "__main__":
    main()
