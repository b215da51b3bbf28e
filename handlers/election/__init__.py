"""The season of an election: its calendar, what is drafted from it, and what everybody may know about it."""
