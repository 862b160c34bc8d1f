#!/usr/bin/env python3
"""From a 12-megapixel JPEG posted over loopback to a finished job and its first note, beside the bare floor.

  DOODLED_BIN=build/release/bin python3 tests/bench/upload/upload.py [--rounds 60]

Floor and daemon take turns, with one byte changed in each picture so that none is known already.
"""
import argparse
import http.client
import json
import os
import pathlib
import select
import socket
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "integration"))
from daemon import Daemon, OscSink, WebSocket, program  # noqa: E402

BOUNDARY = "frontier"


def form(picture):
    head = "".join(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                   for name, value in (("mode", "doodle"), ("play", '{"devices": ["max"]}')))
    head += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\n\r\n'
    return head.encode() + picture + f"\r\n--{BOUNDARY}--\r\n".encode()


def numbered(picture, number):
    """The same picture with a comment of its own behind its JPEG header."""
    comment = b"%012d" % number
    return picture[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + picture[2:]


def post(port, path, body, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", path, body, headers or {})
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    if answer.status not in (201, 202):
        raise RuntimeError(f"answered {answer.status}")
    return text


def floor_round(port, picture):
    begun = time.monotonic()
    post(port, "/", picture)
    return time.monotonic() - begun


def first_note(sink):
    while True:
        select.select([sink.socket], [], [], 10)
        if b"/doodled/note" in sink.socket.recv(65536):
            return time.monotonic()


def daemon_round(box, events, sink, picture):
    body = form(picture)
    begun = time.monotonic()
    job = json.loads(post(box.port, "/api/v1/jobs", body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}))["id"]
    event = events.until(lambda event: event["data"].get("id") == job and event["data"]["state"] in ("done", "failed"))
    done = time.monotonic()
    if event["data"]["state"] != "done":
        raise RuntimeError(event["data"]["error"])
    noted = first_note(sink)
    for play in box.get("+/plays?limit=1").json()["items"]:
        box.request("DELETE", f"+/plays/{play['id']}")
    sink.datagrams()
    return done - begun, max(0.0, noted - done)


def reader_memory(daemon_pid):
    """The largest resident size that any reader of this daemon has had, in MB."""
    children = pathlib.Path(f"/proc/{daemon_pid}/task/{daemon_pid}/children").read_text().split()
    children += [pid for task in pathlib.Path(f"/proc/{daemon_pid}/task").iterdir()
                 for pid in (task / "children").read_text().split()]
    peaks = [0]
    for pid in set(children):
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                peaks.append(int(line.split()[1]) / 1024)
    return max(peaks)


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def row(name, values, goal=""):
    print(f"{name:34} {1000 * statistics.median(values):8.1f} {1000 * quantile(values, 0.99):8.1f}   {goal}")


def measure(rounds, place):
    file = place / "page.jpg"
    subprocess.run([program("bench_upload_floor"), "--picture", file], check=True)
    picture = file.read_bytes()
    kept = place / "floor"
    kept.mkdir()
    floor = subprocess.Popen([program("bench_upload_floor"), "--serve", kept], stdout=subprocess.PIPE, text=True)
    try:
        floor_port = int(floor.stdout.readline().split()[-1])
        sink = OscSink()
        with Daemon(place / "data", osc_port=sink.port) as box:
            events = WebSocket(box.port, "/api/v1/events?topics=jobs")
            bare, done, note = [], [], []
            for number in range(rounds + 3):
                bare.append(floor_round(floor_port, numbered(picture, 2 * number)))
                finished, noted = daemon_round(box, events, sink, numbered(picture, 2 * number + 1))
                done.append(finished)
                note.append(noted)
            memory = reader_memory(box.process.pid)
            events.close()
    finally:
        floor.terminate()
        floor.wait()
    return len(picture), bare[3:], done[3:], note[3:], memory


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=60)
    rounds = arguments.parse_args().rounds
    os.environ.setdefault("DOODLED_BIN", "build/release/bin")
    with tempfile.TemporaryDirectory() as place:
        size, bare, done, note, memory = measure(rounds, pathlib.Path(place))
    print(f"12-megapixel JPEG of {size / 1e6:.1f} MB, {rounds} rounds; milliseconds")
    print(f"{'':34} {'p50':>8} {'p99':>8}")
    row("floor: receive, keep, decode", bare)
    row("posted to job done", done)
    p50 = statistics.median(done) / statistics.median(bare)
    p99 = quantile(done, 0.99) / quantile(bare, 0.99)
    print(f"{'  times the floor':34} {p50:8.2f} {p99:8.2f}   goal: at most 1.6 and 2")
    row("job done to first note", note, "goal: at most 5 ms")
    print(f"{'peak memory of the reader, MB':34} {memory:8.0f} {'':8}   goal: at most 150")


if __name__ == "__main__":
    main()
