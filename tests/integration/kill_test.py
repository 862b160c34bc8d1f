"""A job that was answered with 202 is finished once, whenever the daemon dies."""
import http.client
import os
import random
import threading
import time

from daemon import DaemonTest, eventually, main, png, run

ROUNDS = int(os.environ.get("DOODLED_KILLS", "12"))


def picture(number):
    shade = number % 200
    return png(160, 120, lambda x, y: (0, 0, shade // 2) if (x - 80) ** 2 + (y - 60) ** 2 < (20 + number % 30) ** 2 else (255, 255, 255))


class Client(threading.Thread):
    """Uploads one picture after the other, again under the same key where no answer came, and waits for each job."""

    def __init__(self, daemon, name):
        super().__init__(name=name)
        self.daemon_, self.jobs, self.over = daemon, [], threading.Event()

    def persistently(self, call):
        while True:
            try:
                answer = call()
                if answer.status < 500:
                    return answer.json()
            except (OSError, http.client.HTTPException, ValueError):
                pass  # killed; the next one has another port
            time.sleep(0.01)

    def run(self):
        while not self.over.is_set():
            shown, key = picture(len(self.jobs)), {"Idempotency-Key": f"{self.name} {len(self.jobs)}"}
            job = self.persistently(lambda: self.daemon_.upload(shown, headers=key, mode="doodle"))["id"]
            self.jobs.append(job)
            while not self.persistently(lambda: self.daemon_.get(f"+/jobs/{job}")).get("finished_at"):
                time.sleep(0.02)


def everything(daemon, path):
    """The items of all pages."""
    items, cursor = [], ""
    while cursor is not None:
        page = daemon.get(f"{path}?limit=500" + (f"&cursor={cursor}" if cursor else "")).json()
        items, cursor = items + page["items"], page["next_cursor"]
    return items


class Kills(DaemonTest):
    def test_no_job_is_lost_or_done_twice_by_kill_9(self):
        chance = random.Random(20)
        d = self.daemon()
        clients = [Client(d, f"client {number}") for number in range(3)]
        for client in clients:
            client.start()
        for number in range(ROUNDS):
            if number % 4 == 3:  # a job that six processes in a row died with would be given up
                before = [len(client.jobs) for client in clients]
                eventually(lambda: [len(client.jobs) for client in clients],
                           lambda now: all(after >= count + 2 for after, count in zip(now, before)))
            time.sleep(chance.random() * 0.4)  # a point in the pipeline by chance
            d.kill()
            d.start()
        for client in clients:
            client.over.set()
        for client in clients:
            client.join()
        uploaded = [job for client in clients for job in client.jobs]
        jobs = everything(d, "+/jobs")
        self.assertEqual(sorted(job["id"] for job in jobs), sorted(uploaded))
        self.assertEqual([job for job in jobs if job["state"] != "done"], [])
        self.assertEqual({len(job["session_ids"]) for job in jobs}, {1})
        self.assertEqual(sorted(session["id"] for session in everything(d, "+/sessions")),
                         sorted(job["session_ids"][0] for job in jobs))
        d.stop()
        audit = run("audit", "--data-dir", self.data_dir)
        self.assertEqual(audit.returncode, 0, audit.stderr)
        print(f"\n    killed {ROUNDS} times while 3 clients uploaded {len(jobs)} pictures: each is one job with one session", flush=True)


class Cancelling(DaemonTest):
    def test_a_queued_or_running_job_can_be_cancelled_and_leaves_nothing(self):
        with self.daemon("--set", "jobs.workers=1") as d:
            image = d.post("+/images", picture(3)).json()["id"]
            ids = [d.post("+/jobs", {"image_id": image, "options": {"seed": n}}).json()["id"] for n in range(12)]
            asked = [d.request("DELETE", f"+/jobs/{job}").status for job in reversed(ids)]
            ended = [d.finished_job(job) for job in ids]
            self.assertIn("cancelled", {job["state"] for job in ended})
            for job in ended:
                self.assertEqual(bool(job["session_ids"]), job["state"] == "done", job)
            self.assertLessEqual(set(asked), {200, 409})
            self.assertProblem(d.request("DELETE", "+/jobs/none"), 404, "unknown_job")


if __name__ == "__main__":
    main()
