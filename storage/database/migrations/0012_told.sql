-- What an officer decided and the office then told somebody: who has to know when it does not arrive. One row for a
-- notice, kept until it is known to have arrived or the officer was told that it did not.

CREATE TABLE told (
  parcel_id INTEGER PRIMARY KEY,
  officer_id INTEGER NOT NULL REFERENCES people (id),
  about TEXT NOT NULL,
  at TEXT NOT NULL,
  put_off_at TEXT,
  closed_at TEXT
);

CREATE INDEX told_open ON told (parcel_id) WHERE closed_at IS NULL;
