"""A groove box that leads by MIDI clock through a real JACK port: the daemon starts with it, is at its place in the bar, takes
its tempo and its changes, stops with it, goes on from a song position, and plays on when the box is gone. Prints how far each
note was from the box's own beat; with a number as third argument, over so many bars."""
import os, pathlib, re, statistics, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
box_program = sys.argv[1]
os.environ["DOODLED_BIN"] = str(pathlib.Path(sys.argv[2]).parent)
from daemon import Daemon, eventually
from harness import Jack, Program

bars = int(sys.argv[3]) if len(sys.argv) > 3 else 2
BAR, STEP, FIRST = 96, 6, 36  # pulses of a bar and of a sixteenth; step n of the bar plays note FIRST + n
jack = Jack(f"doodled_clock_in_{os.getpid()}")
os.environ.update(jack.env)
CONFIG = """[[device]]
id = "box"
driver = "generic"
port = "Groove Box*notes*"
api = "jack"
[[input]]
id = "box"
kind = "midi"
port = "Groove Box*clock*"
api = "jack"
[transport]
sync = "midi:box"
"""
STEPS = [{"step": step, "note": FIRST + step, "velocity": 100, "active": True} for step in range(16)]


def transport(daemon):
    return daemon.get("+/transport").json()


def tempo_is(tempo):
    return lambda state: abs((state["tempo_bpm"] or 0) - tempo) < 1


def off_beat(box, count, skipped=0):
    """How far the next notes are from where the box has their step, in pulses; after the first `skipped`."""
    offs = []
    while len(offs) < count + skipped:
        note, at = re.fullmatch(r"note 90(..).. at (-?[\d.]+)", box.wait_for("note ")).groups()
        offs.append((float(at) - STEP * (int(note, 16) - FIRST) + BAR / 2) % BAR - BAR / 2)
    return offs[skipped:]


def told(what, offs, tempo):
    pulse_ms = 2500 / tempo
    worst = max(offs, key=abs)
    print(f"{what:34} {len(offs):4} notes  median {statistics.median(offs) * pulse_ms:6.2f} ms  spread {statistics.pstdev(offs) * pulse_ms:5.2f} ms  "
          f"worst {worst * pulse_ms:6.2f} ms")
    assert abs(statistics.median(offs)) < STEP / 2, f"{what}: another step is played than the box is at: {offs}"


box = Program(box_program, "Groove Box", env=jack.env)
try:
    box.wait_for("ready")
    with tempfile.TemporaryDirectory() as place, Daemon(pathlib.Path(place) / "data", config=CONFIG) as daemon:
        eventually(lambda: daemon.get("+/inputs").json()["items"][0], lambda listener: listener["ready"])
        eventually(lambda: daemon.get("+/devices/box").json(), lambda device: device["state"] == "ready")
        box.tell("tempo 124")
        # The box clocks while it stands: its tempo is known before it starts.
        eventually(lambda: transport(daemon)["sync_state"], lambda s: s["state"] == "standing" and tempo_is(124)(s))
        refused = daemon.request("PATCH", "+/transport", {"tempo_bpm": 90})
        assert refused.status == 409 and refused.json()["code"] == "tempo_led", refused.body

        session = daemon.post("+/sessions", {"midi_sequence": STEPS}).json()["id"]
        play = daemon.post(f"+/sessions/{session}/play", {"loops": 0}).json()["id"]
        assert daemon.get(f"+/plays/{play}").json()["state"] == "waiting", "it does not wait for the box"
        box.tell("start")
        told("from the start, at 124", off_beat(box, 16 * bars), 124)
        now = eventually(lambda: transport(daemon), lambda t: t["playing"] and abs(t["tempo_bpm"] - 124) < 2)
        assert now["sync_state"]["state"] == "following", now

        box.tell("tempo 150")
        eventually(lambda: transport(daemon)["sync_state"], tempo_is(150))
        told("a change to 150, after a bar", off_beat(box, 16 * bars, skipped=16), 150)
        box.tell("jitter 4")
        told("with 4 ms of jitter either way", off_beat(box, 16 * bars, skipped=16), 150)
        box.tell("jitter 0")

        box.tell("stop")
        eventually(lambda: daemon.get(f"+/plays/{play}").json(), lambda p: p["state"] == "stopped")
        assert daemon.get("+/devices/box").json()["sounding"] == 0
        box.tell("position 37")  # the second beat of the third bar, and a sixteenth
        box.tell("continue")
        offs = off_beat(box, 8 * bars)  # the session in hand joins where the box is
        told("on from a song position", offs, 150)
        box.tell("where")
        before = float(box.wait_for("at ").split()[1])
        tick = transport(daemon)["tick"]
        box.tell("where")
        after = float(box.wait_for("at ").split()[1])
        assert before - STEP < tick / 40 < after + STEP, f"the transport is at pulse {tick / 40}, the box at {before} to {after}"

        box.kill()
        eventually(lambda: transport(daemon)["sync_state"], lambda s: s["state"] == "lost")
        now = transport(daemon)
        assert now["playing"] and abs(now["tempo_bpm"] - 150) < 5, now
        print("ok: the box led, and the music outlives it")
finally:
    box.kill()
    jack.stop()
