"""Inline mode, in any chat: ``@bot`` with a place, a time, both, or ``space <id>``."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from telegram import InlineQuery

from chat.inline import InlineAnswer
from handlers.typed.addresses import LENGTH, split
from handlers.typed.places import read_coordinates_not_times
from handlers.typed.times import read_window
from market.domain.errors import GeocoderDown, Invalid, NotFound
from market.domain.ids import SpaceId, read_id
from market.domain.person import Person
from market.domain.place import Point
from market.domain.search import Found, Search, default_window
from market.domain.space import Space
from market.ports.geocoder import Geocoder
from market.ports.work import Work
from market.services import Market, Services
from market.services.finding import Result
from views import find
from views import inline as view
from views.words import Words, spoken, words_in

PAGE = 20
_SPACE = "space "

Reading: TypeAlias = Callable[[], AbstractAsyncContextManager[Work]]


@dataclass(frozen=True, slots=True)
class InlineMode:
    """Answers queries by reading alone: nobody has to be known here, and nothing is kept."""

    reading: Reading
    market: Market
    clock: Callable[[], datetime]
    bot: Callable[[], str]
    """Says its user name, for the links back to it."""
    geocoder: Geocoder
    photos: str = ""
    """The address before a photo's id; empty where Telegram could not fetch any."""

    async def answer(self, query: InlineQuery) -> InlineAnswer:
        shares = query.query.lower().startswith(_SPACE)
        point, said = (None, "") if shares else await self._place(query)
        async with self.reading() as work:
            services = Services(work, self.clock(), self.market)
            person = await work.people.of_telegram(query.from_user.id)
            words = self._words(query, person)
            if shares:
                return await self._one(services, words, query.query[len(_SPACE) :])
            if point is None:
                asks = view.not_understood if said else view.ask_place
                return InlineAnswer(button=asks(words))
            try:
                search = self._search(point, said, services.now, person, words, query.offset)
            except Invalid:
                return InlineAnswer(button=view.not_understood(words))
            return self._list(words, await services.finding.near(search))

    async def _place(self, query: InlineQuery) -> tuple[Point | None, str]:
        """What was typed before the sender's own location, and the words about time after it."""
        parts = query.query.split()
        for end in range(len(parts), 0, -1):
            if point := read_coordinates_not_times(" ".join(parts[:end])):
                return point, " ".join(parts[end:])
        address, said = split(query.query, self.clock())
        if len(address) in LENGTH:
            point = await self._found(address, self._language(query))
            return point, said if point else address
        if address or query.location is None:
            return None, query.query.strip()
        return Point(query.location.latitude, query.location.longitude), said

    async def _one(self, services: Services, words: Words, written: str) -> InlineAnswer:
        try:
            space = await services.finding.space(SpaceId(read_id(written) or 0))
        except NotFound:
            return InlineAnswer(button=view.ask_place(words))
        return InlineAnswer([view.shared(words, space, self._home())])

    def _home(self) -> view.Home:
        return view.Home(self.bot(), self.photos)

    def _words(self, query: InlineQuery, person: Person | None) -> Words:
        if person is None:
            return words_in(self._language(query))
        return words_in(person.language, person.zone)

    def _language(self, query: InlineQuery) -> str:
        return spoken(query.from_user.language_code) or self.market.language

    async def _found(self, address: str, language: str) -> Point | None:
        """The likeliest; None, too, while nobody can say."""
        try:
            matches = await self.geocoder.find(address, language)
        except GeocoderDown:
            return None
        return matches[0].point if matches else None

    def _search(
        self,
        point: Point,
        said: str,
        now: datetime,
        person: Person | None,
        words: Words,
        offset: str,
    ) -> Search:
        """Raises Invalid for words that are no time."""
        zone = ZoneInfo(self.market.geography.zone_at(point))
        base = default_window(now)
        return Search(
            point,
            read_window(said, now, zone, base, words.language) if said else base,
            now,
            k=PAGE,
            skip=int(offset) if offset.isdecimal() and len(offset) < 6 else 0,
            person=person.id if person else None,
        )

    def _list(self, words: Words, result: Result) -> InlineAnswer:
        search, nearby = result.search, result.nearby
        home = self._home()
        results = [
            view.nearby(words, _free(words, space, found, search), home)
            for found in nearby.found
            if (space := result.spaces.get(found.space))
        ]
        if not results:
            return InlineAnswer(button=view.nothing(words))
        return InlineAnswer(results, str(search.skip + search.k) if nearby.more else "")


def _free(words: Words, space: Space, found: Found, search: Search) -> view.Free:
    return view.Free(
        space,
        search.window,
        price=words.money(found.price),
        distance=find.distance(words, found.metres, space.country),
        when=words.when(search.window, space.zone_info, search.now),
    )
