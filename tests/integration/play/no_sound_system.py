"""Without any sound system the MIDI device is missing, and says why; nothing crashes."""
import sys
from harness import Program

player = Program(sys.argv[1], "midi", '{"virtual": "out", "api": "jack"}', "1",
                 env={"JACK_DEFAULT_SERVER": "doodled_no_such_server"})
try:
    player.wait_for("device missing no JACK server answers")
    player.wait_for("play finished")
    player.wait_for("closed")
    assert player.process.wait(5) == 0
    print("ok")
finally:
    player.kill()
