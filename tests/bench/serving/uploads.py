"""Pictures that differ in a number only, and clients in C that upload them and wait for the ends of their jobs."""
import pathlib
import random
import struct
import subprocess
import zlib

from compiled import compiled
from daemon import png

BOUNDARY = "frontier"


def numbered(picture):
    """The same PNG with a number, which the clients change, as a text before its end."""
    text = b"tEXtnumber\0" + b"0" * 10
    return picture[:-12] + struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text)) + picture[-12:]


def small_picture():
    """64 x 64, a square on white."""
    return numbered(png(64, 64, lambda x, y: (0, 0, 0) if 20 <= x < 44 and 16 <= y < 40 else (255, 255, 255)))


def noisy_picture(megabytes):
    """A PNG that does not compress, as a scan is: about so many megabytes."""
    side, noise = int((megabytes * 1e6 / 3) ** 0.5), random.Random(1)
    return numbered(png(side, side, lambda x, y: noise.randbytes(3)))


def form(picture, fields):
    parts = "".join(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
    head = f'{parts}--{BOUNDARY}\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n'
    return head.encode() + picture + f"\r\n--{BOUNDARY}--\r\n".encode()


class Took:
    """Seconds in all, and milliseconds from the first byte of an upload to the event that says done."""

    def __init__(self, text):
        self.seconds, self.p50, self.p99, self.longest = map(float, text.split())

    def __str__(self):
        return f"p50 {self.p50:.1f} p99 {self.p99:.1f} ms"


class Uploads:
    """So many clients at once; no two of their pictures have the same bytes."""

    def __init__(self, place, daemon, clients, picture, **fields):
        self.command = [compiled("uploaders", place), str(daemon.port), str(clients)]
        self.body, self.uploaded = pathlib.Path(place) / "form", 0
        self.body.write_bytes(form(picture, fields))

    def run(self, jobs):
        done = subprocess.run([*self.command, str(jobs), str(self.uploaded), self.body], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"the uploaders ended: {done.stderr}")
        self.uploaded += jobs
        return Took(done.stdout)
