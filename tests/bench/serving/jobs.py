"""Jobs a second with a small picture, and what the daemon adds to a model that answers at once, one and eight at a time.

    DOODLED_BIN=build/release/bin python3 tests/bench/serving/jobs.py [--seconds 10] [--jobs 100]

Clients and model are programs in C, uploaders.c and instant_model.c, that are compiled here: on two cores those in Python took a
quarter of the time. Beside each number is the processor time that a job costs, which other programs of the machine change less. The
bare limit of jobs is one commit of the disk a job.
"""
import argparse
import contextlib
import json
import os
import pathlib
import subprocess
import tempfile
import time

from compiled import compiled
from process import children, spent_ms
from rows import header, missing, quiet_daemon, row
from scripted_model import ScriptedModel, answer, example_of
from uploads import Uploads, noisy_picture, small_picture

ASKED = {"interpreter": "tiny", "mode": "lfo", "fresh": "true"}  # pictures of the same pixels have the same answer


def commits_a_second(folder):
    """Synced appends of a page a second: what a disk allows that is asked once a job."""
    begun, done = time.monotonic(), 0
    with open(pathlib.Path(folder) / "synced", "wb") as file:
        while time.monotonic() - begun < 1:
            file.write(bytes(4096))
            file.flush()
            os.fdatasync(file.fileno())
            done += 1
    return done


def stream_of(text):
    """An answer as OpenAI's API streams it."""
    base = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "model": "tiny-2026"}
    chunks = [{"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]},
              {"choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": "stop"}]},
              {"choices": [], "usage": {"prompt_tokens": 1000, "completion_tokens": 500, "total_tokens": 1500}}]
    return "".join(f"data: {json.dumps(base | chunk)}\n\n" for chunk in chunks) + "data: [DONE]\n\n"


def right_answer(place):
    """What a job of this bench takes for a right answer, out of the schema that it asks a model with."""
    schemas = []

    def script(call):
        schemas.append(call.schema)
        answer(call)

    model = ScriptedModel(script)
    with tempfile.TemporaryDirectory() as data, quiet_daemon(data, more=model.settings()) as daemon:
        Uploads(place, daemon, 1, small_picture(), **ASKED).run(1)
    model.close()
    return stream_of(json.dumps(example_of(schemas[0])))


@contextlib.contextmanager
def instant_model(place, at_once):
    """A model that answers at once, as settings."""
    file = pathlib.Path(place) / "answer"
    if not file.exists():
        file.write_text(right_answer(place))
    with subprocess.Popen([compiled("instant_model", place), file], stdout=subprocess.PIPE, text=True) as model:
        url = f"http://127.0.0.1:{int(model.stdout.readline())}/v1"
        yield (f"[jobs]\nworkers = {at_once}\n[[interpreter]]\nid = \"tiny\"\nkind = \"compatible\"\nbase_url = \"{url}\"\n"
               f"model = \"tiny\"\nconcurrency = {at_once}\n")
        model.terminate()


class Cost:
    """Processor milliseconds of the daemon and of its readers, those that ended too."""

    def __init__(self, daemon):
        self.pid = daemon.process.pid
        self.before = self.now()

    def now(self):
        ours, ended = spent_ms(self.pid)
        return ours, ended + sum(spent_ms(pid)[0] for pid in children(self.pid))

    def a_job(self, jobs):
        ours, readers = ((now - before) / jobs for now, before in zip(self.now(), self.before))
        return f"{ours:.1f} + {readers:.1f} ms"


def rate(place, what, goal, seconds, expected, more="", **fields):
    """About `seconds` long where `expected` jobs a second are done."""
    with tempfile.TemporaryDirectory() as data, quiet_daemon(data, more=more) as daemon:
        commits = commits_a_second(data)
        uploads = Uploads(place, daemon, 4, small_picture(), **fields)
        uploads.run(40)
        cost, jobs = Cost(daemon), expected * seconds
        took = uploads.run(jobs)
        spent = cost.a_job(jobs)
    row(what, goal, f"{jobs / took.seconds:.0f}", f"{commits} syncs a second")
    row("  each of them", "", str(took))
    row("  processor time of each, daemon + readers", "", spent)


def around_a_model(place, jobs, at_once, goal):
    with instant_model(place, at_once) as more, tempfile.TemporaryDirectory() as data, quiet_daemon(data, more=more) as daemon:
        uploads = Uploads(place, daemon, at_once, noisy_picture(3), **ASKED)
        uploads.run(at_once)
        cost = Cost(daemon)
        took = uploads.run(jobs)
        spent = cost.a_job(jobs)
    row(f"a job with 3 MB around an instant model, {at_once} at once", goal, str(took))
    row("  processor time of each, daemon + readers", "", spent)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=10, help="about so long are jobs counted")
    parser.add_argument("--jobs", type=int, default=100, help="with the model")
    arguments = parser.parse_args()
    header("jobs")
    if missing("gcc"):
        return
    with tempfile.TemporaryDirectory() as place:
        rate(place, "jobs a second, small picture, 4 at once", ">= 300", arguments.seconds, 200)
        with instant_model(place, 4) as more:
            rate(place, "  around an instant model", ">= 300", arguments.seconds, 150, more, **ASKED)
        for at_once, goal in ((1, "p50 <= 50 ms"), (8, "p50 <= 180 ms")):
            around_a_model(place, arguments.jobs, at_once, goal)


if __name__ == "__main__":
    main()
