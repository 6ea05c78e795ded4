"""Editing: a rule is asked about, answered by a tap or in words, and saved for new bookings."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from telegram import Update

from chat.context import END, End, Move
from handlers.context import ParkContext
from handlers.pressed import pressed_rest
from handlers.spaces.draft import (
    Editing,
    Step,
    edited,
    editing,
    pressed_rule,
    pressed_space,
)
from handlers.typed.prices import read_price
from handlers.typed.schedules import read_openings
from handlers.typed.sizes import read_length, read_size
from market.domain.edit import Edit
from market.domain.errors import Invalid, NotFound
from market.domain.money import Money, absurd
from market.domain.refund import Policy
from market.domain.space import Approval, Space, Tag
from views.spaces import rules as view
from views.spaces.questions import MONEY, NO, NONE, YES, Group, Rule, answers, group_of

_Reader: TypeAlias = Callable[[str, Space, str], Edit]
"""Of an answer about a space, in a language."""


async def menu(_: Update, context: ParkContext) -> End:
    return await _show_menu(context, await _own(context))


async def group(_: Update, context: ParkContext) -> End:
    named = pressed_rest(context)
    if named not in tuple(Group):
        raise NotFound("button")
    space = await _own(context)
    context.show(view.group(context.words, space, Group(named), context.version))
    return END


async def ask(_: Update, context: ParkContext) -> Move:
    return await _ask(context, pressed_rule(context))


async def ask_notes(_: Update, context: ParkContext) -> Move:
    return await _ask(context, Rule.NOTES)


async def ask_hours(_: Update, context: ParkContext) -> Move:
    return await _ask(context, Rule.HOURS)


async def typed(_: Update, context: ParkContext) -> Move:
    """An answer in words, to the question that is open."""
    space, rule = await edited(context), Rule(editing(context).rule)
    try:
        return await _answered(context, space, rule, _typed(context, space, rule))
    except Invalid as refusal:
        context.show(view.not_understood(context.words, space, rule, refusal))
        return Step.RULE


async def tapped(_: Update, context: ParkContext) -> Move:
    """One of the usual answers."""
    answer = pressed_rest(context).partition(".")[2]
    return await _answered(context, await _own(context), pressed_rule(context), answer)


async def sure_of_price(_: Update, context: ParkContext) -> Move:
    """A price far above the usual, meant as it was typed."""
    space, rule = await _own(context), pressed_rule(context)
    minor = pressed_rest(context).partition(".")[2]
    if rule not in MONEY or not minor.isdecimal():
        raise NotFound("button")
    return await _decided(
        context, space, rule, f"={minor}", _read(context, rule, f"={minor}", space)
    )


async def save(_: Update, context: ParkContext) -> End:
    """After the bookings ahead were shown."""
    space, draft = await edited(context), editing(context)
    rule = Rule(draft.rule)
    return await _saved(context, space, rule, _read(context, rule, draft.answer, space))


async def say_again(_: Update, context: ParkContext) -> Move:
    """A sticker or a photo, where an answer in words was wanted."""
    return await _show_question(context, await edited(context), Rule(editing(context).rule))


async def _ask(context: ParkContext, rule: Rule) -> Move:
    return await _show_question(context, await _own(context), rule)


async def _show_question(context: ParkContext, space: Space, rule: Rule) -> Move:
    if rule is Rule.TAGS:
        context.show(view.tags(context.words, space, context.version))
        return END
    context.draft = Editing(space.id, rule)
    context.show(view.ask(context.words, space, rule, context.version))
    return Step.RULE


async def _answered(context: ParkContext, space: Space, rule: Rule, answer: str) -> Move:
    edit = _read(context, rule, answer, space)
    price = _price_in(edit, rule)
    if price is not None and absurd(_an_hour(price, rule)):
        context.draft = Editing(space.id, rule)
        context.show(view.sure_of_price(context.words, space, rule, price, context.version))
        return Step.RULE
    return await _decided(context, space, rule, answer, edit)


async def _decided(context: ParkContext, space: Space, rule: Rule, answer: str, edit: Edit) -> Move:
    """Save it, or first show the bookings that keep what they were promised."""
    changed = edit.of(space)
    person = context.person.id
    ahead = await context.services.bookings.ahead_of_space(person, space.id)
    if not edit.promises or not ahead or changed == space:
        return await _saved(context, space, rule, edit)
    context.draft = Editing(space.id, rule, answer)
    context.show(
        view.before_saving(context.words, space, changed, rule, ahead, context.now, context.version)
    )
    return Step.RULE


async def _saved(context: ParkContext, space: Space, rule: Rule, edit: Edit) -> End:
    space = await context.services.spaces.edit(context.person.id, space.id, edit)
    if rule is Rule.TAGS:
        context.show(view.tags(context.words, space, context.version))
        return END
    if group := group_of(rule):
        context.show(view.group(context.words, space, group, context.version))
        return END
    return await _show_menu(context, space)


async def _show_menu(context: ParkContext, space: Space) -> End:
    context.show(view.edit(context.words, space, context.version))
    return END


async def _own(context: ParkContext) -> Space:
    return await context.services.spaces.own(context.person.id, pressed_space(context))


def _typed(context: ParkContext, space: Space, rule: Rule) -> str:
    """What was typed; the answer of a button that is labelled like that."""
    labelled = {label.casefold(): it for label, it in answers(context.words, space, rule)}
    return labelled.get(context.text.strip().casefold(), context.text)


def _read(context: ParkContext, rule: Rule, answer: str, space: Space) -> Edit:
    """What an answer, typed or tapped, changes. Raises Invalid."""
    return _READERS[rule](answer, space, context.words.language)


def _hours(answer: str, _: Space, language: str) -> Edit:
    return Edit(openings=read_openings(answer, language))


def _price(rule: Rule) -> _Reader:
    def read(answer: str, space: Space, language: str) -> Edit:
        currency = space.tariff.hour.currency
        if rule is not Rule.HOUR and answer.strip().lower() == NONE:
            return _priced(space, rule, None)
        confirmed = answer.removeprefix("=")
        minor = int(confirmed) if confirmed != answer else read_price(answer, currency, language)
        return _priced(space, rule, Money(minor, currency))

    return read


def _priced(space: Space, rule: Rule, price: Money | None) -> Edit:
    prices: dict[str, Any] = {rule.value: price}
    return Edit(tariff=replace(space.tariff, **prices))


def _length(field: str) -> _Reader:
    return lambda answer, space, language: Edit(
        rules=replace(space.rules, **{field: read_length(answer, language)})
    )


def _size(field: str) -> _Reader:
    return lambda answer, space, language: Edit(
        limits=replace(space.limits, **{field: read_size(answer, language)})
    )


def _tag(answer: str, space: Space, _: str) -> Edit:
    sign, name = answer[:1], answer[1:]
    if name not in tuple(Tag):
        raise Invalid("tags", "not understood", answer)
    tag = frozenset({Tag(name)})
    return Edit(tags=space.tags | tag if sign == "+" else space.tags - tag)


def _yes(answer: str) -> bool:
    said = answer.strip().lower()
    if said not in (YES, NO):
        raise Invalid("answer", "not understood", answer[:40])
    return said == YES


def _approval(answer: str, _: Space, __: str) -> Edit:
    said = answer.strip().lower()
    if said not in tuple(Approval):
        raise Invalid("approval", "not understood", answer[:40])
    return Edit(approval=Approval(said))


def _policy(answer: str, _: Space, __: str) -> Edit:
    said = answer.strip().lower()
    if said not in tuple(Policy):
        raise Invalid("policy", "not understood", answer[:40])
    return Edit(policy=Policy(said))


def _text(answer: str) -> str:
    return "" if answer.strip().lower() == NONE else answer


_READERS: Mapping[Rule, _Reader] = {
    Rule.TITLE: lambda answer, *_: Edit(title=answer),
    Rule.DESCRIPTION: lambda answer, *_: Edit(description=_text(answer)),
    Rule.NOTES: lambda answer, *_: Edit(notes=_text(answer)),
    Rule.HOURS: _hours,
    **{rule: _price(rule) for rule in MONEY},
    Rule.MIN: _length("min_stay"),
    Rule.MAX: _length("max_stay"),
    Rule.NOTICE: _length("notice"),
    Rule.HORIZON: _length("horizon"),
    Rule.BUFFER: _length("buffer"),
    Rule.HEIGHT: _size("height"),
    Rule.LENGTH: _size("length"),
    Rule.PLATE: lambda answer, *_: Edit(plate_needed=_yes(answer)),
    Rule.APPROVAL: _approval,
    Rule.POLICY: _policy,
    Rule.TAGS: _tag,
    Rule.EXACT: lambda answer, *_: Edit(shows_place=_yes(answer)),
}


def _price_in(edit: Edit, rule: Rule) -> Money | None:
    if edit.tariff is None or rule not in MONEY:
        return None
    price: Money | None = getattr(edit.tariff, rule.value)
    return price


_HOURS = {Rule.HOUR: 1, Rule.DAY: 24, Rule.WEEK: 7 * 24, Rule.MONTH: 30 * 24}


def _an_hour(price: Money, rule: Rule) -> Money:
    """What an hour would cost at that price, to tell a slip of the finger from a price."""
    return Money(price.minor // _HOURS[rule], price.currency)
