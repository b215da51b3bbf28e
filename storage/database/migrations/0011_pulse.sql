-- What is written and read back to prove that the office can be kept: its newest row is all that stays.
CREATE TABLE pulse (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  proof BLOB NOT NULL
);
