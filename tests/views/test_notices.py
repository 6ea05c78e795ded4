"""What every notice has in common, and those with words of their own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from market.domain.booking import State
from market.domain.digest import Digest
from market.domain.ledger import Bill
from market.domain.money import Money
from market.domain.notice import Kind, Notice
from market.services.notices import Bulletin, Letter
from tests.examples import (
    LISTER,
    NOON,
    RENTER,
    a_booking,
    a_person,
    a_space,
    at,
    euros,
    window,
)
from views import notice as view
from views.words import words_in

WORDS = words_in("en", "Europe/Berlin")
HOUR = timedelta(hours=1)


def a_letter(kind: Kind, due=NOON, **booking) -> Letter:
    stay = a_booking(**{"stay": window(1, 3), **booking})
    notice = Notice("k", kind, RENTER, due, stay.id)
    return Letter(notice, a_person(RENTER), stay, a_space(), bill=Bill(stay.total, stay.total))


@pytest.mark.parametrize(
    ("hours", "silent"),
    [(8, True), (7.9, False), (16.9, True), (17, False)],
    ids=["22:00", "21:54", "6:54", "7:00"],
)
def test_a_notice_makes_no_sound_at_night_where_its_receiver_is(hours, silent) -> None:
    due = at(hours)
    letter = a_letter(Kind.CANCELLED, due, stay=window(40, 42), state=State.CANCELLED)
    assert view.screen(WORDS, letter, due).silent is silent


@pytest.mark.parametrize(("minutes", "late"), [(0, False), (5, False), (6, True)])
def test_a_late_notice_says_when_it_was_meant_for(minutes, late) -> None:
    text = view.screen(WORDS, a_letter(Kind.STARTS_SOON), NOON + timedelta(minutes=minutes)).text
    assert ("meant for today 14:00" in text) is late


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (23, "you can cancel for free until 14:00. After that it costs €2.50."),
        (47, "cancelling costs €2.50 until the start, and €5.00 after that."),
    ],
    ids=["the full refund", "the half"],
)
def test_the_warning_says_what_cancelling_costs_and_until_when(hours, expected) -> None:
    letter = a_letter(Kind.REFUND_DROPS, at(hours), stay=window(48, 50))
    assert view.screen(WORDS, letter, at(hours)).text.endswith(expected)


def test_the_warning_counts_what_the_lister_has_waived() -> None:
    letter = a_letter(Kind.REFUND_DROPS, at(47), stay=window(48, 50))
    waived = replace(letter, bill=Bill(euros(200), euros(200)))
    assert view.screen(WORDS, waived, at(47)).text.endswith(
        "you can cancel for free until the start. After that it costs €2.00."
    )


def test_a_stay_that_was_taken_back_costs_what_the_ledger_says() -> None:
    letter = a_letter(Kind.RELEASED, at(2), state=State.RELEASED)
    paid = replace(letter, bill=Bill(euros(250), euros(-250)))
    assert view.screen(WORDS, paid, at(2)).text.endswith(
        "It costs at most the first hour. The lister owes you €2.50 back."
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Kind.STARTS_SOON, "Your stay begins at 15:00, Berlin time:"),
        (Kind.ENDED, "has ended at 17:00, Berlin time."),
        (Kind.CALLED_OFF, "today 15:00–17:00, Berlin time."),
        (Kind.REQUESTED, "today 15:00–17:00, Berlin time, €5.00"),
    ],
)
def test_the_clock_is_named_where_it_is_not_the_receivers_own(kind, said) -> None:
    letter = a_letter(kind)
    assert said in view.screen(words_in("en", "Asia/Tokyo"), letter, NOON).text
    assert "Berlin" not in view.screen(WORDS, letter, NOON).text


def test_a_car_that_was_seen_long_after_is_not_counted_in_minutes() -> None:
    letter = a_letter(Kind.OVERSTAYED, state=State.COMPLETED)
    letter = replace(letter, notice=replace(letter.notice, facts={"minutes": 95}))
    assert "1 h 35 min after your stay had ended" in view.screen(WORDS, letter, at(5)).text


def test_another_who_looks_after_the_space_hears_of_an_overstay() -> None:
    text = view.screen(WORDS, a_letter(Kind.OVERSTAY_SEEN), NOON).text
    assert "a car overstays there" in text


def a_digest(coming=0, stays=0, requests=0) -> Bulletin:
    notice = Notice("d", Kind.DIGEST, LISTER, NOON)
    booked = [
        (a_booking(window(n, n + 1), plate="AB1" if n else None), a_space()) for n in range(coming)
    ]
    digest = Digest(
        booked,
        [euros(500), Money(700, "GBP")] if stays else (),
        stays,
        [a_booking(window(30 + n, 31 + n)) for n in range(requests)],
    )
    return Bulletin(notice, a_person(LISTER), digest=digest)


def read(bulletin: Bulletin) -> list[str]:
    shown = view.screen(WORDS, bulletin, NOON)
    buttons = [f"[{button.label}]" for row in shown.rows for button in row]
    plain = shown.text.replace("\u2068", "").replace("\u2069", "")
    return [*filter(None, plain.splitlines()), *buttons]


def test_a_digest_names_who_comes() -> None:
    assert read(a_digest(coming=2)) == [
        "Good morning. <b>Today</b>",
        "today 14:00–15:00: Courtyard behind the bakery",
        "today 15:00–16:00: Courtyard behind the bakery, AB1",
    ]


def test_a_digest_names_eight_stays_and_counts_the_others() -> None:
    lines = read(a_digest(coming=10))
    assert len(lines) == 10
    assert lines[-1] == "and 2 more"


def test_a_digest_counts_what_yesterday_brought_and_what_waits() -> None:
    assert read(a_digest(stays=2, requests=4)) == [
        "Good morning. Nobody is booked to come today.",
        "Yesterday 2 stays ended: €5.00 + £7.00.",
        "4 requests wait for your answer.",
        "[Request: tomorrow 20:00–21:00]",
        "[Request: tomorrow 21:00–22:00]",
        "[Request: tomorrow 22:00–23:00]",
    ]
