"""Drawing while it plays, over a real WebSocket: what is read, heard, kept and refused."""
import hashlib
import json
import socket
import struct
import unittest

from daemon import DaemonTest, OscSink, WebSocket, eventually, main, run
from drawn import Live, box, circle, dots, path, wave

ARROW = {"pen": "arrow", "points": [[0.37, 0.7, 0, 0.5], [0.6, 0.7, 200, 0.5]]}


def notes_of(packets):
    """(tick, track, pitch, velocity, duration) of each note; those cut short have velocity and duration 0."""
    messages = [OscSink.message(packet) for packet in packets]
    return [tuple(values) for address, _, values in messages if address == "/doodled/note"]


class Reading(DaemonTest):
    def test_each_stroke_is_understood_and_becomes_music_with_its_evidence(self):
        with self.daemon() as daemon:
            live = Live(daemon.port, mode="doodle")
            self.assertFalse(live.opened["resumed"])
            reading, session = live.draw(wave())
            self.assertEqual([shape["class"] for shape in reading["reading"]["shapes"]], ["wave"])
            self.assertEqual((reading["strokes"], reading["reading"]["kind"]), (1, "drawing"))
            self.assertEqual(session["document"]["provenance"]["interpreter"], "builtin")
            self.assertTrue(all(evidence["rule"] for evidence in session["document"]["evidence"]))
            live.draw(circle())
            live.draw(box())
            reading, session = live.draw(ARROW)
            classes = sorted(shape["class"] for shape in reading["reading"]["shapes"])
            self.assertEqual(classes, sorted(["wave", "circle", "rectangle" if "rectangle" in classes else "square", "arrow"]))
            self.assertEqual(len(reading["reading"]["arrows"]), 1)
            self.assertEqual(len(session["document"]["tracks"][0]["patch"]["modulation"]), 1)
            live.close()

    def test_the_way_back_is_read_too_and_an_empty_page_is_nothing(self):
        with self.daemon() as daemon:
            live = Live(daemon.port)
            _, first = live.draw(wave())
            live.draw(circle())
            seq = live.ask("undo")
            self.assertEqual(live.covers("session", seq)["document"], first["document"])
            seq = live.ask("redo")
            self.assertEqual(len(live.covers("reading", seq)["reading"]["shapes"]), 2)
            seq = live.ask("erase", strokes=[1])
            self.assertEqual([shape["class"] for shape in live.covers("reading", seq)["reading"]["shapes"]], ["circle"])
            seq = live.ask("clear")
            reading = live.covers("reading", seq)["reading"]
            self.assertEqual((reading["kind"], reading["advice"] != ""), ("nothing", True))
            live.close()

    def test_a_drawing_reads_as_the_picture_of_it(self):
        with self.daemon() as daemon:
            live = Live(daemon.port, mode="doodle", options={"bars": 2})
            for stroke in (wave(), circle(), box(), ARROW):
                reading, drawn = live.draw(stroke)
            live.ask("keep")
            kept = daemon.get(f"+/sessions/{live.answer('kept')['session']['id']}").json()
            picture = daemon.get(f"+/images/{kept['image_id']}").body
            sent = daemon.session_of(picture, mode="doodle", options={"bars": 2})
            strip = lambda document: {key: document[key] for key in ("tracks", "key", "tempo_bpm", "lfos", "arrangement")}
            self.assertEqual(strip(kept["document"]), strip(drawn["document"]))
            self.assertEqual([shape["class"] for shape in json.loads(daemon.get(f"+/sessions/{sent['id']}/interpretation").json()["answer"])["shapes"]],
                             [shape["class"] for shape in reading["reading"]["shapes"]])
            self.assertEqual(sent["document"]["key"], kept["document"]["key"])
            self.assertEqual(len(sent["document"]["tracks"][0]["patterns"][0]["notes"]), len(kept["document"]["tracks"][0]["patterns"][0]["notes"]))
            live.end()

    def test_strokes_that_come_while_one_is_read_are_read_together(self):
        with self.daemon() as daemon:
            live = Live(daemon.port)
            for i in range(60):
                live.ask("stroke", stroke=path([(0.05 + i / 70, 0.2), (0.06 + i / 70, 0.6)]))
            readings = []
            while not readings or readings[-1]["seq"] < 60:
                readings.append(live.answer("reading"))
            self.assertEqual(readings[-1]["strokes"], 60)
            self.assertLess(len(readings), 60)
            live.close()


class Keeping(DaemonTest):
    def test_a_kept_session_has_its_strokes_its_picture_and_its_evidence(self):
        with self.daemon() as daemon:
            live = Live(daemon.port)
            stroke = wave(id=4, colour="#102030")
            live.draw(stroke)
            live.ask("keep", title="River")
            kept = live.answer("kept")["session"]
            session = daemon.get(f"+/sessions/{kept['id']}").json()
            self.assertEqual((session["title"], session["interpreter"], session["image_id"]), ("River", "builtin", kept["image_id"]))
            strokes = daemon.get(f"+/sessions/{kept['id']}/strokes")
            self.assertEqual(strokes.json()["strokes"], [{"id": 4, "pen": "line", "colour": "#102030", "points": stroke["points"]}])
            interpretation = daemon.get(f"+/sessions/{kept['id']}/interpretation").json()
            self.assertEqual(interpretation["request"]["strokes_sha256"], hashlib.sha256(strokes.body).hexdigest())
            self.assertEqual(interpretation["request"]["image_sha256"], session["image_id"])
            self.assertTrue(daemon.get(f"+/images/{session['image_id']}").body.startswith(b"\x89PNG"))
            self.assertIn(b"<polygon", daemon.get(f"+/sessions/{kept['id']}/overlay.svg").body.replace(b"<rect", b"<polygon"))
            self.assertEqual(session["document"]["provenance"]["image_sha256"], session["image_id"])
            self.assertEqual(live.end(), kept["id"], "a second session was stored though nothing was changed")
            self.assertEqual(len(daemon.get("+/sessions").json()["items"]), 1)
            other = daemon.post("+/sessions", {"custom_lfo_shape": [0, 0.5, 1, 0.5]}).json()["id"]
            self.assertProblem(daemon.get(f"+/sessions/{other}/strokes"), 404, "no_strokes")
        self.assertEqual(run("audit", "--data-dir", self.data_dir).returncode, 0)

    def test_forgetting_removes_the_strokes_with_the_picture(self):
        with self.daemon() as daemon:
            live = Live(daemon.port)
            live.draw(wave())
            session = live.end()
            self.assertTrue(daemon.request("DELETE", f"+/sessions/{session}?forget=true").json()["picture_removed"])
            self.assertProblem(daemon.get(f"+/sessions/{session}/strokes"), 404, "no_strokes")
        self.assertEqual(run("audit", "--data-dir", self.data_dir).returncode, 0)

    def test_the_end_of_a_drawing_keeps_it_also_when_the_daemon_ends_it(self):
        with self.daemon() as daemon:
            live = Live(daemon.port)
            live.draw(wave())
        with self.assertRaises(EOFError):
            live.until(lambda _: False)
        self.assertIn(live.close_code, (1000, 1001))
        with self.daemon() as daemon:
            [session] = daemon.get("+/sessions").json()["items"]
            self.assertEqual(len(daemon.get(f"+/sessions/{session['id']}/strokes").json()["strokes"]), 1)

    def test_a_client_comes_back_to_its_drawing(self):
        with self.daemon() as daemon:
            live = Live(daemon.port)
            live.draw(wave(id=3))
            live.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            live.close()
            again = Live(daemon.port, resume=live.opened["drawing"])
            self.assertEqual((again.opened["resumed"], again.opened["strokes"]), (True, [3]))
            self.assertEqual(len(again.answer("reading")["reading"]["shapes"]), 1)
            reading, _ = again.draw(circle())
            self.assertEqual(reading["strokes"], 2)
            elsewhere = Live(daemon.port, resume=live.opened["drawing"])
            with self.assertRaises(EOFError):
                again.until(lambda _: False)
            self.assertEqual(again.close_code, 1000)
            self.assertIsNotNone(elsewhere.end())
            unknown = Live(daemon.port, resume=live.opened["drawing"])
            self.assertFalse(unknown.opened["resumed"])
            self.assertIsNone(unknown.end())


class Heard(DaemonTest):
    """OSC that really arrives: nothing hangs, nothing is struck twice, and nothing is missing at a change."""

    def play(self, daemon, sink, quantise, changes, rounds=2):
        """Plays while strokes come, stops, and gives the play with its log and versions."""
        live = Live(daemon.port, quantise=quantise, options={"bars": 1, "tempo_bpm": 240})
        live.draw(wave())
        live.ask("play")
        play = live.answer("playing")["play_id"]
        position = lambda: daemon.get(f"+/plays/{play}?limit=1").json()
        eventually(position, lambda state: state["state"] == "playing")
        for number, stroke in enumerate(changes, start=2):
            _, session = live.draw(stroke)
            self.assertTrue(session["swapped"])
            eventually(position, lambda state: len(state["versions"]) == number - 1)
        since = position()["loop"]
        eventually(position, lambda state: state["loop"] >= since + rounds)
        live.ask("stop")
        live.answer("stopped")
        ended = daemon.finished_play(play)
        live.end()
        return ended, self.log_of(daemon, play)

    def log_of(self, daemon, play):
        items, cursor = [], ""
        while cursor is not None:
            page = daemon.get(f"+/plays/{play}?limit=500&cursor={cursor}").json()["log"]
            items += page["items"]
            cursor = page["next_cursor"]
        return items

    def assertWhole(self, log):
        """Every note ends, by its duration or cut short, before its pitch is struck again on its track."""
        at, sounding = 0.0, {}
        for item in log:
            address, _, values = OscSink.message(bytes.fromhex(item["bytes"]))
            if address != "/doodled/note":
                continue
            _, track, pitch, velocity, duration = values
            at = item["offset_us"] / 1e6
            until = sounding.get((track, pitch), 0)
            if velocity == 0:
                self.assertIn((track, pitch), sounding, "a note is cut that does not sound")
                sounding[track, pitch] = at
                continue
            self.assertLess(until, at + 0.02, f"{pitch} on track {track} is struck while it sounds")
            sounding[track, pitch] = at + duration * 60 / 240 / 960

    def test_a_change_at_the_step_leaves_no_gap_and_no_hanging_note(self):
        sink = OscSink()
        with self.daemon(osc_port=sink.port) as daemon:
            play, log = self.play(daemon, sink, "step", [circle(), wave(y=0.5, turns=4), dots()])
            self.assertEqual([version["version"] for version in play["versions"]], sorted(v["version"] for v in play["versions"]))
            self.assertTrue(all(version["tick"] % 240 == 0 for version in play["versions"]))
            self.assertWhole(log)
            self.assertEqual(daemon.get("+/devices").json()["items"][0]["sounding"], 0)
            self.assertEqual([bytes.fromhex(item["bytes"]) for item in log], sink.datagrams()[:len(log)])
            self.assertEqual(sum(OscSink.message(bytes.fromhex(item["bytes"]))[0] == "/doodled/session" for item in log), 1)

    def test_a_change_at_the_bar_comes_at_the_bar(self):
        sink = OscSink()
        with self.daemon(osc_port=sink.port) as daemon:
            play, log = self.play(daemon, sink, "bar", [circle(), box()])
            self.assertEqual(len(play["versions"]), 2)
            self.assertTrue(all(version["tick"] % 3840 == 0 and version["tick"] > 0 for version in play["versions"]))
            self.assertWhole(log)

    def test_the_music_of_each_version_is_what_its_document_says(self):
        sink = OscSink()
        with self.daemon(osc_port=sink.port) as daemon:
            play, log = self.play(daemon, sink, "bar", [wave(y=0.6, turns=5)])
            document = daemon.get(f"+/plays/{play['id']}/versions/{play['versions'][0]['version']}").json()
            track = document["tracks"][0]
            pitches = {note["pitch"] for note in track["patterns"][0]["notes"]}
            start = next(i for i, item in enumerate(log) if item["offset_us"] / 1e6 >= play["versions"][0]["tick"] * 60 / 240 / 960 + 0.01)
            heard = {note[2] for note in notes_of(bytes.fromhex(item["bytes"]) for item in log[start:]) if note[1] == 0 and note[3] > 0}
            self.assertTrue(heard)
            self.assertLessEqual(heard, pitches)
            self.assertProblem(daemon.get(f"+/plays/{play['id']}/versions/99"), 404, "unknown_version")

    def test_an_evening_is_played_again_byte_for_byte(self):
        sink = OscSink()
        with self.daemon(osc_port=sink.port) as daemon:
            play, log = self.play(daemon, sink, "step", [circle(), wave(y=0.5, turns=4)])
            again = daemon.post(f"+/plays/{play['id']}/replay").json()
            self.assertEqual(again["replay_of"], play["id"])
            eventually(lambda: daemon.get(f"+/plays/{again['id']}?limit=1").json(), lambda state: state["events_sent"] >= len(log))
            daemon.request("DELETE", f"+/plays/{again['id']}")
            replayed = daemon.finished_play(again["id"])
            self.assertEqual([version["tick"] for version in replayed["versions"]], [version["tick"] for version in play["versions"]])
            first, second = log[:-4], self.log_of(daemon, again["id"])[:len(log) - 4]
            self.assertEqual([(item["tick"], item["bytes"]) for item in second], [(item["tick"], item["bytes"]) for item in first])
            self.assertProblem(daemon.post(f"+/plays/{play['id']}/replay", {"loops": 3}), 422, "invalid_play", "/loops")
            self.assertProblem(daemon.post("+/plays/none/replay"), 404, "unknown_play")

    def test_one_session_is_left_of_a_drawing_that_was_played(self):
        with self.daemon() as daemon:
            live = Live(daemon.port)
            live.draw(wave())
            live.ask("play")
            first = live.answer("playing")["session_id"]
            live.draw(circle())
            last = live.end()
            items = daemon.get("+/sessions").json()["items"]
            self.assertEqual([(item["id"], item["parent_id"]) for item in items], [(last, first)])
            self.assertEqual(daemon.get("+/plays").json()["items"][0]["state"], "playing")
            daemon.request("DELETE", f"+/plays/{daemon.get('+/plays').json()['items'][0]['id']}")
        self.assertEqual(run("audit", "--data-dir", self.data_dir).returncode, 0)


class Hostile(DaemonTest):
    def test_what_can_not_be_used_is_refused_and_the_drawing_goes_on(self):
        with self.daemon() as daemon:
            live = Live(daemon.port)
            for fields, code, pointer in [
                ({"stroke": {"points": [[0, 0], [2, 0]]}}, "invalid_stroke", "/stroke/points/1/0"),
                ({"stroke": {"points": [[0, 0, 9], [0, 0, 8]]}}, "invalid_stroke", "/stroke/points/1/2"),
                ({"stroke": {"points": [[0, 0]] * 4097}}, "invalid_stroke", "/stroke/points"),
                ({"stroke": []}, "invalid_stroke", "/stroke"),
                ({}, "invalid_message", "/stroke"),
            ]:
                refusal = live.refusal("stroke", **fields)
                self.assertEqual((refusal["code"], refusal["errors"][0]["pointer"]), (code, pointer))
            for kind, fields, code in [("erase", {"strokes": [7]}, "unknown_stroke"), ("undo", {}, "nothing_to_undo"), ("stop", {}, "not_playing"),
                                       ("play", {}, "nothing_to_play"), ("keep", {}, "nothing_to_keep"), ("open", {}, "already_open"),
                                       ("change", {"options": {"bars": 0}}, "invalid_option"), ("juggle", {}, "invalid_message")]:
                self.assertEqual(live.refusal(kind, **fields)["code"], code)
            for text in ("", "{", "[1]", "null", '{"type": "stroke", "type": "undo"}', '{"a":' * 20 + "1" + "}" * 20):
                live.send(text)
                self.assertIn(live.answer("error")["code"], ("malformed_json", "invalid_message"))
            live.draw(wave(id=1))
            self.assertEqual(live.refusal("stroke", stroke=wave(id=1))["code"], "stroke_exists")
            self.assertEqual(live.refusal("play", devices=["nobody"])["code"], "unknown_device")
            reading, _ = live.draw(circle())
            self.assertEqual(reading["strokes"], 2)
            live.close()

    def test_a_drawing_begins_with_its_opening(self):
        with self.daemon() as daemon:
            socket_ = WebSocket(daemon.port, "/api/v1/live")
            socket_.send({"type": "stroke", "seq": 1, "stroke": wave()})
            self.assertEqual(socket_.receive()["code"], "not_open")
            socket_.send({"type": "open", "mode": "film"})
            self.assertEqual(socket_.receive()["code"], "unknown_mode")
            socket_.send({"type": "open", "canvas": {"width": 10, "height": 10}})
            self.assertEqual(socket_.receive()["errors"][0]["pointer"], "/canvas/width")
            socket_.send({"type": "open"})
            self.assertEqual(socket_.receive()["type"], "opened")
            socket_.close()

    def test_floods_and_giants_end_their_own_connection_only(self):
        with self.daemon() as daemon:
            calm = Live(daemon.port)
            giant = Live(daemon.port)
            giant.send("x" * (300 << 10))
            with self.assertRaises(EOFError):
                giant.until(lambda _: False)
            self.assertEqual(giant.close_code, 1009)
            binary = Live(daemon.port)
            binary.send_frame(2, b"\0" * 16)
            with self.assertRaises(EOFError):
                binary.until(lambda _: False)
            self.assertEqual(binary.close_code, 1003)
            flood = Live(daemon.port)
            with self.assertRaises((EOFError, ConnectionError)):
                for _ in range(20000):
                    flood.ask("undo")
                flood.until(lambda _: False)
            reading, _ = calm.draw(wave())
            self.assertEqual(reading["strokes"], 1)
            calm.close()

    def test_a_full_page_takes_no_more(self):
        with self.daemon() as daemon:
            live = Live(daemon.port)
            for i in range(24):
                live.ask("stroke", stroke={"points": [[0.5, 0.5]] * 4096})
            self.assertEqual(live.refusal("stroke", stroke={"points": [[0.5, 0.5]] * 4096})["code"], "too_many_strokes")
            seq = live.ask("clear")
            self.assertEqual(live.covers("reading", seq)["strokes"], 0)
            live.close()

    def test_only_so_many_drawings_are_open_at_once(self):
        with self.daemon() as daemon:
            lives = [Live(daemon.port) for _ in range(16)]
            socket_ = WebSocket(daemon.port, "/api/v1/live")
            socket_.send({"type": "open"})
            self.assertEqual(socket_.receive()["code"], "too_many_drawings")
            lives[0].end()
            eventually(lambda: (socket_.send({"type": "open"}), socket_.receive())[1]["type"], lambda kind: kind == "opened")
            for live in lives[1:]:
                live.close()

    def test_a_page_from_elsewhere_may_not_draw(self):
        with self.daemon() as daemon:
            answer = daemon.request("GET", "+/live", headers={"Origin": "http://evil.example", "Upgrade": "websocket", "Connection": "Upgrade",
                                                              "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version": "13"})
            self.assertProblem(answer, 403, "foreign_origin")


if __name__ == "__main__":
    main(at_once=3)
