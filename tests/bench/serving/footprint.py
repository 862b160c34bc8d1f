"""What the daemon takes: resident memory idle and after jobs, processor time and wake-ups of an idle minute, and the memory of a
long run. The reader is a process of its own and is not counted. Beside the numbers stands what an empty Python takes.

    DOODLED_BIN=build/release/bin python3 tests/bench/serving/footprint.py [--jobs 1000] [--idle 60]
    DOODLED_BIN=build/release/bin python3 tests/bench/serving/footprint.py --only run --run 100000
"""
import argparse
import subprocess
import sys
import tempfile
import time

import process
from rows import header, missing, quiet_daemon, row
from uploads import Uploads, small_picture


def bare_python_mb():
    with subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE) as bare:
        time.sleep(0.5)
        taken = process.resident_mb(bare.pid)
        bare.stdin.close()
    return taken


def idle(seconds):
    """Processor time and wake-ups while nobody asks for anything, once the start is over."""
    with tempfile.TemporaryDirectory() as place, quiet_daemon(place) as daemon:
        time.sleep(3)
        pid = daemon.process.pid
        row("resident memory, idle", "<= 30 MB", f"{process.resident_mb(pid):.1f} MB", f"empty Python {bare_python_mb():.1f} MB")
        row("of it not shared with other programs", "", f"{process.anonymous_mb(pid):.1f} MB")
        used, woken = process.processor_ms(pid), process.wake_ups(pid)
        time.sleep(seconds)
        used, woken = process.processor_ms(pid) - used, process.wake_ups(pid) - woken
    row(f"idle for {seconds} s, processor time", "<= 20 ms", f"{used:.1f} ms", "a process that sleeps: 0")
    row(f"idle for {seconds} s, wake-ups of all threads", "< 30", f"{woken}", "a process that sleeps: 0")


def after(jobs):
    with tempfile.TemporaryDirectory() as place, quiet_daemon(place) as daemon:
        before = process.resident_mb(daemon.process.pid)
        Uploads(place, daemon, 4, small_picture()).run(jobs)
        taken = process.resident_mb(daemon.process.pid)
    row(f"resident memory after {jobs:,} jobs", "<= 50 MB", f"{taken:.1f} MB", f"before them {before:.1f} MB")


def run(jobs):
    """Memory after the first 1,000 jobs and in steps to the end: what levels off is kept, what goes on growing leaks."""
    first = min(1000, jobs // 2)
    stops = sorted({first, *(jobs * tenths // 10 for tenths in (1, 3, 5, 7, 10))} - set(range(first)))
    taken, done = [], 0
    with tempfile.TemporaryDirectory() as place, quiet_daemon(place) as daemon:
        uploads = Uploads(place, daemon, 4, small_picture())
        for stop in stops:
            while done < stop:
                uploads.run(min(first, stop - done))
                done = min(done + first, stop)
            taken.append(process.anonymous_mb(daemon.process.pid))
        peak = process.resident_mb(daemon.process.pid)
    row(f"{jobs:,} jobs in one run, memory after {first:,} and at the end", "does not grow", f"{taken[0]:.1f} -> {taken[-1]:.1f} MB",
        f"resident at the end {peak:.1f} MB")
    row("  on the way, after " + ", ".join(f"{stop:,}" for stop in stops[1:-1]), "", ", ".join(f"{mb:.1f}" for mb in taken[1:-1]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--idle", type=int, default=60)
    parser.add_argument("--run", type=int, default=2000)
    parser.add_argument("--only", choices=["idle", "after", "run"])
    arguments = parser.parse_args()
    header("what it takes")
    parts = {"idle": lambda: idle(arguments.idle), "after": lambda: after(arguments.jobs), "run": lambda: run(arguments.run)}
    if arguments.only != "idle" and missing("gcc"):
        parts = {"idle": parts["idle"]}
    for name, part in parts.items():
        if arguments.only in (None, name):
            part()


if __name__ == "__main__":
    main()
