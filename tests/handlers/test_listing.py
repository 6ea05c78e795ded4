"""Listing a space, as transcripts."""

from typing import Any

import pytest

from chat.wakes import Wakes
from tests.handlers.town import HERE
from tests.telegram import Chat, Clock

LISTER = 50


@pytest.fixture
def lister(chat: Chat, store: Any, worker: Any, clock: Clock) -> "Lister":
    return Lister(chat.of(LISTER, first_name="Lea"), Wakes(store, worker, clock=clock), clock)


class Lister:
    """Somebody with a driveway, and a clock that can be moved past an album's last part."""

    def __init__(self, chat: Chat, wakes: Any, clock: Clock) -> None:
        self.chat, self._wakes, self._clock = chat, wakes, clock

    async def say(self, text: str) -> str:
        return await self.chat.say(text)

    async def press(self, label: str, **on: Any) -> str:
        return await self.chat.press(label, **on)

    async def photos(self, *names: str, **fields: Any) -> str:
        said = await self.chat.send_photo(*names, **fields)
        return said + await self.later()

    async def later(self) -> str:
        self._clock.pass_(seconds=2)
        await self._wakes.sweep()
        await self.chat.idle()
        return self.chat.heard()

    async def place(self, lat: float = HERE[0] + 0.01, lng: float = HERE[1]) -> str:
        return await self.chat.send_location(lat, lng)

    async def up_to_the_price(self) -> str:
        await self.say("➕ List a space")
        await self.photos("front", "back")
        return await self.place()

    async def up_to_the_preview(self) -> str:
        await self.up_to_the_price()
        await self.say("2.50")
        return await self.say("Courtyard behind the church")


async def test_a_listing_is_live_after_six_messages(lister: Lister) -> None:
    assert "Send 1 to 10 photos" in await lister.say("➕ List a space")
    assert "2 photos. Where is it?" in await lister.photos("front", "back")
    assert "What does an hour cost? For example 2.50" in await lister.place()
    assert "€2.50 an hour. Give it a title" in await lister.say("2,50")
    preview = await lister.say("Courtyard behind the church")
    assert "<2 photos>" in preview
    assert "Courtyard behind the church" in preview
    assert "Open always · instant · moderate cancellation" in preview
    assert "is live. Anyone nearby can book it now." in await lister.press("Publish")
    assert "Courtyard behind the church" in await lister.say("🏠 My spaces")


async def test_single_photos_end_with_done(lister: Lister) -> None:
    await lister.say("/list")
    assert "1 photo. Send more, or tap Done." in await lister.photos("front")
    assert "2 photos. Send more, or tap Done." in await lister.photos("back")
    assert "2 photos. Where is it?" in await lister.press("Done")


async def test_done_may_be_typed_in_any_language(lister: Lister) -> None:
    await lister.say("/list")
    await lister.photos("front")
    assert "1 photo. Where is it?" in await lister.say("Fertig")


async def test_an_album_that_comes_in_pieces_is_asked_about_once(lister: Lister) -> None:
    await lister.say("/list")
    assert await lister.chat.send_photo("one", album="a") == ""
    assert await lister.chat.send_photo("two", album="a") == ""
    assert (await lister.later()).count("Where is it?") == 1


async def test_a_part_that_comes_after_the_place_joins_the_draft(lister: Lister) -> None:
    await lister.up_to_the_price()
    assert "What does an hour cost?" in await lister.photos("late", album="a")
    await lister.say("3")
    assert "<3 photos>" in await lister.say("Courtyard behind the church")


async def test_the_same_picture_twice_is_one(lister: Lister) -> None:
    await lister.say("/list")
    assert "1 photo." in await lister.photos("front", "front")


async def test_the_eleventh_photo_is_refused_kindly(lister: Lister) -> None:
    await lister.say("/list")
    said = await lister.photos(*(f"p{n}" for n in range(11)))
    assert "10 photos." in said
    assert "10 is the most; I kept the first." in said


@pytest.mark.parametrize(
    ("name", "mime", "size"),
    [
        ("a.heic", "image/heic", 1000),
        ("a.tiff", "image/tiff", 1000),
        ("a.jpg", "image/jpeg", 21 * 1024 * 1024),
    ],
    ids=["from a phone", "from a scanner", "too large to fetch"],
)
async def test_a_file_that_cannot_be_read_is_named(
    lister: Lister, name: str, mime: str, size: int
) -> None:
    await lister.say("/list")
    assert "Send it as a photo, not as a file." in await lister.chat.send_file(name, mime, size)


async def test_a_picture_sent_as_a_file_counts(lister: Lister) -> None:
    await lister.say("/list")
    await lister.chat.send_file("front.png", "image/png")
    assert "1 photo." in await lister.later()


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("zwei fünfzig", "A number, please, for example 2.50"),
        ("2.55.1", "A number, please"),
        ("2.5555", "A number, please"),
        ("-2", "A number, please"),
        ("0", "An hour has to cost something."),
        ("¥300", "Prices here are in EUR."),
        ("x" * 4000, "A number, please"),
    ],
    ids=["words", "two points", "four decimals", "negative", "nothing", "yen", "4,000 characters"],
)
async def test_what_is_no_price_is_answered_with_an_example(
    lister: Lister, typed: str, answer: str
) -> None:
    await lister.up_to_the_price()
    assert answer in await lister.say(typed)
    assert "Give it a title" in await lister.say("2.50")


async def test_a_price_far_above_the_usual_is_asked_back(lister: Lister) -> None:
    await lister.up_to_the_price()
    assert "€1,250.00 an hour is far more than usual" in await lister.say("1.250")
    assert "€1,250.00 an hour. Give it a title" in await lister.press("Yes, €1,250.00")


async def test_a_price_far_above_the_usual_can_be_typed_again(lister: Lister) -> None:
    await lister.up_to_the_price()
    await lister.say("1250")
    assert "€12.50 an hour. Give it a title" in await lister.say("12,50")


async def test_a_sticker_is_answered_with_what_is_wanted(lister: Lister) -> None:
    await lister.say("/list")
    assert "A photo of the space, please" in await lister.chat.send_sticker()
    await lister.photos("front", "back")
    assert "I need the place of the space" in await lister.chat.send_sticker()
    await lister.place()
    assert "I need the price of an hour, for example 2.50" in await lister.chat.send_sticker()
    await lister.say("2.50")
    assert "I need a title of 3 to 60 characters" in await lister.chat.send_sticker()


@pytest.mark.parametrize("title", ["ab", "x" * 61, "x" * 4000], ids=["short", "61", "4,000"])
async def test_a_title_has_limits(lister: Lister, title: str) -> None:
    await lister.up_to_the_price()
    await lister.say("2.50")
    assert "I need a title of 3 to 60 characters" in await lister.say(title)


async def test_html_in_a_title_stays_text(lister: Lister) -> None:
    await lister.up_to_the_price()
    await lister.say("2.50")
    assert "&lt;b&gt;Yard&lt;/b&gt;" in await lister.say("<b>Yard</b>")


async def test_the_middle_of_the_ocean_is_asked_back(lister: Lister) -> None:
    await lister.say("/list")
    await lister.photos("front", "back")
    assert "in the sea off Africa" in await lister.place(0, 0)


async def test_typed_coordinates_are_a_place(lister: Lister) -> None:
    await lister.say("/list")
    await lister.photos("front", "back")
    assert "What does an hour cost?" in await lister.say("52.53, 13.405")


async def test_a_typed_address_is_a_place(lister: Lister) -> None:
    await lister.say("/list")
    assert "type its address" in await lister.photos("front", "back")
    assert "I know no such place: ⁨no such⁩" in await lister.say("no such")
    assert "⁨Bakery Street 4, Berlin⁩. What does" in await lister.say("Bakery Street 4")


async def test_of_several_addresses_one_is_chosen(lister: Lister) -> None:
    await lister.say("/list")
    await lister.photos("front", "back")
    assert "[Mill Lane, Berlin | l.at]" in await lister.say("mill lane")
    assert "⁨Mill Lane, Tokyo⁩. What does" in await lister.press("Mill Lane, Tokyo")


async def test_a_choice_that_nobody_offered_is_asked_again(lister: Lister) -> None:
    await lister.say("/list")
    await lister.photos("front", "back")
    for data in ("l.at:0:0", "l.at:x:0"):
        assert "I need the place" in await lister.chat.press_data(data)


async def test_the_currency_is_that_of_the_country(lister: Lister) -> None:
    await lister.say("/list")
    await lister.photos("front", "back")
    assert "For example 400" in await lister.place(35.68, 139.76)
    assert "JPY has no such decimals." in await lister.say("2.50")
    assert "¥400 an hour." in await lister.say("400")


async def test_cancel_keeps_the_draft_and_it_can_be_resumed(lister: Lister) -> None:
    await lister.up_to_the_price()
    assert "stays as a draft" in await lister.say("/cancel")
    assert "You have a half-made listing: 2 photos, the place." in await lister.say("/list")
    assert "What does an hour cost?" in await lister.press("Continue")


async def test_a_draft_can_be_thrown_away(lister: Lister) -> None:
    await lister.up_to_the_price()
    await lister.say("/list")
    assert "Send 1 to 10 photos" in await lister.press("Start over")


async def test_cancelling_the_preview_asks_what_becomes_of_the_draft(lister: Lister) -> None:
    await lister.up_to_the_preview()
    assert "Keep what you have so far" in await lister.press("Cancel")
    assert "Thrown away." in await lister.press("Throw away")
    assert "Send 1 to 10 photos" in await lister.say("/list")


async def test_everything_can_be_edited_before_publishing(lister: Lister) -> None:
    await lister.up_to_the_preview()
    await lister.press("Edit")
    await lister.press("Title")
    assert "Garage by the lake" in await lister.say("Garage by the lake")
    await lister.press("Edit")
    await lister.press("Price")
    assert "€4.00 an hour" in await lister.say("4")


async def test_who_has_sent_a_photo_is_told_how_to_go_on(lister: Lister) -> None:
    await lister.say("➕ List a space")
    assert "A photo of the space, please" in await lister.say("Bakery Street 4")
    await lister.photos("front")
    assert "1 photo. Send more, or tap Done." in await lister.say("Bakery Street 4")


async def test_publishing_twice_lists_once(lister: Lister) -> None:
    await lister.up_to_the_preview()
    card = lister.chat.card("Publish")
    await lister.press("Publish")
    said = await lister.press("Publish", on=card)
    assert "live already" in said
    assert "~" not in said, "what the first tap showed is left alone"
    assert (await lister.say("🏠 My spaces")).count("Courtyard behind the church") == 1


async def test_a_second_space_at_the_same_place_may_be_another_bay(lister: Lister) -> None:
    await lister.up_to_the_preview()
    await lister.press("Publish")
    await lister.say("/list")
    await lister.photos("other", "bay")
    assert "another bay of the same place?" in await lister.place()
    assert "€2.50 an hour. Give it a title" in await lister.press("Copy")
    await lister.say("Courtyard, second bay")
    assert "is live" in await lister.press("Publish")


async def test_a_copy_outlives_its_original(lister: Lister) -> None:
    await lister.up_to_the_preview()
    await lister.press("Publish")
    await lister.say("/list")
    await lister.photos("other", "bay")
    await lister.place()
    await lister.press("Copy")
    await lister.say("🏠 My spaces")
    await lister.press("1")
    await lister.press("Delete")
    await lister.press("Delete")
    await lister.say("/list")
    await lister.press("Continue")
    await lister.say("Courtyard, second bay")
    assert "is live" in await lister.press("Publish")


async def test_at_ten_photos_one_that_is_there_already_is_no_eleventh(lister: Lister) -> None:
    await lister.say("/list")
    await lister.photos(*(f"p{n}" for n in range(10)), album="a")
    said = await lister.photos("p3", album="a")
    assert "10 is the most" not in said


async def test_the_preview_shows_what_renters_will_see(lister: Lister) -> None:
    preview = await lister.up_to_the_preview()
    assert (
        "<b>⁨Courtyard behind the church⁩</b>  new\n"
        "€2.50 an hour\n\n"
        "<i>Open always · instant · moderate cancellation · place shown approximately,"
        " 30 to 80 m from the true one</i>"
    ) in preview


async def test_what_may_follow_publishing_is_under_the_live_message(lister: Lister) -> None:
    await lister.up_to_the_preview()
    live = await lister.press("Publish")
    assert live.endswith(
        "[Share] [Access notes | s.notes]\n"
        "[Schedule | s.hours] [More photos | s.photos] [Pause | s.pask]"
    )
    assert "Opening hours now: always" in await lister.press("Schedule")


async def test_a_photo_in_the_menu_starts_nothing(lister: Lister) -> None:
    assert "I did not understand that." in await lister.chat.send_photo("front")


async def test_searching_in_between_keeps_the_listing(lister: Lister) -> None:
    await lister.up_to_the_price()
    await lister.say("/settings")
    assert "€2.50 an hour. Give it a title" in await lister.say("2.50")
