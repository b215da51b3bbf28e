"""The outside world: doors, channels, the sender, the clock, the pages. The only package that knows a network."""
