"""The Model Context Protocol endpoint, asked as an assistant asks."""
import base64
import json

from daemon import DaemonTest, EXAMPLE, eventually, main


class Mcp(DaemonTest):
    def rpc(self, d, method, params=None, id=1, **headers):
        message = {"jsonrpc": "2.0", "id": id, "method": method, **({"params": params} if params is not None else {})}
        answer = d.request("POST", "+/mcp", message, {"Accept": "application/json, text/event-stream", **headers})
        self.assertEqual(answer.status, 200, answer.body)
        reply = answer.json()
        self.assertEqual((reply["jsonrpc"], reply["id"]), ("2.0", id))
        return reply

    def call(self, d, name, **arguments):
        result = self.rpc(d, "tools/call", {"name": name, "arguments": arguments})["result"]
        self.assertEqual(json.loads(result["content"][0]["text"]), result["structuredContent"])
        return result

    def test_an_assistant_makes_varies_and_plays_music_of_a_picture(self):
        with self.daemon() as d:
            hello = self.rpc(d, "initialize", {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}})
            self.assertEqual(hello["result"]["protocolVersion"], "2025-06-18")
            self.assertEqual(d.request("POST", "+/mcp", {"jsonrpc": "2.0", "method": "notifications/initialized"}).status, 202)
            tools = self.rpc(d, "tools/list")["result"]["tools"]
            self.assertEqual(len(tools), 9)
            for tool in tools:
                self.assertEqual(tool["inputSchema"]["type"], "object")
            image = self.call(d, "store_picture", base64=base64.b64encode(EXAMPLE.read_bytes()).decode())["structuredContent"]
            job = self.call(d, "make_music", image_id=image["id"], mode="doodle", options={"bars": 2})["structuredContent"]
            done = eventually(lambda: self.call(d, "get_job", id=job["id"])["structuredContent"], lambda seen: seen["state"] == "done")
            session = done["session_ids"][0]
            listed = self.call(d, "list_sessions", limit=5)["structuredContent"]["items"]
            self.assertEqual([one["id"] for one in listed], [session])
            self.assertEqual(self.call(d, "get_session", id=session)["structuredContent"]["id"], session)
            varied = self.call(d, "vary_session", id=session, count=2, seed=5)["structuredContent"]["items"]
            self.assertEqual([one["parent_id"] for one in varied], [session, session])
            self.assertIn("id", self.call(d, "play_session", id=session, loops=0)["structuredContent"])
            self.assertEqual(self.call(d, "list_devices")["structuredContent"]["items"][0]["id"], "max")
            self.assertFalse(self.call(d, "stop")["isError"])
            eventually(lambda: d.get("+/transport").json()["playing"], lambda playing: not playing)

    def test_a_tool_that_fails_says_why_as_a_result(self):
        with self.daemon() as d:
            failed = self.call(d, "get_job", id="nothing")
            self.assertTrue(failed["isError"])
            self.assertEqual(failed["structuredContent"]["code"], "unknown_job")
            refused = self.call(d, "make_music", prompt="bells", mode="opera")
            self.assertEqual((refused["isError"], refused["structuredContent"]["code"]), (True, "unknown_mode"))

    def test_wrong_messages_are_json_rpc_errors(self):
        with self.daemon() as d:
            self.assertEqual(self.rpc(d, "resources/list")["error"]["code"], -32601)
            for arguments in [{"name": "nothing"}, {}, {"name": "get_job", "arguments": {}}, {"name": "get_job", "arguments": {"id": "../../healthz"}},
                              {"name": "get_job", "arguments": {"id": "x", "more": 1}}, {"name": "store_picture", "arguments": {"base64": "%"}},
                              {"name": "get_job", "arguments": []}]:
                self.assertEqual(self.rpc(d, "tools/call", arguments)["error"]["code"], -32602, arguments)
            for body in ["{", "[]", '{"jsonrpc": "1.0", "id": 1, "method": "ping"}', '{"jsonrpc": "2.0", "id": {}, "method": "ping"}']:
                answer = d.request("POST", "+/mcp", body, {"Content-Type": "application/json"})
                self.assertEqual((answer.status, "error" in answer.json()), (400, True), body)
            self.assertEqual(d.request("POST", "+/mcp", {"jsonrpc": "2.0", "id": 1, "method": "ping"}, {"MCP-Protocol-Version": "1999-01-01"}).status, 400)
            self.assertEqual(d.get("+/mcp").status, 405)


if __name__ == "__main__":
    main()
