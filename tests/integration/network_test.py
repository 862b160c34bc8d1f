"""Models behind TLS and behind proxies: whose certificates are taken, and who gets to see a key."""
import http.server
import json
import os
import pathlib
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

from daemon import Daemon, main

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "fakes"))
from scripted_model import ScriptedModel  # noqa: E402

KEY = "sk-very-secret-7f3a"
NAME = "models.example"


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=60)


class Authority:
    """A certificate authority of the test's own, and a server certificate for 127.0.0.1 and models.example."""

    def __init__(self, folder):
        self.ca, self.key, self.certificate = folder / "ca.pem", folder / "server.key", folder / "server.pem"
        request, names, ca_key = folder / "server.csr", folder / "names", folder / "ca.key"
        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
        openssl("req", "-x509", *curve, "-keyout", ca_key, "-out", self.ca, "-days", 2, "-subj", "/CN=An authority")
        openssl("req", *curve, "-keyout", self.key, "-out", request, "-subj", "/CN=A model")
        names.write_text(f"subjectAltName=IP:127.0.0.1,DNS:{NAME}\n")
        openssl("x509", "-req", "-in", request, "-CA", self.ca, "-CAkey", ca_key, "-CAcreateserial", "-out", self.certificate,
                "-days", 2, "-extfile", names)


class Proxy:
    """An HTTP proxy that leads everything to one port of this machine, and keeps what it could read."""

    def __init__(self, port, refuses=0):
        seen = self.seen = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def note(self, body=b""):
                seen.append({"line": self.requestline, "headers": dict(self.headers), "body": body})

            def do_CONNECT(self):
                self.note()
                if refuses:
                    return self.send_error(refuses)
                with socket.create_connection(("127.0.0.1", port)) as far:
                    self.send_response(200)
                    self.end_headers()
                    self.pass_on({self.connection: far, far: self.connection})
                self.close_connection = True

            def pass_on(self, other):
                while True:
                    for ready in select.select(list(other), [], [], 60)[0]:
                        data = ready.recv(65536)
                        if not data:
                            return
                        other[ready].sendall(data)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.note(body)
                path = "/" + self.path.split("/", 3)[3]
                head = f"POST {path} HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
                with socket.create_connection(("127.0.0.1", port)) as far:
                    far.sendall(head.encode() + body)
                    while data := far.recv(65536):
                        self.wfile.write(data)
                self.close_connection = True

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Network(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.addCleanup(self.place.cleanup)
        self.folder = pathlib.Path(self.place.name)
        self.set_variable("TINY_KEY", KEY)
        for name in ("http_proxy", "https_proxy", "no_proxy", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "all_proxy"):
            self.set_variable(name, None)

    def set_variable(self, name, value):
        before = os.environ.get(name)
        self.addCleanup(lambda: os.environ.pop(name, None) if before is None else os.environ.__setitem__(name, before))
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value

    def model(self, **options):
        model = ScriptedModel(**options)
        self.addCleanup(model.close)
        return model

    def proxy(self, port, **options):
        proxy = Proxy(port, **options)
        self.addCleanup(proxy.close)
        return proxy

    def daemon(self, model, **settings):
        table = model.settings(key_env="TINY_KEY", tries=1, **settings)
        daemon = Daemon(self.folder / "data", config="[interpret]\nfind_ollama = false\n" + table)
        self.addCleanup(daemon.stop)
        return daemon

    def job(self, daemon):
        wish = {"prompt": "slow waves", "interpreter": "tiny", "fresh": True}
        return daemon.finished_job(daemon.post("+/jobs", wish).json()["id"])

    def test_a_certificate_is_taken_from_the_authority_that_is_named_and_from_nobody_else(self):
        ours = Authority(self.folder)
        model = self.model(tls=(ours.certificate, ours.key))
        trusting = self.daemon(model, ca_file=str(ours.ca))
        self.assertEqual(self.job(trusting)["state"], "done")
        self.assertTrue(next(one for one in trusting.get("+/interpreters").json()["items"] if one["id"] == "tiny")["reachable"])
        trusting.stop()
        strict = self.daemon(model)
        job = self.job(strict)
        self.assertEqual((job["state"], job["error"]["code"]), ("failed", "tls_failed"), job)
        self.assertIn("certificate", job["error"]["message"])
        self.assertEqual(len(model.calls), 1)

    def test_a_key_passes_a_proxy_inside_tls_only(self):
        ours = Authority(self.folder)
        model = self.model(tls=(ours.certificate, ours.key))
        proxy = self.proxy(model.port)
        self.set_variable("https_proxy", proxy.url)
        job = self.job(self.daemon(model, base_url=f"https://{NAME}/v1", ca_file=str(ours.ca)))
        self.assertEqual(job["state"], "done", job)
        self.assertTrue(proxy.seen[0]["line"].startswith(f"CONNECT {NAME}:443"), proxy.seen)
        self.assertNotIn(KEY, json.dumps([[one["line"], one["headers"]] for one in proxy.seen]))
        self.assertEqual(model.calls[0].headers["Authorization"], f"Bearer {KEY}")

    def test_a_proxy_that_refuses_is_named_as_such(self):
        model = self.model()
        self.set_variable("https_proxy", self.proxy(model.port, refuses=407).url)
        job = self.job(self.daemon(model, base_url=f"https://{NAME}/v1"))
        self.assertEqual(job["error"]["code"], "proxy_refused", job)
        self.assertIn("407", job["error"]["message"])

    def test_plain_http_goes_through_its_proxy_but_never_for_this_machine(self):
        model = self.model()
        proxy = self.proxy(model.port)
        self.set_variable("http_proxy", proxy.url)
        away = self.daemon(model, base_url=f"http://{NAME}/v1", allow_http=True)
        self.assertEqual(self.job(away)["state"], "done")
        self.assertTrue(proxy.seen[0]["line"].startswith(f"POST http://{NAME}/v1/chat/completions"), proxy.seen)
        away.stop()
        asked = len(proxy.seen)
        shutil.rmtree(self.folder / "data")
        self.assertEqual(self.job(self.daemon(model))["state"], "done")
        self.assertEqual(len(proxy.seen), asked)


if __name__ == "__main__":
    main()
