from dataclasses import replace
from datetime import timedelta

import pytest

from market.domain.booking import Side, State
from market.domain.errors import BookingOver, Invalid, NotFound, NotYet, ReviewGiven
from market.domain.record import MAX_STRIKES, Record
from market.domain.review import MAX_COMMENT, OPEN_FOR, Review, reviewable, shown, write
from tests.examples import LISTER, RENTER, STRANGER, a_booking, at, window

STAY = a_booking(window(1, 3), state=State.COMPLETED)
LAST = STAY.window.end + OPEN_FOR
MOMENT = timedelta(microseconds=1)


def by(author, stars=5) -> Review:
    return write(STAY, author, stars, "", (), at(4))


@pytest.mark.parametrize(
    ("author", "side"), [(RENTER, Side.RENTER), (LISTER, Side.LISTER)], ids=["renter", "lister"]
)
def test_both_sides_of_a_stay_may_review_it(author, side) -> None:
    review = write(STAY, author, 4, "  Fine.  ", (), at(4))
    assert review == Review(STAY.id, side, author, 4, "Fine.", at(4))


@pytest.mark.parametrize(
    ("stay", "now", "refusal"),
    [
        (replace(STAY, state=State.BOOKED), at(3) - MOMENT, NotYet),
        (replace(STAY, state=State.ARRIVED), at(2), NotYet),
        (replace(STAY, state=State.COMPLETED), at(2), None),
        (replace(STAY, state=State.BOOKED), at(3), None),
        (STAY, LAST, None),
        (STAY, LAST + MOMENT, BookingOver),
        (replace(STAY, state=State.CANCELLED), at(4), BookingOver),
        (replace(STAY, state=State.RELEASED), at(4), BookingOver),
        (replace(STAY, state=State.DECLINED), at(4), BookingOver),
    ],
    ids=[
        "not over",
        "still there",
        "left early",
        "just over",
        "seven days on the dot",
        "seven days are over",
        "cancelled",
        "nobody came",
        "declined",
    ],
)
def test_a_stay_is_reviewed_when_it_is_over_and_for_seven_days(stay, now, refusal) -> None:
    assert reviewable(stay, now) is (refusal is None)
    if refusal is None:
        assert write(stay, RENTER, 5, "", (), now).at == now
    else:
        with pytest.raises(refusal):
            write(stay, RENTER, 5, "", (), now)


@pytest.mark.parametrize("stars", [-1, 0, 6, 100])
def test_there_are_one_to_five_stars(stars: int) -> None:
    with pytest.raises(Invalid):
        write(STAY, RENTER, stars, "", (), at(4))


def test_a_comment_has_its_limit() -> None:
    assert write(STAY, RENTER, 5, "x" * MAX_COMMENT, (), at(4)).comment == "x" * MAX_COMMENT
    with pytest.raises(Invalid):
        write(STAY, RENTER, 5, "x" * (MAX_COMMENT + 1), (), at(4))


def test_nobody_reviews_twice_or_what_is_not_theirs() -> None:
    with pytest.raises(ReviewGiven):
        write(STAY, RENTER, 5, "", [by(RENTER)], at(4))
    assert write(STAY, LISTER, 5, "", [by(RENTER)], at(4))
    with pytest.raises(NotFound):
        write(STAY, STRANGER, 5, "", (), at(4))


@pytest.mark.parametrize(
    ("written", "now", "open_"),
    [
        ([RENTER], at(4), False),
        ([LISTER], LAST, False),
        ([LISTER], LAST + MOMENT, True),
        ([RENTER, LISTER], at(4), True),
    ],
    ids=["one alone", "one, in time", "one, too late for the other", "both"],
)
def test_reviews_are_shown_together_or_when_the_time_is_over(written, now, open_) -> None:
    assert shown(STAY, map(by, written), now) is open_


def test_a_record_counts_answers_and_strikes() -> None:
    assert Record().answer_rate is None
    assert Record(asked=4, answered=3).answer_rate == 0.75
    assert not Record(strikes=MAX_STRIKES - 1).too_many_strikes
    assert Record(strikes=MAX_STRIKES).too_many_strikes
