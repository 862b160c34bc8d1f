-- Most sessions have no parent, and those of a document neither a picture nor a job: an index that leaves them out is a
-- page less that a commit writes. SQLite takes it for every comparison with a value.
DROP INDEX sessions_image;
DROP INDEX sessions_job;
DROP INDEX sessions_parent;
CREATE INDEX sessions_image ON sessions (image_id) WHERE image_id IS NOT NULL;
CREATE INDEX sessions_job ON sessions (job_id) WHERE job_id IS NOT NULL;
CREATE INDEX sessions_parent ON sessions (parent_id) WHERE parent_id IS NOT NULL;
