-- People are keyed by chat (channel and address); one person may have several. A person exists only after consent.

CREATE TABLE people (
  id INTEGER PRIMARY KEY,
  name TEXT,
  language TEXT NOT NULL,
  created_at TEXT NOT NULL,
  stopped_at TEXT,
  erased_at TEXT
);

CREATE TABLE consents (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id),
  version TEXT NOT NULL,
  channel TEXT NOT NULL,
  given_at TEXT NOT NULL,
  withdrawn_at TEXT
);

CREATE INDEX consents_of_person ON consents (person_id);

CREATE TABLE chats (
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES people (id),
  seen_at TEXT NOT NULL,
  unreachable_at TEXT,
  screen TEXT NOT NULL DEFAULT '{}',
  PRIMARY KEY (channel, address)
);

CREATE INDEX chats_of_person ON chats (person_id);

CREATE TABLE roles (
  person_id INTEGER NOT NULL REFERENCES people (id),
  role TEXT NOT NULL,
  since TEXT NOT NULL,
  PRIMARY KEY (person_id, role)
);

CREATE TABLE join_codes (
  hash TEXT PRIMARY KEY,
  role TEXT NOT NULL,
  made_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT,
  used_by INTEGER REFERENCES people (id)
);

CREATE TABLE guesses (
  person_id INTEGER NOT NULL REFERENCES people (id),
  at TEXT NOT NULL
);

CREATE INDEX guesses_of_person ON guesses (person_id, at);

CREATE TABLE organisations (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  field TEXT NOT NULL,
  kecamatan TEXT NOT NULL,
  added_by INTEGER REFERENCES people (id),
  added_at TEXT NOT NULL
);

CREATE TABLE memberships (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id),
  organisation_id INTEGER NOT NULL REFERENCES organisations (id),
  position TEXT NOT NULL,
  added_at TEXT NOT NULL,
  verified_at TEXT,
  verified_by INTEGER REFERENCES people (id),
  refused_at TEXT,
  ended_at TEXT
);

CREATE INDEX memberships_of_person ON memberships (person_id);

-- The machine's own memory: what came in, what goes out, what is half said.

CREATE TABLE inbox (
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  key TEXT NOT NULL,
  raw BLOB NOT NULL,
  received_at TEXT NOT NULL,
  address TEXT,
  done_at TEXT,
  parked_at TEXT,
  fault TEXT,
  UNIQUE (channel, key)
);

CREATE INDEX inbox_waiting ON inbox (channel, id) WHERE done_at IS NULL AND parked_at IS NULL;

CREATE INDEX inbox_by_age ON inbox (received_at);

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  kind TEXT NOT NULL,
  priority INTEGER NOT NULL,
  body TEXT NOT NULL,
  written_at TEXT NOT NULL,
  due_at TEXT NOT NULL,
  expires_at TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  unknowns INTEGER NOT NULL DEFAULT 0,
  claimed_at TEXT,
  settled_at TEXT,
  outcome TEXT,
  reason TEXT,
  receipt TEXT,
  subject TEXT
);

CREATE INDEX outbox_waiting ON outbox (channel, priority, id) WHERE settled_at IS NULL AND claimed_at IS NULL;

CREATE INDEX outbox_of_chat ON outbox (channel, address, id) WHERE settled_at IS NULL;

CREATE INDEX outbox_claimed ON outbox (channel) WHERE settled_at IS NULL AND claimed_at IS NOT NULL;

CREATE INDEX outbox_by_subject ON outbox (subject) WHERE settled_at IS NULL AND subject IS NOT NULL;

CREATE INDEX outbox_by_age ON outbox (written_at);

CREATE TABLE drafts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES people (id),
  form TEXT NOT NULL,
  about TEXT NOT NULL,
  answers TEXT NOT NULL,
  editing TEXT,
  opened_at TEXT NOT NULL,
  touched_at TEXT NOT NULL,
  nudged_at TEXT,
  UNIQUE (person_id, form, about)
);

CREATE INDEX drafts_by_age ON drafts (touched_at);

CREATE TABLE attachments (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id),
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  remote TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size INTEGER,
  received_at TEXT NOT NULL,
  due_at TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  stored_at TEXT,
  sha256 TEXT,
  refused_at TEXT,
  reason TEXT
);

CREATE INDEX attachments_waiting ON attachments (channel, due_at) WHERE stored_at IS NULL AND refused_at IS NULL;

CREATE TABLE transcript (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  address TEXT NOT NULL,
  mine INTEGER NOT NULL,
  body TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL
);

CREATE INDEX transcript_of_address ON transcript (address, id);

-- Meetings: facts with their times; the state is derived from them.

CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  last INTEGER NOT NULL
);

CREATE TABLE meetings (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  person_id INTEGER NOT NULL REFERENCES people (id),
  organisation_id INTEGER NOT NULL REFERENCES organisations (id),
  purpose TEXT NOT NULL,
  host TEXT NOT NULL,
  topic TEXT NOT NULL,
  attendees TEXT NOT NULL,
  head_count INTEGER NOT NULL,
  access TEXT NOT NULL,
  letter_id INTEGER REFERENCES attachments (id),
  starts_at TEXT NOT NULL,
  ends_at TEXT NOT NULL,
  requested_at TEXT NOT NULL,
  sequence INTEGER NOT NULL DEFAULT 0,
  assigned_to INTEGER REFERENCES people (id),
  approved_at TEXT,
  approved_by INTEGER REFERENCES people (id),
  proposed_at TEXT,
  proposed_start TEXT,
  proposed_end TEXT,
  rejected_at TEXT,
  cancelled_at TEXT,
  confirmed_at TEXT,
  held_at TEXT,
  missed_at TEXT,
  minutes TEXT
);

CREATE INDEX meetings_of_person ON meetings (person_id, id);

CREATE INDEX meetings_waiting ON meetings (id)
  WHERE approved_at IS NULL AND rejected_at IS NULL AND cancelled_at IS NULL;

CREATE TABLE slots (
  host TEXT NOT NULL,
  starts_at TEXT NOT NULL,
  ends_at TEXT NOT NULL,
  meeting_id INTEGER NOT NULL REFERENCES meetings (id),
  PRIMARY KEY (host, starts_at)
);

CREATE INDEX slots_by_time ON slots (starts_at);

CREATE INDEX slots_of_meeting ON slots (meeting_id);

CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  meeting_id INTEGER NOT NULL REFERENCES meetings (id),
  at TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES people (id),
  what TEXT NOT NULL,
  why TEXT
);

CREATE INDEX history_of_meeting ON history (meeting_id, id);

CREATE TABLE promises (
  id INTEGER PRIMARY KEY,
  meeting_id INTEGER NOT NULL REFERENCES meetings (id),
  what TEXT NOT NULL,
  who TEXT NOT NULL,
  due_on TEXT NOT NULL,
  made_at TEXT NOT NULL,
  made_by INTEGER NOT NULL REFERENCES people (id),
  kept_at TEXT,
  kept_by INTEGER REFERENCES people (id)
);

CREATE INDEX promises_of_meeting ON promises (meeting_id, id);

CREATE TABLE reminders (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  basis TEXT NOT NULL,
  due_at TEXT NOT NULL,
  done_at TEXT,
  outcome TEXT,
  UNIQUE (kind, subject_id, basis, due_at)
);

CREATE INDEX reminders_waiting ON reminders (due_at) WHERE done_at IS NULL;

-- Who did what, when and why. Only ever added to: the next script takes away the power to change it.

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  person_id INTEGER NOT NULL,
  role TEXT NOT NULL,
  what TEXT NOT NULL,
  subject TEXT NOT NULL,
  why TEXT
);

CREATE INDEX audit_of_subject ON audit (subject);
