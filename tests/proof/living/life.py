"""The part of the state machine that keeps books: what happened, what is owed, what must hold."""

import random
from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import ClassVar, TypeVar

from hypothesis.stateful import RuleBasedStateMachine, invariant

from market.domain.booking import Booking, State
from market.domain.errors import NotFound, ParkError
from market.domain.ids import BookingId, PersonId, QuoteId, SpaceId
from market.domain.notice import Kind
from market.domain.space import Space, SpaceState
from market.services import Services
from tests.proof.living import laws
from tests.proof.living.promises import Happening, Promise, Promises
from tests.proof.living.town import Town

T = TypeVar("T")


Fits = Callable[[Booking, datetime], bool]
"""Whether something can be done to a booking now."""


def anyhow(_: Booking, __: datetime) -> bool:
    return True


def there_is(fits: Fits) -> Callable[["Life"], bool]:
    return lambda life: bool(life.fitting(fits))


class Ids(random.Random):
    """Stands for the module ``secrets``."""

    def randbelow(self, limit: int) -> int:
        return self.randrange(limit)


class Life(RuleBasedStateMachine):
    """Its rules are in the machine that is made of it."""

    migrated: ClassVar[Path]
    ids: ClassVar["Ids"]
    """Where all ids come from, so that the same steps lead to the same life."""
    reached: ClassVar[Counter[State]] = Counter()
    told: ClassVar[Counter[Kind]] = Counter()
    refusals: ClassVar[int] = 0

    def begin(self) -> None:
        self.ids.seed(1)
        self.promises = Promises()
        self.bookings: dict[BookingId, Booking] = {}
        self.spaces: dict[SpaceId, Space] = {}
        self.quotes: list[tuple[PersonId, QuoteId]] = []
        self.heard = 0
        self.actor: PersonId | None = None
        self.changed: set[int] = set()
        self.steps = 0
        self.town = Town(self.migrated, self.observe)

    def teardown(self) -> None:
        if not hasattr(self, "town"):
            return
        try:
            self.look([*self.bookings.values(), *self.spaces.values()])
        finally:
            self.town.close()

    def some_space(self, pick: int) -> Space:
        there = [it for it in self.spaces.values() if it.state is not SpaceState.DELETED]
        return (there or list(self.spaces.values()))[pick % len(there or self.spaces)]

    def some_booking(self, pick: int, fits: Fits = anyhow) -> Booking:
        """Often one that fits, if there is one, and mostly a late one; now and then just any."""
        fitting = self.fitting(fits) if pick < 90 else []
        chosen = fitting or list(self.bookings.values())
        return chosen[-1 - min(pick % 3, pick % len(chosen))]

    def fitting(self, fits: Fits) -> list[Booking]:
        return [it for it in self.bookings.values() if fits(it, self.town.now)]

    def keeper(self, space: Space, who: str, pick: int) -> PersonId:
        """Its lister, or somebody else, who may look after it too."""
        return space.lister if who == "lister" else self.town.people[pick % 5].id

    def does(self, person: PersonId | None, act: Callable[[Services], Awaitable[T]]) -> T | None:
        """What somebody does, in a unit of its own; None if it was refused."""
        self.actor = person
        self.refused: ParkError | None = None
        try:
            return self.town.unit(act)
        except ParkError as refusal:
            self.refused = refusal
            type(self).refusals += 1
            return None
        finally:
            self.observe()
            self.actor = None

    def about(
        self,
        booking: Booking,
        who: str,
        pick: int,
        act: Callable[[Services, PersonId], Awaitable[T]],
    ) -> T | None:
        """What one side of a booking does; whoever is on neither is told that there is none."""
        anybody = self.town.people[pick % 5].id
        sides = {"renter": booking.renter, "lister": booking.lister, "anybody": anybody}
        person = sides[who]
        if self.town.number_of(person) is None:
            return None
        done = self.does(person, lambda its: act(its, person))
        if person not in {booking.renter, *self.keepers(booking)}:
            assert isinstance(self.refused, NotFound)
        return done

    def promise(
        self, kind: Kind, person: PersonId, booking: BookingId, what: int | None = None
    ) -> None:
        if self.town.number_of(person) is not None:
            self.promises.owe([Promise(kind, person, booking, self.town.now, what)])

    def observe(self) -> None:
        """Enter what has happened since, and what was told."""
        found = self.town.bookings()
        known = frozenset(person.id for person in self.town.people)
        for booking in found.values():
            before = self.bookings.get(booking.id)
            if booking != before:
                self._happened(before, booking, known)
        spaces = self.town.spaces()
        self.changed |= {it.id for it in spaces.values() if it != self.spaces.get(it.id)}
        # In the order in which they came, so that the same picks mean the same.
        self.bookings = {it: found[it] for it in [*self.bookings, *found]}
        self.spaces = {it: spaces[it] for it in [*self.spaces, *spaces]}
        new = self.town.told[self.heard :]
        self.heard += len(new)
        for told in new:
            self.told[told.notice.kind] += 1
            self.promises.told(told.notice)

    def _happened(self, before: Booking | None, after: Booking, known: frozenset[PersonId]) -> None:
        self.changed.add(after.id)
        if before is None or before.state is not after.state:
            self.reached[after.state] += 1
        keepers, now = self.keepers(after) - {after.renter}, self.town.now
        Happening(before, after, keepers, known, self.actor, now).kept(self.promises)

    def keepers(self, booking: Booking) -> frozenset[PersonId]:
        """Who looks after the space of a booking."""
        colisters = self.town.look(lambda its: its.work.colisters.of(booking.space))
        return frozenset((booking.lister, *colisters))

    @invariant()
    def laws_hold(self) -> None:
        if not hasattr(self, "town"):
            return
        laws.no_two_live_bookings_overlap(self.bookings)
        laws.money_balances(self.town, self.bookings)
        self.look_around()

    @invariant()
    def nothing_is_lost(self) -> None:
        """Once the post has been, nothing is due any more."""
        if hasattr(self, "town") and self.town.posted:
            lost = self.promises.lost(self.town.now)
            assert not lost, lost

    def look_around(self) -> None:
        """At what has changed, and at one other thing after the other."""
        things = {**self.bookings, **self.spaces}
        if things:
            self.steps += 1
            self.changed.add(list(things)[self.steps % len(things)])
        self.look([things[it] for it in self.changed])
        self.changed.clear()

    def look(self, chosen: Collection[Booking | Space]) -> None:
        laws.nobody_sees_what_is_not_theirs(self.town, self.bookings, chosen)
