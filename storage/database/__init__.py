"""One door to SQLite and PostgreSQL, the scripts that make the tables, and times as text."""
