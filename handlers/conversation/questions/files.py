"""Any number of files as an answer: photos, PDF, Word, Excel, sound and video, one by one or as an album."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from handlers.conversation.message import Upload
from handlers.conversation.questions.file_kinds import (
    ENDINGS,
    MEGABYTE,
    REASONS,
    called,
    is_sound,
    largest,
    length,
    plain_type,
)
from handlers.conversation.questions.question import Answer, Question, Unfit
from handlers.conversation.turn import Turn
from handlers.conversation.words import Text, clean, folded, lines, say
from storage.database.database import NotFound
from storage.mail import attachments
from storage.mail.attachments import FILES, Attachment

if TYPE_CHECKING:
    from handlers.conversation.form import Form

LONGEST_NAME, LONGEST_NOTE = 80, 1024
"""Characters kept."""
SHOWN_NOTE = 60
TOGETHER = timedelta(seconds=10)
"""Files that follow each other so soon are one sending: their answers wait for each other."""
HOLD = timedelta(seconds=3)
"""How long an answer about one of several waits for the next to take its place."""
MOST_A_DAY = 60
"""Files of one person that no ticket holds (our choice): nobody fills the office's disk with drafts."""
TAKE_OUT = re.compile(r"(?:hapus|buang|keluarkan|remove|delete)(?: (?:berkas|file|nomor|no))? ?(\d{1,3})?")
DONE = "selesai"
FINISHED = frozenset({DONE, "sudah", "cukup", "done", "finished", "tidak ada", "tidak", "belum ada", "-", "none", "no",
    "nothing", "mboten wonten"})  # fmt: skip
"""These are all, or there are none."""
REFUSED = {
    "image/svg+xml": "markup",
    "text/html": "markup",
    "application/xhtml+xml": "markup",
    "application/x-rar-compressed": "archive",
    "application/vnd.rar": "archive",
    "application/x-7z-compressed": "archive",
    "application/vnd.android.package-archive": "program",
    "application/x-msdownload": "program",
}
"""Claims that are believed, because nobody gains by them; everything else is judged by its content."""


def note_file(turn: Turn, upload: Upload, note: str = "") -> int:
    """Note a file this person just sent, to be fetched and judged; the id of the attachment. Raises Unfit in words."""
    limit = largest(turn.incoming.channel, upload.type)
    if upload.size is not None and upload.size > limit:
        raise Unfit(
            say(
                "Berkas itu {size} MB; paling besar {limit} MB lewat obrolan ini. Mohon dikecilkan atau dibagi.",
                size=-(-upload.size // MEGABYTE),
                limit=limit // MEGABYTE,
            )
        )
    if attachments.sent_since(turn.tx, turn.person.id, turn.now - timedelta(days=1)) >= MOST_A_DAY:
        raise Unfit(say("Sudah {limit} berkas dalam sehari. Mohon lanjutkan besok.", limit=MOST_A_DAY))
    if upload.size == 0:
        raise Unfit(say("Berkas itu kosong. Mohon diperiksa, lalu dikirim lagi."))
    if (reason := REFUSED.get(plain_type(upload.type))) is not None:
        raise Unfit(say("Berkas itu tidak bisa kami terima: {reason}.", reason=REASONS[reason]))
    return attachments.add(
        turn.tx,
        turn.person.id,
        turn.incoming.channel,
        turn.incoming.address,
        upload.remote,
        clean(upload.name)[:LONGEST_NAME] or f"berkas.{ENDINGS.get(plain_type(upload.type), 'bin')}",
        plain_type(upload.type),
        upload.size,
        turn.now,
        purpose=FILES,
        note=clean(note)[:LONGEST_NOTE],
        seconds=upload.seconds,
    )


def gathered(turn: Turn) -> timedelta:
    """How long the answer to a file waits for the next one: not at all for one that comes alone."""
    last = attachments.newest_at(turn.tx, turn.person.id)
    alone = last is None or turn.now - last > TOGETHER
    return timedelta(0) if alone and not turn.incoming.album else HOLD


def file_words(file: Attachment) -> Text:
    """One file in a list: its name, its length or caption, and why it cannot be used."""
    name: Text = file.name
    if is_sound(file.type) and file.seconds is not None:
        name = say("pesan suara ({length})", length=length(file.seconds))
    if file.note:
        note = file.note if len(file.note) <= SHOWN_NOTE else file.note[:SHOWN_NOTE].rstrip() + "…"
        name = say("{name} (keterangan: {note})", name=name, note=note)
    if file.refused:
        return say(
            "{name}: tidak bisa dipakai, {reason}", name=name, reason=REASONS.get(file.reason or "", REASONS["gone"])
        )
    return name


class FilesQuestion(Question[tuple[int, ...]]):
    """Up to `at_most` files, in any order, over days; the value are the ids of their attachments.

    They are kept under another name until the person says that these are all, for they come at other questions too.
    """

    ordinal = False
    gathers = True

    def __init__(self, label: Text, ask: Text, *, at_most: int, at_least: int, **rest: Any) -> None:
        super().__init__(label, ask, **(rest | {"optional": at_least == 0}))
        self.at_most, self.at_least = at_most, at_least

    def takes(self, answer: Answer) -> bool:
        return answer.upload is not None

    def place(self, answers: dict[str, str]) -> str:
        """Where the ids stand: under the question's own name once it is answered."""
        return self.name if self.name in answers else self.name + "~"

    def held(self, form: "Form") -> list[Attachment]:
        """What was sent so far and is still there."""
        return self.loaded(form.answers.get(self.place(form.answers), ""), form)

    def loaded(self, stored: str, form: "Form") -> list[Attachment]:
        found = []
        for number in filter(str.isdecimal, stored.split(",")):
            try:
                file = attachments.get(form.turn.tx, int(number))
            except NotFound:
                continue
            if file.person_id == form.turn.person.id:
                found.append(file)
        return found

    def prompt(self, form: "Form") -> Text:
        held = self.held(form)
        if not held:
            return lines(
                self.ask,
                say(
                    "Boleh foto, PDF, Word, Excel, suara atau video; satu per satu atau sekaligus, paling banyak "
                    "{limit} berkas.",
                    limit=self.at_most,
                ),
            )
        rows = [say("{number}. {file}", number=n, file=file_words(file)) for n, file in enumerate(held, 1)]
        return lines(
            say("Berkas {count} dari {limit} sudah kami terima:", count=len(held), limit=self.at_most),
            *rows,
            say(
                "Silakan kirim lagi, atau ketik selesai. Untuk mengeluarkan yang ke-{number}: hapus {number}.", number=1
            ),
        )

    def options(self, form: "Form") -> dict[str, Text]:
        return {DONE: say("Selesai")} if self.held(form) else {}

    def may_skip(self, form: "Form") -> bool:
        """Not with files in hand: to be done is one thing, to leave them out another."""
        return self.optional and not self.held(form)

    def accept(self, answer: Answer, form: "Form", answers: dict[str, str]) -> bool:
        if answer.upload is not None:
            self.gather(answer.upload, answer.text, form, answers)
            return False
        said = folded(answer.key or answer.text)
        if said not in FINISHED:
            self.take_out(said, form, answers)
            return False
        self.close([file for file in self.held(form) if not file.refused], answers)
        return True

    def gather(self, upload: Upload, note: str, form: "Form", answers: dict[str, str]) -> None:
        """Put a file to the others. Raises Unfit when it is one too many, or cannot be taken."""
        wait = gathered(form.turn)
        held = self.held(form)
        if len(held) >= self.at_most:
            form.turn.gathers = wait
            raise Unfit(
                say(
                    "Sudah {limit} berkas; yang lebih dari itu tidak kami simpan. Untuk menggantinya, keluarkan dulu "
                    "yang tidak perlu.",
                    limit=self.at_most,
                )
            )
        file = note_file(form.turn, upload, note)
        form.turn.gathers = wait
        answers[self.place(answers)] = ",".join(str(one) for one in (*(f.id for f in held), file))

    def take_out(self, said: str, form: "Form", answers: dict[str, str]) -> None:
        """`hapus 2`. Raises Unfit for anything else."""
        found, held = TAKE_OUT.fullmatch(said), self.held(form)
        if found is None and held:
            raise Unfit(say("Mohon kirim berkasnya di sini, atau ketik selesai."))
        if found is None:
            raise Unfit(say("Mohon kirim berkasnya di sini."))
        if found[1] is None or not 1 <= int(found[1]) <= len(held):
            raise Unfit(say("Mohon sebut nomor berkasnya, misalnya: hapus {number}.", number=1))
        left = [file for place, file in enumerate(held, 1) if place != int(found[1])]
        answers[self.place(answers)] = ",".join(str(file.id) for file in left)

    def close(self, files: list[Attachment], answers: dict[str, str]) -> None:
        if len(files) < self.at_least:
            raise Unfit(say("Kami memerlukan sedikitnya {least} berkas di sini.", least=self.at_least))
        answers.pop(self.name + "~", None)
        answers[self.name] = self.write(tuple(file.id for file in files))

    def load(self, stored: str, form: "Form") -> tuple[int, ...]:
        """What was refused meanwhile is left out: its sender was told so, and may send another."""
        files = [file for file in self.loaded(stored, form) if not file.refused]
        if len(files) < self.at_least:
            raise Unfit(say("Berkas tadi tidak bisa kami pakai. Mohon kirim yang lain."))
        return tuple(file.id for file in files)

    def kept(self, answer: Answer, form: "Form") -> Text:
        assert answer.upload is not None
        return say(
            "Kami simpan {file} ini untuk “{label}” ({count} dari {limit}).",
            file=called(answer.upload.type),
            label=self.label,
            count=len(self.held(form)),
            limit=self.at_most,
        )

    def write(self, value: tuple[int, ...]) -> str:
        return ",".join(map(str, value))

    def empty(self) -> tuple[int, ...]:
        return ()

    def echo(self, value: tuple[int, ...], form: "Form") -> Text:
        files = [attachments.get(form.turn.tx, one) for one in value]
        if not files:
            return say("tidak ada")
        rows = [say("{number}. {file}", number=n, file=file_words(file)) for n, file in enumerate(files, 1)]
        return lines(say("{count} berkas", count=len(files)), *rows)


def files(label: Text, ask: Text, *, at_most: int = 10, at_least: int = 0, **rest: Any) -> tuple[int, ...]:
    """A question answered with files; the value are the ids of their attachments.

    A form with such a question takes a file at any open question of it.
    """
    return cast("tuple[int, ...]", FilesQuestion(label, ask, at_most=at_most, at_least=at_least, **rest))
