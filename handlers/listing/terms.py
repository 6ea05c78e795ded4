"""Price and title, in words."""

from telegram import Update

from chat.context import End
from handlers.context import ParkContext
from handlers.listing.draft import Step, ask_next, restart
from handlers.typed.prices import read_price
from market.domain.errors import Invalid
from market.domain.money import Money, absurd, usual_hour
from views import listing as view


async def type_price(_: Update, context: ParkContext) -> Step | End:
    draft = await context.services.listing.draft(context.person.id)
    if draft is None:
        return await restart(_, context)
    try:
        minor = read_price(context.text, draft.currency, context.words.language)
        price = Money(minor, draft.currency)
        if absurd(price):
            context.show(view.sure_of_price(context.words, price, context.version))
            return Step.PRICE
        await context.services.listing.set_price(context.person.id, price.minor)
    except Invalid as refusal:
        example = usual_hour(draft.currency)
        context.show(view.price_refused(context.words, refusal, example))
        return Step.PRICE
    return await ask_next(context)


async def sure_of_price(_: Update, context: ParkContext) -> Step | End:
    minor = int(context.press.id) if context.press else 0
    await context.services.listing.set_price(context.person.id, minor)
    return await ask_next(context)


async def need_price(_: Update, context: ParkContext) -> Step | End:
    draft = await context.services.listing.draft(context.person.id)
    example = usual_hour(draft.currency if draft else "EUR")
    context.show(view.need_price(context.words, example))
    return Step.PRICE


async def type_title(_: Update, context: ParkContext) -> Step | End:
    try:
        await context.services.listing.set_title(context.person.id, " ".join(context.text.split()))
    except Invalid:
        context.show(view.need_title(context.words))
        return Step.TITLE
    return await ask_next(context)


async def need_title(_: Update, context: ParkContext) -> Step:
    context.show(view.need_title(context.words))
    return Step.TITLE
