"""An OpenAI-compatible model server whose every answer the test decides: right, late, broken off, refused."""
import http.server
import json
import socket
import ssl
import threading
import time


def example_of(schema, name=""):
    """Something that fits a JSON Schema."""
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        return {key: example_of(value, key) for key, value in schema["properties"].items()}
    if kind == "array":
        return [example_of(schema["items"], name) for _ in range(max(schema.get("minItems", 0), 1 if name != "lfos" else 0))]
    if kind in ("integer", "number"):
        low, high = schema.get("minimum", 0), schema.get("maximum", 100)
        return int((low + high) // 2)
    return True if kind == "boolean" else "a wave"


class Call:
    """One request, and the means to answer it."""

    def __init__(self, handler, body):
        self.handler, self.json = handler, json.loads(body)
        self.headers, self.size = dict(handler.headers), len(body)
        self.began, self.gone = handler.began, threading.Event()  # when the request's first line was there

    @property
    def schema(self):
        return self.json["response_format"]["json_schema"]["schema"]

    def image(self):
        for message in self.json["messages"]:
            for part in message["content"] if isinstance(message["content"], list) else []:
                if part["type"] == "image_url":
                    return part["image_url"]["url"]
        return None

    def head(self, status=200, content_type="text/event-stream", **headers):
        self.handler.send_response(status)
        for name, value in {"Content-Type": content_type, "Connection": "close", **headers}.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()

    def say(self, data):
        self.handler.wfile.write(data if isinstance(data, bytes) else data.encode())
        self.handler.wfile.flush()

    def chunk(self, text="", finish=None, usage=None):
        value = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "model": self.json["model"] + "-2026",
                 "choices": [] if usage else [{"index": 0, "delta": {"content": text}, "finish_reason": finish}]}
        self.say(f"data: {json.dumps({**value, 'usage': usage} if usage else value)}\n\n")

    def end(self):
        self.chunk(finish="stop")
        self.chunk(usage={"prompt_tokens": 1000, "completion_tokens": 500, "total_tokens": 1500})
        self.say("data: [DONE]\n\n")

    def fail(self, status, code="server_error", message="it failed", **headers):
        self.head(status, "application/json", **headers)
        self.say(json.dumps({"error": {"message": message, "type": code, "code": code, "param": None}}))

    def wait_until_gone(self):
        """Until the other side hangs up."""
        try:
            while self.handler.connection.recv(4096):
                pass
        except OSError:
            pass
        self.gone.set()

    def cut(self):
        self.handler.connection.shutdown(socket.SHUT_RDWR)


def answer(call, text=None):
    """A right answer, in pieces."""
    text = text if text is not None else json.dumps(example_of(call.schema))
    call.head()
    for start in range(0, len(text), 64):
        call.chunk(text[start:start + 64])
    call.end()


class ScriptedModel:
    """`script` is called with each Call on a thread of its own; without one every answer is right. `tls` is a certificate and
    its key, as files."""

    def __init__(self, script=None, tls=None):
        self.calls, self.script, self.lock = [], script or answer, threading.Lock()
        self.arrived = threading.Condition(self.lock)
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = json.dumps({"object": "list", "data": [{"id": "tiny", "object": "model"}]}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def parse_request(self):
                self.began = time.monotonic()
                return super().parse_request()

            def do_POST(self):
                size = int(self.headers["Content-Length"])
                body = self.rfile.read(size)
                if len(body) < size:
                    return  # hung up while it was sending
                call = Call(self, body)
                with outer.arrived:
                    outer.calls.append(call)
                    outer.arrived.notify_all()
                try:
                    outer.script(call)
                except OSError:
                    call.gone.set()

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            request_queue_size = 256
            daemon_threads = True

        self.scheme, self.server = "https" if tls else "http", Server(("127.0.0.1", 0), Handler)
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"{self.scheme}://127.0.0.1:{self.port}/v1"

    @property
    def port(self):
        return self.server.server_address[1]

    def wait_for_calls(self, count, seconds=60):
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.calls) >= count, seconds), f"{len(self.calls)} calls came"

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def settings(self, name="tiny", **more):
        """A [[interpreter]] table."""
        keys = {"id": name, "kind": "compatible", "base_url": self.url, "model": "tiny", "retry_wait": 0.05, **more}
        return "[[interpreter]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in keys.items())
