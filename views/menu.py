"""The menu, and the pages that only inform."""

from chat.screen import Button, Key, Keyboard, Screen, Where
from market.domain.person import Person
from views.words import LOCALES, Html, Words, later, user_text, words_in

FIND = later("📍 Find parking")
BOOKINGS = later("📅 My bookings")
LIST = later("➕ List a space")
SPACES = later("🏠 My spaces")
SETTINGS = later("⚙️ Settings")


def in_every_language(message: str) -> frozenset[str]:
    """A menu label as any of our languages writes it: an old keyboard keeps working."""
    return frozenset(words_in(language).label(message) for language in LOCALES)


LABELS = frozenset().union(*map(in_every_language, (FIND, BOOKINGS, LIST, SPACES, SETTINGS)))


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
            "Send your location, or type its address."
        ),
        keyboard=keyboard(words),
        where=Where.ANEW,
    )


def glad(words: Words) -> Screen:
    """To somebody who said thanks."""
    return Screen(words.say("You are welcome."), keyboard=keyboard(words), where=Where.ANEW)


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
            "I did not understand that. Send a location, or type its address, to find parking"
            " near it, or choose below. /help says what I can do."
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
            "Send your location or a pin, or type an address. Tap a number, then <b>Book</b>."
            " With a card open, type another time: <i>tomorrow 9-17</i>, <i>fri 18:00 3h</i>,"
            " <i>till 18</i>.\n\n"
            "<b>List a space</b>\n"
            "/list, then photos, location, the price of an hour and a title. A minute in all."
            " Later a word will do: <i>off till 18</i>, <i>free 3h</i>, <i>coming home</i>,"
            " <i>yes</i>.\n\n"
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
            "Kept until you delete them: your Telegram id and the name you choose, vehicles,"
            " spaces, photos, bookings, reviews, what is owed for stays, and the places, favourites"
            " and filters you save. Alerts go with the time they were for. Addresses you type may"
            " be looked up at a map service. What you send is"
            " emptied from the queue after 24 h, or after 30 days if it could not be handled."
            " Messages to the other side of a booking go 37 days after the stay; reported cars"
            " and their photos after 30 days, other reports 30 days after they were settled.\n\n"
            "Everybody sees a space only at a point 30 to 80 m from the true one. The exact place,"
            " access notes and entrance photos go to the renter who booked. Names, numbers and"
            " handles are never exchanged. Photos lose their camera data.\n\n"
            "/export sends you everything. /delete erases it at once: what others need, such as"
            " their own bookings and the books, stays under a random number. Of people who are"
            " banned a keyed hash of the Telegram id is kept, so that the ban outlives it.\n\n"
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
            " before the tap. Who parks longer than booked pays each started hour.\n\n"
            "Whoever deceives, endangers or insults others, or lets them down again and again, can"
            " be hidden or shut out by the operator; tell them if you think that was wrong."
            " Listers see to their own taxes, and their income may have to be reported."
            " /report tells the operator what is not right.\n\n"
            "Operated by {operator}",
            operator=user_text(operator),
        )
    )


def called(words: Words, person: Person) -> Html:
    return user_text(person.name) if person.name else words.say("no name yet")
