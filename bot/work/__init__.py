"""Slow work beside the turns, and the child process that draws and writes tables."""
