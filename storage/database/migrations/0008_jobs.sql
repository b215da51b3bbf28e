-- Slow work that is no network (pictures, tables): asked for in a turn, worked off between turns.

CREATE TABLE jobs (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES people (id),
  arguments TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  due_at TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  done_at TEXT,
  outcome TEXT
);

CREATE INDEX jobs_waiting ON jobs (due_at) WHERE done_at IS NULL;

CREATE INDEX jobs_of_person ON jobs (person_id, id);

-- Files we made ourselves: kept until they are sent and a while longer.

CREATE TABLE made_files (
  job_id INTEGER NOT NULL REFERENCES jobs (id),
  sha256 TEXT NOT NULL,
  wanted_at TEXT NOT NULL,
  PRIMARY KEY (job_id, sha256)
);

CREATE INDEX made_files_by_hash ON made_files (sha256);

CREATE INDEX meetings_by_start ON meetings (starts_at);
