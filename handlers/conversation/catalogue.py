"""The shape of what the bot offers: commands to say, actions to press, forms to fill (see handlers/__init__.py)."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from handlers.conversation.form import Form
from handlers.conversation.turn import Choice, Turn, Work
from handlers.conversation.words import LANGUAGES, Text, bare, folded, in_language, say
from storage.people.people import Person


class Effect(Enum):
    """What follows when something is said or pressed, and so how sure we must be that it was meant."""

    SHOWS = "shows"
    """Shows something, or opens a form in which nothing counts before it is sent: a sentence is enough."""
    ACTS = "acts"
    """Changes something, or hands out data or a code: only a press, or words that are the whole message."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something to say at any time. `words` are other ways to say it; `listed` puts it in the menu."""

    name: str
    title: Text
    run: Callable[[Turn, str], None]
    effect: Effect = Effect.ACTS
    """Who says nothing about a new service gets the careful one: see `Effect`."""
    words: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()
    listed: bool = True
    seldom: bool = False
    """Whether it stands behind "Pilihan lain": a menu is short enough to be read in one go."""
    aside: bool = False
    """Whether it is said beside an open question, which stays."""
    alone: bool = False
    """Whether words behind it make a sentence of it, even with a slash: "/stop kirim pesan ya" only asks."""
    behind: str = ""
    """A pattern of what may stand behind its name to be the whole message without a slash ("gabung ABCD-…")."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A fact a press is about, beside its record: a button of a time that has changed decides nothing."""

    now: Callable[[Work, int], str]
    """The fact as it is now, short enough to travel in a button; empty when there is nothing to compare with."""
    changed: Callable[[Turn, str], None]
    """Says so and shows the record as it is."""


@dataclass(frozen=True, slots=True)
class Action:
    """One press bound to a record. `verb` is how it is typed, with the record's code: "setujui AUD-0147".

    `prefixes` say which kinds of code, so that "tolak AUD-…" and "tolak ANG-…" are two things.
    """

    name: str
    run: Callable[[Turn, str], None]
    label: Text = ""
    verb: str = ""
    roles: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ("AUD",)
    also: tuple[str, ...] = ()
    """Other verbs that mean it, where there is a code behind them."""
    numbered: bool = True
    """Whether its record is a number; checked before it runs, since anybody can write a token."""
    basis: Basis | None = None
    effect: Effect = Effect.ACTS
    """Only one that merely shows its record may be guessed from a code in a sentence: see `Effect`."""

    def on(self, record: int | str, code: str = "", seen: str = "") -> Choice:
        """The choice that does this to that record; with a code it is typed by name, else by number.

        `seen` is the fact the person sees beside it, for an action that has a basis.
        """
        bound = f".{seen}" if seen and self.basis else ""
        return Choice(f"a.{self.name}.{record}{bound}", self.label, f"{self.verb} {code}" if code else "")


@dataclass(frozen=True)
class Catalogue:
    """Everything that can be said, pressed and filled in."""

    commands: dict[str, Command]
    actions: dict[str, Action]
    forms: dict[str, type[Form]]
    named: Callable[[Turn, str, int], int]
    """The record behind the prefix and number of a code a person typed; 0, which is no record, when there is none."""
    shows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By prefix: the actions that show a record whose code is typed alone; the first that is allowed counts."""
    relay: Callable[[Turn, str], bool] = lambda turn, said: False
    """Takes what a person says to somebody else than the bot; False when they talk to nobody."""

    overhear: Callable[[Turn, str, bool], bool] = lambda turn, said, free: False
    """Takes words or a file that no question asked for; False when somebody else is to make sense of them.

    The last value tells whether they could not mean anything else.
    """

    def choices(self, names: Iterable[str], record: int, code: str, seen: str = "") -> list[Choice]:
        """The named actions on a record, typed by name and code."""
        return [self.actions[name].on(record, code, seen) for name in names]

    def for_person(self, person: Person | None) -> list[Command]:
        """The menu of this person: what is listed and allowed, an officer's own work first."""
        mine = [c for c in self.commands.values() if c.listed and allowed(c.roles, person)]
        return sorted(mine, key=lambda command: not command.roles)

    def said(self, word: str) -> Command | None:
        """The command behind a name, one of its other words or its title in the menu, whatever signs stand around."""
        return self._spoken.get(word) or self._spoken.get(bare(word))

    def whole(self, said: str) -> tuple[Command, str] | None:
        """The command that this is from beginning to end, without a slash, and what stands behind its name."""
        word = folded(said)
        name, _, rest = word.partition(" ")
        if (found := self.said(word)) is not None:
            return found, ""
        found = self.said(name)
        fits = found is not None and found.behind and re.fullmatch(found.behind, rest)
        return (found, rest) if found is not None and fits else None

    @cached_property
    def _spoken(self) -> dict[str, Command]:
        """Every way to say a command; asked with every message, so it is worked out once. A name beats a title."""
        told: dict[str, Command] = {}
        for command in self.commands.values():
            titles = [folded(in_language(command.title, language)) for language in LANGUAGES]
            told |= {word: told.get(word, command) for word in (*command.words, *titles)}
        return told | self.commands

    def done(self, verb: str, prefix: str, person: Person | None) -> Action | None:
        """The action that a verb (or its label) and a kind of code stand for; without a verb, the one that shows it."""
        if not verb:
            shown = (self.actions[name] for name in self.shows.get(prefix, ()))
            return next((a for a in shown if a.effect is Effect.SHOWS and allowed(a.roles, person)), None)
        alike = [a for a in self.actions.values() if prefix in a.prefixes and means(a, verb)]
        spoken = [a for a in alike if a.verb]
        return next((a for a in spoken if allowed(a.roles, person)), next(iter(spoken), None))


def allowed(roles: frozenset[str], person: Person | None) -> bool:
    """No roles asked: everybody. An admin may do what an officer may."""
    if not roles:
        return True
    return person is not None and bool(roles & person.roles)


def only_for(roles: frozenset[str], person: Person | None) -> Text:
    """A no that fits who reads it, with what they can do instead."""
    if person is None or not person.roles:
        return say("Maaf, ini hanya untuk petugas. Yang bisa kami bantu ada di /menu; untuk bertanya, ketik /petugas.")
    if roles == {"admin"}:
        return say("Maaf, ini hanya untuk admin. Mohon minta bantuan admin kantor.")
    if "officer" not in roles:
        return say("Maaf, ini hanya untuk penyetuju atau admin. Mohon minta bantuan mereka.")
    return say(
        "Maaf, ini hanya untuk petugas yang melayani tamu. Mohon minta bantuan rekan; tugas Bapak/Ibu ada di /menu."
    )


def means(action: Action, verb: str) -> bool:
    return verb == action.verb or verb in action.also or named(action.label, verb)


def named(label: Text, word: str) -> bool:
    """Whether somebody typed this label, in any of the languages."""
    return any(folded(in_language(label, language)) == word for language in LANGUAGES if label)


def by_name(items: Iterable[type[Form]]) -> dict[str, type[Form]]:
    return {form.name: form for form in items}
