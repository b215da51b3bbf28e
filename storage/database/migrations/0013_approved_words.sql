-- What a messenger last said about approved words (templates), and what an admin answered when they became advertising.

CREATE TABLE approved_words (
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT '',
  category TEXT NOT NULL DEFAULT '',
  answer TEXT NOT NULL DEFAULT '',
  answered_at TEXT,
  PRIMARY KEY (name, language)
);

-- What admins were told of the office's own account, so that they are told once.

CREATE TABLE alarms (
  what TEXT PRIMARY KEY,
  told_at TEXT NOT NULL
);

-- What went out in a month.

CREATE INDEX outbox_by_end ON outbox (channel, settled_at) WHERE outcome = 'sent';
