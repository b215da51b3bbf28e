"""What the sender of a ticket does and is told, named, hidden or unknown."""
