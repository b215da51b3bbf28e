"""`/laporan`: the activity report an ormas owes, and the duty to send it."""
