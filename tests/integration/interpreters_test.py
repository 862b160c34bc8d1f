"""Jobs that a model elsewhere reads: what is sent, what becomes of good, bad and missing answers, and what it costs."""
import base64
import hashlib
import http.server
import json
import os
import pathlib
import sys
import tempfile
import threading
import unittest

from daemon import EXAMPLE, Daemon, WebSocket, eventually, main, run

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "fakes"))
from scripted_model import ScriptedModel, answer, example_of  # noqa: E402

PICTURE = EXAMPLE.read_bytes()
KEY = "sk-very-secret-7f3a"
NOTHING_FOUND = "[interpret]\nfind_ollama = false\n"


class Case(unittest.TestCase):
    """A daemon and a model for each test."""

    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.addCleanup(self.place.cleanup)
        os.environ["TINY_KEY"] = KEY

    def model(self, script=None):
        model = ScriptedModel(script)
        self.addCleanup(model.close)
        return model

    def daemon(self, *tables, chain=None):
        head = f'[jobs]\ninterpreters = {json.dumps(chain)}\n' if chain else ""
        daemon = Daemon(pathlib.Path(self.place.name) / "data", config=head + NOTHING_FOUND + "".join(tables))
        self.addCleanup(daemon.stop)
        return daemon

    def job(self, daemon, picture=PICTURE, **fields):
        reply = daemon.upload(picture, **{"mode": "lfo", "interpreter": "tiny", **fields})
        self.assertEqual(reply.status, 202, reply.body)
        return daemon.finished_job(reply.json()["id"])

    def readings(self, daemon, job):
        return daemon.get(f"+/jobs/{job['id']}/candidates").json()["items"]


class Answers(Case):
    def test_a_good_answer_becomes_a_session_with_all_that_an_audit_needs(self):
        model = self.model()
        daemon = self.daemon(model.settings(key_env="TINY_KEY", price_input=2.0, price_output=10.0))
        job = self.job(daemon)
        self.assertEqual(job["state"], "done", job)
        self.assertEqual(job["interpreter"], "tiny")
        reading = daemon.get(f"+/sessions/{job['session_ids'][0]}/interpretation").json()
        self.assertEqual(reading["model"], "tiny-2026")
        self.assertEqual((reading["input_tokens"], reading["output_tokens"]), (1000, 500))
        self.assertAlmostEqual(reading["cost"], 0.007)
        self.assertEqual(json.loads(reading["answer"]), example_of(model.calls[0].schema))
        sent = base64.b64decode(model.calls[0].image().split(",")[1])
        self.assertEqual(reading["request"]["image"]["sha256"], hashlib.sha256(sent).hexdigest())
        self.assertLessEqual(max(reading["request"]["image"]["width"], reading["request"]["image"]["height"]), 1024)
        self.assertEqual(model.calls[0].headers["Authorization"], f"Bearer {KEY}")

    def test_the_key_is_nowhere_but_in_the_request(self):
        model = self.model(lambda call: call.fail(401, "invalid_api_key", f"Incorrect API key provided: {KEY}"))
        daemon = self.daemon(model.settings(key_env="TINY_KEY"))
        job = self.job(daemon)
        self.assertEqual(job["error"]["code"], "auth")
        self.assertIn(f"job={job['id']} interpreter=tiny code=auth", daemon.log_text())
        self.assertEqual(len(model.calls), 1)
        listed = daemon.get("+/interpreters").body.decode()
        for text in (json.dumps(job), json.dumps(self.readings(daemon, job)), listed, daemon.log_text()):
            self.assertNotIn(KEY, text)
        daemon.stop()
        for file in daemon.data_dir.rglob("*"):
            if file.is_file():
                self.assertNotIn(KEY.encode(), file.read_bytes(), file)

    def test_parts_are_told_as_they_arrive(self):
        model = self.model()
        daemon = self.daemon(model.settings())
        events, stages = WebSocket(daemon.port, "/api/v1/events?topics=jobs"), []
        self.addCleanup(events.close)
        job = self.job(daemon)
        events.until(lambda event: stages.append(event["data"]["stage"]) or event["data"]["state"] == "done")
        self.assertTrue(any(stage.startswith("reading the ") for stage in stages), stages)
        self.assertEqual(job["state"], "done")

    def test_the_same_question_is_answered_from_the_store_unless_fresh(self):
        model = self.model()
        daemon = self.daemon(model.settings(price_input=2.0))
        first, second = self.job(daemon), self.job(daemon)
        self.assertEqual(len(model.calls), 1)
        self.assertEqual(second["state"], "done")
        reading = self.readings(daemon, second)[0]
        self.assertEqual(reading["usage"]["cached_from"], self.readings(daemon, first)[0]["id"])
        self.assertEqual(reading["cost"], 0)
        self.job(daemon, fresh="true")
        self.job(daemon, options={"seed": 9})
        self.assertEqual(len(model.calls), 3)

    def test_candidates_are_stored_side_by_side(self):
        model, other = self.model(), self.model(lambda call: call.fail(400, "invalid_request_error", "no"))
        daemon = self.daemon(model.settings(), other.settings("other"))
        job = self.job(daemon, candidates=["tiny", "tiny", "other", ["other", "builtin"]])
        self.assertEqual(job["state"], "done", job)
        self.assertEqual(len(job["session_ids"]), 3)
        self.assertEqual(len(model.calls), 2)
        readings = self.readings(daemon, job)
        self.assertEqual(sorted(one["interpreter"] for one in readings), ["builtin", "other", "other", "tiny", "tiny"])
        self.assertEqual(sum(one["session_id"] is not None for one in readings), 3)
        seeds = [daemon.get(f"+/sessions/{id}").json()["seed"] for id in job["session_ids"]]
        self.assertEqual(len(set(seeds[:2])), 2, seeds)


class Failures(Case):
    def test_the_chain_goes_on_and_the_session_says_who_made_it(self):
        model = self.model(lambda call: call.fail(400, "invalid_request_error", "no such thing"))
        daemon = self.daemon(model.settings())
        job = self.job(daemon, interpreter=["tiny", "builtin"])
        self.assertEqual((job["state"], job["interpreter"]), ("done", "builtin"))
        self.assertEqual(daemon.get(f"+/sessions/{job['session_ids'][0]}").json()["interpreter"], "builtin")
        self.assertEqual([one["interpreter"] for one in self.readings(daemon, job)], ["tiny", "builtin"])

    def test_what_may_pass_is_tried_again_and_what_will_not_is_not(self):
        for status, code, calls in ((400, "invalid_request_error", 1), (401, "invalid_api_key", 1), (404, "model_not_found", 1),
                                    (413, "too_large", 1), (500, "server_error", 3), (503, "overloaded", 3), (529, "overloaded", 3)):
            with self.subTest(status=status):
                model = self.model(lambda call: call.fail(status, code))
                daemon = self.daemon(model.settings(tries=3))
                job = self.job(daemon)
                self.assertEqual(job["state"], "failed")
                self.assertEqual(len(model.calls), calls, job["error"])
                daemon.stop()

    def test_a_second_try_may_succeed_and_a_wish_to_wait_is_obeyed(self):
        def script(call):
            if len(model.calls) == 1:
                call.fail(429, "rate_limit_exceeded", "slow down", Retry_After="1")
            else:
                answer(call)
        model = self.model(script)
        daemon = self.daemon(model.settings())
        job = self.job(daemon)
        self.assertEqual(job["state"], "done", job)
        tries = self.readings(daemon, job)[0]["usage"]["tries"]
        self.assertEqual([one["status"] for one in tries], [429, 200])
        self.assertGreaterEqual(tries[1]["at"][:19], tries[0]["at"][:19])

    def test_time_outs_and_broken_answers_say_what_happened(self):
        def stall(call):
            call.head()
            call.chunk('{"seen": ')
            call.wait_until_gone()

        def half(call):
            call.head(Content_Length="100000")
            call.chunk('{"seen": ')
            call.cut()

        def endless(call):
            call.head()
            while True:
                call.say(b": " + b"x" * 65536 + b"\n")

        cases = {"first_byte_timeout": lambda call: call.wait_until_gone(), "idle_timeout": stall, "connection_lost": half,
                 "answer_too_large": endless}
        daemon = self.daemon(*(self.model(script).settings(id=code, tries=1, first_byte_timeout=0.5 if code == "first_byte_timeout" else 60,
                                                           idle_timeout=0.5 if code == "idle_timeout" else 60)
                               for code, script in cases.items()))
        for code in cases:
            with self.subTest(code=code):
                job = self.job(daemon, interpreter=code)
                self.assertEqual((job["state"], job["error"]["code"]), ("failed", code))

    def test_a_redirect_is_not_followed(self):
        model = self.model(lambda call: call.head(307, Location="http://127.0.0.1:1/elsewhere"))
        daemon = self.daemon(model.settings(tries=1))
        self.assertEqual(self.job(daemon)["state"], "failed")
        self.assertEqual(len(model.calls), 1)

    def test_nobody_there_opens_the_circuit_and_the_chain_passes_it_by(self):
        model = self.model(lambda call: call.fail(500))
        daemon = self.daemon(model.settings(tries=1, breaker_failures=2))
        for _ in range(3):
            job = self.job(daemon, interpreter=["tiny", "builtin"], fresh="true")
            self.assertEqual((job["state"], job["interpreter"]), ("done", "builtin"))
        self.assertEqual(len(model.calls), 2)
        self.assertIn("circuit_open", [one["error"]["code"] for one in self.readings(daemon, job) if one["error"]])
        tiny = next(one for one in daemon.get("+/interpreters").json()["items"] if one["id"] == "tiny")
        self.assertEqual(tiny["circuit"], "open")
        self.assertGreater(tiny["retry_in_ms"], 0)

    def test_locks_go_along_the_chain(self):
        model = self.model(lambda call: call.fail(400, "invalid_request_error", "no such thing"))
        daemon = self.daemon(model.settings())
        job = self.job(daemon, interpreter=["tiny", "builtin"], options={"locks": ["F# dorian", "the xylophone"]})
        self.assertEqual((job["state"], job["interpreter"]), ("done", "builtin"), job)
        self.assertIn("Leave as it is: F# dorian", json.dumps(model.calls[0].json))
        document = daemon.get(f"+/sessions/{job['session_ids'][0]}").json()["document"]
        self.assertEqual(document["key"], {"tonic": "F#", "scale": "dorian"})
        self.assertIn("prompt-not-understood", [one["rule"] for one in document["evidence"]])

    def test_a_missing_key_is_said_by_name_and_the_daemon_runs(self):
        daemon = self.daemon(self.model().settings(key_env="NO_SUCH_KEY"))
        job = self.job(daemon)
        self.assertEqual(job["error"]["code"], "key_missing")
        self.assertIn("NO_SUCH_KEY", job["error"]["message"])


class Limits(Case):
    def test_no_more_jobs_ask_at_once_than_allowed_and_cancelling_stops_the_transfer(self):
        model = self.model(lambda call: call.wait_until_gone())
        daemon = self.daemon(model.settings(concurrency=2))
        jobs = [daemon.upload(PICTURE, mode="lfo", interpreter="tiny", options={"seed": seed}).json()["id"] for seed in range(5)]
        model.wait_for_calls(2)
        tiny = eventually(lambda: next(one for one in daemon.get("+/interpreters").json()["items"] if one["id"] == "tiny"),
                          lambda one: one["waiting"] == 3)
        self.assertEqual(tiny["asking"], 2)
        for job in reversed(jobs):  # who waits first, or a place that becomes free lets one in
            daemon.request("DELETE", f"+/jobs/{job}")
        for job in jobs:
            self.assertEqual(daemon.finished_job(job)["state"], "cancelled")
        self.assertTrue(model.calls[0].gone.wait(30))
        self.assertEqual(len(model.calls), 2)

    def test_stopping_the_daemon_puts_waiting_jobs_back(self):
        model = self.model(lambda call: call.wait_until_gone())
        daemon = self.daemon(model.settings(concurrency=8))
        jobs = [daemon.upload(PICTURE, mode="lfo", interpreter="tiny", options={"seed": seed}).json()["id"] for seed in range(4)]
        model.wait_for_calls(4)
        daemon.stop()
        model.script = answer
        daemon.start()
        for job in jobs:
            self.assertEqual(daemon.finished_job(job)["state"], "done")

    def test_a_kill_loses_nothing(self):
        model = self.model(lambda call: call.wait_until_gone())
        daemon = self.daemon(model.settings(concurrency=8))
        jobs = [daemon.upload(PICTURE, mode="lfo", interpreter="tiny", options={"seed": seed}).json()["id"] for seed in range(4)]
        model.wait_for_calls(4)
        daemon.kill()
        model.script = answer
        daemon.start()
        for job in jobs:
            done = daemon.finished_job(job)
            self.assertEqual((done["state"], len(done["session_ids"])), ("done", 1))

    def test_a_limit_that_is_used_up_holds_back_the_next_job(self):
        def script(call):
            text = json.dumps(example_of(call.schema))
            call.head(X_RateLimit_Remaining_Requests="0", X_RateLimit_Reset_Requests="1m30s")
            call.chunk(text)
            call.end()
        model = self.model(script)
        daemon = self.daemon(model.settings())
        look = lambda: next(one for one in daemon.get("+/interpreters").json()["items"] if one["id"] == "tiny")  # noqa: E731
        self.assertEqual(self.job(daemon)["state"], "done")
        waiting = daemon.upload(PICTURE, mode="lfo", interpreter="tiny", fresh="true").json()["id"]
        held = eventually(look, lambda one: one["waiting"] == 1)
        self.assertEqual((held["asking"], len(model.calls)), (0, 1))
        self.assertGreater(held["retry_in_ms"], 30_000)
        daemon.request("DELETE", f"+/jobs/{waiting}")
        self.assertEqual(daemon.finished_job(waiting)["state"], "cancelled")

    def test_a_spent_budget_refuses(self):
        model = self.model()
        daemon = self.daemon(model.settings(price_input=2.0, price_output=10.0, daily_budget=0.5))
        self.assertEqual(self.job(daemon)["state"], "done")
        daemon.stop()
        tight = self.daemon(model.settings(price_input=2.0, price_output=10.0, daily_budget=0.008))
        job = self.job(tight, options={"seed": 2})
        self.assertEqual(job["error"]["code"], "budget_spent")
        today = tight.get("+/interpreters").json()["today"]
        self.assertAlmostEqual(today["cost"], 0.007)
        self.assertEqual(len(model.calls), 1)

    def test_a_picture_that_stays_goes_to_this_machine_only(self):
        model = self.model()
        away = '[[interpreter]]\nid = "away"\nkind = "compatible"\nbase_url = "https://models.example/v1"\nmodel = "m"\n'
        daemon = self.daemon(model.settings(), away)
        self.assertEqual(self.job(daemon, local_only="true")["state"], "done")
        refused = daemon.upload(PICTURE, mode="lfo", interpreter="away")
        self.assertEqual((refused.status, refused.json()["code"]), (403, "picture_stays"))
        image = hashlib.sha256(PICTURE).hexdigest()
        self.assertTrue(daemon.get(f"+/images/{image}/facts").json()["local_only"])
        job = self.job(daemon, interpreter=["builtin"], candidates=[["builtin"], ["tiny", "away"]])
        self.assertEqual(job["state"], "done")
        self.assertFalse(daemon.request("PATCH", f"+/images/{image}", {"local_only": False}).json()["local_only"])


class Keys(Case):
    def listed(self, daemon):
        return {one["id"]: one for one in daemon.get("+/interpreters").json()["items"]}

    def put(self, daemon, key, interpreter="tiny"):
        return daemon.request("PUT", f"+/interpreters/{interpreter}/key", {"key": key})

    def test_a_key_can_be_given_and_taken_away_and_never_read(self):
        model = self.model()
        daemon = self.daemon(model.settings(key_env="NO_SUCH_KEY"))
        self.assertEqual(self.job(daemon)["error"]["code"], "key_missing")
        given = "sk-given-by-the-api"
        self.assertEqual(self.put(daemon, given).status, 204)
        self.assertEqual(self.job(daemon)["state"], "done")
        self.assertEqual(model.calls[-1].headers["Authorization"], f"Bearer {given}")
        self.assertEqual(self.listed(daemon)["tiny"]["key_from"], "api")
        daemon.stop()
        daemon.start()
        self.assertEqual(self.job(daemon, fresh="true")["state"], "done")
        self.assertEqual(model.calls[-1].headers["Authorization"], f"Bearer {given}")
        file = daemon.data_dir / "keys" / "tiny"
        self.assertEqual((file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777), (0o600, 0o700))
        for told in ("+/interpreters", "+/settings", "+/log", "/metrics"):
            self.assertNotIn(given, daemon.get(told).body.decode())
        self.assertNotIn(given, daemon.log_text())
        self.assertEqual(daemon.request("DELETE", "+/interpreters/tiny/key").status, 204)
        self.assertFalse(file.exists())
        self.assertEqual(self.job(daemon, fresh="true")["error"]["code"], "key_missing")
        self.assertEqual(self.listed(daemon)["tiny"]["key_from"], "settings")

    def test_what_is_no_key_is_refused_and_not_repeated(self):
        daemon = self.daemon(self.model().settings())
        refused = [self.put(daemon, bad) for bad in ("", "two words", "line\nend", "x" * 5000, 7)]
        self.assertEqual([(one.status, one.json()["code"]) for one in refused], [(422, "invalid_key")] * 5)
        self.assertEqual(refused[1].json()["errors"][0]["pointer"], "/key")
        self.assertNotIn(b"two words", refused[1].body)
        broken = daemon.request("PUT", "+/interpreters/tiny/key", b'{"key": "sk-secret', {"Content-Type": "application/json"})
        self.assertEqual(broken.status, 400)
        self.assertNotIn(b"secret", broken.body)
        self.assertEqual(self.put(daemon, "k", "builtin").json()["code"], "takes_no_key")
        self.assertEqual(self.put(daemon, "k", "nobody").status, 404)
        self.assertEqual(daemon.request("DELETE", "+/interpreters/tiny/key").json()["code"], "no_key")
        self.assertIsNone(self.listed(daemon)["tiny"]["key_from"])


class Looking(Case):
    def test_interpreters_say_how_they_are(self):
        model = self.model()
        gone = '[[interpreter]]\nid = "gone"\nkind = "compatible"\nbase_url = "http://127.0.0.1:1/v1"\nmodel = "m"\n'
        daemon = self.daemon(model.settings(), gone)
        items = {one["id"]: one for one in daemon.get("+/interpreters").json()["items"]}
        self.assertEqual([model["name"] for model in items["tiny"]["models"]], ["tiny"])
        self.assertTrue(items["tiny"]["reachable"])
        self.assertFalse(items["gone"]["reachable"])
        self.assertEqual(items["gone"]["last_error"]["code"], "unreachable")
        self.assertTrue(items["builtin"]["reachable"])

    def test_the_doctor_names_what_does_not_work(self):
        model = self.model()
        file = pathlib.Path(self.place.name) / "doctor.toml"
        file.write_text(NOTHING_FOUND + "[server]\nlisten = \"127.0.0.1:0\"\n" + model.settings())
        good = run("doctor", "--config", file)
        self.assertEqual(good.returncode, 0, good.stdout + good.stderr)
        self.assertIn("reachable", good.stdout)
        file.write_text(NOTHING_FOUND + "[server]\nlisten = \"127.0.0.1:0\"\n" + model.settings(key_env="NO_SUCH_KEY"))
        bad = run("doctor", "--config", file)
        self.assertEqual(bad.returncode, 1)
        self.assertIn("FAIL", bad.stdout)
        self.assertIn("NO_SUCH_KEY", bad.stdout)

    def test_metrics_count_asks_and_what_they_cost(self):
        model = self.model()
        daemon = self.daemon(model.settings(price_input=2.0))
        self.job(daemon)
        text = daemon.get("/metrics").body.decode()
        self.assertIn('doodled_interpreter_asks_total{interpreter="tiny",outcome="ok"} 1', text)
        self.assertIn('doodled_interpreter_tokens_total{interpreter="tiny",kind="input"} 1000', text)


class Ollama(Case):
    def test_an_ollama_that_runs_here_is_found_with_its_vision_models(self):
        class Handler(http.server.BaseHTTPRequestHandler):
            def reply(self, value):
                body = json.dumps(value).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def do_GET(self):
                self.reply({"models": [{"name": name, "model": name, "modified_at": "2026-10-01T00:00:00Z", "size": 1, "digest": "d",
                                        "details": {}} for name in ("qwen3-vl:8b", "llama4:8b")]})
            def do_POST(self):
                name = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["model"]
                self.reply({"capabilities": ["completion"] + (["vision"] if "vl" in name else [])})
            def log_message(self, *_):
                pass
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        os.environ["OLLAMA_HOST"] = f"127.0.0.1:{server.server_address[1]}"
        self.addCleanup(os.environ.pop, "OLLAMA_HOST")
        daemon = Daemon(pathlib.Path(self.place.name) / "data", config="[log]\nlevel = \"info\"\n")
        self.addCleanup(daemon.stop)
        ids = eventually(lambda: [one["id"] for one in daemon.get("+/interpreters").json()["items"]],
                         lambda ids: "ollama-qwen3-vl-8b" in ids)
        self.assertEqual(ids, ["builtin", "ollama", "ollama-qwen3-vl-8b"])


if __name__ == "__main__":
    main(at_once=3)
