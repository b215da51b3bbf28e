"""The neutrality gate: what in public words speaks for or against a party or candidate. `examine` is all of it."""

from handlers.neutrality.gate import ELECTION, WHY, Finding, examine

__all__ = ["ELECTION", "WHY", "Finding", "examine"]
