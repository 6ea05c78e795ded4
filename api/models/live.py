"""What is said over a socket of live updates."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, TypeAdapter, model_validator

from api.models.common import Body, Id, Latitude, Longitude, Money, Point, Reply, Span
from market.domain.booking import Booking, State
from market.domain.place import Box
from market.services.live import SpaceNews

AREAS = 4


class Token(Body):
    """The first message, and again before the access token in it runs out."""

    type: Literal["token"]
    token: str = Field(max_length=4096)


class Area(Body):
    """What a map shows; west may be east of east, across the antimeridian."""

    west: Longitude
    south: Latitude
    east: Longitude
    north: Latitude

    @model_validator(mode="after")
    def _upright(self) -> "Area":
        if self.south > self.north:
            raise ValueError("is upside down")
        return self

    def to_domain(self) -> Box:
        return Box(self.west, self.south, self.east, self.north)


class Watch(Body):
    """What to be told of from now on, in place of what was said before."""

    type: Literal["watch"]
    areas: list[Area] = Field([], max_length=AREAS)
    bookings: StrictBool = False
    after: StrictInt | None = Field(None, ge=0)
    """The last ``seq`` that was received before the line broke."""


Said = Annotated[Token | Watch, Field(discriminator="type")]
SAID: TypeAdapter[Token | Watch] = TypeAdapter(Said)


class Ready(Reply):
    type: Literal["ready"] = "ready"
    seq: int


class Watching(Reply):
    """What was missed, if ``after`` was said, comes right behind; all before that is too old."""

    type: Literal["watching"] = "watching"
    seq: int
    reload: bool
    """What was missed cannot be told any more: read everything again."""


class Mark(Reply):
    """Nothing for you until here; comes now and then, and shows that the line stands."""

    type: Literal["mark"] = "mark"
    seq: int


class ChangedSpace(Reply):
    """Null where it is not offered any more."""

    id: Id
    point: Point | None
    hour_price: Money | None
    is_available: bool

    @classmethod
    def of(cls, news: SpaceNews) -> "ChangedSpace":
        space = news.space
        offered = space.open_for_booking
        return cls(
            id=space.id,
            point=Point.of(space.public_point) if offered else None,
            hour_price=Money.of(space.tariff.hour) if offered else None,
            is_available=news.free,
        )


class ChangedBooking(Reply):
    id: Id
    space_id: Id
    window: Span
    state: State
    total: Money

    @classmethod
    def of(cls, booking: Booking) -> "ChangedBooking":
        return cls(
            id=booking.id,
            space_id=booking.space,
            window=Span.of(booking.window),
            state=booking.state,
            total=Money.of(booking.total),
        )


def news(seq: int, spaces: Sequence[str], bookings: Sequence[str]) -> str:
    """One message out of parts that are JSON already: each is written once for all who hear it."""
    return (
        f'{{"type":"news","seq":{seq},"spaces":[{",".join(spaces)}],'
        f'"bookings":[{",".join(bookings)}]}}'
    )
