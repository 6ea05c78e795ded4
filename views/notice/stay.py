"""How a stay goes, from the days before it until it has ended."""

from datetime import datetime, timedelta

from market.domain.notice import Kind, drop_ahead
from market.services.notices import Letter
from views import report, standing
from views.notice import parts
from views.words import Html, Words, user_text


def _refund_drops(words: Words, letter: Letter, now: datetime) -> Html:
    booking, zone = letter.booking, letter.space.zone_info
    drop, bill = drop_ahead(booking, now), letter.bill
    assert drop is not None
    assert bill is not None
    until = words.until(drop.after, zone, now)
    if drop.after >= booking.window.start - timedelta(seconds=1):
        until = words.say("the start")
    facts = {
        "title": parts.title(words, letter),
        "when": parts.when(words, letter, now),
        "until": until,
        "later": words.money(bill.without(drop.then).cost),
    }
    before = bill.without(drop.refund).cost
    if not before.minor:
        return words.say(
            "{title}, {when}: you can cancel for free until {until}. After that it costs {later}.",
            **facts,
        )
    return words.say(
        "{title}, {when}: cancelling costs {owed} until {until}, and {later} after that.",
        owed=words.money(before),
        **facts,
    )


def _changed(words: Words, letter: Letter, now: datetime) -> Html:
    facts = {"title": parts.title(words, letter), "when": parts.when(words, letter, now)}
    if (letter.notice.facts or {}).get("what") == "plate":
        return words.say(
            "Another car comes to {title}, {when}: {plate}.", plate=letter.booking.plate, **facts
        )
    return words.say(
        "A stay at {title} was extended: {when}, {total} in all.",
        total=words.money(letter.booking.total),
        **facts,
    )


def _arrived(words: Words, letter: Letter, now: datetime) -> Html:
    plate = letter.booking.plate
    return words.say(
        "The renter of {title} is there{plate}; booked {when}.",
        title=parts.title(words, letter),
        when=parts.when(words, letter, now),
        plate=f" ({plate})" if plate else "",
    )


def _left_early(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "The renter of {title} has left before the end; the rest is free again: {when}.",
        title=parts.title(words, letter),
        when=parts.when(words, letter, now),
    )


def _obstructed(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "Somebody else's car stood in {title}, so a booking was called off: {when}. Nothing is"
        " owed for it. Pause the space until the car is gone.",
        title=parts.title(words, letter),
        when=parts.when(words, letter, now),
    )


def _released(words: Words, letter: Letter, now: datetime) -> Html:
    text = words.say(
        "Nobody came to {title}, {when}, so the lister took it back. It costs at most the first"
        " hour.",
        title=parts.title(words, letter),
        when=parts.when(words, letter, now),
    )
    return Html(f"{text} {standing.owed(words, parts.due(letter))}".strip())


def _ask_arrival(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "Are you at {title}? Your stay began at {start}. If I hear nothing, the lister may take it"
        " back.",
        title=parts.title(words, letter),
        start=parts.clock(words, letter, letter.booking.window.start),
    )


def _ends_soon(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "Your stay at {title} ends at {end}.",
        title=parts.title(words, letter),
        end=parts.clock(words, letter, letter.booking.window.end),
    )


def _ended(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "Your stay at {title} has ended at {end}. Have you left?",
        title=parts.title(words, letter),
        end=parts.clock(words, letter, letter.booking.window.end),
    )


def _starts_soon(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "Your stay begins at {start}: {title}, until {end}.",
        start=parts.clock(words, letter, letter.booking.window.start),
        end=words.moment(letter.booking.window.end, letter.space.zone_info, now),
        title=user_text(letter.space.title),
    )


def _overstay_seen(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "Another who looks after {title} has shown that a car overstays there: {when}. The renter"
        " has been told.",
        title=parts.title(words, letter),
        when=parts.when(words, letter, now),
    )


def _overstayed(words: Words, letter: Letter, now: datetime) -> Html:
    return report.overstayed(words, letter)


TEXTS = {
    Kind.REFUND_DROPS: _refund_drops,
    Kind.CHANGED: _changed,
    Kind.STARTS_SOON: _starts_soon,
    Kind.ASK_ARRIVAL: _ask_arrival,
    Kind.ARRIVED: _arrived,
    Kind.OBSTRUCTED: _obstructed,
    Kind.RELEASED: _released,
    Kind.ENDS_SOON: _ends_soon,
    Kind.ENDED: _ended,
    Kind.LEFT_EARLY: _left_early,
    Kind.OVERSTAYED: _overstayed,
    Kind.OVERSTAY_SEEN: _overstay_seen,
}
