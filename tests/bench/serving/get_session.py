"""GET /sessions/{id} beside nginx that serves the same bytes as a file, both asked by wrk in turns. The p99 is that of all answers of all
rounds: nginx has 0.3 or 3 ms in one, by which worker took how many connections, so that the middle round is one of both by chance.

    DOODLED_BIN=build/release/bin python3 tests/bench/serving/get_session.py [--seconds 3] [--rounds 15]
"""
import argparse
import statistics
import tempfile

from bare_files import Nginx, ask, slowest
from rows import SONG, header, missing, quiet_daemon, row

GOALS = {1: 1.0, 32: 0.9, 256: 0.9}


def compare(connections, ours, nginx, arguments):
    """Rounds in turns, so that a busy moment meets both."""
    runs = [(ask(ours, connections, arguments.seconds), ask(nginx, connections, arguments.seconds)) for _ in range(arguments.rounds)]
    rates, tails = zip(*((statistics.median(run.rate for run in side), slowest(side, 0.99)) for side in zip(*runs)))
    what = f"GET /sessions/{{id}}, {connections} connections"
    row(what + ", requests a second", f">= {GOALS[connections]} x", f"{rates[0]:.0f} ({rates[0] / rates[1]:.2f} x)", f"nginx {rates[1]:.0f}")
    row(what + ", p99", "<= 1.3 x", f"{tails[0]:.2f} ms ({tails[0] / tails[1]:.2f} x)", f"nginx {tails[1]:.2f} ms")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    header("a stored session")
    if missing("wrk", "nginx"):
        return
    with tempfile.TemporaryDirectory() as place, quiet_daemon(place) as daemon:
        path = f"/api/v1/sessions/{daemon.post('+/sessions', SONG).json()['id']}"
        with Nginx(daemon.get(path).body) as nginx:
            for connections in GOALS:
                compare(connections, f"http://127.0.0.1:{daemon.port}{path}", nginx.url, arguments)


if __name__ == "__main__":
    main()
