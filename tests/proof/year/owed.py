"""What is owed for what happened, reckoned anew: by arithmetic, not by asking who plans it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from market.domain.ids import BookingId, PersonId
from market.domain.refund import Policy
from tests.proof.year.facts import Stay

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
INSTANT = timedelta(microseconds=1)
CLOSE = MINUTE
"""What becomes untrue while a notice may still be on its way may be told, and need not be."""

_BACK = {
    Policy.FLEXIBLE: [(HOUR, 100)],
    Policy.MODERATE: [(DAY, 100), (timedelta(), 50)],
    Policy.STRICT: [(7 * DAY, 100), (DAY, 50)],
}
"""How long before the start how much of the price comes back at least."""


@dataclass(frozen=True)
class Owed:
    kind: str
    person: PersonId
    booking: BookingId | None
    due: datetime
    surely: bool = True
    """False where either is right."""


def owed_for(stay: Stay) -> Iterator[Owed]:
    """Everything about one booking."""
    for kind, person, at in _news(stay):
        yield Owed(kind, person, stay.id, at)
    if stay.booked_at is not None:
        yield from _while_it_stands(stay)
        yield from _reviews(stay)


def _news(stay: Stay) -> Iterator[tuple[str, PersonId, datetime]]:
    """What is told at once."""
    if stay.asked_at is not None:
        yield from (("requested", keeper, stay.asked_at) for keeper in stay.keepers)
    if stay.booked_at is not None and stay.asked_at is None:
        yield from (("booked", keeper, stay.booked_at) for keeper in stay.keepers)
    if stay.booked_at is not None and stay.asked_at is not None:
        yield "approved", stay.renter, stay.booked_at
    answered_at = stay.booked_at or stay.ended_at
    if stay.answered_by is not None and answered_at is not None:
        others = stay.keepers - {stay.answered_by}
        yield from (("answered", keeper, answered_at) for keeper in others)
    if stay.arrived_at is not None:
        yield from (("arrived", keeper, stay.arrived_at) for keeper in stay.keepers)
    changes = [*stay.plates, *(since for since, _ in stay.ends[1:])]
    yield from (("changed", keeper, at) for at in changes for keeper in stay.keepers)
    if stay.ended_at is not None:
        yield from ((kind, person, stay.ended_at) for kind, person in _end(stay))


def _end(stay: Stay) -> Iterator[tuple[str, PersonId]]:
    match stay.how:
        case "cancelled" if stay.by == stay.renter:
            yield from (("cancelled", keeper) for keeper in stay.keepers)
        case "cancelled" | "declined" | "released" as how:
            yield how, stay.renter
        case "withdrawn":
            yield from (("withdrawn", keeper) for keeper in stay.keepers)
        case "expired":
            yield from (("expired", person) for person in {stay.renter, *stay.keepers})
        case "left" if stay.ended_at and stay.ended_at < stay.end:
            yield from (("left_early", keeper) for keeper in stay.keepers)


def _while_it_stands(stay: Stay) -> Iterator[Owed]:
    """What comes before the start and around the end, if the stay has got that far."""
    for kind, since, due in _moments(stay):
        # Nobody is reminded of what they see while they do it.
        if since < due and stay.settled(due):
            ends = [stay.ended_at, *(moved for moved, _ in stay.ends[1:])]
            if kind == "ask_arrival":
                ends.append(stay.arrived_at)
            near = any(at is not None and due < at <= due + CLOSE for at in ends)
            yield Owed(kind, stay.renter, stay.id, due, surely=not near)


def _moments(stay: Stay) -> Iterator[tuple[str, datetime, datetime]]:
    """Each with when it was first known, and when it is due."""
    booked = stay.booked_at
    assert booked is not None
    yield "starts_soon", booked, stay.start - 30 * MINUTE
    for drop in _drops(stay):
        yield "refund_drops", booked, drop - HOUR
    asked = stay.start + 30 * MINUTE
    long = next((since for since, end in stay.ends if asked < end), None)
    if long is not None and not _by(stay.arrived_at, asked):
        yield "ask_arrival", long, asked
    following = [since for since, _ in stay.ends[1:]]
    for (since, end), until in zip(stay.ends, [*following, None], strict=True):
        for kind, due in (("ends_soon", end - 15 * MINUTE), ("ended", end)):
            # An end that moved before it was due is told at its new time.
            if until is None or due < until:
                yield kind, since, due


def _drops(stay: Stay) -> Iterator[datetime]:
    """The last instants at which cancelling still gives more back than a moment later."""
    booked = stay.booked_at
    assert booked is not None
    cutoffs = {stay.start - before for before, _ in _BACK[stay.policy]} | {booked + 10 * MINUTE}
    for cutoff in cutoffs:
        last = cutoff - INSTANT if cutoff == stay.start else cutoff
        if booked <= last and _back(stay, last) > _back(stay, last + INSTANT):
            yield last


def _back(stay: Stay, at: datetime) -> int:
    """Per cent of the price that cancelling gives back."""
    booked = stay.booked_at
    assert booked is not None
    if at >= stay.start:
        return 0
    if at <= booked + 10 * MINUTE < stay.start:
        return 100
    return max(
        (back for before, back in _BACK[stay.policy] if at <= stay.start - before), default=0
    )


def _reviews(stay: Stay) -> Iterator[Owed]:
    if stay.given_up or stay.how == "released":
        return
    due = stay.end + 10 * MINUTE
    for kind, person in (("review_stay", stay.renter), ("review_renter", stay.lister)):
        if not _by(stay.reviewed.get(person), due):
            surely = not _by(stay.reviewed.get(person), due + CLOSE)
            yield Owed(kind, person, stay.id, due, surely)


def _by(at: datetime | None, then: datetime) -> bool:
    return at is not None and at <= then


@dataclass(frozen=True)
class Keeper:
    """Somebody who looks after spaces, and where they were from when on."""

    person: PersonId
    zones: tuple[tuple[datetime, str], ...]

    def zone(self, at: datetime) -> ZoneInfo:
        return ZoneInfo(next(zone for since, zone in reversed(self.zones) if since <= at))

    def travels(self, at: datetime) -> bool:
        """About then: which morning is whose is nobody's business to reckon."""
        return any(abs(since - at) < 2 * DAY for since, _ in self.zones[1:])


def digests(keeper: Keeper, stays: list[Stay], first: date, days: int) -> Iterator[Owed]:
    """One for each morning that has news for somebody; ``stays`` are those they look after."""
    for day in (first + number * DAY for number in range(days)):
        noon = datetime.combine(day, time(12), UTC)
        if keeper.travels(noon):
            zones = [ZoneInfo(zone) for _, zone in keeper.zones]
            dues = {_eight(day, zone) for zone in zones}
            yield from (Owed("digest", keeper.person, None, due, surely=False) for due in dues)
            continue
        zone = keeper.zone(noon)
        due = _eight(day, zone)
        some = [_news_for(keeper, stays, day, zone, at) for at in (due, due + CLOSE)]
        if any(some):
            yield Owed("digest", keeper.person, None, due, surely=all(some))


def _eight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(8), zone).astimezone(UTC)


def _news_for(keeper: Keeper, stays: list[Stay], day: date, zone: ZoneInfo, at: datetime) -> bool:
    midnight, before = (datetime.combine(it, time(), zone) for it in (day, day - DAY))
    after = datetime.combine(day + DAY, time(), zone)
    for stay in stays:
        if stay.pending(at):
            return True
        if midnight <= stay.start < after and stay.settled(at):
            return True
        earned = stay.owed and stay.lister == keeper.person and stay.booked_at is not None
        if earned and stay.booked_at <= at and before <= stay.end < midnight:
            return True
    return False
