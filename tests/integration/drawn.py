"""Strokes as a hand draws them, and a client of the live socket."""
import math

from daemon import WebSocket


def path(points, start=0, **more):
    """A stroke along (x, y) places, 8 ms and a breath of pressure apart."""
    return {"points": [[round(x, 5), round(y, 5), start + 8 * i, round(0.5 + 0.3 * math.sin(i / 9), 3)] for i, (x, y) in enumerate(points)], **more}


def wave(y=0.3, height=0.12, left=0.08, right=0.92, turns=2.5, count=90, **more):
    return path([(left + (right - left) * i / count, y + height * math.sin(2 * math.pi * turns * i / count)) for i in range(count + 1)], **more)


def circle(x=0.25, y=0.7, radius=0.1, count=60, **more):
    return path([(x + radius * math.cos(2 * math.pi * i / count), y + 1.25 * radius * math.sin(2 * math.pi * i / count)) for i in range(count + 1)], **more)


def box(x=0.62, y=0.58, width=0.2, height=0.24, **more):
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
    return path([(a[0] + (b[0] - a[0]) * i / 12, a[1] + (b[1] - a[1]) * i / 12) for a, b in zip(corners, corners[1:]) for i in range(12)] + [corners[0]], **more)


def dots(y=0.9, count=8, **more):
    return path([(0.05 + 0.9 * i / (20 * count), y) for i in range(20 * count + 1)], pen="dots", **more)


class Live(WebSocket):
    """A connection to /api/v1/live that has opened a drawing."""

    def __init__(self, port, **opening):
        super().__init__(port, "/api/v1/live")
        self.seq = 0
        self.send({"type": "open", **opening})
        self.opened = self.answer("opened")

    def answer(self, kind):
        """The next message of that kind."""
        return self.until(lambda message: message["type"] == kind)

    def ask(self, kind, **fields):
        self.seq += 1
        self.send({"type": kind, "seq": self.seq, **fields})
        return self.seq

    def covers(self, kind, seq):
        """The message of that kind that came of `seq`, or of a later one."""
        return self.until(lambda message: message["type"] == kind and (message["seq"] or 0) >= seq)

    def draw(self, stroke):
        """The reading and the session that came of it."""
        seq = self.ask("stroke", stroke=stroke)
        return self.covers("reading", seq), self.covers("session", seq)

    def refusal(self, kind, **fields):
        seq = self.ask(kind, **fields)
        return self.until(lambda message: message["type"] == "error" and message["seq"] == seq)

    def end(self):
        self.ask("close")
        closed = self.answer("closed")
        try:
            self.receive()
        except EOFError:
            pass
        self.close()
        return closed["session_id"]
