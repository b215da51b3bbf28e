"""`/balasan`: an admin keeps the prepared replies, each for one kind of ticket and one moment of it."""

from collections.abc import Mapping, Sequence

from handlers.conversation.catalogue import Action, only_for
from handlers.conversation.form import Form, start
from handlers.conversation.questions.question import pick, text
from handlers.conversation.turn import Choice, Turn, Work
from handlers.conversation.words import Text, say
from handlers.public_word.proposing import PublicWord, propose
from handlers.telling.officers import ADMINS, audit
from handlers.tickets.kinds import KINDS, MOMENTS
from storage.broadcasts import proposals
from storage.broadcasts.proposals import Proposal
from storage.tickets import replies
from storage.tickets.replies import CannedReply

SHOWN = 9


def kinds(form: Form) -> Mapping[str, Text]:  # noqa: ARG001
    return {kind.key: kind.title for kind in KINDS.values()}


class Prepared(Form, name="balasan-baru"):
    """Changing one is writing a new one and removing the old: what was said with it stays what it was."""

    title = say("Balasan siap pakai")
    kind: str = pick(say("Jenis"), say("Untuk layanan yang mana?"), kinds)
    moment: str = pick(say("Dipakai untuk"), say("Dipakai sebagai apa?"), lambda form: MOMENTS)
    heading: str = text(
        say("Judul"), say("Apa judulnya? Paling panjang 14 huruf; ini yang dibaca petugas di tombol."), at_most=14
    )
    words: str = text(say("Isi"), say("Apa isinya? Disampaikan kepada pengirim."), at_most=1500, multiline=True)

    def refusal(self) -> Text | None:
        return None if self.turn.person.roles & ADMINS else only_for(ADMINS, self.turn.person)

    def finish(self) -> None:
        facts = {"kind": self.kind, "moment": self.moment, "title": self.heading, "words": self.words}
        propose(self.turn, WRITTEN, 0, facts)


def written(work: Work, proposal: Proposal) -> Sequence[Text]:  # noqa: ARG001
    told = proposal.facts
    return [reply_line(CannedReply(0, told["kind"], told["moment"], told["title"], told["words"]))]


def publish_written(turn: Turn, proposal: Proposal) -> Text | None:
    """Under the name of whoever wrote it."""
    told, author = proposal.facts, proposal.proposed_by or turn.person.id
    made = replies.write(turn.tx, told["kind"], told["moment"], told["title"], told["words"], author, turn.now)
    audit(turn, "canned-written", f"canned:{made}")
    return None


def removed(work: Work, proposal: Proposal) -> Sequence[Text]:  # noqa: ARG001
    return [say("Dihapus: “{title}”. {words}", title=proposal.facts["title"], words=proposal.facts["words"])]


def publish_removed(turn: Turn, proposal: Proposal) -> Text | None:
    replies.remove(turn.tx, proposal.subject_id, turn.now)
    audit(turn, "canned-removed", f"canned:{proposal.subject_id}")
    return None


WRITTEN = PublicWord("reply", say("Balasan siap pakai"), written, publish_written)
REMOVED = PublicWord("reply-removal", say("Penghapusan balasan"), removed, publish_removed)


def reply_line(reply: CannedReply) -> Text:
    return say(
        "{title} ({kind}, {moment}): {words}",
        title=reply.title,
        kind=KINDS[reply.kind].title,
        moment=MOMENTS[reply.moment],
        words=reply.words,
    )


def list_replies(turn: Turn, rest: str) -> None:  # noqa: ARG001
    """`/balasan`."""
    found = replies.everyone(turn.tx)
    turn.say(
        say("Balasan siap pakai: {count}", count=len(found)),
        *map(reply_line, found),
        choices=[
            Choice("a.balasan-baru.0", say("Tulis baru")),
            *(
                Choice(f"a.hapus-balasan.{reply.id}", say("Hapus {title}", title=reply.title))
                for reply in found[:SHOWN]
            ),
        ],
    )


def remove(turn: Turn, record: str) -> None:
    reply = replies.get(turn.tx, int(record))
    waiting = proposals.open_about(turn.tx, REMOVED.kind, reply.id)
    if waiting is None:
        propose(turn, REMOVED, reply.id, {"title": reply.title, "words": reply.words})
    else:
        turn.say(say("{code} sudah menunggu orang kedua untuk balasan ini.", code=waiting.code))


WRITE = Action("balasan-baru", lambda turn, record: start(turn, Prepared), say("Tulis baru"), roles=ADMINS)
REMOVE = Action("hapus-balasan", remove, say("Hapus"), roles=ADMINS)
ACTIONS = [WRITE, REMOVE]
FORMS = [Prepared]
