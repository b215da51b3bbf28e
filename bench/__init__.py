"""Benchmarks: the real process beside the same form in other libraries. Tests never import this."""
