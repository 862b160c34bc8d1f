"""The box and the real script of the Max for Live companion over UDP, with a network between that loses, repeats and
reorders: both come to hold the same. Needs Node.js and the built device."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

import documents
from daemon import SKIPPED, SOURCE, DaemonTest, eventually, free_udp_port, main

NODE = shutil.which("node") or shutil.which("nodejs")
BUILT = pathlib.Path(os.environ["DOODLED_BIN"]).parent / "drivers" / "max" / "device"


class Companion:
    """doodled.js in Node.js behind a bad network."""

    def __init__(self, listen, box, loss=0.0, seed=1):
        self.process = subprocess.Popen(
            [NODE, str(SOURCE / "tests" / "max_device" / "fakes" / "udp_device.js"), str(listen), str(box), str(loss), str(seed)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "DOODLED_MAX_DEVICE": str(BUILT)})
        assert self.process.stdout.readline() == "listening\n"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()

    def say(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def held(self):
        self.say("state")
        return json.loads(self.process.stdout.readline())

    def eventually(self, wanted, seconds=60):
        return eventually(self.held, wanted, seconds)


def device(name, port, reply_port):
    return f'[[device]]\nid = "{name}"\ndriver = "max"\nport = {port}\nreply_port = {reply_port}\nstream_hz = 0\n'


class Max(DaemonTest):
    def setUp(self):
        super().setUp()
        self.ports = {name: (free_udp_port(), free_udp_port()) for name in ("calm", "stormy")}
        self.config = "".join(device(name, *ports) for name, ports in self.ports.items())

    def play(self, daemon, session, **options):
        answer = daemon.post(f"+/sessions/{session['id']}/play", {"devices": ["calm", "stormy"], **options})
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()["id"]

    def session(self, daemon, bars=16):
        """Patch values, steps with a chance, a drawn LFO and several parts: a document of many parts."""
        document = daemon.post("+/sessions/check", documents.DOODLE).json()["document"]
        document["tracks"][0]["patterns"][0]["notes"][0]["probability"] = 0.5
        document["arrangement"] = [{**document["arrangement"][0], "name": f"Part {i}", "bars": bars // 4} for i in range(4)]
        answer = daemon.post("+/sessions", document)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()

    def same(self, one, other):
        return one["connected"] and one["document"] is not None and [one["document"], one["state"][:2], one["state"][3:]] == [
            other["document"], other["state"][:2], other["state"][3:]]

    def test_a_bad_network_ends_in_the_same_state_as_a_good_one(self):
        with self.daemon(config=self.config) as d, Companion(*self.ports["calm"]) as calm, \
                Companion(*self.ports["stormy"], loss=0.3, seed=7) as stormy:
            session = self.session(d)
            play = self.play(d, session, loops=0)
            # What sounds only sometimes is known once the box shows the session, perhaps a moment after it plays.
            first = calm.eventually(lambda held: held["document"] and held["document"]["tracks"][0].get("chances"))
            self.assertEqual(first["document"]["title"], session["title"])
            self.assertEqual([name for _, name in first["document"]["markers"]], ["Part 0", "Part 1", "Part 2", "Part 3"])
            self.assertEqual(len(first["document"]["tracks"][0]["chances"]) % 5, 0)
            stormy.eventually(lambda held: held["document"] == first["document"])
            d.request("DELETE", f"+/plays/{play}")
            calm.eventually(lambda held: held["state"][0] == 0 and len(held["state"]) > 3)
            stormy.eventually(lambda held: self.same(held, calm.held()))
            self.assertLessEqual(max(calm.held()["largest"], stormy.held()["largest"]), 1400)

    def test_a_companion_and_a_box_that_were_restarted_are_served_again(self):
        with self.daemon(config=self.config) as d:
            session = self.session(d)
            with Companion(*self.ports["calm"]) as companion:
                self.play(d, session, loops=0)
                before = companion.eventually(lambda held: held["document"])
            with Companion(*self.ports["calm"]) as companion:
                again = companion.eventually(lambda held: held["document"])
                self.assertEqual(again["document"], before["document"])
                d.kill()
                companion.eventually(lambda held: not held["connected"])
                d.start()
                companion.eventually(lambda held: held["connected"])
                self.play(d, session, loops=0)
                companion.eventually(lambda held: held["connected"] and held["playing"])

    def test_the_device_is_there_to_download_and_is_the_one_that_was_built(self):
        with self.daemon(config=self.config) as d:
            listed = d.get("+/companion").json()["items"]
            self.assertEqual([item["name"] for item in listed],
                             ["doodled.amxd", "doodled.js", "doodled.maxpat", "doodled-one-file.amxd"])
            for item in listed:
                answer = d.get(item["url"])
                self.assertEqual(answer.status, 200)
                self.assertEqual(answer.body, (BUILT / item["name"]).read_bytes(), item["name"])
                self.assertIn(item["name"], answer.headers["Content-Disposition"])
            missing = d.get("+/companion/other.amxd")
            self.assertEqual((missing.status, missing.json()["code"]), (404, "not_found"))


if __name__ == "__main__":
    if NODE is None:
        print("skipped: Node.js is not here")
        sys.exit(SKIPPED)
    main(at_once=2)
