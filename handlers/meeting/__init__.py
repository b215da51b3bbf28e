"""`/audiensi`: a meeting from the request to what was promised in it."""
