"""A public word waits for a second person: proposed by one, shown in full to another, and only then public.

One way for everything that everybody can read and that is no announcement; each kind says how it is shown and what
happens when it counts. `second_look.py` knows the kinds and what is pressed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.conversation.turn import Turn, Work
from handlers.conversation.words import Text, lines, say
from handlers.neutrality import WHY, Finding, examine
from handlers.telling.officers import APPROVERS, called
from storage.broadcasts import proposals
from storage.broadcasts.proposals import Proposal
from storage.elections import neutral_names
from storage.people import people


def nothing_against(turn: Turn, proposal: Proposal) -> Text | None:  # noqa: ARG001
    return None


@dataclass(frozen=True, slots=True)
class PublicWord:
    """One kind. `shown` is everything that would be public; `publish` lets it count, or says why it cannot any more.

    `against` is what else may speak against this approver (a rumour of their own).
    """

    kind: str
    title: Text
    shown: Callable[[Work, Proposal], Sequence[Text]]
    publish: Callable[[Turn, Proposal], Text | None]
    against: Callable[[Turn, Proposal], Text | None] = nothing_against


def findings(work: Work, proposal: Proposal) -> list[Finding]:
    """What the neutrality gate has against it, with the names that are on the list now."""
    return examine("", "\n".join(texts(proposal.facts)), "", neutral_names.everyone(work.tx).values())


def texts(facts: Any) -> list[str]:
    """Every text in it, however deep."""
    if isinstance(facts, str):
        return [facts]
    inside = facts.values() if isinstance(facts, Mapping) else facts if isinstance(facts, list) else ()
    return [told for one in inside for told in texts(one)]


def findings_text(found: Sequence[Finding]) -> Text:
    return lines(say("Gerbang netralitas menahan kata-kata ini:"), *(say("- {what}", what=f.words) for f in found), WHY)


def head(word: PublicWord, proposal: Proposal) -> Text:
    return say("{code}: {title}", code=proposal.code, title=word.title)


def hand_in(work: Work, word: PublicWord, subject_id: int, facts: Mapping[str, Any], author: int | None) -> Proposal:
    """Let it wait, and tell everyone who may approve it; nothing is public by it."""
    proposal = proposals.propose(work.tx, word.kind, subject_id, facts, author, work.now)
    for one in approvers(work, proposal):
        look = work.catalogue.choices(("periksa-usul",), proposal.id, proposal.code)
        work.tell(one, say("Menunggu persetujuan orang kedua:"), head(word, proposal), choices=look)
    return proposal


def approvers(work: Work, proposal: Proposal) -> list[people.Person]:
    return [one for one in people.with_roles(work.tx, APPROVERS) if one.id != proposal.proposed_by]


def propose(turn: Turn, word: PublicWord, subject_id: int, facts: Mapping[str, Any]) -> Proposal:
    """Handed in by an officer, who reads what happens now."""
    proposal = hand_in(turn, word, subject_id, facts, turn.person.id)
    turn.say(head(word, proposal), *word.shown(turn, proposal), told_author(turn, proposal))
    return proposal


def told_author(turn: Turn, proposal: Proposal) -> Text:
    found, others = findings(turn, proposal), approvers(turn, proposal)
    return lines(
        findings_text(found) if found else "",
        say("Belum tampil. Menunggu orang kedua: {names}.", names=", ".join(str(called(one)) for one in others[:3]))
        if others
        else say(
            "Belum tampil: belum ada penyetuju lain di kantor ini. Admin dapat mengundangnya; usulan ini menunggu."
        ),
    )
