-- Announcements: facts with their times. A correction, a repetition and a second round are announcements of their own,
-- each naming the one it comes from.

CREATE TABLE broadcasts (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  check_code TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL,
  replaces_id INTEGER REFERENCES broadcasts (id),
  repeats_id INTEGER REFERENCES broadcasts (id),
  follows_id INTEGER REFERENCES broadcasts (id),
  withdraws INTEGER NOT NULL DEFAULT 0,
  topic TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  question TEXT NOT NULL,
  options TEXT NOT NULL,
  segment TEXT NOT NULL,
  starts_at TEXT,
  expires_at TEXT,
  repeat TEXT NOT NULL,
  source TEXT NOT NULL,
  written_by INTEGER NOT NULL REFERENCES people (id),
  written_at TEXT NOT NULL,
  submitted_at TEXT,
  hash TEXT,
  override_by INTEGER REFERENCES people (id),
  override_why TEXT,
  approved_at TEXT,
  approved_by INTEGER REFERENCES people (id),
  returned_at TEXT,
  rejected_at TEXT,
  decided_by INTEGER REFERENCES people (id),
  note TEXT,
  urgent_why TEXT,
  reviewed_at TEXT,
  reviewed_by INTEGER REFERENCES people (id),
  review TEXT,
  plan TEXT NOT NULL DEFAULT '{}',
  planned_upto INTEGER,
  started_at TEXT,
  listed_upto INTEGER NOT NULL DEFAULT 0,
  listed INTEGER NOT NULL DEFAULT 0,
  listed_at TEXT,
  paused_at TEXT,
  paused_why TEXT,
  paused_by INTEGER REFERENCES people (id),
  excused INTEGER NOT NULL DEFAULT 0,
  cancelled_at TEXT,
  cancelled_why TEXT,
  cancelled_by INTEGER REFERENCES people (id),
  finished_at TEXT,
  progress TEXT NOT NULL DEFAULT '{}'
);

CREATE INDEX broadcasts_replacing ON broadcasts (replaces_id) WHERE replaces_id IS NOT NULL;

CREATE INDEX broadcasts_repeating ON broadcasts (repeats_id) WHERE repeats_id IS NOT NULL;

CREATE INDEX broadcasts_going ON broadcasts (id)
  WHERE approved_at IS NOT NULL AND finished_at IS NULL;

CREATE INDEX broadcasts_deciding ON broadcasts (id)
  WHERE submitted_at IS NOT NULL AND approved_at IS NULL AND rejected_at IS NULL AND cancelled_at IS NULL;

CREATE INDEX broadcasts_planning ON broadcasts (id) WHERE planned_upto IS NOT NULL;

CREATE TABLE broadcast_files (
  broadcast_id INTEGER NOT NULL REFERENCES broadcasts (id),
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (broadcast_id, place)
);

CREATE INDEX broadcast_files_by_hash ON broadcast_files (sha256);

-- The ledger: one row for each recipient, written before anything is sent. A row follows its newest parcel.

CREATE TABLE recipients (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id),
  broadcast_id INTEGER NOT NULL REFERENCES broadcasts (id),
  channel TEXT,
  address TEXT,
  queued_at TEXT,
  parcel_id INTEGER,
  settled_at TEXT,
  outcome TEXT,
  reason TEXT,
  delivered_at TEXT,
  read_at TEXT,
  answer TEXT,
  answered_at TEXT,
  edited_at TEXT,
  UNIQUE (person_id, broadcast_id)
);

CREATE INDEX recipients_by_outcome ON recipients (broadcast_id, outcome, channel);

CREATE INDEX recipients_waiting ON recipients (broadcast_id, channel, id)
  WHERE queued_at IS NULL AND settled_at IS NULL;

CREATE INDEX recipients_delivered ON recipients (broadcast_id) WHERE delivered_at IS NOT NULL;

CREATE INDEX recipients_read ON recipients (broadcast_id) WHERE read_at IS NOT NULL;

CREATE INDEX recipients_answered ON recipients (broadcast_id, answer) WHERE answer IS NOT NULL;

ALTER TABLE outbox ADD COLUMN recipient_id INTEGER;

CREATE INDEX outbox_of_broadcast ON outbox (subject, channel) WHERE settled_at IS NULL AND recipient_id IS NOT NULL;

CREATE INDEX outbox_reached ON outbox (channel, settled_at, address) WHERE form = 'template' AND outcome = 'sent';

-- Whom to write to, under a name: a readable expression.

CREATE TABLE segments (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  expression TEXT NOT NULL,
  written_by INTEGER NOT NULL REFERENCES people (id),
  written_at TEXT NOT NULL,
  removed_at TEXT
);

CREATE UNIQUE INDEX segments_by_name ON segments (name) WHERE removed_at IS NULL;

-- The messengers in service and what each allows, as the running process says: plans are made from it.

CREATE TABLE messengers (
  name TEXT PRIMARY KEY,
  per_second INTEGER NOT NULL,
  reach INTEGER,
  window_hours INTEGER,
  edits INTEGER NOT NULL,
  seen_at TEXT NOT NULL
);
