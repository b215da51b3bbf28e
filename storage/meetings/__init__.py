"""Meetings, the slots they hold, their history, and what was promised."""
