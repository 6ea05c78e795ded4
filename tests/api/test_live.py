"""Live updates, over real sockets."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from fastapi import FastAPI
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from api.context import Backend
from api.hub import BACKLOG, EACH, REPLAYED, Hub, Pace
from bot.web import serving
from market.domain.change import Noun
from market.services import Services
from storage.changes import follow
from storage.database import Store
from tests.api.conftest import Client, StillClock, app_of, joined
from tests.api.scenes import PLACE, booked, listed
from tests.sizes import LIVE_SOCKETS

HERE = {"west": 24.9, "south": 60.1, "east": 25.0, "north": 60.2}
FAR_AWAY = {"west": 2.0, "south": 48.0, "east": 3.0, "north": 49.0}
OURS = "https://map.example.org"


@dataclass
class Ear:
    """One socket, and everything that came over it."""

    socket: ClientConnection
    heard: list[dict[str, Any]] = field(default_factory=list)

    async def say(self, **message: Any) -> None:
        await self.socket.send(json.dumps(message))

    async def next(self, kind: str) -> dict[str, Any]:
        """The next message of a kind; news in between must not be overheard."""
        async with asyncio.timeout(10):
            while True:
                message = json.loads(await self.socket.recv())
                self.heard.append(message)
                if message["type"] == kind:
                    return message
                assert message["type"] != "news", message

    async def watch(self, **wanted: Any) -> dict[str, Any]:
        await self.say(type="watch", **wanted)
        return await self.next("watching")

    async def closed(self) -> int:
        """The code with which we close."""
        async with asyncio.timeout(10):
            try:
                while True:
                    await self.socket.recv()
            except ConnectionClosed as closing:
                return closing.rcvd.code if closing.rcvd else 0


async def until(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not so():  # noqa: ASYNC110 - the hub has no bell for tests
            await asyncio.sleep(0)


class Town:
    """The API at an address, with its hub running."""

    def __init__(self, address: str) -> None:
        self.address = address.replace("http", "ws") + "/api/v1/live"
        self._sockets: list[ClientConnection] = []

    async def dial(self, **options: Any) -> Ear:
        socket = await connect(self.address, **options)
        self._sockets.append(socket)
        return Ear(socket)

    async def join(self, client: Client, **wanted: Any) -> Ear:
        ear = await self.dial()
        await ear.say(type="token", token=client.tokens["access_token"])
        await ear.next("ready")
        await ear.watch(**wanted)
        return ear

    async def hang_up(self) -> None:
        await asyncio.gather(*(socket.close() for socket in self._sockets))


@pytest.fixture
def pace() -> Pace:
    return Pace()


@pytest.fixture
def backend(backend: Backend, pace: Pace) -> Backend:
    return replace(backend, hub=Hub(pace))


@pytest.fixture
def app(backend: Backend) -> FastAPI:
    return app_of(backend, OURS)


@pytest.fixture
async def town(
    app: FastAPI, backend: Backend, store: Store, clock: StillClock
) -> AsyncIterator[Town]:
    running = asyncio.create_task(
        backend.hub.run(
            lambda seen, apply: follow(store, seen, apply, every=0.05),
            lambda work: Services(work, clock(), backend.market),
            0,
        )
    )
    async with serving(app, "127.0.0.1", 0) as address:
        town = Town(address)
        yield town
        await town.hang_up()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_an_area_hears_of_new_spaces_and_new_prices_in_it(town, lister, renter) -> None:
    ear = await town.join(renter, areas=[HERE])
    elsewhere = await town.join(renter, areas=[FAR_AWAY], bookings=True)
    space = await listed(lister)

    (told,) = (await ear.next("news"))["spaces"]
    assert told["id"] == space["id"]
    assert told["hour_price"] == {"minor": 250, "currency": "EUR"}
    assert told["is_available"]

    changed = {"title": space["title"], "place": PLACE, "tariff": {"currency": "EUR", "hour": 300}}
    etag = (await lister.get(f"spaces/{space['id']}")).headers["ETag"]
    answer = await lister.put(f"spaces/{space['id']}", changed, **{"If-Match": etag})
    assert answer.status_code == 200, answer.text
    (told,) = (await ear.next("news"))["spaces"]
    assert told["hour_price"]["minor"] == 300
    assert (await elsewhere.watch())["type"] == "watching", "and no news before it"


async def test_an_area_hears_of_a_space_that_moves_away(town, lister, renter) -> None:
    space = await listed(lister)
    ear = await town.join(renter, areas=[HERE])
    moved = {"lat": FAR_AWAY["north"] - 0.01, "lng": FAR_AWAY["east"] - 0.01}
    changed = {"title": "Away", "place": moved, "tariff": {"currency": "EUR", "hour": 300}}
    etag = (await lister.get(f"spaces/{space['id']}")).headers["ETag"]
    answer = await lister.put(f"spaces/{space['id']}", changed, **{"If-Match": etag})
    assert answer.status_code == 200, answer.text
    (told,) = (await ear.next("news"))["spaces"]
    assert (told["id"], told["point"]) == (space["id"], answer.json()["point"])


async def test_only_the_parties_of_a_booking_hear_of_it(town, lister, renter, stranger) -> None:
    space = await listed(lister)
    ears = [await town.join(one, bookings=True) for one in (renter, lister)]
    other = await town.join(stranger, bookings=True)
    silent = await town.join(renter)
    booking = await booked(renter, space["id"])

    for ear in ears:
        news = await ear.next("news")
        assert [it["id"] for it in news["bookings"]] == [booking["id"]]
        assert news["bookings"][0]["state"] == "booked"
        assert news["spaces"] == []
    for ear in (other, silent):
        await ear.watch()


async def test_an_area_hears_that_a_space_is_taken_and_nothing_of_by_whom(
    town, lister, renter, stranger, clock
) -> None:
    space = await listed(lister)
    ear = await town.join(stranger, areas=[HERE], bookings=True)
    await booked(renter, space["id"], 0, 2)
    news = await ear.next("news")
    assert news["bookings"] == []
    assert news["spaces"] == [
        {
            "id": space["id"],
            "point": space["point"],
            "hour_price": {"minor": 250, "currency": "EUR"},
            "is_available": False,
        }
    ]


async def test_whoever_comes_back_hears_what_was_missed(town, lister, renter) -> None:
    ear = await town.join(renter, areas=[HERE], bookings=True)
    space = await listed(lister)
    seq = (await ear.next("news"))["seq"]
    await ear.socket.close()
    booking = await booked(renter, space["id"])

    again = await town.join(renter)
    said = await again.watch(areas=[HERE], bookings=True, after=seq)
    assert not said["reload"]
    news = await again.next("news")
    assert [it["id"] for it in news["bookings"]] == [booking["id"]]
    assert [it["id"] for it in news["spaces"]] == [space["id"]]
    assert news["seq"] > seq
    assert not (await again.watch(areas=[HERE], after=news["seq"]))["reload"]


async def log_changes(store: Store, number: int, hub: Hub) -> None:
    async with store.begin() as work:
        for _ in range(number):
            await work.changes.append(Noun.BOOKING, 1)
        newest = await work.changes.newest()
    await until(lambda: hub.seen == newest)


@pytest.mark.parametrize("after", [0, 10**9], ids=["too long ago", "never was"])
async def test_what_cannot_be_told_again_must_be_read_again(
    town, renter, store, backend, after
) -> None:
    await log_changes(store, REPLAYED + 1, backend.hub)
    ear = await town.join(renter)
    assert (await ear.watch(areas=[HERE], after=after))["reload"]


async def test_what_was_forgotten_must_be_read_again(town, renter, store, backend) -> None:
    await log_changes(store, 10, backend.hub)
    async with store.begin() as work:
        await work.changes.forget(keep=2)
    ear = await town.join(renter)
    assert (await ear.watch(areas=[HERE], after=backend.hub.seen - 5))["reload"]
    assert not (await ear.watch(areas=[HERE], after=backend.hub.seen - 2))["reload"]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("", 4400),
        ("[]", 4400),
        ('{"type": "token"}', 4400),
        ('{"type": "token", "token": "x", "more": 1}', 4400),
        ('{"type": "watch", "bookings": true}', 4401),
        ('{"type": "token", "token": "of nobody"}', 4401),
    ],
    ids=["nothing", "a list", "no token", "more than asked", "a watch", "a wrong token"],
)
async def test_without_a_good_token_first_the_socket_closes(town, message, code) -> None:
    ear = await town.dial()
    await ear.socket.send(message)
    assert await ear.closed() == code


@pytest.mark.parametrize(
    "area",
    [{**HERE, "south": 61.0}, {**HERE, "north": 91.0}, {"west": 1.0}],
    ids=["upside down", "off the globe", "half"],
)
async def test_a_watch_that_makes_no_sense_closes_the_socket(town, renter, area) -> None:
    ear = await town.join(renter)
    await ear.say(type="watch", areas=[area])
    assert await ear.closed() == 4400


async def test_bytes_are_no_message(town) -> None:
    ear = await town.dial()
    await ear.socket.send(b"\x00")
    assert await ear.closed() == 4400


@pytest.mark.parametrize("pace", [Pace(hello=0.05)], ids=["impatient"])
async def test_whoever_says_nothing_is_let_go(town, pace) -> None:
    assert await (await town.dial()).closed() == 4408


@pytest.mark.parametrize("pace", [Pace(mark=0.05)], ids=["chatty"])
async def test_while_nothing_happens_the_line_shows_that_it_stands(town, renter, backend) -> None:
    ear = await town.join(renter)
    assert (await ear.next("mark"))["seq"] == backend.hub.seen


@pytest.mark.parametrize("pace", [Pace(vouch=0.05)], ids=["watchful"])
async def test_signing_out_ends_the_line(town, renter) -> None:
    ear = await town.join(renter)
    assert (await renter.post("auth/logout")).status_code == 204
    assert await ear.closed() == 4401


@pytest.mark.parametrize("pace", [Pace(vouch=0.05)], ids=["watchful"])
async def test_a_line_outlives_its_token_only_with_a_new_one(town, http, clock) -> None:
    renter = await joined(http, "rosa")
    ear, other = await town.join(renter), await town.join(renter)
    clock.pass_by(minutes=10)
    renewed = await renter.post("auth/refresh", refresh_token=renter.tokens["refresh_token"])
    await ear.say(type="token", token=renewed.json()["access_token"])
    await ear.watch()
    clock.pass_by(minutes=10)
    assert await other.closed() == 4401
    await ear.watch(bookings=True)


async def test_a_line_never_changes_hands(town, renter, stranger) -> None:
    ear = await town.join(renter)
    await ear.say(type="token", token=stranger.tokens["access_token"])
    assert await ear.closed() == 4401


@pytest.mark.parametrize(
    ("origin", "let_in"),
    [(OURS, True), ("https://evil.example", False), ("null", False), (None, True)],
    ids=["a page we know", "a page of somebody else's", "a page of nobody", "no page at all"],
)
async def test_only_pages_that_we_know_get_through(town, origin, let_in) -> None:
    if let_in:
        await town.dial(origin=origin)
        return
    with pytest.raises(InvalidStatus) as refusal:
        await town.dial(origin=origin)
    assert refusal.value.response.status_code == 403


async def test_a_page_of_the_same_origin_gets_through(town) -> None:
    await town.dial(origin=town.address.replace("ws", "http", 1).removesuffix("/api/v1/live"))


async def test_one_person_has_only_so_many_sockets(town, renter, backend) -> None:
    ears = [await town.join(renter) for _ in range(EACH)]
    one_more = await town.dial()
    await one_more.say(type="token", token=renter.tokens["access_token"])
    assert await one_more.closed() == 4429
    await ears[0].socket.close()
    await until(lambda: len(backend.hub) < EACH)
    await town.join(renter)


async def test_whoever_talks_without_end_is_let_go(town, renter) -> None:
    ear = await town.join(renter)
    for _ in range(60):
        await ear.say(type="watch")
    assert await ear.closed() == 4429


async def test_whoever_lets_news_pile_up_is_let_go_and_nobody_else(
    town, renter, stranger, backend
) -> None:
    await town.join(renter)
    (slow,) = backend.hub._listeners
    other = await town.join(stranger, areas=[HERE])
    for _ in range(BACKLOG + 1):
        slow.tell('{"type":"mark","seq":0}')
    (ear,) = [it for it in town._sockets if it is not other.socket]
    assert await Ear(ear).closed() == 4503
    await other.watch()


@pytest.mark.parametrize("pace", [Pace(send=0.2)], ids=["in a hurry"])
async def test_whoever_reads_nothing_holds_nothing_up(town, renter, backend) -> None:
    ear = await town.join(renter)
    ear.socket.transport.pause_reading()
    (deaf,) = backend.hub._listeners
    for _ in range(BACKLOG):
        deaf.tell("x" * 200_000)
    await until(lambda: not len(backend.hub))
    ear.socket.transport.abort()


@pytest.mark.proof
async def test_a_thousand_sockets_hear_of_a_booking(town, http, lister, renter, backend) -> None:
    """On one process, and one that answers requests meanwhile."""
    space = await listed(lister)
    people = [await joined(http, f"person{n}") for n in range(-(-LIVE_SOCKETS // EACH))]
    ears = [
        await town.join(people[n // EACH], areas=[HERE], bookings=True) for n in range(LIVE_SOCKETS)
    ]
    assert len(backend.hub) == LIVE_SOCKETS
    began = asyncio.get_running_loop().time()
    booking = await booked(renter, space["id"], 0, 2)
    news = await asyncio.gather(*(ear.next("news") for ear in ears))
    seconds = asyncio.get_running_loop().time() - began

    assert booking["id"]
    assert all([it["id"] for it in one["spaces"]] == [space["id"]] for one in news)
    assert all(one["bookings"] == [] for one in news)
    print(f"{LIVE_SOCKETS} sockets heard of a booking within {seconds:.2f} s")
