"""Everything that is sent to a JACK port arrives there, byte for byte and in order; by name and by virtual port."""
import os, sys
from harness import Jack, Program, hanging, sent

probe, receiver = sys.argv[1:3]
jack = Jack(f"doodled_bytes_{os.getpid()}")
programs = []
try:
    ear = Program(receiver, "Studio Synth", env=jack.env)
    programs.append(ear)
    ear.wait_for("ready")
    player = Program(probe, "midi", '{"port": "studio s*", "api": "jack"}', "2", env=jack.env)
    programs.append(player)
    player.wait_for("device ready JACK port Studio Synth:in")
    player.wait_for("closed")
    got, wanted = ear.finish()[1:], sent(player.lines)
    assert len(wanted) > 150, wanted
    assert got == wanted, (got[:10], wanted[:10], len(got), len(wanted))
    assert not hanging(got)
    assert {line[:2] for line in got} == {"90", "80", "b0", "99", "89"}, set(line[:2] for line in got)

    player = Program(probe, "midi", '{"virtual": "out"}', "0", env=jack.env)
    programs.append(player)
    player.wait_for("device ready JACK virtual port doodled-probe:out")
    ear = Program(receiver, "Ear", "doodled-probe:out", env=jack.env)
    programs.append(ear)
    ear.wait_for("ready")
    ear.wait_for("90")
    player.process.terminate()
    player.wait_for("closed")
    got, wanted = ear.finish()[1:], sent(player.lines)
    assert got and wanted[-len(got):] == got, (got[-5:], wanted[-5:])
    assert not hanging(got), hanging(got)
    print("ok:", len(wanted), "messages")
finally:
    for program in programs:
        program.kill()
    jack.stop()
