"""A job that was answered with 202 is finished once, whenever the daemon dies."""
import os
import random
import time

from daemon import DaemonTest, main, png, run

ROUNDS = int(os.environ.get("DOODLED_KILLS", "12"))


def picture(number):
    shade = number % 200
    return png(160, 120, lambda x, y: (0, 0, shade // 2) if (x - 80) ** 2 + (y - 60) ** 2 < (20 + number % 30) ** 2 else (255, 255, 255))


class Kills(DaemonTest):
    def test_no_job_is_lost_or_done_twice_by_kill_9(self):
        chance = random.Random(20)
        d = self.daemon()
        accepted = []
        for number in range(ROUNDS):
            accepted.append(d.upload(picture(number)).json()["id"])
            image = d.post("+/images", picture(number)).json()["id"]
            accepted.append(d.post("+/jobs", {"image_id": image, "mode": "doodle"}).json()["id"])
            time.sleep(chance.random() * 0.12)  # a point in the pipeline by chance, the same in every run
            d.kill()
            d.start()
        jobs = [d.finished_job(job) for job in accepted]
        self.assertEqual({job["state"] for job in jobs}, {"done"}, jobs)
        sessions = [session for job in jobs for session in job["session_ids"]]
        self.assertEqual(len(sessions), len(set(sessions)))
        self.assertEqual([len(job["session_ids"]) for job in jobs], [1] * len(jobs))
        listed = d.get("+/sessions?limit=500").json()["items"]
        self.assertEqual(sorted(s["id"] for s in listed), sorted(sessions))
        d.stop()
        audit = run("audit", "--data-dir", self.data_dir)
        self.assertEqual(audit.returncode, 0, audit.stderr)


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
