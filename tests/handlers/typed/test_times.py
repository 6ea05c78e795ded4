from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.typed.times import FARTHEST, LONGEST, read_window
from market.domain.errors import Invalid
from market.domain.search import default_window
from market.domain.window import Window
from tests.strategies import ZONES, instants

HELSINKI = ZoneInfo("Europe/Helsinki")
BERLIN = ZoneInfo("Europe/Berlin")


def at(wall: str, zone: ZoneInfo = HELSINKI) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=zone).astimezone(UTC)


WEDNESDAY = "2030-06-05"
ELEVEN, EIGHTEEN, HALF_PAST_ONE = (
    at(f"{WEDNESDAY} 11:05"),
    at(f"{WEDNESDAY} 18:00"),
    at(f"{WEDNESDAY} 01:30"),
)


def span(start: str, end: str) -> tuple[str, str]:
    """Days of June 2030 and times, as in "05 11:15"."""
    return f"2030-06-{start}", f"2030-06-{end}"


READ = {
    # spans
    "9-17": (ELEVEN, span("05 11:15", "05 17:00")),
    "9–17": (ELEVEN, span("05 11:15", "05 17:00")),
    "from 9 to 17": (ELEVEN, span("05 11:15", "05 17:00")),
    "between 9 and 17": (ELEVEN, span("05 11:15", "05 17:00")),
    "12-14": (ELEVEN, span("05 12:00", "05 14:00")),
    "12.30-14.15": (ELEVEN, span("05 12:30", "05 14:15")),
    "12:30 - 14:15": (ELEVEN, span("05 12:30", "05 14:15")),
    "1300-1530": (ELEVEN, span("05 13:00", "05 15:30")),
    "9am-5pm": (ELEVEN, span("05 11:15", "05 17:00")),
    "9 AM to 5 PM": (ELEVEN, span("05 11:15", "05 17:00")),
    "9-5pm": (ELEVEN, span("05 11:15", "05 17:00")),
    "2-5pm": (ELEVEN, span("05 14:00", "05 17:00")),
    "2 p.m. - 5 p.m.": (ELEVEN, span("05 14:00", "05 17:00")),
    "9-5am": (ELEVEN, span("05 21:00", "06 05:00")),
    "noon-3pm": (ELEVEN, span("05 12:00", "05 15:00")),
    "18-24": (ELEVEN, span("05 18:00", "06 00:00")),
    "18-midnight": (ELEVEN, span("05 18:00", "06 00:00")),
    "18-2": (ELEVEN, span("05 18:00", "06 02:00")),
    "22:30-06:00": (ELEVEN, span("05 22:30", "06 06:00")),
    "10pm-2am": (ELEVEN, span("05 22:00", "06 02:00")),
    "06:00-08:00": (ELEVEN, span("06 06:00", "06 08:00")),
    # the same in the evening, and in the night
    "9-17 ": (EIGHTEEN, span("06 09:00", "06 17:00")),
    "9am-5pm ": (EIGHTEEN, span("06 09:00", "06 17:00")),
    "18-2 ": (HALF_PAST_ONE, span("05 18:00", "06 02:00")),
    "2-4": (HALF_PAST_ONE, span("05 02:00", "05 04:00")),
    # dates
    "today 12-14": (ELEVEN, span("05 12:00", "05 14:00")),
    "tomorrow 9-17": (ELEVEN, span("06 09:00", "06 17:00")),
    "9-17 tomorrow": (ELEVEN, span("06 09:00", "06 17:00")),
    "tomorrow, 9-17": (ELEVEN, span("06 09:00", "06 17:00")),
    "tomorrow 2-4": (ELEVEN, span("06 02:00", "06 04:00")),
    "day after tomorrow 9-12": (ELEVEN, span("07 09:00", "07 12:00")),
    "fri 9-17": (ELEVEN, span("07 09:00", "07 17:00")),
    "on Friday from 9 to 17": (ELEVEN, span("07 09:00", "07 17:00")),
    "weds 12-14": (ELEVEN, span("05 12:00", "05 14:00")),
    "wed 9-17": (EIGHTEEN, span("12 09:00", "12 17:00")),
    "12 june 9-17": (ELEVEN, span("12 09:00", "12 17:00")),
    "june 12th 9-17": (ELEVEN, span("12 09:00", "12 17:00")),
    "the 12th of june 9-17": (ELEVEN, span("12 09:00", "12 17:00")),
    "wed 12 june 9-17": (ELEVEN, span("12 09:00", "12 17:00")),
    "12 june 2030, 9-17": (ELEVEN, span("12 09:00", "12 17:00")),
    "12.6. 9-17": (ELEVEN, span("12 09:00", "12 17:00")),
    "12.6.2030 9-17": (ELEVEN, span("12 09:00", "12 17:00")),
    "12.06. 9-17": (ELEVEN, span("12 09:00", "12 17:00")),
    "6.7. 9-17": (ELEVEN, ("2030-07-06 09:00", "2030-07-06 17:00")),
    "5.12. 9-17": (ELEVEN, ("2030-12-05 09:00", "2030-12-05 17:00")),
    "05.10.2030 9-17": (ELEVEN, ("2030-10-05 09:00", "2030-10-05 17:00")),
    "07.06. 9-17": (ELEVEN, span("07 09:00", "07 17:00")),
    "2030-06-12 9-17": (ELEVEN, span("12 09:00", "12 17:00")),
    "5 june 12-14": (ELEVEN, span("05 12:00", "05 14:00")),
    "tomorrow": (ELEVEN, span("06 11:15", "06 13:15")),
    "fri": (ELEVEN, span("07 11:15", "07 13:15")),
    # starts, lengths, ends
    "fri 18:00 3h": (ELEVEN, span("07 18:00", "07 21:00")),
    "3h fri 18:00": (ELEVEN, span("07 18:00", "07 21:00")),
    "fri 18 3h": (ELEVEN, span("07 18:00", "07 21:00")),
    "14 for 2 hours": (ELEVEN, span("05 14:00", "05 16:00")),
    "2 hours from 14": (ELEVEN, span("05 14:00", "05 16:00")),
    "14:00": (ELEVEN, span("05 14:00", "05 16:00")),
    "noon": (ELEVEN, span("05 12:00", "05 14:00")),
    "2:30 pm": (ELEVEN, span("05 14:30", "05 16:30")),
    "2.30pm": (ELEVEN, span("05 14:30", "05 16:30")),
    "at 15": (ELEVEN, span("05 15:00", "05 17:00")),
    "@15": (ELEVEN, span("05 15:00", "05 17:00")),
    "18 o'clock": (ELEVEN, span("05 18:00", "05 20:00")),
    "12h-17h": (ELEVEN, span("05 12:00", "05 17:00")),
    "till 18h": (ELEVEN, span("05 11:15", "05 18:00")),
    "11:00 1h": (ELEVEN, span("05 11:15", "05 12:15")),
    "3h": (ELEVEN, span("05 11:15", "05 14:15")),
    "1h30": (ELEVEN, span("05 11:15", "05 12:45")),
    "1 h 30 min": (ELEVEN, span("05 11:15", "05 12:45")),
    "1.5h": (ELEVEN, span("05 11:15", "05 12:45")),
    "1,5 hours": (ELEVEN, span("05 11:15", "05 12:45")),
    "90 min": (ELEVEN, span("05 11:15", "05 12:45")),
    "half an hour": (ELEVEN, span("05 11:15", "05 11:45")),
    "an hour": (ELEVEN, span("05 11:15", "05 12:15")),
    "two hours": (ELEVEN, span("05 11:15", "05 13:15")),
    "one day": (ELEVEN, span("05 11:15", "06 11:15")),
    "2 days": (ELEVEN, span("05 11:15", "07 11:15")),
    "all day": (ELEVEN, span("05 11:15", "06 00:00")),
    "all day tomorrow": (ELEVEN, span("06 00:00", "07 00:00")),
    "friday, the whole day": (ELEVEN, span("07 00:00", "08 00:00")),
    "a week": (ELEVEN, span("05 11:15", "12 11:15")),
    "fri 2 days": (ELEVEN, span("07 11:15", "09 11:15")),
    "till 18": (ELEVEN, span("05 11:15", "05 18:00")),
    "until noon": (ELEVEN, span("05 11:15", "05 12:00")),
    "till 02:00": (EIGHTEEN, span("05 18:00", "06 02:00")),
    "tomorrow till 18": (ELEVEN, span("06 11:15", "06 18:00")),
    "now": (ELEVEN, span("05 11:15", "05 13:15")),
    "now till 18": (ELEVEN, span("05 11:15", "05 18:00")),
    "now 3h": (ELEVEN, span("05 11:15", "05 14:15")),
    "tonight": (ELEVEN, span("05 18:00", "05 23:00")),
    "tonight ": (at(f"{WEDNESDAY} 20:10"), span("05 20:15", "05 23:00")),
    "tonight 3h": (ELEVEN, span("05 18:00", "05 21:00")),
    "tonight 20-23": (ELEVEN, span("05 20:00", "05 23:00")),
    "tonight 8-11": (ELEVEN, span("05 20:00", "05 23:00")),
    "tonight 8-11 ": (HALF_PAST_ONE, span("05 20:00", "05 23:00")),
    "tonight 11-2": (ELEVEN, span("05 23:00", "06 02:00")),
    # from now on
    "in 2 hours": (ELEVEN, span("05 13:15", "05 15:15")),
    "in half an hour for 3h": (ELEVEN, span("05 11:45", "05 14:45")),
    "in 2 days": (ELEVEN, span("07 11:15", "07 13:15")),
    "in 2 days 9-17": (ELEVEN, span("07 09:00", "07 17:00")),
    # a weekday that is only one, on a Wednesday
    "next monday 9-17": (ELEVEN, span("10 09:00", "10 17:00")),
    "next wednesday 9-17": (ELEVEN, span("12 09:00", "12 17:00")),
    "this friday 9-17": (ELEVEN, span("07 09:00", "07 17:00")),
    # parts of a day
    "tomorrow morning": (ELEVEN, span("06 08:00", "06 12:00")),
    "tomorrow morning at 9": (ELEVEN, span("06 09:00", "06 11:00")),
    "tomorrow morning 9-1": (ELEVEN, span("06 09:00", "06 13:00")),
    "this afternoon": (ELEVEN, span("05 12:00", "05 18:00")),
    "fri afternoon 2-5": (ELEVEN, span("07 14:00", "07 17:00")),
    "sat evening 3h": (ELEVEN, span("08 18:00", "08 21:00")),
    "sat evening till 10": (ELEVEN, span("08 18:00", "08 22:00")),
    "tomorrow night": (ELEVEN, span("06 18:00", "06 23:00")),
    "this morning": (ELEVEN, span("05 11:15", "05 12:00")),
}


@pytest.mark.parametrize("text", READ)
def test_a_typed_time_becomes_a_window(text: str) -> None:
    now, window = READ[text]
    start, end = map(at, window)
    assert read_window(text, now, HELSINKI, default_window(now)) == Window(start, end)


ASKED = {
    "hello": "not understood",
    "9-17 and cake": "not understood",
    "9-17 9-18": "not understood",
    "fri 18": "not understood",
    "18": "not understood",
    "next friday": "not understood",
    "this monday": "not understood",
    "next sat": "not understood",
    "next week": "not understood",
    "in 2 hours 9-17": "not understood",
    "morning": "not understood",
    "this morning 3-": "not understood",
    "yesterday 9-17": "not understood",
    "thu 12 june 9-17": "not understood",
    "31 june 9-17": "not understood",
    "3/6 9-17": "not understood",
    "sat-sun": "not understood",
    "june 3-5": "not understood",
    "25-26": "not understood",
    "9:75-10": "not understood",
    "13pm": "not understood",
    "0h": "not understood",
    "-3h": "not understood",
    "18:00-20:00 2h": "not understood",
    "midnight": "not understood",
    "9" * LONGEST: "not understood",
    "tomorrow " * 500: "not understood",
    "": "not understood",
    "9-5": "half of the day",
    "8-8": "half of the day",
    "2-4": "half of the day",
    "at 5": "half of the day",
    "till 2": "half of the day",
    "10pm-2": "half of the day",
    "today 06:00-10:00": "past",
    "4 june 9-17": "past",
    "4.6. 9-17": "past",
    "2030-06-04 9-17": "past",
    "till 10:30 am": "past",
    "7 june 2031 9-17": "too far",
    "900 days": "too long",
}


@pytest.mark.parametrize("text", ASKED, ids=lambda text: text[:24])
def test_what_cannot_be_accounted_for_is_asked(text: str) -> None:
    with pytest.raises(Invalid) as asked:
        read_window(text, ELEVEN, HELSINKI, default_window(ELEVEN))
    assert (asked.value.field, asked.value.reason) == ("time", ASKED[text])


def test_what_could_not_be_read_is_named() -> None:
    with pytest.raises(Invalid) as asked:
        read_window("fri 9-17 with my cat", ELEVEN, HELSINKI, default_window(ELEVEN))
    assert asked.value.limit == "with my cat"


def test_tonight_is_over_from_half_past_ten() -> None:
    late = at(f"{WEDNESDAY} 22:30")
    with pytest.raises(Invalid, match="past"):
        read_window("tonight", late, HELSINKI, default_window(late))


def test_a_time_without_a_date_is_for_the_day_that_is_shown() -> None:
    friday = Window(at("2030-06-07 18:00"), at("2030-06-07 21:00"))
    assert read_window("10-12", ELEVEN, HELSINKI, friday) == Window(
        at("2030-06-07 10:00"), at("2030-06-07 12:00")
    )


def test_a_length_or_an_end_keeps_the_start_that_is_shown() -> None:
    friday = Window(at("2030-06-07 18:00"), at("2030-06-07 21:00"))
    assert read_window("1h", ELEVEN, HELSINKI, friday).start == friday.start
    assert read_window("till 20", ELEVEN, HELSINKI, friday) == Window(
        friday.start, at("2030-06-07 20:00")
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [("31 march 2:30-5:00", "does not exist"), ("27 oct 2:30-5:00", "happens twice")],
    ids=["clocks go forward", "clocks go back"],
)
def test_wall_times_that_the_clock_skips_or_repeats_are_asked(text: str, reason: str) -> None:
    now = at("2030-03-20 12:00" if "march" in text else "2030-10-20 12:00", BERLIN)
    with pytest.raises(Invalid) as asked:
        read_window(text, now, BERLIN, default_window(now))
    assert (asked.value.reason, asked.value.limit) == (reason, "02:30")


odd = ["½", "٣", "１２", "\u2068", "<b>", "2024-02-30", "29 feb", "0-0", "24-24"]
words = st.sampled_from(
    sorted({*odd, *(word for text in (*READ, *ASKED) for word in text.split())})
)
phrases = st.lists(words, max_size=7).map(" ".join) | st.text(max_size=40)
zones = st.sampled_from(ZONES).map(ZoneInfo)


@given(phrases, instants, zones, st.timedeltas(timedelta(-9), timedelta(9)))
def test_no_text_makes_a_past_or_an_endless_window(
    text: str, now: datetime, zone: ZoneInfo, shown: timedelta
) -> None:
    base = Window.lasting(now + shown, timedelta(hours=2))
    try:
        window = read_window(text, now, zone, base)
    except Invalid:
        return
    assert window.start >= now
    assert window.length <= FARTHEST
