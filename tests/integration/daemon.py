"""Starts doodled as a user would, and talks to it over real sockets. Standard library only."""
import base64
import concurrent.futures
import http.client
import json
import os
import pathlib
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import zlib

SKIPPED = 77
SOURCE = pathlib.Path(__file__).resolve().parents[2]
CORPUS = pathlib.Path(os.environ.get("DOODLED_CORPUS", SOURCE.parent / "shared" / "corpus"))
EXAMPLE = SOURCE / "config" / "examples" / "drawing.png"


def program(name="doodled"):
    return pathlib.Path(os.environ["DOODLED_BIN"]) / name


def run(*arguments, **kwargs):
    return subprocess.run([program(), *map(str, arguments)], capture_output=True, text=True, timeout=120, **kwargs)


def free_udp_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def png(width, height, pixel):
    """A PNG of pixel(x, y) -> (r, g, b)."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + b"".join(bytes(pixel(x, y)) for x in range(width)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def eventually(look, wanted, seconds=60):
    """What look() gives once it is wanted."""
    end = time.monotonic() + seconds
    while not wanted(seen := look()):
        if time.monotonic() > end:
            raise AssertionError(f"it never came: {seen}")
        time.sleep(0.02)
    return seen


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)


class Daemon:
    """One running doodled. Ends with the `with` block, by SIGTERM, and must then exit with 0."""

    def __init__(self, data_dir, *arguments, osc_port=None, config=None, listen="127.0.0.1:0"):
        self.data_dir, self.osc_port = pathlib.Path(data_dir), osc_port or free_udp_port()
        file = self.data_dir.parent / "doodled.toml"
        file.write_text(config or f'[[device]]\nid = "max"\ndriver = "osc"\nhost = "127.0.0.1"\nport = {self.osc_port}\nstream_hz = 0\n')
        self.arguments = [str(program()), "serve", "--listen", listen, "--data-dir", str(data_dir), "--config", str(file),
                          "--set", "reader.start_timeout=60", *arguments]  # a busy machine starts it late
        self.start()

    def start(self):
        self.log = open(self.data_dir.parent / "doodled.log", "ab")
        self.process = subprocess.Popen(self.arguments, stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline()
        if not line.startswith(("listening on http://", "listening on https://")):
            raise RuntimeError(f"the daemon said {line!r}: {self.log_text()[-2000:]}")
        self.port = int(line.strip().rsplit(":", 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(30)
        self.process.stdout.close()
        self.log.close()
        if code != 0:
            raise RuntimeError(f"the daemon ended with {code}: {self.log_text()[-2000:]}")

    def kill(self):
        self.process.kill()
        self.process.wait(30)
        self.process.stdout.close()
        self.log.close()

    def leave_nothing(self):
        if self.process.poll() is None:
            self.kill()

    def log_text(self):
        return (self.data_dir.parent / "doodled.log").read_text(errors="replace")

    def request(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = dict(headers or {})
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
            headers.setdefault("Content-Type", "application/json")
        connection.request(method, path if not path.startswith("+") else "/api/v1" + path[1:], body, headers)
        answer = connection.getresponse()
        result = Answer(answer.status, answer.headers, answer.read())
        connection.close()
        return result

    def get(self, path):
        return self.request("GET", path)

    def post(self, path, body=None, **headers):
        return self.request("POST", path, body, {name.replace("_", "-"): value for name, value in headers.items()})

    def upload(self, picture, headers=None, **fields):
        """POST /jobs as a browser's form does."""
        boundary, parts = "frontier", []
        for name, value in fields.items():
            value = value if isinstance(value, str) else json.dumps(value)
            parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode() + picture + b"\r\n")
        body = b"".join(parts) + f"--{boundary}--\r\n".encode()
        return self.request("POST", "+/jobs", body, {"Content-Type": f"multipart/form-data; boundary={boundary}", **(headers or {})})

    def finished_job(self, job_id, seconds=60):
        return eventually(lambda: self.get(f"+/jobs/{job_id}").json(), lambda job: job["state"] in ("done", "failed", "cancelled"), seconds)

    def session_of(self, picture, **fields):
        answer = self.upload(picture, **fields)
        assert answer.status == 202, answer.body
        job = self.finished_job(answer.json()["id"])
        assert job["state"] == "done", job
        return self.get(f"+/sessions/{job['session_ids'][0]}").json()

    def finished_play(self, play_id):
        return eventually(lambda: self.get(f"+/plays/{play_id}?limit=500").json(), lambda play: play["ended_at"])


class WebSocket:
    """A client by hand: RFC 6455 handshake, text frames in, masked text frames out."""

    def __init__(self, port, path, host="127.0.0.1", headers=None, tls=None):
        self.socket = socket.create_connection((host, port), timeout=30)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_hostname=host)
        more = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{more}"
                            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        self.buffer = b""
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self.socket.recv(4096)
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        self.status = int(head.split(b" ")[1])
        self.close_code = None

    def _take(self, count):
        while len(self.buffer) < count:
            piece = self.socket.recv(65536)
            if not piece:
                raise EOFError("the server closed the connection")
            self.buffer += piece
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def receive(self):
        while True:
            first, second = self._take(2)
            length = second & 127
            if length == 126:
                length = struct.unpack(">H", self._take(2))[0]
            elif length == 127:
                length = struct.unpack(">Q", self._take(8))[0]
            payload = self._take(length)
            if first & 15 == 1:
                return json.loads(payload)
            if first & 15 == 8:
                self.close_code = struct.unpack(">H", payload[:2])[0] if payload else None
                raise EOFError("closed")
            if first & 15 == 9:  # a pong, masked with zeros
                self.socket.sendall(bytes([0x8a, 0x80 | len(payload), 0, 0, 0, 0]) + payload)

    def send(self, message):
        self.send_frame(1, (message if isinstance(message, str) else json.dumps(message)).encode())

    def send_frame(self, opcode, payload):
        mask = os.urandom(4)
        size = len(payload)
        length = bytes([0x80 | size]) if size < 126 else struct.pack(">BH", 0xFE, size) if size < 65536 else struct.pack(">BQ", 0xFF, size)
        repeated = (mask * (size // 4 + 1))[:size]
        masked = (int.from_bytes(payload, "big") ^ int.from_bytes(repeated, "big")).to_bytes(size, "big")
        self.socket.sendall(bytes([0x80 | opcode]) + length + mask + masked)

    def until(self, wanted):
        while True:
            event = self.receive()
            if wanted(event):
                return event

    def close(self):
        self.socket.close()


class OscSink:
    """Receives UDP datagrams and reads the numeric subset of OSC 1.0 that doodled sends."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def datagrams(self, seconds=60):
        """All that came, until a while nothing does. Not for what goes on for ever."""
        found, end = [], time.monotonic() + seconds
        while select.select([self.socket], [], [], 0.2)[0]:
            found.append(self.socket.recv(65536))
            if time.monotonic() > end:
                raise AssertionError("it never fell silent")
        return found

    def until(self, wanted, seconds=60):
        """The next message(...) that is wanted."""
        end = time.monotonic() + seconds
        while select.select([self.socket], [], [], max(0, end - time.monotonic()))[0]:
            if wanted(message := self.message(self.socket.recv(65536))):
                return message
        raise AssertionError("it never came")

    def until_note(self):
        """Until a note has begun."""
        return self.until(lambda message: message[0] == "/doodled/note" and message[2][3] > 0)

    @staticmethod
    def message(datagram):
        def text(at):
            end = datagram.index(b"\0", at)
            return datagram[at:end].decode(), (end + 4) & ~3
        address, at = text(0)
        tags, at = text(at)
        values = []
        for tag in tags[1:]:
            if tag == "s":
                value, at = text(at)
            else:
                value = struct.unpack(">i" if tag == "i" else ">f", datagram[at:at + 4])[0]
                at += 4
            values.append(value)
        return address, tags, values


class DaemonTest(unittest.TestCase):
    """A temporary place for each test; `self.daemon()` starts one there."""

    def setUp(self):
        self._place = tempfile.TemporaryDirectory()
        self.addCleanup(self._place.cleanup)
        self.data_dir = pathlib.Path(self._place.name) / "data"

    def daemon(self, *arguments, data_dir=None, **options):
        daemon = Daemon(data_dir or self.data_dir, *arguments, **options)
        self.addCleanup(daemon.leave_nothing)  # of a test that failed in the middle
        return daemon

    def assertProblem(self, answer, status, code, pointer=None):
        self.assertEqual(answer.headers.get_content_type(), "application/problem+json", answer.body)
        problem = answer.json()
        self.assertEqual((answer.status, problem["code"]), (status, code), problem)
        if pointer is not None:
            self.assertIn(pointer, [error["pointer"] for error in problem["errors"]], problem)
        return problem


def corpus(test):
    """Skips, visibly, where the shared pictures are not there."""
    return unittest.skipUnless(CORPUS.is_dir(), f"no pictures at {CORPUS}")(test)


def main(at_once=1):
    """Runs the tests of the program itself; `at_once` of them at a time, each in a process of its own, where all are asked for."""
    if at_once > 1 and len(sys.argv) == 1:
        sys.exit(run_apart(at_once))
    result = unittest.main(exit=False, verbosity=2).result
    if not result.wasSuccessful():
        sys.exit(1)
    sys.exit(SKIPPED if result.testsRun == len(result.skipped) else 0)


def run_apart(at_once):
    """For tests that wait more than they work. The exit code of all."""
    def one(name):
        ended = subprocess.run([sys.executable, sys.argv[0], name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        print(ended.stdout, end="", flush=True)
        return ended.returncode
    classes = [value for value in vars(sys.modules["__main__"]).values() if isinstance(value, type) and issubclass(value, unittest.TestCase)]
    names = [f"{found.__name__}.{name}" for found in classes for name in unittest.defaultTestLoader.getTestCaseNames(found)]
    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        codes = set(pool.map(one, names))
    failed = codes - {0, SKIPPED}
    return 1 if failed or not codes else min(codes)
