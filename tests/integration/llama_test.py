"""The schemas of all modes under llama.cpp's own grammars: whatever a model without any sense says by them is an answer.

llama.cpp comes from npm, and is not installed by ./test:

    npm install --ignore-scripts --prefix build/llama @fugood/llama.node@1.7.15 @fugood/node-llama-linux-x64@1.7.15

DOODLED_LLAMA names another folder. Without it the test is skipped."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest

from daemon import EXAMPLE, SKIPPED, SOURCE, Daemon, main

FAKES = SOURCE / "tests" / "fakes" / "llama"
LLAMA = pathlib.Path(os.environ.get("DOODLED_LLAMA", SOURCE / "build" / "llama"))
MODES = ("doodle", "lfo", "photo", "macros", "mpc", "auto", "arrangement", "prompt")
SEEDS = int(os.environ.get("DOODLED_LLAMA_SEEDS", "1"))


class Llama:
    """llama.cpp with a model of random weights, over HTTP."""

    def __init__(self, folder):
        model = folder / "tiny.gguf"
        subprocess.run([sys.executable, FAKES / "tiny_model.py", model], check=True, timeout=60)
        self.log = open(folder / "llama.log", "wb")
        self.process = subprocess.Popen(["node", FAKES / "server.mjs", LLAMA, model], stdout=subprocess.PIPE, stderr=self.log, text=True)
        for line in self.process.stdout:
            if found := re.match(r"listening on (http://\S+)", line):
                self.url = found[1]
                self.rest = threading.Thread(target=self.process.stdout.read)  # llama.cpp talks on
                self.rest.start()
                return
        raise RuntimeError((folder / "llama.log").read_text(errors="replace")[-2000:])

    def close(self):
        self.process.kill()
        self.process.wait(30)
        self.rest.join()
        self.process.stdout.close()
        self.log.close()


class Grammars(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        folder = pathlib.Path(place.name)
        llama = Llama(folder)
        self.addCleanup(llama.close)
        tables = "".join(f'[[interpreter]]\nid = "{name}"\nkind = "compatible"\nbase_url = "{llama.url}"\nmodel = "tiny"\ntakes_seed = true\n{more}'
                         for name, more in (("streamed", ""), ("whole", "streaming = false\n")))
        self.daemon = Daemon(folder / "data", config="[interpret]\nfind_ollama = false\n" + tables)
        self.addCleanup(self.daemon.stop)
        self.image = self.daemon.post("+/images", EXAMPLE.read_bytes()).json()["id"]

    def ask(self, mode, interpreter, seed):
        wish = {"mode": mode, "prompt": "slow waves", "interpreter": interpreter, "options": {"seed": seed}}
        if mode != "prompt":
            wish["image_id"] = self.image
        answer = self.daemon.post("+/jobs", wish)
        self.assertEqual(answer.status, 202, answer.body)
        return self.daemon.finished_job(answer.json()["id"], 300)

    def test_an_answer_by_the_grammar_fits_the_master_schema_at_the_first_asking(self):
        for seed in range(1, SEEDS + 1):
            for mode in MODES:
                with self.subTest(mode=mode, seed=seed):
                    job = self.ask(mode, "streamed" if (seed + MODES.index(mode)) % 2 else "whole", seed)
                    self.assertEqual(job["state"], "done", job["error"])
                    reading = self.daemon.get(f"+/sessions/{job['session_ids'][0]}/interpretation").json()
                    self.assertEqual([attempt["violations"] for attempt in reading["request"]["attempts"]], [[]])


if __name__ == "__main__":
    if not shutil.which("node") or not (LLAMA / "node_modules" / "@fugood" / "llama.node").exists():
        print(f"skipped: no llama.cpp in {LLAMA}")
        sys.exit(SKIPPED)
    main()
