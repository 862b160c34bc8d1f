"""The Debian package on a Debian 12 of its own: installed, upgraded, removed, installed again and purged, with a session and settings to lose.

Needs root, debootstrap and DOODLED_DEBIAN_MIRROR (such as http://deb.debian.org/debian), from which some 300 MB are fetched; skipped otherwise. DOODLED_DEBIAN_BASE may name a
tarball of `debootstrap --variant=minbase --make-tarball`. Nothing of this machine but its network is used; the daemon runs as a user of its own, as systemd would have it.
"""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from daemon import Daemon, EXAMPLE, main, program

MIRROR = os.environ.get("DOODLED_DEBIAN_MIRROR")
USER = 61184  # of the range that systemd takes dynamic users from
CONFIG, DATA = "etc/doodled/doodled.toml", "var/lib/doodled"


def lacking():
    if os.geteuid() != 0:
        return "not root"
    if not shutil.which("debootstrap"):
        return "no debootstrap"
    return None if MIRROR else "no DOODLED_DEBIAN_MIRROR"


def run_loudly(*command, **options):
    ended = subprocess.run([*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=1800, **options)
    if ended.returncode != 0:
        raise AssertionError(f"{command} ended with {ended.returncode}: {ended.stdout[-3000:]}")
    return ended.stdout


class Machine:
    """A Debian 12 in a folder. Commands see its /proc and nothing of ours, and leave no mount behind."""

    def __init__(self, folder):
        self.root = folder / "root"
        base = os.environ.get("DOODLED_DEBIAN_BASE")
        run_loudly("debootstrap", "--variant=minbase", *([f"--unpack-tarball={base}"] if base else []), "bookworm", self.root, MIRROR)
        policy = self.root / "usr/sbin/policy-rc.d"
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
        self.run("apt-get", "-qq", "update")

    def command(self, *command, user=0):
        enter = 'mount -t proc proc "$0/proc" && mount -t tmpfs tmpfs "$0/tmp" && exec chroot "$0" "$@"'
        become = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"] if user else []
        return ["unshare", "--mount", "sh", "-c", enter, str(self.root), "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C.UTF-8",
                "DEBIAN_FRONTEND=noninteractive", *become, *map(str, command)]

    def run(self, *command, **options):
        return run_loudly(*self.command(*command, **options))

    def fails(self, *command, **options):
        ended = subprocess.run(self.command(*command, **options), capture_output=True, text=True, timeout=300)
        if ended.returncode == 0:
            raise AssertionError(f"{command} did not fail: {ended.stdout}")
        return ended.stderr

    def install(self, deb):
        shutil.copy(deb, self.root / "doodled.deb")
        self.run("apt-get", "-qq", "-y", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confold", "install", "/doodled.deb")

    def holds(self, path):
        return (self.root / path).exists()


class Service(Daemon):
    """The command of the installed unit, under a user and with a state directory as systemd gives them; the port is one that is free."""

    def __init__(self, machine, folder):
        unit = (machine.root / "lib/systemd/system/doodled.service").read_text()
        command = re.search(r"^ExecStart=(.+)$", unit, re.M).group(1).split()
        data = machine.root / DATA
        data.mkdir(mode=0o700, exist_ok=True)
        os.chown(data, USER, USER)
        self.data_dir = folder / "log"
        self.arguments = machine.command("env", f"STATE_DIRECTORY=/{DATA}", *command, "--listen", "127.0.0.1:0", "--set", "reader.start_timeout=60", user=USER)
        self.start()


def made_deb(folder):
    run_loudly("cpack", "-B", folder / "made", cwd=program().parent.parent)
    return next((folder / "made").glob("doodled_*.deb"))


def newer(deb, folder):
    """The same package as the next version, whose settings file is another too."""
    tree = folder / "newer"
    run_loudly("dpkg-deb", "-R", deb, tree)
    control = tree / "DEBIAN/control"
    control.write_text(re.sub(r"^Version: (.+)$", r"Version: \1+next", control.read_text(), flags=re.M))
    with open(tree / CONFIG, "a") as settings:
        settings.write("# of the next version\n")
    run_loudly("dpkg-deb", "--root-owner-group", "-b", tree, folder / "newer.deb")
    return folder / "newer.deb"


@unittest.skipIf(lacking(), lacking())
class Install(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.machine = Machine(self.folder)

    def service(self):
        service = Service(self.machine, self.folder)
        self.addCleanup(service.leave_nothing)
        return service

    def has_session(self, wanted):
        with self.service() as service:
            self.assertEqual(service.get(f"+/sessions/{wanted['id']}").json(), wanted)

    def test_from_install_to_purge(self):
        deb = made_deb(self.folder)
        self.machine.install(deb)
        session = self.is_installed_and_works()
        self.keeps_history_and_settings(newer(deb, self.folder), session)
        self.is_removed_without_loss(deb, session)
        self.machine.run("apt-get", "-qq", "-y", "purge", "doodled")
        for path in (CONFIG, "etc/doodled", DATA, "usr/bin/doodled"):
            self.assertFalse(self.machine.holds(path), path)

    def is_installed_and_works(self):
        with self.service() as service:
            job = service.upload(EXAMPLE.read_bytes()).json()["id"]
            session = service.get(f"+/sessions/{service.finished_job(job)['session_ids'][0]}").json()
            self.assertIn("runs at", self.machine.run("doodled", "doctor", "--set", f"server.listen=127.0.0.1:{service.port}"))
            self.assertIn("1 sessions", self.machine.run("doodled", "backup"))
        backup, = (self.machine.root / DATA / "backups").glob("*.zip")
        self.assertEqual(backup.stat().st_uid, USER)
        self.assertIn("rows fit", self.machine.run("doodled", "audit"))
        self.assertIn("sudo", self.machine.fails("doodled", "audit", user=65534))
        return session

    def keeps_history_and_settings(self, deb, session):
        with open(self.machine.root / CONFIG, "a") as settings:
            settings.write("# mine\n")
        self.machine.install(deb)
        self.assertTrue(self.machine.run("dpkg-query", "-W", "-f", "${Version}", "doodled").endswith("+next"))
        self.assertTrue((self.machine.root / CONFIG).read_text().endswith("# mine\n"))
        self.has_session(session)

    def is_removed_without_loss(self, deb, session):
        self.machine.run("apt-get", "-qq", "-y", "remove", "doodled")
        self.assertFalse(self.machine.holds("usr/bin/doodled"))
        self.assertFalse(self.machine.holds("lib/systemd/system/doodled.service"))
        self.assertTrue(self.machine.holds(CONFIG))
        self.machine.install(deb)
        self.has_session(session)


if __name__ == "__main__":
    main()
