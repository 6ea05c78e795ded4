"""Pictures that come as files: Telegram shows a file to nobody as a photo, so we make one of it."""

from bot.wiring import Marketplace
from sandbox import Sandbox
from tests.e2e.test_main_job import DRIVEWAY, LASSE
from tests.sandbox.conftest import picture


async def test_a_picture_sent_as_a_file_is_shown_as_a_photo(
    place: Marketplace, sandbox: Sandbox
) -> None:
    lasse = sandbox.person(LASSE)
    await lasse.start()
    await lasse.wait_for_text("finds you a private parking space")
    await lasse.tap("➕ List a space")
    await lasse.wait_for_text("Send 1 to 10 photos")
    await lasse.send_document(picture(80, 60, "navy"), "front.jpg", "image/jpeg")
    await lasse.wait_for_text("1 photo.")
    await lasse.press("Done")
    await lasse.send_location(*DRIVEWAY)
    await lasse.wait_for_text("What does an hour cost?")
    await lasse.send_text("2,50")
    await lasse.wait_for_text("€2.50 an hour.")
    await lasse.send_text("Courtyard behind the bakery")
    preview = await lasse.wait_for_text("Publish")
    assert "photo" in preview


async def test_a_file_that_only_says_it_is_a_picture_is_asked_for_again(
    place: Marketplace, sandbox: Sandbox
) -> None:
    lasse = sandbox.person(LASSE)
    await lasse.start()
    await lasse.wait_for_text("finds you a private parking space")
    await lasse.tap("➕ List a space")
    await lasse.wait_for_text("Send 1 to 10 photos")
    await lasse.send_document(b"no picture at all", "front.jpg", "image/jpeg")
    await lasse.wait_for_text("Send it as a photo, not as a file.")
