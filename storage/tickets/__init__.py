"""Tickets, what happened to them, their files, queues, talks, mutes and prepared replies."""
