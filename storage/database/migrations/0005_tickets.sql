-- Tickets: everything an ormas sends that is owed an answer. Ids and numbers are drawn by lot, so that neither tells
-- how many there are or in which order they came; an anonymous one names nobody and knows its time only to the hour.

CREATE TABLE tickets (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  privacy TEXT NOT NULL,
  person_id INTEGER REFERENCES people (id),
  organisation_id INTEGER REFERENCES organisations (id),
  kecamatan TEXT NOT NULL,
  field TEXT NOT NULL,
  level TEXT NOT NULL,
  period TEXT NOT NULL,
  title TEXT NOT NULL,
  facts TEXT NOT NULL,
  secret_hash TEXT,
  check_code TEXT,
  opened_at TEXT NOT NULL,
  respond_by TEXT NOT NULL,
  due_at TEXT NOT NULL,
  responded_at TEXT,
  assigned_to INTEGER REFERENCES people (id),
  wanted_by TEXT,
  asked_at TEXT,
  asked_for TEXT NOT NULL DEFAULT '',
  verified_at TEXT,
  verified_by INTEGER REFERENCES people (id),
  merged_into INTEGER REFERENCES tickets (id),
  closed_at TEXT,
  closed_by INTEGER REFERENCES people (id),
  result TEXT,
  reopened INTEGER NOT NULL DEFAULT 0,
  rating INTEGER,
  rated_round INTEGER,
  emptied_at TEXT
);

CREATE UNIQUE INDEX tickets_by_secret ON tickets (secret_hash) WHERE secret_hash IS NOT NULL;

CREATE UNIQUE INDEX tickets_by_check_code ON tickets (check_code) WHERE check_code IS NOT NULL;

CREATE INDEX tickets_of_person ON tickets (person_id, opened_at) WHERE person_id IS NOT NULL;

CREATE INDEX tickets_of_organisation ON tickets (organisation_id, kind, period) WHERE organisation_id IS NOT NULL;

-- Open tickets are read in the order in which the office owes its next word: the first answer, then the end.

CREATE INDEX tickets_open ON tickets (kind, (CASE WHEN responded_at IS NULL AND respond_by < due_at THEN respond_by ELSE due_at END), id) WHERE closed_at IS NULL;

CREATE INDEX tickets_open_in_kecamatan ON tickets (kecamatan, kind, (CASE WHEN responded_at IS NULL AND respond_by < due_at THEN respond_by ELSE due_at END), id) WHERE closed_at IS NULL;

CREATE INDEX tickets_unassigned ON tickets (kind, (CASE WHEN responded_at IS NULL AND respond_by < due_at THEN respond_by ELSE due_at END), id)
  WHERE closed_at IS NULL AND assigned_to IS NULL;

CREATE INDEX tickets_assigned ON tickets (assigned_to, kind, (CASE WHEN responded_at IS NULL AND respond_by < due_at THEN respond_by ELSE due_at END), id)
  WHERE closed_at IS NULL AND assigned_to IS NOT NULL;

CREATE INDEX tickets_merged ON tickets (merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX tickets_by_age ON tickets (kind, closed_at) WHERE closed_at IS NOT NULL AND emptied_at IS NULL;

CREATE INDEX tickets_by_opening ON tickets (kind, opened_at);

-- What happened to a ticket, in order. Somebody outside the office is named by no number here: it is whoever opened it.

CREATE TABLE ticket_events (
  id INTEGER PRIMARY KEY,
  ticket_id INTEGER NOT NULL REFERENCES tickets (id),
  at TEXT NOT NULL,
  officer_id INTEGER REFERENCES people (id),
  what TEXT NOT NULL,
  words TEXT,
  inside INTEGER NOT NULL
);

CREATE INDEX ticket_events_of_ticket ON ticket_events (ticket_id, id);

-- Who is talking with whom: what a person writes goes to this ticket, until the talk is over.

CREATE TABLE talks (
  person_id INTEGER PRIMARY KEY REFERENCES people (id),
  ticket_id INTEGER NOT NULL REFERENCES tickets (id),
  since TEXT NOT NULL
);

CREATE INDEX talks_of_ticket ON talks (ticket_id);

-- Answers prepared beforehand, for one kind of ticket and one moment of it.

CREATE TABLE canned_replies (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  moment TEXT NOT NULL,
  title TEXT NOT NULL,
  words TEXT NOT NULL,
  written_by INTEGER NOT NULL REFERENCES people (id),
  written_at TEXT NOT NULL,
  removed_at TEXT
);

CREATE TABLE mutes (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id),
  until TEXT NOT NULL,
  why TEXT NOT NULL,
  muted_by INTEGER NOT NULL REFERENCES people (id),
  at TEXT NOT NULL,
  lifted_at TEXT
);

CREATE INDEX mutes_of_person ON mutes (person_id, until);

-- Members an officer has not looked at yet: asked for with every look at the queue.

CREATE INDEX memberships_unverified ON memberships (id)
  WHERE ended_at IS NULL AND verified_at IS NULL AND refused_at IS NULL;
