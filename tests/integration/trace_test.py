"""Where the time of a job went: from the upload's first byte to the first note, also after a restart."""
import json

from daemon import DaemonTest, EXAMPLE, OscSink, eventually, main, png


class Trace(DaemonTest):
    def trace(self, box, job):
        answer = box.get(f"+/jobs/{job}/trace")
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json()

    def spans(self, trace, name):
        return [span for span in trace["spans"] if span["name"] == name]

    def one(self, trace, name):
        found = self.spans(trace, name)
        self.assertEqual(len(found), 1, json.dumps(trace, indent=1))
        return found[0]

    def played_job(self, box, sink):
        answer = box.upload(EXAMPLE.read_bytes(), mode="doodle", options={"bars": 1}, play={"devices": ["max"]})
        self.assertEqual(answer.status, 202, answer.body)
        job = eventually(lambda: box.get(f"+/jobs/{answer.json()['id']}").json(), lambda job: job["play_ids"])
        box.finished_play(job["play_ids"][0])
        sink.datagrams()
        return job, answer.headers["X-Request-Id"]

    def test_one_upload_is_followed_from_its_first_byte_to_its_first_note(self):
        sink = OscSink()
        with self.daemon(osc_port=sink.port) as box:
            job, request = self.played_job(box, sink)
            trace = self.trace(box, job["id"])
            self.assertEqual((trace["job_id"], trace["state"], self.one(trace, "job")["parent"]), (job["id"], "done", None))
            self.assertEqual(self.one(trace, "upload")["facts"]["request_id"], request)
            self.assertIn(f"job accepted job={job['id']} request={request}", box.log_text())
            self.assertEqual(self.one(trace, "upload")["start_ms"], 0)
            self.assertGreater(self.one(trace, "receive")["facts"]["bytes"], len(EXAMPLE.read_bytes()))
            self.assertEqual(self.one(trace, "interpret")["facts"]["interpreter"], "builtin")
            self.assertEqual(self.one(trace, "run")["facts"], {"attempt": 1, "state": "done"})
            self.assertEqual(self.one(trace, "commit session")["facts"]["session_ids"], job["session_ids"])
            self.assertEqual(self.one(trace, "play")["facts"], {"play_id": job["play_ids"][0], "session_id": job["session_ids"][0], "devices": ["max"]})
            note = self.one(trace, "first note")
            self.assertEqual(note["facts"]["device"], "max")
            self.assertAlmostEqual(note["duration_ms"], note["facts"]["late_ms"], delta=0.01)
            # each part lies within what it is part of; the parts of an upload and of a run follow each other
            by_id = {span["id"]: span for span in trace["spans"]}
            for span in trace["spans"]:
                above = by_id.get(span["parent"])
                if above and above["name"] not in ("play", "read"):
                    self.assertGreaterEqual(span["start_ms"], above["start_ms"], span)
                    self.assertLessEqual(span["start_ms"] + span["duration_ms"], above["start_ms"] + above["duration_ms"] + 0.01, span)
            order = ["receive", "look", "store picture", "commit", "queue wait", "run", "play", "first packet"]
            starts = [self.one(trace, name)["start_ms"] for name in order]
            self.assertEqual(starts, sorted(starts), list(zip(order, starts)))
            self.assertEqual({span["name"] for span in trace["spans"]} & {"read", "decode", "see", "compose", "rules"},
                             {"read", "decode", "see", "compose", "rules"})
            self.assertProblem(box.get("+/jobs/none/trace"), 404, "unknown_job")
        with self.daemon(osc_port=sink.port) as box:
            self.assertEqual(self.trace(box, job["id"]), trace)

    def test_a_job_that_failed_has_a_trace_that_says_so(self):
        with self.daemon() as box:
            job = box.upload(png(400, 300, lambda x, y: (250, 250, 248)))
            self.assertEqual(job.status, 202, job.body)
            trace = self.trace(box, box.finished_job(job.json()["id"])["id"])
            self.assertEqual((trace["state"], self.one(trace, "run")["facts"]["state"]), ("failed", "failed"))
            self.assertEqual(self.one(trace, "interpret")["facts"]["outcome"], "nothing_found")
            self.assertEqual((self.spans(trace, "commit session"), self.spans(trace, "play")), ([], []))


if __name__ == "__main__":
    main()
