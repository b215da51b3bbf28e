"""What the bot remembers: one noun per file, its record beside its SQL. Imports nothing of ours."""
