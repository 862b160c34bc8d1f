"""How late events leave, idle and loaded: bench_timing alone, then while the daemon reads pictures without a pause and
its history is paged.   python3 tests/bench/timing/timing.py [SECONDS]   (DOODLED_BIN: the folder of the programs)

Goals: idle at most 1.1 times the SCHED_FIFO loop at p99; loaded at most 2 times at p99 and 3 times at p99.9."""
import os, pathlib, socket, subprocess, sys, tempfile, threading, urllib.request

SOURCE = pathlib.Path(__file__).resolve().parents[3]
BIN = pathlib.Path(os.environ.get("DOODLED_BIN", SOURCE / "build/release/bin"))
SECONDS = sys.argv[1] if len(sys.argv) > 1 else "30"


def bench():
    subprocess.run([BIN / "bench_timing", SECONDS], check=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Load:
    """Two clients that upload and have read, and two that page through the history, one request after the other."""

    def __init__(self, address):
        self.base, self.done, self.counts = f"http://{address}/api/v1", threading.Event(), {"pictures": 0, "pages": 0}
        picture = (SOURCE / "config/examples/drawing.png").read_bytes()
        self.form = (b'--x\r\nContent-Disposition: form-data; name="mode"\r\n\r\nauto\r\n--x\r\nContent-Disposition: form-data; '
                     b'name="image"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n' + picture + b"\r\n--x--\r\n")
        self.threads = [threading.Thread(target=self.repeat, args=(work,)) for work in [self.upload, self.upload, self.page, self.page]]
        for thread in self.threads:
            thread.start()

    def repeat(self, work):
        while not self.done.is_set():
            work()

    def upload(self):
        request = urllib.request.Request(self.base + "/jobs", self.form, {"Content-Type": "multipart/form-data; boundary=x"})
        urllib.request.urlopen(request).read()
        self.counts["pictures"] += 1

    def page(self):
        urllib.request.urlopen(self.base + "/sessions?limit=100").read()
        self.counts["pages"] += 1

    def end(self):
        self.done.set()
        for thread in self.threads:
            thread.join()


def main():
    print("idle")
    bench()
    with tempfile.TemporaryDirectory() as folder:
        listen = f"127.0.0.1:{free_port()}"
        daemon = subprocess.Popen([BIN / "doodled", "serve", "--listen", listen, "--data-dir", folder, "--set", "log.requests=false"],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            for line in daemon.stdout:
                if line.startswith("listening on"):
                    break
            load = Load(listen)
            print("\nloaded: pictures are read and the history is paged", flush=True)
            bench()
            load.end()
            print(f"meanwhile {load.counts['pictures']} pictures were sent and {load.counts['pages']} pages read")
        finally:
            daemon.terminate()
            daemon.wait(20)


if __name__ == "__main__":
    main()
