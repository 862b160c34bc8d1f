"""Every call of schemas/openapi.yaml is made against a running daemon: its status is one that is described, and its body fits the
schema that is described for it. Needs python3-yaml and python3-jsonschema."""
import json
import sys
import urllib.parse

from daemon import DaemonTest, EXAMPLE, SKIPPED, SOURCE, WebSocket, eventually, main, png

try:
    import jsonschema
    import yaml
except ImportError as absent:
    print(f"SKIPPED: {absent} (apt install python3-yaml python3-jsonschema)")
    sys.exit(SKIPPED)

SONG = {"midi_sequence": [{"step": 0, "note": 40, "velocity": 96, "active": True}]}
UPGRADES = {"followEvents", "drawLive"}


class Description:
    """What is described, and which of it was asked for."""

    def __init__(self):
        self.root = yaml.safe_load((SOURCE / "schemas" / "openapi.yaml").read_text())
        self.calls = {call["operationId"]: (method.upper(), path, call) for path, methods in self.root["paths"].items()
                      for method, call in methods.items() if "operationId" in call}
        self.asked = set()

    def resolved(self, node):
        while "$ref" in node:
            found = self.root
            for key in node["$ref"][2:].split("/"):
                found = found[key]
            node = found
        return node

    def check(self, name, answer):
        """None, or what does not fit."""
        responses = self.calls[name][2]["responses"]
        if str(answer.status) not in responses:
            return f"{name} answered {answer.status}, which is not described: {answer.body[:300]}"
        content = self.resolved(responses[str(answer.status)]).get("content", {})
        kind = answer.headers.get_content_type()
        if answer.body and not any(kind == described or described.endswith("/*") and kind.startswith(described[:-1]) for described in content):
            return f"{name} answered {answer.status} with {kind}; described are {list(content)}"
        schema = content.get(kind, {}).get("schema")
        if not schema or "json" not in kind:
            return None
        validator = jsonschema.Draft202012Validator(schema, resolver=jsonschema.RefResolver("", self.root))
        wrong = [f"/{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}" for error in validator.iter_errors(json.loads(answer.body))]
        return f"{name} does not answer as described: {wrong[:3]}" if wrong else None


class Calls(DaemonTest):
    def ask(self, name, *places, query="", body=None, headers=None, expect=None):
        """One call; its {parameters} in order. Expects success unless a status is named."""
        method, path, _ = self.described.calls[name]
        self.described.asked.add(name)
        for place in places:
            start, end = path.index("{"), path.index("}")
            path = path[:start] + urllib.parse.quote(str(place), safe="") + path[end + 1:]
        self.assertNotIn("{", path)
        answer = self.box.request(method, path + query, body, headers)
        self.wrong += filter(None, [self.described.check(name, answer)])
        if answer.status != expect and (expect or answer.status >= 300):
            self.wrong.append(f"{name} answered {answer.status}, not {expect or 'success'}: {answer.body[:300]}")
        return json.loads(answer.body) if answer.body and "json" in answer.headers.get_content_type() else answer

    def test_every_call_answers_as_it_is_described(self):
        self.described, self.wrong = Description(), []
        with self.daemon("--set", "actions.get=true") as self.box:
            self.pictures_and_jobs()
            self.sessions()
            self.exports()
            self.plays()
            self.devices()
            self.hands()
            self.box_itself()
            self.access()
            self.sockets()
        self.assertEqual(set(self.described.calls) - self.described.asked, set(), "never asked for")
        self.assertEqual(self.wrong, [], "\n" + "\n".join(self.wrong))

    def pictures_and_jobs(self):
        self.image = self.ask("storeImage", body=EXAMPLE.read_bytes())["id"]
        self.ask("getImage", self.image, query="?w=100")
        self.ask("getImageFacts", self.image)
        self.ask("changeImage", self.image, body={"local_only": True})
        job = self.ask("submitJob", body={"image_id": self.image, "mode": "doodle"})["id"]
        self.session = self.box.finished_job(job)["session_ids"][0]
        for name in ("getJob", "listCandidates", "traceJob"):
            self.ask(name, job)
        self.ask("listJobs")
        self.ask("cancelJob", job, expect=409)
        self.ask("getJob", "none", expect=404)
        self.ask("submitJob", body={"mode": "opera"}, expect=422)

        self.ask("removeImage", self.image, expect=409)
        self.ask("removeImage", self.ask("storeImage", body=png(8, 8, lambda x, y: (x, y, 0)))["id"])
        self.ask("removeImage", "none", expect=404)

    def sessions(self):
        other = self.ask("storeSession", body=SONG)["id"]
        self.ask("storeSession", body={"midi_sequence": 1}, expect=422)
        self.ask("checkSession", body=SONG)
        for name in ("getSession", "getInterpretation", "getFamily"):
            self.ask(name, self.session)
        self.ask("listSessions", query="?limit=1")
        self.ask("changeSession", self.session, body={"title": "Blue hour", "tags": ["night"], "starred": True})
        self.ask("getStrokes", self.session, expect=404)
        self.ask("varySession", self.session, body={"seed": 7, "count": 2, "operations": [{"op": "mutate", "steps": 2}]})
        varied = self.box.get("+/sessions?limit=1").json()["items"][0]["id"]
        self.ask("diffSessions", self.session, varied)
        self.ask("keepSession", varied, body={})
        self.ask("revertSession", varied, body={"parts": ["/tracks/0"]})
        self.ask("tuneSession", self.session, body=b"! just.scl\n!\nJust triad\n 3\n!\n 5/4\n 3/2\n 2/1\n", headers={"Content-Type": "text/plain"})
        self.ask("removeSession", other)
        for name in ("listModes", "listScales", "listFormats", "listOperations", "listRules"):
            self.ask(name)

    def exports(self):
        """Formats of one track or one curve hold a session's first when they are told which."""
        self.ask("exportSession", self.session, "mpcpattern", expect=422)
        document = self.box.get(f"+/sessions/{self.session}").json()["document"]
        one = {"mpcpattern": "?track=lead", **dict.fromkeys(("singlecycle", "lfo", "cv"), f"?lfo={document['lfos'][0]['id']}")}
        for form in self.box.get("+/formats").json()["items"]:
            self.ask("exportSession", self.session, form["format"], query=one.get(form["format"], ""))
        for name in ("previewSession", "overlaySession"):
            self.ask(name, self.session)
        for name in ("listenToSession", "listenToSessionInOgg"):
            self.ask(name, self.session, query="?bars=1")

    def plays(self):
        play = self.ask("playSession", self.session, body={"devices": ["max"], "loops": 0})["id"]
        self.ask("getTransport")
        self.ask("changeTransport", body={"tempo_bpm": 92})
        self.ask("listPlays")
        self.ask("stopPlay", play)
        self.box.finished_play(play)
        self.ask("getPlay", play)
        self.ask("getPlayVersion", play, 2, expect=404)
        self.ask("stopPlay", self.ask("replayPlay", play)["id"])

    def devices(self):
        self.ask("listDevices")
        for name in ("getDevice", "panic", "testDevice", "deviceControllers", "deviceSetup"):
            self.ask(name, "max")
        for name in ("getTeaching", "stopTeaching"):
            self.ask(name, "max", expect=404)  # it is not being taught
        self.ask("teachDevice", "max", body={"parameters": ["no such parameter"]}, expect=422)
        self.ask("changeDevice", "max", body={"enabled": True})
        for name in ("panicAll", "reloadDevices", "listDrivers", "listProfiles", "listPlans", "listCompanion"):
            self.ask(name)
        profile = self.box.get("+/profiles").json()["items"][0]["id"]
        self.ask("getProfile", profile)
        self.ask("checkProfile", body={"id": "mine", "controllers": {"cutoff": {"nrpn": [1, 32]}}})
        self.ask("getPlan", self.box.get("+/mpc/plans").json()["items"][0]["plugin"])
        for name in ("inspectProject", "mapProject"):
            self.ask(name, body=b"no project", headers={"Content-Type": "application/octet-stream"}, expect=422)
        self.ask("getCompanionFile", self.box.get("+/companion").json()["items"][0]["name"])

    def hands(self):
        for name in ("listActions", "getMacros", "listInputs", "listBindings", "getLearning"):
            self.ask(name)
        self.ask("doAction", "tap", body={})
        self.ask("doActionByGet", "tap")
        bound = self.ask("bindControl", body={"message": "cc", "channel": 1, "number": 20, "action": "macro-1"})
        self.ask("unbindControl", bound["id"])
        self.ask("learnControl", body={"action": "macro-1"})
        self.ask("stopLearning")

    def box_itself(self):
        self.ask("testWebhook", "none", expect=404)
        for name in ("listWebhooks", "getSettings", "getStatus", "getLog", "listInterpreters", "healthz", "readyz", "metrics", "healthzV1", "readyzV1", "metricsV1", "describe"):
            self.ask(name)
        self.ask("changeSettings", body={"log.level": "info"})
        self.ask("putInterpreterKey", "builtin", body={"key": "k"}, expect=409)
        self.ask("removeInterpreterKey", "none", expect=404)
        self.ask("mcp", body={"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
        self.ask("beginBackup", body={})
        listed = eventually(lambda: self.box.get("+/backups").json(), lambda seen: seen["items"] and not seen["state"]["backing_up"])
        self.ask("listBackups")
        for name in ("getBackup", "removeBackup"):
            self.ask(name, listed["items"][0]["name"])

    def access(self):
        self.ask("getAccess")
        self.ask("leave", expect=409)  # this machine is not paired
        invited = self.ask("invite", body={"scope": "play"})
        self.ask("getInvitation", invited["id"])
        self.ask("getInvitationQr", invited["id"])
        self.ask("confirmClaim", invited["id"], expect=409)
        self.ask("claim", body={"code": "ZZZZ-ZZZZ", "name": "guest"}, expect=403)
        claimed = self.ask("claim", body={"code": invited["code"], "name": "phone"}, expect=202)
        self.ask("listInvitations")
        self.ask("confirmClaim", invited["id"])
        phone = self.ask("collect", body={"ticket": claimed["ticket"], "secret": True})
        self.ask("collect", body={"ticket": claimed["ticket"]}, expect=404)
        refused = self.ask("invite", body={})
        self.ask("claim", body={"code": refused["code"], "name": "guest"}, expect=202)
        self.ask("refuseClaim", refused["id"])
        self.ask("claim", body={"code": self.ask("invite", body={"confirm": False})["code"], "name": "script"}, expect=201)
        self.ask("leave", headers={"Authorization": f"Bearer {phone['secret']}"})
        self.ask("withdrawInvitation", self.ask("invite", body={})["id"])
        tool = self.ask("createToken", body={"name": "a script"})
        self.ask("renameToken", tool["id"], body={"name": "another"})
        self.ask("listTokens")
        self.ask("revokeToken", tool["id"])
        self.ask("revokeToken", tool["id"], expect=404)

    def sockets(self):
        for name in UPGRADES:
            self.ask(name, expect=426)
            socket = WebSocket(self.box.port, self.described.calls[name][1])
            self.assertEqual(socket.status, 101)
            socket.close()


if __name__ == "__main__":
    main()
