"""The disk is full, fails, or becomes read-only at each write of a job, one after the other: what was answered with 202 is done once it takes
writes again, what was refused left nothing, and what is stored can be read and played meanwhile."""
import errno

from faults import LONG, SONG, FaultTest, eventually, main, picture, tried


class DiskFull(FaultTest):
    def ask(self, daemon, number, shim, writes, refusal):
        """The job that was taken, if it was."""
        shim.allow_writes(writes)
        answer = daemon.upload(picture(number), mode="doodle")
        if answer.status == 202:
            return answer.json()["id"]
        status, codes = refusal
        self.assertIn(answer.json()["code"], codes)
        self.assertProblem(answer, status, answer.json()["code"])
        return None

    def met(self, daemon, shim):
        """Whether the workers met the disk; false once all is done without."""
        def over():
            health = daemon.get("/healthz")
            self.assertEqual(health.status, 200)
            return shim.refused() or not self.open_jobs(daemon)
        eventually(over, bool)
        return shim.refused() > 0

    @staticmethod
    def open_jobs(daemon):
        return [job for job in daemon.get("+/jobs?limit=500").json()["items"] if job["state"] in ("queued", "running")]

    def test_it_is_full_at_every_write_of_a_job(self):
        self.at_every_write(errno.ENOSPC, (507, ["disk_full"]))

    def test_it_fails_at_every_write_of_a_job(self):
        self.at_every_write(errno.EIO, (503, ["io_error"]))

    def test_it_becomes_read_only_at_every_write_of_a_job(self):
        self.at_every_write(errno.EROFS, (503, ["read_only", "io_error"]))  # SQLite calls every write that fails an I/O error

    def at_every_write(self, error, refusal):
        shim, taken, refused = self.shim(), [], 0
        shim.refuse_with(error)
        daemon = self.daemon()
        kept = daemon.post("+/sessions", SONG).json()["id"]
        for writes in range(2000) if LONG else (*range(8), *range(8, 2000, 15)):
            job = self.ask(daemon, writes, shim, writes, refusal)
            taken += [job] if job else []
            refused += not job
            met = self.met(daemon, shim)
            if met:
                self.assertEqual(daemon.get(f"+/sessions/{kept}").status, 200)
            shim.allow_writes(-1)
            if job:
                self.assertEqual(daemon.finished_job(job)["state"], "done", f"{error} from write {writes} on")
            if not met:
                break
        self.assertFalse(met, "no job was done without it")
        self.assertGreater(refused, 5)
        self.assertGreater(len(taken), 2)
        self.assertNothingLost(daemon, taken)
        self.assertEqual(len(daemon.get("+/sessions?limit=500").json()["items"]), len(taken) + 1)
        daemon.stop()
        self.assertChainFits()
        tried(f"a disk that says {errno.errorcode[error]} from each of {writes} writes of a job on; {refused} told {refusal[0]}, {len(taken)} taken", "nothing")

    def test_what_is_stored_plays_while_the_disk_is_full(self):
        shim, sink = self.shim(), self.sink()
        with self.daemon(osc_port=sink.port) as daemon:
            session = daemon.post("+/sessions", SONG).json()["id"]
            shim.allow_writes(0)
            plays = [daemon.post(f"+/sessions/{session}/play", {"loops": 0}) for _ in range(2)]
            self.assertEqual([play.status for play in plays], [201, 201], plays[0].body)
            sink.until_note()
            ids = [play.json()["id"] for play in plays]
            self.assertEqual(daemon.get(f"+/plays/{ids[1]}").json()["log"]["items"], [])
            self.assertEqual(daemon.request("DELETE", f"+/plays/{ids[1]}").status, 200)
            shim.allow_writes(-1)
            third = daemon.post(f"+/sessions/{session}/play", {"loops": 0}).json()["id"]
            daemon.request("DELETE", f"+/plays/{third}")
            for play in (third, *ids):
                self.assertEqual(daemon.finished_play(play)["state"], "stopped")
        tried("to play a stored session, and to stop it, while the disk is full", "the log of what was sent meanwhile")


if __name__ == "__main__":
    main()
