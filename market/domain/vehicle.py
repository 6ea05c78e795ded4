"""A renter's vehicle."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from market.domain.errors import Invalid
from market.domain.ids import PersonId, VehicleId

MAX_PLATE = 12
_BETWEEN = " -.·\u2010\u2013"
"""Spaces, hyphens and dots in any form that NFKC leaves, and the dash that phones make of two."""


@dataclass(frozen=True, slots=True)
class Vehicle:
    """Height and length in centimetres, where known; ``used_at`` orders the list."""

    id: VehicleId
    owner: PersonId
    plate: str
    used_at: datetime
    height: int | None = None
    length: int | None = None


def plate_of(text: str) -> str:
    """A number plate as it is compared and stored: capitals and digits of any script, no spaces.

    Raises Invalid when fewer than two or more than twelve characters are left, or something else
    than letters, digits, spaces, dots and hyphens was in it.
    """
    kept = [c for c in unicodedata.normalize("NFKC", text).upper() if c not in _BETWEEN]
    if not 2 <= len(kept) <= MAX_PLATE or not all(c.isalnum() for c in kept):
        raise Invalid("plate", "not a plate", MAX_PLATE)
    return "".join(kept)
