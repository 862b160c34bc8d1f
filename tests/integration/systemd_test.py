"""What systemd and the daemon tell each other, with this test in systemd's place; and what the package would install."""
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import unittest
import urllib.request

from daemon import DaemonTest, EXAMPLE, SOURCE, main, program


class Told(unittest.TestCase):
    """The daemon as a service: sd_notify(3) to a socket of ours, and a listening socket from us."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.notified = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notified.bind(str(self.folder / "notify"))
        self.notified.settimeout(30)
        self.addCleanup(self.notified.close)

    def start(self, environment, pass_fds=()):
        # The shell knows the process id that the daemon will have, which LISTEN_PID must be.
        process = subprocess.Popen(["/bin/sh", "-c", 'export LISTEN_PID=$$; exec "$@"', "sh", str(program()), "serve", "--listen", "127.0.0.1:0",
                                    "--data-dir", str(self.folder / "data")],
                                   env={**os.environ, "NOTIFY_SOCKET": str(self.folder / "notify"), **environment}, stdout=subprocess.PIPE, text=True,
                                   stderr=subprocess.DEVNULL, preexec_fn=(lambda: os.dup2(pass_fds[0], 3)) if pass_fds else None, close_fds=not pass_fds)
        self.addCleanup(process.stdout.close)
        self.addCleanup(lambda: process.poll() is None and process.kill())
        return process

    def told(self):
        return self.notified.recv(4096).decode()

    def test_it_says_when_it_is_ready_and_well_and_stopping(self):
        process = self.start({"WATCHDOG_USEC": "300000"})
        self.assertEqual(self.told(), "READY=1")
        self.assertEqual([self.told() for _ in range(3)], ["WATCHDOG=1"] * 3)
        process.send_signal(signal.SIGTERM)
        while (last := self.told()) == "WATCHDOG=1":
            pass
        self.assertEqual(last, "STOPPING=1")
        self.assertEqual(process.wait(30), 0)

    def test_it_takes_over_the_socket_that_systemd_opened(self):
        with socket.create_server(("127.0.0.1", 0)) as door:
            process = self.start({"LISTEN_FDS": "1"}, pass_fds=[door.fileno()])
            self.assertEqual(self.told(), "READY=1")
            port = door.getsockname()[1]
            self.assertEqual(process.stdout.readline().strip(), f"listening on http://127.0.0.1:{port}")
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
                self.assertEqual(answer.status, 200)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(30), 0)


class Journalled(DaemonTest):
    """The daemon whose stderr systemd has connected to its journal, with this test in the journal's place."""

    # A place of its own for /run, which the journal's socket is in.
    APART = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]

    def setUp(self):
        super().setUp()
        if not shutil.which("unshare") or subprocess.run([*self.APART, "true"], capture_output=True).returncode != 0:
            self.skipTest("no mount namespaces for this user")
        self.run = self.data_dir.parent / "run"
        (self.run / "systemd/journal").mkdir(parents=True)
        self.journal = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(self.journal.close)
        self.journal.bind(str(self.run / "systemd/journal/socket"))
        self.journal.settimeout(30)

    def start(self, stream):
        log = open(self.data_dir.parent / "stderr", "wb")
        self.addCleanup(log.close)
        about = os.fstat(log.fileno())
        script = 'mount --bind "$1" /run && shift && exec "$@"'
        process = subprocess.Popen([*self.APART, "sh", "-c", script, "sh", str(self.run), str(program()), "serve", "--listen", "127.0.0.1:0", "--data-dir", str(self.data_dir)],
                                   env={**os.environ, "JOURNAL_STREAM": stream or f"{about.st_dev}:{about.st_ino}"}, stdout=subprocess.PIPE, text=True, stderr=log)
        self.addCleanup(process.stdout.close)
        self.addCleanup(lambda: process.poll() is None and process.kill())
        return process

    def entry(self, wanted):
        """The fields of the next entry that has all those wanted."""
        while True:
            lines = self.journal.recv(1 << 16).decode().splitlines()
            fields = dict(line.split("=", 1) for line in lines)
            if wanted.items() <= fields.items():
                return fields

    def asked(self, process):
        url = process.stdout.readline().split()[-1]
        with urllib.request.urlopen(f"{url}/api/v1/sessions", timeout=10) as answer:
            request = answer.headers["X-Request-Id"]
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(30), 0)
        return request

    def stderr(self):
        return (self.data_dir.parent / "stderr").read_text()

    def test_what_happens_is_found_by_its_fields(self):
        request = self.asked(self.start(None))
        entry = self.entry({"DOODLED_REQUEST": request})
        self.assertRegex(entry.pop("MESSAGE"), f"^http: request method=GET path=/api/v1/sessions status=200 .*request={request}$")
        self.assertEqual({name: value for name, value in entry.items() if name not in ("DOODLED_MS", "DOODLED_BYTES")},
                         {"PRIORITY": "6", "SYSLOG_IDENTIFIER": "doodled", "DOODLED_AREA": "http", "DOODLED_METHOD": "GET", "DOODLED_PATH": "/api/v1/sessions",
                          "DOODLED_STATUS": "200", "DOODLED_REQUEST": request})
        self.assertNotIn("request", self.stderr())

    def test_a_stderr_that_is_not_the_journal_has_plain_lines(self):
        request = self.asked(self.start("1:2"))
        self.assertIn(f"request={request}", self.stderr())

    def test_without_the_journals_socket_the_lines_are_plain(self):
        (self.run / "systemd/journal/socket").unlink()
        request = self.asked(self.start(None))
        self.assertIn(f"request={request}", self.stderr())


class Unit(unittest.TestCase):
    """What systemd itself says of systemd/doodled.service."""

    @unittest.skipUnless(shutil.which("systemd-analyze"), "no systemd-analyze")
    def test_it_is_shut_in_as_well_as_is_promised(self):
        analyzed = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=20", SOURCE / "systemd/doodled.service"],
                                  capture_output=True, text=True, timeout=60)
        self.assertEqual(analyzed.returncode, 0, analyzed.stderr + analyzed.stdout)


class Package(unittest.TestCase):
    """The .deb, made from this build, unpacked and used."""

    @classmethod
    def setUpClass(cls):
        if not shutil.which("dpkg-deb"):
            raise unittest.SkipTest("no dpkg-deb")
        cls.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.folder.name)
        build = program().parent.parent
        subprocess.run(["cpack", "-B", str(folder / "made")], cwd=build, check=True, capture_output=True, timeout=300)
        cls.deb = next((folder / "made").glob("doodled_*.deb"))
        cls.root = folder / "root"
        subprocess.run(["dpkg-deb", "-R", str(cls.deb), str(cls.root)], check=True)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_what_is_installed_runs_and_reads_a_picture(self):
        read = subprocess.run([self.root / "usr/bin/doodled", "read", str(EXAMPLE)], capture_output=True, text=True, timeout=120)
        self.assertEqual(read.returncode, 0, read.stderr)
        self.assertIn('"document"', read.stdout)

    def test_the_settings_survive_an_upgrade_and_are_those_that_are_documented(self):
        self.assertEqual((self.root / "DEBIAN/conffiles").read_text().split(), ["/etc/doodled/doodled.toml"])
        self.assertEqual((self.root / "etc/doodled/doodled.toml").read_text(), (SOURCE / "config/doodled.toml").read_text())

    def test_the_unit_runs_what_is_installed(self):
        unit = (self.root / "lib/systemd/system/doodled.service").read_text()
        command = re.search(r"^ExecStart=(.+)$", unit, re.M).group(1).split()
        self.assertTrue((self.root / command[0].lstrip("/")).is_file())
        self.assertTrue((self.root / command[-1].lstrip("/")).is_file())

    def test_the_manual_has_every_command_and_every_setting(self):
        helped = subprocess.run([program(), "--help"], capture_output=True, text=True, timeout=30).stdout
        commands = re.findall(r"^  ([a-z]+) {2,}", helped.split("Subcommands:")[1], re.M)
        page = (self.root / "usr/share/man/man1/doodled.1").read_text()
        completion = (self.root / "usr/share/bash-completion/completions/doodled").read_text()
        for command in commands:
            self.assertIn(f".SS doodled {command}", page)
            self.assertIn(f"    {command}) words=", completion)
        settings = (self.root / "usr/share/man/man5/doodled.toml.5").read_text().replace("\\-", "-")
        for key in re.findall(r"^#?([a-z_]+) = ", (SOURCE / "config/doodled.toml").read_text(), re.M):
            self.assertIn(key, settings)

    def test_the_scripts_are_sound(self):
        for script in ["postinst", "prerm", "postrm"]:
            subprocess.run(["sh", "-n", self.root / "DEBIAN" / script], check=True)
            self.assertTrue(os.access(self.root / "DEBIAN" / script, os.X_OK))


if __name__ == "__main__":
    main()
