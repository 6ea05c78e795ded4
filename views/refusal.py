"""What cannot be booked, and what could be had instead."""

from datetime import datetime

from chat.screen import Screen
from market.domain.errors import NotBookable, WindowTaken
from market.domain.space import Space
from market.domain.window import Window
from views import booking, find, time
from views import space as space_view
from views.errors import reason
from views.layout import press
from views.words import Html, Words, bold, paragraphs, sentence, user_text


def refused(
    words: Words,
    space: Space,
    why: NotBookable,
    instead: space_view.Offer | None,
    another_time: Window | None,
    version: int,
    *,
    elsewhere: bool,
    now: datetime,
) -> Screen:
    """Why not, and what could be had instead: another time here, another space then."""
    text = paragraphs(
        (
            bold(user_text(space.title)),
            sentence(space_view.stay(words, why.window, space, now, elsewhere=elsewhere)),
            words.say("{reason}", reason=reason(words, why)),
        ),
        (
            _then(words, space, another_time, now, elsewhere=elsewhere) if another_time else "",
            _instead(words, instead) if instead else "",
        ),
    )
    rows = ((space_view.book(words, instead.quote, version),),) if instead else ()
    if another_time is not None:
        label = words.moment(another_time.start, space.zone_info, now)
        rows = (*rows, (time.at(words.label("Here {when}", when=label), another_time, version),))
    others = [
        press(words.label("See all"), find.Act.RESULTS, "", version),
        press(words.label("Change time"), time.Act.CHANGE, "", version),
    ]
    if isinstance(why, WindowTaken):
        others.append(press(words.label("Tell me"), find.Act.TELL, "", version))
    return Screen(
        text,
        rows=(*rows, tuple(others)),
        picture=space_view.picture(words, instead) if instead else None,
        card=find.CARD,
    )


def too_many(words: Words, limit: int, version: int) -> Screen:
    """The renter has as many bookings ahead as anybody may have."""
    return Screen(
        words.count(
            "You have {n} booking ahead, which is the most. Cancel it, and this one fits.",
            "You have {n} bookings ahead, which is the most. Cancel one, and this one fits.",
            limit,
        ),
        rows=(
            (
                press(words.label("My bookings"), booking.Act.COMING),
                space_view.back(words, version),
            ),
        ),
        card=find.CARD,
    )


def _then(words: Words, space: Space, window: Window, now: datetime, *, elsewhere: bool) -> Html:
    return words.say(
        "Here it would do: {when}, {price}",
        when=space_view.stay(words, window, space, now, elsewhere=elsewhere),
        price=words.money(space.tariff.price(window.length)),
    )


def _instead(words: Words, instead: space_view.Offer) -> Html:
    return words.say(
        "Free instead: {title}, {price}, {distance}",
        title=bold(user_text(instead.space.title)),
        price=words.money(instead.quote.total),
        distance=words.distance(instead.metres, instead.space.country),
    )
