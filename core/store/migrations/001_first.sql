-- Times are wall milliseconds since 1970 UTC. interpreters, options, play, usage, error, tags and devices hold JSON.

CREATE TABLE images (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,  -- SHA-256 of the bytes
  size INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  orientation INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  forgotten_at INTEGER
) STRICT;
CREATE INDEX images_forgotten ON images (forgotten_at) WHERE forgotten_at IS NOT NULL;

CREATE TABLE jobs (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  stage TEXT NOT NULL DEFAULT '',
  progress REAL NOT NULL DEFAULT 0,
  mode TEXT NOT NULL,
  image_id TEXT REFERENCES images (id),
  prompt TEXT NOT NULL,
  interpreters TEXT NOT NULL,
  options TEXT NOT NULL,
  play TEXT NOT NULL,
  interpreter TEXT NOT NULL DEFAULT '',
  attempts INTEGER NOT NULL DEFAULT 0,
  crashes INTEGER NOT NULL DEFAULT 0,
  claim INTEGER NOT NULL DEFAULT 0,
  cancel_requested INTEGER NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER
) STRICT;
CREATE INDEX jobs_state ON jobs (state);
CREATE INDEX jobs_open_image ON jobs (image_id) WHERE state IN ('queued', 'running');

CREATE TABLE interpretations (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  job_id TEXT REFERENCES jobs (id),
  interpreter TEXT NOT NULL,
  kind TEXT NOT NULL,
  model TEXT NOT NULL,
  prompt_version TEXT NOT NULL,
  usage TEXT NOT NULL,
  error TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  request TEXT NOT NULL,
  answer TEXT NOT NULL
) STRICT;
CREATE INDEX interpretations_job ON interpretations (job_id);

-- core/store/chain.hpp says what is hashed.
CREATE TABLE chain (
  position INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('session', 'hide', 'forget')),
  subject TEXT NOT NULL,
  data TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX chain_subject ON chain (subject, kind);

-- Small fields only, so that walking the history stays fast; the large ones are in session_bodies.
CREATE TABLE sessions (
  position INTEGER PRIMARY KEY REFERENCES chain (position),
  id TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  hidden INTEGER NOT NULL DEFAULT 0,
  starred INTEGER NOT NULL DEFAULT 0,
  mode TEXT NOT NULL,
  interpreter TEXT NOT NULL,
  key_name TEXT NOT NULL,
  tempo REAL NOT NULL,
  image_id TEXT REFERENCES images (id),
  job_id TEXT REFERENCES jobs (id),
  parent_id TEXT REFERENCES sessions (id),
  interpretation_id TEXT REFERENCES interpretations (id),
  seed INTEGER NOT NULL,  -- the bits of an unsigned 64-bit number
  title TEXT NOT NULL,
  tags TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_starred ON sessions (position) WHERE starred;
CREATE INDEX sessions_mode ON sessions (mode);
CREATE INDEX sessions_interpreter ON sessions (interpreter);
CREATE INDEX sessions_key_name ON sessions (key_name);
CREATE INDEX sessions_created_at ON sessions (created_at);
CREATE INDEX sessions_tempo ON sessions (tempo);
CREATE INDEX sessions_image ON sessions (image_id);
CREATE INDEX sessions_job ON sessions (job_id);
CREATE INDEX sessions_parent ON sessions (parent_id);

CREATE TABLE session_bodies (
  position INTEGER PRIMARY KEY REFERENCES sessions (position),
  report TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;

CREATE TABLE session_tags (
  tag TEXT NOT NULL,
  position INTEGER NOT NULL REFERENCES sessions (position),
  PRIMARY KEY (tag, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_tags_position ON session_tags (position);

-- rowid is sessions.position
CREATE VIRTUAL TABLE session_words USING fts5 (
  title, tags, search_text, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);

CREATE TABLE plays (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  session_id TEXT NOT NULL REFERENCES sessions (id),
  job_id TEXT REFERENCES jobs (id),
  devices TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'playing', 'ended', 'stopped', 'failed', 'interrupted')),
  loops INTEGER NOT NULL,
  quantise TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  error TEXT NOT NULL
) STRICT;
CREATE INDEX plays_session ON plays (session_id);
CREATE INDEX plays_job ON plays (job_id);
CREATE INDEX plays_open ON plays (position) WHERE ended_at IS NULL;

CREATE TABLE play_events (
  play INTEGER NOT NULL REFERENCES plays (position),
  seq INTEGER NOT NULL,
  loop INTEGER NOT NULL,
  tick INTEGER NOT NULL,
  device TEXT NOT NULL,
  offset_us INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (play, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency_keys (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  made_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);
