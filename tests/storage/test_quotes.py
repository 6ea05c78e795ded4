from datetime import timedelta

import pytest

from market.domain.errors import NotFound
from market.domain.ids import QuoteId
from market.domain.refund import Policy
from market.domain.space import Approval, Rules
from market.domain.tariff import Tariff
from storage.database import Store
from tests.examples import NOON, RENTER, STRANGER, a_quote, a_space, euros, settle, window

PLAIN = a_quote()
RICH = a_quote(
    a_space(
        tariff=Tariff(euros(333), day=euros(2_000), week=euros(9_000), month=euros(30_000)),
        rules=Rules(buffer=timedelta(minutes=20)),
        approval=Approval.REQUEST,
        policy=Policy.STRICT,
        plate_needed=True,
    ),
    window(24, 24 + 9 * 24 + 2.25),
)


@pytest.mark.parametrize("quote", [PLAIN, RICH], ids=["two hours", "with every line"])
async def test_a_quote_comes_back_as_it_was(store: Store, quote) -> None:
    async with store.begin() as work:
        await settle(work)
        await work.quotes.add(quote)

    async with store.read() as work:
        assert await work.quotes.get(quote.id, RENTER) == quote


async def test_lines_keep_their_order_and_their_sums(store: Store) -> None:
    assert len(RICH.lines) == 3
    async with store.begin() as work:
        await settle(work)
        await work.quotes.add(RICH)
        kept = await work.quotes.get(RICH.id, RENTER)
    assert sum(line.amount.minor for line in kept.lines) == kept.total.minor


async def test_somebody_elses_quote_is_not_found(store: Store) -> None:
    async with store.begin() as work:
        await settle(work)
        await work.quotes.add(PLAIN)
        with pytest.raises(NotFound):
            await work.quotes.get(PLAIN.id, STRANGER)
        with pytest.raises(NotFound) as refusal:
            await work.quotes.get(QuoteId(404), RENTER)
    assert refusal.value.what == "quote"


async def test_microseconds_are_kept(store: Store) -> None:
    late = a_quote(now=NOON + timedelta(microseconds=1))
    async with store.begin() as work:
        await settle(work)
        await work.quotes.add(late)
        assert (await work.quotes.get(late.id, RENTER)).expires_at == late.expires_at
