"""Backups beside a running daemon, and the way back."""
import io
import json
import unittest
import zipfile

from daemon import DaemonTest, EXAMPLE, eventually, main, run


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
