"""Strokes change what plays on a MIDI port at the step and at the bar: nothing hangs, nothing is struck twice, and what
arrives is what the play's log says."""
import os, pathlib, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
os.environ["DOODLED_BIN"] = str(pathlib.Path(sys.argv[3]).parent)
from daemon import Daemon, eventually
from drawn import Live, box, circle, dots, wave
from harness import Jack, Program, hanging

receiver = sys.argv[2]
jack = Jack(f"doodled_live_{os.getpid()}")
os.environ.update(jack.env)
CONFIG = '[[device]]\nid = "synth"\ndriver = "midi"\nport = "Studio*"\napi = "jack"\nstream_hz = 0\n'


def doubled(messages):
    """Notes that were started while they sounded."""
    on, twice = set(), []
    for message in messages:
        note = message[1:4]
        if message[0] == "9" and message[4:6] != "00":
            twice += [note] if note in on else []
            on.add(note)
        elif message[0] in "89":
            on.discard(note)
    return twice


def log_of(daemon, play):
    items, cursor = [], ""
    while cursor is not None:
        page = daemon.get(f"+/plays/{play}?limit=500&cursor={cursor}").json()["log"]
        items, cursor = items + page["items"], page["next_cursor"]
    return items


def evening(daemon, quantise):
    """Plays a drawing while it grows; the play, over."""
    live = Live(daemon.port, quantise=quantise, options={"bars": 1, "tempo_bpm": 300})
    live.draw(wave())
    live.ask("play")
    play = live.answer("playing")["play_id"]
    state = lambda: daemon.get(f"+/plays/{play}?limit=1").json()
    for number, stroke in enumerate((circle(), box(), dots(), wave(y=0.55, turns=6)), start=1):
        live.draw(stroke)
        eventually(state, lambda now: len(now["versions"]) == number)
    loop = state()["loop"]
    eventually(state, lambda now: now["loop"] > loop + 1)
    live.ask("stop")
    live.answer("stopped")
    live.end()
    return daemon.finished_play(play)


with tempfile.TemporaryDirectory() as place:
    ear = Program(receiver, "Studio Synth", env=jack.env)
    try:
        ear.wait_for("ready")
        with Daemon(pathlib.Path(place) / "data", config=CONFIG) as daemon:
            eventually(lambda: daemon.get("+/devices").json()["items"][0], lambda device: device["state"] == "ready")
            plays = [evening(daemon, quantise) for quantise in ("step", "bar")]
            logs = [[item["bytes"] for item in log_of(daemon, play["id"])] for play in plays]
            ticks = [[version["tick"] for version in play["versions"]] for play in plays]
        got = ear.finish()[1:]
        assert all(tick % 240 == 0 for tick in ticks[0]) and all(tick % 3840 == 0 for tick in ticks[1]), ticks
        assert got[:len(logs[0])] == logs[0], (got[:6], logs[0][:6])
        assert not hanging(got), hanging(got)
        assert not doubled(got), doubled(got)
        assert sum(message[0] == "9" for message in got) > 60, len(got)
        print("ok:", len(got), "messages, changes at", ticks)
    finally:
        ear.kill()
        jack.stop()
