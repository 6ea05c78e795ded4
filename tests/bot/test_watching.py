"""What an operator's monitor sees: health, readiness, metrics."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from bot.health import STUCK, Health
from bot.metrics import Metrics, Scraped, TimedIndex, TimedRequests
from bot.web import application
from market.domain.notice import notices_of
from storage.database import Store
from storage.pulse import Census, Pulse, census, pulse
from tests.examples import NOON, a_booking, at, settle
from tests.storage.conftest import database, migrated, store, url

__all__ = ["database", "migrated", "store", "url"]


async def seen(path: str, *routes: Route) -> httpx.Response:
    return await seen_at(application(routes), path)


async def seen_at(app: Starlette, path: str) -> httpx.Response:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://park.example") as http:
        return await http.get(path)


def reading(found: Pulse | Exception) -> Callable:
    async def read() -> Pulse:
        if isinstance(found, Exception):
            raise found
        return found

    return read


async def readiness(found: Pulse | Exception) -> httpx.Response:
    health = Health(reading(found), lambda: NOON)
    return await seen("/readyz", *health.routes)


async def test_whoever_can_answer_is_alive() -> None:
    broken = Health(reading(RuntimeError()), lambda: NOON)
    assert (await seen("/healthz", *broken.routes)).json() == {"status": "ok"}


async def test_ready_tells_how_old_everything_is_that_waits() -> None:
    answer = await readiness(Pulse(2, at(-0.01), at(-0.02), at(-0.03)))
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "database": "ok",
        "oldest_update": 36,
        "last_poll": 72,
        "oldest_due_notice": 108,
    }


LONG_AGO = NOON - STUCK - timedelta(seconds=1)


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (Pulse(0, None, None, None), 200),
        (Pulse(0, None, NOON - timedelta(days=1), None), 200),
        (Pulse(1, LONG_AGO, None, None), 503),
        (Pulse(0, None, None, LONG_AGO), 503),
        (OperationalError("SELECT", {}, Exception("disk I/O error")), 503),
    ],
    ids=[
        "nothing waits",
        "Telegram is away",
        "an update is stuck",
        "a notice is stuck",
        "no database",
    ],
)
async def test_ready_is_who_gets_on_with_the_work(found: Pulse | Exception, status: int) -> None:
    assert (await readiness(found)).status_code == status


async def test_the_store_tells_what_waits_in_it(store: Store) -> None:
    booking = a_booking()
    row = {"id": 7, "person": 1, "raw": "{}", "sent_at": NOON, "received_at": at(-1)}
    async with store.begin() as work:
        await settle(work)
        await work.bookings.add(booking)
        await work.notices.plan(notices_of(booking, NOON))
        await work.inbox.add([row, {**row, "id": 8, "received_at": NOON}])
        await work.inbox.end(8, NOON)
        await work.inbox.polled(42, at(-2))
    async with store.glance() as work:
        assert await pulse(work, at(-0.1)) == Pulse(1, at(-1), at(-2), None)
        assert await pulse(work, at(0.1)) == Pulse(1, at(-1), at(-2), NOON)
    async with store.read() as work:
        counted = await census(work)
    assert counted.notices == len(notices_of(booking, NOON))
    assert counted.bookings == {"booked": 1}
    assert counted.spaces == {"live": 1}


async def test_what_could_not_be_sent_waits_for_nobody_until_it_is_due_again(store: Store) -> None:
    """Or else one address that takes no mail would make the whole process look stuck."""
    notice = notices_of(a_booking(), NOON)[0]
    async with store.begin() as work:
        await work.notices.plan([notice])
        await work.notices.claim_due(NOON, "a", limit=1, lease=timedelta(minutes=1))
        assert (await pulse(work, NOON)).oldest_notice is None
        await work.notices.put_off(notice.key, "a", at(2))
        assert (await pulse(work, at(1))).oldest_notice is None
        assert (await pulse(work, at(3))).oldest_notice == at(2)


async def scraped(metrics: Metrics, counted: Census) -> str:
    async def count() -> Census:
        return counted

    watching = Scraped(metrics, reading(Pulse(3, at(-1), None, at(-0.5))), count, lambda: NOON)
    return (await seen("/metrics", watching.route)).text


async def test_metrics_tell_what_happened_and_what_waits() -> None:
    metrics = Metrics()
    metrics.handled("finding.show", 0.004, refused=False)
    metrics.handled("finding.book", 0.004, refused=True)
    metrics.buried()
    metrics.delivered("sent")
    metrics.mailed("retry")
    metrics.pictured("added", 0.2)
    text = await scraped(metrics, Census(5, {"booked": 2}, {"live": 4}))
    for line in (
        'parkplace_updates_total{outcome="answered"} 1.0',
        'parkplace_updates_total{outcome="refused"} 1.0',
        'parkplace_updates_total{outcome="dead"} 1.0',
        'parkplace_handling_seconds_count{handler="finding.show"} 1.0',
        'parkplace_sends_total{outcome="sent",way="telegram"} 1.0',
        'parkplace_sends_total{outcome="retry",way="mail"} 1.0',
        'parkplace_picture_seconds_count{outcome="added"} 1.0',
        "parkplace_inbox_updates 3.0",
        "parkplace_inbox_age_seconds 3600.0",
        "parkplace_outbox_notices 5.0",
        "parkplace_outbox_age_seconds 1800.0",
        'parkplace_bookings{state="booked"} 2.0',
        'parkplace_spaces{state="live"} 4.0',
    ):
        assert f"\n{line}\n" in text


async def test_searches_are_timed_and_answered_all_the_same() -> None:
    class Index:
        def near(self, search: object) -> object:
            return ("found", search)

    metrics = Metrics()
    assert TimedIndex(Index(), metrics.searched).near("here") == ("found", "here")
    assert "parkplace_search_seconds_count 1.0" in await scraped(metrics, Census(0, {}, {}))


async def test_requests_are_told_apart_by_route_and_never_by_path() -> None:
    async def hello(_: object) -> Response:
        return Response("hello")

    told = []
    app = TimedRequests(
        application([Route("/spaces/{id}", hello, name="show_space")]),
        lambda *facts: told.append(facts[:2]),
    )
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://park.example"
    ) as http:
        await http.get("/spaces/1")
        await http.get("/spaces/2")
        await http.get("/made-up-by-somebody")
    assert told == [("show_space", 200), ("show_space", 200), ("none", 404)]


async def test_what_no_route_answers_has_a_name_of_its_own_below_others_too() -> None:
    told = []
    api = TimedRequests(application([]), lambda *facts: told.append(facts[:2]))
    await seen_at(application([], api=api), "/made-up-by-somebody")
    assert told == [("none", 404)]
