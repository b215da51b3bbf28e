"""What was typed and what could be meant by it: one slip of the thumb is forgiven, a guess is not made."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from handlers.conversation.words import folded

CLOSE_ENOUGH = 84
"""Of 100: how alike a typed label and a choice must be (rapidfuzz `ratio`): one slip of the thumb is forgiven."""


def closest(said: str, labels: Mapping[str, str]) -> str | None:
    """The key whose label is (nearly) what was typed, or is the only one that holds it; None when unsure."""
    wanted = folded(said)
    if len(wanted) < 2:
        return None
    held = [key for key, label in labels.items() if wanted in folded(label)]
    if len(held) == 1:
        return held[0]
    best = process.extract(wanted, {k: folded(label) for k, label in labels.items()}, scorer=fuzz.ratio, limit=2)
    alike = [key for _, score, key in best if score >= CLOSE_ENOUGH]
    return alike[0] if len(alike) == 1 or (alike and best[0][1] > best[1][1]) else None
