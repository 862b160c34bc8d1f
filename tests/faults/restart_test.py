"""The daemon ends or dies while it plays: what sounds is ended, the play is written down, and the store goes on."""
from faults import FaultTest, eventually, main, size, tried

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


if __name__ == "__main__":
    main()
