"""A receiver that counts what comes over a real JACK port: one start, 24 clocks for each quarter note of the music before
the stop, and clocks that go on while the transport stands."""
import os, sys
from harness import Jack, Program

probe, receiver = sys.argv[1:3]
QUARTERS = 2 * 8  # the probe's timeline is two bars of 4/4; it is played twice
jack = Jack(f"doodled_clock_{os.getpid()}")
programs = []
try:
    ear = Program(receiver, "Drum Machine", env=jack.env)
    programs.append(ear)
    ear.wait_for("ready")
    player = Program(probe, "midi", '{"port": "drum m*", "api": "jack"}', "2", env={**jack.env, "DOODLED_PROBE_CLOCK": "1"})
    programs.append(player)
    player.wait_for("closed")
    got = ear.finish()[1:]
    assert got.count("fa") == 1, got.count("fa")
    assert got.count("fc") == 1, got.count("fc")
    start, stop = got.index("fa"), got.index("fc")
    counted = got[start:stop].count("f8")
    # The stop comes with the end of the music; the clock of that very moment may be on either side of it.
    assert counted in (QUARTERS * 24, QUARTERS * 24 + 1), counted
    assert got[start + 1:].index("f8") <= next(i for i, m in enumerate(got[start + 1:]) if m[0] == "9"), "a note before the first clock"
    print("ok:", counted, "clocks for", QUARTERS, "quarter notes;", got[:start].count("f8"), "before the start")
finally:
    for program in programs:
        program.kill()
    jack.stop()
