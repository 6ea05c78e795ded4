"""Reports, as people make them and hear of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from chat.screen import Screen, Where
from market.domain.ids import written
from market.domain.report import (
    MAX_WORDS,
    BookedUntil,
    Overstayed,
    Reason,
    Report,
    Verdict,
)
from market.domain.space import Space
from market.services.notices import Bulletin, Letter
from views.layout import grid, press
from views.words import Html, Words, bold, user_text


class Act(StrEnum):
    """Their buttons never go out of date: each names what it is about."""

    CAR = "x.car"
    SPACE = "x.space"
    PERSON = "x.who"
    MESSAGE = "x.msg"
    WHY_SPACE = "x.swhy"
    WHY_PERSON = "x.pwhy"


def ask_photo(words: Words) -> Screen:
    return Screen(
        words.say(
            "A car that should not be there? Send a photo of it, with its plate."
            "\nTo report a space or a person, tap Report on its card."
        ),
        where=Where.ANEW,
    )


def need_photo(words: Words) -> Screen:
    return Screen(words.say("I need a photo of the car first. /cancel leaves."))


def ask_plate(words: Words) -> Screen:
    return Screen(words.say("What is on its plate? For example HEL-204"), where=Where.ANEW)


def ask_place(words: Words) -> Screen:
    return Screen(
        words.say(
            "Where does it stand? Send the location: 📎 and then Location;"
            " or type coordinates such as 60.17, 24.94."
        ),
        where=Where.ANEW,
    )


def thanks(words: Words, report: Report) -> Screen:
    """What everybody is told whom the space does not concern, whatever is known of the car."""
    return Screen(
        words.say("Thank you, report {number} is open.", number=_number(report)),
        where=Where.ANEW,
    )


def answered(words: Words, report: Report, said: Verdict, now: datetime) -> Screen:
    """What the lister or the present renter of the space learns."""
    match said:
        case BookedUntil():
            until = words.until(said.end, ZoneInfo(said.zone), now)
            text = words.say(
                "{plate} is booked in until {until}.", plate=bold(report.plate or ""), until=until
            )
        case Overstayed():
            text = words.say(
                "{plate} overstayed by {length}; the renter has been told.",
                plate=bold(report.plate or ""),
                length=words.length(said.by),
            )
        case _:
            text = words.say(
                "{plate} is unknown here. Report {number} is open.",
                plate=bold(report.plate or ""),
                number=_number(report),
            )
    return Screen(text, where=Where.ANEW)


def why_space(words: Words, space: Space) -> Screen:
    text = words.say("What is wrong with {title}?", title=bold(user_text(space.title)))
    return _why(words, text, Act.WHY_SPACE, written(space.id), tuple(Reason))


def why_person(words: Words, booking: str) -> Screen:
    reasons = (Reason.OFFENSIVE, Reason.UNSAFE, Reason.MISLEADING, Reason.OTHER)
    text = words.say("What happened? The operator reads it; the other side does not.")
    return _why(words, text, Act.WHY_PERSON, booking, reasons)


def ask_words(words: Words) -> Screen:
    return Screen(
        words.say("Say it in your own words, up to {n} characters.", n=MAX_WORDS), where=Where.ANEW
    )


def reason(words: Words, why: Reason) -> str:
    return {
        Reason.ABSENT: words.label("It is not there"),
        Reason.MISLEADING: words.label("Not as described"),
        Reason.OFFENSIVE: words.label("Offensive"),
        Reason.UNSAFE: words.label("Unsafe"),
        Reason.OTHER: words.label("Something else"),
    }[why]


def overstayed(words: Words, letter: Letter) -> Html:
    by = timedelta(minutes=int((letter.notice.facts or {}).get("minutes", 0)))
    return words.say(
        "Your car was seen at {title} {length} after your stay had ended."
        " Please move it at once: overstaying is charged by the started hour.",
        title=bold(user_text(letter.space.title)),
        length=words.length(by),
    )


def car_reported(words: Words, bulletin: Bulletin) -> Html:
    """To the lister of the space."""
    return words.say(
        "Somebody at {title} reports a car: {plate}. Report {number}.",
        title=_title(bulletin.space),
        plate=bold((bulletin.report and bulletin.report.plate) or "?"),
        number=_number(bulletin.report) if bulletin.report else "",
    )


def settled(words: Words, bulletin: Bulletin) -> Html:
    return words.say(
        "The operator has looked at your report {number}. Thank you for telling.",
        number=_number(bulletin.report) if bulletin.report else "",
    )


def _why(words: Words, text: Html, act: Act, id_: str, reasons: Sequence[Reason]) -> Screen:
    buttons = [press(reason(words, why), act, f"{id_}.{why}") for why in reasons]
    return Screen(text, rows=grid(buttons, 2), where=Where.ANEW)


def _number(report: Report) -> Html:
    return Html(f"<code>{written(report.id)}</code>")


def _title(space: Space | None) -> Html:
    return bold(user_text(space.title)) if space else Html()
