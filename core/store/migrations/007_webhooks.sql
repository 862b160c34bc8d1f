-- Webhooks: who is told of what, and what is still to be told. Messages are written by triggers, in the same
-- transaction as what they tell of: a message is there if and only if that has happened.

-- Those of the settings, written anew at each start. `events` is like ' job.done job.failed '.
CREATE TABLE webhooks (
  name TEXT PRIMARY KEY,
  events TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE webhook_outbox (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  hook TEXT NOT NULL,
  id TEXT NOT NULL DEFAULT ('msg_' || lower(hex(randomblob(16)))),
  type TEXT NOT NULL,
  subject TEXT NOT NULL,          -- id of the job, session or play
  data TEXT NOT NULL DEFAULT '',  -- JSON; empty: what is known of the subject when it is sent
  created_at INTEGER NOT NULL DEFAULT (CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER))
) STRICT;
CREATE INDEX webhook_outbox_hook ON webhook_outbox (hook, position);

CREATE TRIGGER webhook_job AFTER UPDATE OF state ON jobs
WHEN new.state <> old.state AND new.state IN ('done', 'failed', 'cancelled') BEGIN
  INSERT INTO webhook_outbox (hook, type, subject)
  SELECT name, 'job.' || new.state, new.id FROM webhooks WHERE instr(events, ' job.' || new.state || ' ');
END;

CREATE TRIGGER webhook_session AFTER INSERT ON sessions BEGIN
  INSERT INTO webhook_outbox (hook, type, subject)
  SELECT name, 'session.created', new.id FROM webhooks WHERE instr(events, ' session.created ');
END;

CREATE TRIGGER webhook_play_started AFTER INSERT ON plays BEGIN
  INSERT INTO webhook_outbox (hook, type, subject)
  SELECT name, 'play.started', new.id FROM webhooks WHERE instr(events, ' play.started ');
END;

CREATE TRIGGER webhook_play_finished AFTER UPDATE OF ended_at ON plays
WHEN old.ended_at IS NULL AND new.ended_at IS NOT NULL BEGIN
  INSERT INTO webhook_outbox (hook, type, subject)
  SELECT name, 'play.finished', new.id FROM webhooks WHERE instr(events, ' play.finished ');
END;
