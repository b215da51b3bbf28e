-- The calendar of an election, as the office entered it. Empty text: not set, or not known. Who did it stands in the audit.

CREATE TABLE stages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  starts_on TEXT NOT NULL DEFAULT '',
  ends_on TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  announced_by TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  removed_at TEXT
);

CREATE INDEX stages_by_day ON stages (starts_on) WHERE removed_at IS NULL;

-- Names of parties and candidates no announcement may carry unless an approver lets it.

CREATE TABLE neutral_names (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  removed_at TEXT
);
