"""What a process takes, by /proc."""
import os
import pathlib


def _status(path, name):
    text = (pathlib.Path(path) / "status").read_text()
    return int(text.split(name + ":")[1].split()[0])


def resident_mb(pid):
    return _status(f"/proc/{pid}", "VmRSS") / 1024


def anonymous_mb(pid):
    """Without the pages of files, which other programs share."""
    return _status(f"/proc/{pid}", "RssAnon") / 1024


def processor_ms(pid):
    """User and system time of all threads, to the nanosecond where the scheduler counts it."""
    return sum(int((task / "schedstat").read_text().split()[0]) for task in pathlib.Path(f"/proc/{pid}/task").iterdir()) / 1e6


def wake_ups(pid):
    """How often its threads were put on a processor after they had waited of their own will."""
    return sum(_status(task, "voluntary_ctxt_switches") for task in pathlib.Path(f"/proc/{pid}/task").iterdir())


def children(pid):
    return [child for task in pathlib.Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]


def cores():
    return len(os.sched_getaffinity(0))
