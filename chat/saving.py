"""What a handled update leaves behind: where the person stands now, and what is to be sent."""

from collections.abc import Iterable
from dataclasses import replace

from telegram import CallbackQuery, Message

from chat.answer import Answer, Target
from chat.buttons import Press
from chat.context import END, C, Context, Move
from chat.conversation import Conversation
from chat.delivery import shows_something, without_press
from chat.envelope import Envelope
from chat.ports import Work
from chat.router import Route
from chat.screen import Screen, Where
from chat.thread import Thread


async def save(work: Work, route: Route[C], context: C, move: Move) -> None:
    """Keep what the handler changed of the person's conversations."""
    person = context.user.id
    threads = context.arrival.threads
    resting = {context.left} if context.left else set()
    if route.conversation is not None:
        before = threads.of(route.conversation.name)
        after = _moved(before, route.conversation, context, move)
        if after.active and threads.active and threads.active.flow != after.flow:
            resting.add(threads.active.flow)
        resting.discard(after.flow)
        if replace(after, expires_at=before.expires_at) != before:
            await _save(work, person, after)
    for flow in resting:
        await work.conversations.rest(person, flow)


async def answer_of(work: Work, envelope: Envelope, context: Context) -> Answer | None:
    """None where nothing is shown and no button spins."""
    screens = tuple(context.screens)
    if envelope.callback_id is None:
        screens = tuple(map(without_press, screens))
        if not screens:
            return None
    names = {it.card for it in screens if it.card and it.where is Where.CARD}
    known = await work.cards.of(context.chat, names) if names else {}
    return Answer(
        context.chat,
        screens,
        envelope.callback_id,
        _pressed_message(context.update.callback_query),
        {name: Target(*target) for name, target in known.items()},
    )


def _moved(before: Thread, conversation: Conversation[C], context: C, move: Move) -> Thread:
    if move is END:
        return replace(before.ended(), version=before.version + 1)
    if move is not None and move not in conversation.states:
        raise ValueError(f"{conversation.name} has no step {move}")
    after = replace(
        before,
        step=before.step if move is None else str(move),
        draft=conversation.write(context.draft),
        active=move is not None or (before.active and context.left != before.flow),
        expires_at=context.now + conversation.lasts,
    )
    if context.waking is not None:
        after = replace(after, wake_at=context.now + context.waking)
    if any(_outdates(screen, conversation, context) for screen in context.screens):
        after = replace(after, version=context.version)
    return after


def _outdates(screen: Screen, conversation: Conversation[C], context: C) -> bool:
    """Whether older buttons must not act any more, now that this is on the screen.

    So it is when the card is shown again, wherever, and when a pressed card becomes something
    else. A mere hint or toast leaves the card as good as it was.
    """
    if not shows_something(screen):
        return False
    replaces = context.press is not None and screen.where is Where.HERE
    return replaces or screen.card is not None or _carries(screen, conversation, context.version)


def _carries(screen: Screen, conversation: Conversation[C], version: int) -> bool:
    return any(
        press.action in conversation.presses and press.version == version
        for press in _presses(button.action for row in screen.rows for button in row)
    )


def _presses(actions: Iterable[str | None]) -> Iterable[Press]:
    return (press for action in actions if action and (press := Press.parse(action)))


def _pressed_message(query: CallbackQuery | None) -> Target | None:
    if query is None or query.message is None:
        return None
    message = query.message
    media = isinstance(message, Message) and bool(message.photo or message.document)
    return Target(message.message_id, media)


async def _save(work: Work, person: int, thread: Thread) -> None:
    await work.conversations.save(
        person,
        thread.flow,
        step=thread.step,
        version=thread.version,
        draft=thread.draft,
        active=thread.active,
        expires_at=thread.expires_at,
        wake_at=thread.wake_at,
    )
