"""Settings: language, name, vehicles, mail."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from chat.buttons import Press
from chat.screen import Button, Screen
from market.domain.alert import Alert
from market.domain.ids import written
from market.domain.person import Person
from market.domain.preferences import Size
from market.domain.saved import SavedPlace
from market.domain.vehicle import Vehicle
from views import alert, saved
from views.filters import size
from views.menu import called
from views.words import Words

CARD = "settings"
LANGUAGES = {
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "uk": "Українська",
}
"""Each language by its own name."""


class Act(StrEnum):
    HOME = "p.home"
    LANGUAGE = "p.lang"
    SPEAK = "p.speak"
    NAME = "p.name"
    VEHICLES = "p.cars"
    ADD_VEHICLE = "p.addcar"
    VEHICLE = "p.car"
    MEASURE = "p.size"
    REMOVE_VEHICLE = "p.xcar"
    SAVED = "p.saved"
    MAILS = "p.mails"


def home(
    words: Words,
    person: Person,
    vehicles: Sequence[Vehicle],
    version: int,
    mails: bool | None = None,
) -> Screen:
    """``mails`` is whether notices go by mail, too; None for whoever has no address."""
    mail = words.label("No more mails") if mails else words.label("Mail me, too")
    return Screen(
        words.say(
            "<b>Settings</b>\nLanguage: {language}\nName: {name}\nVehicles: {plates}",
            language=LANGUAGES[words.language],
            name=called(words, person),
            plates=", ".join(v.plate for v in vehicles) or words.say("none yet"),
        ),
        rows=(
            (
                _button(words.label("Language"), Act.LANGUAGE, version),
                _button(words.label("Name"), Act.NAME, version),
            ),
            (
                _button(words.label("Vehicles"), Act.VEHICLES, version),
                _button(words.label("Places and alerts"), Act.SAVED, version),
            ),
            *(() if mails is None else ((_button(mail, Act.MAILS, version),),)),
        ),
        card=CARD,
    )


def languages(words: Words, version: int) -> Screen:
    choices = tuple(
        Button(
            f"{name} ·" if code == words.language else name, Press(Act.SPEAK, code, version).pack()
        )
        for code, name in LANGUAGES.items()
    )
    return Screen(
        words.say("Which language shall I speak?"),
        rows=(*((choice,) for choice in choices), _back(words, version)),
        card=CARD,
    )


def ask_name(words: Words, person: Person, version: int) -> Screen:
    return Screen(
        words.say(
            "You are {name} to me. Type another name, up to 40 characters.",
            name=called(words, person),
        ),
        rows=(_back(words, version),),
        card=CARD,
    )


def vehicles(words: Words, owned: Sequence[Vehicle], version: int) -> Screen:
    text = words.say("<b>Vehicles</b>\nNone yet. Add one, and booking asks you less.")
    if owned:
        text = words.say(
            "<b>Vehicles</b>\nThe one used last comes first, and searches leave out where it does"
            " not fit. Tap one to change it."
        )
    each = tuple(
        (Button(v.plate, Press(Act.VEHICLE, written(v.id), version).pack()),) for v in owned
    )
    return Screen(
        text,
        rows=(
            *each,
            (_button(words.label("Add a vehicle"), Act.ADD_VEHICLE, version),),
            _back(words, version),
        ),
        card=CARD,
    )


def vehicle(words: Words, owned: Vehicle, country: str, version: int) -> Screen:
    measured = size(words, Size(owned.height, owned.length), country)
    return Screen(
        words.say(
            "<b>{plate}</b>\n{size}",
            plate=owned.plate,
            size=measured or words.say("Of unknown size: searches take it to fit everywhere."),
        ),
        rows=(
            (
                Button(
                    words.label("Height and length"),
                    Press(Act.MEASURE, written(owned.id), version).pack(),
                ),
                Button(
                    words.label("✕ Remove"),
                    Press(Act.REMOVE_VEHICLE, written(owned.id), version).pack(),
                ),
            ),
            (_button(words.label("Back"), Act.VEHICLES, version),),
        ),
        card=CARD,
    )


def ask_size(words: Words, version: int) -> Screen:
    return Screen(
        words.say("How high and how long is it? For example 1.9 x 4.6 m, or only 2.1 m high."),
        rows=((_button(words.label("Back"), Act.VEHICLES, version),),),
        card=CARD,
    )


def kept(
    words: Words,
    places: Sequence[SavedPlace],
    alerts: Sequence[Alert],
    now: datetime,
    version: int,
) -> Screen:
    text = words.say(
        "<b>Places and alerts</b>\nNone yet. A search offers <b>Save place</b> and, where nothing"
        " is free, <b>Tell me</b>."
    )
    if places or alerts:
        text = words.say("<b>Places and alerts</b>\nTap one to remove it.")
    return Screen(
        text,
        rows=(
            *saved.removals(places, version),
            *alert.withdrawals(words, alerts, now, version),
            _back(words, version),
        ),
        card=CARD,
    )


def ask_plate(words: Words, version: int) -> Screen:
    return Screen(
        words.say("Type the number plate, for example HEL-204."),
        rows=((_button(words.label("Back"), Act.VEHICLES, version),),),
        card=CARD,
    )


def _back(words: Words, version: int) -> tuple[Button, ...]:
    return (_button(words.label("Back"), Act.HOME, version),)


def _button(label: str, act: Act, version: int) -> Button:
    return Button(label, Press(act, "", version).pack())
