"""The MIDI file holds the very messages that are played, as midicsv and mido read them."""
import os, subprocess, sys, tempfile
from harness import SKIPPED, Program, need

need("midicsv")
try:
    import mido
except ImportError:
    print("skipped: python3-mido is not installed")
    sys.exit(SKIPPED)

file = os.path.join(tempfile.mkdtemp(), "probe.mid")
player = Program(sys.argv[1], "null", "{}", "1", "smf", file)
player.wait_for("closed")
midi = mido.MidiFile(file, clip=False)
assert (midi.type, midi.ticks_per_beat, len(midi.tracks)) == (1, 960, 3)


def notes(track):
    now, on, found = 0, {}, []
    for message in track:
        now += message.time
        if message.type == "note_on":
            on[(message.channel, message.note)] = (now, message.velocity)
        elif message.type == "note_off":
            start, velocity = on.pop((message.channel, message.note))
            found.append((start, now - start, message.channel, message.note, velocity))
    assert not on
    assert now == 7680, now
    return found


lead = [(step * 240, 200, 0, 52 + step * 5 % 24, 60 + step) for step in range(32)]
drums = [(step * 240, 240, 9, 36, 110) for step in range(15, 31)]
assert notes(midi.tracks[1]) == lead, notes(midi.tracks[1])
assert notes(midi.tracks[2]) == drums, notes(midi.tracks[2])
metas = [(m.type, getattr(m, "name", getattr(m, "text", getattr(m, "key", getattr(m, "tempo", None)))))
         for m in midi.tracks[0]]
assert metas == [("track_name", "Probe"), ("set_tempo", 250000), ("time_signature", None), ("key_signature", "Em"),
                 ("marker", "A"), ("end_of_track", None)], metas

csv = subprocess.run(["midicsv", file], capture_output=True, text=True, check=True).stdout.splitlines()
assert csv[0] == "0, 0, Header, 1, 3, 960", csv[0]
assert sum("Note_on_c" in line for line in csv) == 48 and sum("Note_off_c" in line for line in csv) == 48
assert '2, 0, Title_t, "Lead"' in csv, csv[:12]
print("ok")
