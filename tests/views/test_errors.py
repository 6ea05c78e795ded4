from collections.abc import Iterator
from datetime import timedelta

import pytest

from chat.delivery import TOAST
from market.domain import errors as e
from market.domain.ids import QuoteId, SpaceId
from tests.examples import NOON, window
from views.errors import explain
from views.words import words_in

WORDS = words_in("en")
SPACE, STAY, LIMIT = SpaceId(7), window(1, 3), timedelta(hours=3)


def kinds(kind: type[e.ParkError]) -> Iterator[type[e.ParkError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from kinds(below)


SAID: dict[str, e.ParkError] = {
    **{
        kind.__name__: kind(SPACE, STAY)
        for kind in (
            e.OwnSpace,
            e.WindowTaken,
            e.WindowPast,
            e.OutsideHours,
            e.DatesBlocked,
            e.VehicleTooBig,
            e.SpaceClosed,
        )
    },
    **{
        kind.__name__: kind(SPACE, STAY, LIMIT)
        for kind in (e.StayTooShort, e.StayTooLong, e.TooSoon, e.TooFarAhead)
    },
    "QuoteExpired": e.QuoteExpired(QuoteId(1), SPACE, STAY),
    "PlateNeeded": e.PlateNeeded(QuoteId(1), SPACE),
    "TooManyAhead": e.TooManyAhead(5),
    "TooMany": e.TooMany("places", 10),
    "TooMany favourites": e.TooMany("favourites", 30),
    "TooMany alerts": e.TooMany("alerts", 5),
    "TooManyRequests": e.TooManyRequests(2),
    "BookingOver": e.BookingOver("cancelled"),
    "BookingsAhead": e.BookingsAhead(2, NOON),
    "BookingsAhead, one": e.BookingsAhead(1, NOON),
    "Busy": e.Busy(),
    **{
        f"cannot link: {why}": e.CannotLink(why)
        for why in ("linked already", "another account", "not verified", "dealings")
    },
    "GeocoderDown": e.GeocoderDown(),
    "another refusal": e.Refused(),
    **{
        f"no such {what}": e.NotFound(what)
        for what in ("space", "booking", "quote", "button", "vehicle", "photo", "code")
    },
}

GIVEN = [
    ("plate", "not a plate", 12),
    ("price", "not a price", None),
    ("price", "decimals", 2),
    ("price", "other currency", "EUR"),
    ("price", "too small", 1),
    ("price", "too large", 10_000_000),
    ("price", "missing", None),
    ("photos", "missing", None),
    ("photos", "too many", 10),
    ("photos", "too few", 1),
    ("place", "missing", None),
    ("title", "missing", None),
    ("title", "too long", 60),
    ("title", "too short", 3),
    ("description", "too long", 600),
    ("notes", "too long", 500),
    ("name", "too short", 40),
    ("schedule", "no such hour", None),
    ("dates", "the last date comes before the first", None),
]


@pytest.mark.parametrize("error", SAID.values(), ids=SAID)
def test_every_refusal_fits_a_toast(error: e.ParkError) -> None:
    assert 10 < len(explain(WORDS, error).toast) <= TOAST


@pytest.mark.parametrize(("field", "reason", "limit"), GIVEN)
def test_every_value_that_cannot_be_is_answered_with_what_can(
    field: str, reason: str, limit: int | str | None
) -> None:
    said = explain(WORDS, e.Invalid(field, reason, limit)).toast
    assert 10 < len(said) <= TOAST
    assert "None" not in said


def test_no_two_reasons_against_a_booking_sound_the_same() -> None:
    refusals = [error for error in SAID.values() if isinstance(error, e.NotBookable)]
    assert len({explain(WORDS, error).toast for error in refusals}) == len(refusals)


@pytest.mark.parametrize(
    "reason",
    [
        "not understood",
        "past",
        "too far",
        "too long",
        "half of the day",
        "ends before it starts",
        "does not exist",
        "happens twice",
    ],
)
def test_a_time_that_cannot_be_is_answered_with_examples(reason: str) -> None:
    said = explain(WORDS, e.Invalid("time", reason, "<02:30>")).text
    assert "tomorrow 9-17" in said
    assert "<02" not in said


def test_every_reason_against_a_booking_is_in_this_table() -> None:
    reasons = set(kinds(e.NotBookable)) - {e.NotBookable, e._Limited}
    assert reasons <= {type(error) for error in SAID.values()}
