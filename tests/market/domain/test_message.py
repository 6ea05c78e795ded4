from dataclasses import replace
from datetime import timedelta

import pytest

from market.domain.ban import mark_of
from market.domain.booking import State
from market.domain.errors import BookingOver, Invalid, NotFound
from market.domain.ids import MessageId, PhotoId
from market.domain.message import (
    MAX_TEXT,
    OPEN_FOR,
    Message,
    compose,
    contact_in,
    open_for_messages,
    other_side,
)
from tests.examples import LISTER, NOON, RENTER, STRANGER, a_booking, at, window

STAY = a_booking(window(1, 3))
LAST = STAY.window.end + OPEN_FOR


def said(text: str, author=RENTER, photo=None, now=NOON, stay=STAY) -> Message:
    return compose(MessageId(1), stay, author, text, photo, now)


def test_a_message_is_passed_on_word_for_word() -> None:
    assert said("  Second bay? ") == Message(MessageId(1), STAY.id, RENTER, "Second bay?", NOON)
    assert said("", photo=PhotoId(3)).photo == PhotoId(3)
    assert len(said("x" * MAX_TEXT).text) == MAX_TEXT


@pytest.mark.parametrize("text", ["", "   ", "x" * (MAX_TEXT + 1), "write to ann@example.org"])
def test_what_cannot_be_passed_on_is_refused_and_not_cut(text: str) -> None:
    with pytest.raises(Invalid):
        said(text)


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("Call +49 171 2345678 please", "+49 171 2345678"),
        ("040 123 4567 8", "040 123 4567 8"),
        ("06.12.34.56.78", "06.12.34.56.78"),
        ("(030) 1234-5678", "(030) 1234-5678"),
        ("0171/2345678", "0171/2345678"),
        ("I am @ann_parks", "@ann_parks"),
        ("ann.b@example.org", "ann.b@example.org"),
        ("see t.me/annparks", "t.me/annparks"),
        ("https://example.org/x", "https://example.org/x"),
        ("Code 4711#", None),
        ("The box is 12345678", None),
        ("14:15-16:15, or 17.00-18.30?", None),
        ("from 03.06.2030 14.00-16.00 to 04.06.2030", None),
        ("2030-06-03", None),
        ("HEL-204 in bay 12", None),
        ("me @ the gate", None),
        ("€12.50 for 3 h", None),
    ],
)
def test_numbers_handles_and_links_are_found_and_codes_are_not(text, contact) -> None:
    assert contact_in(text) == contact


@pytest.mark.parametrize(
    ("state", "now", "open_"),
    [
        (State.BOOKED, NOON, True),
        (State.REQUESTED, NOON, True),
        (State.CANCELLED, at(5), True),
        (State.COMPLETED, LAST - timedelta(seconds=1), True),
        (State.COMPLETED, LAST, False),
        (State.HELD, NOON, False),
        (State.DECLINED, NOON, False),
    ],
    ids=["booked", "requested", "cancelled", "six days on", "seven days on", "held", "declined"],
)
def test_people_write_to_each_other_around_a_booking(state, now, open_) -> None:
    stay = replace(STAY, state=state)
    assert open_for_messages(stay, now) is open_
    if not open_:
        with pytest.raises(BookingOver):
            said("Hello", now=now, stay=stay)


def test_only_the_two_sides_write_and_to_each_other() -> None:
    assert (other_side(STAY, RENTER), other_side(STAY, LISTER)) == (LISTER, RENTER)
    with pytest.raises(NotFound):
        said("Hello", author=STRANGER)


def test_a_mark_says_nothing_without_its_key() -> None:
    assert mark_of(7, b"key") == mark_of(7, b"key")
    assert len({mark_of(7, b"key"), mark_of(8, b"key"), mark_of(7, b"other")}) == 3
