"""Reviews: asking for one, taking it, and showing what others wrote."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from chat.screen import Screen, Where
from market.domain.booking import Booking, Side
from market.domain.ids import BookingId, PersonId, written
from market.domain.record import Record
from market.domain.review import MAX_COMMENT, STARS, Review
from market.domain.space import Rating, Space
from views.layout import Rows, press
from views.words import Html, Words, bold, paragraphs, user_text


class Act(StrEnum):
    """Their buttons never go out of date: each names its booking or space."""

    ASK = "r.ask"
    STARS = "r.stars"
    SKIP = "r.skip"
    LIST = "r.list"


def stars_row(booking: BookingId) -> Rows:
    """One button a star, from one to five."""
    return (tuple(press(f"{n} ★", Act.STARS, f"{written(booking)}.{n}") for n in STARS),)


def prompt(words: Words, booking: Booking, space: Space, to: PersonId) -> Screen:
    """After a stay, to either side of it."""
    title = _title(words, space)
    if to == booking.renter:
        ask = words.say("How was {title}?", title=title)
    else:
        ask = words.say("How was your renter at {title}?", title=title)
    blind = words.say(
        "Neither of you sees the other's stars before both have chosen, or a week has passed."
    )
    return Screen(paragraphs((ask,), (blind,)), rows=stars_row(booking.id), where=Where.ANEW)


def ask_comment(words: Words, booking: Booking, stars: int) -> Screen:
    said = words.say(
        "{stars}. Would you add a sentence? Type it, up to {n} characters.",
        stars="★" * stars,
        n=MAX_COMMENT,
    )
    skip = press(words.label("Skip"), Act.SKIP, written(booking.id))
    return Screen(said, rows=(*stars_row(booking.id), (skip,)))


def need_comment(words: Words) -> Screen:
    return Screen(words.say("A sentence, please, as text; or tap Skip."))


def thanks(words: Words, review: Review, *, both: bool) -> Screen:
    given = "★" * review.stars
    if both:
        return Screen(words.say("Thank you: {stars}. Both reviews are shown now.", stars=given))
    return Screen(
        words.say(
            "Thank you: {stars}. It is shown when the other side has written too,"
            " or a week after the stay.",
            stars=given,
        )
    )


def listed(words: Words, space: Space, reviews: Sequence[Review], now: datetime) -> Screen:
    """What renters wrote of a space, latest first."""
    head = Html(f"{bold(_title(words, space))}  {stars(words, space.rating)}")
    lines = [_line(words, review, space.zone_info, now) for review in reviews]
    none = words.say("Nobody has reviewed it yet.")
    return Screen(paragraphs((head,), *((line,) for line in lines or [none])), where=Where.ANEW)


def stars(words: Words, rating: Rating) -> str:
    """★ 4.8 (31), or new."""
    if rating.average is None:
        return words.label("new")
    return f"{words.stars(rating.average)} ({rating.count})"


def record(words: Words, record: Record) -> list[Html]:
    """How reliable a lister is, as far as there is something to say."""
    facts = []
    if record.answer_rate is not None:
        percent = words.number(100 * record.answer_rate, "0")
        facts.append(words.say("answers {percent} % of requests", percent=percent))
    if record.strikes:
        facts.append(
            words.count(
                "cancelled {n} booking in 90 days",
                "cancelled {n} bookings in 90 days",
                record.strikes,
            )
        )
    return facts


def _line(words: Words, review: Review, zone: ZoneInfo, now: datetime) -> Html:
    assert review.side is Side.RENTER
    head = Html(f"{'★' * review.stars}  {words.day(review.at, zone, now)}")
    return Html(f"{head}\n{user_text(review.comment)}") if review.comment else head


def _title(words: Words, space: Space) -> Html:
    return user_text(space.title) if space.title else words.say("a space that is gone")
