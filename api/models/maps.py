from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from api.models.common import (
    Country,
    Currency,
    Id,
    Instant,
    Point,
    QueryLat,
    QueryLng,
    Reply,
    Span,
    Title,
    Zone,
)
from api.models.searches import Wishes
from market.domain.errors import Invalid
from market.domain.place import Address, Box
from market.domain.survey import Caption, Crowd, Spot, Standing


class MapQuery(Wishes):
    """Within a box (west may be east of east, across the antimeridian)."""

    west: QueryLng
    south: QueryLat
    east: QueryLng
    north: QueryLat

    def box(self) -> Box:
        """Raises Invalid for one that is upside down."""
        if self.south > self.north:
            raise Invalid("box", "is upside down")
        return Box(self.west, self.south, self.east, self.north)


class MapSpace(TypedDict):
    """Short, for there are many: ``total`` is for the whole stay, in minor units.

    A dictionary, since thousands of models would take longer to make than to find.
    """

    id: Id
    title: Title
    lat: float
    lng: float
    total: int
    currency: Currency
    state: Annotated[Standing, Field(description="For the whole stay, later, or not at all.")]
    since: Annotated[Instant | None, Field(description="When a stay as long can begin, if soon.")]
    stars: float | None
    reviews: int


def map_space(spot: Spot, caption: Caption) -> MapSpace:
    average = caption.rating.average
    return MapSpace(
        id=spot.space,
        title=caption.title,
        lat=round(spot.point.lat, 6),
        lng=round(spot.point.lng, 6),
        total=spot.price.minor,
        currency=spot.price.currency,
        state=spot.standing,
        since=spot.since,
        stars=None if average is None else round(average, 2),
        reviews=caption.rating.count,
    )


class MapCrowd(Reply):
    """So many spaces around here, too many in all to be told apart."""

    lat: float
    lng: float
    count: int

    @classmethod
    def of(cls, crowd: Crowd) -> "MapCrowd":
        return cls(lat=crowd.point.lat, lng=crowd.point.lng, count=crowd.count)


class MapSpaces(Reply):
    """``crowds`` stand in for ``spaces`` where those are too many; ``zone`` is the middle's."""

    window: Span
    zone: Zone
    country: Country
    spaces: list[MapSpace]
    crowds: list[MapCrowd]


class Place(Reply):
    name: str = Field(examples=["Aleksanterinkatu 1, Helsinki"])
    point: Point

    @classmethod
    def of(cls, address: Address) -> "Place":
        return cls(name=address.name, point=Point.of(address.point))


class Places(Reply):
    items: list[Place]
