"""What holds in the town at every moment."""

from collections import Counter
from collections.abc import Awaitable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from market.domain.booking import SETTLED, Booking, State
from market.domain.errors import ListerOnly, NotFound
from market.domain.ids import BookingId, PhotoId
from market.domain.ledger import Account, Entry, Reason, balance
from market.domain.person import Person
from market.domain.space import Space, SpaceState
from market.services import Services
from tests.proof.living.town import Town, live


def no_two_live_bookings_overlap(bookings: Mapping[BookingId, Booking]) -> None:
    held = sorted(
        (it.space, it.window.start, it.blocked_until) for it in bookings.values() if live(it)
    )
    for (space, _, until), (next_space, start, _) in pairwise(held):
        assert space != next_space or until <= start


def money_balances(town: Town, bookings: Mapping[BookingId, Booking]) -> None:
    async def entered(its: Services) -> list[tuple[Booking, Sequence[Entry], int]]:
        found = []
        for booking in bookings.values():
            seen = await its.work.overstays.of(booking.id)
            entries = await its.work.ledger.of(booking.id)
            found.append((booking, entries, seen.charge.minor if seen else 0))
        return found

    for booking, entries, overstayed in town.look(entered):
        assert sum(balance(entries, account) for account in Account) == 0
        assert balance(entries, Account.MONEY) == 0
        sums: Counter[Reason] = Counter()
        for entry in entries:
            assert entry.amount.minor > 0
            assert entry.amount.currency == booking.total.currency
            sums[entry.reason] += entry.amount.minor
        charged = sums[Reason.STAY] + sums[Reason.EXTENSION]
        assert charged == (booking.total.minor if was_settled(booking) else 0)
        back = booking.refunded.minor if booking.refunded and was_settled(booking) else 0
        assert sums[Reason.REFUND] <= back <= charged
        assert sums[Reason.REFUND] == back or sums[Reason.WAIVED]
        assert sums[Reason.REFUND] + sums[Reason.WAIVED] <= charged + sums[Reason.OVERSTAY]
        assert sums[Reason.OVERSTAY] >= overstayed


def was_settled(booking: Booking) -> bool:
    """Whether it was ever more than asked for or held."""
    return any(event.state in SETTLED for event in booking.history)


def nobody_sees_what_is_not_theirs(
    town: Town, bookings: Mapping[BookingId, Booking], chosen: Collection[Booking | Space]
) -> None:
    """Everybody asks for what was chosen, and for whatever is theirs."""
    town.look(lambda its: _Eyes(its, town.people, bookings).look(chosen))


@dataclass
class _Eyes:
    its: Services
    people: Sequence[Person]
    bookings: Mapping[BookingId, Booking]

    async def look(self, chosen: Collection[Booking | Space]) -> None:
        for person in self.people:
            for one in chosen:
                if isinstance(one, Booking):
                    keepers = {one.lister, *await self.its.work.colisters.of(one.space)}
                    await self._at_booking(person, one, party=person.id in {one.renter, *keepers})
                else:
                    keepers = {one.lister, *await self.its.work.colisters.of(one.id)}
                    await self._at_space(person, one, keeps=person.id in keepers)
            await self._at_lists(person)

    async def _at_booking(self, person: Person, booking: Booking, *, party: bool) -> None:
        its, number = self.its, booking.id
        for asked in (
            its.bookings.get(person.id, number),
            its.ledger.owed(person.id, number),
            its.overstays.of(person.id, number),
        ):
            assert await _found(asked) == party
        if not party:
            for refused in (
                its.stays.extended(person.id, number, booking.blocked_until),
                its.messages.send(person.id, number, "hello"),
                its.bookings.refund_now(person.id, number),
            ):
                assert not await _found(refused)

    async def _at_space(self, person: Person, space: Space, *, keeps: bool) -> None:
        its, there = self.its, space.state is not SpaceState.DELETED
        stays = any(
            it.renter == person.id and it.space == space.id and it.stands(its.now)
            for it in self.bookings.values()
        )
        may_know = person.id == space.lister or stays
        assert await its.bookings.may_know_place(person.id, space) == may_know
        assert await _found(its.spaces.get(person.id, space.id)) == (there and keeps)
        assert await _found(its.bookings.ahead_of_space(person.id, space.id)) == (there and keeps)
        for entrance in space.entrance:
            shown = await _found(its.photos.seen_by(person.id, PhotoId(entrance)))
            assert shown == (person.id == space.lister or (there and stays))
            assert not await _found(its.photos.seen_by(None, PhotoId(entrance)))
        for own in (
            its.spaces.earnings(person.id, space.id),
            its.colisters.of(person.id, space.id),
        ):
            assert await _found(own) == (there and person.id == space.lister)

    async def _at_lists(self, person: Person) -> None:
        its = self.its
        rented = [*await its.bookings.coming(person.id), *await its.bookings.past(person.id)]
        assert {it.renter for it in rented} <= {person.id}
        mine = {space.id for space in await its.spaces.mine(person.id)}
        for asked in await its.bookings.requests(person.id):
            assert asked.state is State.REQUESTED
            assert asked.space in mine
        assert {it.reporter for it in await its.reports.mine(person.id, 100)} <= {person.id}
        assert {it.person for it in await its.alerts.of(person.id)} <= {person.id}
        if not its.operators.is_operator(person):
            assert not await _found(its.operators.statistics(person))


async def _found(asked: Awaitable[object]) -> bool:
    try:
        await asked
    except (NotFound, ListerOnly):
        return False
    return True
