"""Starts echo_server, and talks to it in bytes that no client would send."""
import os
import pathlib
import re
import signal
import socket
import struct
import subprocess
import sys
import unittest

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "integration"))
from daemon import main, program  # noqa: E402, F401

PATIENCE = 60  # seconds until what never comes is given up


class EchoTest(unittest.TestCase):
    """One server for all tests of a class."""

    @classmethod
    def setUpClass(cls):
        cls.server = subprocess.Popen([program("echo_server")], stdout=subprocess.PIPE, text=True)
        cls.port = int(cls.server.stdout.readline().rsplit(":", 1)[1])

    @classmethod
    def tearDownClass(cls):
        cls.server.send_signal(signal.SIGTERM)
        code = cls.server.wait(30)
        cls.server.stdout.close()
        if code != 0:
            raise AssertionError(f"echo_server ended with {code}")

    def connect(self):
        wire = Wire(self.port)
        self.addCleanup(wire.close)
        return wire


class Answer:
    def __init__(self, status, version, fields, body):
        self.status, self.version, self.fields, self.body = status, version, fields, body


class Wire:
    """One connection."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""

    def close(self):
        self.socket.close()

    def send(self, data):
        """As much of it as the other side still takes."""
        try:
            self.socket.sendall(data)
        except ConnectionError:
            pass

    def end_sending(self):
        self.socket.shutdown(socket.SHUT_WR)

    def _more(self):
        try:
            piece = self.socket.recv(65536)
        except ConnectionError:
            piece = b""
        self.received += piece
        return bool(piece)

    def take(self, count):
        while len(self.received) < count and self._more():
            pass
        if len(self.received) < count:
            raise EOFError(f"it ended after {self.received!r}")
        taken, self.received = self.received[:count], self.received[count:]
        return taken

    def head(self):
        while b"\r\n\r\n" not in self.received:
            if not self._more():
                raise EOFError(f"it ended after {self.received!r}")
        head, self.received = self.received.split(b"\r\n\r\n", 1)
        return head.decode()

    def answer(self, to_head=False):
        """The next answer; one to HEAD has no body."""
        first, *lines = self.head().split("\r\n")
        version, status = re.fullmatch(r"(HTTP/1\.[01]) (\d{3}) .*", first).groups()
        fields = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
        without = to_head or int(status) in (204, 304) or int(status) < 200
        return Answer(int(status), version, fields, b"" if without else self.take(int(fields["content-length"])))

    def ended(self):
        """Whether the other side says no more."""
        return not self.received and not self._more()


HANDSHAKE = ("GET {path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
CONTINUED, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
FINAL = 0x80


def frame(first, payload=b"", length=None, mask=b"\x37\xfa\x21\x3d"):
    """A frame as a client sends it. `first` is its first byte, `length` that byte and what follows of it where it is to be odd."""
    size = len(payload)
    if length is None:
        length = bytes([size]) if size < 126 else struct.pack(">BH", 126, size) if size < 65536 else struct.pack(">BQ", 127, size)
    if mask is None:
        return bytes([first]) + length + payload
    masked = bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))
    return bytes([first, length[0] | 0x80]) + length[1:] + mask + masked


class Socket:
    """A WebSocket to echo_server."""

    def __init__(self, wire, path="/ws"):
        self.wire = wire
        wire.send(HANDSHAKE.format(path=path).encode())
        self.handshake = wire.head()

    def send(self, *arguments, **options):
        self.wire.send(frame(*arguments, **options))

    def receive(self):
        """First byte and payload of the next frame."""
        first, size = self.wire.take(2)
        if size == 126:
            size = struct.unpack(">H", self.wire.take(2))[0]
        elif size == 127:
            size = struct.unpack(">Q", self.wire.take(8))[0]
        return first, self.wire.take(size)

    def closed_with(self):
        """The code of the close frame that comes next, None where it has none; nothing may follow it."""
        first, payload = self.receive()
        if first != FINAL | CLOSE:
            raise AssertionError(f"no close frame but {first:#x} {payload[:80]!r}")
        if not self.wire.ended():
            raise AssertionError("it goes on after its close frame")
        payload[2:].decode()
        return struct.unpack(">H", payload[:2])[0] if payload else None
