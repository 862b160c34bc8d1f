"""Makes a long history out of a short one: rows are added to the database as the daemon adds them, with ids of their own, words
to search for, and hashes that fit the audit chain (core/store/chain.hpp)."""
import hashlib
import json
import sqlite3
import struct

DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
KEYS = ("C minor", "D major", "F# minor", "A minor")


def ulid(at_ms, number):
    value = at_ms << 80 | number
    return "".join(DIGITS[value >> shift & 31] for shift in range(125, -1, -5))


def chain_hash(previous, position, session, document, report):
    tempo = struct.pack(">d", session["tempo"]).hex()
    fields = ["doodled-chain-1", previous, str(position), str(session["created_at"]), "session", session["id"], session["mode"],
              "", "", "", "", session["interpreter"], str(session["seed"]), session["key_name"], tempo, "", "", document, report]
    sealed = b"".join(b"%d:%s," % (len(field), field) for field in (text.encode() for text in fields))
    return hashlib.sha256(sealed).hexdigest()


def made(number, at):
    """A session's small fields; one in 1,000 has a rare word."""
    return {"id": ulid(at, number), "created_at": at, "mode": "photo" if number % 3 == 0 else "document", "interpreter": "document",
            "key_name": KEYS[number % 4], "tempo": float(60 + number % 120), "seed": number,
            "title": f"Session {number} {'rare' if number % 1000 == 0 else 'common'}", "tags": "[]"}


def lengthen(file, count):
    """Until the history has `count` sessions. The daemon must not run."""
    base = sqlite3.connect(file, isolation_level=None)
    base.execute("PRAGMA synchronous = OFF")
    base.execute("PRAGMA cache_size = -200000")
    document, report = base.execute(
        "SELECT b.document, b.report FROM session_bodies b JOIN sessions s ON s.position = b.position WHERE s.image_id IS NULL LIMIT 1").fetchone()
    position, previous, at = base.execute("SELECT position, hash, at FROM chain ORDER BY position DESC LIMIT 1").fetchone()
    base.execute("BEGIN")
    # The index is behind by what the daemon has not taken up yet.
    base.execute("INSERT INTO session_words (rowid, title, tags, search_text) SELECT position, title, '', '' FROM sessions"
                 " WHERE position > (SELECT coalesce(max(rowid), 0) FROM session_words)")
    for number in range(position + 1, count + 1):
        session = made(number, at + number)
        sealed = chain_hash(previous, number, session, document, report)
        base.execute("INSERT INTO chain VALUES (?, ?, 'session', ?, '', ?, ?)",
                     (number, session["created_at"], session["id"], previous, sealed))
        base.execute("INSERT INTO sessions (position, id, created_at, mode, interpreter, key_name, tempo, seed, title, tags)"
                     " VALUES (?, :id, :created_at, :mode, :interpreter, :key_name, :tempo, :seed, :title, :tags)".replace(
                         "?", str(number)), session)
        base.execute("INSERT INTO session_bodies (position, report, document) VALUES (?, ?, ?)", (number, report, document))
        base.execute("INSERT INTO session_words (rowid, title, tags, search_text) VALUES (?, ?, '', '')", (number, session["title"]))
        previous = sealed
    base.execute("COMMIT")
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close()


def short_of(daemon):
    """The id of a first session, which `lengthen` multiplies."""
    return json.loads(daemon.post("+/sessions", {"midi_sequence": [
        {"step": step, "note": 48 + step, "velocity": 96, "active": True} for step in range(16)]}).body)["id"]
