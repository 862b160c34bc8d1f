"""A MIDI port that goes in the middle of a play and comes back under another name and number is opened again: the play joins,
and no note hangs; nor does one that is back before anybody looked. Prints how long each came to be missing and to sound again; with a number as fourth argument, so many times."""
import os, statistics, sys, time
from harness import Jack, Program, hanging

probe, receiver = sys.argv[1:3]
times = int(sys.argv[4]) if len(sys.argv) > 4 else 2
jack = Jack(f"doodled_replug_{os.getpid()}")
programs = []


def plug(name):
    ear = Program(receiver, name, env=jack.env)
    programs.append(ear)
    ear.wait_for("ready")
    return ear


try:
    others = [plug(f"Other {number}") for number in range(2)]
    ear = plug("Studio Synth")
    player = Program(probe, "midi", '{"port": "studio s*", "api": "jack"}', "0", env=jack.env)
    programs.append(player)
    player.wait_for("device ready JACK port Studio Synth:in")
    ear.wait_for("9")
    missing, sounding = [], []
    for number in range(times):
        ear.kill()
        gone = time.monotonic()
        player.wait_for("device missing")
        missing.append(time.monotonic() - gone)
        others.append(plug(f"Other {number + 2}"))
        ear = plug(f"Studio Synth-0{number % 9 + 1}" if number % 2 else f"Studio Sampler {number}")
        back = time.monotonic()
        player.wait_for("device ready JACK port Studio S")
        ear.wait_for("9")
        sounding.append(time.monotonic() - back)
    ear.tell("away and back at once, under the same name")
    ear.wait_for("replugged")
    player.wait_for("device missing")
    player.wait_for("device ready JACK port Studio S")
    ear.wait_for("9")
    player.process.terminate()
    player.wait_for("closed")
    got = ear.finish()[1:]
    assert got and not hanging(got), hanging(got)
    assert not any(line[:1] in "89" for other in others for line in other.finish()[1:]), "a port that was not meant got notes"
    print(f"missing after {statistics.median(missing):.2f} s (at most {max(missing):.2f}), sounding again "
          f"{statistics.median(sounding):.2f} s after the port was back (at most {max(sounding):.2f}); goal 1 s; {times} times")
    assert max(sounding) < 5, sounding
finally:
    for program in programs:
        program.kill()
    jack.stop()
