"""The surface of a Push over real ports: greeted on its User port, lit, heard, and dark at the end, also after a re-plug;
frames go to the display."""
import os, sys
from harness import Jack, Program

probe, stand_in = sys.argv[1:3]
jack = Jack(f"doodled_push_{os.getpid()}")
programs = []


def start(*command):
    programs.append(Program(*command, env=jack.env))
    return programs[-1]


def state_once(push, wanted):
    return push.asked("state", "state ", wanted)


try:
    push = start(stand_in)
    push.wait_for("ready")
    surface = start(probe)
    surface.wait_for("ours ")
    state_once(push, lambda state: "mode=1" in state and "lit=0" not in state and "complaints=0" in state)

    for hand, wish in (("b0557f", "wish 1 0"), ("90007f", "wish 7 0 1.0000"), ("b04715", "wish 6 0 0.1000"), ("b0577f", "wish 3 0"),
                       ("b0587f", "wish 5 0")):
        push.tell("send " + hand)
        surface.wait_for(wish)

    push.finish()  # pulled, and put back with its power lost
    surface.asked("?", "is ", lambda answer: "gone" in answer)
    push = start(stand_in)
    push.wait_for("ready")
    state_once(push, lambda state: "mode=1" in state and "lit=0" not in state)

    surface.process.stdin.close()
    display = surface.wait_for("display ", 20)
    lines = push.finish()
    state = [line for line in lines if line.startswith("state ")][-1]
    assert "mode=0" in state and "dark=1" in state and "palette=own" in state and "complaints=0" in state, state
    assert not [line for line in lines if line.startswith("live ")], "something was sent to Live's port"
    assert "lit=1 dark=1 claimed=0 complaints=0" in display, display
    print("ok:", state, "|", display)
finally:
    for program in programs:
        program.kill()
    jack.stop()
