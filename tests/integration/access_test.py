"""Who gets in: this machine, paired devices, tokens, and nobody else; over real HTTP, WebSocket and TLS."""
import http.client
import json
import os
import pathlib
import pty
import re
import signal
import socket
import ssl
import subprocess
import unittest

from daemon import Answer, DaemonTest, WebSocket, eventually, main, program, run


def own_address():
    """An address of this machine that is not loopback. Nothing is sent to find it, and what is sent to it stays here."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address = probe.getsockname()[0]
    return None if address.startswith("127.") else address


LAN = own_address()
HEADERS = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
           "Cross-Origin-Resource-Policy": "same-origin"}


class Device:
    """Something that asks from an address of its own, and keeps its cookie as a browser does."""

    def __init__(self, daemon, host, tls=None):
        self.daemon, self.host, self.tls, self.cookie = daemon, host, tls, None

    @property
    def origin(self):
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.daemon.port}"

    def request(self, method, path, body=None, headers=None, origin=True):
        kind = http.client.HTTPSConnection if self.tls else http.client.HTTPConnection
        connection = kind(self.host, self.daemon.port, timeout=60, **({"context": self.tls} if self.tls else {}))
        headers = dict(headers or {})
        if self.cookie:
            headers["Cookie"] = self.cookie
        if origin and method != "GET":
            headers.setdefault("Origin", self.origin)
        if isinstance(body, dict):
            body = json.dumps(body)
            headers["Content-Type"] = "application/json"
        connection.request(method, path.replace("+", "/api/v1", 1), body, headers)
        answer = connection.getresponse()
        result = Answer(answer.status, answer.headers, answer.read())
        connection.close()
        if set_cookie := result.headers.get("Set-Cookie"):
            self.cookie = None if "Max-Age=0" in set_cookie else set_cookie.split(";")[0]
        return result

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def post(self, path, body=None, **options):
        return self.request("POST", path, body, **options)

    def claim(self, code, name="Phone"):
        return self.post("+/pairing/claim", {"code": code, "name": name})

    def collect(self, claimed, **wish):
        return self.post("+/pairing/collect", {"ticket": claimed.json()["ticket"], **wish})

    def socket(self, path="/api/v1/events", origin=None):
        headers = {"Origin": origin or self.origin}
        if self.cookie:
            headers["Cookie"] = self.cookie
        return WebSocket(self.daemon.port, path, self.host, headers, self.tls)


class Console:
    """`doodled pair` and who sits before it: at a terminal, or at the end of a pipe."""

    def __init__(self, command, terminal=False):
        mine, its = pty.openpty() if terminal else (None, subprocess.PIPE)
        self.process = subprocess.Popen([program(), *command], stdin=its, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if terminal:
            os.close(its)
        self.keyboard = open(mine, "wb", buffering=0) if terminal else self.process.stdin
        self.bytes = b""

    @property
    def shown(self):
        return self.bytes.decode(errors="replace")

    def until(self, words):
        while words not in self.shown:
            more = os.read(self.process.stdout.fileno(), 4096)
            assert more, self.shown
            self.bytes += more

    def code(self):
        self.until("Ctrl-C")
        return re.search(r"^    (\w{4}-\w{4})$", self.shown, re.MULTILINE)[1]

    def type(self, text):
        self.keyboard.write(text.encode())
        self.keyboard.flush()

    def ended(self):
        """How, and what it said since."""
        code = self.process.wait(60)
        said = self.process.stdout.read() + self.process.stderr.read()
        for stream in (self.keyboard, self.process.stdout, self.process.stderr):
            stream.close()
        return code, said.decode()


@unittest.skipUnless(LAN, "this machine has no address but loopback")
class BoxTest(DaemonTest):
    def box(self, *arguments, **options):
        daemon = self.daemon(*arguments, listen="0.0.0.0:0", **options)
        self.addCleanup(daemon.stop)
        return daemon

    def command(self, daemon, *arguments):
        return [*arguments, "--set", f"server.listen=0.0.0.0:{daemon.port}", "--data-dir", str(daemon.data_dir)]

    def told(self, daemon, *arguments):
        result = run(*self.command(daemon, *arguments))
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def invitation(self, daemon, **wish):
        answer = daemon.post("+/pairing", wish)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()

    def paired(self, daemon, tls=None, **wish):
        device = Device(daemon, LAN, tls)
        answer = device.claim(self.invitation(daemon, confirm=False, **wish)["code"])
        self.assertEqual(answer.status, 201, answer.body)
        return device


class Access(BoxTest):
    def test_this_machine_needs_nothing_and_a_stranger_is_told_how_to_be_let_in(self):
        daemon = self.box()
        self.assertEqual(daemon.get("+/access").json()["client"], {"id": None, "kind": "trusted", "name": "", "scope": "admin"})
        stranger = Device(daemon, LAN)
        self.assertEqual(stranger.get("+/access").json()["client"]["kind"], "stranger")
        for path in ("/", "/healthz", "/openapi.yaml"):
            self.assertEqual(stranger.get(path).status, 200, path)
        for method, path in (("GET", "+/sessions"), ("GET", "+/devices"), ("GET", "/metrics"), ("GET", "+/settings"), ("GET", "+/tokens"),
                             ("POST", "+/jobs"), ("POST", "+/pairing"), ("POST", "+/mcp"), ("PATCH", "+/transport")):
            answer = stranger.request(method, path, {} if method != "GET" else None)
            problem = self.assertProblem(answer, 401, "pairing_required")
            self.assertEqual(problem["type"], "urn:doodled:pairing-required")
            self.assertIn("doodled pair", problem["detail"])
            self.assertEqual(answer.headers["WWW-Authenticate"], 'Bearer realm="doodled"')
        for path in ("/api/v1/events", "/api/v1/live"):
            self.assertEqual(stranger.socket(path).status, 401)

    def test_a_proxy_on_this_machine_does_not_lend_its_trust(self):
        daemon = self.box()
        for name in ("X-Forwarded-For", "Forwarded", "Via"):
            self.assertProblem(daemon.request("GET", "+/sessions", headers={name: "192.168.1.9"}), 401, "pairing_required")

    def test_a_phone_is_paired_with_the_code_that_the_box_shows_and_a_yes_on_the_box(self):
        daemon = self.box()
        console = Console(self.command(daemon, "pair"))
        code = console.code()
        self.assertIn("█", console.shown)
        self.assertIn(f"http://{LAN}:{daemon.port}", console.shown)
        phone = Device(daemon, LAN)
        claimed = phone.claim(code.lower(), "Anna's phone")
        self.assertEqual(claimed.status, 202, claimed.body)
        self.assertEqual((claimed.json()["name"], claimed.json()["address"]), ("Anna's phone", LAN))
        self.assertEqual(claimed.headers["Cache-Control"], "no-store")
        self.assertNotIn("Set-Cookie", claimed.headers)
        self.assertProblem(phone.get("+/sessions", headers={"Authorization": f"Bearer {claimed.json()['ticket']}"}), 401, "pairing_required")
        console.until(f'A device at {LAN} wants in (create) and calls itself "Anna\'s phone". Let it in? [y/n] ')
        self.assertEqual(phone.collect(claimed).status, 202)
        console.type("perhaps\n")
        console.until("y or n? ")
        self.assertEqual(phone.collect(claimed).json(), claimed.json())
        console.type("yes\n")
        answer = eventually(lambda: phone.collect(claimed), lambda answer: answer.status != 202)
        self.assertEqual(answer.status, 201, answer.body)
        self.assertNotIn("secret", answer.json())
        cookie = answer.headers["Set-Cookie"]
        for part in ("HttpOnly", "SameSite=Strict", "Path=/"):
            self.assertIn(part, cookie)
        self.assertProblem(phone.collect(claimed), 404, "unknown_ticket")
        self.assertEqual(console.ended(), (0, "Paired: Anna's phone\n"))
        self.assertEqual(phone.get("+/access").json()["client"]["scope"], "create")
        self.assertEqual(phone.get("+/sessions").status, 200)
        self.assertEqual(phone.post("+/jobs", {"prompt": "slow waves"}).status, 202)
        self.assertProblem(phone.get("+/settings"), 403, "scope_too_small")
        self.assertProblem(phone.get("+/tokens"), 403, "scope_too_small")
        self.assertProblem(Device(daemon, LAN).claim(code), 403, "wrong_code", "/code")

    def test_a_no_on_the_box_keeps_a_device_out_and_what_was_typed_before_is_no_answer(self):
        daemon = self.box()
        console = Console(self.command(daemon, "pair"), terminal=True)
        code = console.code()
        console.type("y\n")
        guest = Device(daemon, LAN)
        claimed = guest.claim(code, "Guest")
        console.until("[y/n] ")
        console.type("n\n")
        answer = eventually(lambda: guest.collect(claimed), lambda answer: answer.status != 202)
        self.assertProblem(answer, 403, "pairing_refused")
        code, said = console.ended()
        self.assertEqual(code, 1)
        self.assertIn("Guest was not let in", said)
        self.assertEqual(daemon.get("+/tokens").json()["items"], [])

    def test_without_a_console_the_page_answers_or_nobody_is_asked(self):
        daemon = self.box()
        console = Console(self.command(daemon, "pair"))
        code = console.code()
        console.keyboard.close()
        phone = Device(daemon, LAN)
        claimed = phone.claim(code)
        asked = daemon.get("+/pairing").json()["items"]
        self.assertEqual([(one["state"], one["claimant"]) for one in asked], [("waiting", {"name": "Phone", "address": LAN})])
        console.until("[y/n] ")
        self.assertEqual(daemon.post(f"+/pairing/{asked[0]['id']}/confirm").status, 200)
        self.assertEqual(phone.collect(claimed, secret=True).json()["token"]["name"], "Phone")
        code, said = console.ended()
        self.assertEqual(code, 0, said)
        self.assertIn("Paired: Phone", said)
        unasked = Console(self.command(daemon, "pair", "--yes", "--scope", "play"))
        self.assertEqual(Device(daemon, LAN).claim(unasked.code(), "Script").status, 201)
        code, said = unasked.ended()
        self.assertEqual(code, 0)
        self.assertIn("Paired: Script", said)

    def test_a_paired_device_lets_the_next_one_in_but_to_no_more_than_its_own(self):
        daemon = self.box()
        first, other = self.paired(daemon), self.paired(daemon)
        events = first.socket("/api/v1/events?topics=access")
        self.assertProblem(first.post("+/pairing", {"scope": "admin"}), 403, "scope_too_small", "/scope")
        self.assertProblem(first.post("+/pairing", {"confirm": False}), 403, "scope_too_small", "/confirm")
        invitation = first.post("+/pairing", {"scope": "play"}).json()
        self.assertEqual(invitation["url"], f"http://{LAN}:{daemon.port}/#pair={invitation['code'].replace('-', '')}")
        self.assertTrue(invitation["reachable"])
        drawn = first.get(invitation["qr"])
        self.assertEqual((drawn.status, drawn.headers["Content-Type"]), (200, "image/svg+xml"))
        self.assertTrue(drawn.body.startswith(b"<svg"))
        events.until(lambda event: event["type"] == "access.changed")
        path = f"+/pairing/{invitation['id']}"
        self.assertProblem(first.post(f"{path}/confirm"), 409, "nobody_waits")
        second = Device(daemon, LAN)
        claimed = second.claim(invitation["code"], "Stage")
        self.assertEqual(claimed.status, 202)
        heard = events.until(lambda event: event["type"] == "access.changed")
        self.assertEqual(heard["data"], {})  # who stands there is for those to see who may answer
        self.assertEqual(first.get(path).json()["claimant"], {"name": "Stage", "address": LAN})
        self.assertEqual(first.get(invitation["qr"]).status, 404)
        self.assertEqual([one["id"] for one in first.get("+/pairing").json()["items"]], [invitation["id"]])
        self.assertEqual(other.get("+/pairing").json()["items"], [])
        for method, what in (("GET", path), ("POST", f"{path}/confirm"), ("POST", f"{path}/refuse"), ("DELETE", path), ("GET", f"{path}/qr.svg")):
            self.assertProblem(other.request(method, what), 404, "unknown_pairing")
            self.assertProblem(second.request(method, what), 401, "pairing_required")
        self.assertEqual(first.post(f"{path}/confirm").json()["state"], "confirmed")
        self.assertEqual(second.collect(claimed).status, 201)
        used = first.get(path).json()
        self.assertEqual((used["state"], used["token"]["name"]), ("used", "Stage"))
        self.assertEqual(second.get("+/sessions").status, 200)
        self.assertProblem(second.post("+/jobs", {"prompt": "x"}), 403, "scope_too_small")
        self.assertProblem(second.post("+/pairing", {}), 403, "scope_too_small")
        self.assertProblem(second.get("+/pairing"), 403, "scope_too_small")

    def test_nothing_of_a_device_that_waits_is_written_anywhere(self):
        daemon = self.box("--set", "log.level=debug", "--set", "log.requests=true")
        invitation = self.invitation(daemon)
        guest = Device(daemon, LAN)
        claimed = guest.claim(invitation["code"])
        guest.collect(claimed)
        self.assertNotIn("ticket", daemon.get(f"+/pairing/{invitation['id']}").json())
        secrets = (claimed.json()["ticket"][8:], invitation["code"], invitation["code"].replace("-", ""))
        daemon.stop()
        for file in pathlib.Path(self.data_dir.parent).rglob("*"):
            for secret in secrets if file.is_file() else ():
                self.assertNotIn(secret.encode(), file.read_bytes(), file)
        daemon.start()
        self.assertProblem(guest.collect(claimed), 404, "unknown_ticket")

    def test_a_cookie_is_of_no_use_to_another_page(self):
        daemon = self.box()
        phone = self.paired(daemon)
        wish = {"prompt": "slow waves"}
        self.assertProblem(phone.post("+/jobs", wish, origin=False), 403, "foreign_origin")
        self.assertProblem(phone.post("+/jobs", wish, headers={"Origin": "http://evil.example"}), 403, "foreign_origin")
        self.assertProblem(phone.post("+/jobs", wish, headers={"Origin": "null"}), 403, "foreign_origin")
        self.assertProblem(phone.post("+/jobs", wish, origin=False, headers={"Sec-Fetch-Site": "same-site"}), 403, "foreign_origin")
        self.assertProblem(phone.get("+/sessions", headers={"Host": "evil.example"}), 403, "host_not_allowed")
        self.assertEqual(phone.socket(origin="http://evil.example").status, 403)
        self.assertEqual(phone.socket().status, 101)
        self.assertEqual(daemon.get("+/jobs").json()["items"], [])

    def test_two_clients_stay_in_step_and_a_revoked_one_is_out_at_once(self):
        daemon = self.box()
        phone = self.paired(daemon)
        here, there = WebSocket(daemon.port, "/api/v1/events?topics=jobs,access"), phone.socket("/api/v1/events?topics=jobs,access")
        job = phone.post("+/jobs", {"prompt": "slow waves"}).json()
        for one in (here, there):
            one.until(lambda event: event["topic"] == "jobs" and event["data"]["id"] == job["id"] and event["data"]["state"] == "done")
        listed = self.told(daemon, "tokens", "list")
        self.assertIn("Phone", listed)
        self.assertIn(LAN, listed)
        self.told(daemon, "tokens", "revoke", listed.split()[0])
        with self.assertRaises(EOFError):
            there.until(lambda event: False)
        self.assertEqual(there.close_code, 1008)
        here.until(lambda event: event["type"] == "access.changed")
        answer = phone.get("+/sessions")
        self.assertProblem(answer, 401, "pairing_required")
        self.assertIn("Max-Age=0", answer.headers["Set-Cookie"])
        self.assertEqual(self.told(daemon, "tokens", "list"), "")

    def test_a_device_can_leave_by_itself(self):
        daemon = self.box()
        phone = self.paired(daemon)
        self.assertEqual(phone.request("DELETE", "+/access").status, 204)
        self.assertIsNone(phone.cookie)
        self.assertProblem(phone.get("+/sessions"), 401, "pairing_required")
        self.assertProblem(daemon.request("DELETE", "+/access"), 409, "not_paired")

    def test_a_program_has_a_token_of_its_own_that_outlives_a_restart_and_is_written_nowhere(self):
        daemon = self.box("--set", "log.level=debug")
        secret = self.told(daemon, "tokens", "new", "a script").strip()
        self.assertRegex(secret, r"^doodled_[\w-]{43}$")
        script, bearer = Device(daemon, LAN), {"Authorization": f"Bearer {secret}"}
        for restart in (False, True):
            if restart:
                daemon.stop()
                daemon.start()
            self.assertEqual(script.get("+/sessions", headers=bearer).status, 200)
            self.assertEqual(script.request("PATCH", "+/transport", {"tempo_bpm": 99}, headers=bearer, origin=False).status, 200)
            self.assertProblem(script.post("+/jobs", {"prompt": "x"}, headers=bearer, origin=False), 403, "scope_too_small")
            self.assertProblem(script.get("+/sessions", headers={"Authorization": "Bearer doodled_guess"}), 401, "pairing_required")
            self.assertEqual(WebSocket(daemon.port, "/api/v1/events", LAN, bearer).status, 101)
        daemon.stop()
        for file in pathlib.Path(self.data_dir.parent).rglob("*"):
            if file.is_file():
                self.assertNotIn(secret[8:].encode(), file.read_bytes(), file)
        self.assertFalse((self.data_dir / "console-key").exists())

    def test_tools_of_an_assistant_have_its_scope(self):
        daemon = self.box()
        secret = self.told(daemon, "tokens", "new", "assistant", "--scope", "play").strip()

        def call(name, arguments):
            message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}}
            return Device(daemon, LAN).post("+/mcp", message, headers={"Authorization": f"Bearer {secret}"}, origin=False).json()["result"]
        self.assertFalse(call("list_sessions", {})["isError"])
        refused = call("make_music", {"prompt": "slow waves"})
        self.assertTrue(refused["isError"])
        self.assertEqual(refused["structuredContent"]["code"], "scope_too_small")

    def test_the_console_is_let_in_where_this_machine_is_not_trusted(self):
        daemon = self.box("--set", "access.trusted=")
        self.assertProblem(daemon.get("+/sessions"), 401, "pairing_required")
        self.assertEqual((self.data_dir / "console-key").stat().st_mode & 0o777, 0o600)
        secret = self.told(daemon, "tokens", "new", "local tool", "--scope", "admin").strip()
        self.assertEqual(daemon.request("GET", "+/settings", headers={"Authorization": f"Bearer {secret}"}).status, 200)

    def test_guessing_codes_takes_longer_than_they_last(self):
        daemon = self.box()
        code = self.invitation(daemon)["code"]
        guest = Device(daemon, LAN)
        for _ in range(5):
            self.assertProblem(guest.claim("ZZZZ-ZZZZ"), 403, "wrong_code")
        answer = guest.claim(code)
        self.assertProblem(answer, 429, "too_many_requests")
        self.assertGreaterEqual(int(answer.headers["Retry-After"]), 1)
        self.assertEqual(Device(daemon, "127.0.0.1").claim(code).status, 202)

    def test_a_client_in_haste_is_told_to_wait(self):
        daemon = self.box("--set", "access.requests_per_second=1")
        statuses = [Device(daemon, LAN).get("/healthz") for _ in range(8)]
        self.assertEqual(statuses[0].status, 200)
        self.assertProblem(statuses[-1], 429, "too_many_requests")
        self.assertEqual(statuses[-1].headers["Retry-After"], "1")
        self.assertEqual({daemon.get("/healthz").status for _ in range(50)}, {200})

    def test_one_guest_does_not_take_every_connection(self):
        daemon = self.box("--set", "server.max_connections_each=3")
        held = [socket.create_connection((LAN, daemon.port), timeout=30) for _ in range(3)]
        with socket.create_connection((LAN, daemon.port), timeout=30) as refused:
            self.assertTrue(refused.recv(4096).startswith(b"HTTP/1.1 503 "))
        self.assertEqual(daemon.get("/healthz").status, 200)
        for one in held:
            one.close()
        guest = Device(daemon, LAN)

        def served():
            try:
                return guest.get("/healthz").status
            except (ConnectionError, http.client.HTTPException):
                return None
        self.assertEqual(eventually(served, lambda status: status == 200), 200)

    def test_every_answer_carries_the_security_headers(self):
        daemon = self.box()
        stranger = Device(daemon, LAN)
        for answer in (stranger.get("/"), stranger.get("/healthz"), stranger.get("+/sessions"), stranger.get("/nothing"),
                       daemon.get("+/sessions"), daemon.post("+/jobs", "{"), daemon.request("OPTIONS", "+/jobs"),
                       daemon.request("GET", "/", headers={"Host": "evil.example"})):
            for name, value in HEADERS.items():
                self.assertEqual(answer.headers[name], value, answer.body)
            data = "json" in (answer.headers["Content-Type"] or "")
            self.assertIn("default-src 'none'" if data else "default-src 'self'", answer.headers["Content-Security-Policy"])
            self.assertNotIn("unsafe", answer.headers["Content-Security-Policy"])
            if not data:
                self.assertIn("camera=(self)", answer.headers["Permissions-Policy"])

    def test_bad_wishes_are_named(self):
        daemon = self.box()
        for path, wish, pointer in (("+/pairing", {"scope": "root"}, "/scope"), ("+/pairing", {"scope": "none"}, "/scope"),
                                    ("+/pairing", {"minutes": 0}, "/minutes"), ("+/pairing", {"minutes": 61}, "/minutes"),
                                    ("+/pairing", {"minutes": "5"}, "/minutes"), ("+/pairing", {"confirm": "no"}, "/confirm"), ("+/tokens", {}, "/name"), ("+/tokens", {"name": 5}, "/name"),
                                    ("+/tokens", {"name": "x", "scope": 1}, "/scope")):
            answer = daemon.post(path, wish)
            self.assertEqual(answer.status, 422, answer.body)
            self.assertEqual(answer.json()["errors"][0]["pointer"], pointer)
        self.assertProblem(daemon.post("+/tokens", []), 400, "malformed_json")
        self.assertProblem(daemon.request("DELETE", "+/tokens/nobody"), 404, "unknown_token")
        self.assertProblem(daemon.get("+/pairing/nobody"), 404, "unknown_pairing")
        wrong = run("serve", "--set", "access.trusted=studio", "--data-dir", str(self.data_dir.parent / "other"))
        self.assertEqual(wrong.returncode, 2)
        self.assertIn("access.trusted", wrong.stderr)


class OverTls(BoxTest):
    """The certificate is the daemon's own; clients trust it alone."""

    def trusting(self, daemon):
        return ssl.create_default_context(cafile=str(daemon.data_dir / "tls" / "certificate.pem"))

    def box(self, *arguments, **options):
        return super().box("--set", "tls.enabled=true", *arguments, **options)

    def test_a_certificate_is_made_once_and_a_phone_pairs_through_it(self):
        daemon = self.box()
        tls = self.trusting(daemon)
        first = (daemon.data_dir / "tls" / "certificate.pem").read_bytes()
        self.assertEqual((daemon.data_dir / "tls" / "key.pem").stat().st_mode & 0o777, 0o600)
        phone = Device(daemon, LAN, tls)
        invitation = self.invitation(daemon, confirm=False)
        self.assertTrue(invitation["url"].startswith(f"https://{LAN}:{daemon.port}/#pair="))
        answer = phone.claim(invitation["code"])
        self.assertEqual(answer.status, 201, answer.body)
        self.assertIn("; Secure", answer.headers["Set-Cookie"])
        self.assertTrue(phone.get("+/access").json()["encrypted"])
        events = phone.socket("/api/v1/events?topics=jobs")
        self.assertEqual(events.status, 101)
        job = phone.post("+/jobs", {"prompt": "slow waves"}).json()
        done = events.until(lambda event: event["data"]["id"] == job["id"] and event["data"]["state"] == "done")
        exported = phone.get(f"+/sessions/{done['data']['session_ids'][0]}/export/mid")
        self.assertEqual(exported.status, 200, exported.body[:200])
        daemon.stop()
        daemon.start()
        self.assertEqual((daemon.data_dir / "tls" / "certificate.pem").read_bytes(), first)
        self.assertEqual(phone.get("+/sessions").status, 200)

    def test_this_machine_may_still_come_in_clear_text(self):
        daemon = self.box()
        self.assertEqual(daemon.get("+/sessions").status, 200)
        self.assertEqual(self.told(daemon, "tokens", "list"), "")
        self.assertEqual(Device(daemon, "127.0.0.1", self.trusting(daemon)).get("+/sessions").status, 200)

    def test_old_versions_are_refused_and_bytes_that_are_no_tls_do_no_harm(self):
        daemon = self.box()
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
        with self.assertRaises((ssl.SSLError, OSError)):
            Device(daemon, LAN, old).get("/healthz")
        with socket.create_connection((LAN, daemon.port), timeout=30) as broken:
            broken.sendall(b"\x16\x03\x01\x00\x05hello")
            while broken.recv(4096):
                pass
        self.assertEqual(Device(daemon, LAN, self.trusting(daemon)).get("/healthz").status, 200)

    def certify(self, place, name="mine"):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", place / "k.pem",
                        "-out", place / "c.pem", "-days", "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName=IP:{LAN}"],
                       check=True, capture_output=True, timeout=60)

    def test_a_renewed_certificate_is_used_after_a_hangup_and_a_broken_one_is_not(self):
        place = self.data_dir.parent
        self.certify(place)
        daemon = self.box("--set", f"tls.certificate={place / 'c.pem'}", "--set", f"tls.key={place / 'k.pem'}")
        served = lambda: ssl.get_server_certificate((LAN, daemon.port))  # noqa: E731
        first = served()
        self.certify(place, "renewed")
        daemon.process.send_signal(signal.SIGHUP)
        renewed = eventually(served, lambda now: now != first)
        self.assertEqual(Device(daemon, LAN, ssl.create_default_context(cafile=str(place / "c.pem"))).get("/healthz").status, 200)
        (place / "c.pem").write_text("broken")
        daemon.process.send_signal(signal.SIGHUP)
        eventually(daemon.log_text, lambda log: "the certificate stays as it was" in log)
        self.assertEqual(served(), renewed)

    def test_browsers_are_told_to_insist_on_https_with_a_certificate_of_ones_own_only(self):
        place = self.data_dir.parent
        self.certify(place)
        own = ("--set", f"tls.certificate={place / 'c.pem'}", "--set", f"tls.key={place / 'k.pem'}")

        def told(daemon, tls, path="/healthz"):
            return Device(daemon, LAN, tls).get(path).headers["Strict-Transport-Security"]
        for more, wanted in (((), "max-age=2592000"), (("--set", "tls.hsts_days=365"), "max-age=31536000"), (("--set", "tls.hsts_days=0"), "max-age=0")):
            daemon = self.box(*own, *more)
            trusting = ssl.create_default_context(cafile=str(place / "c.pem"))
            for path in ("/", "/healthz", "+/sessions", "/nothing"):
                self.assertEqual(told(daemon, trusting, path), wanted)
            self.assertIsNone(daemon.get("/healthz").headers["Strict-Transport-Security"])
            daemon.stop()
        daemon = self.box("--set", "tls.hsts_days=365")
        self.assertIsNone(told(daemon, self.trusting(daemon)))

    def test_a_certificate_of_ones_own_is_used_and_a_wrong_one_is_named(self):
        place = self.data_dir.parent
        self.certify(place)
        daemon = self.box("--set", f"tls.certificate={place / 'c.pem'}", "--set", f"tls.key={place / 'k.pem'}")
        device = Device(daemon, LAN, ssl.create_default_context(cafile=str(place / "c.pem")))
        self.assertEqual(device.get("/healthz").status, 200)
        self.assertFalse((self.data_dir / "tls").exists())
        serve = ("serve", "--listen", "127.0.0.1:0", "--data-dir", str(place / "other"), "--set", "tls.enabled=true")
        for settings, field in ((("tls.certificate=/nowhere", f"tls.key={place / 'k.pem'}"), "tls.certificate"),
                                ((f"tls.certificate={place / 'c.pem'}",), "tls.key"),
                                ((f"tls.certificate={place / 'c.pem'}", f"tls.key={place / 'c.pem'}"), "tls.key")):
            refused = run(*serve, *(word for one in settings for word in ("--set", one)))
            self.assertEqual(refused.returncode, 2, refused.stderr)
            self.assertIn(field, refused.stderr)


if __name__ == "__main__":
    main()
