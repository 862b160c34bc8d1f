"""The daemon in an Ableton Link session with one peer: it takes the peer's tempo, starts and stops with it, and starts and
stops the peer when it plays itself. Skipped where multicast reaches nobody."""
import os, pathlib, re, sys, tempfile, time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
probe = sys.argv[1]
os.environ["DOODLED_BIN"] = str(pathlib.Path(sys.argv[2]).parent)
from daemon import Daemon, eventually
from harness import SKIPPED, Program

CONFIG = '[[device]]\nid = "nowhere"\ndriver = "null"\n'
STEPS = [{"step": step, "note": 48 + step, "velocity": 100, "active": True} for step in range(0, 16, 4)]


def playing(peer, wanted, seconds=15):
    """Whether the peer says so within that time; what it said before does not count."""
    begun = time.monotonic_ns()
    while time.monotonic_ns() - begun < seconds * 1e9:
        found = re.search(r"playing (\d) at (\d+)", peer.wait_for("peers"))
        if found[1] == str(wanted) and int(found[2]) > begun:
            return True
    return False


def plays(daemon):
    return [play for play in daemon.get("+/plays").json()["items"] if not play["ended_at"]]


peer = Program(probe, "97")
try:
    peer.wait_for("peers")
    time.sleep(2)  # of two sessions that meet the older one stays
    with tempfile.TemporaryDirectory() as place, Daemon(pathlib.Path(place) / "data", config=CONFIG) as daemon:
        session = daemon.post("+/sessions", {"midi_sequence": STEPS}).json()["id"]
        answer = daemon.request("PATCH", "+/transport", {"sync": "link"})
        if answer.status != 200:
            print("skipped:", answer.json()["detail"])
            sys.exit(SKIPPED)
        try:
            eventually(lambda: daemon.get("+/transport").json()["sync_state"], lambda state: state["peers"] == 1, 15)
        except AssertionError:
            print("skipped: two peers on this machine do not hear each other; multicast is not possible here")
            sys.exit(SKIPPED)
        eventually(lambda: daemon.get("+/transport").json(), lambda now: abs(now["tempo_bpm"] - 97) < 0.1)

        peer.tell("play")
        begun = eventually(lambda: plays(daemon), lambda found: len(found) == 1)[0]
        assert begun["session_id"] == session, begun
        peer.tell("stop")
        eventually(lambda: plays(daemon), lambda found: not found)

        play = daemon.post(f"+/sessions/{session}/play", {"loops": 0}).json()["id"]
        assert playing(peer, 1), "the peer does not start with us"
        daemon.request("DELETE", f"+/plays/{play}")
        assert playing(peer, 0), "the peer does not stop with us"
        assert not plays(daemon), plays(daemon)
        print("ok: starts and stops are shared both ways")
finally:
    peer.kill()
