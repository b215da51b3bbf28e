"""A place as an answer: own words, or a position sent from a phone."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from handlers.conversation.message import Place
from handlers.conversation.questions.question import Answer, Question, TextQuestion, Unfit
from handlers.conversation.words import Text, clean, folded, say

if TYPE_CHECKING:
    from handlers.conversation.form import Form

GEO = re.compile(r"geo:(-?\d{1,2}\.\d{5}),(-?\d{1,3}\.\d{5})(?: (.{1,100}))?")
"""A position as it is stored: degrees to the metre, as in RFC 5870, then what the sender's messenger calls it."""
LONGEST_NAME = 100
CONFIRMED = "ya"
MEANT = {"ya", "benar", "betul", "nggih", "inggih", "yes"}
MAP = "https://www.openstreetmap.org/?mlat={latitude:.5f}&mlon={longitude:.5f}#map=17/{latitude:.5f}/{longitude:.5f}"


@dataclass(frozen=True, slots=True)
class Where:
    """Own `words`, or a position in degrees; then `words` are its name, if it has one."""

    words: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def map_link(self) -> str:
        """A page with a map of the position; empty for a place in words."""
        if self.latitude is None or self.longitude is None:
            return ""
        return MAP.format(latitude=self.latitude, longitude=self.longitude)


class PlaceQuestion(Question[Where]):
    """A place in words or as a position; one outside the district is asked about once more."""

    def __init__(self, label: Text, ask: Text, *, at_most: int, **rest: Any) -> None:
        super().__init__(label, ask, **rest)
        self.own_words = TextQuestion(label, ask, at_most=at_most)

    def takes(self, answer: Answer) -> bool:
        return answer.place is not None

    def taken_back(self, answers: dict[str, str]) -> bool:
        return answers.pop(self.doubt, None) is not None

    @property
    def doubt(self) -> str:
        """Where a position outside the district waits to be confirmed."""
        return self.name + "?"

    def prompt(self, form: "Form") -> Text:
        if self.doubt not in form.answers:
            return self.ask
        return say(
            "Titik lokasi itu di luar wilayah kantor kami. Apakah memang di sana? Kalau tidak, kirim titik yang lain "
            "atau tulis tempatnya."
        )

    def options(self, form: "Form") -> dict[str, Text]:
        return {CONFIRMED: say("Ya, memang di sana")} if self.doubt in form.answers else {}

    def read(self, answer: Answer, form: "Form") -> Where:
        if answer.place is not None:
            return position(answer.place)
        stored = GEO.fullmatch(answer.text)
        if stored is None:
            return Where(self.own_words.read(answer, form))
        return position(Place(float(stored[1]), float(stored[2]), stored[3] or ""))

    def accept(self, answer: Answer, form: "Form", answers: dict[str, str]) -> bool:
        doubted = answers.get(self.doubt)
        if doubted is not None and (answer.key == CONFIRMED or folded(answer.text) in MEANT):
            answers[self.name] = doubted
        else:
            where = self.read(answer, form)
            if where.latitude is not None and not form.turn.office.area.holds(where.latitude, where.longitude or 0):
                answers[self.doubt] = self.write(where)
                return False
            answers[self.name] = self.write(where)
        answers.pop(self.doubt, None)
        return True

    def write(self, value: Where) -> str:
        if value.latitude is None or value.longitude is None:
            return value.words
        return f"geo:{value.latitude:.5f},{value.longitude:.5f} {value.words}".rstrip()

    def empty(self) -> Where:
        return Where()

    def echo(self, value: Where, form: "Form") -> Text:  # noqa: ARG002
        return where_words(value)


def position(place: Place) -> Where:
    """Rounded to the metre. Raises Unfit for what is on no globe."""
    if not (-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180):
        raise Unfit(say("Titik lokasi itu tidak bisa kami baca. Mohon dikirim lagi, atau tulis tempatnya."))
    name = " ".join(clean(place.name).split())[:LONGEST_NAME].strip()
    # Adding zero takes the sign from a rounded -0.0, which would be read back as another text.
    return Where(name, round(place.latitude, 5) + 0.0, round(place.longitude, 5) + 0.0)


def where_words(value: Where) -> Text:
    """`Pasar Kajen (7,02800 LS, 109,58100 BT)`, or the words alone."""
    if value.latitude is None or value.longitude is None:
        return value.words
    point = say(
        "{latitude} {northern}, {longitude} {eastern}",
        latitude=degrees(value.latitude),
        northern=say("LU") if value.latitude > 0 else say("LS"),
        longitude=degrees(value.longitude),
        eastern=say("BT") if value.longitude >= 0 else say("BB"),
    )
    return say("{name} ({point})", name=value.words, point=point) if value.words else say("titik {point}", point=point)


def degrees(value: float) -> str:
    return f"{abs(value):.5f}".replace(".", ",")


def place(label: Text, ask: Text, *, at_most: int = 200, **rest: Any) -> Where:
    """A question answered with own words or with a position."""
    return cast(Where, PlaceQuestion(label, ask, at_most=at_most, **rest))
