from typing import Annotated, Literal

from pydantic import Field

from api.models.common import (
    Body,
    Currency,
    GivenInstant,
    Id,
    Left,
    Money,
    Point,
    QueryLat,
    QueryLng,
    Reply,
    Span,
    Title,
    Zone,
)
from api.models.offers import HEIGHT, LENGTH
from api.models.spaces import Photo, Stars
from market.domain.errors import Invalid
from market.domain.place import Box, walking_minutes
from market.domain.place import Point as Place
from market.domain.search import Found, Sort
from market.domain.space import (
    Space,
    Tag,
)
from market.domain.tariff import MAX_CAP


class FoundSpace(Reply):
    """``price`` is for the whole stay; ``distance`` is in metres, from the public point."""

    id: Id
    title: Title
    point: Point
    zone: Zone
    distance: int
    walking_minutes: int
    price: Money
    hour_price: Money
    rating: Stars
    tags: list[Tag]
    photo: Photo | None
    instant: bool
    is_available: bool = Field(description="Open and unbooked at this instant.")

    @classmethod
    def of(cls, found: Found, space: Space, *, free: bool) -> "FoundSpace":
        return cls(
            id=space.id,
            title=space.title,
            point=Point.of(space.public_point),
            zone=space.zone,
            distance=round(found.metres),
            walking_minutes=walking_minutes(found.metres),
            price=Money.of(found.price),
            hour_price=Money.of(space.tariff.hour),
            rating=Stars.of(space.rating),
            tags=sorted(space.tags),
            photo=Photo.of(space.photos[0]) if space.photos else None,
            instant=not space.by_request,
            is_available=free,
        )


class FoundSpaces(Reply):
    """``next`` is the cursor of the next page; null on the last one."""

    window: Span
    items: list[FoundSpace]
    next: str | None


class Wishes(Body):
    """When somebody wants to park, and what a space must have."""

    start: GivenInstant | Left = Field(None, description="By default the next quarter hour.")
    end: GivenInstant | Left = Field(None, description="By default two hours after the start.")
    price: Annotated[int, Field(ge=0, le=MAX_CAP)] | Left = Field(
        None, description="At most, for the whole stay, in minor units."
    )
    currency: Currency | Left = None
    tags: list[Tag] = Field([], max_length=len(Tag))
    vehicle: Id | Left = Field(None, description="One of your own, which has to fit.")
    height: Annotated[int, HEIGHT] | Left = Field(None, description="Centimetres.")
    length: Annotated[int, LENGTH] | Left = Field(None, description="Centimetres.")
    instant: Literal["only"] | Left = None


class SpaceQuery(Wishes):
    """Around a point, within a box (west may be east of east, across the antimeridian), or both:
    within the box, and nearest to the point."""

    lat: QueryLat | Left = None
    lng: QueryLng | Left = None
    radius: int = Field(2000, ge=1, le=50_000, description="Metres.")
    west: QueryLng | Left = None
    south: QueryLat | Left = None
    east: QueryLng | Left = None
    north: QueryLat | Left = None
    sort: Sort = Sort.NEAREST
    limit: int = Field(20, ge=1, le=200)
    cursor: str | Left = Field(None, max_length=200)

    def box(self) -> Box | None:
        """Raises Invalid for half a box, and for one that is upside down."""
        match (self.west, self.south, self.east, self.north):
            case (None, None, None, None):
                return None
            case (float(west), float(south), float(east), float(north)) if south <= north:
                return Box(west, south, east, north)
        raise Invalid("box", "needs west, south, east and north")

    def point(self, box: Box | None) -> Place:
        """What distances are counted from. Raises Invalid for half a point, and for none at all."""
        if box is not None and self.lat is self.lng is None:
            return box.centre
        if self.lat is None or self.lng is None:
            raise Invalid("place", "needs lat and lng, or a box")
        return Place(self.lat, self.lng)
