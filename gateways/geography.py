"""Zones, countries and currencies, from data that is installed with the program."""

from dataclasses import dataclass

import tzfpy
from babel.core import get_global
from babel.numbers import get_territory_currencies

from market.domain.place import Point

NOWHERE = {"ZZ", "001"}
"""CLDR's countries of the zones at sea."""
YOUNGER_THAN_BABEL = {"America/Coyhaique": "CL"}
"""Zones that were split off after Babel's copy of CLDR was made."""


@dataclass(frozen=True, slots=True)
class OfflineGeography:
    """Implements market.ports.geography.Geography."""

    currency: str
    """Where the country is unknown, or has no currency of its own."""

    def __post_init__(self) -> None:
        # The first question takes most of a second, for reading the map: not a person's second.
        tzfpy.get_tz(0.0, 0.0)

    def zone_at(self, point: Point) -> str:
        return tzfpy.get_tz(point.lng, point.lat)

    def country_of(self, zone: str) -> str:
        # CLDR keeps the first name that a zone ever had: Asia/Calcutta for Asia/Kolkata.
        first_name = get_global("zone_aliases").get(zone, zone)
        country = get_global("zone_territories").get(first_name, YOUNGER_THAN_BABEL.get(zone, ""))
        return "" if country in NOWHERE else str(country)

    def currency_of(self, country: str) -> str:
        used = get_territory_currencies(country) if country else []
        return used[0] if used else self.currency
