"""Kinds of phrases that speak for or against somebody: which words make them together, and what makes them harmless.

Sources: UU 7/2017 Art. 280, 282 and 283, and the joint decree of five bodies on the neutrality of civil servants
(SKB 2/2022). The words of each role stand in words.toml.
"""

from dataclasses import dataclass

CALL = "vote choose support win ballot"
NUMBER = "numbered person hand"
SOMEBODY = "candidate stand numbered person heir hand"
NOT_THEN = "menu game club place"
"""A number that follows then is nobody's on a ballot."""


HARMLESS = ""
"""The kind of what is no finding."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of each of `roles` near one another. All of it is about one sentence.

    `within` is how many words may stand between two of them; `ordered` when they must follow one another.
    `unless` are roles that make the sentence harmless, wherever in it they stand.
    """

    kind: str
    roles: tuple[frozenset[str], ...]
    within: int
    ordered: bool
    unless: frozenset[str]


def near(kind: str, *roles: str, within: int = 4, ordered: bool = False, unless: str = "") -> Phrase:
    found = tuple(frozenset(one.split()) for one in roles)
    return Phrase(kind, found, within, ordered, frozenset(unless.split()))


def then(kind: str, *roles: str, within: int = 0, unless: str = "") -> Phrase:
    """In this order, by default side by side."""
    return near(kind, *roles, within=within, ordered=True, unless=unless)


PHRASES: tuple[Phrase, ...] = (
    # Harmless, whatever else would be found in it.
    then(HARMLESS, "refuse", "golput", within=3),
    then(HARMLESS, "golput", "is-no", within=2),
    then(HARMLESS, "choose", "numbered", "become for", "work menu club", within=1),
    then(HARMLESS, "idle", "choose", "work"),
    then(HARMLESS, "refuse", "money bribe", "candidate stand parties", within=4),
    then(HARMLESS, "refuse", "paid", "vote choose ballot", "candidate stand", within=3),
    # Against somebody.
    then("tolak", "not", "vote choose support win ballot", SOMEBODY + " them", within=3, unless="rule menu game club"),
    then("tolak", "not", "candidate", "win elected", within=3, unless="rule game"),
    then("tolak", "not", NUMBER + " candidate", within=1, unless=NOT_THEN + " rule"),
    then("tolak", "not", "trust", "candidate", within=2, unless="hoax rule"),
    then("tolak", "not", "vote choose support", NUMBER, within=3, unless="menu"),
    then("tolak", "candidate stand", "not", within=5, unless="rule menu game club caution"),
    then("tolak", "against", "candidate numbered person them parties", within=2, unless="rule menu game club"),
    then("tolak", "against", "stand", within=1, unless="rule menu game club"),
    then("tolak", "run", "office", "not", within=1, unless="rule"),
    near("tolak", "against", "run", within=2, unless="rule"),
    then("tolak", "against", "office", within=0, unless="rule work"),
    # Not voting at all.
    near("tolak", "golput", "push", within=2, unless="rule"),
    then("tolak", "idle", "go", "booth", within=2, unless="manner cheer"),
    then("tolak", "not", "go", "booth", within=1, unless="manner cheer rule"),
    then("tolak", "idle not", "booth", within=0, unless="manner cheer rule"),
    then("tolak", "away", "booth", within=3, unless="rule cheer"),
    then("tolak", "idle", "vote", within=2, unless="rule cheer"),
    then("tolak", "not", "vote", within=0, unless="manner rule cheer"),
    then("tolak", "idle", "choose", within=1, unless="rule menu game club cheer"),
    near("tolak", "idle", "poll", within=3, unless="rule cheer manner menu club work"),
    then("tolak", "spoil", "paper", within=2, unless="refuse rule caution"),
    then("tolak", "not idle", "vote choose", "none", within=2, unless="rule"),
    then("tolak", "idle not", "go", "poll", within=2, unless="manner cheer rule"),
    then("tolak", "vote-all", "pictures", unless="rule caution"),
    # For somebody.
    near(
        "jabatan", "official", CALL + " urge", "candidate numbered heir", within=5, unless="rule menu game club count"
    ),
    then("jabatan", "official", "support", "office", within=1, unless="rule work"),
    then("ajak", "support choose vote", "office", within=1, unless="rule work club game count"),
    near("ajak", "vote", "numbered zero hand person", within=4, unless="manner"),
    then("ajak", "vote", "which", within=1, unless="manner rule club lawful"),
    then("ajak", "vote", "picture", "which", unless="rule club lawful"),
    then("ajak", "choose", "which", "numbered", unless="menu game"),
    near("ajak", "praise", "candidate numbered", within=3, unless="rule count " + NOT_THEN),
    then("ajak", "support", "them", "again office", within=4, unless="rule club game work"),
    then("ajak", "vote", "digit", unless="manner civic first-or-only"),
    near("ajak", "vote", "candidate stand heir", within=4, unless="rule count civic club"),
    near("ajak", "choose support ballot", "numbered zero hand", within=4, unless="menu game place"),
    near("ajak", "choose support ballot", "candidate heir", within=4, unless="rule count club game caution"),
    then("ajak", "choose support ballot", "stand", within=3, unless="rule count club game caution"),
    near("ajak", "win", "candidate numbered zero", within=4, unless="rule game count"),
    near("ajak", "win", "person", within=3, unless="rule game club count work"),
    then("ajak", "win", "stand", within=3, unless="rule game club count"),
    then("ajak", "ballot", "person", within=3, unless="game count work"),
    near("ajak", "support choose", "person", "poll", within=5, unless="rule game club work"),
    then("ajak", "vote choose support win", "become", "office", within=4, unless="rule menu"),
    then("ajak", "choose support", "person", within=0, unless="menu game work"),
    near("ajak", "ballot", "run", within=7, unless="rule count club game"),
    near("ajak", "remind", "numbered zero", within=4, unless="menu game count place"),
    near("ajak", "us", "candidate zero", "numbered support win", within=4, unless="rule menu game"),
    near("ajak", "money", "vote", within=4, unless="rule caution"),
    then("ajak", "for", "office", within=0, unless="work rule"),
    then("ajak", "all-in", "numbered zero candidate office person round win them become", within=2, unless="game work"),
    then("ajak", "keep change", "office", within=1, unless="work rule to"),
    then("ajak", "support choose", "run", within=3, unless="rule club game"),
    # Wishes for somebody's candidacy.
    near("doa", "wish", "run", within=5, unless="rule club game"),
    then("doa", "wish", "elected", "office them candidate stand numbered poll", within=4, unless="rule club game"),
    then("doa", "wish", "candidate person them us", "elected", within=4, unless="rule club game work"),
    then("doa", "wish", "office", "again keep second elected", within=4, unless="rule club game work"),
    then("doa", "wish", "chosen", within=3, unless="rule club game menu"),
    near("doa", "blessing", "forward", within=3, unless="rule club game work"),
    near("doa", "blessing", "run", within=8, unless="rule club game"),
    near("doa", "wish", "candidate", within=3, unless="rule club game count"),
    then("doa", "person them us", "become", "office", within=2, unless="rule work"),
    # Slogans.
    then("slogan", "keep", "leader office person them", within=2, unless="club work rule"),
    then("slogan", "office leader", "keep", within=4, unless="club work rule chair"),
    near("slogan", "keep", "second", within=5, unless="club work"),
    then("slogan", "change", "leader", within=1, unless="club rule game"),
    then("slogan", "digit", "term", within=0, unless="club rule menu"),
    then("slogan", "keep", "term", within=1, unless="club rule menu work"),
    near("slogan", "second", "office leader them us again", within=4, unless="club rule work"),
    then("slogan", "digit", "round", within=0, unless="game club"),
    then("slogan", "win", "round", within=1, unless="game club"),
    then("slogan", "time", "reform", within=1, unless="club work"),
    then("slogan", "time", "change", within=1, unless="club work game menu"),
    then("slogan", "choose vote", "reform", within=0, unless="club work menu"),
    near("slogan", "want", "office leader", "new", within=3, unless="club work game"),
    then("slogan", "office leader", "new", "new", within=3, unless="club work"),
    then("slogan", "office leader", "must", "change", within=2, unless="club work rule"),
    then("slogan", "salute", "reform win keep second term", unless="game club"),
    then("slogan", "salute", "digit hand fingers numbered", within=0, unless="thumb"),
    then("slogan", "digit", "fingers", within=0, unless="work"),
    # Money.
    near("uang", "bribe", "push us", within=20, unless="rule caution"),
    then("uang", "bribe", unless="rule caution"),
    near("uang", "money", SOMEBODY, within=8, unless="rule caution count game club menu"),
    near("uang", "money", "choose", "them", within=4, unless="rule caution menu"),
    near("uang", "money", "ballot", within=3, unless="rule caution count game"),
    # Running somebody down.
    near("cela", "insult", "candidate numbered", within=4, unless="rule count game"),
    then("cela", "stand", "insult", within=3, unless="rule count game club menu work"),
    then("cela", "office", "insult", within=2, unless="rule work count"),
    # A number beside a candidate.
    then("urut", "candidate stand", "numbered zero", within=3),
    then("urut", "candidate", "digit", within=0),
)
"""The clearest first: what one of them has found is not said once more by a later one."""
TAGGED = frozenset(
    {"vote", "choose", "support", "win", "keep", "change", "against", "golput", "candidate", "office", "numbered"}
    | {"zero", "term", "second", "round", "reform", "all-in", "salute"}
)
"""A hashtag with one of these is a slogan, unless what follows is good for everybody (words.toml)."""
BY_ANCHOR: dict[str, list[int]] = {}
for rank, phrase in enumerate(PHRASES):
    for role in phrase.roles[0]:
        BY_ANCHOR.setdefault(role, []).append(rank)
