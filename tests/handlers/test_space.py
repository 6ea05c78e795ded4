"""The card of one space, and the way from it into a booking."""

from datetime import timedelta

import pytest

from market.domain.ids import PersonId, PhotoId, SpaceId, written
from market.domain.money import Money
from market.domain.place import Offset, shifted
from market.domain.refund import Policy
from market.domain.schedule import Opening, Schedule
from market.domain.space import Limits, Rules, SpaceState
from market.domain.tariff import Tariff
from market.ports.photos import StoredPhoto
from storage.database import Store
from tests.examples import LISTER, NOON, euros, window
from tests.handlers.town import BAKERY, DRIVEWAY, GARAGE, HERE, Town, link
from tests.telegram import Chat, FakeTelegram


async def opened(chat: Chat, label: str = "1", time: str = "") -> str:
    await chat.send_location(*HERE)
    if time:
        await chat.say(time)
    return await chat.press(label)


async def test_the_card_says_what_a_stay_costs_and_what_it_takes_to_cancel(
    chat: Chat, town: Town
) -> None:
    await town.change(BAKERY, limits=Limits(height=190, length=520), description="Flat & wide.")
    assert await opened(chat, time="15-17") == (
        "~ <b>⁨Courtyard behind the bakery⁩</b>  ★ 4.8 (31)\n"
        "Today 15:00–17:00\n"
        "2 h × €2.50 = <b>€5.00</b>\n\n"
        "Covered · up to 1.9 m high · up to 5.2 m long\n"
        "⁨Flat &amp; wide.⁩\n\n"
        "About 240 m, 4 min on foot. The exact place and the way in come with the booking.\n"
        "Free to cancel for ten minutes after booking, then half is owed until the start.\n"
        "[Book · €5.00 | p.book]\n"
        "[Change time | t.change] [Reviews 31 | r.list]\n"
        "[Route | p.route] [♡ | v.love] [Share]\n"
        "[Report | x.space] [Back | f.all]"
    )


async def test_what_only_the_renter_may_know_is_not_on_the_card(chat: Chat, town: Town) -> None:
    card = await opened(chat)
    assert "Bakery Street" not in card
    assert "4711" not in card


async def test_feet_and_inches_where_people_measure_so(chat: Chat, town: Town) -> None:
    await town.change(BAKERY, country="US", limits=Limits(height=190))
    assert "up to 6′2″ high" in await opened(chat)


@pytest.mark.parametrize(
    ("policy", "time", "sentence"),
    [
        (Policy.FLEXIBLE, "18-20", "Free to cancel until 17:00"),
        (Policy.FLEXIBLE, "14:30 1h", "Free to cancel for ten minutes after booking"),
        (
            Policy.MODERATE,
            "fri 18:00 2h",
            "Free to cancel until Thu 6 Jun 18:00, then half is owed until the start",
        ),
        (
            Policy.MODERATE,
            "tomorrow 18:00 2h",
            "Free to cancel until today 18:00, then half is owed until the start",
        ),
        (Policy.MODERATE, "2h", "Once booked, it has to be paid"),
        (
            Policy.STRICT,
            "fri 18:00 2h",
            "Free to cancel for ten minutes after booking, then half is owed until Thu 6 Jun 18:00",
        ),
        (
            Policy.STRICT,
            "20 june 18:00 2h",
            "Free to cancel until Thu 13 Jun 18:00, then half is owed until Wed 19 Jun 18:00",
        ),
    ],
)
async def test_the_refund_steps_in_a_sentence(
    chat: Chat, town: Town, policy: Policy, time: str, sentence: str
) -> None:
    await town.change(BAKERY, policy=policy)
    assert f"\n{sentence}.\n" in await opened(chat, time=time)


async def test_a_longer_stay_is_priced_by_the_caps(chat: Chat, town: Town) -> None:
    await town.change(BAKERY, tariff=Tariff(euros(250), day=euros(1500)))
    card = await opened(chat, time="25h")
    assert "1 day × €15.00 + 1 h × €2.50 = <b>€17.50</b>" in card


async def test_yen_have_no_decimals(chat: Chat, town: Town) -> None:
    await town.change(BAKERY, tariff=Tariff(Money(400, "JPY")))
    assert "[Book · JP¥800 | p.book]" in await opened(chat)


async def test_back_leads_to_the_results_as_they_were(chat: Chat, town: Town) -> None:
    await opened(chat, time="tomorrow 9-17")
    assert (await chat.press("Back")).startswith("~ Free nearby · <b>tomorrow 09:00–17:00</b>")


async def test_another_time_stays_on_the_space(chat: Chat, town: Town) -> None:
    await opened(chat)
    panel = await chat.press("Change time")
    assert "Which time instead?" in panel
    assert "[2 h · | t.chip]" in panel
    assert "Today 18:00–23:00" in await chat.press("Tonight")
    assert "Tomorrow 09:00–17:00" in await chat.say("tomorrow 9-17")
    await chat.press("Change time")
    await chat.press("Pick...")
    await chat.press("6")
    await chat.press("08:00")
    assert "Thu 6 Jun 08:00–11:00" in await chat.press("11:00")
    await chat.press("Change time")
    assert "Thu 6 Jun 08:00–11:00" in await chat.press("Back")


async def test_the_route_before_booking_leads_to_the_public_point(
    chat: Chat, town: Town, telegram: FakeTelegram
) -> None:
    space = await town.change(BAKERY, offset=Offset(90.0, 60.0))
    await opened(chat)
    await chat.press("Route")
    (venue,) = telegram.called("sendVenue")
    public = shifted(space.place, space.offset)
    assert (venue["latitude"], venue["longitude"]) == (public.lat, public.lng)
    assert venue["address"] == "The exact place comes with the booking"


async def test_share_is_an_inline_query_for_the_space(chat: Chat, town: Town) -> None:
    await opened(chat)
    button = chat.card("Share").button("Share")
    assert button["switch_inline_query"] == f"space {written(BAKERY)}"


async def with_photos(town: Town, store: Store, count: int, *, entrance: bool = False) -> None:
    ids = tuple(PhotoId(500 + n) for n in range(count))
    async with store.begin() as work:
        for photo in ids:
            await work.photos.add(StoredPhoto(photo, LISTER, NOON, f"file-{photo}", f"u{photo}"))
        await work.photos.attach(BAKERY, ids, entrance=entrance)


async def test_photos_come_as_an_album_below_the_card(chat: Chat, town: Town, store: Store) -> None:
    await with_photos(town, store, 3)
    assert "[Change time | t.change] [Photos 3 | p.photos] [Reviews 31 | r.list]" in await opened(
        chat
    )
    assert await chat.press("Photos 3") == "<3 photos>"
    # The card is above the album now, where an edit would go unseen.
    assert (await chat.say("3h")).startswith("<b>⁨Courtyard")


async def test_a_shared_link_opens_the_very_space(chat: Chat, town: Town) -> None:
    card = await chat.say(link(GARAGE))
    assert card.startswith("<b>⁨Garage B, bay 12⁩</b>")
    assert " m, " not in card
    assert "[Book · €6.00 | p.book]" in card
    assert "Garage B" in await chat.press("Back")


@pytest.mark.parametrize("payload", ["space_zzzzzzzzzz", "space_", "space_7"])
async def test_a_link_to_nothing_says_so(chat: Chat, town: Town, payload: str) -> None:
    assert "not offered any more" in await chat.say(f"/start {payload}")


async def test_a_space_that_is_gone_gives_way_to_the_others(chat: Chat, town: Town) -> None:
    await chat.send_location(*HERE)
    await town.change(BAKERY, state=SpaceState.DELETED)
    card = await chat.press("1")
    assert card.startswith("~ That space is not offered any more. These are:\n\nFree nearby")
    assert "Courtyard" not in card


async def test_a_space_taken_meanwhile_names_the_nearest_other_one(chat: Chat, town: Town) -> None:
    await chat.send_location(*HERE)
    await town.book(BAKERY, window(0, 2))
    assert await chat.press("1") == (
        "~ <b>⁨Courtyard behind the bakery⁩</b>\n"
        "Today 14:00–16:00\n"
        "Taken a moment ago.\n\n"
        "Here it would do: today 16:00–18:00, €5.00\n"
        "Free instead: <b>⁨Garage B, bay 12⁩</b>, €6.00, 310 m\n"
        "[Book · €6.00 | p.book]\n"
        "[Here today 16:00 | t.stay]\n"
        "[See all | f.all] [Change time | t.change] [Tell me | f.tell]"
    )
    assert "<b>Booked.</b> ⁨Garage B, bay 12⁩" in await chat.press("Book")


async def test_an_alternative_that_is_taken_too_is_passed_over(chat: Chat, town: Town) -> None:
    await chat.send_location(*HERE)
    await town.book(BAKERY, window(0, 2))
    await town.book(GARAGE, window(0, 2))
    assert "Free instead: <b>⁨Driveway" in await chat.press("1")
    await town.book(DRIVEWAY, window(0, 2))
    await chat.press("See all")
    card = await chat.press("1")
    assert "instead" not in card
    assert "[Book" not in card
    assert (await chat.press("Change time")).startswith("~ <b>⁨Courtyard")


REASONS = {
    "too short": ({"rules": Rules(min_stay=timedelta(hours=3))}, "Stays there last 3 h or more."),
    "too long": ({"rules": Rules(max_stay=timedelta(hours=1))}, "Stays there last 1 h at most."),
    "too soon": ({"rules": Rules(notice=timedelta(hours=12))}, "It has to be booked 12 h ahead."),
    "closed": (
        {"schedule": Schedule((Opening(0, 0, 600),))},
        "It is closed for some of that time.",
    ),
    "paused": ({"state": SpaceState.PAUSED}, "It takes no bookings at present."),
    "own": ({"lister": PersonId(2)}, "This is your own space."),
}


@pytest.mark.parametrize(("changes", "reason"), REASONS.values(), ids=REASONS)
async def test_every_refusal_names_its_reason_and_the_nearest_alternative(
    chat: Chat, town: Town, changes: dict[str, object], reason: str
) -> None:
    renter = chat.of(1002)
    await renter.send_location(*HERE)
    if "lister" in changes:
        await renter.say(link(BAKERY))
        await town.add_own(PersonId(2), SpaceId(70))
        card = await renter.say(link(SpaceId(70)))
    else:
        await town.change(BAKERY, **changes)
        card = await renter.press("1")
    assert f"\n{reason}\n" in card
    assert "Free instead: " in card


async def test_a_number_is_typed_instead_of_tapped(chat: Chat, town: Town) -> None:
    await chat.send_location(*HERE)
    assert "Garage B, bay 12" in await chat.say("2")
    await chat.press("Back")
    assert "cannot make a time of" in await chat.say("4")
