"""Two Ableton Link peers in two processes: they find each other, the joiner takes the tempo that is there, a change of
either is followed, and both are at the same beat at the same time. Skipped where multicast reaches nobody."""
import re, sys, time
from harness import SKIPPED, Program

probe = sys.argv[1]
LINE = re.compile(r"peers (\d+) tempo ([\d.]+) beat (-?[\d.]+) playing (\d) at (\d+)")


def state(program, wanted, seconds):
    """The first state that `wanted` holds of, or None."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        match = LINE.fullmatch(program.wait_for("peers"))
        found = {"peers": int(match[1]), "tempo": float(match[2]), "beat": float(match[3]), "playing": match[4] == "1", "at": int(match[5])}
        if wanted(found):
            return found
    return None


def say(program, line):
    program.process.stdin.write(line + "\n")
    program.process.stdin.flush()


first = Program(probe, "97")
second = None
try:
    # Of two sessions that meet the older one stays; ages less than half a second apart count as the same.
    assert state(first, lambda s: s["tempo"] == 97 and s["beat"] > 2, 10)
    second = Program(probe, "140")
    if not state(second, lambda s: s["peers"] == 1, 10):
        print("skipped: two peers on this machine do not hear each other; multicast is not possible here")
        sys.exit(SKIPPED)
    assert state(second, lambda s: abs(s["tempo"] - 97) < 0.01, 5), "the joiner keeps a tempo of its own"
    say(second, "tempo 123")
    assert state(first, lambda s: abs(s["tempo"] - 123) < 0.01, 5), "a peer's tempo is not followed"
    time.sleep(0.5)  # for both to have measured each other
    a, b = state(first, lambda s: True, 5), state(second, lambda s: True, 5)
    beats = (b["at"] - a["at"]) / 60e9 * 123
    off = ((b["beat"] - a["beat"] - beats) + 2) % 4 - 2  # the phase within a bar of four is shared, not the number
    assert abs(off) < 0.1, f"the beats are {off} apart"
    say(first, "play")
    assert state(second, lambda s: s["playing"], 5), "a start is not followed"
    print(f"ok: the same tempo, beats {abs(off) * 60000 / 123:.2f} ms apart, starts are shared")
finally:
    for program in (first, second):
        if program:
            program.kill()
