from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from api.models.common import (
    WHOLE,
    Body,
    Currency,
    GivenDate,
    GivenPoint,
)
from market.domain import money
from market.domain.edit import SIZES, Edit
from market.domain.money import MAX_HOUR_PRICE
from market.domain.offer import MAX_ADDRESS, Offer
from market.domain.refund import Policy
from market.domain.schedule import DAY, Dates, Opening
from market.domain.space import (
    MAX_DESCRIPTION,
    MAX_NOTES,
    TITLE,
    Approval,
    Limits,
    Rules,
    SpaceState,
    Tag,
)
from market.domain.tariff import MAX_CAP, Tariff

_MINUTE = timedelta(minutes=1)
_YEAR = 366 * DAY

HourPrice = Annotated[int, Field(ge=1, le=MAX_HOUR_PRICE, examples=[250]), WHOLE]
Cap = Annotated[int, Field(ge=1, le=MAX_CAP), WHOLE]
Minutes = Annotated[int, Field(ge=0, le=_YEAR), WHOLE]
HEIGHT = Field(ge=SIZES["height"].start, le=SIZES["height"].stop - 1, examples=[190])
LENGTH = Field(ge=SIZES["length"].start, le=SIZES["length"].stop - 1, examples=[450])
Height = Annotated[int, HEIGHT, WHOLE]
Length = Annotated[int, LENGTH, WHOLE]


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

    @classmethod
    def of(cls, rules: Rules) -> "GivenRules":
        return cls(
            min_stay=rules.min_stay // _MINUTE,
            max_stay=rules.max_stay // _MINUTE,
            notice=rules.notice // _MINUTE,
            horizon=rules.horizon // _MINUTE,
            buffer=rules.buffer // _MINUTE,
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
