"""A history of 1,000, 100,000 and 1,000,000 sessions: one session, a page of 50, words, and the time from the start of the
program to its first 200. The bare limit of a session is nginx with the same bytes; what grows is compared with a history of
1,000 that is asked in turns with the long one.

    DOODLED_BIN=build/release/bin python3 tests/bench/serving/history.py [--longest 1000000] [--audit]
"""
import argparse
import pathlib
import random
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time

from bare_files import Nginx, ask
from long_history import lengthen, short_of
from rows import header, missing, program, quiet_daemon, row, run

LENGTHS = (1000, 100_000, 1_000_000)


def database(place):
    return pathlib.Path(place) / "data" / "doodled.sqlite3"


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


def ids_all_over(place, count):
    """So many ids from all over the history, in an order by chance; the daemon need not be asked."""
    base = sqlite3.connect(f"file:{database(place)}?mode=ro", uri=True)
    last = base.execute("SELECT max(position) FROM sessions").fetchone()[0]
    chosen = random.Random(1).sample(range(1, last + 1), min(count, last))
    found = [base.execute("SELECT id FROM sessions WHERE position = ?", (position,)).fetchone()[0] for position in chosen]
    base.close()
    return found


def asks_of(name, daemon, place):
    base = f"http://127.0.0.1:{daemon.port}/api/v1/sessions"
    gets = [f"/api/v1/sessions/{session}" for session in ids_all_over(place, 1000)]
    return {f"{name} get": (base, gets), f"{name} page": (base + "?limit=50", None), f"{name} words": (base + "?limit=50&q=rare", None)}


def in_turns(asks, seconds):
    """The middle p50 of each, asked in three rounds in turns, so that a slow moment meets all of them."""
    rounds = [{name: ask(url, 1, seconds, paths).p50 for name, (url, paths) in asks.items()} for _ in range(3)]
    return {name: statistics.median(round[name] for round in rounds) for name in asks}


def measure(place, short, length, seconds):
    """Milliseconds of the history of `place`, once it has that length, and of the one of `short`."""
    lengthen(database(place), length)
    starts = [(first_answer_ms(place), first_answer_ms(short), bare_start_ms()) for _ in range(7)]
    long_start, short_start, program_start = (statistics.median(times) for times in zip(*starts))
    with quiet_daemon(place) as long_one, quiet_daemon(short) as short_one:
        asks = asks_of("long", long_one, place) | asks_of("short", short_one, short)
        with Nginx(long_one.get(asks["long get"][1][0]).body) as nginx:
            found = in_turns({"bare": (nginx.url, None), **asks}, seconds)
    return {**found, "long start": long_start, "short start": short_start, "program": program_start}


def tell(length, found):
    name = f"{length:,} sessions: "
    grown = lambda key, digits=3: f"{found['long ' + key]:.{digits}f} ms ({found['long ' + key] / found['short ' + key]:.2f} x)"  # noqa: E731
    beside = lambda key, digits=3: f"of 1,000 {found['short ' + key]:.{digits}f} ms"  # noqa: E731
    row(name + "one session, times nginx", "<= 1.3 x", f"{found['long get']:.3f} ms ({found['long get'] / found['bare']:.2f} x)",
        f"nginx {found['bare']:.3f} ms")
    row(name + "one session, times that of 1,000", "<= 1.05 x", grown("get"), beside("get"))
    row(name + "page of 50, times that of 1,000", "<= 0.2 ms, 1.05 x", grown("page"), beside("page"))
    row(name + "page of 50 with a rare word", "", grown("words"), beside("words"))
    goal = "<= 50 ms" if length == 100_000 else "<= 1.2 x"
    row(name + "start to first 200, times that of 1,000", goal, grown("start", 1), beside("start", 1))
    row(name + "the program alone, started", "", f"{found['program']:.1f} ms")


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
        short = pathlib.Path(place) / "short"
        lengthen(database(place), LENGTHS[0])
        shutil.copytree(pathlib.Path(place) / "data", short / "data")
        for length in [length for length in LENGTHS if length <= arguments.longest]:
            tell(length, measure(place, short, length, arguments.seconds))
        if arguments.audit:
            audit = run("audit", "--data-dir", pathlib.Path(place) / "data")
            row("the audit chain", "fits", "fits" if audit.returncode == 0 else audit.stderr)


if __name__ == "__main__":
    main()
