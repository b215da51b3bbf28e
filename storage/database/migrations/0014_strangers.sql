-- Strangers: what our cookies are signed with, and wrong codes by chat.

CREATE TABLE web_keys (
  name TEXT PRIMARY KEY,
  key TEXT NOT NULL,
  made_at TEXT NOT NULL
);

-- A hash of the chat: erasing a person does not make room for more guesses. Gone after an hour.

CREATE TABLE chat_guesses (
  chat TEXT NOT NULL,
  at TEXT NOT NULL
);

CREATE INDEX chat_guesses_of_chat ON chat_guesses (chat, at);

DROP TABLE link_guesses;
