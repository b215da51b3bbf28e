"""One file per messenger; they do not know each other."""
