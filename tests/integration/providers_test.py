"""Every kind of provider through every scenario of the test server: what the job says in the end."""
import os
import pathlib
import sys
import tempfile
import unittest

from daemon import EXAMPLE, Daemon, main

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "fakes" / "llm"))
from model_server import ModelServer  # noqa: E402

KINDS = ("openai", "openai-responses", "anthropic", "gemini", "ollama", "compatible", "moondream")
KEY = "sk-test-4b1d"
# Those that speak of themselves; moondream has no words for a refusal, a filter or a cut-off.
OUTSPOKEN = KINDS[:-1]

# Scenario: the error's code, or None where a session comes of it; and how often the model is asked at most.
EVERYWHERE = {
    "success": (None, 1), "fenced": (None, 1), "prose": (None, 1), "whole": (None, 1), "wrong-type": (None, 1),
    "invalid-once": (None, 2), "empty-once": (None, 2), "status-503-once": (None, 2), "status-429-once": (None, 2),
    "invalid": ({"invalid_answer"}, 2), "nonsense": ({"malformed_answer", "invalid_answer"}, 2), "empty": ({"no_answer", "malformed_answer"}, 2),
    "status-400": ({"rejected_request"}, 1), "status-401": ({"auth"}, 1), "status-404": ({"not_found", "model_missing"}, 1),
    "status-413": ({"too_large"}, 1), "status-408": ({"timeout"}, 2), "status-500": ({"provider_failed", "rejected_request"}, 2),
    "status-503": ({"overloaded"}, 2), "status-529": ({"overloaded"}, 2), "status-429": ({"rate_limited", "quota"}, 2),
    "cut": ({"cut_stream", "connection_lost", "bad_reply"}, 2), "half-closed": ({"cut_stream", "connection_lost", "first_byte_timeout"}, 2),
    "slow": ({"first_byte_timeout"}, 2), "stall": ({"idle_timeout"}, 2), "gigabyte": ({"answer_too_large", "bad_reply"}, 1),
    "html": ({"bad_reply", "cut_stream"}, 2), "not-utf8": ({"bad_reply", "malformed_answer", "invalid_answer", "cut_stream"}, 2),
    "redirect": ({"rejected_request"}, 1), "told-error": (None, 0), "late-error": (None, 0),
}
# Gemini has no word for a refusal but its filter's.
SPOKEN = {"refusal": ({"refused", "filtered"}, 1), "filter": ({"filtered", "refused"}, 1), "truncated": ({"cut_off"}, 2), "truncated-once": (None, 2),
          "quota": ({"quota", "rate_limited"}, 2)}
# Ollama's own words know neither a refusal nor a filter nor a quota; they come as an answer that is none.
NOT_OLLAMA = {"refusal", "filter", "quota"}
ANY_FAILURE = {"told-error", "late-error"}


def scenarios(kind):
    found = dict(EVERYWHERE)
    if kind in OUTSPOKEN:
        found.update({name: value for name, value in SPOKEN.items() if kind != "ollama" or name not in NOT_OLLAMA})
    if kind == "moondream":
        found = {name: found[name] for name in ("success", "fenced", "status-401", "status-503", "told-error")}
    return found


# Seconds to the first byte and between bytes: short only where they are to pass.
PATIENCE = {"slow": (1, 60), "half-closed": (1, 60), "stall": (60, 1)}


def table(server, kind, scenario):
    first, idle = PATIENCE.get(scenario, (60, 60))
    return (f'[[interpreter]]\nid = "{kind}-{scenario}"\nkind = "{kind}"\nbase_url = "{server.url(scenario)}"\nmodel = "test-model"\n'
            f'key_env = "TEST_MODEL_KEY"\ntries = 2\nretry_wait = 0.05\nfirst_byte_timeout = {first}\nidle_timeout = {idle}\nconcurrency = 4\n')


class Providers(unittest.TestCase):
    def run_kind(self, kind):
        os.environ["TEST_MODEL_KEY"] = KEY
        with tempfile.TemporaryDirectory() as place, ModelServer(key=KEY, delay=120) as server:
            config = "[interpret]\nfind_ollama = false\n[jobs]\nworkers = 2\n"
            config += "".join(table(server, kind, scenario) for scenario in scenarios(kind))
            with Daemon(pathlib.Path(place) / "data", config=config) as daemon:
                image = daemon.post("+/images", EXAMPLE.read_bytes()).json()["id"]
                jobs = {}
                for scenario in scenarios(kind):
                    answer = daemon.post("+/jobs", {"image_id": image, "mode": "doodle", "interpreter": f"{kind}-{scenario}"})
                    self.assertEqual(answer.status, 202, (scenario, answer.body))
                    jobs[scenario] = answer.json()["id"]
                for scenario, job in jobs.items():
                    with self.subTest(kind=kind, scenario=scenario):
                        self.judge(server, scenario, daemon.finished_job(job))
                self.assertNotIn(KEY, daemon.log_text())
                for scenario in ("fenced", "invalid-once"):
                    if scenario in jobs and scenarios(kind)[scenario][0] is None:
                        self.audit(daemon, scenario, jobs[scenario])

    def judge(self, server, scenario, job):
        codes, calls = {**EVERYWHERE, **SPOKEN}[scenario]
        asked = sum(f"/s/{scenario}/" in request["path"] for request in server.requests)
        if scenario in ANY_FAILURE:
            self.assertEqual(job["state"], "failed")
        elif codes is None:
            self.assertEqual(job["state"], "done", job["error"])
            self.assertLessEqual(asked, calls)
        else:
            self.assertEqual(job["state"], "failed")
            self.assertIn(job["error"]["code"], codes, job["error"])
            self.assertLessEqual(asked, calls)
        self.assertGreaterEqual(asked, 1)

    def audit(self, daemon, scenario, job):
        """What was put right, and what was asked again, stands in the interpretation."""
        session = daemon.get(f"+/jobs/{job}").json()["session_ids"][0]
        attempts = daemon.get(f"+/sessions/{session}/interpretation").json()["request"]["attempts"]
        if scenario == "fenced":
            self.assertTrue(attempts[0]["repairs"])
        else:
            self.assertEqual(len(attempts), 2)
            self.assertTrue(attempts[0]["violations"])
            self.assertEqual(attempts[1]["reason"], "violations")


for one in KINDS:
    setattr(Providers, "test_" + one.replace("-", "_"), lambda self, kind=one: self.run_kind(kind))

if __name__ == "__main__":
    main(at_once=2)
