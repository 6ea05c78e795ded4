from pydantic import Field, StrictBool

from api.models.common import Body, Instant, Reply
from market.domain.ids import PersonId
from market.domain.message import MAX_TEXT, Message


class NewMessage(Body):
    text: str = Field(min_length=1, max_length=MAX_TEXT, examples=["I am ten minutes late."])


class Blocking(Body):
    blocked: StrictBool


class MessageReply(Reply):
    """``mine`` tells the two sides apart; neither learns who the other is."""

    mine: bool
    text: str = Field(examples=["I am ten minutes late."])
    pictured: bool = Field(description="Whether a photo came with it, which the chat shows.")
    sent_at: Instant

    @classmethod
    def of(cls, message: Message, reader: PersonId) -> "MessageReply":
        return cls(
            mine=message.author == reader,
            text=message.text,
            pictured=message.photo is not None,
            sent_at=message.at,
        )


class Messages(Reply):
    """The latest hundred, oldest first."""

    items: list[MessageReply]
