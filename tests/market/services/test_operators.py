from dataclasses import replace

import pytest

from market.domain.account import Account
from market.domain.audit import Act, Entry, Subject
from market.domain.ban import mark_of
from market.domain.booking import Side, State
from market.domain.errors import NotFound
from market.domain.ids import BookingId, PersonId, PhotoId, QuoteId, ReportId
from market.domain.ledger import due as still_owed
from market.domain.notice import Kind
from market.domain.report import Matter, Reason, Report
from market.domain.space import SpaceState
from market.ports.photos import StoredPhoto
from market.services.bookings import BookingService
from market.services.messages import MessageService
from market.services.notices import Bulletin, NoticeService
from market.services.operators import OperatorService
from market.services.overstays import OverstayService
from market.services.people import PeopleService
from market.services.reports import ReportService
from storage.database import Store
from storage.work import Work
from tests.examples import (
    LISTER,
    NOON,
    RENTER,
    STRANGER,
    a_booking,
    a_person,
    a_space,
    at,
    euros,
    window,
)

OPERATOR = a_person(STRANGER)
AHEAD = a_booking(window(1, 3), id=BookingId(11), quote=QuoteId(11))
RUNNING = a_booking(window(-1, 1), id=BookingId(12), quote=QuoteId(12))
ASKED = a_booking(window(5, 6), id=BookingId(13), quote=QuoteId(13), state=State.REQUESTED)
SPACE = AHEAD.space


def desk(work: Work, now=NOON) -> OperatorService:
    operators = frozenset({OPERATOR.telegram})
    return OperatorService(work, now, operators, b"key", BookingService(work, now, 5))


@pytest.fixture
async def busy(town: Store) -> Store:
    async with town.begin() as work:
        for booking in (AHEAD, RUNNING, ASKED):
            await work.bookings.add(booking)
    return town


async def states(store: Store) -> list[State]:
    async with store.begin() as work:
        return [(await work.bookings.get(it.id)).state for it in (AHEAD, RUNNING, ASKED)]


async def told(store: Store) -> list[tuple[Kind, PersonId]]:
    async with store.begin() as work:
        due = await NoticeService(work, NOON).claim_due("me")
        return sorted((notice.kind, notice.person) for notice in due)


async def acts(work: Work) -> list[Act]:
    """Latest first."""
    return [entry.act for entry, _ in await desk(work).log(OPERATOR)]


async def test_hiding_a_space_calls_off_what_is_ahead_and_lets_stays_finish(busy: Store) -> None:
    async with busy.begin() as work:
        assert await desk(work).hide(OPERATOR, SPACE) == 2
        assert (await work.spaces.get(SPACE)).state is SpaceState.HIDDEN
        ended = await work.bookings.get(AHEAD.id)
        assert ended.refunded == AHEAD.total
        assert ended.history[-1].by is Side.OPERATOR
    assert await states(busy) == [State.CANCELLED, State.BOOKED, State.CANCELLED]
    assert await told(busy) == [
        (Kind.CALLED_OFF, RENTER),
        (Kind.CALLED_OFF, RENTER),
        (Kind.SPACE_HIDDEN, LISTER),
    ]


async def test_a_space_stays_out_of_sight_while_its_lister_cannot_be_reached(busy: Store) -> None:
    async with busy.begin() as work:
        await desk(work).hide(OPERATOR, SPACE)
        await work.people.save(a_person(LISTER, reachable=False))
        assert (await desk(work).show(OPERATOR, SPACE)).state is SpaceState.SILENT


async def test_everything_that_somebody_lists_is_seen_hidden_or_not(busy: Store) -> None:
    async with busy.begin() as work:
        await desk(work).hide(OPERATOR, SPACE)
        (space,) = await desk(work).spaces_of(OPERATOR, LISTER)
        assert (space.id, space.state) == (SPACE, SpaceState.HIDDEN)


async def test_a_space_is_shown_again_once(busy: Store) -> None:
    async with busy.begin() as work:
        assert (await desk(work).show(OPERATOR, SPACE)).state is SpaceState.LIVE
        await desk(work).hide(OPERATOR, SPACE)
        await desk(work).hide(OPERATOR, SPACE)
        assert (await desk(work).show(OPERATOR, SPACE)).state is SpaceState.LIVE
        assert await acts(work) == [Act.SHOW, Act.HIDE]
    kinds = [kind for kind, _ in await told(busy)]
    assert (kinds.count(Kind.SPACE_HIDDEN), kinds.count(Kind.SPACE_SHOWN)) == (1, 1)


async def test_banning_a_lister_hides_their_spaces_and_tells_each_renter(busy: Store) -> None:
    async with busy.begin() as work:
        person, ahead = await desk(work).person(OPERATOR, LISTER)
        assert (person.banned, len(ahead)) == (False, 2)
        assert await desk(work).ban(OPERATOR, LISTER) == 2
        assert await desk(work).ban(OPERATOR, LISTER) == 0
        assert (await work.people.get(LISTER)).banned
        assert await desk(work).log(OPERATOR) == [
            (Entry(NOON, STRANGER, Act.BAN, Subject.PERSON, LISTER, 2), OPERATOR)
        ]
        assert (await work.spaces.get(SPACE)).state is SpaceState.HIDDEN
    assert await states(busy) == [State.CANCELLED, State.BOOKED, State.CANCELLED]
    assert await told(busy) == [
        (Kind.BANNED, LISTER),
        (Kind.CALLED_OFF, RENTER),
        (Kind.CALLED_OFF, RENTER),
    ]


async def test_banning_a_renter_calls_off_theirs_and_tells_the_lister(busy: Store) -> None:
    async with busy.begin() as work:
        assert await desk(work).ban(OPERATOR, RENTER) == 2
        assert (await work.spaces.get(SPACE)).state is SpaceState.LIVE
    assert await states(busy) == [State.CANCELLED, State.BOOKED, State.CANCELLED]
    assert await told(busy) == [
        (Kind.BANNED, RENTER),
        (Kind.CALLED_OFF, LISTER),
        (Kind.CALLED_OFF, LISTER),
    ]


async def test_a_ban_is_lifted_together_with_its_mark(busy: Store) -> None:
    mark = mark_of(1000 + RENTER, b"key")
    async with busy.begin() as work:
        await desk(work).ban(OPERATOR, RENTER)
        await work.bans.keep_mark(mark)
        await desk(work).unban(OPERATOR, RENTER)
        assert not (await work.people.get(RENTER)).banned
        assert not await work.bans.has_mark(mark)
        await work.people.save(a_person(LISTER, telegram=None))
        await desk(work).ban(OPERATOR, LISTER)
        await desk(work).unban(OPERATOR, LISTER)
        assert not (await work.people.get(LISTER)).banned


async def test_who_is_not_banned_is_not_welcomed_back(town: Store) -> None:
    async with town.begin() as work:
        await desk(work).unban(OPERATOR, RENTER)
        assert await acts(work) == []
    assert await told(town) == []


async def test_an_erased_person_who_is_banned_comes_back_banned(town: Store) -> None:
    async with town.begin() as work:
        await work.bans.keep_mark(mark_of(77, b"key"))
        people = PeopleService(work, NOON, "en", b"key")
        assert (await people.meet(77, "Back", "en")).banned
        assert (await people.meet(77, "Back", "en")).banned
        assert not (await people.meet(78, "New", "en")).banned


async def test_operators_do_not_ban_each_other(town: Store) -> None:
    async with town.begin() as work:
        with pytest.raises(NotFound):
            await desk(work).ban(OPERATOR, STRANGER)


async def test_a_case_has_its_evidence_and_is_settled_once_for_all(busy: Store) -> None:
    async with busy.begin() as work:
        message = await MessageService(work, NOON).send(RENTER, AHEAD.id, "Rude")
        report = await ReportService(work, NOON, frozenset()).message(LISTER, message.id)
        reports, waiting = await desk(work).queue(OPERATOR)
        assert (list(reports), waiting) == ([report], 1)
        case = await desk(work).case(OPERATOR, report.id)
        assert (case.message, list(case.talk)) == (message, [message])
        assert (case.about, case.space, case.booking) == (a_person(RENTER), a_space(), AHEAD)
        await desk(work).settle(OPERATOR, report.id)
        await desk(work).settle(OPERATOR, report.id)
        assert await desk(work).queue(OPERATOR) == ([], 0)
        ((entry, _),) = await desk(work).log(OPERATOR)
        assert (entry.act, entry.subject, entry.number) == (Act.SETTLE, Subject.REPORT, report.id)
    assert (await told(busy)).count((Kind.REPORT_SETTLED, LISTER)) == 1


async def test_a_reported_space_is_seen_as_renters_see_it(busy: Store) -> None:
    photo = StoredPhoto(PhotoId(4), LISTER, NOON, file_id="f")
    async with busy.begin() as work:
        await work.photos.add(photo)
        await work.photos.attach(SPACE, [photo.id])
        report = await ReportService(work, NOON, frozenset()).space(RENTER, SPACE, Reason.UNSAFE)
        assert (await desk(work).case(OPERATOR, report.id)).photos == [photo]


async def test_a_case_that_nobody_reported_has_nobody_to_thank(busy: Store) -> None:
    bare = Report(ReportId(5), Matter.STRIKES, NOON)
    async with busy.begin() as work:
        await work.reports.add(bare)
        case = await desk(work).case(OPERATOR, bare.id)
        assert (case.about, case.space, case.booking, case.message) == (None,) * 4
        await desk(work).settle(OPERATOR, bare.id)
    assert await told(busy) == []


async def test_statistics_count_what_was_agreed(busy: Store) -> None:
    async with busy.begin() as work:
        await desk(work).hide(OPERATOR, SPACE)
        await work.people.add(a_person(PersonId(8), telegram=None))
        await work.accounts.save(Account(PersonId(8), NOON, email="ada@example.org"))
        await work.people.add(a_person(PersonId(9), telegram=None))
        numbers = await desk(work).statistics(OPERATOR)
    assert (numbers.people, numbers.spaces, numbers.hidden) == (4, 0, 1)
    assert (sum(numbers.booked.values()), numbers.cancelled) == (3, 2)
    assert list(numbers.turnover) == [euros(500)]


@pytest.mark.parametrize("upheld", [True, False], ids=["stands", "waived"])
async def test_a_contested_charge_is_decided_once(busy: Store, upheld: bool) -> None:
    late = at(2)
    photo = StoredPhoto(PhotoId(5), LISTER, NOON, file_id="f")
    async with busy.begin() as work:
        overstays = OverstayService(work, late)
        await overstays.report(LISTER, RUNNING.id, photo)
        case = await ReportService(work, late, frozenset()).overstay(RENTER, RUNNING.id)
        await desk(work, late).judge(OPERATOR, case.id, upheld=upheld)
        await desk(work, late).judge(OPERATOR, case.id, upheld=not upheld)
        assert (await overstays.of(RENTER, RUNNING.id)).settled_at == late
        owed = still_owed(await work.ledger.of(RUNNING.id), "EUR")
        assert owed == euros(250 if upheld else 0)
        assert await acts(work) == [Act.SETTLE, Act.UPHOLD if upheld else Act.WAIVE]


async def test_only_a_contested_charge_is_judged(busy: Store) -> None:
    async with busy.begin() as work:
        case = await ReportService(work, NOON, frozenset()).space(RENTER, SPACE, Reason.UNSAFE)
        with pytest.raises(NotFound):
            await desk(work).judge(OPERATOR, case.id, upheld=True)


@pytest.mark.parametrize(
    "act",
    [
        lambda it, me: it.queue(me),
        lambda it, me: it.case(me, ReportId(1)),
        lambda it, me: it.settle(me, ReportId(1)),
        lambda it, me: it.spaces_of(me, LISTER),
        lambda it, me: it.hide(me, SPACE),
        lambda it, me: it.show(me, SPACE),
        lambda it, me: it.ban(me, RENTER),
        lambda it, me: it.unban(me, RENTER),
        lambda it, me: it.statistics(me),
        lambda it, me: it.log(me),
    ],
    ids=["queue", "case", "settle", "spaces", "hide", "show", "ban", "unban", "statistics", "log"],
)
async def test_for_everybody_else_none_of_it_exists(busy: Store, act) -> None:
    async with busy.begin() as work:
        for nobody in (a_person(LISTER), replace(OPERATOR, telegram=None)):
            with pytest.raises(NotFound):
                await act(desk(work), nobody)


async def test_bulletins_carry_what_their_words_need(busy: Store) -> None:
    async with busy.begin() as work:
        await desk(work).hide(OPERATOR, SPACE)
        await ReportService(work, NOON, frozenset({OPERATOR.telegram})).space(
            RENTER, SPACE, Reason.UNSAFE
        )
        notices = NoticeService(work, NOON)
        letters = [await notices.letter(notice) for notice in await notices.claim_due("me")]
        bulletins = {it.notice.kind: it for it in letters if isinstance(it, Bulletin)}
        assert bulletins[Kind.SPACE_HIDDEN].space.id == SPACE
        assert bulletins[Kind.REPORT_OPENED].report.space == SPACE
