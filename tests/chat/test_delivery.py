"""What becomes of a screen, and of each way in which Telegram can fail to take it."""

from datetime import timedelta

import aiohttp
import pytest
from telegram.error import NetworkError, RetryAfter, TimedOut

from chat.answer import Answer, Target
from chat.bot import Bot
from chat.courier import Courier, Fate
from chat.screen import Button, Document, Key, Keyboard, Photo, Screen, Venue, Where
from tests.chat.shop import FREELY
from tests.telegram import Clock, FakeTelegram, Refusal, bad_request

SAVE = ((Button("Save", "save::1"),),)
CAT = Photo(file_id="cat")


@pytest.fixture
async def courier(bot: Bot, clock: Clock) -> Courier:
    async def read_photo(key: str) -> bytes:
        return f"bytes of {key}".encode()

    return Courier(bot, read_photo, FREELY, clock, timedelta(seconds=5))


@pytest.mark.parametrize(
    ("screen", "seen"),
    [
        (Screen("Hi"), ["Hi"]),
        (Screen("Hi", SAVE), ["Hi\n[Save | save]"]),
        (Screen("Hi", photos=(CAT,), rows=SAVE), ["<photo>\nHi\n[Save | save]"]),
        (Screen(photos=(CAT,)), ["<photo>"]),
        (Screen("x" * 1025, photos=(CAT,), rows=SAVE), ["<photo>", f"{'x' * 1025}\n[Save | save]"]),
        (Screen("&amp;" * 1024, photos=(CAT,)), [f"<photo>\n{'&amp;' * 1024}"]),
        (Screen("Hi", photos=(CAT, CAT, CAT), rows=SAVE), ["<3 photos>", "Hi\n[Save | save]"]),
        (Screen("Hi", photos=(CAT,) * 12), ["<10 photos>", "Hi"]),
        (
            Screen("Hi", venue=Venue(60, 25, "Yard", "Road 4"), rows=SAVE),
            ["<venue Yard, Road 4>", "Hi\n[Save | save]"],
        ),
        (
            Screen("Hi", document=Document("a.ics", "aGVsbG8=", "text/calendar"), rows=SAVE),
            ["<document>\nHi\n[Save | save]"],
        ),
        (
            Screen("Hi", keyboard=Keyboard(((Key("Find", asks_location=True), Key("Help")),))),
            ["Hi\n(Find) (Help)"],
        ),
        (Screen(toast="Saved"), []),
    ],
    ids=[
        "text",
        "text with buttons",
        "picture with caption",
        "picture alone",
        "picture with a text too long for a caption",
        "a caption is measured as it is read",
        "album, then its text",
        "album of more than ten",
        "venue, then its text",
        "document with caption",
        "menu keyboard",
        "a toast that nothing can show",
    ],
)
async def test_a_screen_becomes_messages(
    courier: Courier, telegram: FakeTelegram, screen: Screen, seen: list[str]
) -> None:
    outcome = await courier.deliver(7, [screen])
    assert outcome.fate is Fate.SENT
    assert telegram.unread[7] == seen


@pytest.mark.parametrize(
    ("before", "after", "seen"),
    [
        (Screen("Old", SAVE), Screen("New", SAVE), "~ New\n[Save | save]"),
        (Screen("Old", SAVE), Screen("Old", SAVE), None),
        (Screen("Old"), Screen("New", photos=(CAT,)), "~ <photo>\nNew"),
        (Screen("Old", photos=(CAT,)), Screen("New"), "~ <photo>\nNew"),
        (Screen("Old", photos=(CAT,)), Screen("New", photos=(CAT,)), "~ <photo>\nNew"),
        (Screen("Old", photos=(CAT,)), Screen("x" * 1025), "x" * 1025),
        (Screen("Old"), Screen("New", photos=(CAT, CAT)), "<2 photos>\n\nNew"),
        (Screen("Old"), Screen("New", keyboard=Keyboard(((Key("A"),),))), "New\n(A)"),
        (Screen("Old"), Screen("New", where=Where.ANEW), "New"),
    ],
    ids=[
        "text",
        "nothing new, nothing said",
        "text to picture",
        "picture keeps its picture",
        "picture to picture",
        "caption too long, sent anew",
        "album, sent anew",
        "menu keyboard, sent anew",
        "asked to be sent anew",
    ],
)
async def test_a_pressed_card_is_edited_or_sent_anew(
    courier: Courier, telegram: FakeTelegram, before: Screen, after: Screen, seen: str | None
) -> None:
    [shown] = (await courier.deliver(7, [before])).shown
    telegram.unread.clear()
    outcome = await courier.deliver(7, [after], here=Target(shown.message, shown.media))
    assert outcome.fate is Fate.SENT
    assert "\n\n".join(telegram.unread[7]) == (seen or "")


@pytest.mark.parametrize(
    "reason",
    [
        "message to edit not found",
        "message can't be edited",
        "there is no text in the message to edit",
        "MESSAGE_ID_INVALID",
    ],
)
async def test_a_card_that_cannot_be_edited_is_sent_anew(
    courier: Courier, telegram: FakeTelegram, reason: str
) -> None:
    telegram.fail("editMessageText", bad_request(reason))
    outcome = await courier.deliver(
        7, [Screen("New", card="find", where=Where.CARD)], cards={"find": Target(99)}
    )
    assert telegram.unread[7] == ["New"]
    [shown] = outcome.shown
    assert (shown.card, shown.message) == ("find", 1)


@pytest.mark.parametrize(
    ("error", "fate", "seconds"),
    [
        (RetryAfter(timedelta(seconds=30)), Fate.RETRY, 30),
        (Refusal(429, "Too Many Requests: retry after 3", retry_after=3), Fate.RETRY, 3),
        (Refusal(403, "Forbidden: bot was blocked by the user"), Fate.UNREACHABLE, None),
        (bad_request("can't parse entities"), Fate.REFUSED, None),
        (Refusal(400, "Bad Request: chat not found"), Fate.REFUSED, None),
        (Refusal(401, "Unauthorized"), Fate.RETRY, 5),
        (Refusal(502, "Bad Gateway"), Fate.UNKNOWN, 5),
        (Refusal(500, "Internal Server Error"), Fate.UNKNOWN, 5),
    ],
    ids=lambda value: str(value) if isinstance(value, Exception) else None,
)
async def test_what_telegram_says_decides_what_happens_next(
    courier: Courier,
    telegram: FakeTelegram,
    clock: Clock,
    error: Exception,
    fate: Fate,
    seconds: float | None,
) -> None:
    telegram.fail("sendMessage", error)
    outcome = await courier.deliver(7, [Screen("Hi")])
    assert outcome.fate is fate
    expected = None if seconds is None else clock.now + timedelta(seconds=seconds)
    assert outcome.retry_at == expected


def broken(error: NetworkError, cause: Exception) -> NetworkError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (broken(NetworkError("down"), aiohttp.ClientConnectorError(None, OSError())), Fate.RETRY),
        (broken(TimedOut(), aiohttp.ConnectionTimeoutError()), Fate.RETRY),
        (broken(TimedOut(), aiohttp.SocketTimeoutError()), Fate.UNKNOWN),
        (broken(NetworkError("cut"), aiohttp.ServerDisconnectedError()), Fate.UNKNOWN),
        (NetworkError("something else"), Fate.UNKNOWN),
    ],
    ids=["no connection", "no connection in time", "no answer in time", "cut off", "unclear"],
)
async def test_a_broken_line_is_judged_by_where_it_broke(
    courier: Courier, telegram: FakeTelegram, error: Exception, fate: Fate
) -> None:
    telegram.fail("sendMessage", error)
    assert (await courier.deliver(7, [Screen("Hi")])).fate is fate


async def test_a_failure_half_way_tells_what_is_left_to_send(
    courier: Courier, telegram: FakeTelegram
) -> None:
    await courier.deliver(7, [Screen("Zero")])
    telegram.fail("sendVenue", Refusal(500, "Internal Server Error"))
    screens = [Screen("One", card="one"), Screen(venue=Venue(0, 0, "a", "b")), Screen("Three")]
    outcome = await courier.deliver(7, screens)
    assert (outcome.fate, outcome.done) == (Fate.UNKNOWN, 1)
    assert [shown.card for shown in outcome.shown] == ["one"]


async def test_a_group_that_moved_is_followed(courier: Courier, telegram: FakeTelegram) -> None:
    moved = Refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1007)
    telegram.fail("sendMessage", moved)
    assert (await courier.deliver(-7, [Screen("Hi")])).fate is Fate.SENT
    await courier.deliver(-7, [Screen("Again")])
    assert telegram.unread[-1007] == ["Hi", "Again"]


@pytest.mark.parametrize(
    ("screens", "toast"),
    [([], None), ([Screen("Hi")], None), ([Screen(toast="t" * 300)], "t" * 200)],
    ids=["nothing to show", "a card", "a toast too long"],
)
async def test_a_press_is_always_answered(
    courier: Courier, telegram: FakeTelegram, screens: list[Screen], toast: str | None
) -> None:
    telegram.spinning["press"] = 7
    assert (await courier.deliver(7, screens, "press")).fate is Fate.SENT
    assert telegram.spinning == {}
    assert telegram.called("answerCallbackQuery")[0].get("text") == toast


async def test_a_press_is_answered_before_its_card_gets_its_turn(
    courier: Courier, telegram: FakeTelegram
) -> None:
    telegram.spinning["press"] = 7
    await courier.deliver(7, [Screen("Hi", toast="Saved")], "press")
    assert sorted(telegram.unread[7]) == ["Hi", "toast: Saved"]


@pytest.mark.parametrize(
    "error",
    [bad_request("query is too old"), Refusal(500, "Internal"), Refusal(401, "Unauthorized")],
    ids=str,
)
async def test_a_press_that_cannot_be_answered_does_not_keep_its_card(
    courier: Courier, telegram: FakeTelegram, error: Exception
) -> None:
    telegram.fail("answerCallbackQuery", error, error)
    assert (await courier.deliver(7, [Screen("Hi")], "press")).fate is Fate.SENT
    assert telegram.unread[7] == ["Hi"]


async def test_a_photo_of_our_own_is_uploaded(courier: Courier, telegram: FakeTelegram) -> None:
    await courier.deliver(7, [Screen("Hi", photos=(Photo(key="k1"),))])
    assert telegram.called("sendPhoto")


PAIR = (Photo(key="k1"), Photo(key="k2"))


@pytest.mark.parametrize(
    "screen",
    [Screen("Hi", photos=PAIR[:1]), Screen(photos=PAIR)],
    ids=["one", "an album"],
)
async def test_what_telegram_has_already_is_not_uploaded_again(
    courier: Courier, telegram: FakeTelegram, screen: Screen
) -> None:
    for _ in range(2):
        assert (await courier.deliver(7, [screen])).fate is Fate.SENT
    await courier.deliver(7, [Screen("Ho", photos=screen.photos[-1:])])

    assert telegram.uploads == [f"bytes of {photo.key}".encode() for photo in screen.photos]


async def test_what_telegram_has_no_more_is_uploaded_the_next_time(
    courier: Courier, telegram: FakeTelegram
) -> None:
    screen = Screen("Hi", photos=PAIR[:1])
    await courier.deliver(7, [screen])
    telegram.fail("sendPhoto", bad_request("wrong file identifier"))

    assert (await courier.deliver(7, [screen])).fate is Fate.REFUSED
    assert (await courier.deliver(7, [screen])).fate is Fate.SENT
    assert telegram.uploads == [b"bytes of k1"] * 2


async def test_a_picture_that_is_gone_is_given_up_alone(
    bot: Bot, clock: Clock, telegram: FakeTelegram
) -> None:
    async def read_photo(key: str) -> bytes:
        raise FileNotFoundError(key)

    courier = Courier(bot, read_photo, FREELY, clock)
    telegram.spinning["press"] = 7
    screens = [Screen("One"), Screen("Two", photos=(Photo(key="gone"),))]
    outcome = await courier.deliver(7, screens, "press")
    assert (outcome.fate, outcome.done, telegram.unread[7]) == (Fate.REFUSED, 1, ["One"])
    assert telegram.spinning == {}


async def test_a_notice_at_night_makes_no_sound(courier: Courier, telegram: FakeTelegram) -> None:
    await courier.deliver(7, [Screen("Hi", silent=True)])
    assert telegram.messages[7, 1].silent


def test_an_answer_survives_its_journey_through_the_inbox() -> None:
    answer = Answer(
        7,
        (
            Screen("a", SAVE, card="c", where=Where.CARD, toast="t", silent=True),
            Screen(keyboard=Keyboard(((Key("K", asks_location=True),),), "hint")),
            Screen(photos=(CAT,), venue=Venue(1, 2, "t", "a"), document=Document("n", "", "m")),
            Screen("b", ((Button("u", url="https://x"), Button("s", switch_inline="")),)),
            Screen("c", ((Button("m", web_app="https://x/map"),),), picture=Photo(key="drawn:k")),
        ),
        "press",
        Target(5, media=True),
        {"c": Target(6)},
    )
    assert Answer.from_json(answer.to_json()) == answer
