-- Who was let in. Only the hash of a secret is here.

CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('device', 'tool')),
  scope TEXT NOT NULL CHECK (scope IN ('play', 'create', 'admin')),
  hash TEXT NOT NULL UNIQUE,  -- SHA-256 of the secret
  created_at INTEGER NOT NULL,
  last_used_at INTEGER,
  last_address TEXT NOT NULL DEFAULT ''
) STRICT;
