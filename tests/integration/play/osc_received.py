"""What leaves as OSC is understood by liblo's oscdump, message for message."""
import socket, sys
from harness import Program, need

need("oscdump")
free = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
free.bind(("127.0.0.1", 0))
port = free.getsockname()[1]
free.close()
dump = Program("stdbuf", "-oL", "oscdump", "-L", str(port))


def until_it_listens():
    knock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    while True:
        knock.sendto(b"/knock\0\0,\0\0\0", ("127.0.0.1", port))
        try:
            return dump.wait_for("", 0.1)
        except AssertionError as silent:
            if "ended" in str(silent):
                raise


until_it_listens()
player = Program(sys.argv[1], "osc", '{"port": %d, "compat": true}' % port, "1")
try:
    player.wait_for("closed")
    lines = []
    while True:
        fields = dump.wait_for("", 10).split(" ")
        fields = fields[1:] if not fields[0].startswith("/") else fields
        if fields[0] == "/knock":
            continue
        lines.append(fields)
        if lines[-1][0] == "/doodled/transport" and lines[-1][2] == "0":
            break
    notes = [l for l in lines if l[0] == "/doodled/note"]
    assert len(notes) == 32 + 16, lines
    assert notes[0] == ["/doodled/note", "iiiii", "0", "0", "52", "60", "200"], notes[0]
    assert notes[-1][1:] == ["iiiii", "7440", "0", "63", "91", "200"], notes[-1]
    assert lines[0] == ["/doodled/session", "i", "1"], lines[0]
    assert lines[1][:2] == ["/live/seq/matrix", "s"] and lines[1][2].startswith('"{"midi_sequence":[{"step":0,"note":52,'), lines[1]
    assert lines[2] == ["/doodled/transport", "iif", "1", "0", "240.000000"], lines[2]
    assert sum(l[0] == "/doodled/param/cutoff" and l[1] == "iif" for l in lines) == 32
    assert sum(l[0] == "/live/synth/cutoff" and l[1] == "f" for l in lines) == 32
    assert lines[-1] == ["/doodled/transport", "iif", "0", "7680", "240.000000"], lines[-1]
    print("ok:", len(lines), "messages")
finally:
    player.kill()
    dump.kill()
