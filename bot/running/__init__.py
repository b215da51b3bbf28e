"""What goes on until the end: the clock, loops that survive, the proof of life, the stop."""
