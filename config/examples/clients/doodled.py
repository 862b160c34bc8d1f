#!/usr/bin/env python3
"""A picture becomes a session, from a script. Python's standard library only.

    doodled.py drawing.png                      read it; print title, key and tempo; save drawing.mid beside it
    doodled.py drawing.png --play max           and play it
    doodled.py --words 'slow bells in E lydian' words instead of a picture
    doodled.py --box http://studio.local:8080   another machine than this one, which needs a token of the box:
        export DOODLED_TOKEN=...                what `doodled tokens new "my script" --scope create` printed there; or --token
"""
import argparse
import json
import os
import pathlib
import sys
import time
import urllib.error
import urllib.request


class Box:
    def __init__(self, address, token):
        self.address = address.rstrip("/")
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def call(self, method, path, body=None, content_type="application/json"):
        data = json.dumps(body).encode() if content_type == "application/json" and body is not None else body
        headers = {**self.headers, **({"Content-Type": content_type} if data else {})}
        request = urllib.request.Request(self.address + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.read()
        except urllib.error.HTTPError as refused:  # application/problem+json says which field and why
            problem = json.loads(refused.read())
            fields = "".join(f"\n  {error['pointer']}: {error['message']}" for error in problem["errors"])
            sys.exit(f"{problem['detail']}{fields}")

    def json(self, method, path, body=None, **kwargs):
        return json.loads(self.call(method, path, body, **kwargs))

    def read(self, picture, words, mode):
        wish = {"mode": mode}
        if picture:
            wish["image_id"] = self.json("POST", "/api/v1/images", picture.read_bytes(), content_type="application/octet-stream")["id"]
        if words:
            wish["prompt"] = words
        return self.json("POST", "/api/v1/jobs", wish)

    def finished(self, job):
        while job["state"] in ("queued", "running"):
            time.sleep(0.1)
            job = self.json("GET", f"/api/v1/jobs/{job['id']}")
        if job["state"] != "done":
            sys.exit(f"the job is {job['state']}: {job['error']}")
        return job


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("picture", nargs="?", type=pathlib.Path)
    parser.add_argument("--words")
    parser.add_argument("--mode", default="auto")
    parser.add_argument("--play", metavar="DEVICE", action="append")
    parser.add_argument("--box", default="http://127.0.0.1:8080")
    parser.add_argument("--token", default=os.environ.get("DOODLED_TOKEN"))
    given = parser.parse_args()
    if not given.picture and not given.words:
        parser.error("a picture or --words is needed")
    box = Box(given.box, given.token)
    job = box.finished(box.read(given.picture, given.words, given.mode))
    for session_id in job["session_ids"]:
        session = box.json("GET", f"/api/v1/sessions/{session_id}")
        file = (given.picture or pathlib.Path("words")).with_suffix(".mid")
        file.write_bytes(box.call("GET", f"/api/v1/sessions/{session_id}/export/mid"))
        print(f"{session['title']}, {session['key']}, {session['tempo_bpm']:g} bpm: {file}")
        if given.play:
            box.json("POST", f"/api/v1/sessions/{session_id}/play", {"devices": given.play})


if __name__ == "__main__":
    main()
