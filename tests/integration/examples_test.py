"""What config/examples tells others to do works against the daemon of this checkout."""
import json
import os
import re
import shutil
import subprocess
import sys
import unittest

from daemon import DaemonTest, EXAMPLE, SOURCE, main

CLIENTS = SOURCE / "config" / "examples" / "clients"


class Examples(DaemonTest):
    def test_the_python_client_reads_a_picture_saves_the_midi_file_and_plays(self):
        picture = self.data_dir.parent / "drawing.png"
        shutil.copy(EXAMPLE, picture)
        with self.daemon() as d:
            ran = subprocess.run([sys.executable, CLIENTS / "doodled.py", picture, "--play", "max", "--box", f"http://127.0.0.1:{d.port}"],
                                 capture_output=True, text=True, timeout=120)
            self.assertEqual(ran.returncode, 0, ran.stderr)
            self.assertIn(" bpm: ", ran.stdout)
            self.assertEqual(picture.with_suffix(".mid").read_bytes()[:4], b"MThd")
            self.assertEqual(len(d.get("+/plays").json()["items"]), 1)

    def test_the_python_client_says_which_field_is_wrong(self):
        with self.daemon() as d:
            ran = subprocess.run([sys.executable, CLIENTS / "doodled.py", "--words", "bells", "--mode", "opera", "--box", f"http://127.0.0.1:{d.port}"],
                                 capture_output=True, text=True, timeout=120)
        self.assertEqual(ran.returncode, 1)
        self.assertIn("mode", ran.stderr)

    def test_the_shell_client_does_the_same(self):
        if not shutil.which("jq") or not shutil.which("curl"):
            self.skipTest("needs curl and jq")
        with self.daemon() as d:
            ran = subprocess.run([CLIENTS / "doodled.sh", EXAMPLE, "max"], capture_output=True, text=True, timeout=120,
                                 env={**os.environ, "DOODLED": f"http://127.0.0.1:{d.port}"})
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertRegex(ran.stdout, r" bpm\nplay [0-9a-z]{26}\n$")

    def test_home_assistant_calls_what_is_documented(self):
        documented = (SOURCE / "schemas" / "openapi.yaml").read_text()
        for path in re.findall(r'http://doodled.local:8080(/[^"\n]*)', (CLIENTS / "home-assistant.yaml").read_text()):
            self.assertTrue(f"\n  {path.replace('{{ session }}', '{id}')}:\n" in documented, path)

    def test_the_dashboard_shows_what_the_daemon_measures(self):
        board = json.loads((SOURCE / "config" / "examples" / "grafana.json").read_text())
        wanted = {name for panel in board["panels"] for target in panel["targets"] for name in re.findall(r"doodled_\w+", target["expr"])}
        source = (SOURCE / "server" / "metrics.cpp").read_text()
        for name in wanted:
            self.assertIn(f'"{re.sub("_bucket$", "", name)}"', source)


if __name__ == "__main__":
    main()
