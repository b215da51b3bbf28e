"""`/petugas`: talking to a person of the office."""
