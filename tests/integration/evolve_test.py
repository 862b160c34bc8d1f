"""A play that evolves: the next form on its bar line, the whole evening again from its seed."""
import documents
from daemon import DaemonTest, OscSink, eventually, main


def quick(document, tempo):
    return {**document, "tempo_bpm": tempo}


class Evolve(DaemonTest):
    EVOLVE = {"every_bars": 1, "seed": 9, "locks": ["/tempo_bpm", "/tracks/0/patterns/0/notes/0"], "operations": [{"op": "mutate", "steps": 5}]}

    def evening(self, d, sink, session, evolve, loops):
        """Plays to the end: the play, what arrived, and the notes of every bar."""
        answer = d.post(f"+/sessions/{session['id']}/play", {"devices": ["max"], "loops": loops, "evolve": evolve})
        self.assertEqual(answer.status, 201, answer.body)
        play = d.finished_play(answer.json()["id"])
        return play, sink.datagrams()

    def session(self, d):
        form = d.post("+/sessions/check", documents.MATRIX).json()["document"]
        return d.post("+/sessions", quick(form, 400)).json()

    def test_two_evenings_of_one_seed_are_the_same_bytes_at_the_same_ticks(self):
        sink = OscSink()
        with self.daemon(osc_port=sink.port) as d:
            session = self.session(d)
            plays, bytes_sent, logs = [], [], []
            for _ in range(2):
                play, datagrams = self.evening(d, sink, session, self.EVOLVE, 6)
                plays.append(play)
                bytes_sent.append(datagrams)
                logs.append([(e["loop"], e["tick"], e["bytes"]) for e in play["log"]["items"]])
            again = d.finished_play(d.post(f"+/plays/{plays[0]['id']}/replay").json()["id"])
            replayed = sink.datagrams()
            other, _ = self.evening(d, sink, session, {**self.EVOLVE, "seed": 10}, 2)
            devices = d.get("+/devices").json()["items"]
        self.assertEqual(bytes_sent[0], bytes_sent[1])
        self.assertEqual(logs[0], logs[1])
        self.assertEqual(replayed, bytes_sent[0])
        self.assertEqual([(e["loop"], e["tick"], e["bytes"]) for e in again["log"]["items"]], logs[0])
        self.assertEqual([version["tick"] for version in plays[0]["versions"]], [3840 * bar for bar in range(1, 6)])
        self.assertEqual(plays[0]["events_dropped"], 0)
        bars = {}
        for loop, tick, data in logs[0]:
            address, _, values = OscSink.message(bytes.fromhex(data))
            if address == "/doodled/note" and values[3] > 0:
                bars.setdefault(loop, []).append((tick, *values[2:]))
        self.assertEqual(sorted(bars), list(range(6)), "a bar was silent")
        self.assertGreater(len({tuple(notes) for notes in bars.values()}), 4, "it did not change")
        self.assertNotEqual([e["bytes"] for e in other["log"]["items"]][:40], [e["bytes"] for e in plays[0]["log"]["items"]][:40])
        self.assertEqual([device["sounding"] for device in devices], [0])

    def test_notes_of_a_chance_are_drawn_anew_in_each_loop_and_replayed_as_they_came(self):
        sink = OscSink()
        with self.daemon(osc_port=sink.port) as d:
            form = quick(d.post("+/sessions/check", documents.MATRIX).json()["document"], 400)
            for note in form["tracks"][0]["patterns"][0]["notes"]:
                note["probability"] = 0.5
            session = d.post("+/sessions", form).json()
            play = d.post(f"+/sessions/{session['id']}/play", {"devices": ["max"], "loops": 5}).json()
            self.assertIsNone(play["evolve"])
            play = d.finished_play(play["id"])
            first = sink.datagrams()
            again = d.finished_play(d.post(f"+/plays/{play['id']}/replay").json()["id"])
            replayed = sink.datagrams()
            anew = d.finished_play(d.post(f"+/sessions/{session['id']}/play", {"devices": ["max"], "loops": 5}).json()["id"])
        self.assertEqual(first, replayed)
        log = lambda played: [(e["loop"], e["tick"], e["bytes"]) for e in played["log"]["items"]]
        self.assertEqual(log(play), log(again))
        self.assertEqual(log(play), log(anew), "the same seed draws the same")
        loops = {}
        for loop, tick, data in log(play):
            address, _, values = OscSink.message(bytes.fromhex(data))
            if address == "/doodled/note" and values[3] > 0:
                loops.setdefault(loop, []).append((tick, *values[2:]))
        self.assertGreater(len({tuple(notes) for notes in loops.values()}), 3)

    def test_the_state_shows_the_form_and_stopping_ends_every_note(self):
        sink = OscSink()
        with self.daemon(osc_port=sink.port) as d:
            session = self.session(d)
            play = d.post(f"+/sessions/{session['id']}/play", {"devices": ["max"], "evolve": self.EVOLVE}).json()
            self.assertEqual(play["loops"], 0, "it evolves until it is stopped")
            self.assertEqual(play["evolve"]["seed"], 9)
            path = f"+/plays/{play['id']}"
            seen = eventually(lambda: d.get(path).json(), lambda p: p["evolve"].get("form", 0) >= 3)
            self.assertEqual(seen["state"], "playing")
            d.request("DELETE", path)
            d.finished_play(play["id"])
            form = d.get(path + "/versions/2").json()
            self.assertIn("evolve seed=9 form=1", form["provenance"]["transforms"][-1])
            kept = d.post(f"+/sessions?parent_id={session['id']}", form)
            self.assertEqual((kept.status, kept.json()["parent_id"]), (201, session["id"]))
            self.assertEqual(d.get("+/devices").json()["items"][0]["sounding"], 0)

    def test_wrong_wishes_are_named_and_nothing_plays(self):
        with self.daemon() as d:
            session = self.session(d)
            path = f"+/sessions/{session['id']}/play"
            self.assertProblem(d.post(path, {"evolve": {"every_bars": 0}}), 422, "invalid_play", "/evolve/every_bars")
            self.assertProblem(d.post(path, {"evolve": {"operations": [{"op": "tempo"}]}}), 422, "invalid_play", "/evolve/operations/0/op")
            self.assertProblem(d.post(path, {"evolve": {"locks": ["/tracks/5"]}}), 422, "invalid_variation", "/locks/0")
            self.assertEqual(d.get("+/plays").json()["items"], [])


if __name__ == "__main__":
    main(at_once=3)
