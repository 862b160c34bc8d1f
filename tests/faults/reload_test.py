"""SIGHUP again and again, with devices that come, change and go, while pictures are uploaded and a session plays."""
import signal
import threading

from faults import SONG, FaultTest, eventually, main, picture, size, tried

KEPT = '[[device]]\nid = "kept"\ndriver = "null"\n'
OTHERS = ['[[device]]\nid = "other"\ndriver = "null"\n', '[[device]]\nid = "other"\ndriver = "null"\nlatency_ms = 7\n', "",
          '[[device]]\nid = "other"\ndriver = "no such driver"\n']


class Reload(FaultTest):
    def test_hangups_under_load_lose_no_job_and_no_note(self):
        jobs, clients, hangups = [], 3, size(20, 300)
        with self.daemon(config=KEPT) as daemon:
            file = self.data_dir.parent / "doodled.toml"
            session = daemon.post("+/sessions", SONG).json()["id"]
            play = daemon.post(f"+/sessions/{session}/play", {"loops": 0, "devices": ["kept"]}).json()["id"]
            over = threading.Event()
            threads = [threading.Thread(target=self.upload, args=(daemon, number, over, jobs)) for number in range(clients)]
            for thread in threads:
                thread.start()
            for number in range(hangups):
                self.replace(file, KEPT + OTHERS[number % len(OTHERS)])
                daemon.process.send_signal(signal.SIGHUP)
                self.assertEqual(daemon.get("+/devices").status, 200)
            self.replace(file, KEPT + OTHERS[1])
            daemon.process.send_signal(signal.SIGHUP)
            eventually(lambda: {device["id"] for device in daemon.get("+/devices").json()["items"]}, lambda ids: ids == {"kept", "other"})
            over.set()
            for thread in threads:
                thread.join()
            self.assertEqual(daemon.get(f"+/plays/{play}?limit=1").json()["state"], "playing")
            self.assertNothingLost(daemon, jobs)
            dropped = daemon.get(f"+/plays/{play}?limit=1").json()["events_dropped"]
            self.assertEqual(dropped, 0)
        tried(f"{hangups} reloads, one in four with a mistake, during {len(jobs)} jobs and a play", "nothing; no event was dropped")

    @staticmethod
    def replace(file, text):
        """As editors do: a reload never sees half of it."""
        new = file.with_suffix(".new")
        new.write_text(text)
        new.rename(file)

    @staticmethod
    def upload(daemon, client, over, jobs):
        number = 0
        while not over.is_set() or number == 0:
            jobs.append(daemon.upload(picture(client * 2000 + number), mode="doodle").json()["id"])
            number += 1


if __name__ == "__main__":
    main()
