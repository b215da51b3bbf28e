"""The page: one HTML, one style sheet, one script; the server that shows it, and who may come in."""
