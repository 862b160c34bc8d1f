-- What search finds beside title and tags, until session_words takes it up and after; of sessions from before only
-- session_words has it.
ALTER TABLE session_bodies ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
