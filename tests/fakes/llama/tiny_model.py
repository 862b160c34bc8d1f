#!/usr/bin/env python3
"""Writes a llama model of random weights: enough for llama.cpp to speak by a grammar, with no sense in what it says.

    tiny_model.py FILE [SEED]

The layout is GGUF version 3 (ggml-org/ggml, docs/gguf.md): header, metadata, tensor table, padding to 32 bytes, tensors."""
import random
import struct
import sys

UINT32, INT32, FLOAT32, STRING, ARRAY = 4, 5, 6, 8, 9
SIZE, FEED_FORWARD, HEADS = 32, 64, 2
UNKNOWN, CONTROL, BYTE, NORMAL = 2, 3, 6, 1
TEMPLATE = ("{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}"
            "{% if add_generation_prompt %}assistant: {% endif %}")


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def packed(kind, value):
    if kind == STRING:
        return text(value)
    if kind == ARRAY:
        of, items = value
        return struct.pack("<IQ", of, len(items)) + b"".join(packed(of, item) for item in items)
    return struct.pack({UINT32: "<I", INT32: "<i", FLOAT32: "<f"}[kind], value)


def vocabulary():
    """Each token with its score and type: the bytes below 32, and the printable characters of ASCII."""
    yield from (("<unk>", 0.0, UNKNOWN), ("<s>", 0.0, CONTROL), ("</s>", 0.0, CONTROL))
    for byte in range(0x20):
        yield f"<0x{byte:02X}>", -100.0, BYTE
    for letter in [chr(code) for code in range(33, 127)] + ["\u2581"]:
        yield letter, -1.0, NORMAL


def metadata(tokens):
    names, scores, kinds = zip(*tokens)
    return [("general.architecture", STRING, "llama"), ("general.name", STRING, "tiny"), ("llama.context_length", UINT32, 131072),
            ("llama.embedding_length", UINT32, SIZE), ("llama.block_count", UINT32, 1),
            ("llama.feed_forward_length", UINT32, FEED_FORWARD), ("llama.attention.head_count", UINT32, HEADS),
            ("llama.attention.head_count_kv", UINT32, HEADS), ("llama.rope.dimension_count", UINT32, SIZE // HEADS),
            ("llama.attention.layer_norm_rms_epsilon", FLOAT32, 1e-5), ("general.file_type", UINT32, 0),
            ("tokenizer.ggml.model", STRING, "llama"), ("tokenizer.ggml.tokens", ARRAY, (STRING, names)),
            ("tokenizer.ggml.scores", ARRAY, (FLOAT32, scores)), ("tokenizer.ggml.token_type", ARRAY, (INT32, kinds)),
            ("tokenizer.ggml.unknown_token_id", UINT32, 0), ("tokenizer.ggml.bos_token_id", UINT32, 1),
            ("tokenizer.ggml.eos_token_id", UINT32, 2), ("tokenizer.chat_template", STRING, TEMPLATE)]


def shapes(words):
    square = {f"blk.0.attn_{part}.weight": (SIZE, SIZE) for part in ("q", "k", "v", "output")}
    return {"token_embd.weight": (SIZE, words), "output_norm.weight": (SIZE,), "output.weight": (SIZE, words),
            "blk.0.attn_norm.weight": (SIZE,), **square, "blk.0.ffn_norm.weight": (SIZE,),
            "blk.0.ffn_gate.weight": (SIZE, FEED_FORWARD), "blk.0.ffn_up.weight": (SIZE, FEED_FORWARD),
            "blk.0.ffn_down.weight": (FEED_FORWARD, SIZE)}


def padding(size):
    return b"\0" * (-size % 32)


def tiny_model(seed=1):
    chance, tokens = random.Random(seed), list(vocabulary())
    entries, tensors = metadata(tokens), shapes(len(tokens))
    table = data = b""
    for name, shape in tensors.items():
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        dimensions = b"".join(struct.pack("<Q", size) for size in shape)
        table += text(name) + struct.pack("<I", len(shape)) + dimensions + struct.pack("<IQ", 0, len(data))
        weights = [1.0] * count if "norm" in name else [chance.gauss(0, 0.3) for _ in range(count)]
        data += struct.pack(f"<{count}f", *weights)
        data += padding(len(data))
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(entries))
    head += b"".join(text(key) + struct.pack("<I", kind) + packed(kind, value) for key, kind, value in entries) + table
    return head + padding(len(head)) + data


if __name__ == "__main__":
    with open(sys.argv[1], "wb") as file:
        file.write(tiny_model(int(sys.argv[2]) if len(sys.argv) > 2 else 1))
