"""Announcements: what is said to many, who decided it, whom it reaches, how it ran."""
