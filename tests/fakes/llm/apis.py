"""How each provider says things: from one outcome to the bodies of its API, whole and streamed.

An outcome is a dict: text, finish ('stop', 'length', 'refusal', 'filter'), thinking. The shapes are the examples of the
providers' own specifications."""
import json

USAGE = {"input": 1117, "output": 46, "thinking": 30}


def pieces(text, size=7):
    return [text[i:i + size] for i in range(0, len(text), size)] or [""]


def event(data, name=None):
    head = f"event: {name}\n" if name else ""
    return (head + "data: " + json.dumps(data, ensure_ascii=False) + "\n\n").encode()


class Chat:
    reasons = {"stop": "stop", "length": "length", "refusal": "stop", "filter": "content_filter"}

    def usage(self):
        return {"prompt_tokens": USAGE["input"], "completion_tokens": USAGE["output"],
                "total_tokens": USAGE["input"] + USAGE["output"], "prompt_tokens_details": {"cached_tokens": 0},
                "completion_tokens_details": {"reasoning_tokens": USAGE["thinking"]}}

    def whole(self, model, outcome):
        refused = outcome["finish"] == "refusal"
        message = {"role": "assistant", "content": None if refused else outcome["text"],
                   "refusal": outcome["text"] if refused else None, "annotations": []}
        return {"id": "chatcmpl-B9MH", "object": "chat.completion", "created": 1741570283, "model": model,
                "choices": [{"index": 0, "finish_reason": self.reasons[outcome["finish"]], "logprobs": None,
                             "message": message}],
                "usage": self.usage(), "service_tier": "default", "system_fingerprint": "fp_fc9f1d7035"}

    def stream(self, model, outcome):
        def chunk(choices, **more):
            return event({"id": "chatcmpl-B9MH", "object": "chat.completion.chunk", "created": 1741570283,
                          "model": model, "choices": choices, **more})
        key = "refusal" if outcome["finish"] == "refusal" else "content"
        yield b": OPENROUTER PROCESSING\n\n"
        yield chunk([{"index": 0, "delta": {"role": "assistant", "content": None}, "finish_reason": None}])
        for piece in pieces(outcome["text"]):
            yield chunk([{"index": 0, "delta": {key: piece}, "finish_reason": None}])
        yield chunk([{"index": 0, "delta": {}, "finish_reason": self.reasons[outcome["finish"]]}])
        yield chunk([], usage=self.usage())
        yield b"data: [DONE]\n\n"

    def error(self, status, message):
        kind = {401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error",
                503: "unavailable_error"}.get(status, "invalid_request_error")
        return {"error": {"message": message, "type": kind, "param": None, "code": None}}

    def late_error(self):
        return event({"error": {"code": 502, "message": "Provider disconnected"},
                      "choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": "error"}]})

    def models(self):
        return {"object": "list", "data": [{"id": "seer-1", "object": "model"}, {"id": "seer-2", "object": "model"}]}


class Responses(Chat):
    def response(self, model, outcome):
        finish, text = outcome["finish"], outcome["text"]
        part = ({"type": "refusal", "refusal": text} if finish == "refusal" else
                {"type": "output_text", "text": text, "annotations": [], "logprobs": []})
        details = {"length": {"reason": "max_output_tokens"}, "filter": {"reason": "content_filter"}}.get(finish)
        return {"id": "resp_67cc", "object": "response", "created_at": 1741570283,
                "status": "incomplete" if details else "completed", "model": model, "error": None,
                "incomplete_details": details, "instructions": None, "tools": [], "tool_choice": "auto",
                "parallel_tool_calls": True, "metadata": {}, "temperature": None, "top_p": None,
                "output": [{"type": "reasoning", "id": "rs_1", "summary": []},
                           {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed",
                            "content": [part]}],
                "usage": {"input_tokens": USAGE["input"],
                          "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
                          "output_tokens": USAGE["output"],
                          "output_tokens_details": {"reasoning_tokens": USAGE["thinking"]},
                          "total_tokens": USAGE["input"] + USAGE["output"]}}

    def whole(self, model, outcome):
        return self.response(model, outcome)

    def stream(self, model, outcome):
        number = iter(range(10000))

        def say(name, **more):
            return event({"type": name, "sequence_number": next(number), **more}, name)
        word = "response.refusal" if outcome["finish"] == "refusal" else "response.output_text"
        yield say("response.created", response={"id": "resp_67cc", "status": "in_progress"})
        for piece in pieces(outcome["text"]):
            yield say(word + ".delta", item_id="msg_1", output_index=1, content_index=0, delta=piece)
        whole = self.response(model, outcome)
        yield say("response." + whole["status"], response=whole)

    def late_error(self):
        return event({"type": "error", "sequence_number": 9, "code": "server_error", "message": "Sorry",
                      "param": None}, "error")


class Anthropic:
    reasons = {"stop": "end_turn", "length": "max_tokens", "refusal": "refusal", "filter": "refusal"}

    def usage(self):
        return {"input_tokens": USAGE["input"], "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0,
                "output_tokens": USAGE["output"], "output_tokens_details": {"thinking_tokens": USAGE["thinking"]}}

    def stop(self, outcome):
        refused = self.reasons[outcome["finish"]] == "refusal"
        details = {"type": "refusal", "category": None, "explanation": outcome["text"]} if refused else None
        return {"stop_reason": self.reasons[outcome["finish"]], "stop_sequence": None, "stop_details": details}

    def whole(self, model, outcome):
        return {"id": "msg_01X", "type": "message", "role": "assistant", "model": model,
                "content": [{"type": "thinking", "thinking": "hm", "signature": "sig"},
                            {"type": "text", "text": outcome["text"], "citations": None}],
                **self.stop(outcome), "container": None, "usage": self.usage()}

    def stream(self, model, outcome):
        def say(name, **more):
            return event({"type": name, **more}, name)
        yield say("message_start", message={"id": "msg_01X", "type": "message", "role": "assistant", "model": model,
                                            "content": [], "stop_reason": None, "stop_sequence": None,
                                            "usage": {"input_tokens": USAGE["input"], "output_tokens": 1}})
        yield say("content_block_start", index=0, content_block={"type": "thinking", "thinking": "", "signature": ""})
        yield say("ping")
        yield say("content_block_delta", index=0, delta={"type": "thinking_delta", "thinking": "hm"})
        yield say("content_block_delta", index=0, delta={"type": "signature_delta", "signature": "sig"})
        yield say("content_block_stop", index=0)
        yield say("content_block_start", index=1, content_block={"type": "text", "text": ""})
        for piece in pieces(outcome["text"]):
            yield say("content_block_delta", index=1, delta={"type": "text_delta", "text": piece})
        yield say("content_block_stop", index=1)
        yield say("message_delta", delta=self.stop(outcome), usage=self.usage())
        yield say("message_stop")

    def error(self, status, message):
        kind = {400: "invalid_request_error", 401: "authentication_error", 402: "billing_error",
                403: "permission_error", 404: "not_found_error", 413: "request_too_large", 429: "rate_limit_error",
                504: "timeout_error", 529: "overloaded_error"}.get(status, "api_error")
        return {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_1"}

    def late_error(self):
        return event(self.error(529, "Overloaded"), "error")

    def models(self):
        return {"data": [{"id": "seer-1", "type": "model", "display_name": "Seer"}], "has_more": False}


class Gemini:
    reasons = {"stop": "STOP", "length": "MAX_TOKENS", "refusal": "PROHIBITED_CONTENT", "filter": "SAFETY"}

    def part(self, model, parts, finish=None):
        candidate = {"index": 0, "content": {"role": "model", "parts": parts}}
        if finish:
            candidate["finishReason"] = finish
        return {"candidates": [candidate], "modelVersion": model, "responseId": "gi77",
                "usageMetadata": {"promptTokenCount": USAGE["input"],
                                  "candidatesTokenCount": USAGE["output"] - USAGE["thinking"],
                                  "thoughtsTokenCount": USAGE["thinking"], "totalTokenCount": 1163}}

    def whole(self, model, outcome):
        if outcome["finish"] == "filter":
            return {"promptFeedback": {"blockReason": "SAFETY"}, "modelVersion": model, "responseId": "gi77"}
        parts = [{"text": "hm", "thought": True}, {"text": outcome["text"]}]
        return self.part(model, parts, self.reasons[outcome["finish"]])

    def stream(self, model, outcome):
        yield event(self.part(model, [{"text": "hm", "thought": True}]))
        for piece in pieces(outcome["text"]):
            yield event(self.part(model, [{"text": piece}]))
        yield event(self.part(model, [{"text": ""}], self.reasons[outcome["finish"]]))

    def error(self, status, message):
        word = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND",
                429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE"}.get(status, "UNKNOWN")
        details = [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "1s"}] if status == 429 else []
        return {"error": {"code": status, "status": word, "message": message, "details": details}}

    def late_error(self):
        return event(self.error(503, "The model is overloaded"))

    def models(self):
        return {"models": [{"name": "models/seer-1", "supportedGenerationMethods": ["generateContent"]},
                           {"name": "models/embed-1", "supportedGenerationMethods": ["embedContent"]}]}


class Ollama:
    def end(self, outcome):
        reason = "length" if outcome["finish"] == "length" else "stop"
        return {"done": True, "done_reason": reason, "total_duration": 2254970291, "load_duration": 574751416,
                "prompt_eval_count": USAGE["input"], "prompt_eval_duration": 1502000000, "eval_count": USAGE["output"],
                "eval_duration": 175000000}

    def line(self, model, text, **more):
        return {"model": model, "created_at": "2026-10-26T17:15:24.166576Z",
                "message": {"role": "assistant", "content": text}, **(more or {"done": False})}

    def whole(self, model, outcome):
        return self.line(model, outcome["text"], **self.end(outcome))

    def stream(self, model, outcome):
        for piece in pieces(outcome["text"]):
            yield (json.dumps(self.line(model, piece)) + "\n").encode()
        yield (json.dumps(self.line(model, "", **self.end(outcome))) + "\n").encode()

    def error(self, status, message):
        return {"error": message}

    def late_error(self):
        return b'{"error":"an error was encountered while running the model"}\n'

    def models(self):
        return {"models": [{"name": "seer:1", "model": "seer:1", "modified_at": "2026-10-01T00:00:00Z", "size": 1,
                            "digest": "ab" * 32, "capabilities": ["completion", "vision"], "details": {}},
                           {"name": "blind:1", "model": "blind:1", "size": 1, "digest": "cd" * 32,
                            "capabilities": ["completion"], "details": {}}]}


class Moondream:
    def whole(self, model, outcome):
        return {"answer": outcome["text"], "_stats": {"tokens": USAGE["output"], "duration": 1.5}}

    def stream(self, model, outcome):
        for piece in pieces(outcome["text"]):
            yield event({"chunk": piece})
        yield event({"completed": True})

    def error(self, status, message):
        return {"detail": message} if status == 503 else {"error": message}

    def late_error(self):
        return event({"error": "Inference failed"})

    def models(self):
        return {"status": "ok"}


# Kind: how it speaks, the end of its path, the header that carries its key, and what stands before the key there.
APIS = {
    "openai": (Chat(), "/v1/chat/completions", "Authorization", "Bearer "),
    "compatible": (Chat(), "/v1/chat/completions", "Authorization", "Bearer "),
    "openai-responses": (Responses(), "/v1/responses", "Authorization", "Bearer "),
    "anthropic": (Anthropic(), "/v1/messages", "x-api-key", ""),
    "gemini": (Gemini(), ":generateContent", "x-goog-api-key", ""),
    "ollama": (Ollama(), "/api/chat", "Authorization", "Bearer "),
    "moondream": (Moondream(), "/v1/query", "X-Moondream-Auth", ""),
}
MODEL_LISTS = {"/v1beta/models": "gemini", "/api/tags": "ollama", "/v1/health": "moondream"}
