"""Public words wait for a second person: proposed by one, agreed to or returned by another."""
