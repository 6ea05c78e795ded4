"""A year in nine zones: people book, think again, come, stay longer and leave; the clock is ours.

Everybody acts through the services, and the sweeps are the real ones. They are ticked at the
moments at which a running system would tick them, and left alone while nothing is due.
"""

import heapq
import itertools
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import text

from jobs.digests import Digesting
from jobs.stays import Completing, Expiring
from market.domain.booking import Booking
from market.domain.errors import ParkError
from market.domain.ids import PersonId, SpaceId
from market.domain.refund import Policy
from market.domain.space import Approval, Space, SpaceState
from market.domain.window import Window
from market.services.bookings import BookingService
from market.services.people import PeopleService
from market.services.quotes import QuoteService
from market.services.reviews import ReviewService
from market.services.stays import StayService
from storage.tables.base import instant, micros
from storage.work import Work
from tests.examples import a_person, a_space
from tests.proof.year.ear import Clock, Ear, Heard
from tests.proof.year.facts import Stay
from tests.proof.year.one_hand import OneHand
from tests.proof.year.owed import Keeper, Owed
from tests.sizes import size

ZONES = (
    *("Europe/Berlin", "Europe/London", "America/New_York", "America/St_Johns"),
    *("America/Santiago", "Africa/Cairo", "Asia/Kathmandu", "Australia/Lord_Howe"),
    "Pacific/Auckland",
)
"""Some change their clocks in spring and some in autumn, one by half an hour, one never."""
KEPT = list(map(ZoneInfo, ZONES))
"""One more than the library remembers, which would read them from the disk again and again."""
FIRST = date(2030, 1, 1)
DAYS = 365
BEGINNING = datetime.combine(FIRST, time(), UTC)
END = BEGINNING + timedelta(days=DAYS)
MORNINGS = DAYS + 80
"""Until the last stay that was booked is over, and its earnings are told."""
SPACES = size(small=2, full=8)
"""In each zone; every fourth has a co-lister."""
TICK, STAYS_TICK, DIGESTS_TICK = timedelta(seconds=5), timedelta(seconds=15), timedelta(minutes=5)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NO_LIMIT = 1_000_000
STRIKES, STRIKES_COUNT = 3, 90 * DAY

T = TypeVar("T")
_NEXT = text("""
SELECT
    (SELECT min(coalesce(leased_until, due_at)) FROM outbox
        WHERE sent_at IS NULL AND due_at <= :now),
    (SELECT min(due_at) FROM outbox WHERE sent_at IS NULL AND due_at > :now),
    (SELECT min(expires_at) FROM bookings WHERE state IN ('held', 'requested')),
    (SELECT min(ends_at) FROM bookings WHERE state IN ('booked', 'arrived'))
""")

Act = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Ahead:
    """What the sweeps would find next: notices, requests that lapse, stays that are over."""

    due: datetime | None
    lapses: datetime | None
    over: datetime | None

    @property
    def tick(self) -> datetime | None:
        """Of the first sweep that finds something."""
        ticks = [_ceil(at, TICK) for at in (self.due, self.lapses) if at is not None]
        if self.over is not None:
            ticks.append(_ceil(self.over, STAYS_TICK))
        return min(ticks, default=None)


class Year:
    def __init__(self, store: OneHand, bookings: int, seed: int) -> None:
        self.store = store
        self.bookings = bookings
        self.clock = Clock(BEGINNING)
        self.chance = random.Random(seed)
        self.ear = Ear(self.clock, random.Random(seed + 1))
        self.stays: list[Stay] = []
        self.hidden: list[Owed] = []
        """What listers are told who have cancelled too often."""
        self.keepers: dict[PersonId, Keeper] = {}
        self.zone_of: dict[PersonId, str] = {}
        """Where renters are, who stay where they are."""
        self._delivery = Heard(store, self.ear, self.clock, "the only one")
        self._expiring = Expiring(store, self.clock)
        self._completing = Completing(store, self.clock)
        self._digesting = Digesting(store, self.clock)
        self._diary: list[tuple[datetime, int, Act]] = []
        self._numbers = itertools.count()
        self._spaces: list[tuple[Space, frozenset[PersonId]]] = []
        self._strikes: dict[PersonId, list[datetime]] = {}

    async def live(self) -> None:
        await self._settle()
        for moment in sorted(self._moment(BEGINNING, END) for _ in range(self.bookings)):
            self._at(moment, self._somebody_books)
        self._plan_mornings()
        ahead = await self._look()
        while self.clock.now < BEGINNING + MORNINGS * DAY:
            if self._diary and (ahead.tick is None or self._diary[0][0] < ahead.tick):
                self.clock.now, _, act = heapq.heappop(self._diary)
                await act()
            elif ahead.tick is not None:
                self.clock.now = ahead.tick
                await self._tick(ahead)
            else:
                break
            ahead = await self._deliver()

    # The sweeps.

    async def _look(self) -> Ahead:
        row = (await self.store.connection.execute(_NEXT, {"now": micros(self.clock.now)})).one()
        waiting, coming, lapses, ends = (it and instant(it) for it in row)
        due = min(filter(None, (waiting, coming)), default=None)
        return Ahead(due, lapses, ends and ends + 10 * MINUTE)

    async def _tick(self, ahead: Ahead) -> None:
        if ahead.lapses is not None and ahead.lapses <= self.clock.now:
            await self._expiring()
        if ahead.over is not None and ahead.over <= self.clock.now:
            await self._completing()

    async def _deliver(self) -> Ahead:
        """What was planned wakes the delivery at once, as it does in a running system."""
        ahead = await self._look()
        while ahead.due is not None and ahead.due <= self.clock.now:
            await self._delivery()
            ahead = await self._look()
        return ahead

    def _plan_mornings(self) -> None:
        """The ticks around eight o'clock, of those that come every five minutes."""
        phase = self.chance.random() * DIGESTS_TICK
        for number in range(MORNINGS):
            for zone in ZONES:
                eight = datetime.combine(FIRST + number * DAY, time(8), ZoneInfo(zone))
                tick = _ceil(eight.astimezone(UTC) - 15 * MINUTE - phase, DIGESTS_TICK) + phase
                self._at(tick, self._morning)
            self._at(self._moment(BEGINNING, END), self._morning)

    async def _morning(self) -> None:
        await self._digesting()

    # The people.

    async def _settle(self) -> None:
        for zone in ZONES:
            for _ in range(SPACES):
                number = next(self._numbers) + 1
                lister, helper = PersonId(10_000 + number), PersonId(20_000 + number)
                helped = number % 4 == 0
                space = a_space(
                    id=SpaceId(number),
                    lister=lister,
                    zone=zone,
                    listed_at=BEGINNING - DAY,
                    policy=self.chance.choice(list(Policy)),
                    approval=Approval.REQUEST if number % 3 == 0 else Approval.INSTANT,
                )
                keepers = frozenset({lister, helper} if helped else {lister})
                self._spaces.append((space, keepers))
                for keeper in keepers:
                    elsewhere = self.chance.choice(ZONES)
                    away = self._moment(BEGINNING + 30 * DAY, END - 30 * DAY)
                    places = [(BEGINNING - DAY, zone)]
                    if number % 5 == 0:
                        places.append((away, elsewhere))
                        self._at(away, lambda k=keeper, z=elsewhere: self._travel(k, z))
                    self.keepers[keeper] = Keeper(keeper, tuple(places))
        async with self.store.begin() as work:
            for space, keepers in self._spaces:
                for keeper in keepers:
                    await work.people.add(self._somebody(keeper, space.zone))
                await work.spaces.add(space)
                for keeper in keepers - {space.lister}:
                    await work.colisters.add(space.id, keeper, space.listed_at)

    def _somebody(self, person: PersonId, zone: str):
        return a_person(person, zone=zone, language=self.chance.choice(("en", "de")))

    async def _travel(self, keeper: PersonId, zone: str) -> None:
        async with self.store.begin() as work:
            person = await work.people.get(keeper)
            await PeopleService(work, self.clock.now, "en").seen_in(person, zone)

    async def _renter(self, zone: str) -> PersonId:
        """Everybody books about ten times."""
        person = PersonId(30_000 + self.chance.randrange(self.bookings // 10))
        if person not in self.zone_of:
            self.zone_of[person] = zone
            async with self.store.begin() as work:
                await work.people.add(self._somebody(person, zone))
        return person

    async def _somebody_books(self) -> None:
        """At some space, for some time; who finds it taken goes elsewhere."""
        for _ in range(20):
            space, keepers = self.chance.choice(self._spaces)
            renter = await self._renter(space.zone)
            window = self._window()
            try:
                async with self.store.begin() as work:
                    now = self.clock.now
                    _, quote = await QuoteService(work, now).open(renter, space.id, window)
                    booking = await self._books(work).book(renter, quote.id)
            except ParkError:
                continue
            return self._begins(booking, keepers)
        raise AssertionError("nobody finds a space any more")

    def _window(self) -> Window:
        """Soon or in some weeks; from half an hour to three days, by quarters of an hour."""
        ahead = self.chance.choice([HOUR, 6 * HOUR, 3 * DAY, 10 * DAY, 60 * DAY])
        start = _ceil(self.clock.now + self.chance.random() * ahead, 15 * MINUTE)
        length = self.chance.choice([2, 3, 4, 6, 8, 8, 12, 16, 30, 60, 100])
        return Window(start, start + length * 15 * MINUTE)

    def _begins(self, booking: Booking, keepers: frozenset[PersonId]) -> None:
        window = booking.window
        stay = Stay(
            *(booking.id, booking.renter, booking.lister, keepers),
            *(window.start, window.end, booking.policy),
        )
        self.stays.append(stay)
        if booking.expires_at is None:
            self._confirmed(stay, booking)
        else:
            stay.asked_at = self.clock.now
            self._think(stay)

    def _confirmed(self, stay: Stay, booking: Booking) -> None:
        stay.booked_at = self.clock.now
        stay.ends.append((self.clock.now, stay.end))
        stay.owed = booking.total.minor
        self._go_on(stay)

    # What becomes of a request, and of a booking: some of it is refused, and so never happened.

    def _think(self, stay: Stay) -> None:
        now, last = self.clock.now, min(self.clock.now + DAY, stay.start - HOUR)
        chance = self.chance.random()
        if chance < 0.75:
            keeper = self.chance.choice(sorted(stay.keepers))
            accept = chance < 0.6
            late = self.chance.random() < 0.1
            at = self._moment(last, last + HOUR) if late else self._moment(now, last)
            self._at(at, lambda: self._answer(stay, keeper, accept=accept))
        elif chance < 0.85:
            self._at(self._moment(now, last), lambda: self._withdraw(stay))

    def _go_on(self, stay: Stay) -> None:
        now, start, end = self.clock.now, stay.start, stay.end
        might = self.chance.random
        if might() < 0.12:
            self._at(self._moment(now, start + HOUR), lambda: self._cancel(stay, stay.renter))
        if might() < 0.04:
            self._at(self._moment(now, start), lambda: self._cancel(stay, stay.lister))
        if might() < 0.08:
            self._at(self._moment(now, end), lambda: self._change_plate(stay))
        if might() < 0.15:
            self._at(self._moment(max(now, end - 2 * HOUR), end), lambda: self._extend(stay))
        if might() < 0.05:
            self._at(self._moment(now, end), lambda: self._extend(stay))
        if might() < 0.6:
            at = self._moment(start - 20 * MINUTE, start + 45 * MINUTE)
            self._at(at, lambda: self._arrive(stay))
        if might() < 0.25:
            self._at(self._moment(start, end + 20 * MINUTE), lambda: self._leave(stay))
        if might() < 0.1:
            self._at(self._moment(start + HOUR, start + 2 * HOUR), lambda: self._release(stay))
        self._speak(stay)

    def _speak(self, stay: Stay) -> None:
        start, end, might = stay.start, stay.end, self.chance.random
        for author in (stay.renter, stay.lister):
            if might() < 0.2:
                at = self._moment(start, end + 3 * HOUR)
                self._at(at, lambda author=author: self._review(stay, author))

    async def _answer(self, stay: Stay, keeper: PersonId, *, accept: bool) -> None:
        async def act(work: Work) -> Booking:
            return await self._books(work).answer(keeper, stay.id, accept=accept)

        if (booking := await self._try(act)) is not None:
            stay.answered_by = keeper
            if accept:
                self._confirmed(stay, booking)
            else:
                self._over(stay, "declined", keeper)

    async def _withdraw(self, stay: Stay) -> None:
        if await self._try(lambda work: self._books(work).withdraw(stay.renter, stay.id)):
            self._over(stay, "withdrawn", stay.renter)

    async def _cancel(self, stay: Stay, person: PersonId) -> None:
        booking = await self._try(lambda work: self._books(work).cancel(person, stay.id))
        if booking is None:
            return
        self._over(stay, "cancelled", person)
        assert booking.refunded is not None
        stay.owed = booking.total.minor - booking.refunded.minor
        if person == stay.lister:
            await self._strike(booking)

    async def _strike(self, booking: Booking) -> None:
        """The third in ninety days hides the space. The operator looks, and shows it again."""
        now = self.clock.now
        strikes = self._strikes.setdefault(booking.lister, [])
        strikes[:] = [at for at in (*strikes, now) if at >= now - STRIKES_COUNT]
        if len(strikes) >= STRIKES:
            self.hidden.append(Owed("space_hidden", booking.lister, None, now))
            async with self.store.begin() as work:
                space = await work.spaces.get(booking.space)
                await work.spaces.save(replace(space, state=SpaceState.LIVE))

    async def _change_plate(self, stay: Stay) -> None:
        plate = f"AB{next(self._numbers)}"
        settled = stay.settled(self.clock.now)
        act = await self._try(
            lambda work: self._books(work).change_plate(stay.renter, stay.id, plate)
        )
        if act is not None and settled:
            stay.plates.append(self.clock.now)

    async def _extend(self, stay: Stay) -> None:
        until = stay.end + self.chance.choice([30 * MINUTE, HOUR])
        if await self._try(lambda work: self._stays(work).extend(stay.renter, stay.id, until)):
            stay.end = until
            stay.ends.append((self.clock.now, until))

    async def _arrive(self, stay: Stay) -> None:
        if await self._try(lambda work: self._stays(work).arrive(stay.renter, stay.id)):
            stay.arrived_at = self.clock.now

    async def _leave(self, stay: Stay) -> None:
        if await self._try(lambda work: self._stays(work).leave(stay.renter, stay.id)):
            self._over(stay, "left", stay.renter)

    async def _release(self, stay: Stay) -> None:
        booking = await self._try(lambda work: self._stays(work).release(stay.lister, stay.id))
        if booking is not None:
            self._over(stay, "released", stay.lister)
            assert booking.refunded is not None
            stay.owed = booking.total.minor - booking.refunded.minor

    async def _review(self, stay: Stay, author: PersonId) -> None:
        async def act(work: Work) -> object:
            return await ReviewService(work, self.clock.now).write(author, stay.id, 5)

        if await self._try(act):
            stay.reviewed[author] = self.clock.now

    def _over(self, stay: Stay, how: str, by: PersonId) -> None:
        stay.ended_at, stay.how, stay.by = self.clock.now, how, by

    async def _try(self, act: Callable[[Work], Awaitable[T]]) -> T | None:
        try:
            async with self.store.begin() as work:
                return await act(work)
        except ParkError:
            return None

    def _books(self, work: Work) -> BookingService:
        return BookingService(work, self.clock.now, NO_LIMIT)

    def _stays(self, work: Work) -> StayService:
        return StayService(work, self.clock.now)

    def _at(self, moment: datetime, act: Act) -> None:
        heapq.heappush(self._diary, (moment, next(self._numbers), act))

    def _moment(self, first: datetime, last: datetime) -> datetime:
        return first + self.chance.random() * max(last - first, MINUTE)


def _ceil(moment: datetime, step: timedelta) -> datetime:
    return moment + (BEGINNING - moment) % step
