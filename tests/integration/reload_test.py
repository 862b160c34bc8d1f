"""Settings of devices change while the daemon runs: by SIGHUP and by the API, all or nothing, without disturbing what plays."""
import pathlib
import signal
import tempfile
import unittest

from daemon import Daemon, eventually

TWO = '[[device]]\nid = "a"\ndriver = "null"\n[[device]]\nid = "b"\ndriver = "null"\n'
SONG = {"midi_sequence": [{"step": 0, "note": 60, "velocity": 96, "active": True}]}


class Reload(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.addCleanup(self.place.cleanup)
        self.folder = pathlib.Path(self.place.name) / "profiles"
        self.folder.mkdir()
        self.daemon = Daemon(pathlib.Path(self.place.name) / "data", config=TWO + f'[profiles]\nfolder = "{self.folder}"\n')
        self.daemon.__enter__()
        self.addCleanup(self.daemon.__exit__, None, None, None)
        self.file = pathlib.Path(self.place.name) / "doodled.toml"

    def devices(self):
        return {device["id"]: device for device in self.daemon.get("+/devices").json()["items"]}

    def play(self, device):
        session = self.daemon.post("+/sessions", SONG).json()["id"]
        return self.daemon.post(f"+/sessions/{session}/play", {"devices": [device], "loops": 0}).json()["id"]

    def test_changed_devices_are_opened_again_and_unchanged_ones_play_on(self):
        plays = [self.play("a"), self.play("b")]
        sent = self.devices()["a"]["packets_sent"]
        text = self.file.read_text().replace('id = "b"\n', 'id = "b"\nlatency_ms = 5\n') + '[[device]]\nid = "c"\ndriver = "null"\n'
        self.file.write_text(text)
        report = self.daemon.post("+/devices/reload").json()
        self.assertEqual(report, {"kept": ["a"], "changed": ["b"], "added": ["c"], "removed": []})
        for play in plays:
            self.assertEqual(self.daemon.get(f"+/plays/{play}?limit=1").json()["state"], "playing")
        eventually(self.devices, lambda now: now["a"]["packets_sent"] > sent and now["c"]["state"] == "ready")

    def test_a_mistake_changes_nothing_and_names_the_line(self):
        good = self.file.read_text()
        self.file.write_text(good.replace('"null"', '"nul"', 1))
        refused = self.daemon.post("+/devices/reload")
        self.assertEqual(refused.status, 422)
        self.assertIn("/device/0/driver", str(refused.json()["errors"]))
        self.assertEqual(set(self.devices()), {"a", "b"})

    def test_a_hangup_reads_the_settings_again(self):
        self.file.write_text(self.file.read_text().replace('[[device]]\nid = "b"\ndriver = "null"\n', ""))
        self.daemon.process.send_signal(signal.SIGHUP)
        eventually(self.devices, lambda now: set(now) == {"a"})

    def test_profiles_of_a_folder_are_used_after_a_reload_and_broken_ones_are_said(self):
        (self.folder / "mine.json").write_text('{"id": "mine", "controllers": {"cutoff": {"nrpn": [1, 32]}}}')
        (self.folder / "broken.json").write_text('{"id": "broken", "colour": 1}')
        self.file.write_text(self.file.read_text().replace('id = "b"\n', 'id = "b"\nprofile = "mine"\n'))
        self.assertEqual(self.daemon.post("+/devices/reload").json()["changed"], ["b"])
        routes = self.daemon.get("+/devices/b/controllers").json()["items"]
        self.assertEqual([(route["parameter"], route["message"]) for route in routes], [("cutoff", "NRPN 1:32")])
        listed = self.daemon.get("+/profiles").json()
        self.assertIn("mine", [profile["id"] for profile in listed["items"]])
        self.assertIn("/colour", str(listed["problems"]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
