"""The office profile: data that differs by district, the rules read from it, and the office's clocks."""
