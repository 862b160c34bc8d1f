"""The API over real HTTP and WebSocket."""
import concurrent.futures
import json

import documents
from daemon import EXAMPLE, DaemonTest, OscSink, WebSocket, eventually, main, png


def notes(document, track=0):
    return [(n["start"], n["pitch"], n["velocity"]) for n in document["tracks"][track]["patterns"][0]["notes"]]


class Jobs(DaemonTest):
    def test_a_drawing_becomes_a_session_with_evidence_for_every_note(self):
        with self.daemon() as d:
            session = d.session_of(EXAMPLE.read_bytes())
            self.assertEqual(session["document"]["format"], "doodled.session")
            self.assertEqual(session["interpreter"], "builtin")
            pointers = {e["pointer"] for e in session["document"]["evidence"]}
            for i in range(len(session["document"]["tracks"][0]["patterns"][0]["notes"])):
                self.assertIn(f"/tracks/0/patterns/0/notes/{i}", pointers)
            self.assertEqual(session["document"]["tracks"][0]["patterns"][0]["notes"][0]["start"], 0)
            answer = json.loads(d.get(f"+/sessions/{session['id']}/interpretation").json()["answer"])
            self.assertEqual(answer["kind"], "drawing")

    def test_different_pictures_give_different_music_and_the_same_picture_the_same(self):
        def line(slope):
            return png(320, 240, lambda x, y: (0, 0, 0) if abs(y - 120 - slope * (x - 160)) < 4 and 40 < x < 280 else (255, 255, 255))
        with self.daemon() as d:
            up, down, again = (d.session_of(line(s))["document"] for s in (-0.6, 0.6, -0.6))
        self.assertNotEqual(notes(up), notes(down))
        self.assertEqual(up, again)

    def test_the_same_picture_is_stored_once(self):
        with self.daemon() as d:
            first, second = (d.post("+/images", EXAMPLE.read_bytes()).json() for _ in range(2))
            self.assertEqual(first, second)
            self.assertEqual(len(list((self.data_dir / "images").rglob("*"))), 2)  # a folder and a file
            self.assertEqual(d.get(f"+/images/{first['id']}").body, EXAMPLE.read_bytes())
            self.assertTrue(d.get(f"+/images/{first['id']}?w=200").body.startswith(b"\xff\xd8"))

    def test_an_idempotency_key_makes_a_repeated_post_safe(self):
        with self.daemon() as d:
            image = d.post("+/images", EXAMPLE.read_bytes()).json()["id"]
            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                ids = {a.json()["id"] for a in pool.map(lambda _: d.post("+/jobs", {"image_id": image}, Idempotency_Key="k1"), range(8))}
            self.assertEqual(len(ids), 1)
            other = d.post("+/jobs", {"image_id": image, "mode": "lfo"}, Idempotency_Key="k1")
            self.assertProblem(other, 422, "idempotency_key_reused", "Idempotency-Key")
            d.finished_job(ids.pop())
            self.assertEqual(len(d.get("+/sessions").json()["items"]), 1)

    def test_json_that_is_none_is_told_of_by_line_and_column(self):
        with self.daemon() as d:
            answer = d.request("POST", "+/sessions", b'{"tempo_bpm": NaN}', {"Content-Type": "application/json"})
            self.assertProblem(answer, 400, "malformed_json")
            self.assertTrue(answer.json()["detail"].startswith("parse error at line 1, column 15"), answer.json())

    def test_what_is_wrong_with_a_play_that_a_job_asks_for_is_named_in_its_place(self):
        with self.daemon() as d:
            image = d.post("+/images", EXAMPLE.read_bytes()).json()["id"]
            for play, pointer in ((True, "/play"), ({"loops": -1}, "/play/loops"), ({"evolve": {"every_bars": 0}}, "/play/evolve/every_bars")):
                self.assertProblem(d.post("+/jobs", {"image_id": image, "play": play}), 422, "invalid_play", pointer)

    def test_options_steer_the_music(self):
        with self.daemon() as d:
            document = d.session_of(EXAMPLE.read_bytes(), mode="doodle", options={"key": "F# dorian", "tempo_bpm": 101, "bars": 2})["document"]
        self.assertEqual((document["key"], document["tempo_bpm"]), ({"tonic": "F#", "scale": "dorian"}, 101))
        self.assertEqual(document["tracks"][0]["patterns"][0]["length"], 2 * 3840)
        self.assertTrue(all(n[1] % 12 in {6, 8, 9, 11, 1, 3, 4} for n in notes(document)))

    def test_a_blank_page_fails_with_advice(self):
        with self.daemon() as d:
            job = d.finished_job(d.upload(png(400, 300, lambda x, y: (250, 250, 248))).json()["id"])
            self.assertEqual((job["state"], job["error"]["code"]), ("failed", "nothing_found"), job)
            self.assertEqual(d.get("+/sessions").json()["items"], [])


class Documents(DaemonTest):
    def test_the_forms_of_the_idea_document_are_taken_as_printed(self):
        with self.daemon() as d:
            for name, document in documents.ALL.items():
                with self.subTest(name):
                    answer = d.post("+/sessions", document)
                    self.assertEqual(answer.status, 201, answer.body)
                    self.assertEqual(d.get(f"+/sessions/{answer.json()['id']}/export/mid").body[:4], b"MThd")

    def test_notes_of_the_forms_mean_what_they_say(self):
        with self.daemon() as d:
            doodle = d.post("+/sessions", documents.DOODLE).json()["document"]
            self.assertEqual(notes(doodle), [(0, 60, 100), (960, 54, 90), (2880, 58, 80)])
            photo = d.post("+/sessions", documents.PHOTO).json()["document"]
            self.assertEqual([n[1] for n in notes(photo)], [52, 55, 59, 57, 59, 64, 50, 52, 55, 54, 59])
            mpc = d.post("+/sessions", documents.MPC).json()["document"]
            self.assertEqual([n[0] // 240 for n in notes(mpc)], [0, 4, 7, 9, 12])
            self.assertEqual({m["cc"]: round(m["value"] * 127) for m in mpc["macros"]}, {74: 45, 71: 80, 20: 110})
            lfo = d.post("+/sessions", documents.LFO).json()["document"]
            self.assertEqual(lfo["lfos"][0]["samples"], documents.LFO["custom_lfo_shape"])

    def test_a_document_goes_round_unchanged(self):
        with self.daemon() as d:
            first = d.post("+/sessions", documents.PHOTO_WHOLE).json()["document"]
            self.assertEqual(d.post("+/sessions", first).json()["document"], first)
            self.assertEqual(d.post("+/sessions/check", first).json()["document"], first)

    def test_every_violation_is_listed_with_its_pointer(self):
        with self.daemon() as d:
            document = d.post("+/sessions/check", documents.DOODLE).json()["document"]
            document["tempo_bpm"] = 4000
            document["tracks"][0]["patterns"][0]["notes"][1]["pitch"] = 128
            del document["key"]
            problem = self.assertProblem(d.post("+/sessions", document), 422, "schema_violation", "/tempo_bpm")
            self.assertIn("/tracks/0/patterns/0/notes/1/pitch", [e["pointer"] for e in problem["errors"]])
            broken = dict(documents.DOODLE, sequence={"bpm": 120, "steps": [{"step": 0, "note": "H9", "velocity": 300}]})
            problem = self.assertProblem(d.post("+/sessions", broken), 422, "invalid_form", "/sequence/steps/0/note")
            self.assertIn("/sequence/steps/0/velocity", [e["pointer"] for e in problem["errors"]])


class Refusals(DaemonTest):
    def test_bad_requests_are_named(self):
        with self.daemon() as d:
            image = d.post("+/images", EXAMPLE.read_bytes()).json()["id"]
            self.assertProblem(d.upload(b"this is no picture"), 415, "not_a_picture", "image")
            self.assertProblem(d.upload(EXAMPLE.read_bytes(), mode="opera"), 422, "unknown_mode", "mode")
            self.assertProblem(d.post("+/jobs", {"image_id": image, "options": {"tempo_bpm": 9}}), 422, "invalid_option", "/options/tempo_bpm")
            self.assertProblem(d.post("+/jobs", {"image_id": "0" * 64}), 404, "unknown_image")
            self.assertProblem(d.post("+/jobs", {"image_id": image, "interpreter": "oracle"}), 404, "unknown_interpreter", "interpreter")
            self.assertProblem(d.post("+/jobs", {"image_id": image, "play": {"devices": ["harp"]}}), 404, "unknown_device")
            self.assertProblem(d.request("POST", "+/sessions", "{", {"Content-Type": "application/json"}), 400, "malformed_json")
            self.assertProblem(d.post("+/sessions", {"hello": 1}), 422, "unknown_document")
            for path in ("+/jobs/x", "+/sessions/x", "+/plays/x", "+/devices/x", "+/images/x"):
                self.assertEqual(d.get(path).status, 404, path)
            self.assertEqual(d.get("/nowhere").status, 404)
            self.assertEqual(d.request("DELETE", "+/transport").status, 405)
            self.assertEqual(d.get("/healthz").status, 200)

    def test_a_secret_in_a_request_does_not_reach_the_log(self):
        with self.daemon() as d:
            d.request("GET", "+/sessions?q=hunter2secret", headers={"Authorization": "Bearer hunter2secret"})
            d.post("+/sessions", {"api_key": "hunter2secret"})
        self.assertNotIn("hunter2secret", d.log_text())


class Box(DaemonTest):
    def test_every_setting_is_told_and_the_log_level_can_be_changed(self):
        with self.daemon("--set", "jobs.workers=3") as d:
            report = d.get("+/settings").json()
            items = {item["key"]: item for item in report["items"]}
            self.assertEqual((items["jobs.workers"]["value"], items["jobs.workers"]["default"]), (3, 4))
            self.assertEqual([key for key, item in items.items() if item["changeable"]], ["log.level"])
            self.assertEqual([device["id"] for device in report["devices"]], ["max"])
            changed = d.request("PATCH", "+/settings", {"log.level": "debug"})
            self.assertEqual(changed.status, 200, changed.body)
            self.assertEqual({i["key"]: i["value"] for i in changed.json()["items"]}["log.level"], "debug")
            for body in ({"log.level": "loud"}, {"jobs.workers": 4}, []):
                refused = d.request("PATCH", "+/settings", body)
                self.assertEqual(refused.status, 422, refused.body)

    def test_the_status_tells_of_storage_and_the_log_of_what_happened(self):
        with self.daemon() as d:
            d.post("+/sessions", documents.MATRIX)
            status = d.get("+/status").json()
            self.assertEqual(status["storage"]["sessions"], 1)
            self.assertGreater(status["storage"]["all_bytes"], 0)
            self.assertTrue(any("/api/v1/sessions" in line for line in d.get("+/log?limit=50").json()["items"]))
            self.assertEqual(len(d.get("+/log?limit=1").json()["items"]), 1)
            self.assertEqual(d.get("+/log?limit=0").status, 400)


class Playing(DaemonTest):
    def test_a_play_sends_osc_on_time_and_a_replay_the_same_bytes(self):
        sink = OscSink()
        with self.daemon(osc_port=sink.port) as d:
            session = d.post("+/sessions", documents.DOODLE).json()
            logs, datagrams = [], []
            for _ in range(2):
                answer = d.post(f"+/sessions/{session['id']}/play", {"devices": ["max"]})
                self.assertEqual(answer.status, 201, answer.body)
                logs.append(d.finished_play(answer.json()["id"])["log"]["items"])
                datagrams.append(sink.datagrams())
        self.assertEqual(datagrams[0], datagrams[1])
        self.assertEqual([bytes.fromhex(e["bytes"]) for e in logs[0]], datagrams[0])
        self.assertEqual([(e["tick"], e["bytes"]) for e in logs[0]], [(e["tick"], e["bytes"]) for e in logs[1]])
        self.assertTrue(all(len(g) <= 1400 for g in datagrams[0]))
        messages = [OscSink.message(g) for g in datagrams[0]]
        played = [(tags, values[0], values[2], values[3]) for address, tags, values in messages if address == "/doodled/note"]
        self.assertEqual(played, [(",iiiii", 0, 60, 100), (",iiiii", 960, 54, 90), (",iiiii", 2880, 58, 80)])
        addresses = {m[0] for m in messages}
        self.assertLessEqual({"/doodled/session", "/doodled/transport", "/doodled/param/cutoff", "/live/synth/cutoff", "/live/seq/matrix"}, addresses)
        matrix = json.loads(next(m[2][0] for m in messages if m[0] == "/live/seq/matrix"))
        self.assertEqual(len(matrix["midi_sequence"]), 16)

    def test_a_loop_plays_until_it_is_stopped(self):
        with self.daemon() as d:
            session = d.post("+/sessions", documents.MATRIX).json()
            play = d.post(f"+/sessions/{session['id']}/play", {"loops": 0}).json()
            self.assertIn(d.request("PATCH", "+/transport", {"tempo_bpm": 300}).json()["tempo_bpm"], (300, 300.0))
            eventually(lambda: d.get(f"+/plays/{play['id']}").json(), lambda state: state.get("loop", 0) >= 1)
            d.request("DELETE", f"+/plays/{play['id']}")
            self.assertEqual(d.finished_play(play["id"])["state"], "stopped")
            self.assertEqual(d.get("+/devices/max").json()["sounding"], 0)

    def test_a_job_plays_when_it_is_done(self):
        with self.daemon() as d:
            job = d.finished_job(d.upload(EXAMPLE.read_bytes(), play={"devices": ["max"]}).json()["id"])
            job = eventually(lambda: d.get(f"+/jobs/{job['id']}").json(), lambda seen: seen["play_ids"])
            self.assertGreater(d.finished_play(job["play_ids"][0])["events_sent"], 10)


class Events(DaemonTest):
    def test_events_tell_of_a_job_and_resume_where_they_left_off(self):
        with self.daemon() as d:
            first = WebSocket(d.port, "/api/v1/events?topics=jobs,sessions")
            job = d.upload(EXAMPLE.read_bytes()).json()
            done = first.until(lambda e: e["topic"] == "jobs" and e["data"]["id"] == job["id"] and e["data"]["state"] == "done")
            self.assertEqual(set(done), {"seq", "at", "topic", "type", "data"})
            created = first.until(lambda e: e["topic"] == "sessions")
            first.close()
            again = WebSocket(d.port, f"/api/v1/events?topics=sessions&since={done['seq']}")
            self.assertEqual(again.receive(), created)
            again.close()


class History(DaemonTest):
    def test_sessions_are_found_changed_and_forgotten_and_the_audit_holds(self):
        from daemon import run
        with self.daemon() as d:
            session = d.session_of(EXAMPLE.read_bytes())
            changed = d.request("PATCH", f"+/sessions/{session['id']}", {"title": "Blue hour", "tags": ["night"], "starred": True}).json()
            self.assertEqual((changed["title"], changed["tags"], changed["starred"]), ("Blue hour", ["night"], True))
            self.assertEqual(changed["hash"], session["hash"])
            self.assertEqual([s["id"] for s in d.get("+/sessions?q=blue&starred=true").json()["items"]], [session["id"]])
            self.assertEqual(d.get("+/sessions?q=green").json()["items"], [])
            self.assertTrue(d.request("DELETE", f"+/sessions/{session['id']}?forget=true").json()["picture_removed"])
            self.assertProblem(d.get(f"+/images/{session['image_id']}"), 410, "image_forgotten")
        audit = run("audit", "--data-dir", self.data_dir)
        self.assertEqual(audit.returncode, 0, audit.stderr)

    def test_a_picture_without_a_session_is_removed_for_good(self):
        from daemon import run
        with self.daemon() as d:
            session = d.session_of(EXAMPLE.read_bytes())
            refused = self.assertProblem(d.request("DELETE", f"+/images/{session['image_id']}"), 409, "image_in_use", "session_id")
            self.assertEqual(refused["errors"], [{"pointer": "session_id", "message": session["id"]}])
            unused = d.post("+/images", png(8, 8, lambda x, y: (x, y, 0))).json()["id"]
            file = self.data_dir / "images" / unused[:2] / unused[2:]
            self.assertTrue(file.exists())
            for _ in range(2):
                self.assertEqual(d.request("DELETE", f"+/images/{unused}").status, 204)
            self.assertFalse(file.exists())
            self.assertProblem(d.get(f"+/images/{unused}"), 410, "image_forgotten")
            self.assertIsNotNone(d.get(f"+/images/{unused}/facts").json()["forgotten_at"])
            self.assertProblem(d.request("DELETE", "+/images/none"), 404, "unknown_image")
            d.request("DELETE", f"+/sessions/{session['id']}")  # hidden: out of the lists, its picture still there
            self.assertEqual(d.request("DELETE", f"+/images/{session['image_id']}").status, 204)
        audit = run("audit", "--data-dir", self.data_dir)
        self.assertEqual(audit.returncode, 0, audit.stderr)

    def test_a_session_that_is_asked_for_again_has_its_tag_until_it_changes(self):
        with self.daemon() as d:
            path = f"+/sessions/{d.post('+/sessions', documents.MATRIX).json()['id']}"
            known = lambda tag: d.request("GET", path, headers={"If-None-Match": tag})
            first = d.get(path)
            tag, again = first.headers["ETag"], d.get(path)
            self.assertEqual((again.body, again.headers["ETag"], known(tag).status), (first.body, tag, 304))
            d.request("PATCH", path, {"title": "Another"})
            self.assertEqual((known(tag).status, d.get(path).json()["title"]), (200, "Another"))
            self.assertNotEqual(d.get(path).headers["ETag"], tag)
            d.request("DELETE", path)
            self.assertTrue(d.get(path).json()["hidden"])

    def test_a_list_that_is_asked_for_again_is_the_same_until_something_is_written(self):
        with self.daemon() as d:
            asked = lambda query="": [one["title"] for one in d.get("+/sessions?limit=50" + query).json()["items"]]  # noqa: E731
            session = d.post("+/sessions", documents.MATRIX).json()["id"]
            d.request("PATCH", f"+/sessions/{session}", {"title": "One"})
            self.assertEqual((asked(), asked(), asked("&q=none")), (["One"], ["One"], []))
            d.request("PATCH", f"+/sessions/{session}", {"title": "Other"})
            self.assertEqual((asked(), asked("&q=other")), (["Other"], ["Other"]))
            d.post("+/sessions", documents.MATRIX)
            self.assertEqual(len(asked()), 2)
            d.request("DELETE", f"+/sessions/{session}")
            self.assertEqual(len(asked()), 1)

    def test_sessions_are_found_by_their_time(self):
        with self.daemon() as d:
            session = d.post("+/sessions", documents.MATRIX).json()
            found = lambda query: [s["id"] for s in d.get(f"+/sessions?{query}").json()["items"]]
            self.assertEqual(found("created_from=2020-01-01T00:00:00Z"), [session["id"]])
            self.assertEqual(found("created_before=2020-01-01T00:00:00Z"), [])
            self.assertProblem(d.get("+/sessions?created_from=yesterday"), 400, "bad_query", "created_from")


if __name__ == "__main__":
    main()
