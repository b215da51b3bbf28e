"""`/situasi`: what happens in the region, for the few who watch over it."""
