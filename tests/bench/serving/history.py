"""A history of 1,000, 100,000 and 1,000,000 sessions: one session, a page of 50, words, and the time from the start of the
program to its first 200. The bare limit of a session is nginx with the same bytes, of a start `doodled --help`.

    DOODLED_BIN=build/release/bin python3 tests/bench/serving/history.py [--longest 1000000] [--audit]
"""
import argparse
import http.client
import json
import pathlib
import random
import statistics
import subprocess
import tempfile
import time

from bare_files import Nginx, ask
from long_history import lengthen, short_of
from rows import header, missing, program, quiet_daemon, row, run

LENGTHS = (1000, 100_000, 1_000_000)


def first_answer_ms(place):
    """From exec to the first 200 of a list and of readiness."""
    begun = time.monotonic()
    with quiet_daemon(place) as daemon:
        if daemon.get("+/sessions?limit=1").status != 200:
            raise SystemExit("no list")
        return (time.monotonic() - begun) * 1000


def bare_start_ms():
    begun = time.monotonic()
    subprocess.run([program(), "--help"], check=True, capture_output=True)
    return (time.monotonic() - begun) * 1000


def ids_all_over(daemon, count):
    """So many ids from pages all over the history, in an order by chance."""
    connection, found, cursor = http.client.HTTPConnection("127.0.0.1", daemon.port), [], ""
    for _ in range(4):
        connection.request("GET", "/api/v1/sessions?limit=250" + cursor)
        page = json.loads(connection.getresponse().read())
        found += [head["id"] for head in page["items"]]
        if not page["next_cursor"]:
            break
        cursor = "&cursor=" + page["next_cursor"]
    connection.close()
    random.Random(1).shuffle(found)
    return found[:count]


def asked(daemon, seconds):
    base = f"http://127.0.0.1:{daemon.port}/api/v1/sessions"
    gets = [f"/api/v1/sessions/{session}" for session in ids_all_over(daemon, 1000)]
    with Nginx(daemon.get(gets[0]).body) as nginx:
        bare = ask(nginx.url, 1, seconds).p50
        get = ask(base, 1, seconds, gets).p50
    return {"get": get, "bare": bare, "page": ask(base + "?limit=50", 1, seconds).p50,
            "words": ask(base + "?limit=50&q=rare", 1, seconds).p50}


def measure(place, length, seconds):
    lengthen(pathlib.Path(place) / "data" / "doodled.sqlite3", length)
    starts = sorted(first_answer_ms(place) for _ in range(7))
    with quiet_daemon(place) as daemon:
        found = asked(daemon, seconds)
    return {**found, "start": statistics.median(starts), "program": statistics.median(bare_start_ms() for _ in range(7))}


def tell(length, found, first):
    grown = lambda key: f"{found[key]:.3f} ms ({found[key] / first[key]:.2f} x)"  # noqa: E731
    name = f"{length:,} sessions: "
    row(name + "one session, times nginx", "<= 1.3 x", f"{found['get']:.3f} ms ({found['get'] / found['bare']:.2f} x)", f"nginx {found['bare']:.3f} ms")
    row(name + "one session, times that of 1,000", "<= 1.05 x", grown("get"))
    row(name + "page of 50, times that of 1,000", "<= 0.2 ms, 1.05 x", grown("page"))
    row(name + "page of 50 with a rare word", "", grown("words"))
    goal = "<= 50 ms" if length == 100_000 else "<= 1.2 x"
    row(name + "start to first 200, times that of 1,000", goal, f"{found['start']:.1f} ms ({found['start'] / first['start']:.2f} x)",
        f"program alone {found['program']:.1f} ms")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--longest", type=int, default=LENGTHS[-1])
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--audit", action="store_true", help="also see that the chain that was made fits")
    arguments = parser.parse_args()
    header("a long history")
    if missing("wrk", "nginx"):
        return
    with tempfile.TemporaryDirectory() as place:
        with quiet_daemon(place) as daemon:
            short_of(daemon)
        first = None
        for length in [length for length in LENGTHS if length <= arguments.longest]:
            found = measure(place, length, arguments.seconds)
            first = first or found
            tell(length, found, first)
        if arguments.audit:
            audit = run("audit", "--data-dir", pathlib.Path(place) / "data")
            row("the audit chain", "fits", "fits" if audit.returncode == 0 else audit.stderr)


if __name__ == "__main__":
    main()
