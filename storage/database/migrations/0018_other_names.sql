-- What else somebody on the list is called: a nickname, an abbreviation, a symbol. It goes when its name goes.

ALTER TABLE neutral_names ADD COLUMN alias_of INTEGER REFERENCES neutral_names (id);
