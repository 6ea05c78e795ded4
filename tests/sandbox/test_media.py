"""Photos, files and albums, both ways."""

import io

import pytest
from PIL import Image
from telegram import Bot, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest

from sandbox import Driver, Refused, buttons
from tests.sandbox.conftest import RIVA, Api, button, picture, under

MEGABYTE = 1024 * 1024


async def test_a_photo_comes_in_sizes_and_can_be_fetched(api: Api, bot: Bot, riva: Driver) -> None:
    await riva.send_photo(picture(2000, 1000), "my car")
    [update] = await api.updates()
    sizes = update["message"]["photo"]

    assert [(size["width"], size["height"]) for size in sizes] == [
        (90, 45),
        (320, 160),
        (800, 400),
        (1280, 640),
    ]
    file = await bot.get_file(sizes[-1]["file_id"])
    data = bytes(await file.download_as_bytearray())
    assert len(data) == sizes[-1]["file_size"]
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size) == ("JPEG", (1280, 640))


async def test_a_photo_keeps_no_metadata_and_stands_upright(riva: Driver) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    out = io.BytesIO()
    Image.new("RGB", (40, 20)).save(out, "JPEG", exif=exif)

    message = await riva.send_photo(out.getvalue())

    stored = riva.world.files.get(message["photo"][-1]["file_id"])
    with Image.open(io.BytesIO(stored.data)) as image:
        assert (image.size, dict(image.getexif())) == ((20, 40), {})


async def test_a_photo_is_sent_again_by_the_id_of_any_size(bot: Bot, riva: Driver) -> None:
    first = await bot.send_photo(RIVA, picture(400, 400))
    again = await bot.send_photo(RIVA, first.photo[0].file_id, caption="again")
    assert again.photo == first.photo


async def test_a_picture_sent_as_a_file_stays_a_file(api: Api, bot: Bot, riva: Driver) -> None:
    data = picture()
    await riva.send_document(data, "car.png", "image/png")
    [update] = await api.updates()
    document = update["message"]["document"]

    assert (document["file_name"], document["mime_type"]) == ("car.png", "image/png")
    file = await bot.get_file(document["file_id"])
    assert bytes(await file.download_as_bytearray()) == data
    with pytest.raises(BadRequest, match=r"(?i)can't use file of type document as photo"):
        await bot.send_photo(RIVA, document["file_id"])


async def test_a_file_over_20_megabytes_cannot_be_fetched(api: Api, riva: Driver) -> None:
    largest = await riva.send_document(bytes(20 * MEGABYTE))
    larger = await riva.send_document(bytes(20 * MEGABYTE + 1))

    assert await api.result("getFile", file_id=largest["document"]["file_id"])
    complaint = await api.complaint("getFile", file_id=larger["document"]["file_id"])
    assert complaint == "Bad Request: file is too big"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (picture(210, 10), "PHOTO_INVALID_DIMENSIONS"),
        (picture(9_900, 600), "PHOTO_INVALID_DIMENSIONS"),
        (
            bytes(10 * MEGABYTE + 1),
            (
                "file of size 10485761 bytes is too big for a photo; "
                "the maximum size is 10485760 bytes"
            ),
        ),
        (b"", "IMAGE_PROCESS_FAILED"),
    ],
    ids=["no picture", "too thin", "too large", "too heavy", "empty"],
)
async def test_what_is_no_photo_is_refused(api: Api, data: bytes, words: str) -> None:
    body = await api.form("sendPhoto", {"photo": data}, chat_id=RIVA)
    assert body["description"] == f"Bad Request: {words}"


async def test_an_album_of_the_bot_is_several_messages_of_one_group(bot: Bot, riva: Driver) -> None:
    parts = [InputMediaPhoto(picture(colour=colour)) for colour in ("red", "blue")]
    sent = await bot.send_media_group(RIVA, parts, caption="two")

    assert len({message.media_group_id for message in sent}) == 1
    assert [message.get("caption") for message in riva.messages] == ["two", None]
    assert buttons(riva.last_message) == []


async def test_documents_and_photos_do_not_mix_in_an_album(bot: Bot) -> None:
    parts = [InputMediaPhoto(picture()), InputMediaDocument(b"text", filename="a.txt")]
    with pytest.raises(BadRequest, match="Document can't be mixed with other media types"):
        await bot.send_media_group(RIVA, parts)


async def test_an_album_part_takes_no_keyboard_later_either(api: Api, bot: Bot) -> None:
    parts = [InputMediaPhoto(picture()), InputMediaPhoto(picture())]
    first, _ = await bot.send_media_group(RIVA, parts)
    complaint = await api.complaint(
        "editMessageCaption",
        chat_id=RIVA,
        message_id=first.message_id,
        caption="x",
        reply_markup=under([button("Go", callback_data="go")]),
    )
    assert complaint == "Bad Request: message can't be edited"


async def test_an_album_of_a_person_is_one_update_a_part(api: Api, riva: Driver) -> None:
    await riva.send_photos([picture()] * 3, "three")
    messages = [update["message"] for update in await api.updates()]

    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["three", None, None]


async def test_parts_of_an_album_can_come_apart(api: Api, riva: Driver) -> None:
    for _ in range(2):
        await riva.send_photo(picture(), album="driveway")
    messages = [update["message"] for update in await api.updates()]
    assert [message["media_group_id"] for message in messages] == ["driveway"] * 2


async def test_a_person_cannot_send_eleven_photos_at_once(riva: Driver) -> None:
    with pytest.raises(Refused, match="between 1 and 10"):
        await riva.send_photos([picture()] * 11)


async def test_a_file_of_no_bot_is_not_found(api: Api) -> None:
    url = f"{api.sandbox.url}/file/bot{api.sandbox.token}/photos/none.jpg"
    async with api.session.get(url) as response:
        assert (response.status, (await response.json())["description"]) == (404, "Not Found")
