-- How a play changes by itself, as it was asked for (JSON); empty for one that does not.
ALTER TABLE plays ADD COLUMN evolve TEXT NOT NULL DEFAULT '';
