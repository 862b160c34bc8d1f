#!/usr/bin/env python3
"""Plays every provider of vision LLMs on loopback, well and badly. Python's standard library only.

    model_server.py [--port 0] [--key KEY] [--delay SECONDS]

prints 'listening on http://127.0.0.1:PORT'. A provider's base URL is that address, then what is to happen:

    http://127.0.0.1:PORT/s/SCENARIO        for example /s/refusal or /s/status-429; without it, success

Every request is checked against the strict schema of its API (schemas/) and answered with 400 and the reason when it
breaks it, with 401 when --key is given and does not come in that API's own header. GET /requests lists what came.

| scenario | what happens |
|---|---|
| success | the mode's answer (answers/), streamed where that was asked for |
| fenced, prose, thinking | the same, wrapped as models do |
| whole | one JSON value although a stream was asked for |
| refusal, filter, truncated, empty | the provider says so, in its own words |
| truncated-once, invalid-once, empty-once | the first time bad, then good |
| invalid, nonsense | an answer that breaks the schema; one that is no JSON |
| status-NNN | that status with the provider's error body; 429 and 503 carry Retry-After: 1 |
| status-NNN-once | the first time only |
| quota | 429 that will not pass by waiting, where the provider has such a thing |
| told-error | a 200 that is an error |
| late-error | an error in the middle of a stream, or of what should be one |
| slow, stall | no byte for --delay seconds; a stop of as long in the middle |
| cut | the connection closes in the middle of the answer |
| half-closed | headers, then nothing more will be sent and nothing is read |
| gigabyte | an answer without an end |
| html | 200 and a page, as a portal in between gives |
| wrong-type | a good answer labelled text/plain |
| not-utf8 | bytes that are no text |
| redirect | 302 to another address |
| unknown-field | 400 that names the newest field of the request; good without it |
"""
import argparse
import json
import pathlib
import re
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import apis
from schema_check import Checker, open_objects

HERE = pathlib.Path(__file__).parent
CHECKERS = {kind: Checker(json.loads((HERE / "schemas" / f"{kind}.json").read_text())) for kind in apis.APIS}


def answer_for(mode):
    path = HERE / "answers" / f"{mode}.json"
    return json.dumps(json.loads(path.read_text()), ensure_ascii=False) if path.exists() else '{"words": "none"}'


class ModelServer(ThreadingHTTPServer):
    """In a test: with ModelServer() as server: ... server.url('refusal') ... server.requests"""
    daemon_threads = True
    request_queue_size = 256  # on a busy machine five connections are soon refused

    def __init__(self, port=0, key="", delay=30.0):
        super().__init__(("127.0.0.1", port), Handler)
        self.key, self.delay = key, delay
        self.requests, self.seen, self.lock = [], {}, threading.Lock()
        self.closing = threading.Event()

    def url(self, scenario="success"):
        return f"http://127.0.0.1:{self.server_address[1]}/s/{scenario}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.closing.set()
        self.shutdown()
        self.server_close()

    def first_time(self, scenario):
        with self.lock:
            self.seen[scenario] = self.seen.get(scenario, 0) + 1
            return self.seen[scenario] == 1

    def pause(self):
        self.closing.wait(self.delay)

    def handle_error(self, request, client_address):
        """A client that hangs up is what many tests do."""


def kind_of(path, body, headers):
    """Which API this is a request of, by its path; the two chats by what only OpenAI's own takes."""
    if path.endswith("/v1/chat/completions"):
        return "openai" if "max_completion_tokens" in body else "compatible"
    if ":generateContent" in path or ":streamGenerateContent" in path:
        return "gemini"
    for kind, (_, end, _, _) in apis.APIS.items():
        if path.endswith(end):
            return kind
    return "anthropic" if "anthropic-version" in headers else "openai"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    # --- sending

    def send_json(self, status, value, headers=()):
        self.send_bytes(status, json.dumps(value, ensure_ascii=False).encode(), "application/json", headers)

    def send_bytes(self, status, data, content_type, headers=()):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("X-Request-Id", "req-1")
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def start_chunks(self, content_type):
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def chunk(self, data):
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def hang_up(self):
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    # --- receiving

    def do_GET(self):
        path = re.sub(r"^/s/[^/]+", "", self.path.split("?")[0])
        if path == "/requests":
            return self.send_json(200, self.server.requests)
        kind = apis.MODEL_LISTS.get(path) or kind_of(path, {}, self.headers)
        if not self.authorised(kind):
            return self.fail(kind, 401, "the key is wrong")
        status = re.match(r"/s/status-(\d+)", self.path)
        if status:
            return self.fail(kind, int(status[1]), "as asked")
        self.send_json(200, apis.APIS[kind][0].models())

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        scenario = (re.match(r"/s/([^/]+)", self.path) or [None, "success"])[1]
        try:
            body = json.loads(raw)
        except ValueError:
            return self.send_json(400, {"error": "no JSON"})
        path = self.path.split("?")[0]
        kind = kind_of(path, body, self.headers)
        with self.server.lock:
            self.server.requests.append({"kind": kind, "path": self.path, "body": body})
        if not self.authorised(kind):
            return self.fail(kind, 401, "the key is wrong")
        faults = list(self.faults(kind, body))
        if faults:
            return self.fail(kind, 400, "; ".join(faults[:5]))
        self.play(kind, scenario, body)

    def authorised(self, kind):
        _, _, header, before = apis.APIS[kind]
        return not self.server.key or self.headers.get(header) == before + self.server.key

    def faults(self, kind, body):
        yield from CHECKERS[kind].faults(body)
        yield from open_objects(body)
        if self.headers.get("Content-Type") != "application/json":
            yield "the Content-Type is not application/json"
        if kind == "anthropic" and self.headers.get("anthropic-version") != "2023-06-01":
            yield "the header anthropic-version is missing"
        if self.server.key and self.server.key in self.path:
            yield "the key stands in the address"
        if kind == "gemini" and "streamGenerateContent" in self.path and "alt=sse" not in self.path:
            yield "a stream without alt=sse"

    # --- playing

    def fail(self, kind, status, message):
        headers = [("Retry-After", "1")] if status in (429, 503) else []
        self.send_json(status, apis.APIS[kind][0].error(status, message), headers)

    def streams(self, kind, body):
        return "streamGenerateContent" in self.path if kind == "gemini" else body.get("stream", kind == "ollama")

    def play(self, kind, scenario, body):
        api = apis.APIS[kind][0]
        model = body.get("model") or (re.search(r"/models/([^:]+):", self.path) or [None, "moondream"])[1]
        mode = (re.search(r'Answer in the mode \\"(\w+)', json.dumps(body)) or [None, "doodle"])[1]
        good = answer_for(mode)
        status = re.fullmatch(r"status-(\d+)(-once)?", scenario)
        if status and (not status[2] or self.server.first_time(scenario)):
            return self.fail(kind, int(status[1]), "as asked")
        if scenario in ODD:
            return ODD[scenario](self, kind, api, model, body, good)
        if scenario.endswith("-once"):
            scenario = scenario.removesuffix("-once") if self.server.first_time(scenario) else "success"
        outcome = outcome_of(scenario, good)
        if self.streams(kind, body):
            return self.stream(kind, api.stream(model, outcome))
        self.send_json(200, api.whole(model, outcome))

    def stream(self, kind, parts, ends=True):
        self.start_chunks("application/x-ndjson" if kind == "ollama" else "text/event-stream")
        for part in parts:
            self.chunk(part)
        if ends:
            self.chunk(b"")

    # --- oddities

    def quota(self, kind, api, *_):
        error = api.error(429, "You exceeded your current quota")
        inner = error.get("error")
        if kind in ("openai", "openai-responses"):
            inner.update(type="insufficient_quota", code="insufficient_quota")
        elif kind == "anthropic":
            inner["details"] = {"error_code": "enforced_spend_limit_reached"}
        elif kind == "gemini":
            inner["details"] = [{"violations": [{"quotaId": "GenerateRequestsPerDayPerProject"}]}]
        self.send_json(429, error)

    def told_error(self, kind, api, *_):
        self.send_json(200, api.error(503, "Told in a 200"))

    def late_error(self, kind, api, model, body, good):
        parts = list(api.stream(model, outcome_of("success", good)))
        if not self.streams(kind, body):
            return self.told_error(kind, api)
        self.stream(kind, parts[:len(parts) // 2] + [api.late_error()])

    def slow(self, kind, api, model, body, good):
        self.server.pause()
        self.play(kind, "success", body)

    def stall(self, kind, api, model, body, good):
        parts = list(api.stream(model, outcome_of("success", good)))
        self.stream(kind, parts[:len(parts) // 2], ends=False)
        self.server.pause()
        for part in parts[len(parts) // 2:]:
            self.chunk(part)
        self.chunk(b"")

    def cut(self, kind, api, model, body, good):
        parts = list(api.stream(model, outcome_of("success", good)))
        self.stream(kind, parts[:len(parts) // 2], ends=False)
        self.hang_up()

    def half_closed(self, *_):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_WR)
        self.server.pause()

    def gigabyte(self, kind, api, model, body, good):
        self.start_chunks("text/event-stream")
        while not self.server.closing.is_set():
            self.chunk(b": " + b"x" * 65000 + b"\n")

    def html(self, *_):
        self.send_bytes(200, b"<html><body>Please log in.</body></html>", "text/html")

    def wrong_type(self, kind, api, model, body, good):
        self.send_bytes(200, json.dumps(api.whole(model, outcome_of("success", good))).encode(), "text/plain")

    def not_utf8(self, kind, api, model, body, good):
        data = json.dumps(api.whole(model, outcome_of("success", "LOCUS"))).encode().replace(b"LOCUS", b"\xff\xfe\xfd")
        self.send_bytes(200, data, "application/json")

    def whole(self, kind, api, model, body, good):
        self.send_json(200, api.whole(model, outcome_of("success", good)))

    def redirect(self, *_):
        self.send_bytes(302, b"", "text/plain", [("Location", "http://127.0.0.1:9/elsewhere")])

    def unknown_field(self, kind, api, model, body, good):
        config = body.get("generationConfig", {})
        if "responseJsonSchema" in config:
            return self.fail(kind, 400, "Invalid JSON payload received. Unknown name \"responseJsonSchema\"")
        if kind != "gemini" and ("temperature" in body or "seed" in body):
            field = "temperature" if "temperature" in body else "seed"
            error = api.error(400, f"Unsupported value: '{field}'")
            error["error"] = {"message": f"Unsupported value: '{field}'", "param": field, "code": "unsupported_value"}
            return self.send_json(400, error)
        self.play(kind, "success", body)


ODD = {name.replace("_", "-"): getattr(Handler, name)
       for name in ("quota", "told_error", "late_error", "slow", "stall", "cut", "half_closed", "gigabyte", "html",
                    "wrong_type", "not_utf8", "whole", "redirect", "unknown_field")}


def outcome_of(scenario, good):
    text, finish = good, "stop"
    if scenario == "fenced":
        text = f"```json\n{good}\n```"
    if scenario == "prose":
        text = f"Here is your session:\n{good}\nHave fun!"
    if scenario == "thinking":
        text = f"<think>A circle, so {{sine}}.</think>\n{good}"
    if scenario == "refusal":
        text, finish = "I can't help with that.", "refusal"
    if scenario == "filter":
        text, finish = "", "filter"
    if scenario == "truncated":
        text, finish = good[:len(good) // 2], "length"
    if scenario == "empty":
        text = ""
    if scenario == "invalid":
        text = json.dumps({**json.loads(good), "bpm": 9999})
    if scenario == "nonsense":
        text = "I see a lovely cat."
    return {"text": text, "finish": finish}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--key", default="")
    parser.add_argument("--delay", type=float, default=30.0)
    given = parser.parse_args()
    server = ModelServer(given.port, given.key, given.delay)
    print(f"listening on http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
