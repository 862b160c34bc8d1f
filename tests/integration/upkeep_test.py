"""Backups beside a running daemon, and the way back."""
import io
import json
import os
import pwd
import unittest
import zipfile

from daemon import DaemonTest, EXAMPLE, SOURCE, eventually, main, run


class Upkeep(DaemonTest):
    def test_a_backup_made_while_the_daemon_runs_is_the_same_box_elsewhere(self):
        with self.daemon() as d:
            job = d.finished_job(d.upload(EXAMPLE.read_bytes()).json()["id"])
            d.request("PATCH", f"+/sessions/{job['session_ids'][0]}", {"starred": True, "tags": ["kept"]})
            before = d.get(f"+/sessions/{job['session_ids'][0]}").json()
            self.assertEqual(d.post("+/backups", {}).status, 202)
            listed = eventually(lambda: d.get("+/backups").json(), lambda seen: seen["items"] and not seen["state"]["backing_up"])
            self.assertIsNone(listed["state"]["backup_error"])
            answer = d.get(listed["items"][0]["url"])
            self.assertEqual(answer.status, 200)
            file = self.data_dir.parent / "fetched.zip"
            file.write_bytes(answer.body)
            self.assertEqual(d.request("DELETE", listed["items"][0]["url"]).status, 204)
            self.assertProblem(d.get(listed["items"][0]["url"]), 404, "unknown_backup")
        manifest = json.loads(zipfile.ZipFile(io.BytesIO(answer.body)).read("manifest.json"))
        self.assertEqual((manifest["sessions"], manifest["pictures"]), (1, 1))
        self.assertEqual(run("restore", file, "--check").returncode, 0)
        elsewhere = self.data_dir.parent / "elsewhere"
        restored = run("restore", file, "--data-dir", elsewhere)
        self.assertEqual(restored.returncode, 0, restored.stderr)
        self.assertEqual(run("audit", "--data-dir", elsewhere).returncode, 0)
        with self.daemon(data_dir=elsewhere) as d:
            self.assertEqual(d.get(f"+/sessions/{before['id']}").json(), before)

    def test_a_store_is_not_written_over_but_can_be_added_to(self):
        with self.daemon() as d:
            d.finished_job(d.upload(EXAMPLE.read_bytes()).json()["id"])
            file = self.data_dir.parent / "one.zip"
            self.assertEqual(run("backup", "-o", file, "--data-dir", self.data_dir).returncode, 0)
            refused = run("restore", file, "--merge", "--data-dir", self.data_dir)
            self.assertEqual(refused.returncode, 1, "a daemon runs there")
        refused = run("restore", file, "--data-dir", self.data_dir)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("there is a store already", refused.stderr)
        other = self.data_dir.parent / "other"
        merged = run("restore", file, "--merge", "--data-dir", other)
        self.assertEqual((merged.returncode, merged.stdout), (0, "1 sessions added, 0 were there already\n"), merged.stderr)

    @unittest.skipUnless(os.geteuid() == 0, "only root can give anything away")
    def test_a_backup_that_root_makes_is_the_daemons_and_nothing_else_becomes_so(self):
        with self.daemon() as d:
            d.finished_job(d.upload(EXAMPLE.read_bytes()).json()["id"])
        owner = pwd.getpwnam("nobody").pw_uid
        for place in (self.data_dir, *self.data_dir.rglob("*")):
            os.chown(place, owner, -1)
        shared = self.data_dir.parent / "shared"
        shared.mkdir()
        stranger = shared / "of-root"
        stranger.touch()
        for folder in (shared, self.data_dir.parent / "new"):
            made = run("backup", "--data-dir", self.data_dir, "--set", f"upkeep.backup_folder={folder}")
            self.assertEqual(made.returncode, 0, made.stderr)
            self.assertEqual([file.stat().st_uid for file in folder.glob("*.zip")], [owner])
        self.assertEqual((shared.stat().st_uid, stranger.stat().st_uid, folder.stat().st_uid), (0, 0, owner))

    def test_everything_goes_to_another_box_as_one_archive_and_no_secret_with_it(self):
        box = self.data_dir.parent
        profiles = box / "profiles"
        profiles.mkdir()
        profile = json.loads((SOURCE / "config/profiles/generic.json").read_text())
        (profiles / "mine.json").write_text(json.dumps({**profile, "id": "mine"}))
        config = box / "doodled.toml"
        settings = (f'# hush\n[profiles]\nfolder = "{profiles}"\n[interpret]\nfind_ollama = false\n'
                    '[[webhook]]\nid = "house"\nurl = "http://127.0.0.1:9/hush?hush"\nsecret_env = "HOUSE"\n')
        with self.daemon(config=settings) as d:
            job = d.finished_job(d.upload(EXAMPLE.read_bytes()).json()["id"])
            before = d.get(f"+/sessions/{job['session_ids'][0]}").json()
            d.post("+/bindings", {"action": "panic", "message": "cc", "number": 20})
            archive = box / "box.zip"
            made = run("export", archive, "--config", config, "--data-dir", self.data_dir)
            self.assertEqual(made.returncode, 0, made.stderr)
        self.assertEqual(run("export", archive, "--data-dir", self.data_dir).returncode, 1, "never over a file")
        held = zipfile.ZipFile(archive)
        self.assertTrue({"settings.toml", "profiles/mine.json", "bindings.json"} <= set(held.namelist()))
        self.assertNotIn(b"hush", held.read("settings.toml"))
        elsewhere = box / "elsewhere"
        imported = run("import", archive, "--data-dir", elsewhere)
        self.assertEqual(imported.returncode, 0, imported.stderr)
        self.assertIn("imported-settings.toml", imported.stdout)
        self.assertEqual(run("audit", "--data-dir", elsewhere).returncode, 0)
        with self.daemon(data_dir=elsewhere) as d:
            self.assertEqual(d.get(f"+/sessions/{before['id']}").json(), before)
            self.assertEqual(len(d.get("+/bindings").json()["items"]), 1)
            self.assertIn("mine", [one["id"] for one in d.get("+/profiles").json()["items"]])
        refused = run("import", archive, "--data-dir", elsewhere)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("--merge", refused.stderr)
        merged = run("import", archive, "--merge", "--data-dir", elsewhere)
        self.assertEqual((merged.returncode, merged.stdout), (0, "0 sessions added, 1 were there already\n"), merged.stderr)
        self.assertEqual(run("import", archive, "--store", "--data-dir", elsewhere).returncode, 2)

    def test_of_a_broken_archive_is_said_what_is_broken(self):
        with self.daemon() as d:
            d.finished_job(d.upload(EXAMPLE.read_bytes()).json()["id"])
            archive = self.data_dir.parent / "box.zip"
            self.assertEqual(run("backup", "-o", archive, "--data-dir", self.data_dir).returncode, 0)
        archive.write_bytes(archive.read_bytes()[:-10])
        elsewhere = self.data_dir.parent / "elsewhere"
        for command in "import", "restore":
            refused = run(command, archive, "--data-dir", elsewhere)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("cut off", refused.stderr)
        archive.write_bytes(b"no archive")
        self.assertIn("not a backup", run("restore", archive, "--data-dir", elsewhere).stderr)
        self.assertFalse((elsewhere / "doodled.sqlite3").exists())

    def test_the_chain_is_checked_after_the_start(self):
        with self.daemon() as d:
            eventually(lambda: d.get("+/backups").json()["state"]["chain"], lambda seen: seen == "fits")
        picture = b"not what it was"
        with self.daemon() as d:
            image = d.post("+/images", EXAMPLE.read_bytes()).json()["id"]
            d.finished_job(d.post("+/jobs", {"image_id": image, "mode": "doodle"}).json()["id"])
        (self.data_dir / "images" / image[:2] / image[2:]).write_bytes(picture)
        with self.daemon() as d:
            state = eventually(lambda: d.get("+/backups").json()["state"], lambda seen: seen["chain"] != "checking")
            self.assertEqual((state["chain"], state["chain_fault"]["row"]), ("broken", 1))
            d.post("+/backups", {})
            failed = eventually(lambda: d.get("+/backups").json()["state"], lambda seen: not seen["backing_up"])
            self.assertEqual(failed["backup_error"]["code"], "audit_failed")


if __name__ == "__main__":
    main()
