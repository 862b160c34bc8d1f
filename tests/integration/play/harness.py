"""Starts the programs of a test, keeps their output, and ends them by their own ids."""
import os, queue, shutil, subprocess, sys, threading, time

SKIPPED = 77


def need(*programs):
    for program in programs:
        if shutil.which(program) is None:
            print(f"skipped: {program} is not installed")
            sys.exit(SKIPPED)


class Program:
    def __init__(self, *command, env=None):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True, env={**os.environ, **(env or {})})
        self.lines, self._new = [], queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self._new.put(line.rstrip("\n"))
        self._new.put(None)

    def wait_for(self, start, seconds=20):
        """The first new line that begins so."""
        end = time.monotonic() + seconds
        while True:
            try:
                line = self._new.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"{self.process.args[0]}: no line '{start}'; got {self.lines[-20:]}")
            if line is None:
                raise AssertionError(f"{self.process.args[0]} ended; no line '{start}'; got {self.lines[-20:]}")
            self.lines.append(line)
            if line.startswith(start):
                return line

    def tell(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def asked(self, question, answer, wanted, seconds=30):
        """The line that begins with `answer` to `question`, once it is the wanted one."""
        end = time.monotonic() + seconds
        while True:
            self.tell(question)
            if wanted(line := self.wait_for(answer)):
                return line
            if time.monotonic() > end:
                raise AssertionError(f"{self.process.args[0]}: it never came: {line}")
            time.sleep(0.02)

    def finish(self, seconds=10):
        """Closes its input, waits for its end, and gives all its lines."""
        self.process.stdin.close()
        self.process.wait(seconds)
        while (line := self._new.get(timeout=seconds)) is not None:
            self.lines.append(line)
        return self.lines

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class Jack:
    def __init__(self, name):
        need("jackd", "jack_wait")
        self.env = {"JACK_DEFAULT_SERVER": name, "JACK_NO_AUDIO_RESERVATION": "1"}
        self.name = name
        self.start()

    def start(self):
        self.server = Program("jackd", "-n", self.name, "--no-realtime", "-S", "-d", "dummy", "-r", "48000", "-p", "256")
        subprocess.run(["jack_wait", "-s", self.name, "-w", "-t", "10"], env={**os.environ, **self.env}, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self):
        if self.server.process.poll() is None:
            self.server.process.terminate()
            self.server.process.wait(10)


def sent(lines):
    return [line.split()[2] for line in lines if line.startswith("sent ")]


def hanging(messages):
    """Notes that were started and not ended, out of MIDI messages in hexadecimal."""
    on = []
    for message in messages:
        if message[0] == "9":
            on.append(message[1:4])
        elif message[0] == "8" and message[1:4] in on:
            on.remove(message[1:4])
    return on
