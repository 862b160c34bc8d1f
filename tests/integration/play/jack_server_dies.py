"""A sound server that is killed in mid-play is noticed; playing goes on when it is back; exit is not held up."""
import os, sys, time
from harness import Jack, Program, hanging

probe, receiver = sys.argv[1:3]
jack = Jack(f"doodled_dies_{os.getpid()}")
programs = []
try:
    ear = Program(receiver, "Synth", env=jack.env)
    programs.append(ear)
    ear.wait_for("ready")
    player = Program(probe, "midi", '{"port": "synth", "api": "jack"}', "0", env=jack.env)
    programs.append(player)
    player.wait_for("device ready")
    ear.wait_for("90")

    jack.server.kill()
    player.wait_for("device missing", 10)
    ear.kill()

    jack.start()
    ear = Program(receiver, "Synth", env=jack.env)
    programs.append(ear)
    ear.wait_for("ready")
    player.wait_for("device ready", 10)
    ear.wait_for("90")
    begun = time.monotonic()
    player.process.terminate()
    player.wait_for("closed")
    assert time.monotonic() - begun < 5
    assert not hanging(ear.finish()[1:])
    print("ok")
finally:
    for program in programs:
        program.kill()
    jack.stop()
