"""The chat page in a real browser, before a bot that the test plays itself."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from sandbox import Sandbox
from tests.browser import PHONE, opened
from tests.sandbox.conftest import LASSE, RIVA, Api, button, picture, under

CITY = Path(__file__).parents[2] / "data" / "helsinki.geojson.gz"
HERE = {"text": "Here", "request_location": True}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(city=CITY) as sandbox:
        yield sandbox


@pytest.fixture
async def page(api: Api, chromium: Browser) -> AsyncIterator[Page]:
    """The page after both people have said hello, so that nobody has to press START."""
    for person in (RIVA, LASSE):
        await api.sandbox.person(person).send_text("Hello")
    await api.updates()
    async with opened(chromium, api.sandbox.url) as page:
        await expect(page.get_by_text("Hello")).to_have_count(2)
        yield page


def pane(page: Page, person: int) -> Locator:
    return page.locator(f".pane[data-person='{person}']")


@pytest.fixture
def riva_pane(page: Page) -> Locator:
    return pane(page, RIVA)


async def say(where: Locator, text: str) -> None:
    await where.get_by_label("Message", exact=True).fill(text)
    await where.get_by_label("Message", exact=True).press("Enter")


async def test_enter_sends_and_shift_enter_breaks_the_line(riva_pane: Locator, api: Api) -> None:
    field = riva_pane.get_by_label("Message", exact=True)
    await field.press_sequentially("A garage")
    await field.press("Shift+Enter")
    await field.press_sequentially("near the station")
    await field.press("Enter")

    assert (await api.update())["message"]["text"] == "A garage\nnear the station"
    await expect(riva_pane.locator(".own .text").last).to_contain_text("near the station")
    await expect(field).to_have_value("")


async def test_formatted_text_is_shown_as_formatted(riva_pane: Locator, api: Api) -> None:
    text = "<b>Courtyard <i>behind</i></b> &lt;b&gt;the&lt;/b&gt; <code>bakery</code>"
    await api.result("sendMessage", chat_id=RIVA, text=text, parse_mode="HTML")

    shown = riva_pane.locator(".message .text").last
    await expect(shown.locator("strong")).to_have_text("Courtyard behind")
    await expect(shown.locator("strong em")).to_have_text("behind")
    await expect(shown.locator("code")).to_have_text("bakery")
    await expect(shown).to_contain_text("<b>the</b>")


async def test_a_pressed_button_turns_until_the_bot_answers(riva_pane: Locator, api: Api) -> None:
    rows = under([button("Book", callback_data="book"), button("Back", callback_data="back")])
    await api.result("sendMessage", chat_id=RIVA, text="A space", reply_markup=rows)
    book = riva_pane.get_by_role("button", name="Book")
    await book.click()

    query = (await api.update())["callback_query"]
    assert query["data"] == "book"
    await expect(book).to_have_attribute("aria-busy", "true")
    await expect(riva_pane.locator("[aria-busy]")).to_have_count(1)

    await api.result("answerCallbackQuery", callback_query_id=query["id"], text="Booked")
    await expect(riva_pane.locator(".note")).to_have_text("Booked")
    await expect(riva_pane.locator("[aria-busy]")).to_have_count(0)


async def test_an_alert_waits_for_its_ok(riva_pane: Locator, api: Api) -> None:
    rows = under([button("Book", callback_data="book")])
    await api.result("sendMessage", chat_id=RIVA, text="A space", reply_markup=rows)
    await riva_pane.get_by_role("button", name="Book").click()
    query = (await api.update())["callback_query"]
    await api.result(
        "answerCallbackQuery", callback_query_id=query["id"], text="Taken", show_alert=True
    )

    alert = riva_pane.get_by_role("dialog")
    await expect(alert).to_contain_text("Taken")
    await alert.get_by_role("button", name="OK").press("Enter")
    await expect(alert).to_have_count(0)


async def test_an_edit_changes_the_card_in_its_place(riva_pane: Locator, api: Api) -> None:
    card = await api.result("sendMessage", chat_id=RIVA, text="Three spaces")
    await api.result("sendMessage", chat_id=RIVA, text="Something later")
    await api.result(
        "editMessageText", chat_id=RIVA, message_id=card["message_id"], text="One space"
    )

    await expect(riva_pane.get_by_text("Three spaces")).to_have_count(0)
    bubbles = riva_pane.locator(".message:not(.own) .text")
    await expect(bubbles).to_have_text([re.compile("^One space"), re.compile("^Something later")])
    await expect(riva_pane.get_by_text("edited")).to_have_count(0)


async def test_a_forced_reply_answers_its_question(riva_pane: Locator, api: Api) -> None:
    markup = {"force_reply": True, "input_field_placeholder": "For example 2.50"}
    question = await api.result("sendMessage", chat_id=RIVA, text="A price?", reply_markup=markup)
    await expect(riva_pane.get_by_text("Reply to Park Place")).to_be_visible()
    await expect(riva_pane.get_by_placeholder("For example 2.50")).to_be_focused()
    await say(riva_pane, "2.50")

    answer = (await api.update())["message"]
    assert answer["reply_to_message"]["message_id"] == question["message_id"]
    await expect(riva_pane.get_by_text("Reply to Park Place")).to_be_hidden()


async def test_an_album_is_chosen_looked_at_and_sent(riva_pane: Locator, api: Api) -> None:
    files = [
        {"name": f"{colour}.png", "mimeType": "image/png", "buffer": picture(60, 40, colour)}
        for colour in ("navy", "teal", "olive")
    ]
    await riva_pane.get_by_role("button", name="Attach").click()
    async with riva_pane.page.expect_file_chooser() as choosing:
        await riva_pane.get_by_role("menuitem", name="Photo").click()
    await (await choosing.value).set_files(files)
    await expect(riva_pane.get_by_role("dialog").locator("figure img")).to_have_count(3)
    await riva_pane.get_by_role("button", name="Leave out teal.png").click()
    await riva_pane.get_by_label("Caption").fill("My driveway")
    await riva_pane.get_by_label("Caption").press("Enter")

    first, second = [await api.update(), await api.update()]
    assert first["message"]["caption"] == "My driveway"
    assert first["message"]["media_group_id"] == second["message"]["media_group_id"]
    await expect(riva_pane.locator(".own .mosaic").locator("img")).to_have_count(2)


async def test_the_location_button_sends_a_place_found_on_the_map(
    riva_pane: Locator, api: Api
) -> None:
    keyboard = {"keyboard": [[HERE]], "resize_keyboard": True}
    await api.result("sendMessage", chat_id=RIVA, text="Where?", reply_markup=keyboard)
    await riva_pane.get_by_role("button", name="Here").click()
    await riva_pane.get_by_label("Search an address").fill("Aleksanterinkatu 13")
    await riva_pane.get_by_role("option", name="Aleksanterinkatu 13").first.click()
    await expect(riva_pane.locator(".picker-address")).to_contain_text("Aleksanterinkatu 13")
    await riva_pane.get_by_role("button", name="Send my location").click()

    place = (await api.update())["message"]["location"]
    assert (place["latitude"], place["longitude"]) == pytest.approx((60.169, 24.946), abs=0.002)
    await expect(riva_pane.locator(".own .place-map canvas").first).to_be_visible()


async def test_a_live_location_is_shared_and_stopped(riva_pane: Locator, api: Api) -> None:
    await riva_pane.get_by_role("button", name="Attach").click()
    await riva_pane.get_by_role("menuitem", name="Location").click()
    await riva_pane.get_by_role("button", name="15 min").click()
    assert (await api.update())["message"]["location"]["live_period"] == 900

    await riva_pane.get_by_role("button", name="Move").click()
    pin = await riva_pane.locator(".picker .marker-live").bounding_box()
    mouse = riva_pane.page.mouse
    await mouse.move(pin["x"] + 11, pin["y"] + 11)
    await mouse.down()
    await mouse.move(pin["x"] + 80, pin["y"] + 11, steps=4)
    await mouse.up()
    assert "edited_message" in await api.update()

    await riva_pane.get_by_role("button", name="Stop sharing").click()
    await expect(riva_pane.locator(".live-strip")).to_be_hidden()


async def test_an_inline_result_is_posted_to_the_friend(page: Page, api: Api) -> None:
    riva, lasse = pane(page, RIVA), pane(page, LASSE)
    await riva.get_by_label("Message", exact=True).fill("@parkplace_bot station")
    query = (await api.update())["inline_query"]
    assert query["query"] == "station"
    result = {
        "type": "article",
        "id": "12",
        "title": "Garage B",
        "description": "€6.00, 310 m",
        "input_message_content": {"message_text": "Garage B, bay 12"},
        "reply_markup": under([button("Still free?", callback_data="free")]),
    }
    await api.result(
        "answerInlineQuery",
        inline_query_id=query["id"],
        results=[result],
        button={"text": "Search where I am", "start_parameter": "here"},
    )
    await expect(riva.get_by_role("button", name="Search where I am")).to_be_visible()
    await riva.get_by_role("button", name="Garage B").click()
    await expect(riva.get_by_text("Garage B, bay 12")).to_be_visible()

    assert (await api.update())["chosen_inline_result"]["result_id"] == "12"
    await lasse.get_by_role("tab", name=re.compile("Friends")).click()
    await lasse.get_by_role("button", name="Still free?").click()
    assert (await api.update())["callback_query"]["inline_message_id"]


async def test_enter_takes_the_first_result_and_never_consents(page: Page, api: Api) -> None:
    field = pane(page, RIVA).get_by_label("Message", exact=True)
    await field.fill("@parkplace_bot station")
    query = (await api.update())["inline_query"]
    result = {
        "type": "article",
        "id": "12",
        "title": "Garage B",
        "input_message_content": {"message_text": "Garage B, bay 12"},
    }
    await api.result("answerInlineQuery", inline_query_id=query["id"], results=[result])
    await expect(pane(page, RIVA).get_by_role("button", name="Allow")).to_be_visible()
    await field.press("Enter")

    assert (await api.update())["chosen_inline_result"]["result_id"] == "12"
    assert await page.evaluate("localStorage.getItem('tell.1001')") is None


async def test_a_link_to_the_bot_starts_it_with_its_payload(riva_pane: Locator, api: Api) -> None:
    text = "Open https://t.me/parkplace_bot?start=space_12"
    await api.result("sendMessage", chat_id=RIVA, text=text)
    await riva_pane.get_by_role("link", name="t.me/parkplace_bot").click()
    assert (await api.update())["message"]["text"] == "/start space_12"


async def test_a_blocked_bot_can_be_started_again(riva_pane: Locator, api: Api) -> None:
    await riva_pane.get_by_role("button", name="More").click()
    await riva_pane.get_by_role("menuitem", name="Block").click()
    await riva_pane.get_by_role("dialog").get_by_role("button", name="Block").click()
    assert (await api.update())["my_chat_member"]["new_chat_member"]["status"] == "kicked"

    await riva_pane.get_by_role("button", name="Restart the bot").click()
    assert (await api.update())["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert (await api.update())["message"]["text"] == "/start"


async def test_on_a_phone_one_person_at_a_time_is_shown(api: Api, chromium: Browser) -> None:
    await api.sandbox.person(LASSE).send_text("Hello")
    async with opened(chromium, api.sandbox.url, viewport=PHONE) as page:
        riva, lasse = pane(page, RIVA), pane(page, LASSE)
        await expect(riva.get_by_role("button", name="Start")).to_be_visible()
        await expect(lasse).to_be_hidden()
        rows = under([button(f"{hour} hours until noon", callback_data="x") for hour in range(4)])
        await api.result("sendMessage", chat_id=LASSE, text="W" * 300, reply_markup=rows)

        switch = page.get_by_role("button", name=re.compile("Lasse"))
        await expect(switch.locator(".badge")).to_have_text("1")
        await switch.click()
        await expect(lasse.get_by_text("WWW")).to_be_visible()
        await expect(switch.locator(".badge")).to_be_hidden()
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert (
            await lasse.locator(".scroller").first.evaluate("e => e.scrollWidth - e.clientWidth")
            == 0
        )


async def test_the_page_comes_back_by_itself(chromium: Browser) -> None:
    async with AsyncExitStack() as life:
        first = await life.enter_async_context(Sandbox())
        async with opened(chromium, first.url, tolerated="WebSocket") as page:
            state = pane(page, RIVA).locator(".state")
            await expect(state).to_have_text("bot")
            port = int(first.url.rpartition(":")[2])
            await life.aclose()
            await expect(state).to_have_text("connecting…")

            async with Sandbox(port=port) as second:
                await second.person(RIVA).send_text("Back again")
                await expect(state).to_have_text("bot")
                await expect(pane(page, RIVA).get_by_text("Back again")).to_be_visible()


async def test_every_button_has_a_name(page: Page) -> None:
    nameless = """() => [...document.querySelectorAll("button, a, textarea, input")]
        .filter((one) => one.checkVisibility() && !one.textContent.trim() && !one.ariaLabel)
        .map((one) => one.outerHTML)"""
    assert await page.evaluate(nameless) == []


async def test_a_picture_unfolds_below_its_words_and_the_buttons_stay_where_they_are(
    riva_pane: Locator, api: Api
) -> None:
    rows = under([button("Book", callback_data="book")])
    for number in range(12):
        await api.result("sendMessage", chat_id=RIVA, text=f"Line {number}\n" * 4)
    words = "A space with room for many words. " * 5
    sent = await api.result("sendMessage", chat_id=RIVA, text=words, reply_markup=rows)
    book = riva_pane.get_by_role("button", name="Book")
    await expect(book).to_be_in_viewport(ratio=1)
    before = await settled_box(book)
    for colour in ("navy", "teal"):
        media = {"type": "photo", "media": "attach://map", "caption": words}
        media["show_caption_above_media"] = True
        files = {"map": picture(800, 400, colour)}
        place = {"chat_id": str(RIVA), "message_id": str(sent["message_id"])}
        await api.form("editMessageMedia", files, **place, media=media, reply_markup=rows)
        shown = riva_pane.locator(".message").last
        await expect(shown.locator(".text + .mosaic img")).to_be_visible()
        assert await settled_box(book) == before
    await expect(shown.locator(".fading-in")).to_have_count(1)


async def settled_box(node: Locator) -> dict[str, float]:
    """Where it is once nothing moves any more."""
    await node.page.evaluate(
        "Promise.allSettled(document.getAnimations().map(({ finished }) => finished))"
    )
    box = await node.bounding_box()
    assert box is not None
    return {name: round(value) for name, value in box.items()}
