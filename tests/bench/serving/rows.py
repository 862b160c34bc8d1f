"""How benches of the daemon start their daemons and say what they found: a row has what, goal, measured, and beside it
the bare limit of the same run."""
import os
import pathlib
import shutil
import statistics
import sys

TESTS = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(TESTS / "integration"), str(TESTS / "fakes")]
os.environ.setdefault("DOODLED_BIN", str(TESTS.parent / "build" / "release" / "bin"))
from daemon import Daemon, program, run  # noqa: E402, F401

QUIET = "[interpret]\nfind_ollama = false\n[log]\nlevel = \"warning\"\nrequests = false\n[upkeep]\ncheck_at_start = false\n" \
        "[[device]]\nid = \"none\"\ndriver = \"null\"\n"
SONG = {"midi_sequence": [{"step": 0, "note": 60, "velocity": 96, "active": True}]}


def quiet_daemon(place, *arguments, more=""):
    return Daemon(pathlib.Path(place) / "data", *arguments, config=QUIET + more)


def header(title):
    print(f"\n{title}\n{'what':66} {'goal':>18} {'measured':>22} {'bare limit':>22}")


def row(what, goal, measured, bare=""):
    print(f"{what:66} {goal:>18} {measured:>22} {bare:>22}", flush=True)


def missing(*programs):
    """Says which of the programs are not there; a part that needs them is then a visible line."""
    absent = [name for name in programs if not shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin")]
    for name in absent:
        row(f"not measured: {name} is not installed", "", f"apt install {name}")
    return bool(absent)


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def spread(values):
    return f"p50 {statistics.median(values):.1f} p99 {quantile(values, 0.99):.1f} ms"
