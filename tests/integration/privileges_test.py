"""A daemon that root started by hand goes on as another user, or says that it does not."""
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import tempfile
import unittest
import unittest.mock

from daemon import Daemon, EXAMPLE, main, program, run

OTHER = "nobody"
POPEN = subprocess.Popen


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
    """From where everybody may run it, by way of another program, with a data directory deeper down."""

    def __init__(self, place, data, way, deeper, *arguments, **options):
        self.place, self.way, self.deeper = place, way, deeper
        super().__init__(data, *arguments, **options)

    def start(self):
        rest = [str(self.data_dir / self.deeper) if word == str(self.data_dir) else word for word in self.arguments[1:]]
        self.arguments = [*self.way, str(self.place / "doodled"), *rest]
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

    def daemon(self, *arguments, listen="127.0.0.1:0", data="data", way=(), deeper=""):
        daemon = Copied(self.place, self.place / data, way, deeper, *arguments, listen=listen)
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

    def test_a_socket_that_was_opened_for_it_is_taken_also_on_a_port_of_root(self):
        port = low_port()
        with socket.create_server(("127.0.0.1", port)) as door:
            os.set_inheritable(door.fileno(), True)
            # As systemd does: descriptor 3, and the process id that the daemon will have.
            way = ("/bin/sh", "-c", 'export LISTEN_FDS=1 LISTEN_PID=$$; fd=$1; shift; eval "exec \\"\\$@\\" 3<&$fd"', "sh", str(door.fileno()))
            with unittest.mock.patch("subprocess.Popen", lambda *given, **named: POPEN(*given, **named, close_fds=False)):
                daemon = self.daemon("--set", f"server.user={OTHER}", listen=f"127.0.0.1:{port}", way=way)
        self.assertEqual(self.status(daemon)["Uid"][0], str(pwd.getpwnam(OTHER).pw_uid))
        self.assertEqual((daemon.port, daemon.get("/healthz").status), (port, 200))

    def test_a_data_directory_is_made_with_the_parents_that_it_lacks(self):
        self.daemon("--set", f"server.user={OTHER}", deeper="a/b")
        made = [self.place / "data" / folder for folder in (".", "a", "a/b", "a/b/doodled.sqlite3")]
        self.assertEqual({one.stat().st_uid for one in made}, {pwd.getpwnam(OTHER).pw_uid})

    def test_who_is_not_root_stays_who_they_are_and_is_told(self):
        user = pwd.getpwnam(OTHER)
        (self.place / "theirs").mkdir()
        os.chown(self.place / "theirs", user.pw_uid, user.pw_gid)
        way = ("setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups")
        daemon = self.daemon("--set", "server.user=root", data="theirs/data", way=way)
        self.assertEqual(self.status(daemon)["Uid"][0], str(user.pw_uid))
        self.assertIn("only root can become the user of server.user", daemon.log_text())

    def test_root_that_stays_root_is_warned_of(self):
        self.assertIn("runs as root", self.daemon().log_text())
        (self.place / "named").mkdir()
        self.assertIn("runs as root", self.daemon("--set", "server.user=root", data="named/data").log_text())
        told = run("doctor", "--set", f"store.data_dir={self.place / 'data'}", "--set", "server.listen=127.0.0.1:1")
        self.assertIn("name another user in server.user", told.stdout)

    def test_what_cannot_be_is_refused_with_the_setting_at_fault(self):
        closed = self.place / "closed"
        closed.mkdir(mode=0o700)
        for user, data, field in (("no-such-user", self.place / "data", "server.user"), (OTHER, closed, "store.data_dir")):
            refused = run("serve", "--listen", "127.0.0.1:0", "--data-dir", data, "--set", f"server.user={user}")
            self.assertEqual(refused.returncode, 2, refused.stderr)
            self.assertIn(f"{field}:", refused.stderr)
            self.assertEqual(list(closed.iterdir()), [])

    def test_what_root_left_in_the_directory_is_refused_with_what_to_do(self):
        self.daemon().stop()
        os.chown(self.place / "data", *pwd.getpwnam(OTHER)[2:4])
        refused = run("serve", "--listen", "127.0.0.1:0", "--data-dir", self.place / "data", "--set", f"server.user={OTHER}")
        self.assertEqual(refused.returncode, 2, refused.stderr)
        self.assertIn("store.data_dir:", refused.stderr)
        self.assertIn(f"chown -R {OTHER}", refused.stderr)


if __name__ == "__main__":
    main()
