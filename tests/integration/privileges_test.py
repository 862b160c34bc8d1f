"""A daemon that root started by hand goes on as another user, or says that it does not."""
import os
import pathlib
import pwd
import shutil
import socket
import tempfile
import unittest

from daemon import Daemon, EXAMPLE, main, program, run

OTHER = "nobody"


def low_port():
    for port in range(1023, 600, -1):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise unittest.SkipTest("no port below 1024 is free")


class Copied(Daemon):
    """From where everybody may run it."""

    def start(self):
        self.arguments[0] = str(self.data_dir.parent / "doodled")
        super().start()


@unittest.skipUnless(os.geteuid() == 0, "only root can give anything up")
class Privileges(unittest.TestCase):
    def setUp(self):
        # Where everybody may come to: the home of root is closed.
        self.place = pathlib.Path(tempfile.mkdtemp(dir="/var/tmp"))
        self.addCleanup(shutil.rmtree, self.place)
        self.place.chmod(0o755)
        for name in ("doodled", "doodled-reader"):
            shutil.copy(program(name), self.place)

    def daemon(self, *arguments, listen="127.0.0.1:0", data="data"):
        daemon = Copied(self.place / data, *arguments, listen=listen)
        self.addCleanup(daemon.stop)
        return daemon

    def status(self, daemon):
        lines = pathlib.Path(f"/proc/{daemon.process.pid}/status").read_text().splitlines()
        return {name: value.split() for name, _, value in (line.partition(":") for line in lines)}

    def test_it_goes_on_as_another_user_and_works_on_a_port_of_root(self):
        port, user = low_port(), pwd.getpwnam(OTHER)
        daemon = self.daemon("--set", f"server.user={OTHER}", listen=f"127.0.0.1:{port}")
        status = self.status(daemon)
        self.assertEqual((status["Uid"], status["Gid"]), ([str(user.pw_uid)] * 4, [str(user.pw_gid)] * 4))
        self.assertEqual(set(map(int, status["Groups"])), set(os.getgrouplist(OTHER, user.pw_gid)))
        self.assertEqual((status["NoNewPrivs"], status["CapEff"], status["CapPrm"]), (["1"], ["0" * 16], ["0" * 16]))
        self.assertEqual(daemon.port, port)
        session = daemon.session_of(EXAMPLE.read_bytes(), mode="doodle")
        self.assertTrue(session)
        self.assertEqual({file.stat().st_uid for file in (self.place / "data").rglob("*")}, {user.pw_uid})
        self.assertEqual((self.place / "data").stat().st_uid, user.pw_uid)
        self.assertNotIn("runs as root", daemon.log_text())

    def test_root_that_stays_root_is_warned_of(self):
        self.assertIn("runs as root", self.daemon().log_text())
        told = run("doctor", "--set", f"store.data_dir={self.place / 'data'}", "--set", "server.listen=127.0.0.1:1")
        self.assertIn("name a user in server.user", told.stdout)

    def test_what_cannot_be_is_refused_with_the_setting_at_fault(self):
        closed = self.place / "closed"
        closed.mkdir(mode=0o700)
        for user, data, field in (("no-such-user", self.place / "data", "server.user"), (OTHER, closed, "store.data_dir")):
            refused = run("serve", "--listen", "127.0.0.1:0", "--data-dir", data, "--set", f"server.user={user}")
            self.assertEqual(refused.returncode, 2, refused.stderr)
            self.assertIn(f"{field}:", refused.stderr)
            self.assertEqual(list(closed.iterdir()), [])


if __name__ == "__main__":
    main()
