"""`doodled doctor`: a line for each part of the box, and what to do where something is wrong."""
import socket
import sqlite3

from daemon import DaemonTest, EXAMPLE, eventually, free_udp_port, main, run


class Doctor(DaemonTest):
    def look(self, listen="127.0.0.1:0", more=""):
        """Its exit code, and its lines by what they tell of: (state, text)."""
        file = self.data_dir.parent / "doctor.toml"
        file.write_text(f'[interpret]\nfind_ollama = false\n[server]\nlisten = "{listen}"\n[[input]]\nid = "osc"\nkind = "osc"\n'
                        f'port = {free_udp_port()}\n[[device]]\nid = "none"\ndriver = "null"\n{more}')
        ended = run("doctor", "--config", file, "--data-dir", self.data_dir)
        lines = {line[6:22].strip(): (line[:5].strip(), line[23:]) for line in ended.stdout.splitlines()}
        return ended.returncode, lines

    def test_a_box_before_its_first_start(self):
        code, lines = self.look()
        self.assertEqual(code, 0, lines)
        for what in ("settings", "data directory", "disk", "database", "real-time", "timer", "clock", "ALSA", "JACK", "auditions", "reader",
                     "daemon", "port", "input osc", "device none"):
            self.assertIn(what, lines)
        self.assertIn("will be made", lines["database"][1])
        self.assertIn("doctor.toml can be used", lines["settings"][1])
        self.assertFalse(self.data_dir.exists())

    def test_a_running_daemon_is_asked(self):
        with self.daemon() as daemon:
            code, lines = self.look(f"127.0.0.1:{daemon.port}")
        self.assertEqual((code, lines["database"][0]), (0, "ok"), lines)
        self.assertIn("runs at", lines["daemon"][1])
        self.assertIn("device max", lines)
        self.assertNotIn("port", lines)

    def test_a_port_that_another_program_has(self):
        with socket.create_server(("127.0.0.1", 0)) as other:
            code, lines = self.look(f"127.0.0.1:{other.getsockname()[1]}")
        self.assertEqual((code, lines["port"][0]), (1, "FAIL"))
        self.assertIn("another program has it", lines["port"][1])

    def test_a_damaged_database(self):
        with self.daemon():
            pass
        file = self.data_dir / "doodled.sqlite3"
        text = bytearray(file.read_bytes())
        text[4096:3 * 4096] = bytes(2 * 4096)
        file.write_bytes(text)
        code, lines = self.look()
        self.assertEqual((code, lines["database"][0]), (1, "FAIL"), lines)
        self.assertIn("restore", lines["database"][1])

    def test_bindings_that_cannot_be_read_do_not_keep_the_daemon_from_starting(self):
        self.data_dir.mkdir()
        (self.data_dir / "bindings.json").write_text("[{")
        _, lines = self.look()
        self.assertEqual(lines["bindings"][0], "note", lines)
        with self.daemon() as daemon:
            damaged = daemon.get("+/status").json()["storage"]["damaged_files"]
            self.assertEqual(len(damaged), 1)
            self.assertEqual((self.data_dir / damaged[0]).read_text(), "[{")
            self.assertEqual(daemon.get("+/bindings").json()["items"], [])
            _, lines = self.look(f"127.0.0.1:{daemon.port}")
        self.assertIn(damaged[0], lines["bindings"][1])

    def test_what_the_upkeep_of_a_running_daemon_could_not_do(self):
        with self.daemon() as daemon:
            image = daemon.session_of(EXAMPLE.read_bytes())["image_id"]
            _, lines = self.look(f"127.0.0.1:{daemon.port}")
            self.assertEqual(lines["backups"][0], "ok", lines)
            (self.data_dir / "images" / image[:2] / image[2:]).write_bytes(b"not what it was")
            daemon.post("+/backups", {})
            eventually(lambda: daemon.get("+/backups").json()["state"], lambda state: state["backup_failures"] == 1)
            code, lines = self.look(f"127.0.0.1:{daemon.port}")
        self.assertEqual((code, lines["backups"][0]), (1, "FAIL"), lines)

    def test_a_database_that_keeps_what_is_free(self):
        with self.daemon():
            pass
        with sqlite3.connect(self.data_dir / "doodled.sqlite3", isolation_level=None) as database:
            database.executescript("PRAGMA auto_vacuum = NONE; VACUUM; CREATE TABLE much (a); INSERT INTO much VALUES (zeroblob(20 << 20)); DROP TABLE much")
        code, lines = self.look()
        self.assertEqual((code, lines["database"][0]), (0, "note"), lines)
        self.assertIn("20 MiB", lines["database"][1])
        archive = self.data_dir.parent / "all.zip"
        self.assertEqual(run("backup", "-o", archive, "--data-dir", self.data_dir).returncode, 0)
        self.data_dir.rename(self.data_dir.parent / "before")
        self.assertEqual(run("restore", archive, "--data-dir", self.data_dir).returncode, 0)
        _, lines = self.look()
        self.assertEqual(lines["database"][0], "ok", lines)
        with sqlite3.connect(self.data_dir / "doodled.sqlite3") as database:
            self.assertEqual(database.execute("PRAGMA auto_vacuum").fetchone(), (2,))

    def test_a_database_of_a_newer_program(self):
        with self.daemon():
            pass
        with sqlite3.connect(self.data_dir / "doodled.sqlite3") as database:
            database.execute("PRAGMA user_version = 999")
        code, lines = self.look()
        self.assertEqual((code, lines["database"][0]), (1, "FAIL"), lines)
        self.assertIn("newer", lines["database"][1])


if __name__ == "__main__":
    main()
