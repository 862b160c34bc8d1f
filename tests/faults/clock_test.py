"""The wall clock jumps forward and back, by a second and by years, while a session plays and jobs run."""
import time

from faults import SONG, FaultTest, WebSocket, main, picture, size, tried

DAY = 86400
JUMPS = [1, -1, 3600, -3600, 400 * DAY, -400 * DAY, 20 * 365 * DAY, -20 * 365 * DAY]


class Clock(FaultTest):
    def test_jumps_lose_no_job_and_hold_up_nothing_that_plays(self):
        shim, sink, taken = self.shim(), self.sink(), []
        daemon = self.daemon(osc_port=sink.port)
        session = daemon.post("+/sessions", SONG).json()["id"]
        play = daemon.post(f"+/sessions/{session}/play", {"loops": 0, "devices": ["max"]}).json()["id"]
        events = WebSocket(daemon.port, "/api/v1/events?topics=sessions")
        gaps = []
        for number, jump in enumerate(JUMPS * size(1, 10)):
            shim.move_clock(jump)
            taken.append(daemon.upload(picture(number), mode="doodle").json()["id"])
            gaps.append(self.longest_gap(sink, 2.0))
            self.assertEqual(daemon.get(f"+/plays/{play}?limit=1").json()["state"], "playing")
            self.assertEqual(daemon.finished_job(taken[-1])["state"], "done", f"after a jump of {jump} s")
            made = daemon.get(f"+/jobs/{taken[-1]}").json()["session_ids"][0]
            events.until(lambda event: event["data"]["id"] == made)
        events.close()
        listed = [head["id"] for head in daemon.get("+/sessions?limit=500").json()["items"]]
        self.assertEqual(len(listed), len(taken) + 1)
        self.assertEqual(daemon.request("DELETE", f"+/plays/{play}").status, 200)
        self.assertNothingLost(daemon, taken)
        daemon.stop()
        self.assertChainFits()
        tried(f"{len(taken)} jumps of the wall clock by up to 20 years; the longest silence was {max(gaps):.2f} s of a note every 0.12 s", "nothing")
        self.assertLess(max(gaps), 1.5)

    @staticmethod
    def longest_gap(sink, seconds):
        """The longest time without a packet, of the next so many seconds."""
        end = (last := time.monotonic()) + seconds
        longest = 0
        while (now := time.monotonic()) < end:
            sink.socket.settimeout(end - now)
            try:
                sink.socket.recv(65536)
            except TimeoutError:
                pass
            longest, last = max(longest, time.monotonic() - last), time.monotonic()
        return longest


if __name__ == "__main__":
    main()
