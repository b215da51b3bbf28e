"""Servers on this machine that stand in for the messengers, so that the real process can be tested whole."""
