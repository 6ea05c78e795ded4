"""Notices that are about no booking, in words."""

from chat.screen import Screen, Where
from market.domain.ids import written
from market.domain.notice import Kind
from market.services.notices import Bulletin
from views import admin, report, spaces
from views.layout import Rows, press
from views.words import Html, Words, bold, user_text


def screen(words: Words, bulletin: Bulletin) -> Screen:
    """The message for a bulletin, as things stand when it is sent."""
    if bulletin.notice.kind is Kind.REPORT_OPENED:
        return admin.opened(words, bulletin.report)
    text = {
        Kind.CAR_REPORTED: report.car_reported,
        Kind.SPACE_HIDDEN: _hidden,
        Kind.SPACE_SHOWN: _shown,
        Kind.COLISTER_JOINED: _joined,
        Kind.REPORT_SETTLED: report.settled,
        Kind.BANNED: _banned,
        Kind.UNBANNED: _unbanned,
    }[bulletin.notice.kind](words, bulletin)
    return Screen(text, rows=_rows(words, bulletin), where=Where.ANEW)


def _hidden(words: Words, bulletin: Bulletin) -> Html:
    return words.say(
        "{title} is hidden by the operator: nobody can find or book it until they have looked at"
        " it. /terms says how to reach them.",
        title=_title(bulletin),
    )


def _shown(words: Words, bulletin: Bulletin) -> Html:
    return words.say("{title} can be found and booked again.", title=_title(bulletin))


def _joined(words: Words, bulletin: Bulletin) -> Html:
    return words.say(
        "Somebody followed your invitation and now looks after {title} with you: they see and"
        " answer bookings, block dates and pause it. Who it is stands among the co-listers of the"
        " space, where you can take it back.",
        title=_title(bulletin),
    )


def _banned(words: Words, _: Bulletin) -> Html:
    return words.say(
        "The operator has closed your account: you can neither book nor list any more. Stays that"
        " have begun may finish. /export sends you your data, /delete erases you, and /terms"
        " says how to reach the operator."
    )


def _unbanned(words: Words, _: Bulletin) -> Html:
    return words.say("The operator has opened your account again. Welcome back.")


def _title(bulletin: Bulletin) -> Html:
    return bold(user_text(bulletin.space.title)) if bulletin.space else Html()


def _rows(words: Words, bulletin: Bulletin) -> Rows:
    if bulletin.space is None or bulletin.notice.kind not in _ABOUT_A_SPACE:
        return ()
    return ((press(words.label("Show space"), spaces.Act.OPEN, written(bulletin.space.id)),),)


_ABOUT_A_SPACE = (Kind.SPACE_HIDDEN, Kind.SPACE_SHOWN, Kind.COLISTER_JOINED)
