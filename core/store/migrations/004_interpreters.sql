-- What was asked of interpreters elsewhere, and what may be.

ALTER TABLE images ADD COLUMN stays INTEGER NOT NULL DEFAULT 0;  -- must not leave this machine

ALTER TABLE jobs ADD COLUMN candidates TEXT NOT NULL DEFAULT '';  -- JSON: a chain of interpreters for each session wanted
ALTER TABLE jobs ADD COLUMN fresh INTEGER NOT NULL DEFAULT 0;

ALTER TABLE interpretations ADD COLUMN cache_key TEXT NOT NULL DEFAULT '';
ALTER TABLE interpretations ADD COLUMN input_tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE interpretations ADD COLUMN output_tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE interpretations ADD COLUMN cost REAL NOT NULL DEFAULT 0;
CREATE INDEX interpretations_cache_key ON interpretations (cache_key) WHERE cache_key <> '';
CREATE INDEX interpretations_created_at ON interpretations (created_at);
