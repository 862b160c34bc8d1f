"""Clients that do no good: headers and bodies that never end, thousands that say nothing, and listeners that never read."""
import selectors
import socket
import struct
import sys
import time

from faults import HERE, SONG, FaultTest, eventually, main, picture, size, tried

sys.path.append(str(HERE.parent / "bench" / "serving"))
from process import resident_mb  # noqa: E402

HELLO = ("GET /api/v1/events?topics=sessions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n")


def connected(port, receives=0):
    """`receives`: the bytes that the system keeps for who does not read."""
    client = socket.socket()
    if receives:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
    client.settimeout(60)
    client.connect(("127.0.0.1", port))
    return client


def ended(client, seconds=0.001):
    """Whether the server ended it, once all that it had sent is read."""
    client.settimeout(seconds)
    try:
        while client.recv(262144):
            pass
    except TimeoutError:
        return False
    except OSError:
        pass
    client.close()
    return True


class Connections(FaultTest):
    def answers(self, daemon):
        """What a well-behaved client sees meanwhile, in milliseconds."""
        begun = time.monotonic()
        self.assertEqual(daemon.get("+/sessions").status, 200)
        return (time.monotonic() - begun) * 1000

    def test_headers_that_never_end_are_cut_and_others_are_served(self):
        count = size(100, 2000)
        with self.daemon("--set", "server.header_timeout=2") as daemon:
            slow = [connected(daemon.port) for _ in range(count)]
            for client in slow:
                client.sendall(b"GET /api/v1/sessions HTTP/1.1\r\nHost: 127.0.0.1\r\n")
            longest, end = 0, time.monotonic() + 60
            while slow and time.monotonic() < end:
                for client in slow:
                    try:
                        client.send(b"X-a: b\r\n")  # a little more each time: it is the whole header that has a limit
                    except OSError:
                        pass
                longest = max(longest, self.answers(daemon))
                slow = [client for client in slow if not ended(client)]
            self.assertEqual(slow, [], "still connected")
            job = daemon.upload(picture(1)).json()["id"]
            self.assertNothingLost(daemon, [job])
        tried(f"{count} clients that send a header byte by byte; a good one waited {longest:.0f} ms at most", "nothing; all were cut")

    def test_bodies_that_trickle_are_cut_and_others_are_served(self):
        count, length = size(100, 2000), 1 << 20
        # A byte a third of a second would take days for these: announced as a whole, in chunks, and of a form with a picture.
        begun = [f"POST /api/v1/{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n{framing}\r\n\r\n{start}".encode() for path, kind, framing, start in (
            ("sessions", "application/json", f"Content-Length: {length}", "{"),
            ("sessions", "application/json", "Transfer-Encoding: chunked", ""),
            ("images", "application/octet-stream", f"Content-Length: {length}", "\x7f"),
            ("jobs", "multipart/form-data; boundary=b", f"Content-Length: {length}", "--b\r\n"))]
        with self.daemon("--set", "server.body_timeout=2") as daemon:
            slow = {connected(daemon.port): begun[number % len(begun)] for number in range(count)}
            waiting = selectors.DefaultSelector()
            for client, request in slow.items():
                client.sendall(request)
                waiting.register(client, selectors.EVENT_READ)
            longest, kept, start = 0, [], time.monotonic()
            while slow and time.monotonic() < start + 60:
                for client, request in slow.items():
                    try:
                        client.send(b"1\r\n \r\n" if b"chunked" in request else b" ")
                    except OSError:
                        pass
                longest = max(longest, self.answers(daemon))
                for told, _ in waiting.select(0):
                    waiting.unregister(told.fileobj)
                    word = self.word(told.fileobj)
                    if word == 408:
                        kept.append(time.monotonic() - start)
                    else:
                        self.assertEqual(word, 503)  # all together may not hold more memory than bodies have
                    if ended(told.fileobj, 5):
                        del slow[told.fileobj]
                time.sleep(0.3)
            waiting.close()
            self.assertEqual(len(slow), 0, "still connected")
            self.assertGreater(len(kept), 50)
            self.assertGreater(min(kept), 2, "who sent a little all the time was cut before it had its time")
            job = daemon.upload(picture(3)).json()["id"]
            self.assertNothingLost(daemon, [job])
        tried(f"{count} clients that send a body byte by byte; a good one waited {longest:.0f} ms at most", "nothing; all were cut")

    @staticmethod
    def word(client):
        """The status that a client is told at the end."""
        return int(client.recv(4096).split(b" ")[1])

    def test_idle_connections_cost_little_and_hinder_nobody(self):
        count = size(1000, 10_000)
        with self.daemon("--set", "server.idle_timeout=600", "--set", "server.header_timeout=600") as daemon:
            before = resident_mb(daemon.process.pid)
            idle = [connected(daemon.port) for _ in range(count)]
            longest = max(self.answers(daemon) for _ in range(50))
            taken = resident_mb(daemon.process.pid) - before
            job = daemon.upload(picture(2)).json()["id"]
            self.assertNothingLost(daemon, [job])
            self.assertFalse(any(map(ended, idle[::max(1, count // 100)])), "an idle one was cut")
            for client in idle:
                client.close()
        tried(f"{count} idle connections: {taken:.1f} MB; a good client waited {longest:.0f} ms at most", "nothing")

    def test_more_connections_than_allowed_are_told_and_the_daemon_lives(self):
        with self.daemon("--set", "server.max_connections=50") as daemon:
            many = [connected(daemon.port) for _ in range(60)]
            last = connected(daemon.port)
            last.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            try:
                told = last.recv(4096)
            except ConnectionError:
                told = b"cut"
            self.assertNotIn(b" 200 ", told)
            for client in many + [last]:
                client.close()
            eventually(lambda: self.health(daemon), lambda status: status == 200)
        tried("60 connections where 50 are allowed", "nothing; later ones were told")

    @staticmethod
    def health(daemon):
        try:
            return daemon.get("/healthz").status
        except OSError:
            return 0

    def test_listeners_that_never_read_hold_up_nobody(self):
        count, events = size(100, 1000), size(400, 1000)
        with self.daemon() as daemon:
            before = resident_mb(daemon.process.pid)
            reading, sleeping = [], []
            for number in range(count):
                client = connected(daemon.port, receives=2048 if number % 2 else 0)
                client.sendall(HELLO.format(port=daemon.port).encode())
                (sleeping if number % 2 else reading).append(client)
            heard = Readers(reading)
            for number in range(events):
                self.assertEqual(daemon.post("+/sessions", SONG).status, 201)
                heard.hear(0)
            heard.hear_until(events, 120)
            taken = resident_mb(daemon.process.pid) - before
            self.assertEqual({heard.frames(client) for client in reading}, {events})
            cut = sum(ended(client, 1) for client in sleeping)
            for client in reading + sleeping:
                client.close()
        tried(f"{count} WebSocket clients of which half never read, {events} events: {taken:.0f} MB, {cut} were cut", "nothing for those who read")


class Readers:
    """Many WebSocket clients that count the text frames that come, and answer pings."""

    def __init__(self, clients):
        self.selector, self.state = selectors.DefaultSelector(), {}
        for client in clients:
            client.setblocking(False)
            self.state[client] = [b"", 0, False]
            self.selector.register(client, selectors.EVENT_READ)

    def frames(self, client):
        return self.state[client][1]

    def hear_until(self, events, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end and any(state[1] < events for state in self.state.values()):
            self.hear(0.2)

    def hear(self, timeout):
        for key, _ in self.selector.select(timeout):
            data = key.fileobj.recv(262144)
            if not data:
                raise AssertionError("a client that reads was cut")
            self._count(key.fileobj, self.state[key.fileobj], data)

    @staticmethod
    def _count(client, state, data):
        buffer = state[0] + data
        if not state[2]:
            if b"\r\n\r\n" not in buffer:
                state[0] = buffer
                return
            buffer, state[2] = buffer.split(b"\r\n\r\n", 1)[1], True
        while len(buffer) >= 4:
            length, at = buffer[1] & 127, 2
            if length == 126:
                length, at = struct.unpack(">H", buffer[2:4])[0], 4
            if len(buffer) < at + length:
                break
            state[1] += buffer[0] & 15 == 1
            if buffer[0] & 15 == 9:  # a pong, masked with zeros
                client.send(bytes([0x8a, 0x80 | length, 0, 0, 0, 0]) + buffer[at:at + length])
            buffer = buffer[at + length:]
        state[0] = buffer


if __name__ == "__main__":
    main()
