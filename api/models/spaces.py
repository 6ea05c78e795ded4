from collections.abc import Collection

from pydantic import Field

from api.models.common import (
    Body,
    Country,
    Id,
    Instant,
    Money,
    Point,
    Reply,
    Span,
    Title,
    Zone,
    photo_url,
)
from api.models.offers import GivenDates, GivenLimits, GivenOpening, GivenRules
from market.domain.ids import PhotoId
from market.domain.refund import Policy
from market.domain.space import (
    MAX_PHOTOS,
    Approval,
    Rating,
    Space,
    SpaceState,
    Tag,
)
from market.domain.tariff import Tariff
from market.domain.window import Window


class Stars(Reply):
    average: float | None
    count: int

    @classmethod
    def of(cls, rating: Rating) -> "Stars":
        average = rating.average
        return cls(average=None if average is None else round(average, 2), count=rating.count)


class Photo(Reply):
    id: Id
    url: str = Field(examples=["/api/v1/photos/7zq4m2x9ka"])

    @classmethod
    def of(cls, photo: PhotoId) -> "Photo":
        return cls(id=photo, url=photo_url(photo))


class PhotoOrder(Body):
    photos: list[Id] = Field(min_length=1, max_length=MAX_PHOTOS, description="All of them.")


class ExactPlace(Reply):
    """Where it really is and how to get in: for its lister, and for whoever is booked."""

    place: Point
    address: str = Field(examples=["Aleksanterinkatu 1, Helsinki"])
    notes: str = Field(examples=["The code of the gate is 4711."])
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
    title: Title
    description: str = Field(examples=["Dry, and lit all night."])
    point: Point
    zone: Zone
    country: Country
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
            rules=GivenRules.of(space.rules),
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


class Availability(Reply):
    """Within the window it is free during ``free``, and closed or taken otherwise."""

    window: Span
    free: list[Span]

    @classmethod
    def of(cls, window: Window, free: Collection[Window]) -> "Availability":
        return cls(window=Span.of(window), free=[Span.of(one) for one in free])
