"""People who block the bot: their spaces go out of sight until they are back."""

from telegram import ChatMember, Update

from chat.conversation import Conversation
from chat.matchers import on_membership
from handlers.context import ParkContext

_GONE = (ChatMember.BANNED, ChatMember.LEFT)


async def changed(update: Update, context: ParkContext) -> None:
    """Whoever unblocks the bot is met again like anybody who writes to it."""
    change = update.my_chat_member
    if change is not None and change.new_chat_member.status in _GONE:
        await context.services.people.unreachable(context.person.id)


CONVERSATION: Conversation[ParkContext] = Conversation(
    name="reach", entry_points=[on_membership(changed)]
)
