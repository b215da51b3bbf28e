-- What the office keeps about an ormas beside its name, kind, main field and kecamatan. Empty: not known.

ALTER TABLE organisations ADD COLUMN number TEXT NOT NULL DEFAULT '';

ALTER TABLE organisations ADD COLUMN expires_on TEXT NOT NULL DEFAULT '';

ALTER TABLE organisations ADD COLUMN chair TEXT NOT NULL DEFAULT '';

ALTER TABLE organisations ADD COLUMN secretary TEXT NOT NULL DEFAULT '';

ALTER TABLE organisations ADD COLUMN treasurer TEXT NOT NULL DEFAULT '';

ALTER TABLE organisations ADD COLUMN term_from TEXT NOT NULL DEFAULT '';

ALTER TABLE organisations ADD COLUMN term_until TEXT NOT NULL DEFAULT '';

ALTER TABLE organisations ADD COLUMN address TEXT NOT NULL DEFAULT '';

ALTER TABLE organisations ADD COLUMN phone TEXT NOT NULL DEFAULT '';

ALTER TABLE organisations ADD COLUMN email TEXT NOT NULL DEFAULT '';

CREATE INDEX organisations_by_number ON organisations (number) WHERE number <> '';

CREATE INDEX organisations_by_expiry ON organisations (expires_on) WHERE expires_on <> '';

CREATE INDEX memberships_of_organisation ON memberships (organisation_id);

-- Fields an ormas works in beside its main one.

CREATE TABLE organisation_tags (
  organisation_id INTEGER NOT NULL REFERENCES organisations (id),
  place INTEGER NOT NULL,
  field TEXT NOT NULL,
  PRIMARY KEY (organisation_id, field)
);

CREATE INDEX organisation_tags_by_field ON organisation_tags (field);

-- What a leader says should stand in the registry, and what an officer made of it.

CREATE TABLE corrections (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation_id INTEGER NOT NULL REFERENCES organisations (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  fact TEXT NOT NULL,
  value TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  accepted_at TEXT,
  refused_at TEXT,
  decided_by INTEGER REFERENCES people (id),
  reason TEXT
);

CREATE INDEX corrections_open ON corrections (id) WHERE accepted_at IS NULL AND refused_at IS NULL;

CREATE INDEX corrections_of_person ON corrections (person_id);

-- Papers somebody has ready for an ormas, of the checklists in the office profile.

CREATE TABLE ready_papers (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id),
  organisation_id INTEGER NOT NULL REFERENCES organisations (id),
  checklist TEXT NOT NULL,
  paper TEXT NOT NULL,
  at TEXT NOT NULL
);

CREATE INDEX ready_papers_of_person ON ready_papers (person_id, organisation_id, checklist);
