"""What people type in their own language, by the same grammar."""

import contextlib
import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.typed.control import Control, Word, control_of, ends_at
from handlers.typed.prices import read_price
from handlers.typed.schedules import read_dates, read_openings
from handlers.typed.sizes import read_length, read_size, read_vehicle
from handlers.typed.times import read_window
from handlers.typed.words import in_english
from market.domain.errors import Invalid
from market.domain.preferences import Size
from market.domain.schedule import DAY, Dates, Opening, Schedule
from market.domain.search import default_window
from market.domain.window import Window
from views import menu
from views.catalogues import catalogue
from views.spaces import hours
from views.words import LOCALES, SOURCE, words_in

HELSINKI = ZoneInfo("Europe/Helsinki")
ELEVEN = datetime(2030, 6, 5, 11, 5, tzinfo=HELSINKI).astimezone(UTC)
"""Of a Wednesday."""
MONDAY = date(2030, 6, 3)
SPOKEN = sorted(LOCALES)


def table(cases: dict[str, dict[str, object]]) -> pytest.MarkDecorator:
    """By language, what is typed and what it means."""
    rows = [(language, *case) for language, said in cases.items() for case in said.items()]
    ids = [f"{language} {typed}" for language, typed, _ in rows]
    return pytest.mark.parametrize(("language", "typed", "meant"), rows, ids=ids)


def at(day_and_wall: str) -> datetime:
    return datetime.fromisoformat(f"2030-06-{day_and_wall}").replace(tzinfo=HELSINKI)


@table(
    {
        "de": {
            "morgen 9-17 Uhr": ("06 09:00", "06 17:00"),
            "übermorgen 9 bis 12": ("07 09:00", "07 12:00"),
            "Fr 18 Uhr 3 Std": ("07 18:00", "07 21:00"),
            "am Freitag von 9 bis 17": ("07 09:00", "07 17:00"),
            "9-17 am Freitag": ("07 09:00", "07 17:00"),
            "so 9-17": ("09 09:00", "09 17:00"),
            "Mi., 12. Juni 9-17": ("12 09:00", "12 17:00"),
            "den 12. Juni 2030 9-17": ("12 09:00", "12 17:00"),
            "am 12.6. 9-17": ("12 09:00", "12 17:00"),
            "zwischen 12 und 17 Uhr": ("05 12:00", "05 17:00"),
            "18:30 Uhr bis 20 Uhr": ("05 18:30", "05 20:00"),
            "18 Uhr 30": ("05 18:30", "05 20:30"),
            "9 Uhr abends": ("05 21:00", "05 23:00"),
            "12h-17h": ("05 12:00", "05 17:00"),
            "2 Stunden ab 14 Uhr": ("05 14:00", "05 16:00"),
            "bis 18 Uhr": ("05 11:15", "05 18:00"),
            "jetzt bis 18": ("05 11:15", "05 18:00"),
            "heute Abend": ("05 18:00", "05 23:00"),
            "mittags": ("05 12:00", "05 14:00"),
            "eine halbe Stunde": ("05 11:15", "05 11:45"),
            "1,5 Std.": ("05 11:15", "05 12:45"),
            "anderthalb Stunden": ("05 11:15", "05 12:45"),
            "zwei Stunden": ("05 11:15", "05 13:15"),
            "two hours": ("05 11:15", "05 13:15"),
            "von zwölf bis 17 Uhr": ("05 12:00", "05 17:00"),
            "morgen den ganzen Tag": ("06 00:00", "07 00:00"),
            "2 Tage": ("05 11:15", "07 11:15"),
            "9 am tomorrow": ("06 09:00", "06 11:00"),
            "in 2 Stunden": ("05 13:15", "05 15:15"),
            "in einer halben Stunde": ("05 11:45", "05 13:45"),
            "morgen früh": ("06 08:00", "06 12:00"),
            "Freitag nachmittag 2-5": ("07 14:00", "07 17:00"),
            "heute Morgen": ("05 11:15", "05 12:00"),
            "nächsten Montag 9-17": ("10 09:00", "10 17:00"),
            "kommenden Freitag 9-17": ("07 09:00", "07 17:00"),
        },
        "es": {
            "mañana 9-17": ("06 09:00", "06 17:00"),
            "manana de 9 a 17": ("06 09:00", "06 17:00"),
            "mañana 9h-17h": ("06 09:00", "06 17:00"),
            "pasado mañana 9-12": ("07 09:00", "07 12:00"),
            "vie 18:00 3 h": ("07 18:00", "07 21:00"),
            "el viernes a las 18h 2 horas": ("07 18:00", "07 20:00"),
            "mar 9-17": ("11 09:00", "11 17:00"),
            "mié, 12 jun 9-17": ("12 09:00", "12 17:00"),
            "12 de junio de 2030 9-17": ("12 09:00", "12 17:00"),
            "12/6 9-17": ("12 09:00", "12 17:00"),
            "de las 12 a las 17": ("05 12:00", "05 17:00"),
            "entre las 12 y las 17": ("05 12:00", "05 17:00"),
            "5 de la tarde": ("05 17:00", "05 19:00"),
            "9 de la mañana": ("06 09:00", "06 11:00"),
            "18h": ("05 18:00", "05 20:00"),
            "3h": ("05 11:15", "05 14:15"),
            "durante 8h": ("05 11:15", "05 19:15"),
            "hasta las 18": ("05 11:15", "05 18:00"),
            "esta noche": ("05 18:00", "05 23:00"),
            "mediodía": ("05 12:00", "05 14:00"),
            "media hora": ("05 11:15", "05 11:45"),
            "dos horas": ("05 11:15", "05 13:15"),
            "mañana de las nueve a las doce": ("06 09:00", "06 12:00"),
            "mañana todo el día": ("06 00:00", "07 00:00"),
            "2 días": ("05 11:15", "07 11:15"),
            "en 2 horas": ("05 13:15", "05 15:15"),
            "dentro de media hora": ("05 11:45", "05 13:45"),
            "mañana por la mañana": ("06 08:00", "06 12:00"),
            "esta tarde": ("05 12:00", "05 18:00"),
            "el lunes que viene 9-17": ("10 09:00", "10 17:00"),
        },
        "fr": {
            "demain 9h-17h": ("06 09:00", "06 17:00"),
            "demain de 9h à 17h": ("06 09:00", "06 17:00"),
            "demain à midi": ("06 12:00", "06 14:00"),
            "après-demain 9-12": ("07 09:00", "07 12:00"),
            "ven 18h00 3 h": ("07 18:00", "07 21:00"),
            "vendredi à 18h 3h": ("07 18:00", "07 21:00"),
            "mar. 9-17": ("11 09:00", "11 17:00"),
            "mer. 12 juin 9-17": ("12 09:00", "12 17:00"),
            "le 12 juin de 9h à 17h": ("12 09:00", "12 17:00"),
            "12/6/2030 9-17": ("12 09:00", "12 17:00"),
            "entre 12h et 17h": ("05 12:00", "05 17:00"),
            "de 14h30 à 16h": ("05 14:30", "05 16:00"),
            "8 h du soir": ("05 20:00", "05 22:00"),
            "18h30": ("05 18:30", "05 20:30"),
            "18 heures": ("05 18:00", "05 20:00"),
            "2h à partir de 14h": ("05 14:00", "05 16:00"),
            "3h": ("05 11:15", "05 14:15"),
            "pendant 8h": ("05 11:15", "05 19:15"),
            "maintenant 3h": ("05 11:15", "05 14:15"),
            "de maintenant à 18h": ("05 11:15", "05 18:00"),
            "jusqu’à 18h": ("05 11:15", "05 18:00"),
            "ce soir": ("05 18:00", "05 23:00"),
            "demi-heure": ("05 11:15", "05 11:45"),
            "1 h 30 min": ("05 11:15", "05 12:45"),
            "dans 2 heures": ("05 13:15", "05 15:15"),
            "deux heures": ("05 11:15", "05 13:15"),
            "pendant sept heures": ("05 11:15", "05 18:15"),
            "demain toute la journée": ("06 00:00", "07 00:00"),
            "dans une demi-heure": ("05 11:45", "05 13:45"),
            "demain matin": ("06 08:00", "06 12:00"),
            "demain après-midi": ("06 12:00", "06 18:00"),
            "lundi prochain 9h-17h": ("10 09:00", "10 17:00"),
        },
        "uk": {
            "завтра 9-17": ("06 09:00", "06 17:00"),
            "завтра з 9 до 17": ("06 09:00", "06 17:00"),
            "післязавтра 9-12": ("07 09:00", "07 12:00"),
            "пт 18:00 3 год": ("07 18:00", "07 21:00"),
            "у п'ятницю о 18 на 3 години": ("07 18:00", "07 21:00"),
            "в суботу 10-14": ("08 10:00", "08 14:00"),
            "ср, 12 червня 9-17": ("12 09:00", "12 17:00"),
            "12.6. 9-17": ("12 09:00", "12 17:00"),
            "між 12 і 17": ("05 12:00", "05 17:00"),
            "дві години": ("05 11:15", "05 13:15"),
            "завтра весь день": ("06 00:00", "07 00:00"),
            "о 18 годині": ("05 18:00", "05 20:00"),
            "8 вечора": ("05 20:00", "05 22:00"),
            "8 годин": ("05 11:15", "05 19:15"),
            "3 год": ("05 11:15", "05 14:15"),
            "до 18 години": ("05 11:15", "05 18:00"),
            "сьогодні ввечері": ("05 18:00", "05 23:00"),
            "опівдні": ("05 12:00", "05 14:00"),
            "пів години": ("05 11:15", "05 11:45"),
            "1 год 30 хв": ("05 11:15", "05 12:45"),
            "2 дні": ("05 11:15", "07 11:15"),
            "через 2 години": ("05 13:15", "05 15:15"),
            "за пів години": ("05 11:45", "05 13:45"),
            "завтра вранці": ("06 08:00", "06 12:00"),
            "завтра ввечері": ("06 18:00", "06 23:00"),
            "у наступний понеділок 9-17": ("10 09:00", "10 17:00"),
        },
    }
)
def test_times(language: str, typed: str, meant: tuple[str, str]) -> None:
    window = read_window(typed, ELEVEN, HELSINKI, default_window(ELEVEN), language)
    assert window == Window(*(at(wall).astimezone(UTC) for wall in meant))


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("typed", ["tomorrow 9-17", "fri 18:00 3h", "till 18", "12 june 2-5pm"])
def test_english_is_always_understood_as_well(language: str, typed: str) -> None:
    read = [
        read_window(typed, ELEVEN, HELSINKI, default_window(ELEVEN), it) for it in (language, "en")
    ]
    assert read[0] == read[1]


@table(
    {
        "en": {
            # Tuesday or March?
            "mar 9-17": "not understood",
            "morgen 9-17": "not understood",
        },
        "de": {
            "halb 9": "not understood",
            "morgen mit Katze": "not understood",
            "9-5 am Freitag": "half of the day",
        },
        "es": {
            "el próximo viernes": "not understood",
            "mar 9": "not understood",
            "8h": "clock or length",
            "mañana 9h": "clock or length",
        },
        "fr": {
            "jeu. 12 juin 9-17": "not understood",
            "8h": "clock or length",
            "demain 3h": "clock or length",
            "ce soir 8h": "clock or length",
            "entre 2h et 5h": "half of the day",
        },
        "uk": {"наступна п'ятниця": "not understood", "9 год": "clock or length"},
    }
)
def test_what_may_mean_two_things_is_asked(language: str, typed: str, meant: str) -> None:
    with pytest.raises(Invalid) as asked:
        read_window(typed, ELEVEN, HELSINKI, default_window(ELEVEN), language)
    assert asked.value.reason == meant


def test_what_was_not_understood_is_named_as_it_was_typed() -> None:
    for typed, named in {"morgen mit Katze": "mit katze", "Sa-So": "Sa-So"}.items():
        with pytest.raises(Invalid) as asked:
            read_window(typed, ELEVEN, HELSINKI, default_window(ELEVEN), "de")
        assert asked.value.limit == named


def daily(opens: float, closes: float, *weekdays: int) -> set[Opening]:
    return {Opening(day, int(opens * 60), int(closes * 60)) for day in weekdays or range(7)}


WORKDAYS = range(5)
OFFICE_AND_SATURDAY = daily(8, 18, *WORKDAYS) | daily(10, 14, 5)


@table(
    {
        "de": {
            "Mo-Fr 8-18, Sa 10-14": OFFICE_AND_SATURDAY,
            "montags bis freitags 8 bis 18 Uhr": daily(8, 18, *WORKDAYS),
            "Mo bis Fr von 8 bis 18 Uhr, sonntags geschlossen": daily(8, 18, *WORKDAYS),
            "Di und Do 9-17": daily(9, 17, 1, 3),
            "täglich 18-8": daily(18, 32),
            "am Wochenende": daily(0, 24, 5, 6),
            "rund um die Uhr": set(),
        },
        "es": {
            "lun-vie 8-18, sáb 10-14": OFFICE_AND_SATURDAY,
            "L-V 8-18": daily(8, 18, *WORKDAYS),
            "de lunes a viernes de 8 a 18h": daily(8, 18, *WORKDAYS),
            "lunes a viernes de 8:00 a 18:00; domingo cerrado": daily(8, 18, *WORKDAYS),
            "martes y jueves 9-17": daily(9, 17, 1, 3),
            "todos los días 18-8": daily(18, 32),
            "fines de semana": daily(0, 24, 5, 6),
            "24/7": set(),
        },
        "fr": {
            "lun-ven 8-18, sam 10-14": OFFICE_AND_SATURDAY,
            "du lundi au vendredi de 8h à 18h": daily(8, 18, *WORKDAYS),
            "mardi et jeudi 9h-17h, dimanche fermé": daily(9, 17, 1, 3),
            "tous les jours 18h-8h": daily(18, 32),
            "le week-end": daily(0, 24, 5, 6),
            "24h/24 et 7j/7": set(),
        },
        "uk": {
            "пн-пт: 8-18, сб: 10-14": OFFICE_AND_SATURDAY,
            "з понеділка по п’ятницю з 8 до 18": daily(8, 18, *WORKDAYS),
            "вт і чт 9-17, нд зачинено": daily(9, 17, 1, 3),
            "щодня 18-8": daily(18, 32),
            "у вихідні": daily(0, 24, 5, 6),
            "завжди": set(),
        },
    }
)
def test_opening_hours(language: str, typed: str, meant: set[Opening]) -> None:
    assert set(read_openings(typed, language)) == meant


@st.composite
def written_out(draw: st.DrawFn) -> Schedule:
    """Hours that a card can show whole: apart from each other, and clear without am and pm."""
    openings = []
    for day in draw(st.sets(st.integers(0, 6), max_size=7)):
        marks = draw(st.lists(st.integers(0, DAY - 1), min_size=2, max_size=4, unique=True))
        marks = sorted(marks)[: len(marks) // 2 * 2]
        openings += [Opening(day, *span) for span in zip(marks[::2], marks[1::2], strict=True)]
        if draw(st.booleans()) and marks[-1] < 20 * 60:
            openings.append(Opening(day, 20 * 60, DAY + draw(st.integers(0, 9 * 60))))
    return Schedule(tuple(sorted(openings)))


@pytest.mark.parametrize("language", SPOKEN)
@given(written_out())
def test_hours_that_a_card_shows_can_be_typed_again(language: str, schedule: Schedule) -> None:
    shown = hours.hours(words_in(language), schedule)
    assert read_openings(shown, language) == tuple(sorted(schedule.openings))


@pytest.mark.parametrize("language", SPOKEN)
@given(st.sets(st.integers(0, 6), min_size=1))
def test_whole_days_that_a_card_shows_can_be_typed_again(language: str, days: set[int]) -> None:
    schedule = Schedule(tuple(Opening(day, 0, DAY) for day in sorted(days)))
    shown = hours.hours(words_in(language), schedule)
    assert read_openings(shown, language) == schedule.openings


@pytest.mark.parametrize("language", SPOKEN)
@given(st.dates(MONDAY, MONDAY + timedelta(days=300)), st.integers(0, 60))
def test_dates_that_a_card_shows_can_be_typed_again(language: str, first: date, more: int) -> None:
    dates = Dates(first, first + timedelta(days=more))
    shown = hours.span(words_in(language), dates, MONDAY)
    assert read_dates(shown, MONDAY, language) == dates


@table(
    {
        "de": {
            "vom 24. Dezember bis zum 2. Januar": ((2030, 12, 24), (2031, 1, 2)),
            "dieses Wochenende": ((2030, 6, 8), (2030, 6, 9)),
        },
        "es": {
            "24/12-2/1": ((2030, 12, 24), (2031, 1, 2)),
            "del 24 de diciembre al 2 de enero": ((2030, 12, 24), (2031, 1, 2)),
            "24 mar": ((2031, 3, 24), (2031, 3, 24)),
        },
        "fr": {
            "du 24 au 26 décembre": ((2030, 12, 24), (2030, 12, 26)),
            "1er juillet": ((2030, 7, 1), (2030, 7, 1)),
        },
        "uk": {
            "з 24 грудня до 2 січня": ((2030, 12, 24), (2031, 1, 2)),
            "завтра": ((2030, 6, 4), (2030, 6, 4)),
        },
    }
)
def test_dates(language: str, typed: str, meant: tuple[tuple[int, int, int], ...]) -> None:
    assert read_dates(typed, MONDAY, language) == Dates(*(date(*it) for it in meant))


@table(
    {
        "de": {"2,50 €/Std": 250, "2,50 € pro Stunde": 250, "2 Euro die Stunde": 200},
        "es": {"2,50 €/hora": 250, "2,50 € por hora": 250, "2 euros la hora": 200},
        "fr": {"2,50 €/h": 250, "2,50 € de l'heure": 250, "2 euros par heure": 200},
        "uk": {"2,50 €/год": 250, "2,50 € за годину": 250, "2 eur на годину": 200},
    }
)
def test_prices(language: str, typed: str, meant: int) -> None:
    assert read_price(typed, "EUR", language) == meant


def test_money_is_called_by_its_own_name() -> None:
    assert read_price("2.50 Fr", "CHF", "de") == 250  # no Friday
    assert read_price("50 грн/год", "UAH", "uk") == 5000


@table(
    {
        "de": {"1 Tag 12 Std": 36 * 60, "2 Wochen": 14 * 24 * 60, "keine": 0},
        "es": {"1 día y 12 h": 36 * 60, "1 mes": 30 * 24 * 60, "ninguno": 0},
        "fr": {"8 h": 8 * 60, "2 semaines": 14 * 24 * 60, "aucun": 0},
        "uk": {"8 год": 8 * 60, "2 тижні": 14 * 24 * 60, "немає": 0},
    }
)
def test_lengths(language: str, typed: str, meant: int) -> None:
    assert read_length(typed, language) == timedelta(minutes=meant)


@table(
    {
        "en": {"2.1 m": 210, "7 feet": 213, "no limit": None},
        "de": {"2,1 Meter": 210, "210 Zentimeter": 210, "kein Limit": None},
        "es": {"2,1 metros": 210, "sin límite": None},
        "fr": {"2,1 mètres": 210, "sans limite": None},
        "uk": {"2,1 м": 210, "210 см": 210, "без обмежень": None},
    }
)
def test_sizes(language: str, typed: str, meant: int | None) -> None:
    assert read_size(typed, language) == meant


@table(
    {
        "de": {"1,9 mal 4,6 m": Size(190, 460)},
        "es": {"1,9 por 4,6 m": Size(190, 460)},
        "fr": {"1,9 m sur 4,6 m": Size(190, 460)},
        "uk": {"1,9 на 4,6 м": Size(190, 460)},
    }
)
def test_vehicles(language: str, typed: str, meant: Size) -> None:
    assert read_vehicle(typed, language) == meant


@table(
    {
        "de": {
            "ja": Control(Word.YES),
            "Nein.": Control(Word.NO),
            "aus bis 18 Uhr": Control(Word.OFF, "till 18:00"),
            "frei 3 Std": Control(Word.FREE, "3h"),
            "fahre weg": Control(Word.FREE),
            "komme nach Hause": Control(Word.OFF),
            "komme um 18 Uhr nach Hause": Control(Word.FREE, "till 18:00"),
        },
        "es": {
            "sí": Control(Word.YES),
            "no": Control(Word.NO),
            "cerrado hasta las 18": Control(Word.OFF, "till 18"),
            "libre 3h": Control(Word.FREE, "3h"),
            "me voy": Control(Word.FREE),
            "vuelvo a casa": Control(Word.OFF),
            "vuelvo a las 18": Control(Word.FREE, "till 18"),
        },
        "fr": {
            "oui": Control(Word.YES),
            "non": Control(Word.NO),
            "fermé jusqu'à 18h": Control(Word.OFF, "till 18:00"),
            "libre pendant 3 h": Control(Word.FREE, "for 3h"),
            "je sors": Control(Word.FREE),
            "je rentre": Control(Word.OFF),
            "je rentre dans 8h": Control(Word.FREE, "for 8h"),
        },
        "uk": {
            "так": Control(Word.YES),
            "ні": Control(Word.NO),
            "зайнято до 18": Control(Word.OFF, "till 18"),
            "вільно 3 год": Control(Word.FREE, "3h"),
            "їду": Control(Word.FREE),
            "їду додому": Control(Word.OFF),
            "повертаюсь через 2 години": Control(Word.FREE, "for 2h"),
        },
    }
)
def test_words_of_listers_are_known_whatever_they_speak(
    language: str, typed: str, meant: Control
) -> None:
    assert control_of(typed) == meant


@pytest.mark.parametrize("typed", ["no", "libre", "pause", "pause 2h"])
def test_a_word_of_two_languages_means_the_same_in_both(typed: str) -> None:
    assert control_of(typed) is not None


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("label", ["Done", "Skip", "Yes", "No"])
def test_what_a_button_says_can_be_typed_instead(language: str, label: str) -> None:
    typed = words_in(language).label(label)
    assert in_english(typed, language, "control") == label.lower()


def test_a_month_is_no_number() -> None:
    september = read_window("12 sept 9-17", ELEVEN, HELSINKI, default_window(ELEVEN), "fr")
    assert september.start == datetime(2030, 9, 12, 9, tzinfo=HELSINKI)


def test_an_end_that_may_be_a_length_is_asked_about() -> None:
    control = control_of("libre 8h")
    assert control is not None
    with pytest.raises(Invalid) as asked:
        ends_at(control.until, ELEVEN, HELSINKI)
    assert asked.value.reason == "clock or length"


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("label", [menu.FIND, menu.BOOKINGS, menu.LIST, menu.SPACES, menu.SETTINGS])
def test_the_menu_of_every_language_is_known(language: str, label: str) -> None:
    assert words_in(language).label(label) in menu.LABELS


@given(st.sampled_from(SPOKEN), st.text(max_size=40))
def test_any_text_in_any_language_is_read_or_refused(language: str, text: str) -> None:
    control_of(text)
    for read in (
        lambda: read_window(text, ELEVEN, HELSINKI, default_window(ELEVEN), language),
        lambda: read_openings(text, language),
        lambda: read_dates(text, MONDAY, language),
        lambda: read_length(text, language),
        lambda: read_vehicle(text, language),
        lambda: read_price(text, "EUR", language),
    ):
        try:
            read()
        except Invalid:
            continue


def readings(typed: str, language: str) -> set[str]:
    """What a text is to everything that reads typed words, whatever that is."""
    readers = {
        "time": lambda: read_window(typed, ELEVEN, HELSINKI, default_window(ELEVEN), language),
        "hours": lambda: read_openings(typed, language),
        "dates": lambda: read_dates(typed, MONDAY, language),
        "length": lambda: read_length(typed, language),
        "size": lambda: read_size(typed, language),
        "word": lambda: (said := control_of(typed)) and (said.word, ends(said.until)),
    }
    found = set()
    for name, read in readers.items():
        with contextlib.suppress(Invalid):
            if (value := read()) is not None:
                found.add(f"{name} {value}")
    return found


def ends(until: str) -> datetime | None:
    return ends_at(until, ELEVEN, HELSINKI) if until else None


@pytest.mark.parametrize("language", sorted(LOCALES.keys() - {SOURCE}))
def test_the_examples_we_give_mean_what_they_mean_in_english(language: str) -> None:
    shown = 0
    for message in catalogue(language):
        english, *_ = message.id if isinstance(message.id, tuple) else (message.id,)
        translated = message.string if isinstance(message.string, str) else message.string[0]
        for ours, theirs in zip(examples(english), examples(translated), strict=True):
            meant = readings(ours, "en")
            assert not meant or meant & readings(theirs, language), f"{ours} is no {theirs}"
            shown += bool(meant)
    assert shown > 20


def examples(text: str) -> list[str]:
    """What people are told to type."""
    marked = re.findall(r"<i>([^{<]+)</i>", text)
    listed = re.fullmatch(r"(?:{why} )?[^:{]+:\s(\S.*\d[.h]?-\d[^{]*,[^{]*)", text)
    return marked or (listed[1].split(", ") if listed else [])
