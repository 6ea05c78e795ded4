"""How the bot presents itself: its commands and what it says before the first message."""

from collections.abc import Sequence

from views.words import Words


def commands(words: Words) -> Sequence[tuple[str, str]]:
    """Each with its description, in the order of Telegram's menu."""
    return [
        ("find", words.label("find parking near you")),
        ("bookings", words.label("what you booked")),
        ("list", words.label("offer a space of your own")),
        ("spaces", words.label("the spaces you offer")),
        ("settings", words.label("your name, language and vehicles")),
        ("language", words.label("change the language")),
        ("help", words.label("what I can do")),
        ("report", words.label("report a car that should not be there")),
        ("privacy", words.label("what is kept, and for how long")),
        ("export", words.label("everything that is kept of you, as a file")),
        ("delete", words.label("erase everything that is kept of you")),
        ("terms", words.label("the rules")),
        ("cancel", words.label("leave what you are in")),
    ]


def description(words: Words) -> str:
    """Shown in the empty chat, up to 512 characters."""
    return words.label(
        "Park Place finds you a private parking space nearby, and books it with two taps."
        " Or earn from your own: a few photos, a place and a price put it on offer.\n\n"
        "Press Start, then send your location."
    )


def short_description(words: Words) -> str:
    """Shown in the bot's profile and where it is shared, up to 120 characters."""
    return words.label("Private parking spaces near you: find one, book it, or list your own.")
