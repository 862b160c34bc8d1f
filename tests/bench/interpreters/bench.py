"""What the daemon adds to a model's own time, and what jobs cost that wait for one. Prints a table.

    DOODLED_BIN=build/release/bin python3 tests/bench/interpreters/bench.py [--jobs 200]
"""
import argparse
import json
import os
import pathlib
import random
import socket
import statistics
import sys
import tempfile
import threading
import time

TESTS = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(TESTS / "integration"), str(TESTS / "fakes"), str(TESTS / "bench" / "serving")]
os.environ.setdefault("DOODLED_BIN", str(TESTS.parent / "build" / "release" / "bin"))
from daemon import Daemon, WebSocket, png  # noqa: E402
from rows import header, row  # noqa: E402
from scripted_model import ScriptedModel, answer, example_of  # noqa: E402


def memory_and_threads(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    field = lambda name: int(status.split(name + ":")[1].split()[0])  # noqa: E731
    return field("RssAnon") / 1024, field("Threads")


def processor_seconds(process):
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def sync_ms(folder):
    """What this disk takes to keep 4 KiB for good, median: a job waits for that twice, when it is taken and when it ends."""
    taken = []
    with open(pathlib.Path(folder) / "synced", "wb") as file:
        for _ in range(50):
            file.write(bytes(4096))
            file.flush()
            begun = time.monotonic()
            os.fdatasync(file.fileno())
            taken.append((time.monotonic() - begun) * 1000)
    return statistics.median(taken)


def noisy_picture(megabytes):
    """A PNG that does not compress, as a scan is: about so many megabytes."""
    side, noise = int((megabytes * 1e6 / 3) ** 0.5), random.Random(1)
    return png(side, side, lambda x, y: noise.randbytes(3))


class Timed:
    """The model: answers at once, and notes how long it had the request: reading it is its own work."""

    def __init__(self):
        self.text, self.spent = None, []

    def __call__(self, call):
        self.text = self.text or json.dumps(example_of(call.schema))
        call.head()
        call.chunk(self.text)
        call.end()
        self.spent.append(time.monotonic() - call.began)


class Client:
    """Keeps its connections and looks at no more than it must, since what it takes itself is counted too."""

    def __init__(self, daemon):
        self.host = f"Host: 127.0.0.1:{daemon.port}\r\nContent-Type: application/json\r\n".encode()
        self.requests = socket.create_connection(("127.0.0.1", daemon.port), timeout=30)
        self.requests.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.events = WebSocket(daemon.port, "/api/v1/events?topics=jobs").socket

    def ask(self, wish):
        """The id of the job."""
        body = json.dumps(wish).encode()
        self.requests.sendall(b"POST /api/v1/jobs HTTP/1.1\r\n" + self.host + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        answer = b""
        while not answer.endswith(b"}"):
            answer += self.requests.recv(65536)
        return json.loads(answer.split(b"\r\n\r\n", 1)[1])["id"].encode()

    def wait(self, job):
        heard = b""
        while b'"finished_at":"' not in heard or job not in heard:
            heard += self.events.recv(65536)
        if b'"state":"done"' not in heard:
            raise SystemExit(f"the job failed: {heard}")

    def close(self):
        self.requests.close()
        self.events.close()


def overhead(make_wish, jobs):
    """Milliseconds from the request to the event that says done, less the model's own time, each; and the daemon's
    processor time a job."""
    script = Timed()
    model = ScriptedModel(script)
    with tempfile.TemporaryDirectory() as place, Daemon(pathlib.Path(place) / "data", config="[interpret]\nfind_ollama = false\n[log]\nlevel = \"warning\"\n" + model.settings()) as daemon:
        client = Client(daemon)
        found = []
        for seed in range(jobs + 10):
            if seed == 10:
                used = processor_seconds(daemon.process)
            wish, begun = make_wish(daemon, seed), time.monotonic()
            client.wait(client.ask(wish))
            found.append((time.monotonic() - begun - script.spent[-1]) * 1000)
        client.close()
        processor = (processor_seconds(daemon.process) - used) * 1000 / jobs
    model.close()
    return found[10:], processor


def stored(daemon, picture, cache={}):
    if daemon.port not in cache:
        cache[daemon.port] = daemon.post("+/images", picture).json()["id"]
    return cache[daemon.port]


def waiting(count, seconds):
    """What `count` jobs cost while they wait for a model that takes so long: MB, threads."""
    release = threading.Event()

    def script(call):
        release.wait(seconds)
        answer(call)

    model = ScriptedModel(script)
    with tempfile.TemporaryDirectory() as place, Daemon(pathlib.Path(place) / "data", config="[interpret]\nfind_ollama = false\n[log]\nlevel = \"warning\"\n" + model.settings(concurrency=count)) as daemon:
        pictures = [daemon.post("+/images", png(600, 400, lambda x, y: (255, seed, y % 256))).json()["id"] for seed in range(count)]
        wish = lambda seed: {"mode": "lfo", "interpreter": "tiny", "image_id": pictures[seed]}  # noqa: E731
        before = memory_and_threads(daemon.process)
        jobs = [daemon.post("+/jobs", wish(seed)).json()["id"] for seed in range(count)]
        model.wait_for_calls(count)
        during = memory_and_threads(daemon.process)
        release.set()
        states = {daemon.finished_job(job)["state"] for job in jobs}
    model.close()
    return during[0] - before[0], during[1] - before[1], states


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=200)
    arguments = parser.parse_args()
    header("around a model that answers at once")
    for name, goal, picture in (("a job with a prompt", "<= 5 ms", None), ("a job with a picture of 3 MB", "<= 50 ms", noisy_picture(3))):
        def wish(daemon, seed):
            asked = {"interpreter": "tiny", "options": {"seed": seed}, "prompt": "slow waves over a dark sea"}
            return {**asked, "mode": "lfo", "image_id": stored(daemon, picture)} if picture else asked
        found, processor = overhead(wish, arguments.jobs)
        row(f"added to the model's time by {name}, median", goal, f"{statistics.median(found):.1f} ms (p95 {statistics.quantiles(found, n=20)[18]:.1f})")
        row(f"processor time of the daemon by {name}", "", f"{processor:.1f} ms")
    with tempfile.TemporaryDirectory() as place:
        row("of the time added: a sync of this disk, twice a job", "", f"{sync_ms(place):.1f} ms")
    megabytes, threads, states = waiting(64, 30)
    row("64 jobs that wait for a model of 30 s, memory", "< 10 MB", f"{megabytes:.1f} MB")
    row("64 jobs that wait for a model of 30 s, threads", "0", f"{threads}")
    if states != {"done"}:
        raise SystemExit(f"jobs ended as {states}")


if __name__ == "__main__":
    main()
