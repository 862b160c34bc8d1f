-- A play may go on with other documents than its session's: which one sounded from which tick on, counted since the
-- play began. Version 1 is the session.
CREATE TABLE play_versions (
  position INTEGER PRIMARY KEY,
  play INTEGER NOT NULL REFERENCES plays (position),
  version INTEGER NOT NULL,
  tick INTEGER NOT NULL,
  document TEXT NOT NULL,
  UNIQUE (play, version)
) STRICT;

-- The play whose versions this one plays again.
ALTER TABLE plays ADD COLUMN replay_of TEXT REFERENCES plays (id);

-- The hand behind a drawing: its strokes as JSON. The request of the session's interpretation, which the chain seals,
-- holds their SHA-256 as strokes_sha256.
CREATE TABLE session_strokes (
  position INTEGER PRIMARY KEY REFERENCES sessions (position),
  page TEXT NOT NULL
) STRICT;
