-- Where the time of jobs went: lines of JSON, each {"name", "at_us", "us", "facts", "parts"}, with times in wall
-- microseconds since 1970. Beside the job, for watching only: nothing else refers to it.
CREATE TABLE job_traces (
  job_id TEXT PRIMARY KEY,
  spans TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- So that how much is kept need not be counted picture by picture.
CREATE INDEX images_kept_size ON images (size) WHERE forgotten_at IS NULL;
