"""The daemon ends or dies while it plays: what sounds is ended, the play is written down, the store goes on, and so does the play, if asked to."""
import time

from faults import SONG, FaultTest, eventually, main, size, tried

LONG_NOTE = {"midi_sequence": [{"step": 0, "note": 60, "velocity": 96, "active": True, "duration": 16}]}


class Restart(FaultTest):
    def begin(self, daemon, sink):
        session = daemon.post("+/sessions", LONG_NOTE).json()["id"]
        play = daemon.post(f"+/sessions/{session}/play", {"loops": 0, "devices": ["max"]}).json()["id"]
        sink.until_note()
        return play

    @staticmethod
    def left_sounding(messages):
        """Pitches whose last message is a beginning, and the last transport message."""
        last, playing = {}, None
        for address, _, values in messages:
            if address == "/doodled/note":
                last[values[1], values[2]] = values[3]
            elif address == "/doodled/transport":
                playing = values[0]
        return [note for note, velocity in last.items() if velocity > 0], playing

    def test_an_end_while_playing_leaves_no_note_and_writes_the_play_down(self):
        rounds, sink = size(2, 50), self.sink()
        for _ in range(rounds):
            daemon = self.daemon(osc_port=sink.port)
            play = self.begin(daemon, sink)
            daemon.stop()
            messages = [sink.message(datagram) for datagram in sink.datagrams()]
            sounding, playing = self.left_sounding(messages)
            self.assertEqual((sounding, playing), ([], 0), messages)
            with self.daemon(osc_port=sink.port) as again:
                self.assertIn(again.get(f"+/plays/{play}?limit=1").json()["state"], ("stopped", "interrupted"))
            sink.datagrams()
        tried(f"SIGTERM while a loop sounds, {rounds} times", "nothing; every note was ended, the transport stopped")

    def test_a_death_while_playing_is_told_and_the_next_start_is_sound(self):
        rounds, sink = size(2, 50), self.sink()
        daemon = self.daemon(osc_port=sink.port)
        for _ in range(rounds):
            play = self.begin(daemon, sink)
            daemon.kill()
            sink.datagrams()
            daemon.start()
            told = daemon.get(f"+/plays/{play}?limit=1").json()
            self.assertEqual(told["state"], "interrupted")
            self.assertIsNotNone(told["ended_at"])
            replay = daemon.post(f"+/plays/{play}/replay")
            self.assertEqual(replay.status, 201, replay.body)
            sink.until_note()
            daemon.request("DELETE", f"+/plays/{replay.json()['id']}")
            eventually(lambda: daemon.get(f"+/plays/{replay.json()['id']}?limit=1").json()["state"], lambda state: state == "stopped")
            sink.datagrams()
        daemon.stop()
        self.assertChainFits()
        tried(f"kill -9 while a loop sounds, {rounds} times", "the rest of the play, which says so and can be played again")

    def steps(self, messages):
        """Pitches of the notes that begin, in their order."""
        return [values[2] for address, _, values in messages if address == "/doodled/note" and values[3] > 0]

    def until_note(self, sink, wanted):
        """All messages up to the beginning of `wanted`."""
        messages, end = [], time.monotonic() + 30
        while time.monotonic() < end:
            messages.append(sink.message(sink.socket.recv(65536)))
            address, _, values = messages[-1]
            if address == "/doodled/note" and values[2] == wanted and values[3] > 0:
                return messages
        self.fail(f"no note {wanted} came")

    def interrupted_and_resumed(self, end, *arguments, ask=None):
        """A play of three loops that ends in the second one: what it sent, how it is told, what the next start sends."""
        sink = self.sink()
        sink.socket.settimeout(30)
        daemon = self.daemon(*arguments, osc_port=sink.port)
        session = daemon.post("+/sessions", SONG).json()["id"]
        play = daemon.post(f"+/sessions/{session}/play", {"loops": 3, "devices": ["max"], **(ask or {})}).json()["id"]
        before = self.until_note(sink, 63) + self.until_note(sink, 48) + self.until_note(sink, 52)
        eventually(lambda: daemon.get(f"+/plays/{play}?limit=500").json()["log"]["items"],
                   lambda items: any(item["loop"] == 1 and item["tick"] >= 4 * 240 for item in items))
        getattr(daemon, end)()
        before += [sink.message(datagram) for datagram in sink.datagrams()]
        daemon.start()
        return daemon, sink, play, before

    def assertGoesOn(self, end, *arguments, ask=None):
        daemon, sink, play, before = self.interrupted_and_resumed(end, *arguments, ask=ask)
        told = daemon.get(f"+/plays/{play}?limit=500").json()
        self.assertEqual((told["state"], told["resume"]), ("interrupted", False))
        last = told["log"]["items"][-1]
        self.assertEqual(last["loop"], 1)
        again = daemon.finished_play(self.newest_of(daemon, 2)["id"])
        self.assertEqual((again["resumed_from"], again["session_id"], again["devices"], again["state"], again["loops"]),
                         (play, told["session_id"], ["max"], "ended", 2))
        after = [sink.message(datagram) for datagram in sink.datagrams()]
        # from the place of the last packet in the log: at most the last note again, none left out, and the loops that were left
        self.assertEqual(self.steps(after), list(range(48 + -(-last["tick"] // 240), 64)) + list(range(48, 64)), last)
        self.assertLessEqual(48 + -(-last["tick"] // 240), self.steps(before)[-1] + 1)
        self.assertEqual(self.left_sounding(after)[1], 0, "the transport was not stopped")  # its notes know their own lengths
        daemon.stop()
        with self.daemon(*arguments, osc_port=sink.port) as third:
            self.assertEqual(len(third.get("+/plays?limit=10").json()["items"]), 2)
        self.assertChainFits()

    def test_a_play_that_is_to_be_resumed_goes_on_where_it_was_after_an_end(self):
        self.assertGoesOn("stop", "--set", "play.resume=always")
        tried("SIGTERM in the second of three loops, play.resume=always", "nothing: it goes on at the place of its last packet")

    def test_a_play_that_is_to_be_resumed_goes_on_where_it_was_after_a_death(self):
        self.assertGoesOn("kill", ask={"resume": True})
        tried("kill -9 in the second of three loops, asked for with resume", "nothing: it goes on at the place of the last packet in its log")

    def test_nothing_goes_on_that_was_not_to(self):
        for end, arguments, ask in (("stop", [], None), ("kill", ["--set", "play.resume=always"], {"resume": False})):
            daemon, sink, play, _ = self.interrupted_and_resumed(end, *arguments, ask=ask)
            self.assertIn(daemon.get(f"+/plays/{play}?limit=1").json()["state"], ("stopped", "interrupted"))
            other = daemon.post("+/sessions", LONG_NOTE).json()["id"]
            begun = daemon.post(f"+/sessions/{other}/play", {"devices": ["max"], "resume": False}).json()["id"]
            daemon.finished_play(begun)
            ids = [one["id"] for one in daemon.get("+/plays?limit=10").json()["items"]]
            self.assertEqual(ids[0], begun)
            self.assertEqual(self.steps(sink.message(datagram) for datagram in sink.datagrams()), [60])
            daemon.stop()
            daemon.data_dir.rename(daemon.data_dir.with_name(f"data-{end}"))

    @staticmethod
    def newest_of(daemon, count):
        """A play sounds before it is written down."""
        return eventually(lambda: daemon.get("+/plays?limit=10").json()["items"], lambda plays: len(plays) == count)[0]

    def test_an_endless_play_goes_on_after_each_death(self):
        sink = self.sink()
        daemon = self.daemon(osc_port=sink.port)
        session = daemon.post("+/sessions", SONG).json()["id"]
        play = daemon.post(f"+/sessions/{session}/play", {"loops": 0, "devices": ["max"], "resume": True}).json()["id"]
        sink.socket.settimeout(30)
        self.until_note(sink, 50)
        daemon.kill()
        sink.datagrams()
        daemon.start()
        sink.until_note()
        resumed = self.newest_of(daemon, 2)
        self.assertEqual((resumed["resumed_from"], resumed["loops"], resumed["resume"]), (play, 0, True))
        daemon.kill()  # and once more
        sink.datagrams()
        daemon.start()
        sink.until_note()
        self.assertEqual(self.newest_of(daemon, 3)["resumed_from"], resumed["id"])
        daemon.stop()


if __name__ == "__main__":
    main()
