"""What the fault runs share: a shim that is preloaded into the daemon, and a table of what was tried and what was lost."""
import errno
import mmap
import os
import pathlib
import struct
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "integration"))
from daemon import DaemonTest, OscSink, WebSocket, eventually, main, png, run  # noqa: E402, F401

LONG = os.environ.get("DOODLED_FAULTS") == "long"
SONG = {"midi_sequence": [{"step": step, "note": 48 + step, "velocity": 96, "active": True} for step in range(16)]}


def size(short, long):
    """How much of it: short in CI, long with DOODLED_FAULTS=long."""
    return long if LONG else short


def tried(what, lost):
    print(f"\n    tried: {what:72} lost: {lost}", flush=True)


def picture(number):
    """No two have the same bytes."""
    left, shade = number % 40, number // 40 % 200
    return png(64, 64, lambda x, y: (shade, 0, 0) if left <= x < left + 20 and 20 <= y < 44 else (255, 255, 255))


class Shim:
    """Failing disks and jumping clocks for the daemons that are started while it is open."""

    def __init__(self, place):
        self.library, orders = pathlib.Path(place) / "shim.so", pathlib.Path(place) / "orders"
        subprocess.run(["gcc", "-O1", "-Wall", "-shared", "-fPIC", "-o", self.library, HERE / "shim.c", "-ldl"], check=True)
        orders.write_bytes(struct.pack("<qqqq", -1, 0, 0, errno.ENOSPC))
        self.file = open(orders, "r+b")
        self.map = mmap.mmap(self.file.fileno(), 32)
        self.environment = {"LD_PRELOAD": str(self.library), "DOODLED_SHIM": str(orders), "DOODLED_SHIM_DATA": str(pathlib.Path(place) / "data")}

    def _set(self, at, value):
        self.map[at:at + 8] = struct.pack("<q", value)

    def refuse_with(self, error):
        """What the disk says then: an errno. With EIO what is flushed counts as a write."""
        self._set(24, error)

    def allow_writes(self, count):
        """So many more, then the disk refuses; below 0: it takes all again."""
        self._set(8, 0)
        self._set(0, count)

    def refused(self):
        return struct.unpack("<q", self.map[8:16])[0]

    def move_clock(self, seconds):
        """The wall clock, against the real one."""
        self._set(16, int(seconds * 1e9))

    def close(self):
        self.map.close()
        self.file.close()


class FaultTest(DaemonTest):
    def shim(self):
        """The environment is the shim's until the test ends."""
        shim = Shim(self._place.name)
        for name, value in shim.environment.items():
            os.environ[name] = value
            self.addCleanup(os.environ.pop, name)
        self.addCleanup(shim.close)
        return shim

    def sink(self):
        sink = OscSink()
        self.addCleanup(sink.socket.close)
        return sink

    def without_shim(self, *arguments):
        environment = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
        return run(*arguments, env=environment)

    def assertNothingLost(self, daemon, jobs):
        """Every job that was answered with 202 made one session, and there is no other but `jobs`'."""
        ended = [daemon.finished_job(job) for job in jobs]
        self.assertEqual({job["state"] for job in ended} - {"done"}, set(), [job for job in ended if job["state"] != "done"])
        made = [session for job in ended for session in job["session_ids"]]
        self.assertEqual((len(made), len(set(made))), (len(jobs), len(jobs)))

    def assertChainFits(self):
        """Of a store whose daemon has ended."""
        audit = self.without_shim("audit", "--data-dir", self.data_dir)
        self.assertEqual(audit.returncode, 0, audit.stdout + audit.stderr)
