#!/usr/bin/env python3
"""Takes the webhooks of a box and prints what they say. Standard library only.

    python3 webhook_receiver.py 8123 SECRET       # the secret of the [[webhook]] in doodled.toml
"""
import base64
import hashlib
import hmac
import http.server
import json
import sys
import time


def verified(secret, headers, body, tolerance=300):
    """Whether the message was sent by who knows the secret, and lately (github.com/standard-webhooks)."""
    key = base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()
    sent = headers.get("webhook-timestamp", "")
    if not sent.isdigit() or abs(time.time() - int(sent)) > tolerance:
        return False
    signed = f"{headers['webhook-id']}.{sent}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(wanted, one) for one in headers.get("webhook-signature", "").split())


class Receiver(http.server.BaseHTTPRequestHandler):
    seen = set()  # a message may come twice

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        genuine = verified(self.server.secret, self.headers, body)
        self.send_response(204 if genuine else 401)
        self.end_headers()
        if genuine and self.headers["webhook-id"] not in self.seen:
            self.seen.add(self.headers["webhook-id"])
            message = json.loads(body)
            print(message["timestamp"], message["type"], message["data"].get("id", ""), flush=True)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = http.server.ThreadingHTTPServer(("", int(sys.argv[1])), Receiver)
    server.secret = sys.argv[2]
    server.serve_forever()
