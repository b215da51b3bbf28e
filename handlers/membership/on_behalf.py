"""A form somebody fills in for one of their ormas: which one is asked only of who has several."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, cast

from handlers.conversation.form import Form
from handlers.conversation.questions.question import pick
from handlers.conversation.words import Text, say
from handlers.membership.profile import Profile
from storage.ormas import organisations
from storage.ormas.organisations import Membership


def offered(form: Any) -> Mapping[str, Text]:
    return cast("OnBehalf", form).memberships


class OnBehalf(Form):
    """Whoever has no name or no ormas yet is asked for them first."""

    organisation: str = pick(
        say("Atas nama"), say("Atas nama ormas mana?"), offered, when=lambda form: form.asks_organisation
    )

    @property
    def asks_organisation(self) -> bool:
        return len(self.memberships) > 1

    @cached_property
    def memberships(self) -> Mapping[str, Text]:
        """The ormas this person speaks for, by id."""
        mine = organisations.of_person(self.turn.tx, self.turn.person.id)
        return {str(membership.organisation.id): membership.organisation.name for membership in mine}

    def needs(self) -> type[Form] | None:
        return None if self.turn.person.name and self.memberships else Profile

    def organisation_id(self) -> int:
        return int(self.answers.get("organisation") or next(iter(self.memberships)))

    def membership(self) -> Membership | None:
        return organisations.in_organisation(self.turn.tx, self.turn.person.id, self.organisation_id())

    def verified(self) -> bool:
        member = self.membership()
        return member is not None and member.verified
