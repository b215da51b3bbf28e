"""Whom an announcement is for, in plain words: an expression of storage/broadcasts/segments.py said back."""

from collections.abc import Mapping
from typing import Any

from handlers.conversation.turn import Work
from handlers.conversation.words import Lines, Text, say
from storage.broadcasts import broadcasts
from storage.ormas import organisations

EVERYBODY: Mapping[str, Any] = {"all": True}


def in_words(work: Work, expression: Mapping[str, Any]) -> Text:
    """`bidang Disabilitas, dan kecamatan Kajen, kecuali jabatan ketua`; brackets where it could be read two ways."""
    ((word, about),) = expression.items()
    if word in ("and", "or"):
        return joined(work, word, about)
    if word == "not":
        return say("selain {what}", what=bracketed(work, about))
    return leaf(work, word, about)


def joined(work: Work, word: str, parts: list[Mapping[str, Any]]) -> Text:
    """The parts with "dan", "atau" or "kecuali" between them."""
    told: list[Text] = [bracketed(work, parts[0])]
    for part in parts[1:]:
        if word == "and" and "not" in part:
            told.append(say("kecuali {what}", what=bracketed(work, part["not"])))
        elif word == "and":
            told.append(say("dan {what}", what=bracketed(work, part)))
        else:
            told.append(say("atau {what}", what=bracketed(work, part)))
    return Lines(tuple(told), " ")


def bracketed(work: Work, part: Mapping[str, Any]) -> Text:
    said = in_words(work, part)
    return say("({what})", what=said) if {"and", "or"} & part.keys() else said


def leaf(work: Work, word: str, about: Any) -> Text:
    office = work.office
    if word == "all":
        return say("semua pengurus terverifikasi")
    if word == "field":
        return say("bidang {what}", what=office.fields.get(about, about))
    if word == "kind":
        return say("bentuk {what}", what=office.kinds.get(about, about))
    if word == "kecamatan":
        return say("kecamatan {what}", what=about)
    if word == "position":
        return say("jabatan {what}", what=about)
    if word == "organisation":
        return say("ormas {what}", what=organisations.get(work.tx, about).name)
    code = broadcasts.get(work.tx, about).code
    return say("yang belum menjawab {code}", code=code) if word == "silent" else say("penerima {code}", code=code)
