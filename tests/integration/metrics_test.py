"""What Prometheus is told: the text is well-formed, and says what was done."""
import re

from daemon import DaemonTest, EXAMPLE, OscSink, eventually, main

LINE = re.compile(r'^([a-z_][a-z0-9_]*)(?:\{(.*)\})? (\S+)$')


def samples(text):
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            name, labels, value = LINE.match(line).groups()
            found[name, frozenset(re.findall(r'(\w+)="([^"]*)"', labels or ""))] = float(value)
    return found


class Metrics(DaemonTest):
    def read(self, box):
        answer = box.get("/metrics")
        self.assertEqual(answer.status, 200)
        return samples(answer.body.decode())

    def test_the_lateness_of_every_packet_is_in_a_histogram_of_its_device(self):
        sink = OscSink()
        with self.daemon(osc_port=sink.port) as box:
            session = box.session_of(EXAMPLE.read_bytes(), mode="doodle", options={"bars": 1})
            play = box.post(f"+/sessions/{session['id']}/play", {"devices": ["max"]}).json()["id"]
            box.finished_play(play)
            seen, device = self.read(box), ("device", "max")
            name = "doodled_device_lateness_seconds"
            buckets = sorted((float(dict(labels)["le"]), count) for (sample, labels), count in seen.items() if sample == name + "_bucket")
            self.assertEqual([bound for bound, _ in buckets],
                             [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, float("inf")])
            counts = [count for _, count in buckets]
            self.assertEqual(counts, sorted(counts))
            sent = seen["doodled_device_packets_sent", frozenset([device])]
            self.assertGreater(sent, 10)
            self.assertEqual((counts[-1], seen[name + "_count", frozenset([device])]), (sent, sent))
            self.assertGreaterEqual(seen[name + "_sum", frozenset([device])], 0)

    def test_jobs_interpreters_events_store_and_memory_are_told(self):
        sink = OscSink()
        with self.daemon(osc_port=sink.port) as box:
            session = box.session_of(EXAMPLE.read_bytes(), mode="doodle", options={"bars": 1})
            box.finished_play(box.post(f"+/sessions/{session['id']}/play", {"devices": ["max"]}).json()["id"])
            seen = self.read(box)
            value = lambda name, **labels: seen[name, frozenset(labels.items())]  # noqa: E731
            self.assertEqual(value("doodled_jobs_total", state="done"), 1)
            self.assertEqual((value("doodled_jobs", state="queued"), value("doodled_jobs", state="running")), (0, 0))
            self.assertEqual(value("doodled_interpreter_asks_total", interpreter="builtin", outcome="ok"), 1)
            self.assertEqual(value("doodled_interpreter_seconds_count", interpreter="builtin"), 1)
            self.assertEqual(value("doodled_interpreter_cost_total", interpreter="builtin"), 0)
            self.assertGreater(value("doodled_device_events", device="max", result="sent"), 10)
            self.assertEqual(value("doodled_device_events", device="max", result="dropped"), 0)
            self.assertEqual(value("doodled_store_bytes", part="pictures"), len(EXAMPLE.read_bytes()))
            self.assertGreater(value("doodled_store_bytes", part="database"), 4096)
            self.assertGreater(value("doodled_store_bytes", part="free"), 0)
            self.assertGreater(value("process_resident_memory_bytes"), 1 << 20)
            self.assertGreater(value("process_cpu_seconds_total"), 0)

    def test_the_age_of_the_newest_backup_and_faults_of_the_chain_are_told(self):
        age, fault = ("doodled_backup_age_seconds", frozenset()), ("doodled_audit_fault", frozenset())
        failures = ("doodled_backup_failures", frozenset())
        with self.daemon() as box:
            image = box.session_of(EXAMPLE.read_bytes())["image_id"]
            seen = self.read(box)
            self.assertNotIn(age, seen)
            self.assertEqual(seen[fault], 0)
            self.assertEqual(seen[failures], 0)
            box.post("+/backups", {})
            eventually(lambda: self.read(box), lambda now: age in now)
            self.assertLess(self.read(box)[age], 600)
        (self.data_dir / "images" / image[:2] / image[2:]).write_bytes(b"not what it was")
        with self.daemon() as box:
            seen = eventually(lambda: self.read(box), lambda now: now[fault] == 1)
            box.post("+/backups", {})
            eventually(lambda: self.read(box), lambda now: now[failures] == 1)
            self.assertIn(age, seen)


if __name__ == "__main__":
    main()
