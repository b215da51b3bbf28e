"""`/rekap`: what came in over a period and what became of it, as a message, a picture and a table."""
