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


def _of_tasks(pid, file):
    """What this file of each thread says; one may end meanwhile."""
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        try:
            yield (task / file).read_text()
        except (FileNotFoundError, ProcessLookupError):
            pass


def processor_ms(pid):
    """User and system time of all threads, to the nanosecond where the scheduler counts it."""
    return sum(int(text.split()[0]) for text in _of_tasks(pid, "schedstat")) / 1e6


def spent_ms(pid):
    """The same with threads that have ended, and that of children that have ended; to a hundredth of a second."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")")[1].split()
    user, system, ended_user, ended_system = (int(field) * 1000 / os.sysconf("SC_CLK_TCK") for field in fields[11:15])
    return user + system, ended_user + ended_system


def wake_ups(pid):
    """How often its threads were put on a processor after they had waited of their own will."""
    return sum(_status(task, "voluntary_ctxt_switches") for task in pathlib.Path(f"/proc/{pid}/task").iterdir())


def children(pid):
    return [child for text in _of_tasks(pid, "children") for child in text.split()]


def cores():
    return len(os.sched_getaffinity(0))
