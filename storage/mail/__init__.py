"""What came in and what goes out: inbox, outbox, files, and what providers tell afterwards."""
