"""Pictures as people send them."""

from dataclasses import replace

from telegram import Document, Message

from handlers.context import ParkContext
from market.domain.ids import PhotoId, new_id
from market.ports.photos import StoredPhoto

READABLE = ("image/jpeg", "image/png", "image/webp")
MAX_BYTES = 20 * 1024 * 1024
"""What a bot may fetch of Telegram."""
DEVELOPED = "developed"
"""The fact that names the key of a picture that came as a file and was made a photo of."""


def photo_of(context: ParkContext) -> StoredPhoto | None:
    """The picture in a message, also one sent as a file; None for what cannot be read."""
    message = context.message
    if message is None:
        return None
    photo = StoredPhoto(PhotoId(new_id()), context.person.id, context.now)
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return replace(photo, file_id=largest.file_id, file_unique_id=largest.file_unique_id)
    # Telegram shows nobody a file as a photo: only our own copy of it is one.
    file, key = picture_file(message), context.facts.get(DEVELOPED)
    if file is None or key is None:
        return None
    return replace(photo, key=key, file_unique_id=file.file_unique_id)


def picture_file(message: Message) -> Document | None:
    """A picture that was sent as a file, if we can fetch and read it."""
    file = message.document
    if file is None or file.mime_type not in READABLE or (file.file_size or 0) > MAX_BYTES:
        return None
    return file
