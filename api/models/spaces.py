from collections.abc import Collection
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StrictBool

from api.models.common import (
    WHOLE,
    Body,
    Currency,
    GivenDate,
    GivenInstant,
    GivenPoint,
    Id,
    Instant,
    Left,
    Money,
    Point,
    QueryLat,
    QueryLng,
    Reply,
    Span,
    photo_url,
)
from market.domain import money
from market.domain.edit import SIZES, Edit
from market.domain.errors import Invalid
from market.domain.ids import PhotoId
from market.domain.money import MAX_HOUR_PRICE
from market.domain.offer import MAX_ADDRESS, Offer
from market.domain.place import Box, walking_minutes
from market.domain.place import Point as Place
from market.domain.refund import Policy
from market.domain.schedule import DAY, Dates, Opening
from market.domain.search import Found, Sort
from market.domain.space import (
    MAX_DESCRIPTION,
    MAX_NOTES,
    TITLE,
    Approval,
    Limits,
    Rating,
    Rules,
    Space,
    SpaceState,
    Tag,
)
from market.domain.tariff import MAX_CAP, Tariff
from market.domain.window import Window

_MINUTE = timedelta(minutes=1)
_YEAR = 366 * DAY

HourPrice = Annotated[int, Field(ge=1, le=MAX_HOUR_PRICE, examples=[250]), WHOLE]
Cap = Annotated[int, Field(ge=1, le=MAX_CAP), WHOLE]
Minutes = Annotated[int, Field(ge=0, le=_YEAR), WHOLE]
_HEIGHT = Field(ge=SIZES["height"].start, le=SIZES["height"].stop - 1, examples=[190])
_LENGTH = Field(ge=SIZES["length"].start, le=SIZES["length"].stop - 1, examples=[450])
Height = Annotated[int, _HEIGHT, WHOLE]
Length = Annotated[int, _LENGTH, WHOLE]


class GivenTariff(Body):
    """Minor units of the currency that is used at the place; caps may be left out."""

    currency: Currency
    hour: HourPrice
    day: Cap | None = None
    week: Cap | None = None
    month: Cap | None = None

    def to_domain(self) -> Tariff:
        caps = (
            None if cap is None else money.Money(cap, self.currency)
            for cap in (self.day, self.week, self.month)
        )
        return Tariff(money.Money(self.hour, self.currency), *caps)


class GivenOpening(Body):
    """Hours on one weekday (0 is Monday), in minutes after midnight; past 1440 is the next day."""

    weekday: Annotated[int, Field(ge=0, le=6), WHOLE]
    opens: Annotated[int, Field(ge=0, lt=DAY, examples=[540]), WHOLE]
    closes: Annotated[int, Field(gt=0, lt=2 * DAY, examples=[1020]), WHOLE]


class GivenDates(Body):
    """Local dates, both included."""

    first: GivenDate = Field(examples=["2030-12-24"])
    last: GivenDate = Field(examples=["2030-12-26"])


class GivenRules(Body):
    """Minutes."""

    min_stay: Minutes = 30
    max_stay: Minutes = 30 * DAY
    notice: Minutes = 0
    horizon: Minutes = 90 * DAY
    buffer: Minutes = 0

    def to_domain(self) -> Rules:
        return Rules(
            min_stay=self.min_stay * _MINUTE,
            max_stay=self.max_stay * _MINUTE,
            notice=self.notice * _MINUTE,
            horizon=self.horizon * _MINUTE,
            buffer=self.buffer * _MINUTE,
        )


class GivenLimits(Body):
    """The largest vehicle that fits, in centimetres; null where it does not matter."""

    height: Height | None = None
    length: Length | None = None


class OfferedSpace(Body):
    """A space as its lister describes it; what is left out has its default."""

    title: str = Field(
        min_length=TITLE.start, max_length=TITLE.stop - 1, examples=["Courtyard, dry and lit"]
    )
    place: GivenPoint
    tariff: GivenTariff
    address: str = Field("", max_length=MAX_ADDRESS)
    description: str = Field("", max_length=MAX_DESCRIPTION)
    notes: str = Field("", max_length=MAX_NOTES, description="For booked renters alone.")
    shows_place: StrictBool = Field(default=False, description="Show the true place to everybody.")
    openings: list[GivenOpening] = Field([], max_length=50, description="None: always open.")
    blocked: list[GivenDates] = Field([], max_length=100)
    rules: GivenRules = GivenRules()
    approval: Approval = Approval.INSTANT
    policy: Policy = Policy.MODERATE
    plate_needed: StrictBool = False
    tags: list[Tag] = Field([], max_length=len(Tag))
    limits: GivenLimits = GivenLimits()

    def to_domain(self) -> Offer:
        """Raises Invalid for what no shape can forbid, such as hours that end before they begin."""
        openings = (Opening(o.weekday, o.opens, o.closes) for o in self.openings)
        return Offer(
            place=self.place.to_domain(),
            terms=Edit(
                title=self.title,
                description=self.description,
                notes=self.notes,
                tariff=self.tariff.to_domain(),
                openings=tuple(sorted(openings)),
                rules=self.rules.to_domain(),
                approval=self.approval,
                policy=self.policy,
                plate_needed=self.plate_needed,
                tags=frozenset(self.tags),
                limits=Limits(self.limits.height, self.limits.length),
                shows_place=self.shows_place,
            ),
            address=self.address,
            blocked=tuple(Dates(dates.first, dates.last) for dates in self.blocked),
        )


class RevisedSpace(OfferedSpace):
    state: Literal[SpaceState.LIVE, SpaceState.PAUSED] = SpaceState.LIVE


class Stars(Reply):
    average: float | None
    count: int

    @classmethod
    def of(cls, rating: Rating) -> "Stars":
        average = rating.average
        return cls(average=None if average is None else round(average, 2), count=rating.count)


class Photo(Reply):
    id: Id
    url: str

    @classmethod
    def of(cls, photo: PhotoId) -> "Photo":
        return cls(id=photo, url=photo_url(photo))


class FoundSpace(Reply):
    """``price`` is for the whole stay; ``distance`` is in metres, from the public point."""

    id: Id
    title: str
    point: Point
    zone: str
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


class ExactPlace(Reply):
    """Where it really is and how to get in: for its lister, and for whoever is booked."""

    place: Point
    address: str
    notes: str
    photos: list[Photo]

    @classmethod
    def of(cls, space: Space) -> "ExactPlace":
        return cls(
            place=Point.of(space.place),
            address=space.address,
            notes=space.notes,
            photos=[Photo.of(photo) for photo in space.entrance],
        )


class TariffReply(Reply):
    hour: Money
    day: Money | None
    week: Money | None
    month: Money | None

    @classmethod
    def of(cls, tariff: Tariff) -> "TariffReply":
        day, week, month = (
            cap and Money.of(cap) for cap in (tariff.day, tariff.week, tariff.month)
        )
        return cls(hour=Money.of(tariff.hour), day=day, week=week, month=month)


class SpaceReply(Reply):
    """Its ``point`` is near the place, not at it; ``exact`` is null for whoever need not know."""

    id: Id
    lister_id: Id
    title: str
    description: str
    point: Point
    zone: str
    country: str
    tariff: TariffReply
    openings: list[GivenOpening]
    blocked: list[GivenDates]
    rules: GivenRules
    approval: Approval
    policy: Policy
    plate_needed: bool
    tags: list[Tag]
    limits: GivenLimits
    photos: list[Photo]
    rating: Stars
    state: SpaceState
    shows_place: bool
    is_available: bool = Field(description="Open and unbooked at this instant.")
    listed_at: Instant
    exact: ExactPlace | None

    @classmethod
    def of(cls, space: Space, *, free: bool, exact: bool) -> "SpaceReply":
        return cls(
            id=space.id,
            lister_id=space.lister,
            title=space.title,
            description=space.description,
            point=Point.of(space.public_point),
            zone=space.zone,
            country=space.country,
            tariff=TariffReply.of(space.tariff),
            openings=[
                GivenOpening(weekday=o.weekday, opens=o.opens, closes=o.closes)
                for o in space.schedule.openings
            ],
            blocked=[GivenDates(first=d.first, last=d.last) for d in space.schedule.blocked],
            rules=_rules(space.rules),
            approval=space.approval,
            policy=space.policy,
            plate_needed=space.plate_needed,
            tags=sorted(space.tags),
            limits=GivenLimits(height=space.limits.height, length=space.limits.length),
            photos=[Photo.of(photo) for photo in space.photos],
            rating=Stars.of(space.rating),
            state=space.state,
            shows_place=space.shows_place,
            is_available=free,
            listed_at=space.listed_at,
            exact=ExactPlace.of(space) if exact else None,
        )


def _rules(rules: Rules) -> GivenRules:
    return GivenRules(
        min_stay=rules.min_stay // _MINUTE,
        max_stay=rules.max_stay // _MINUTE,
        notice=rules.notice // _MINUTE,
        horizon=rules.horizon // _MINUTE,
        buffer=rules.buffer // _MINUTE,
    )


class Availability(Reply):
    """Within the window it is free during ``free``, and closed or taken otherwise."""

    window: Span
    free: list[Span]

    @classmethod
    def of(cls, window: Window, free: Collection[Window]) -> "Availability":
        return cls(window=Span.of(window), free=[Span.of(one) for one in free])


class SpaceQuery(Body):
    """Around a point, or within a box (west may be east of east, across the antimeridian)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lat: QueryLat | Left = None
    lng: QueryLng | Left = None
    radius: int = Field(2000, ge=1, le=50_000, description="Metres.")
    west: QueryLng | Left = None
    south: QueryLat | Left = None
    east: QueryLng | Left = None
    north: QueryLat | Left = None
    start: GivenInstant | Left = Field(None, description="By default the next quarter hour.")
    end: GivenInstant | Left = Field(None, description="By default two hours after the start.")
    price: Annotated[int, Field(ge=0, le=MAX_CAP)] | Left = Field(
        None, description="At most, for the whole stay, in minor units."
    )
    currency: Currency | Left = None
    tags: list[Tag] = Field([], max_length=len(Tag))
    vehicle: Id | Left = Field(None, description="One of your own, which has to fit.")
    height: Annotated[int, _HEIGHT] | Left = Field(None, description="Centimetres.")
    length: Annotated[int, _LENGTH] | Left = Field(None, description="Centimetres.")
    instant: Literal["only"] | Left = None
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

    def point(self) -> Place:
        """Raises Invalid for half a point."""
        if self.lat is None or self.lng is None:
            raise Invalid("place", "needs lat and lng, or a box")
        return Place(self.lat, self.lng)
