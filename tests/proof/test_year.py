"""Everybody is told everything they are owed, once, in time, for a whole year."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from market.domain.ids import BookingId, PersonId
from storage.migrate import upgrade
from tests.proof.conftest import Figures
from tests.proof.year.facts import Stay, Told
from tests.proof.year.living import FIRST, MORNINGS, ZONES, Year
from tests.proof.year.one_hand import OneHand
from tests.proof.year.owed import Owed, digests, owed_for
from tests.sizes import YEAR_BOOKINGS

BOOKINGS = YEAR_BOOKINGS
LATEST = timedelta(seconds=60)


async def test_a_year_of_bookings_is_told_once_in_time_and_rightly(
    tmp_path: Path, proof: Figures
) -> None:
    database = tmp_path / "park.db"
    await asyncio.to_thread(upgrade, f"sqlite+aiosqlite:///{database}")
    async with OneHand.opened(database) as store:
        year = Year(store, BOOKINGS, seed=7)
        await year.live()

    stays = [_concluded(stay) for stay in year.stays]
    books = Books.compared([*_owed(year, stays)], year.ear.told)
    given_up = {stay.id: stay.ended_at for stay in stays if stay.given_up}
    after_all = [told for told in books.unasked if told.booking in given_up]
    assert len(stays) == BOOKINGS
    assert {told.person for told in books.unasked} == set()
    assert books.lost == []
    assert after_all == []
    assert [told for told in year.ear.told if told.silent != _night(year, told)] == []
    proof(
        bookings=BOOKINGS,
        zones=len(ZONES),
        notices=len(year.ear.told),
        kinds=len({told.kind for told in year.ear.told}),
        lost=0,
        twice=0,
        of_cancelled=0,
        latest_seconds=books.latest.total_seconds(),
    )


def _concluded(stay: Stay) -> Stay:
    """What ends by itself does so at its time."""
    if stay.ended_at is None and stay.booked_at is None and stay.asked_at is not None:
        stay.how = "expired"
        stay.ended_at = min(stay.asked_at + timedelta(hours=24), stay.start - timedelta(hours=1))
    elif stay.ended_at is None:
        stay.how, stay.ended_at = "completed", stay.end + timedelta(minutes=10)
    return stay


def _owed(year: Year, stays: list[Stay]) -> Iterator[Owed]:
    yield from year.hidden
    for stay in stays:
        yield from owed_for(stay)
    for keeper in year.keepers.values():
        theirs = [stay for stay in stays if keeper.person in stay.keepers]
        yield from digests(keeper, theirs, FIRST, MORNINGS)


def _night(year: Year, told: Told) -> bool:
    keeper = year.keepers.get(told.person)
    zone = keeper.zone(told.at) if keeper else ZoneInfo(year.zone_of[told.person])
    return not 7 <= told.at.astimezone(zone).hour < 22


@dataclass
class Books:
    """What was owed and what was told, set off against one another."""

    lost: list[Owed] = field(default_factory=list)
    unasked: list[Told] = field(default_factory=list)
    """What was not owed: at all, any more, yet, so late, or a second time."""
    latest: timedelta = timedelta()

    @classmethod
    def compared(cls, owed: list[Owed], told: list[Told]) -> "Books":
        books = cls()
        open_: defaultdict[tuple[str, PersonId, BookingId | None], list[Owed]] = defaultdict(list)
        for it in sorted(owed, key=lambda it: it.due):
            open_[it.kind, it.person, it.booking].append(it)
        for heard in told:
            books._cross_out(open_[heard.kind, heard.person, heard.booking], heard)
        books.lost = [it for left in open_.values() for it in left if it.surely]
        return books

    def _cross_out(self, waiting: list[Owed], heard: Told) -> None:
        for it in waiting:
            if it.due <= heard.at <= it.due + LATEST:
                waiting.remove(it)
                self.latest = max(self.latest, heard.at - it.due)
                return
        self.unasked.append(heard)
