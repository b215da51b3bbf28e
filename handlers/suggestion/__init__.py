"""`/masukan`: suggestions, aspirations, complaints and questions."""
