#!/usr/bin/env python3
"""The test server for vision LLMs itself: the examples of the providers' own documentation are taken, what breaks their
APIs is refused, and each scenario does what it says."""
import base64
import copy
import http.client
import json
import pathlib
import sys
import unittest
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "fakes" / "llm"))
from apis import APIS  # noqa: E402
from model_server import CHECKERS, ModelServer  # noqa: E402

KEY = "k-123"
PIXELS = base64.b64encode(b"pixels").decode()
URI = "data:image/png;base64," + PIXELS
SHAPE = {"type": "object", "properties": {"bpm": {"type": "integer"}}, "required": ["bpm"], "additionalProperties": False}
WORDS = 'Answer in the mode "photo".'
CHAT_PARTS = [{"type": "text", "text": WORDS}, {"type": "image_url", "image_url": {"url": URI, "detail": "high"}}]
NAMED = {"name": "session", "strict": True, "schema": SHAPE}

EXAMPLES = {
    "openai": {"model": "m", "messages": [{"role": "developer", "content": "x"}, {"role": "user", "content": CHAT_PARTS}],
               "response_format": {"type": "json_schema", "json_schema": NAMED}, "max_completion_tokens": 8000,
               "reasoning_effort": "low", "store": False, "prompt_cache_key": "doodled-session-v1", "stream": False},
    "compatible": {"model": "m", "messages": [{"role": "system", "content": "x"}, {"role": "user", "content": CHAT_PARTS}],
                   "response_format": {"type": "json_schema", "json_schema": NAMED}, "max_tokens": 100, "seed": 1,
                   "stream": False},
    "openai-responses": {"model": "m", "instructions": "x", "max_output_tokens": 8000, "store": False, "stream": False,
                         "input": [{"role": "user", "content": [
                             {"type": "input_text", "text": WORDS},
                             {"type": "input_image", "image_url": URI, "detail": "high"}]}],
                         "text": {"format": {"type": "json_schema", **NAMED}}, "reasoning": {"effort": "low"}},
    "anthropic": {"model": "m", "max_tokens": 8000, "stream": False,
                  "system": [{"type": "text", "text": "x", "cache_control": {"type": "ephemeral"}}],
                  "messages": [{"role": "user", "content": [
                      {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": PIXELS}},
                      {"type": "text", "text": WORDS}]}],
                  "output_config": {"effort": "low", "format": {"type": "json_schema", "schema": SHAPE}}},
    "gemini": {"systemInstruction": {"parts": [{"text": "x"}]},
               "contents": [{"role": "user", "parts": [{"inlineData": {"mimeType": "image/png", "data": PIXELS}},
                                                       {"text": WORDS}]}],
               "generationConfig": {"responseMimeType": "application/json", "responseJsonSchema": SHAPE,
                                    "maxOutputTokens": 8000, "seed": 7, "thinkingConfig": {"thinkingLevel": "LOW"}}},
    "ollama": {"model": "m", "messages": [{"role": "system", "content": "x"},
                                          {"role": "user", "content": WORDS, "images": [PIXELS]}],
               "format": SHAPE, "stream": False, "think": False, "truncate": False, "keep_alive": "10m",
               "options": {"seed": 7, "temperature": 0, "num_ctx": 16384, "num_predict": 6000}},
    "moondream": {"image_url": URI, "question": WORDS, "stream": False, "settings": {"temperature": 0}},
}
PATHS = {kind: api[1] for kind, api in APIS.items()} | {"gemini": "/v1beta/models/m:generateContent"}


def without(body, *path):
    body = copy.deepcopy(body)
    place = body
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    return body


class ModelServerTest(unittest.TestCase):
    def setUp(self):
        server = ModelServer(key=KEY, delay=5)
        self.server = server.__enter__()
        self.addCleanup(server.__exit__, None, None, None)

    def ask(self, kind, scenario="success", body=None, key=KEY, stream=False):
        body = copy.deepcopy(EXAMPLES[kind] if body is None else body)
        path = PATHS[kind]
        if stream and kind == "gemini":
            path = path.replace(":generateContent", ":streamGenerateContent") + "?alt=sse"
        elif stream:
            body["stream"] = True
        _, _, header, before = APIS[kind]
        headers = {"Content-Type": "application/json", header: before + key}
        if kind == "anthropic":
            headers["anthropic-version"] = "2023-06-01"
        request = urllib.request.Request(self.server.url(scenario) + path, json.dumps(body).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def test_documented_examples_are_taken(self):
        for kind in APIS:
            for stream in (False, True):
                status, text = self.ask(kind, stream=stream)
                self.assertEqual((kind, status), (kind, 200), text)
        self.assertEqual({request["kind"] for request in self.server.requests}, set(APIS))

    def test_requests_that_break_an_api_are_refused_with_the_reason(self):
        for kind, example in EXAMPLES.items():
            for body in ({**example, "surprise": 1}, without(example, CHECKERS[kind].schema["required"][0])):
                status, text = self.ask(kind, body=body)
                self.assertEqual((kind, status), (kind, 400), text)
        loose = without(EXAMPLES["openai"], "response_format", "json_schema", "schema", "additionalProperties")
        self.assertIn("additionalProperties", self.ask("openai", body=loose)[1])
        bounded = copy.deepcopy(EXAMPLES["anthropic"])
        bounded["output_config"]["format"]["schema"]["properties"]["bpm"]["minimum"] = 1
        self.assertEqual(self.ask("anthropic", body=bounded)[0], 400)

    def test_a_wrong_key_is_refused_by_each_api(self):
        for kind in APIS:
            self.assertEqual((kind, self.ask(kind, key="other")[0]), (kind, 401))

    def test_statuses_come_as_asked_once_or_always(self):
        for status in (400, 401, 404, 408, 413, 429, 500, 503, 529):
            self.assertEqual(self.ask("ollama", f"status-{status}")[0], status)
        self.assertEqual([self.ask("gemini", "status-503-once")[0] for _ in range(2)], [503, 200])

    def test_endings_are_told_in_each_api_s_own_words(self):
        for scenario, words in (("refusal", {"anthropic": '"refusal"', "openai-responses": '"refusal"'}),
                                ("truncated", {"openai": '"length"', "anthropic": '"max_tokens"', "gemini": "MAX_TOKENS",
                                               "ollama": '"length"', "openai-responses": "max_output_tokens"}),
                                ("filter", {"gemini": "SAFETY", "openai": "content_filter"})):
            for kind, word in words.items():
                for stream in (False, True):
                    self.assertIn(word, self.ask(kind, scenario, stream=stream)[1], (kind, scenario, stream))

    def test_broken_transfers_break(self):
        with self.assertRaises((http.client.HTTPException, ConnectionError)):
            self.ask("openai", "cut", stream=True)
        with self.assertRaises((http.client.HTTPException, ConnectionError)):
            self.ask("openai", "half-closed")
        self.assertIn("<html>", self.ask("ollama", "html")[1])
        self.assertIn("\ufffd", self.ask("openai", "not-utf8")[1])


if __name__ == "__main__":
    unittest.main()
