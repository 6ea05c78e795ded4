"""What most notices name, in words."""

from datetime import datetime

from market.domain.money import Money
from market.services.notices import Letter
from views import review
from views.words import Html, Words, user_text


def renter_stars(words: Words, letter: Letter) -> list[str]:
    rating = letter.renter
    return [review.stars(words, rating)] if rating and rating.count else []


def when(words: Words, letter: Letter, now: datetime) -> Html:
    span = words.when(letter.booking.window, letter.space.zone_info, now)
    return words.there(span, letter.space.zone)


def clock(words: Words, letter: Letter, instant: datetime) -> Html:
    return words.there(words.clock(instant, letter.space.zone_info), letter.space.zone)


def due(letter: Letter) -> Money | None:
    return letter.bill.due if letter.bill else None


def title(words: Words, letter: Letter) -> Html:
    title = letter.space.title
    return user_text(title) if title else words.say("a space that is gone")
