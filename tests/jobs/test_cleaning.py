from datetime import timedelta

from jobs.cleaning import KEPT_DEAD, KEPT_DONE, KEPT_IDS, KEPT_QUOTES, Cleaning
from storage.database import Store
from tests.examples import NOON, RENTER, a_quote, settle

A_MOMENT = timedelta(seconds=1)


async def arrived(store: Store, update: int) -> None:
    async with store.begin() as work:
        row = {"id": update, "person": 5, "raw": "{}", "sent_at": NOON, "received_at": NOON}
        await work.inbox.add([row])


async def raw_of(store: Store) -> dict[int, str]:
    from sqlalchemy import select

    from storage.tables.chat import inbox

    async with store.read() as work:
        return dict((await work.connection.execute(select(inbox.c.id, inbox.c.raw))).all())


async def clean_at(store: Store, moment) -> None:
    assert not await Cleaning(store, lambda: moment)()


async def test_what_a_handled_update_said_is_forgotten_after_a_day(store) -> None:
    await arrived(store, 1)
    async with store.begin() as work:
        await work.inbox.end(1, NOON)
        await work.inbox.sent([1])
    await clean_at(store, NOON + KEPT_DONE)
    assert await raw_of(store) == {1: "{}"}
    await clean_at(store, NOON + KEPT_DONE + A_MOMENT)
    assert await raw_of(store) == {1: ""}
    await clean_at(store, NOON + KEPT_IDS + A_MOMENT)
    assert await raw_of(store) == {}


async def test_what_could_not_be_handled_is_kept_for_a_month(store) -> None:
    await arrived(store, 1)
    async with store.begin() as work:
        await work.inbox.bury(1, NOON, "Traceback", None)
    await clean_at(store, NOON + KEPT_DEAD)
    assert await raw_of(store) == {1: "{}"}
    await clean_at(store, NOON + KEPT_DEAD + A_MOMENT)
    assert "{}" not in (await raw_of(store)).values()


async def test_what_is_not_handled_yet_is_never_forgotten(store) -> None:
    await arrived(store, 1)
    await clean_at(store, NOON + timedelta(days=400))
    assert await raw_of(store) == {1: "{}"}


async def test_a_quote_is_forgotten_a_week_after_it_ran_out(store) -> None:
    quote = a_quote()
    async with store.begin() as work:
        await settle(work)
        await work.quotes.add(quote)
    await clean_at(store, quote.expires_at + KEPT_QUOTES)
    async with store.read() as work:
        assert await work.quotes.get(quote.id, RENTER) == quote
    await clean_at(store, quote.expires_at + KEPT_QUOTES + A_MOMENT)
    async with store.begin() as work:
        assert await work.quotes.drop_expired(NOON + timedelta(days=999)) == 0
