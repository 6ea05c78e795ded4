from datetime import timedelta

from jobs.digests import BATCH, Digesting
from jobs.notices import Delivery
from market.domain.ids import PersonId, SpaceId
from storage.database import Store
from tests.examples import LISTER, a_booking, a_person, a_space, at, settle, window
from tests.jobs.test_notices import LISTER_CHAT, Clock, FakeCourier

MORNING = at(18)
"""Eight o'clock in Berlin."""


async def test_a_lister_reads_at_eight_who_comes_today(store: Store) -> None:
    clock, courier = Clock(MORNING - timedelta(minutes=5)), FakeCourier()
    delivery = Delivery(store, courier, clock, "a")
    async with store.begin() as work:
        await settle(work)
        await work.bookings.add(a_booking(window(20, 22), plate="HEL204"))
    for _ in range(2):
        assert not await Digesting(store, clock)()
    await delivery()
    assert courier.sent == []
    clock.now = MORNING
    await delivery()
    await delivery()
    ((chat, text),) = courier.sent
    assert chat == LISTER_CHAT
    assert "today 10:00–12:00" in text
    assert "HEL204" in text


async def test_a_full_batch_says_that_there_may_be_more(store: Store) -> None:
    async with store.begin() as work:
        await settle(work)
        for number in range(BATCH):
            person, space = PersonId(100 + number), SpaceId(100 + number)
            await work.people.add(a_person(person))
            await work.spaces.add(a_space(id=space, lister=person))
    digesting = Digesting(store, Clock(MORNING))
    assert await digesting()
    assert not await digesting()
    async with store.begin() as work:
        due = await work.notices.claim_due(MORNING, "me", limit=BATCH + 9, lease=timedelta())
    assert len(due) == BATCH + 1
    assert LISTER in {notice.person for notice in due}
