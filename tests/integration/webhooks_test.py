"""Webhooks at a real receiver: signed, in order, again until they are taken, also over restarts of the daemon and its death."""
import base64
import http.server
import importlib.util
import json
import os
import subprocess
import sys
import threading
import time

from daemon import DaemonTest, EXAMPLE, SOURCE, OscSink, eventually, main, program

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
EXAMPLE_RECEIVER = SOURCE / "config" / "examples" / "clients" / "webhook_receiver.py"
SONG = {"midi_sequence": [{"step": 0, "note": 60, "velocity": 96, "active": True}]}

specification = importlib.util.spec_from_file_location("webhook_receiver", EXAMPLE_RECEIVER)
example = importlib.util.module_from_spec(specification)
specification.loader.exec_module(example)


class Receiver:
    """Notes what comes, and answers as `answers` says, one after the other; then 204."""

    def __init__(self, port=0):
        self.messages, self.attempts, self.answers, self.at_once, self.most_at_once = [], [], [], 0, 0
        self.lock = threading.Lock()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with receiver.lock:
                    receiver.at_once += 1
                    receiver.most_at_once = max(receiver.most_at_once, receiver.at_once)
                    answer = receiver.answers.pop(0) if receiver.answers else (204, {})
                    receiver.attempts.append((time.time(), self.path, dict(self.headers), body, answer[0]))
                    if answer[0] == 204:
                        receiver.messages.append((self.headers["webhook-id"], json.loads(body)))
                    receiver.at_once -= 1
                self.send_response(answer[0])
                for name, value in answer[1].items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def types(self):
        with self.lock:
            return [message["type"] for _, message in self.messages]


class Webhooks(DaemonTest):
    def setUp(self):
        super().setUp()
        os.environ["WEBHOOK_SECRET"] = SECRET
        self.addCleanup(os.environ.pop, "WEBHOOK_SECRET", None)
        self.sink = OscSink()
        self.addCleanup(self.sink.socket.close)

    def receiver(self, port=0):
        receiver = Receiver(port)
        self.addCleanup(receiver.stop)
        return receiver

    def config(self, port, more=""):
        return (f'[[device]]\nid = "max"\ndriver = "osc"\nhost = "127.0.0.1"\nport = {self.sink.port}\nstream_hz = 0\n'
                f'[[webhook]]\nid = "house"\nurl = "http://127.0.0.1:{port}/hooks/very-secret-path?token=hidden"\nsecret_env = "WEBHOOK_SECRET"\n'
                f'retry_wait = 0.1\nlongest_wait = 0.5\n{more}\n')

    def hook(self, box):
        return box.get("+/webhooks").json()["items"][0]

    def idle(self, box):
        return eventually(lambda: self.hook(box), lambda hook: hook["backlog"] == 0 and hook["state"] == "idle")

    def test_what_happens_is_told_in_order_and_signed(self):
        receiver = self.receiver()
        with self.daemon(config=self.config(receiver.port, 'events = ["job.done", "session.created", "play.started", "play.finished"]')) as box:
            answer = box.upload(EXAMPLE.read_bytes(), mode="doodle", options={"bars": 1}, play={"devices": ["max"]})
            job = eventually(lambda: box.get(f"+/jobs/{answer.json()['id']}").json(), lambda job: job["play_ids"])
            box.finished_play(job["play_ids"][0])
            eventually(lambda: len(receiver.messages), lambda count: count >= 4)
            self.assertEqual(sorted(receiver.types()), ["job.done", "play.finished", "play.started", "session.created"])
            self.assertEqual(receiver.types()[2:], ["play.started", "play.finished"])
            told = {message["type"]: message["data"] for _, message in receiver.messages}
            self.assertEqual(told["job.done"]["session_ids"], job["session_ids"])
            self.assertEqual(told["session.created"]["id"], job["session_ids"][0])
            self.assertEqual((told["play.finished"]["id"], told["play.finished"]["state"]), (job["play_ids"][0], "ended"))
            for _, _, headers, body, _ in receiver.attempts:
                headers = {name.lower(): value for name, value in headers.items()}
                self.assertTrue(example.verified(SECRET, headers, body))
                self.assertFalse(example.verified(SECRET, headers, body + b" "))
                self.assertFalse(example.verified("whsec_" + base64.b64encode(bytes(32)).decode(), headers, body))
                self.assertEqual(headers["content-type"], "application/json")
            hook = self.idle(box)
            self.assertEqual((hook["id"], hook["place"], hook["delivered"], hook["failed"], hook["last_error"]), ("house", "http://127.0.0.1", 4, 0, None))
            everything = box.get("+/webhooks").body + box.get("+/settings").body + box.log_text().encode() + box.get("/metrics").body
            for secret in (SECRET.encode(), SECRET[6:].encode(), b"very-secret-path", b"hidden"):
                self.assertNotIn(secret, everything)
        for file in self.data_dir.glob("doodled.sqlite3*"):
            self.assertNotIn(SECRET[6:].encode(), file.read_bytes())

    def test_what_is_refused_comes_again_later_with_the_same_id_and_nothing_overtakes_it(self):
        receiver = self.receiver()
        receiver.answers = [(500, {}), (302, {"Location": "/elsewhere"}), (429, {"Retry-After": "1"})]
        with self.daemon(config=self.config(receiver.port, 'events = ["session.created"]')) as box:
            ids = [box.post("+/sessions", SONG).json()["id"] for _ in range(5)]
            eventually(lambda: len(receiver.messages), lambda count: count >= 5)
            self.assertEqual([message["data"]["id"] for _, message in receiver.messages], ids)
            first = receiver.attempts[:4]
            self.assertEqual([answer for *_, answer in first], [500, 302, 429, 204])
            self.assertEqual(len({headers["webhook-id"] for _, _, headers, _, _ in first}), 1)
            self.assertEqual({path for _, path, *_ in receiver.attempts}, {"/hooks/very-secret-path?token=hidden"})
            self.assertGreaterEqual(first[3][0] - first[2][0], 0.9)
            self.assertEqual((receiver.most_at_once, self.idle(box)["failed"]), (1, 3))
            text = box.get("/metrics").body.decode()
            for line in ('doodled_webhook_total{outcome="ok",webhook="house"} 5', 'doodled_webhook_total{outcome="failed",webhook="house"} 3',
                         'doodled_webhook_backlog{webhook="house"} 0'):
                self.assertIn(line, text)

    def test_a_receiver_that_is_down_over_restarts_and_deaths_of_the_daemon_gets_all_in_order(self):
        port = self.receiver_port()
        config, ids = self.config(port, 'events = ["session.created"]'), []
        with self.daemon(config=config) as box:
            ids += [box.post("+/sessions", SONG).json()["id"] for _ in range(3)]
            hook = eventually(lambda: self.hook(box), lambda hook: hook["failed"] > 0)
            self.assertEqual((hook["backlog"], hook["state"], hook["last_error"]["code"]), (3, "waiting", "unreachable"))
        dying = self.daemon(config=config)
        ids += [dying.post("+/sessions", SONG).json()["id"] for _ in range(3)]
        dying.kill()
        with self.daemon(config=config) as box:
            self.assertEqual(self.hook(box)["backlog"], 6)
            receiver = self.receiver(port)
            eventually(lambda: len(receiver.messages), lambda count: count >= 6)
            self.assertEqual([message["data"]["id"] for _, message in receiver.messages], ids)
            self.assertEqual(len({id for id, _ in receiver.messages}), 6)
            self.assertEqual(self.idle(box)["delivered"], 6)
        with self.daemon(config=config) as box:
            self.assertEqual(self.hook(box)["backlog"], 0)

    def receiver_port(self):
        """A port on which nobody listens for now."""
        gone = Receiver()
        gone.stop()
        return gone.port

    def test_what_nobody_takes_is_given_up_and_the_log_says_so(self):
        with self.daemon(config=self.config(self.receiver_port(), 'events = ["session.created"]\ngive_up_hours = 0.0005')) as box:
            box.post("+/sessions", SONG)
            hook = eventually(lambda: self.hook(box), lambda hook: hook["given_up"] == 1)
            self.assertEqual(hook["backlog"], 0)
            self.assertIn("a message was given up", box.log_text())

    def test_a_test_message_goes_there_at_once(self):
        receiver = self.receiver()
        with self.daemon(config=self.config(receiver.port)) as box:
            sent = box.post("+/webhooks/house/test")
            self.assertEqual(sent.status, 202, sent.body)
            eventually(receiver.types, lambda types: "webhook.test" in types)
            self.assertIn(sent.json()["message_id"], [id for id, _ in receiver.messages])
            self.assertProblem(box.post("+/webhooks/other/test"), 404, "unknown_webhook")
            eventually(receiver.types, lambda types: "device.changed" in types)

    def test_a_hook_without_its_secret_says_so_and_holds_up_nothing(self):
        os.environ.pop("WEBHOOK_SECRET")
        with self.daemon(config=self.config(1)) as box:
            hook = self.hook(box)
            self.assertEqual((hook["state"], hook["last_error"]["code"]), ("unusable", "key_missing"))
            self.assertEqual(box.post("+/sessions", SONG).status, 201)
            self.assertProblem(box.post("+/webhooks/house/test"), 422, "key_missing")
            self.assertEqual(self.hook(box)["backlog"], 0)

    def test_doctor_tells_of_each_hook(self):
        file = self.data_dir.parent / "doctor.toml"
        file.write_text(self.config(1))
        good = subprocess.run([program(), "doctor", "--config", file], capture_output=True, text=True, timeout=120)
        self.assertRegex(good.stdout, r"ok +webhook house +signs 7 kinds of messages to http://127.0.0.1")
        os.environ.pop("WEBHOOK_SECRET")
        bad = subprocess.run([program(), "doctor", "--config", file], capture_output=True, text=True, timeout=120)
        self.assertRegex(bad.stdout, r"FAIL +webhook house +there is no key: the environment variable WEBHOOK_SECRET is not set")

    def test_the_example_receiver_prints_what_is_genuine(self):
        port = self.receiver_port()
        printing = subprocess.Popen([sys.executable, EXAMPLE_RECEIVER, str(port), SECRET], stdout=subprocess.PIPE, text=True)
        try:
            with self.daemon(config=self.config(port, 'events = ["session.created"]')) as box:
                session = box.post("+/sessions", SONG).json()["id"]
                self.assertRegex(printing.stdout.readline(), rf"^\S+ session.created {session}\n$")
                self.idle(box)
        finally:
            printing.kill()
            printing.wait()
            printing.stdout.close()


if __name__ == "__main__":
    main()
