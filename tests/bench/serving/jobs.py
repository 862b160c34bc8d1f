"""Jobs a second with a small picture, and what the daemon adds to a model that answers at once, one and eight at a time.

    DOODLED_BIN=build/release/bin python3 tests/bench/serving/jobs.py [--seconds 10] [--jobs 100]

Clients are threads with a connection each that is kept, and know of an end by the feed of events. The bare limit of jobs is one
commit of the disk a job; that of the model is the model itself, asked by the same client.
"""
import argparse
import base64
import concurrent.futures
import http.client
import json
import os
import pathlib
import random
import statistics
import struct
import tempfile
import threading
import time
import zlib

from rows import header, quiet_daemon, row, spread
from daemon import WebSocket, png
from scripted_model import ScriptedModel, example_of

BOUNDARY = "frontier"


def small_picture(number):
    """64 x 64 with a square of its own: no two have the same bytes."""
    left, top, shade = number % 30, number // 30 % 30, number // 900 % 250
    dark, light = bytes((shade, 0, 0)) * 24, bytes((255, 255, 255))
    rows = [light * 64] * top + [light * left + dark + light * (40 - left)] * 24 + [light * 64] * (40 - top)
    flat = b"".join(rows)
    return png(64, 64, lambda x, y: flat[(y * 64 + x) * 3:(y * 64 + x) * 3 + 3])


def noisy_picture(megabytes, number=0):
    """A PNG that does not compress, as a scan is: about so many megabytes."""
    side, noise = int((megabytes * 1e6 / 3) ** 0.5), random.Random(number)
    return png(side, side, lambda x, y: noise.randbytes(3))


def numbered(picture, number):
    """The same PNG with a text of its own before its end."""
    text = b"tEXtnumber\0%d" % number
    return picture[:-12] + struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text)) + picture[-12:]


def form(picture, **fields):
    parts = "".join(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
    head = f'{parts}--{BOUNDARY}\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n'
    return head.encode() + picture + f"\r\n--{BOUNDARY}--\r\n".encode()


class Ends:
    """Ends of jobs, from the feed of events; each can be waited for, before or after it came."""

    def __init__(self, port):
        self.feed, self.known, self.changed = WebSocket(port, "/api/v1/events?topics=jobs"), {}, threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        try:
            while True:
                data = self.feed.receive()["data"]
                if data.get("finished_at"):
                    with self.changed:
                        self.known[data["id"]] = data["state"], time.monotonic()
                        self.changed.notify_all()
        except (OSError, EOFError):
            pass

    def of(self, job, seconds=120):
        with self.changed:
            if not self.changed.wait_for(lambda: job in self.known, seconds):
                raise SystemExit(f"job {job} did not end")
            state, at = self.known.pop(job)
        if state != "done":
            raise SystemExit(f"job {job} ended as {state}")
        return at


class Uploads:
    """Clients that upload pictures and wait for the ends of their jobs, so many at once."""

    def __init__(self, daemon, clients):
        self.daemon, self.ends, self.local = daemon, Ends(daemon.port), threading.local()
        self.pool = concurrent.futures.ThreadPoolExecutor(clients)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.pool.shutdown()
        self.ends.feed.close()

    def _post(self, body):
        if not hasattr(self.local, "connection"):
            self.local.connection = http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=120)
        self.local.connection.request("POST", "/api/v1/jobs", body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})
        answer = self.local.connection.getresponse()
        text = answer.read()
        if answer.status != 202:
            raise SystemExit(f"answered {answer.status}: {text[:300]}")
        return json.loads(text)["id"]

    def one(self, picture, **fields):
        """Milliseconds from the first byte sent to the event that says done."""
        body, begun = form(picture, **fields), time.monotonic()
        return (self.ends.of(self._post(body)) - begun) * 1000

    def run(self, pictures, **fields):
        return list(self.pool.map(lambda picture: self.one(picture, **fields), pictures))


def commits_a_second(folder):
    """Synced appends of a page a second: what a disk allows that is asked once a job."""
    begun, done = time.monotonic(), 0
    with open(pathlib.Path(folder) / "synced", "wb") as file:
        while time.monotonic() - begun < 1:
            file.write(bytes(4096))
            file.flush()
            os.fdatasync(file.fileno())
            done += 1
    return done


def rate(what, goal, seconds, expected, more="", **fields):
    """About `seconds` long where `expected` jobs a second are done."""
    with tempfile.TemporaryDirectory() as place, quiet_daemon(place, more=more) as daemon, Uploads(daemon, 4) as uploads:
        commits = commits_a_second(place)
        uploads.run((small_picture(number) for number in range(20)), **fields)
        pictures = [small_picture(number) for number in range(20, 20 + expected * seconds)]
        begun = time.monotonic()
        took = uploads.run(pictures, **fields)
        a_second = len(took) / (time.monotonic() - begun)
    row(what, goal, f"{a_second:.0f}", f"{commits} syncs a second")
    row("  each of them", "", spread(took))


class Instant:
    """A model that answers at once."""

    def __init__(self):
        self.text = None

    def __call__(self, call):
        self.text = self.text or json.dumps(example_of(call.schema))
        call.head()
        call.chunk(self.text)
        call.end()


def bare_model_ms(picture, jobs, at_once):
    """Such a model asked by a client that only sends the picture and reads the answer."""
    model = ScriptedModel(Instant())
    schema = {"type": "object", "properties": {}}
    asked = json.dumps({"model": "tiny", "messages": [{"role": "user", "content": base64.b64encode(picture).decode()}],
                        "response_format": {"json_schema": {"schema": schema}}})

    def one(_):
        begun = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", model.port, timeout=60)
        connection.request("POST", "/v1/chat/completions", asked, {"Content-Type": "application/json"})
        connection.getresponse().read()
        connection.close()
        return (time.monotonic() - begun) * 1000

    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        took = list(pool.map(one, range(jobs)))
    model.close()
    return took


def around_a_model(jobs, at_once, goal):
    picture = noisy_picture(3)
    pictures = [numbered(picture, number) for number in range(jobs)]
    bare = bare_model_ms(picture, jobs, at_once)
    model = ScriptedModel(Instant())
    more = f"[jobs]\nworkers = {at_once}\n" + model.settings(concurrency=at_once)
    with tempfile.TemporaryDirectory() as place, quiet_daemon(place, more=more) as daemon, Uploads(daemon, at_once) as uploads:
        took = uploads.run(pictures, interpreter="tiny", mode="lfo")
    model.close()
    row(f"a job with 3 MB around an instant model, {at_once} at once", goal, spread(took), f"model p50 {statistics.median(bare):.1f} ms")


def rate_around_a_model(seconds):
    """Without what reading costs: a model that answers at once."""
    model = ScriptedModel(Instant())
    rate("  around an instant model", ">= 300", seconds, 100, "[jobs]\nworkers = 4\n" + model.settings(concurrency=4), interpreter="tiny", mode="lfo")
    model.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=10, help="about so long are jobs counted")
    parser.add_argument("--jobs", type=int, default=100, help="with the model")
    arguments = parser.parse_args()
    header("jobs")
    rate("jobs a second, small picture, 4 at once", ">= 300", arguments.seconds, 30)
    rate_around_a_model(arguments.seconds)
    for at_once, goal in ((1, "p50 <= 50 ms"), (8, "p50 <= 180 ms")):
        around_a_model(arguments.jobs, at_once, goal)


if __name__ == "__main__":
    main()
