-- Whether a play goes on after the next start, when the end of the process has interrupted it. Taken back once that is
-- seen to.
ALTER TABLE plays ADD COLUMN resume INTEGER NOT NULL DEFAULT 0;
-- The play that this one goes on with.
ALTER TABLE plays ADD COLUMN resumed_from TEXT REFERENCES plays (id);
CREATE INDEX plays_resume ON plays (position) WHERE resume;
