"""What every handler of the marketplace is given."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from telegram import User

from chat.context import Arrival, Context
from market.domain.person import Person
from market.ports.work import Work
from market.services import Market, Services
from views.words import Words, spoken, words_in

Arriving: TypeAlias = Callable[[Work, Arrival], Awaitable["ParkContext"]]


class ParkContext(Context):
    """The kit's context with who it is from, how to talk to them, and what they can do."""

    def __init__(self, arrival: Arrival, services: Services, person: Person) -> None:
        super().__init__(arrival)
        self.services = services
        self.person = person

    @property
    def words(self) -> Words:
        return words_in(self.person.language, self.person.zone)


def arriving(market: Market) -> Arriving:
    """The factory that the worker calls in each unit of work, with services bound to it."""

    async def arrive(work: Work, arrival: Arrival) -> ParkContext:
        services = Services(work, arrival.now, market)
        user = arrival.user
        person = await services.people.meet(user.id, first_name(user), spoken(user.language_code))
        return ParkContext(arrival, services, person)

    return arrive


def first_name(user: User) -> str:
    """Never the last name; of a wake-up nothing but the id is known."""
    return user.first_name or ""
