"""From a quote to a booking: one tap, or a number plate in between."""

from dataclasses import replace

from telegram import Update

from chat.context import END, Move
from handlers.context import ParkContext
from handlers.finding.draft import FindDraft, Step, cover, pressed_id, show_card
from handlers.finding.results import show_results
from handlers.finding.space import offered, show_refused, show_space
from market.domain.booking import Booking, State
from market.domain.errors import (
    Invalid,
    NotBookable,
    PlateNeeded,
    QuoteExpired,
    TooManyAhead,
    WindowPast,
)
from market.domain.ids import QuoteId
from market.domain.quote import Quote
from market.domain.vehicle import plate_of
from market.domain.window import Window, rounded_up
from views import booking as booking_view
from views import find, refusal
from views import request as request_view
from views import space as view
from views.errors import explain
from views.space import Act


async def book(context: ParkContext, draft: FindDraft) -> Move:
    """``Book`` and ``Confirm``: the quote says what is booked, whatever the card has seen since."""
    quote = await context.services.quotes.get(context.person.id, QuoteId(pressed_id(context)))
    draft = replace(draft, space=quote.space, window=quote.window)
    if quote.by_request and _just_opened(context):
        return await _ask_sure(context, draft, quote)
    preferences = await context.services.preferences.of(context.person.id)
    try:
        booking = await context.services.bookings.book(
            context.person.id, quote.id, draft.plate, wanted=preferences.tags
        )
    except PlateNeeded:
        return await _ask_plate(context, draft)
    except QuoteExpired:
        return await _quote_again(context, draft, quote)
    except WindowPast as why:
        later = Window.lasting(rounded_up(context.now), quote.window.length)
        begun = context.words.say("That time has begun. The same length from now:")
        return await show_space(context, replace(draft, space=why.space, window=later), begun)
    except NotBookable as why:
        return await show_refused(context, draft, why)
    except TooManyAhead as limit:
        screen = refusal.too_many(context.words, limit.limit, context.version)
        return show_card(context, draft, screen)
    await _show_booked(context, booking)
    return END


async def plate_pressed(context: ParkContext, draft: FindDraft) -> Move:
    return await _confirm(context, draft, plate_of(context.press.id if context.press else ""))


async def plate_typed(context: ParkContext, draft: FindDraft) -> Move:
    """The plate is kept, to be offered the next time."""
    try:
        await context.services.people.add_vehicle(context.person.id, context.text)
    except Invalid as refusal:
        cover(context, draft, explain(context.words, refusal))
        return None
    return await _confirm(context, draft, plate_of(context.text))


async def need_plate(context: ParkContext, draft: FindDraft) -> Move:
    cover(context, draft, view.need_plate(context.words))
    return None


async def redraw(_: Update, context: ParkContext) -> Move:
    """The card as it is now: an older button was pressed, or the press came too late."""
    if booking := await _already_booked(context):
        await _show_again(context, booking)
        return None
    if context.draft is None:
        context.show(find.over(context.words))
        return None
    draft = context.draft_as(FindDraft)
    fresh = draft.at(context.now)
    note = None
    if context.late:
        note = find.was_late(context.words)
    elif fresh is not draft:
        note = find.was_long_ago(context.words, draft.searched_at, draft.zone_info, context.now)
    show = show_results if fresh.space is None else show_space
    return await show(context, fresh, note)


async def _already_booked(context: ParkContext) -> Booking | None:
    """What the button has booked, when it is pressed once more."""
    if context.press is None or context.press.action not in (Act.BOOK, Act.CONFIRM):
        return None
    quote = QuoteId(pressed_id(context))
    return await context.services.bookings.of_quote(context.person.id, quote)


async def _show_again(context: ParkContext, booking: Booking) -> None:
    """What the first tap showed, as long as nothing has happened since; else how it stands."""
    words, finding, now = context.words, context.services.finding, context.now
    space = await finding.space(booking.space)
    bill = await context.services.ledger.billed(context.person.id, booking.id)
    untouched = booking.state is State.BOOKED and bill is not None and bill.due == booking.total
    if untouched and booking.stands(now):
        entrance = await finding.photos(space.entrance) if space.entrance else ()
        context.show(booking_view.booked(words, booking, space, now, entrance))
    else:
        context.show(booking_view.card(words, booking, space, now, bill))


def _just_opened(context: ParkContext) -> bool:
    return context.press is not None and context.press.action == Act.BOOK


async def _ask_sure(context: ParkContext, draft: FindDraft, quote: Quote) -> Move:
    """A request is not a booking yet, which is said before the tap that makes it."""
    if await _already_booked(context):
        return await redraw(context.update, context)
    if quote.plate_needed and draft.plate is None:
        return await _ask_plate(context, draft)
    offer = await _offer(context, draft)
    if offer is None:
        return await show_space(context, draft)
    return show_card(
        context, draft, view.confirm(context.words, offer, draft.plate, context.version)
    )


async def _ask_plate(context: ParkContext, draft: FindDraft) -> Move:
    offer = await _offer(context, draft)
    if offer is None:
        return await show_space(context, draft)
    vehicles = await context.services.people.vehicles(context.person.id)
    plates = [vehicle.plate for vehicle in vehicles]
    show_card(context, draft, view.ask_plate(context.words, offer, plates, context.version))
    return Step.PLATE


async def _confirm(context: ParkContext, draft: FindDraft, plate: str) -> Move:
    """With a fresh quote: asking took time."""
    draft = replace(draft, plate=plate)
    offer = await _offer(context, draft)
    if offer is None:
        return await show_space(context, draft)
    show_card(context, draft, view.confirm(context.words, offer, plate, context.version))
    return Step.CARD


async def _quote_again(context: ParkContext, draft: FindDraft, quote: Quote) -> Move:
    offer = await _offer(context, draft)
    if offer is None:
        return await show_space(context, draft)
    note = view.new_price(context.words, quote.total, offer.quote.total)
    screen = view.confirm(context.words, offer, draft.plate, context.version, note)
    return show_card(context, draft, screen)


async def _offer(context: ParkContext, draft: FindDraft) -> view.Offer | None:
    """A fresh quote of the open space; None if it cannot be booked any more."""
    if draft.space is None:
        return None
    try:
        return await offered(context, draft, draft.space)
    except NotBookable:
        return None


async def _show_booked(context: ParkContext, booking: Booking) -> None:
    """The confirmation, and below it the way there."""
    words, finding = context.words, context.services.finding
    space = await finding.space(booking.space)
    context.person = await context.services.people.seen_in(context.person, space.zone)
    if booking.state is State.REQUESTED:
        context.show(request_view.sent(words, booking, space, context.now))
        return
    entrance = await finding.photos(space.entrance) if space.entrance else ()
    context.show(*booking_view.confirmation(words, booking, space, context.now, entrance))
