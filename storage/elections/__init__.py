"""The stages of an election, and the names the office must not speak for."""
