-- What one gate decided about a message, and what its provider told about it afterwards.

ALTER TABLE outbox ADD COLUMN topic TEXT;

ALTER TABLE outbox ADD COLUMN form TEXT;

ALTER TABLE outbox ADD COLUMN state TEXT;

ALTER TABLE outbox ADD COLUMN state_at TEXT;

ALTER TABLE outbox ADD COLUMN retold_at TEXT;

CREATE INDEX outbox_by_template ON outbox (channel, address) WHERE form = 'template' AND retold_at IS NULL;

CREATE INDEX outbox_by_receipt ON outbox (channel, receipt) WHERE receipt IS NOT NULL AND form IS NOT NULL;

ALTER TABLE chats ADD COLUMN closed_at TEXT;

-- A status that came before we knew what it is about.

CREATE TABLE early_statuses (
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  receipt TEXT NOT NULL,
  state TEXT NOT NULL,
  at TEXT NOT NULL,
  kept_at TEXT NOT NULL
);

CREATE INDEX early_statuses_of_receipt ON early_statuses (channel, receipt);

-- What somebody wants and does not want, in the words they said it in. Only ever added to; the last one counts.

CREATE TABLE preferences (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id),
  topic TEXT NOT NULL,
  wanted INTEGER NOT NULL,
  said TEXT NOT NULL,
  channel TEXT NOT NULL,
  at TEXT NOT NULL
);

CREATE INDEX preferences_of_person ON preferences (person_id, topic, id);
