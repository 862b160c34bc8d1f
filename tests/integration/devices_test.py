"""Devices as a user sets them up: check lists, teaching, plans and the map of an MPC's project, profiles, sources of sync,
controls bound and learned. Every refusal names its field."""
import gzip
import json
import socket
import struct

from daemon import DaemonTest, eventually, free_udp_port, main, run

CONFIG = """[[device]]
id = "mpc"
driver = "null"
profile = "mpc"
[[device]]
id = "push"
driver = "push"
virtual = "out"
api = "alsa"
surface = false
display = false
channels = {{lead = 2}}
[[input]]
id = "osc"
kind = "osc"
port = {port}
[[input]]
id = "keys"
kind = "midi"
port = "no such keyboard"
"""
HEADER = "ACVS\n3.7.0.56\nSerialisableProjectData\njson\nLinux\n"


def project(*controls):
    """A made-up project with its own spacing, which has to be kept."""
    learned = ",\n".join(json.dumps({"midi": {"channel": 1, "controllerNumber": number}, "target": {"parameter": name}}) for number, name in controls)
    return gzip.compress((HEADER + '{ "data": {"length": 9223372036854775807,\n "midiLearnSettings": {"controls": [' + learned + "]}, \"z\": 0.50393}}\n").encode())


class Devices(DaemonTest):
    def setUp(self):
        super().setUp()
        self.port = free_udp_port()

    def start(self):
        return self.daemon(config=CONFIG.format(port=self.port))

    def osc(self, address, value):
        def padded(text):
            data = text.encode() + b"\0"
            return data + b"\0" * (-len(data) % 4)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            out.sendto(padded(address) + padded(",f") + struct.pack(">f", value), ("127.0.0.1", self.port))

    def test_check_lists_say_what_to_set_and_what_was_verified(self):
        with self.start() as d:
            drivers = {driver["name"]: driver for driver in d.get("+/drivers").json()["items"]}
            for name, driver in drivers.items():
                self.assertEqual(bool(driver["setup"]), name != "null", name)
            steps = d.get("+/devices/push/setup").json()["steps"]
            self.assertEqual({step["verified"] for step in steps}, {True, False})
            self.assertIn("[ ] Power", d.get("+/devices/push/setup?format=text").body.decode())
            self.assertProblem(d.get("+/devices/push/setup?format=pdf"), 400, "bad_query", "format")
            self.assertProblem(d.get("+/devices/drum/setup"), 404, "unknown_device", "id")

    def test_a_device_is_taught_one_controller_after_the_other(self):
        with self.start() as d:
            self.assertProblem(d.get("+/devices/mpc/teach"), 404, "no_teaching", "id")
            for wish, pointer in (({"parameters": ["cutoff", "reso"]}, "/parameters/1"), ({"seconds": 0}, "/seconds"),
                                  ({"channel": 17}, "/channel"), ({"rest": 1}, "/rest")):
                self.assertProblem(d.post("+/devices/mpc/teach", wish), 422, "invalid_teach", pointer)
            begun = d.post("+/devices/mpc/teach", {"parameters": ["cutoff", "macro_1"], "seconds": 60, "rest_seconds": 0}).json()
            self.assertEqual([step["message"] for step in begun["steps"]], ["controller 74", "controller 20"])
            self.assertProblem(d.post("+/devices/mpc/teach", {}), 409, "device_busy", "id")
            now = eventually(lambda: d.get("+/devices/mpc/teach").json(), lambda state: state["moving"])
            self.assertEqual(now["now"]["parameter"], "cutoff")
            self.assertFalse(d.request("DELETE", "+/devices/mpc/teach").json()["playing"])

    def test_plans_are_printed_and_a_project_gets_our_controllers_and_nothing_else(self):
        given = project((16, "Filter Cutoff"), (17, "Wobble"))
        with self.start() as d:
            self.assertIn("controller 74", d.get("+/mpc/plans/tubesynth?format=text").body.decode())
            self.assertProblem(d.get("+/mpc/plans/tubesynth?format=pdf"), 400, "bad_query", "format")
            self.assertProblem(d.get("+/mpc/plans/moog"), 404, "unknown_plan", "plugin")
            found = d.post("+/mpc/projects/inspect", given).json()
            self.assertEqual(found["suggested"], [{"index": 0, "controller": 74}])
            mapped = d.post("+/mpc/projects/map?bind=0:5&bind=1=cutoff", given)
            self.assertIn("attachment", mapped.headers["Content-Disposition"])
            expected = gzip.decompress(given).replace(b'"controllerNumber": 16', b'"controllerNumber": 5').replace(b": 17", b": 74")
            self.assertEqual(gzip.decompress(mapped.body), expected)
            self.assertProblem(d.post("+/mpc/projects/map?bind=x", given), 422, "invalid_binding", "bind")
            self.assertProblem(d.post("+/mpc/projects/map", project((17, "Wobble"))), 422, "nothing_to_map", "bind")
            self.assertProblem(d.post("+/mpc/projects/inspect", b"<?xml"), 422, "old_project")
            self.assertProblem(d.post("+/mpc/projects/inspect", project()), 422, "no_bindings")

    def test_the_command_line_maps_the_same(self):
        place = self.data_dir.parent
        (place / "mine.xpj").write_bytes(project((16, "Filter Cutoff")))
        listed = run("mpc", "map", place / "mine.xpj")
        self.assertIn("0: controller 16 -> 74  Filter Cutoff", listed.stdout)
        self.assertEqual(run("mpc", "map", place / "mine.xpj", "--bind", "0=resonance", "-o", place / "ours.xpj").returncode, 0)
        self.assertIn(b'"controllerNumber": 71', gzip.decompress((place / "ours.xpj").read_bytes()))
        (place / "none.xpj").write_bytes(project((16, "Wobble")))
        refused = run("mpc", "map", place / "none.xpj", "-o", place / "never.xpj")
        self.assertNotEqual(refused.returncode, 0)
        self.assertFalse((place / "never.xpj").exists())

    def test_sources_of_sync_are_listed_with_why_one_cannot_lead(self):
        with self.start() as d:
            sources = eventually(lambda: {source["id"]: source for source in d.get("+/transport").json()["sync_sources"]},
                                 lambda known: not known["midi:keys"]["available"])
            self.assertEqual(set(sources), {"internal", "midi:keys", "link"})
            self.assertTrue(sources["internal"]["available"])
            self.assertTrue(sources["midi:keys"]["detail"])
            self.assertEqual(d.request("PATCH", "+/transport", {"sync": "midi:keys"}).json()["sync_state"]["state"], "waiting")
            self.assertProblem(d.request("PATCH", "+/transport", {"sync": "midi:nobody"}), 422, "invalid_sync", "/sync")
            self.assertEqual(d.request("PATCH", "+/transport", {"sync": "internal"}).json()["sync_state"]["state"], "leading")

    def test_a_control_is_bound_or_learned_and_a_binding_without_one_is_refused(self):
        with self.start() as d:
            for binding, pointer in (({"action": "play"}, "/message"), ({"action": "play", "message": "cc"}, "/number"),
                                     ({"action": "fly", "message": "bend"}, "/action"),
                                     ({"action": "play", "message": "cc", "number": 128}, "/number"),
                                     ({"action": "parameter", "text": "cutof", "message": "bend"}, "/text")):
                self.assertProblem(d.post("+/bindings", binding), 422, "invalid_binding", pointer)
            bound = d.post("+/bindings", {"action": "macro-1", "message": "cc", "number": 20})
            self.assertEqual(bound.status, 201)
            self.assertEqual(d.request("DELETE", f"+/bindings/{bound.json()['id']}").status, 204)
            self.assertProblem(d.request("DELETE", "+/bindings/b77"), 404, "unknown_binding", "id")
            self.assertEqual(d.post("+/learn", {"action": "parameter", "text": "cutoff"}).status, 202)
            self.osc("/my/knob", 0.5)
            learned = eventually(lambda: d.get("+/learn").json(), lambda state: state["learned"])["learned"]
            self.assertEqual((learned["address"], learned["text"], learned["input"]), ("/my/knob", "cutoff", "osc"))

    def test_profiles_are_checked_with_the_place_of_what_is_wrong(self):
        with self.start() as d:
            self.assertProblem(d.get("+/profiles/mine"), 404, "unknown_profile", "id")
            for profile, pointer in (({"id": "x", "channels": {"drums": 1}}, "/channels/drums"), ({"id": "x", "mpe_zone": "both"}, "/mpe_zone"),
                                     ({"id": "x", "controllers": {"cutof": 1}}, "/controllers/cutof")):
                self.assertProblem(d.post("+/profiles/check", profile), 422, "invalid_profile", pointer)
            checked = d.post("+/profiles/check", {"id": "x", "controllers": {"cutoff": 74}}).json()
            self.assertEqual(checked["parameters"][0]["message"], "controller 74")


if __name__ == "__main__":
    main()
