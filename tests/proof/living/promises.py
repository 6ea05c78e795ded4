"""What the marketplace has promised to tell, reckoned from what happens to bookings alone."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from market.domain.booking import Booking, Side, State
from market.domain.ids import BookingId, PersonId
from market.domain.notice import Kind, Notice

OF_THE_STAY = {
    *(Kind.BOOKED, Kind.REQUESTED, Kind.APPROVED, Kind.CHANGED, Kind.ARRIVED),
    *(Kind.REFUND_DROPS, Kind.STARTS_SOON, Kind.ASK_ARRIVAL, Kind.ENDS_SOON, Kind.ENDED),
}
"""Not said any more of a stay that is over or was given up."""
OF_THE_END = {Kind.ENDS_SOON, Kind.ENDED, Kind.REVIEW_STAY, Kind.REVIEW_RENTER}
RECKONED = {
    *(OF_THE_STAY | OF_THE_END),
    *(Kind.CANCELLED, Kind.DECLINED, Kind.EXPIRED, Kind.WITHDRAWN, Kind.ANSWERED),
    *(Kind.LEFT_EARLY, Kind.OBSTRUCTED, Kind.RELEASED, Kind.CALLED_OFF),
    *(Kind.MESSAGE, Kind.OVERSTAYED, Kind.OVERSTAY_SEEN),
}
"""Of all others it is only asked that none comes twice."""


SILENCE = timedelta(minutes=30)
"""After the start; who has not come by then is asked, unless the stay is over."""


@dataclass(frozen=True)
class Promise:
    kind: Kind
    person: PersonId
    booking: BookingId
    due: datetime
    what: str | int | None = None
    """What tells two of the same moment apart."""


@dataclass
class Promises:
    owed: Counter[Promise] = field(default_factory=Counter)
    perhaps: set[Promise] = field(default_factory=set)
    """What may be told, and need not be: whom it is for could not be reached, or has left."""
    silent: set[PersonId] = field(default_factory=set)
    """Who cannot be reached."""
    keys: set[str] = field(default_factory=set)

    def owe(self, promises: Iterable[Promise]) -> None:
        for promise in promises:
            if promise.person in self.silent:
                self.perhaps.add(promise)
            else:
                self.owed[promise] += 1

    def void(self, booking: BookingId, kinds: Collection[Kind]) -> None:
        for promise in [it for it in self.owed if it.booking == booking and it.kind in kinds]:
            del self.owed[promise]

    def reviewed(self, booking: BookingId, author: PersonId) -> None:
        """Nobody is asked for what they have written already."""
        for promise in [it for it in self.owed if (it.booking, it.person) == (booking, author)]:
            if promise.kind in (Kind.REVIEW_STAY, Kind.REVIEW_RENTER):
                del self.owed[promise]

    def doubt(self, person: PersonId, about: Collection[BookingId] = ()) -> None:
        """The person cannot be reached, or is erased, with some bookings."""
        for promise in [it for it in self.owed if it.person == person or it.booking in about]:
            del self.owed[promise]
            self.perhaps.add(promise)

    def told(self, notice: Notice) -> None:
        """Raises AssertionError for what was not promised, or was said already."""
        assert notice.key not in self.keys, f"twice: {notice}"
        self.keys.add(notice.key)
        if notice.kind not in RECKONED or notice.booking is None:
            return
        facts = notice.facts or {}
        what = facts.get("what", facts.get("message"))
        promise = Promise(notice.kind, notice.person, notice.booking, notice.due_at, what)
        if promise in self.perhaps:
            return
        assert self.owed[promise] > 0, f"not promised, or twice: {notice}"
        self.owed[promise] -= 1

    def lost(self, now: datetime) -> list[Promise]:
        """What should have been told by now."""
        return [promise for promise in +self.owed if promise.due <= now]


@dataclass(frozen=True)
class Happening:
    """A booking before and after something was done, and who looks after its space."""

    before: Booking | None
    after: Booking
    keepers: frozenset[PersonId]
    known: frozenset[PersonId]
    """Everybody who was not erased."""
    actor: PersonId | None
    now: datetime

    def kept(self, promises: Promises) -> None:
        """Enter what follows from it."""
        was, new = self.before, self.after
        if was is None or was.state is not new.state:
            promises.void(new.id, self._void())
            promises.owe(self._turned())
        elif was.window != new.window:
            promises.void(new.id, OF_THE_END)
            promises.owe(self._to(self.keepers, Kind.CHANGED, what="end"))
            if new.state is State.BOOKED and was.window.length <= SILENCE < new.window.length:
                promises.owe(self._later(Kind.ASK_ARRIVAL, new.window.start + SILENCE))
            promises.owe(self._around_the_end())
        if (
            was
            and new.plate not in (None, was.plate)
            and new.state in (State.BOOKED, State.ARRIVED)
        ):
            promises.owe(self._to(self.keepers, Kind.CHANGED, what="plate"))

    @property
    def _others(self) -> set[PersonId]:
        """Who looks after the space and has not answered."""
        return {it for it in self.keepers if it != self.actor}

    def _void(self) -> set[Kind]:
        match self.after.state:
            case State.ARRIVED:
                return {Kind.STARTS_SOON, Kind.ASK_ARRIVAL}
            case State.COMPLETED:
                return OF_THE_STAY
            case State.BOOKED:
                return {Kind.REQUESTED}
        return OF_THE_STAY | OF_THE_END

    def _turned(self) -> Iterator[Promise]:
        if self.before is not None and self.before.state is State.REQUESTED:
            return self._answered()
        return self._went_on()

    def _answered(self) -> Iterator[Promise]:
        """A request has ended, in one way or the other."""
        renter = self.after.renter
        match self.after.state:
            case State.BOOKED:
                yield from self._to({renter}, Kind.APPROVED)
                yield from self._to(self._others, Kind.ANSWERED)
                yield from self._stay()
            case State.DECLINED:
                yield from self._to({renter}, Kind.DECLINED)
                yield from self._to(self._others, Kind.ANSWERED)
            case State.EXPIRED:
                yield from self._to({renter, *self.keepers}, Kind.EXPIRED)
            case State.WITHDRAWN:
                yield from self._to(self.keepers, Kind.WITHDRAWN)
            case State.CANCELLED:
                yield from self._cancelled(self.after.history[-1].by)

    def _went_on(self) -> Iterator[Promise]:
        renter, by = self.after.renter, self.after.history[-1].by
        match self.after.state:
            case State.REQUESTED:
                yield from self._to(self.keepers, Kind.REQUESTED)
            case State.BOOKED:
                yield from self._to(self.keepers, Kind.BOOKED)
                yield from self._stay()
            case State.ARRIVED:
                yield from self._to(self.keepers, Kind.ARRIVED)
            case State.COMPLETED if by is Side.RENTER and self.now < self.after.window.end:
                yield from self._to(self.keepers, Kind.LEFT_EARLY)
            case State.RELEASED:
                yield from self._to({renter}, Kind.RELEASED)
            case State.CANCELLED:
                yield from self._cancelled(by)

    def _cancelled(self, by: Side) -> Iterator[Promise]:
        renter = self.after.renter
        match by:
            case Side.RENTER:
                yield from self._to(self.keepers, Kind.CANCELLED)
            case Side.LISTER:
                yield from self._to({renter}, Kind.CANCELLED)
            case Side.CLOCK:
                yield from self._to(self.keepers, Kind.OBSTRUCTED)
            case Side.OPERATOR if self.actor == (self.before or self.after).renter:
                yield from self._to(self.keepers, Kind.CALLED_OFF)
            case Side.OPERATOR:
                yield from self._to({renter}, Kind.CALLED_OFF)

    def _stay(self) -> Iterator[Promise]:
        start, end = self.after.window.start, self.after.window.end
        yield from self._later(Kind.STARTS_SOON, start - timedelta(minutes=30))
        if start + SILENCE < end:
            yield from self._later(Kind.ASK_ARRIVAL, start + SILENCE)
        for until, back, then in self._refunds():
            if then < back:
                yield from self._later(Kind.REFUND_DROPS, until - timedelta(hours=1))
        yield from self._around_the_end()

    def _refunds(self) -> Iterator[tuple[datetime, int, int]]:
        """Until when cancelling gives how much back, and how much after that."""
        steps = self.after.refund_steps()
        sums = [*(step.refund.minor for step in steps), 0]
        for number, step in enumerate(steps):
            yield step.until, sums[number], sums[number + 1]

    def _around_the_end(self) -> Iterator[Promise]:
        end = self.after.window.end
        yield from self._later(Kind.ENDS_SOON, end - timedelta(minutes=15))
        yield from self._later(Kind.ENDED, end)
        due = end + timedelta(minutes=10)
        yield from self._to({self.after.renter}, Kind.REVIEW_STAY, due)
        yield from self._to({self.after.lister}, Kind.REVIEW_RENTER, due)

    def _later(self, kind: Kind, due: datetime) -> Iterator[Promise]:
        if due > self.now:
            yield from self._to({self.after.renter}, kind, due)

    def _to(
        self,
        people: Collection[PersonId],
        kind: Kind,
        due: datetime | None = None,
        what: str | None = None,
    ) -> Iterator[Promise]:
        for person in self.known.intersection(people):
            yield Promise(kind, person, self.after.id, due or self.now, what)
