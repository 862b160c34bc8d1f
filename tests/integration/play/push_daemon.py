"""The daemon with a Push: its pads show what plays, its buttons play and stop, its sound goes to the port for Live and never
to the Push; at the end it is dark."""
import os, pathlib, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
os.environ["DOODLED_BIN"] = str(pathlib.Path(sys.argv[4]).parent)
from daemon import EXAMPLE, Daemon, eventually
from harness import Jack, Program, hanging

stand_in, receiver = sys.argv[2:4]
jack = Jack(f"doodled_push_{os.getpid()}")
os.environ.update(jack.env)
CONFIG = '[[device]]\nid = "push"\ndriver = "push"\nvirtual = "to Live"\napi = "jack"\nstream_hz = 0\n'
programs = []


def start(*command):
    programs.append(Program(*command, env=jack.env))
    return programs[-1]


def state_once(push, wanted):
    return push.asked("state", "state ", wanted)


def plays(daemon, state):
    return [play for play in daemon.get("+/plays").json()["items"] if play["state"] == state]


try:
    push = start(stand_in)
    push.wait_for("ready")
    with tempfile.TemporaryDirectory() as place:
        with Daemon(pathlib.Path(place) / "data", config=CONFIG) as daemon:
            session = daemon.session_of(EXAMPLE.read_bytes(), options={"bars": 2})
            ear = start(receiver, "Live", "doodled-push:to Live")
            ear.wait_for("ready")
            state_once(push, lambda state: "mode=1" in state and "lit=0" not in state)

            push.tell("send b0557f")  # play
            eventually(lambda: plays(daemon, "playing"), lambda found: len(found) == 1)
            ear.wait_for("9")
            push.tell("send b04740")  # the first encoder, by 64 to the left
            macro = lambda: daemon.get("+/macros").json()["macros"][0]
            eventually(macro, lambda macro: macro["touched"])
            push.tell("send b0667f")  # the button above it
            eventually(macro, lambda macro: not macro["touched"])
            push.tell("send b0577f")  # a variation
            eventually(lambda: len(daemon.get("+/sessions").json()["items"]), lambda count: count > 1)
            push.tell("send b0587f")  # keep
            eventually(lambda: daemon.get("+/sessions?starred=true").json()["items"], lambda items: len(items) == 1)
            push.tell("send b01d7f")  # stop
            eventually(lambda: plays(daemon, "stopped"), lambda found: len(found) >= 1)
            device = daemon.get("+/devices/push").json()
            assert device["sounding"] == 0, device
            detail = eventually(lambda: daemon.get("+/devices/push").json()["detail"], lambda text: "surface ours" in text)
            assert "User Port" in detail, detail
        heard = ear.finish()[1:]
        assert heard and not hanging(heard), hanging(heard)
        lines = push.finish()
        state = [line for line in lines if line.startswith("state ")][-1]
        assert "mode=0" in state and "dark=1" in state and "palette=own" in state and "complaints=0" in state, state
        assert not [line for line in lines if line.startswith("live ")], "something was sent to Live's port"
        print("ok:", len(heard), "messages to Live,", state)
finally:
    for program in programs:
        program.kill()
    jack.stop()
