"""Places on the globe, and the one shift that keeps a space's true place private."""

import math
import random
from dataclasses import dataclass

EARTH_RADIUS = 6_371_008.8
"""Mean radius in metres (IUGG)."""

WALKING_METRES_A_MINUTE = 80.0
"""4.8 km/h, the pace that map applications use for walking."""


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees of WGS 84. Raises ValueError outside -90..90 and -180..180."""

    lat: float
    lng: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lng <= 180):
            raise ValueError(f"no place on Earth: {self.lat}, {self.lng}")

    def unit_vector(self) -> tuple[float, float, float]:
        """The point on the unit sphere: straight-line order there is great-circle order."""
        lat, lng = math.radians(self.lat), math.radians(self.lng)
        return (math.cos(lat) * math.cos(lng), math.cos(lat) * math.sin(lng), math.sin(lat))


@dataclass(frozen=True, slots=True)
class Address:
    """A place by the name that people have for it."""

    name: str
    point: Point


def metres(a: Point, b: Point) -> float:
    """The great-circle distance in metres (haversine, within 0.6 % of the ellipsoid)."""
    return metres_to(a, b.lat, b.lng)


def metres_to(a: Point, lat: float, lng: float) -> float:
    """``metres`` for whoever has many places as numbers: to make points of them takes longer."""
    lat_a, lat_b = math.radians(a.lat), math.radians(lat)
    half_lat = (lat_b - lat_a) / 2
    half_lng = math.radians(lng - a.lng) / 2
    h = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lng) ** 2
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(min(1.0, h)))


def chord(distance: float) -> float:
    """The straight line through the unit sphere that spans a great-circle distance in metres."""
    return 2 * math.sin(min(distance / EARTH_RADIUS, math.pi) / 2)


def walking_minutes(distance: float) -> int:
    """Started minutes on foot."""
    return max(1, math.ceil(distance / WALKING_METRES_A_MINUTE))


@dataclass(frozen=True, slots=True)
class Offset:
    """How far and where to a space's public point lies from its true one; drawn once, then kept.

    Kept when the place moves and when the space is copied: several points around one place would
    give the place away.
    """

    bearing: float
    metres: float

    @classmethod
    def drawn(cls, chance: random.Random) -> "Offset":
        """30 to 80 m in any direction, spread evenly over that ring."""
        distance = math.sqrt(chance.uniform(30.0**2, 80.0**2))
        return cls(bearing=chance.uniform(0, 360), metres=distance)


def shifted(point: Point, offset: Offset) -> Point:
    """Where one arrives from a point, along a great circle."""
    angle, bearing = offset.metres / EARTH_RADIUS, math.radians(offset.bearing)
    lat, lng = math.radians(point.lat), math.radians(point.lng)
    to_lat = math.asin(
        math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(bearing)
    )
    to_lng = lng + math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(lat),
        math.cos(angle) - math.sin(lat) * math.sin(to_lat),
    )
    return Point(math.degrees(to_lat), (math.degrees(to_lng) + 540) % 360 - 180)


@dataclass(frozen=True, slots=True)
class Box:
    """What a map shows, in degrees. One that crosses the antimeridian has its west to the east."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lat: float, lng: float) -> bool:
        if not self.south <= lat <= self.north:
            return False
        if self.west <= self.east:
            return self.west <= lng <= self.east
        return lng >= self.west or lng <= self.east

    @property
    def centre(self) -> Point:
        lng = self.west + self._width / 2
        return Point((self.south + self.north) / 2, lng - 360 if lng > 180 else lng)

    @property
    def reach(self) -> float:
        """Metres from the centre that hold the whole box.

        Within 90 degrees of longitude of the centre nothing is further from it than a corner; one
        metre more, for rounding.
        """
        if self._width > 180:
            return math.pi * EARTH_RADIUS
        corners = (Point(lat, self.west) for lat in (self.south, self.north))
        return max(metres(self.centre, corner) for corner in corners) + 1

    @property
    def _width(self) -> float:
        return (self.east - self.west) % 360 if self.west > self.east else self.east - self.west
