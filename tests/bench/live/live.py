"""How long a stroke takes: sent over a loopback WebSocket, to the updated reading, to the session made of it, and to
the first changed event on an OSC device. Seeded drawings that grow stroke by stroke. Prints a table.

    DOODLED_BIN=build/release/bin python3 tests/bench/live/live.py [--drawings 20] [--strokes 24] [--seed 1]
"""
import argparse
import gc
import math
import pathlib
import random
import select
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "integration"))
from daemon import Daemon, OscSink  # noqa: E402
from drawn import Live, box, circle, path, wave  # noqa: E402


def stroke(rng):
    """One of what musicians draw, somewhere, with the shake of a hand."""
    x, y = rng.uniform(0.1, 0.7), rng.uniform(0.1, 0.75)
    kind = rng.randrange(6)
    if kind == 0:
        drawn = wave(y=min(0.85, y), height=rng.uniform(0.03, 0.12), turns=rng.uniform(1, 6), left=x * 0.5, right=min(0.95, x + 0.5))
    elif kind == 1:
        drawn = circle(x=x + 0.1, y=y, radius=rng.uniform(0.03, 0.09))
    elif kind == 2:
        drawn = box(x=x, y=y, width=rng.uniform(0.06, 0.2), height=rng.uniform(0.06, 0.2))
    elif kind == 3:
        return {"pen": "arrow", "points": [[x, y, 0, 0.5], [min(1, x + rng.uniform(0.08, 0.25)), y + rng.uniform(-0.08, 0.15), 300, 0.5]]}
    elif kind == 4:
        drawn = path([(x + 0.02 * i, y + (0.06 if i % 2 else 0)) for i in range(9)])
    else:
        drawn = path([(x + 0.25 * i / 60, y + 0.05 * math.sin(i / 12)) for i in range(61)], pen="hatch")
    for point in drawn["points"]:
        point[0] = round(min(1, max(0, point[0] + rng.gauss(0, 0.0008))), 5)
        point[1] = round(min(1, max(0, point[1] + rng.gauss(0, 0.0008))), 5)
    return drawn


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def row(name, values, goal=""):
    if not values:
        return
    print(f"{name:46} {len(values):6} {quantile(values, 0.5):8.1f} {quantile(values, 0.99):8.1f} {max(values):8.1f}  {goal}")


def time_reading(live, drawn):
    """Milliseconds to the reading and to the session, by when they were complete on the socket; and the box's own."""
    begun = time.perf_counter()
    seq = live.ask("stroke", stroke=drawn)
    reading = live.covers("reading", seq)
    read = time.perf_counter()
    live.covers("session", seq)
    return (read - begun) * 1e3, (time.perf_counter() - begun) * 1e3, reading["read_ms"]


def readings(port, drawings, strokes, rng):
    by_size, sessions, inside = {}, [], []
    for _ in range(drawings):
        gc.collect()  # between drawings: else it is this client's garbage that p99 shows
        live = Live(port, mode="doodle")
        live.draw(stroke(rng))  # the reader process is there from here on
        for size in range(2, strokes + 1):
            read, session, within = time_reading(live, stroke(rng))
            by_size.setdefault((size - 1) // 8, []).append(read)
            sessions.append(session)
            inside.append(within)
        live.ask("clear")  # nothing is kept
        live.end()
    for size, values in sorted(by_size.items()):
        row(f"stroke to reading, {max(2, 8 * size + 1)} to {8 * size + 8} strokes", values)
    everything = [value for values in by_size.values() for value in values]
    row("stroke to reading", everything, "goal 30 (p99)")
    row("  of it in the box, without the socket", inside)
    row("stroke to session", sessions)


def until_changed(sink, deadline=5):
    """Waits for the values that a change brings: `attack` is sent only then."""
    sink.socket.setblocking(False)
    while select.select([sink.socket], [], [], deadline)[0]:
        if sink.socket.recv(65536).startswith(b"/doodled/param/attack"):
            return time.perf_counter()
    raise RuntimeError("nothing changed on the device")


def drain(sink):
    sink.socket.setblocking(False)
    try:
        while True:
            sink.socket.recv(65536)
    except BlockingIOError:
        pass


def changes(port, sink, quantise, count, rng):
    live = Live(port, mode="doodle", quantise=quantise, options={"tempo_bpm": 120})
    live.draw(stroke(rng))
    live.ask("play")
    live.answer("playing")
    until_changed(sink)
    times = []
    for i in range(count):
        time.sleep(rng.uniform(0.05, 0.3))  # strokes come at any time
        drain(sink)
        begun = time.perf_counter()
        seq = live.ask("stroke", stroke=stroke(rng))
        times.append((until_changed(sink) - begun) * 1e3)
        live.covers("session", seq)
        if i % 8 == 7:
            live.covers("reading", live.ask("undo"))
    live.ask("stop")
    live.end()
    row(f"stroke to changed event on the device, {quantise}", times)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--drawings", type=int, default=20)
    options.add_argument("--strokes", type=int, default=24)
    options.add_argument("--changes", type=int, default=40)
    options.add_argument("--seed", type=int, default=1)
    wish = options.parse_args()
    rng, sink = random.Random(wish.seed), OscSink()
    gc.disable()
    with tempfile.TemporaryDirectory() as place, Daemon(pathlib.Path(place) / "data", osc_port=sink.port) as daemon:
        print(f"{'milliseconds':46} {'count':>6} {'p50':>8} {'p99':>8} {'max':>8}")
        readings(daemon.port, wish.drawings, wish.strokes, rng)
        for quantise in ("none", "step", "bar"):
            changes(daemon.port, sink, quantise, wish.changes, rng)


if __name__ == "__main__":
    main()
