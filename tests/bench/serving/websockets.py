"""200 WebSocket clients while sessions are stored at 250 and 1,000 a second: each event is a session that is committed. Beside it a
bare broadcaster, broadcaster.c, that stores nothing, and the same one where each event is appended to a file and synced before, as no
event that is committed comes sooner; audience.c is client of all. Both are compiled here.

    DOODLED_BIN=build/release/bin python3 tests/bench/serving/websockets.py [--seconds 4] [--rounds 5]
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile

from compiled import compiled
from rows import SONG, header, missing, quiet_daemon, row

GOALS = {250: 2, 1000: 3}


class Heard:
    def __init__(self, text):
        posts, expected, received, *delays = text.split()
        self.posts, self.expected, self.received = int(posts), int(expected), int(received)
        self.p50, self.p99, self.longest = map(float, delays)


def body_of(daemon, place):
    """A document with a title that says when it was posted."""
    document = json.loads(daemon.get(f"+/sessions/{daemon.post('+/sessions', SONG).json()['id']}").body)["document"]
    file = place / "body.json"
    file.write_text(json.dumps({**document, "title": "t=" + "0" * 18}))
    return file


def hear(audience, port, clients, rate, seconds, body):
    done = subprocess.run([audience, *map(str, (port, clients, rate, seconds, body))], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"the audience ended: {done.stderr}")
    return Heard(done.stdout)


def hear_broadcaster(place, rate, arguments, body, *kept):
    with subprocess.Popen([compiled("broadcaster", place), *kept], stdout=subprocess.PIPE, text=True) as bare:
        heard = hear(compiled("audience", place), int(bare.stdout.readline()), arguments.clients, rate, arguments.seconds, body)
        bare.terminate()
    return heard


def hear_all(place, rate, arguments):
    with tempfile.TemporaryDirectory() as data, quiet_daemon(data) as daemon:
        body = body_of(daemon, place)
        ours = hear(compiled("audience", place), daemon.port, arguments.clients, rate, arguments.seconds, body)
        durable = hear_broadcaster(place, rate, arguments, body, pathlib.Path(data) / "events")
    return ours, hear_broadcaster(place, rate, arguments, body), durable


def compare(place, rate, arguments):
    """Rounds in turns, so that a busy moment meets both; the middle one of each number."""
    rounds = [hear_all(place, rate, arguments) for _ in range(arguments.rounds)]
    ours, floor, durable = zip(*rounds)
    middle = lambda heard, field: statistics.median(getattr(one, field) for one in heard)  # noqa: E731
    share = lambda heard: sum(one.received for one in heard) / sum(one.expected for one in heard)  # noqa: E731
    tails = middle(ours, "p99"), middle(floor, "p99")
    what = f"{arguments.clients} WebSocket clients, {rate} events a second"
    row(what + ", delivered", "all", f"{share(ours):.2%}", f"{share(floor):.2%}")
    row("  from the post's due time to the client, p99", f"<= {GOALS[rate]} x", f"{tails[0]:.1f} ms ({tails[0] / tails[1]:.2f} x)",
        f"broadcaster {tails[1]:.1f} ms")
    row("  p50, longest", "", f"{middle(ours, 'p50'):.1f}, {middle(ours, 'longest'):.1f} ms",
        f"{middle(floor, 'p50'):.1f}, {middle(floor, 'longest'):.1f} ms")
    synced = middle(durable, "p99")
    row("  beside a broadcaster that syncs each event, p99", "", f"{tails[0] / synced:.2f} x", f"{synced:.1f} ms")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clients", type=int, default=200)
    arguments = parser.parse_args()
    header("events")
    if missing("gcc"):
        return
    with tempfile.TemporaryDirectory() as place:
        for rate in GOALS:
            compare(pathlib.Path(place), rate, arguments)


if __name__ == "__main__":
    main()
