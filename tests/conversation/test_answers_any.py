"""The law of questions, for places: what was written is read again as the same value, whatever was sent."""

from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from handlers.conversation.form import Form
from handlers.conversation.message import Place
from handlers.conversation.questions.place import GEO, PlaceQuestion, Where, position
from handlers.conversation.questions.question import Answer
from handlers.conversation.words import in_language

QUESTION = PlaceQuestion("Tempat", "Di mana?", at_most=200)
NO_FORM = cast(Form, None)
"""Reading a place looks at nothing else."""
PLACES = st.builds(Place, st.floats(-90, 90), st.floats(-180, 180), st.text(max_size=120))


@given(PLACES)
def test_a_position_is_read_as_it_was_written(sent: Place) -> None:
    where = position(sent)
    written = QUESTION.write(where)
    assert GEO.fullmatch(written)
    assert QUESTION.read(Answer(text=written), NO_FORM) == where
    assert "\n" not in written


@given(PLACES)
def test_a_position_is_said_without_a_sign_and_has_a_map(sent: Place) -> None:
    where = position(Place(sent.latitude, sent.longitude))
    said = in_language(QUESTION.echo(where, NO_FORM), "id")
    assert "-" not in said
    assert said.startswith("titik ")
    assert where.map_link.startswith("https://www.openstreetmap.org/?mlat=")


def test_a_place_in_words_has_no_map() -> None:
    assert (Where("Pasar Kajen").map_link, QUESTION.write(Where("Pasar Kajen"))) == ("", "Pasar Kajen")
