"""A person: renter, lister or both."""

from dataclasses import dataclass
from datetime import datetime

from market.domain.errors import Invalid
from market.domain.ids import PersonId

NAME = range(1, 41)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the marketplace knows. ``zone`` is that of the last search, booking or space."""

    id: PersonId
    telegram: int | None
    name: str
    language: str
    zone: str
    met_at: datetime
    reachable: bool = True
    """False while the person has blocked the bot."""
    banned: bool = False
    """Shut out by the operator; saving a person does not change it."""


def checked_name(text: str) -> str:
    """A name to be called by, on one line. Raises Invalid beyond 40 characters or when empty."""
    name = " ".join(text.split())
    if len(name) not in NAME:
        raise Invalid("name", "too long" if name else "too short", NAME.stop - 1)
    return name
