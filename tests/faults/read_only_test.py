"""The file system takes no writes, as after errors of the disk: what is stored is listed and plays, what would have to be written is
refused by name."""
import subprocess

from faults import SONG, FaultTest, main, picture, tried


def mounted(*arguments):
    return subprocess.run(["mount", *arguments], capture_output=True).returncode == 0


class ReadOnly(FaultTest):
    def setUp(self):
        super().setUp()
        self.data_dir.mkdir(parents=True)
        if not mounted("-t", "tmpfs", "none", self.data_dir):
            self.skipTest("mounting needs rights that are not there")
        self.addCleanup(subprocess.run, ["umount", "--lazy", self.data_dir])

    def stored(self):
        with self.daemon() as daemon:
            return daemon.post("+/sessions", SONG).json()["id"]

    def test_what_is_there_plays(self):
        kept, sink = self.stored(), self.sink()
        self.assertTrue(mounted("-o", "remount,ro", self.data_dir))
        with self.daemon(osc_port=sink.port) as daemon:
            self.assertEqual(daemon.get(f"+/sessions/{kept}").json()["id"], kept)
            ready = daemon.get("/readyz")
            self.assertEqual((ready.status, ready.json()["checks"]["disk"]), (503, "the file system takes no writes"))
            self.assertProblem(daemon.upload(picture(1), mode="doodle"), 503, "read_only")
            self.assertEqual(daemon.post(f"+/sessions/{kept}/play", {"devices": ["max"]}).status, 201)
            sink.until_note()
        tried("a daemon that starts where nothing can be written", "nothing: it lists and plays what is there")


if __name__ == "__main__":
    main()
