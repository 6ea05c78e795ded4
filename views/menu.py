"""The menu, and the pages that only inform."""

from chat.screen import Button, Key, Keyboard, Screen, Where
from market.domain.person import Person
from views.words import LOCALES, Html, Words, user_text, words_in

FIND = "📍 Find parking"
BOOKINGS = "📅 My bookings"
LIST = "➕ List a space"
SPACES = "🏠 My spaces"
SETTINGS = "⚙️ Settings"


def in_every_language(message: str) -> frozenset[str]:
    """A menu label as any of our languages writes it: an old keyboard keeps working."""
    return frozenset(words_in(language).label(message) for language in LOCALES)


def keyboard(words: Words) -> Keyboard:
    return Keyboard(
        (
            (Key(words.label(FIND), asks_location=True), Key(words.label(BOOKINGS))),
            (Key(words.label(LIST)), Key(words.label(SPACES))),
            (Key(words.label(SETTINGS)),),
        )
    )


def welcome(words: Words) -> Screen:
    return Screen(
        words.say(
            "<b>Park Place</b> finds you a private parking space nearby, and books it.\n"
            "Send your location, or type coordinates such as 60.17, 24.94."
        ),
        keyboard=keyboard(words),
        where=Where.ANEW,
    )


def menu(words: Words) -> Screen:
    return Screen(words.say("What would you like to do?"), keyboard=keyboard(words))


def gone(words: Words) -> Screen:
    return Screen(
        words.say("That link leads to nothing any more. Here is the menu."),
        keyboard=keyboard(words),
    )


def unmatched(words: Words) -> Screen:
    return Screen(
        words.say(
            "I did not understand that. Send a location to find parking near it,"
            " or choose below. /help says what I can do."
        ),
        keyboard=keyboard(words),
    )


def stale(words: Words) -> Screen:
    """For a button that means nothing to the person who pressed it."""
    return Screen(toast=words.label("This button is out of date. Choose from the menu below."))


def cancelled(words: Words, flow: str | None) -> Screen:
    text = {
        None: words.say("There was nothing to leave. Here is the menu."),
        "listing": words.say("Left. Your listing stays as a draft; ➕ List a space resumes it."),
    }.get(flow, words.say("Left. Here is the menu."))
    return Screen(text, keyboard=keyboard(words))


def group(words: Words, bot: str) -> Screen:
    return Screen(
        words.say("I only talk in private, so that nothing personal is posted here."),
        rows=((Button(words.label("Open Park Place"), url=f"https://t.me/{bot}?start=menu"),),),
    )


def help_page(words: Words) -> Screen:
    return Screen(
        words.say(
            "<b>Find a space</b>\n"
            "Send your location, a pin or coordinates. Tap a number, then <b>Book</b>."
            " With a card open, type another time: <i>tomorrow 9-17</i>, <i>fri 18:00 3h</i>,"
            " <i>till 18</i>.\n\n"
            "<b>List a space</b>\n"
            "/list, then photos, location, the price of an hour and a title. A minute in all.\n\n"
            "<b>Afterwards</b>\n"
            "/bookings shows what you booked, and cancels it. /spaces shows what you list."
            " /settings is for your name, language and vehicles.\n\n"
            "In any chat, type my name and a place to share a space with friends."
            " /cancel leaves whatever you are in."
        ),
        keyboard=keyboard(words),
    )


def privacy(words: Words, operator: str) -> Screen:
    return Screen(
        words.say(
            "<b>Privacy</b>\n"
            "Kept: your Telegram id and the name you choose, vehicles, spaces, photos, bookings"
            " and the messages I owe you. What you send is emptied from the queue after 24 h.\n\n"
            "Everybody sees a space only at a point 30 to 80 m from the true one. The exact place,"
            " access notes and entrance photos go to the renter who booked. Names, numbers and"
            " handles are never exchanged. Photos lose their camera data.\n\n"
            "Responsible: {operator}",
            operator=user_text(operator),
        )
    )


def terms(words: Words, operator: str) -> Screen:
    return Screen(
        words.say(
            "<b>Terms</b>\n"
            "Park Place brings renters and listers together; the stay is agreed between the two."
            " Listers offer only what is theirs to offer. Renters park the vehicle they named,"
            " for the time they booked. Payment is made on site; what a cancellation costs is shown"
            " before the tap.\n\n"
            "Operated by {operator}",
            operator=user_text(operator),
        )
    )


def called(words: Words, person: Person) -> Html:
    return user_text(person.name) if person.name else words.say("no name yet")
