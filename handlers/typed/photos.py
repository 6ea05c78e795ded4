"""Pictures as people send them."""

from datetime import datetime

from telegram import Document, Message, PhotoSize

from market.domain.ids import PersonId, PhotoId, new_id
from market.ports.photos import StoredPhoto

READABLE = ("image/jpeg", "image/png", "image/webp")
MAX_BYTES = 20 * 1024 * 1024
"""What a bot may fetch of Telegram."""


def photo_of(message: Message | None, owner: PersonId, now: datetime) -> StoredPhoto | None:
    """The picture in a message, also one sent as a file; None for what cannot be read."""
    file = _file(message)
    if file is None:
        return None
    return StoredPhoto(
        PhotoId(new_id()), owner, now, file_id=file.file_id, file_unique_id=file.file_unique_id
    )


def _file(message: Message | None) -> PhotoSize | Document | None:
    if message is None:
        return None
    if message.photo:
        return max(message.photo, key=lambda size: size.width * size.height)
    file = message.document
    if file is None or file.mime_type not in READABLE or (file.file_size or 0) > MAX_BYTES:
        return None
    return file
