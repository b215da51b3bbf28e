"""An announcement at the neutrality gate: asked when it is handed in, when it is approved, and when it starts."""

from handlers.conversation.turn import Work
from handlers.neutrality import Finding, examine
from storage.broadcasts.broadcasts import Broadcast
from storage.elections import neutral_names


def findings(work: Work, broadcast: Broadcast) -> list[Finding]:
    """What the gate has against it, with the names that are on the list now."""
    content = broadcast.content
    return examine(
        content.title,
        content.body,
        content.topic,
        neutral_names.everyone(work.tx).values(),
        options=content.options,
        source=content.source,
    )
