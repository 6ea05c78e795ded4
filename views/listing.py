"""Listing a space: what is asked, and the preview."""

from collections.abc import Sequence
from enum import StrEnum

from chat.buttons import Press
from chat.screen import Button, Photo, Screen, Where
from market.domain.errors import Invalid
from market.domain.ids import written
from market.domain.money import Money
from market.domain.place import Address
from market.domain.space import MAX_PHOTOS, Draft, Space
from market.ports.photos import StoredPhoto
from views import find
from views.layout import press
from views.space import facts
from views.spaces import Act as SpaceAct
from views.spaces.terms import terms
from views.words import Html, Words, bold, paragraphs, sentence, unknown, user_text

CARD = "listing"


class Act(StrEnum):
    BEGIN = "l.list"
    RESUME = "l.go"
    RESTART = "l.new"
    PHOTOS_DONE = "l.done"
    SKIP = "l.skip"
    CHOOSE_PLACE = "l.at"
    COPY = "l.copy"
    OTHER_PLACE = "l.other"
    SURE = "l.sure"
    PUBLISH = "l.pub"
    EDIT = "l.edit"
    EDIT_PHOTOS = "l.ephotos"
    EDIT_PLACE = "l.eplace"
    EDIT_PRICE = "l.eprice"
    EDIT_TITLE = "l.etitle"
    PREVIEW = "l.prev"
    CANCEL = "l.no"
    DROP = "l.drop"
    KEEP = "l.keep"


def ask_photos(words: Words, version: int) -> Screen:
    return Screen(
        words.say(
            "Send 1 to {limit} photos of the space, together or one by one."
            " People book what they can see.",
            limit=MAX_PHOTOS,
        ),
        rows=((_button(words.label("Cancel"), Act.CANCEL, version),),),
    )


def need_photos(words: Words) -> Screen:
    return Screen(words.say("A photo of the space, please: tap the clip and choose one."))


def photos_so_far(words: Words, draft: Draft, version: int, *, refused: bool) -> Screen:
    many = words.count("{n} photo.", "{n} photos.", len(draft.photos))
    more = words.say("Send more, or tap Done.")
    if refused:
        more = words.say("{limit} is the most; I kept the first.", limit=MAX_PHOTOS)
    return Screen(
        f"{many} {more}",
        rows=(
            (
                _button(words.label("Done"), Act.PHOTOS_DONE, version),
                _button(words.label("Cancel"), Act.CANCEL, version),
            ),
        ),
    )


def ask_place(words: Words, draft: Draft, *, refused: bool = False) -> Screen:
    many = words.count("{n} photo.", "{n} photos.", len(draft.photos))
    full = words.say(" {limit} is the most; I kept the first.", limit=MAX_PHOTOS) if refused else ""
    where = words.say(
        "Where is it? Send the location of the space itself (📎, then Location),"
        " or type its address."
    )
    return Screen(f"{many}{full} {where}")


def need_place(words: Words) -> Screen:
    return Screen(
        words.say(
            "I need the place of the space: send a location (📎, then Location), or type its"
            " address or coordinates, for example 60.1699, 24.9384"
        )
    )


def unknown_place(words: Words, typed: str) -> Screen:
    return Screen(
        words.say(
            "I know no such place: {typed}. Type street, number and town, or send a location"
            " (📎, then Location).",
            typed=unknown(typed),
        )
    )


def choose_place(words: Words, found: Sequence[Address], version: int) -> Screen:
    return Screen(
        words.say("Which one is it? If none, type more of the address."),
        rows=tuple(
            (Button(address.name, Press(Act.CHOOSE_PLACE, str(number), version).pack()),)
            for number, address in enumerate(found)
        ),
    )


def nowhere(words: Words) -> Screen:
    return Screen(
        words.say("That point lies in the sea off Africa, at 0, 0. Please send the location again.")
    )


def another_bay(words: Words, neighbour: Space, version: int) -> Screen:
    return Screen(
        words.say(
            "You already list {title} right here. Is this another bay of the same place?"
            " Copy takes over its rules and its price.",
            title=user_text(neighbour.title),
        ),
        rows=(
            (
                Button(words.label("Copy"), Press(Act.COPY, written(neighbour.id), version).pack()),
                _button(words.label("Another place"), Act.OTHER_PLACE, version),
            ),
        ),
    )


def ask_price(words: Words, draft: Draft, example: Money) -> Screen:
    place = f"{user_text(draft.address)}. " if draft.address else ""
    asked = words.say(
        "What does an hour cost? For example {example}", example=_plain(words, example)
    )
    return Screen(f"{place}{asked}")


def need_price(words: Words, example: Money) -> Screen:
    return Screen(
        words.say(
            "I need the price of an hour, for example {example}."
            " /cancel leaves, your photos stay as a draft.",
            example=_plain(words, example),
        )
    )


def price_refused(words: Words, refusal: Invalid, example: Money) -> Screen:
    """Why a typed price was not taken, and what would be."""
    why = {
        "other currency": words.say("Prices here are in {currency}.", currency=example.currency),
        "decimals": words.say("{currency} has no such decimals.", currency=example.currency),
        "too small": words.say("An hour has to cost something."),
        "too large": words.say("That is too much for any parking space."),
    }.get(refusal.reason, words.say("That is no price."))
    return Screen(
        words.say(
            "{why} A number, please, for example {example}", why=why, example=_plain(words, example)
        )
    )


def sure_of_price(words: Words, price: Money, version: int) -> Screen:
    return Screen(
        words.say(
            "{price} an hour is far more than usual. Is that right? If not, type the price again.",
            price=words.money(price),
        ),
        rows=(
            (
                Button(
                    words.label("Yes, {price}", price=words.money(price)),
                    Press(Act.SURE, str(price.minor), version).pack(),
                ),
            ),
        ),
    )


def ask_title(words: Words, draft: Draft) -> Screen:
    price = Money(draft.hour_price or 0, draft.currency)
    return Screen(
        words.say(
            "{price} an hour. Give it a title people will recognise on the spot.",
            price=words.money(price),
        )
    )


def need_title(words: Words) -> Screen:
    return Screen(
        words.say(
            "I need a title of 3 to 60 characters, for example <i>Driveway with the blue gate</i>."
            " /cancel leaves, the rest stays as a draft."
        )
    )


def preview(words: Words, space: Space, photos: Sequence[StoredPhoto], version: int) -> Screen:
    return Screen(
        f"{_as_renters_see_it(words, space)}\n\n<i>{terms(words, space)}</i>",
        photos=tuple(shown(photo) for photo in photos),
        rows=(
            (_button(words.label("Publish"), Act.PUBLISH, version),),
            (
                _button(words.label("Edit"), Act.EDIT, version),
                _button(words.label("Cancel"), Act.CANCEL, version),
            ),
        ),
        where=Where.ANEW,
    )


def _as_renters_see_it(words: Words, space: Space) -> Html:
    price = words.say("{price} an hour", price=words.money(space.tariff.hour))
    return Html(
        paragraphs(
            (f"{bold(user_text(space.title))}  {find.rating(words, space)}", price),
            (
                sentence(facts(words, space)),
                user_text(space.description) if space.description else "",
            ),
        )
    )


def edit_menu(words: Words, version: int) -> Screen:
    return Screen(
        words.say("What shall I change?"),
        rows=(
            (
                _button(words.label("Photos"), Act.EDIT_PHOTOS, version),
                _button(words.label("Place"), Act.EDIT_PLACE, version),
            ),
            (
                _button(words.label("Price"), Act.EDIT_PRICE, version),
                _button(words.label("Title"), Act.EDIT_TITLE, version),
            ),
            (_button(words.label("Back"), Act.PREVIEW, version),),
        ),
    )


def resume(words: Words, draft: Draft, version: int) -> Screen:
    have = [words.count("{n} photo", "{n} photos", len(draft.photos))] if draft.photos else []
    have += [words.say("the place")] if draft.place else []
    have += [words.say("the price")] if draft.hour_price else []
    have += [words.say("the title")] if draft.title else []
    return Screen(
        words.say("You have a half-made listing: {have}.", have=Html(", ".join(have))),
        rows=(
            (
                _button(words.label("Continue"), Act.RESUME, version),
                _button(words.label("Start over"), Act.RESTART, version),
            ),
        ),
    )


def leave(words: Words, version: int) -> Screen:
    return Screen(
        words.say("Keep what you have so far as a draft, or throw it away?"),
        rows=(
            (
                _button(words.label("Keep the draft"), Act.KEEP, version),
                _button(words.label("Throw away"), Act.DROP, version),
            ),
        ),
        where=Where.ANEW,
    )


def kept(words: Words) -> Screen:
    return Screen(words.say("Kept. ➕ List a space goes on where you left."))


def dropped(words: Words) -> Screen:
    return Screen(words.say("Thrown away. Nothing was listed."))


def live(words: Words, space: Space) -> Screen:
    id_ = written(space.id)
    return Screen(
        words.say(
            "{title} is live. Anyone nearby can book it now.", title=bold(user_text(space.title))
        ),
        rows=(
            (
                Button(words.label("Share"), switch_inline=f"space {id_}"),
                press(words.label("Access notes"), SpaceAct.NOTES, id_),
            ),
            (
                press(words.label("Schedule"), SpaceAct.HOURS, id_),
                press(words.label("More photos"), SpaceAct.PHOTOS, id_),
                press(words.label("Pause"), SpaceAct.PAUSE_ASK, id_),
            ),
        ),
    )


def no_draft(words: Words) -> Screen:
    return Screen(words.say("There is no draft any more. ➕ List a space begins a new one."))


def already_live(words: Words) -> Screen:
    """A second tap leaves alone what the first one showed."""
    return Screen(toast=words.label("It is live already, or no draft any more."))


def as_a_photo(words: Words) -> Screen:
    return Screen(words.say("I cannot read that file. Send it as a photo, not as a file."))


def shown(photo: StoredPhoto) -> Photo:
    """A stored photo as the courier sends it."""
    return Photo(file_id=photo.file_id, key=photo.key)


def _plain(words: Words, money: Money) -> str:
    """An amount as people type it, without its currency."""
    return "".join(c for c in words.money(money) if c.isdigit() or c in ".,").strip(".,")


def _button(label: str, act: Act, version: int, id_: str = "") -> Button:
    return Button(label, Press(act, id_, version).pack())
