"""The card of one space: what a stay there costs, and the way to booking it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from chat.screen import Button, Photo, Screen, Venue, Where
from market.domain.ids import written
from market.domain.money import Money
from market.domain.place import Point
from market.domain.quote import Quote
from market.domain.record import Record
from market.domain.refund import FULL, GRACE, Step, steps
from market.domain.space import Space
from market.domain.tariff import QUARTER, Line, Unit
from market.domain.window import Window
from market.ports.photos import StoredPhoto
from views import find, maps, report, review, saved, time
from views.layout import Rows, press
from views.words import Html, Words, bold, paragraphs, sentence, user_text

NEXT_TO_IT = 1.0
"""Metres within which a place is the space itself, so that no distance is said."""


class Act(StrEnum):
    BACK = "p.back"
    """From what was asked, to the card of the space."""
    PHOTOS = "p.photos"
    ROUTE = "p.route"
    BOOK = "p.book"
    PLATE = "p.plate"
    CONFIRM = "p.sure"


@dataclass(frozen=True, slots=True)
class Offer:
    """One space for one window, as it is offered to one renter at a distance in metres."""

    space: Space
    quote: Quote
    metres: float
    now: datetime
    elsewhere: bool = False
    """Whether the zone is named, because it is not the person's own."""
    record: Record | None = None
    """The lister's, where it is shown."""
    favourite: bool = False
    place: Point | None = None
    """Where the distance is counted from."""
    map_page: str = ""
    """Where the map opens from inside the chat; empty where it does not."""

    @property
    def zone(self) -> ZoneInfo:
        return self.space.zone_info


def card(words: Words, offer: Offer, version: int) -> Screen:
    space = offer.space
    needed = offer.quote.plate_needed
    text = paragraphs(
        (
            f"{bold(user_text(space.title))}  {_rating(words, space)}",
            sentence(when(words, offer)),
            price(words, offer.quote),
        ),
        (
            sentence(facts(words, space)),
            sentence(" · ".join(review.record(words, offer.record) if offer.record else ())),
            user_text(space.description) if space.description else "",
        ),
        (
            _place(words, offer),
            cancelling(words, offer.quote, offer.zone),
            _asks(words, offer.quote),
            words.say("The lister asks for your number plate.") if needed else "",
        ),
    )
    return Screen(
        text,
        rows=_buttons(words, offer, version),
        picture=picture(words, offer),
        card=find.CARD,
    )


def picture(words: Words, offer: Offer) -> Photo:
    """Where it is, as far as that may be told before it is booked."""
    space = offer.space
    return maps.of_space(words, space, offer.place or space.public_point, offer.now)


def ask_plate(words: Words, offer: Offer, plates: Sequence[str], version: int) -> Screen:
    example = words.say(" Tap yours, or type it.") if plates else words.say(" For example: HEL-204")
    text = words.say(
        "{title}\n{when}\n\nWhich number plate will stand there?{example}",
        title=bold(user_text(offer.space.title)),
        when=sentence(when(words, offer)),
        example=example,
    )
    known = tuple(press(plate, Act.PLATE, plate, version) for plate in plates[:3])
    rows = ((known,) if known else ()) + ((back(words, version),),)
    return Screen(text, rows=rows, card=find.CARD)


def need_plate(words: Words) -> Screen:
    return Screen(
        words.say("I need the number plate as text, for example HEL-204. /cancel leaves.")
    )


def confirm(
    words: Words, offer: Offer, plate: str | None, version: int, note: Html | None = None
) -> Screen:
    """The same offer once more, after something was asked or a price ran out."""
    paid = words.say("{price}, pay on site", price=words.money(offer.quote.total))
    text = paragraphs(
        (
            bold(user_text(offer.space.title)),
            sentence(when(words, offer)),
            f"{paid} · {plate}" if plate else paid,
        ),
        (_asks(words, offer.quote), cancelling(words, offer.quote, offer.zone)),
    )
    sure = press(words.label("Confirm"), Act.CONFIRM, written(offer.quote.id), version)
    screen = Screen(text, rows=((sure, back(words, version)),), card=find.CARD)
    return find.noted(screen, note)


def _asks(words: Words, quote: Quote) -> Html:
    if not quote.by_request:
        return Html()
    return words.say("This is a request: the lister says yes or no, within a day at the latest.")


def new_price(words: Words, before: Money, now: Money) -> Html:
    """What to say above a quote that takes the place of one that ran out."""
    if before == now:
        return words.say("The price was good for ten minutes; it is still the same:")
    return words.say(
        "The price was good for ten minutes; it is {now} now, not {before}:",
        now=words.money(now),
        before=words.money(before),
    )


def photos(space: Space, stored: Sequence[StoredPhoto]) -> Screen:
    """What the space looks like, as an album of its own."""
    return Screen(
        user_text(space.title) if len(stored) == 1 else "",
        photos=tuple(Photo(photo.file_id, photo.key) for photo in stored),
        where=Where.ANEW,
    )


def at_the_sticker(words: Words, space: Space) -> Screen:
    """For who stands in front of the space and cannot get in."""
    return Screen(
        words.say("Is a car standing there that should not?"),
        rows=((press(words.label("Report a car"), report.Act.CAR, written(space.id)),),),
        where=Where.ANEW,
    )


def route(words: Words, space: Space) -> Screen:
    """The public point, to navigate to; the true one comes with the booking."""
    point = space.public_point
    note = words.label("The exact place comes with the booking")
    if space.shows_place:
        note = space.address or words.label("Parking space")
    return Screen(venue=Venue(point.lat, point.lng, space.title, note), where=Where.ANEW)


def when(words: Words, offer: Offer) -> Html:
    return stay(words, offer.quote.window, offer.space, offer.now, elsewhere=offer.elsewhere)


def price(words: Words, quote: Quote) -> Html:
    """2 h × €2.50 = €5.00, or the lines of a longer stay and their sum."""
    lines = [_price_line(words, line) for line in quote.lines]
    return Html(f"{' + '.join(lines)} = {bold(words.money(quote.total))}")


def cancelling(words: Words, quote: Quote, zone: ZoneInfo) -> Html:
    """What cancelling will cost, step by step, as if it were booked now."""
    found = steps(quote.policy, quote.window, quote.made_at, quote.total)
    if not found:
        return words.say("Once booked, it has to be paid.")
    parts = [
        _refund_step(words, step, quote, zone, first=number == 0)
        for number, step in enumerate(found)
    ]
    return Html(f"{', '.join(parts)}.")


def _refund_step(words: Words, step: Step, quote: Quote, zone: ZoneInfo, *, first: bool) -> Html:
    if step.until == quote.made_at + GRACE:
        return words.say("Free to cancel for ten minutes after booking")
    until = _until(words, step, quote, zone)
    if step.percent == FULL:
        return words.say("Free to cancel until {until}", until=until)
    if first:
        return words.say("Cancelling costs half until {until}", until=until)
    return words.say("then half is owed until {until}", until=until)


def _until(words: Words, step: Step, quote: Quote, zone: ZoneInfo) -> Html:
    start = quote.window.start
    if step.until >= start - timedelta(seconds=1):
        return words.say("the start")
    return words.deadline(step.until, start, zone, quote.made_at)


def _price_line(words: Words, line: Line) -> Html:
    if line.unit is Unit.HOUR:
        return words.say(
            "{length} × {price}",
            length=words.length(line.count * QUARTER),
            price=words.money(line.each),
        )
    counted = {
        Unit.DAY: words.count("{n} day", "{n} days", line.count),
        Unit.WEEK: words.count("{n} week", "{n} weeks", line.count),
        Unit.MONTH: words.count("{n} month", "{n} months", line.count),
    }[line.unit]
    return words.say("{length} × {price}", length=counted, price=words.money(line.each))


def stay(words: Words, window: Window, space: Space, now: datetime, *, elsewhere: bool) -> Html:
    span = words.when(window, space.zone_info, now)
    if not elsewhere:
        return span
    return words.say("{when}, {place} time", when=span, place=words.city(space.zone))


def _rating(words: Words, space: Space) -> str:
    average = space.rating.average
    if average is None:
        return words.label("new")
    return f"{words.stars(average)} ({space.rating.count})"


def facts(words: Words, space: Space) -> Html:
    """What it offers, and which vehicles fit."""
    found = find.tags(words, space)
    if space.limits.height is not None:
        found.append(
            words.say("up to {size} high", size=words.size(space.limits.height, space.country))
        )
    if space.limits.length is not None:
        found.append(
            words.say("up to {size} long", size=words.size(space.limits.length, space.country))
        )
    return Html(" · ".join(found))


def _place(words: Words, offer: Offer) -> Html:
    away = find.distance(words, offer.metres, offer.space.country)
    near = offer.metres < NEXT_TO_IT
    if offer.space.shows_place:
        return Html() if near else words.say("{away} on foot.", away=away)
    rest = words.say("The exact place and the way in come with the booking.")
    return rest if near else words.say("About {away} on foot. {rest}", away=away, rest=rest)


def _buttons(words: Words, offer: Offer, version: int) -> Rows:
    space = offer.space
    more = [press(words.label("Change time"), time.Act.CHANGE, "", version)]
    if space.photos:
        label = words.label("Photos {n}", n=len(space.photos))
        more.append(press(label, Act.PHOTOS, written(space.id), version))
    if space.rating.count:
        label = words.label("Reviews {n}", n=space.rating.count)
        more.append(press(label, review.Act.LIST, written(space.id)))
    return (
        (book(words, offer.quote, version),),
        tuple(more),
        (
            press(words.label("Route"), Act.ROUTE, written(space.id), version),
            *maps.at_space(words, offer.map_page, space.id, offer.quote.window),
            press("♥" if offer.favourite else "♡", saved.Act.LOVE, written(space.id), version),
            Button(words.label("Share"), switch_inline=f"space {written(space.id)}"),
        ),
        (
            press(words.label("Report"), report.Act.SPACE, written(space.id)),
            press(words.label("Back"), find.Act.RESULTS, "", version),
        ),
    )


def book(words: Words, quote: Quote, version: int) -> Button:
    label = words.label("Book · {price}", price=words.money(quote.total))
    return press(label, Act.BOOK, written(quote.id), version)


def back(words: Words, version: int) -> Button:
    return press(words.label("Back"), Act.BACK, "", version)
