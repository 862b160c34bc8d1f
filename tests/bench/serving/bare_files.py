"""nginx and wrk: the bare limit of serving bytes that are known, and who asks for them."""
import collections
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time

SETTINGS = """
daemon off;
{user}
worker_processes auto;
worker_rlimit_nofile 20000;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  keepalive_requests 1000000000;
  open_file_cache max=1000;
  sendfile on;
  tcp_nopush on;
  default_type application/json;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Nginx:
    """Serves one file, /bytes, from its open-file cache, with a worker a core."""

    def __init__(self, body):
        self.place = tempfile.TemporaryDirectory()
        folder, self.port = pathlib.Path(self.place.name), free_port()
        folder.chmod(0o755)
        (folder / "bytes").write_bytes(body)
        settings = folder / "nginx.conf"
        user = "user root;" if pathlib.Path("/proc/self").owner() == "root" else ""
        settings.write_text(SETTINGS.format(folder=folder, port=self.port, user=user))
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        self.process = subprocess.Popen([program, "-p", folder, "-c", settings], stderr=subprocess.DEVNULL)
        self.url = f"http://127.0.0.1:{self.port}/bytes"
        self._wait()

    def _wait(self):
        for _ in range(500):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.01)
        raise RuntimeError("nginx did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)
        self.place.cleanup()


# Prints how many answers took so many microseconds.
TELL = """done = function(summary, latency)
  for i = 1, #latency do io.write(string.format("took %d us: %d\\n", latency(i))) end
end
"""


class Asked:
    """What wrk saw: requests a second, milliseconds at p50 and p99, and how many answers took so many microseconds."""

    def __init__(self, text):
        self.rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
        self.p50, self.p99 = (self._ms(text, share) for share in ("50%", "99%"))
        self.took = {int(us): int(count) for us, count in re.findall(r"took (\d+) us: (\d+)", text)}
        self.refused = int((re.search(r"Non-2xx or 3xx responses: (\d+)", text) or [0, 0])[1])
        errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
        self.errors = sum(map(int, errors.groups())) if errors else 0

    @staticmethod
    def _ms(text, share):
        number, unit = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", text).groups()
        return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def ask(url, connections=1, seconds=5, paths=None):
    """One run of wrk; with `paths` each request takes the next of them instead of the URL's own."""
    command = ["wrk", "--latency", f"-t{min(2, connections)}", f"-c{connections}", f"-d{seconds}s"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(TELL)
        if paths:
            listed = ",".join(f'"{path}"' for path in paths)
            script.write(f"local paths, at = {{{listed}}}, 0\nrequest = function() at = at % #paths + 1\n"
                         "return wrk.format('GET', paths[at]) end\n")
        script.flush()
        asked = Asked(subprocess.run([*command, "-s", script.name, url], check=True, capture_output=True, text=True).stdout)
    if asked.refused or asked.errors:
        raise SystemExit(f"{url}: {asked.refused} refused, {asked.errors} failed")
    return asked


def slowest(runs, share):
    """Milliseconds within which that share of all answers of several runs came."""
    took = sum((collections.Counter(run.took) for run in runs), collections.Counter())
    left = share * took.total()
    for us in sorted(took):
        left -= took[us]
        if left <= 0:
            return us / 1000
