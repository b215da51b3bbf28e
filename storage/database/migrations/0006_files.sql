-- What is known of a file beyond its content: what it is for, what was written under it, and its picture for reading.

ALTER TABLE attachments ADD COLUMN purpose TEXT NOT NULL DEFAULT 'letter';

ALTER TABLE attachments ADD COLUMN note TEXT NOT NULL DEFAULT '';

ALTER TABLE attachments ADD COLUMN seconds INTEGER;

ALTER TABLE attachments ADD COLUMN preview TEXT;

CREATE INDEX attachments_of_person ON attachments (person_id, id);

CREATE INDEX attachments_by_hash ON attachments (sha256) WHERE sha256 IS NOT NULL;

CREATE INDEX attachments_by_preview ON attachments (preview) WHERE preview IS NOT NULL;

-- Files of tickets. Ids are drawn by lot. Once a file is here whole, its row in attachments is gone, and with it the
-- person who sent it; a file of an anonymous ticket has no time, and no name of its sender's choosing.

CREATE TABLE ticket_files (
  id INTEGER PRIMARY KEY,
  ticket_id INTEGER NOT NULL REFERENCES tickets (id),
  event_id INTEGER REFERENCES ticket_events (id),
  number INTEGER NOT NULL,
  place TEXT NOT NULL,
  attachment_id INTEGER,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size INTEGER,
  seconds INTEGER,
  sha256 TEXT,
  preview TEXT,
  note TEXT NOT NULL,
  reason TEXT,
  at TEXT,
  again_at TEXT,
  UNIQUE (ticket_id, number)
);

CREATE UNIQUE INDEX ticket_files_by_attachment ON ticket_files (attachment_id) WHERE attachment_id IS NOT NULL;

CREATE INDEX ticket_files_by_hash ON ticket_files (sha256) WHERE sha256 IS NOT NULL;

CREATE INDEX ticket_files_by_preview ON ticket_files (preview) WHERE preview IS NOT NULL;
