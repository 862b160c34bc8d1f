"""What config/examples tells others to do works against the daemon of this checkout."""
import json
import os
import re
import shutil
import subprocess
import sys
import unittest

import yaml

from daemon import DaemonTest, EXAMPLE, SOURCE, main, run

CLIENTS = SOURCE / "config" / "examples" / "clients"


class Secret(str):
    """What `!secret NAME` stands for in Home Assistant's files."""


class HomeAssistantFile(yaml.SafeLoader):
    pass


HomeAssistantFile.add_constructor("!secret", lambda loader, node: Secret(node.value))


class Examples(DaemonTest):
    def token(self, daemon, *scope):
        made = run("tokens", "new", "an example", *scope, "--set", f"server.listen=127.0.0.1:{daemon.port}", "--data-dir", self.data_dir)
        self.assertEqual(made.returncode, 0, made.stderr)
        return made.stdout.strip()

    def stranger_to(self, daemon, *command, token=None, **environment):
        """A client run as on another machine: `daemon` trusts nobody."""
        clean = {name: value for name, value in os.environ.items() if name != "DOODLED_TOKEN"}
        return subprocess.run(command, capture_output=True, text=True, timeout=120, env={**clean, **environment, **({"DOODLED_TOKEN": token} if token else {})})

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

    def test_from_another_machine_the_clients_need_a_token(self):
        picture = self.data_dir.parent / "drawing.png"
        shutil.copy(EXAMPLE, picture)
        with self.daemon("--set", "access.trusted=192.0.2.0/24") as d:
            box, token = f"http://127.0.0.1:{d.port}", self.token(d, "--scope", "create")
            python, shell = (sys.executable, CLIENTS / "doodled.py", picture, "--play", "max", "--box", box), (CLIENTS / "doodled.sh", picture, "max")
            clients = [(python, {})] + [(shell, {"DOODLED": box})] * bool(shutil.which("jq") and shutil.which("curl"))
            for command, environment in clients:
                for wrong in (None, "doodled_guess"):
                    refused = self.stranger_to(d, *command, token=wrong, **environment)
                    self.assertNotEqual(refused.returncode, 0)
                    self.assertIn("this device is not paired", refused.stderr)
                taken = self.stranger_to(d, *command, token=token, **environment)
                self.assertEqual(taken.returncode, 0, taken.stderr)
                self.assertIn(" bpm", taken.stdout)
            given = self.stranger_to(d, *python, "--token", token)
            self.assertEqual(given.returncode, 0, given.stderr)
            self.assertEqual(picture.with_suffix(".mid").read_bytes()[:4], b"MThd")

    def test_home_assistant_is_let_in_by_its_token(self):
        calls = yaml.load((CLIENTS / "home-assistant.yaml").read_text(), HomeAssistantFile)
        calls = [("GET", rest["resource"], rest) for rest in calls["rest"]] + [(rest["method"], rest["url"], rest) for rest in calls["rest_command"].values()]
        with self.daemon("--set", "access.trusted=192.0.2.0/24") as d:
            self.assertEqual({call["headers"]["Authorization"] for _, _, call in calls}, {Secret("doodled_token")})
            header = {"Authorization": f"Bearer {self.token(d)}"}
            for method, url, call in calls:
                path = url.replace("http://doodled.local:8080", "").replace("{{ session }}", "0" * 26)
                typed = {"Content-Type": call["content_type"]} if "content_type" in call else {}
                self.assertEqual(d.request(method, path, call.get("payload"), typed).status, 401, path)
                answer = d.request(method, path, call.get("payload"), {**typed, **header})
                self.assertIn(answer.status, (404,) if "sessions" in path else (200, 204), answer.body)  # nothing is stored that could be played

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
