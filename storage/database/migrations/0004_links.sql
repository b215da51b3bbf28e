-- One person with two messengers: a code made in one and typed in the other, and what was put together because of it.

CREATE TABLE link_codes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES people (id),
  channel TEXT NOT NULL,
  made_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  asked_by INTEGER REFERENCES people (id),
  asked_from TEXT,
  wished_at TEXT,
  closed_at TEXT
);

CREATE INDEX link_codes_open ON link_codes (hash) WHERE closed_at IS NULL;

CREATE INDEX link_codes_of_person ON link_codes (person_id);

-- Wrong link codes of everybody, without who: erasing a person does not make room for more guesses.

CREATE TABLE link_guesses (
  at TEXT NOT NULL
);

CREATE INDEX link_guesses_by_age ON link_guesses (at);

CREATE TABLE merges (
  id INTEGER PRIMARY KEY,
  kept_id INTEGER NOT NULL REFERENCES people (id),
  merged_id INTEGER NOT NULL REFERENCES people (id),
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  moved TEXT NOT NULL,
  aside TEXT NOT NULL,
  undone_at TEXT
);

CREATE INDEX merges_of_kept ON merges (kept_id);

CREATE UNIQUE INDEX merges_one_at_a_time ON merges (merged_id) WHERE undone_at IS NULL;
