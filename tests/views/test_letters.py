"""What goes by mail is said without the chat: nothing in it can be tapped or sent."""

import re

import pytest

from market.domain.notice import Kind, Notice
from market.services.notices import BULLETINS, Bulletin, Letter
from tests.examples import NOON, RENTER, a_person, a_space, at, window
from tests.views.test_notices import WORDS, a_letter
from views import letter as view
from views import notice as notice_view

SHOWN_ELSEWHERE = (Kind.MESSAGE, Kind.DIGEST, Kind.ALERT, Kind.CONFIRM_EMAIL, Kind.RESET_PASSWORD)
"""They need more than a booking or a space, and are all facts."""
_COMMAND = re.compile(r"(?<![\w/])/[a-z]+")


def of_kind(kind: Kind) -> Letter | Bulletin:
    if kind in BULLETINS:
        return Bulletin(Notice("k", kind, RENTER, NOON), a_person(RENTER), a_space())
    if kind is Kind.REFUND_DROPS:
        return a_letter(kind, at(47), stay=window(48, 50))
    return a_letter(kind)


@pytest.mark.parametrize("kind", [it for it in Kind if it not in SHOWN_ELSEWHERE])
def test_a_letter_names_no_command_no_button_and_no_key_of_the_menu(kind: Kind) -> None:
    letter = of_kind(kind)
    now = letter.notice.due_at
    mail = view.of_notice(
        WORDS, letter, now, to="rita@example.org", unsubscribe=None, sender=view.Sender()
    )

    assert not _COMMAND.search(mail.text)
    assert "📍" not in mail.text
    rows = notice_view.screen(WORDS, letter, now).rows
    assert [it.label for row in rows for it in row if it.label in mail.text] == []
