-- Public words that wait for a second person. `facts` is what would stand there, as JSON, by its kind; `subject_id` the
-- record it changes (0: a new one). Proposed by nobody: handed in at the office's own machine.

CREATE TABLE proposals (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  facts TEXT NOT NULL,
  proposed_by INTEGER REFERENCES people (id),
  proposed_at TEXT NOT NULL,
  approved_at TEXT,
  returned_at TEXT,
  decided_by INTEGER REFERENCES people (id),
  note TEXT
);

CREATE INDEX proposals_open ON proposals (kind, subject_id) WHERE approved_at IS NULL AND returned_at IS NULL;

-- What an announcement said when it was returned, so that its next version can be set beside it.

CREATE TABLE returned_versions (
  broadcast_id INTEGER NOT NULL REFERENCES broadcasts (id),
  version INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (broadcast_id, version)
);
