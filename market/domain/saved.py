"""What a person keeps for later: places that have a name, and favourite spaces."""

from dataclasses import dataclass
from datetime import datetime

from market.domain.errors import Invalid
from market.domain.ids import PersonId, PlaceId
from market.domain.place import Point

PLACE_NAME = range(1, 21)
MOST_PLACES = 10
MOST_FAVOURITES = 10


@dataclass(frozen=True, slots=True)
class SavedPlace:
    id: PlaceId
    owner: PersonId
    name: str
    """"Home", "Work"; each once."""
    point: Point
    saved_at: datetime


def checked_place_name(text: str) -> str:
    """A name on one line. Raises Invalid beyond 20 characters or when empty."""
    name = " ".join(text.split())
    if len(name) not in PLACE_NAME:
        raise Invalid("place name", "too long" if name else "too short", PLACE_NAME.stop - 1)
    return name
