"""Co-listers: inviting, joining, removing, leaving."""

from collections.abc import Callable

from telegram import Update

from chat.context import END, Callback, End
from handlers.context import ParkContext
from handlers.pressed import pressed_rest
from handlers.spaces import card
from handlers.spaces.draft import pressed_space
from market.domain.colister import Right
from market.domain.errors import NotFound
from market.domain.ids import InvitationId, PersonId, SpaceId, read_id
from views.spaces import card as card_view
from views.spaces import colisters as view


async def colisters(_: Update, context: ParkContext) -> End:
    return await _show(context, pressed_space(context))


def inviting(bot: Callable[[], str]) -> Callback[ParkContext]:
    """``bot`` says the bot's user name, for the link."""

    async def invite(_: Update, context: ParkContext) -> End:
        person, space_id = context.person.id, pressed_space(context)
        invitation = await context.services.colisters.invite(person, space_id)
        space = await context.services.spaces.get(person, space_id)
        context.show(
            view.invitation(context.words, space, invitation, bot(), context.now, context.version)
        )
        return END

    return invite


async def join(_: Update, context: ParkContext) -> End:
    """``/start colist_<code>``"""
    code = read_id(context.payload.partition("_")[2])
    if code is None:
        raise NotFound("invitation")
    space = await context.services.colisters.join(context.person.id, InvitationId(code))
    context.show(view.joined(context.words, space))
    return END


async def remove(_: Update, context: ParkContext) -> End:
    colister = read_id(pressed_rest(context))
    space = pressed_space(context)
    await context.services.colisters.remove(context.person.id, space, PersonId(colister or 0))
    return await _show(context, space)


async def sure_to_leave(_: Update, context: ParkContext) -> End:
    space = await context.services.spaces.get(context.person.id, pressed_space(context))
    context.show(card_view.sure_to_leave(context.words, space, context.version))
    return END


async def leave(_: Update, context: ParkContext) -> End:
    await context.services.colisters.leave(context.person.id, pressed_space(context))
    return await card.overview(_, context)


async def _show(context: ParkContext, space_id: SpaceId) -> End:
    person = context.person.id
    people = await context.services.colisters.of(person, space_id)
    space = await context.services.spaces.own(person, space_id, Right.INVITE)
    context.show(view.colisters(context.words, space, people, context.version))
    return END
