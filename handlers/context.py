"""What every handler of the marketplace is given."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from telegram import User

from chat.context import Arrival, Context
from market.domain.errors import Banned
from market.domain.person import Person
from market.ports.work import Work
from market.services import Market, Services
from views.words import Words, spoken, words_in

OPEN_TO_BANNED = ("rights", "bookings", "start")
"""Conversations: their data, stays that have begun, and how to reach the operator."""

Arriving: TypeAlias = Callable[[Work, Arrival], Awaitable["ParkContext"]]


class ParkContext(Context):
    """The kit's context with who it is from, how to talk to them, and what they can do."""

    def __init__(
        self, arrival: Arrival, services: Services, person: Person, map_page: str = ""
    ) -> None:
        super().__init__(arrival)
        self._services = services
        self.person = person
        self.map_page = map_page
        """The address of the map, where it may open inside the chat; else empty."""

    @property
    def services(self) -> Services:
        """Raises Banned for whom the operator has shut out, beyond what they may still do."""
        if self.person.banned and self.arrival.flow not in OPEN_TO_BANNED:
            raise Banned
        return self._services

    @property
    def words(self) -> Words:
        return words_in(self.person.language, self.person.zone)


def arriving(market: Market, map_page: str = "") -> Arriving:
    """The factory that the worker calls in each unit of work, with services bound to it."""

    async def arrive(work: Work, arrival: Arrival) -> ParkContext:
        services = Services(work, arrival.now, market)
        user = arrival.user
        person = await services.people.meet(user.id, first_name(user), spoken(user.language_code))
        return ParkContext(arrival, services, person, map_page)

    return arrive


def first_name(user: User) -> str:
    """Never the last name; of a wake-up nothing but the id is known."""
    return user.first_name or ""
