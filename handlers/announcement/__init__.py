"""Announcements: written, decided by two, sent, answered and looked back at."""
