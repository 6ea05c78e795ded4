from typing import Protocol

from market.domain.place import Point


class Geography(Protocol):
    """What follows from a place on the globe alone; no network."""

    def zone_at(self, point: Point) -> str:
        """The IANA time zone."""

    def country_of(self, zone: str) -> str:
        """ISO 3166 alpha-2, or an empty string where the zone belongs to none."""

    def currency_of(self, country: str) -> str:
        """ISO 4217; the configured one where the country is unknown."""
