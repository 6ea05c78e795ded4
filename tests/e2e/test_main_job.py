"""The main job: somebody lists a space, somebody else finds and books it, both are told."""

import asyncio
import re
from typing import Any

from bot.wiring import Marketplace
from sandbox import Sandbox, shown
from tests.sandbox.conftest import picture

RIVA, LASSE = 1001, 1002
DRIVEWAY = (60.1713, 24.9437)
NEARBY = (60.1720, 24.9425)


async def list_a_space(lasse: Any) -> None:
    """In six messages: the menu, an album, the place, the price, the title, Publish."""
    await lasse.start()
    await lasse.wait_for_text("finds you a private parking space")
    await lasse.tap("➕ List a space")
    await lasse.wait_for_text("Send 1 to 10 photos")
    await lasse.send_photos([picture(80, 60, "navy"), picture(80, 60, "olive")])
    await lasse.wait_for_text("2 photos. Where is it?")
    await lasse.send_location(*DRIVEWAY)
    await lasse.wait_for_text("What does an hour cost?")
    await lasse.send_text("2,50")
    await lasse.wait_for_text("€2.50 an hour.")
    await lasse.send_text("Courtyard behind the bakery")
    await lasse.wait_for_text("Publish")
    await lasse.press("Publish")
    await lasse.wait_for_text("is live")


async def test_from_a_listing_to_a_booking(place: Marketplace, sandbox: Sandbox) -> None:
    riva, lasse = sandbox.person(RIVA), sandbox.person(LASSE)
    await list_a_space(lasse)
    await riva.start()
    await riva.wait_for_text("finds you a private parking space")

    # The three actions: a location, 1, Book.
    await riva.send_location(*NEARBY)
    await riva.wait_for_text("Courtyard behind the bakery")
    await riva.press("1")
    card = await riva.wait_for_text("Book · €5.00")
    assert "Kaivokatu" not in shown(card)
    await riva.press("Book")
    await riva.wait_for_text("Booked.")

    notice = await lasse.wait_for_text("New booking:")
    assert re.search(r"Courtyard behind the bakery.*, €5\.00", shown(notice))

    await riva.tap("📅 My bookings")
    await riva.wait_for_text("Your bookings")
    await riva.press("1")
    await riva.wait_for_text("Courtyard behind the bakery")
    await riva.press("Cancel")
    await riva.wait_for_text("Confirm")
    await riva.press("Confirm")
    await lasse.wait_for_text("Cancelled by the renter")


async def test_nobody_is_left_with_a_spinner(place: Marketplace, sandbox: Sandbox) -> None:
    riva = sandbox.person(RIVA)
    await riva.start()
    card = await riva.wait_for_text("finds you a private parking space")
    for data in ("f.page:1:1", "p.book:0000000000:3", "nonsense", "a:b", "s.open:zzzzzzzzzz:9"):
        assert await (await riva.press_data(card["message_id"], data)).answer()


async def test_who_blocks_the_bot_cannot_be_booked_meanwhile(
    place: Marketplace, sandbox: Sandbox
) -> None:
    riva, lasse = sandbox.person(RIVA), sandbox.person(LASSE)
    await list_a_space(lasse)
    assert await finds(riva, "Courtyard behind the bakery")
    await lasse.block()
    assert await finds(riva, "Nothing free nearby")
    await lasse.block(blocked=False)
    await lasse.start()
    assert await finds(riva, "Courtyard behind the bakery")


async def finds(person: Any, words: str) -> bool:
    """Whether a search says so, soon after what happened; the index follows the store."""
    for _ in range(30):
        await person.send_location(*NEARBY)
        if words in shown(await person.reply()):
            return True
        await asyncio.sleep(0.1)
    return False


async def test_inline_mode_leads_to_the_space(place: Marketplace, sandbox: Sandbox) -> None:
    riva, lasse = sandbox.person(RIVA), sandbox.person(LASSE)
    await list_a_space(lasse)
    found = await riva.inline("", at=NEARBY)
    assert "Courtyard behind the bakery" in str(found["results"][0])
    assert str(DRIVEWAY[0]) not in str(found["results"])
    nowhere = await riva.inline("")
    assert nowhere["button"]
