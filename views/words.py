"""How the bot talks to one person: their language, their formats, and safe text.

Everything that reaches a screen goes through here. Plain strings handed in as facts are escaped;
what people wrote themselves goes through :func:`user_text` first, so that right-to-left names and
stray control characters cannot turn our sentences around.
"""

import gettext
import html
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from babel.numbers import (
    format_currency,
    format_decimal,
    get_currency_precision,
    get_currency_symbol,
)

from market.domain.money import Money
from market.domain.window import Window
from views.catalogues import translations

SOURCE = "en"
"""The language of the texts in the code."""
LOCALES = {SOURCE: "en_GB", "de": "de", "es": "es", "fr": "fr", "uk": "uk"}
"""Our languages and the locale whose dates, times and money they use."""

_BIDI = dict.fromkeys(
    map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
_INCH, _FEET, _YARD, _MILE = 2.54, 0.3048, 0.9144, 1609.344


class Html(str):
    """Text that may stand in a screen as it is."""

    __slots__ = ()


def later(message: str) -> str:
    """Marks a text that is only said elsewhere, so that the catalogues have it."""
    return message


def user_text(text: str) -> Html:
    """What a person wrote: escaped, its own direction marks removed, isolated from ours."""
    return Html(f"\u2068{html.escape(text.translate(_BIDI), quote=False)}\u2069")


def unknown(typed: str) -> Html:
    """What we did not understand, before a full stop of ours."""
    return user_text(typed.rstrip(".?!"))


def sentence(text: str) -> Html:
    """With a capital at its beginning, for what stands at the beginning of a line."""
    return Html(text[:1].upper() + text[1:])


def paragraphs(*parts: Iterable[str]) -> str:
    """Lines as paragraphs; empty ones are left out."""
    blocks = ("\n".join(line for line in lines if line) for lines in parts)
    return "\n\n".join(block for block in blocks if block)


def bold(text: str) -> Html:
    return Html(f"<b>{text if isinstance(text, Html) else html.escape(text, quote=False)}</b>")


@dataclass(frozen=True, slots=True)
class Words:
    """One language, with the zone of the person who reads it."""

    language: str
    locale: Locale
    catalogue: gettext.NullTranslations
    zone: str = "UTC"

    def say(self, message: str, **facts: object) -> Html:
        """A translated text with its facts filled in; facts that are not Html are escaped."""
        return _filled(self.catalogue.gettext(message), facts)

    def count(self, one: str, many: str, n: int, **facts: object) -> Html:
        """A translated text in the plural form for ``n``, which is a fact too."""
        return _filled(self.catalogue.ngettext(one, many, n), {"n": n, **facts})

    def label(self, message: str, **facts: object) -> str:
        """A translated text for a button: not escaped, since buttons carry no markup."""
        translated = self.catalogue.gettext(message)
        return translated.format_map(facts) if facts else translated

    def label_of(self, meaning: str, message: str, **facts: object) -> str:
        """A label whose English word means something else elsewhere."""
        translated = self.catalogue.pgettext(meaning, message)
        return translated.format_map(facts) if facts else translated

    def money(self, money: Money) -> str:
        return _money(money.minor, money.currency, self.locale)

    def amount(self, money: Money) -> str:
        """Without the currency, and whole where it is large."""
        value = float(_decimal(money.minor, money.currency))
        digits = 0 if value >= 100 else get_currency_precision(money.currency)
        return self.number(value, f"#,##0.{'0' * digits}" if digits else "#,##0")

    def currency(self, currency: str) -> str:
        """€, or what else people write for it."""
        return _sign(currency, self.locale)

    def number(self, number: float, pattern: str = "0.0") -> str:
        return str(format_decimal(number, format=pattern, locale=self.locale))

    def stars(self, average: float) -> str:
        return f"★ {_tenths(round(average * 10), self.locale)}"

    def clock(self, instant: datetime, zone: ZoneInfo) -> str:
        local = instant.astimezone(zone)
        return _clock(local.hour, local.minute, self.locale)

    def day(self, instant: datetime, zone: ZoneInfo, now: datetime) -> Html:
        """today, tomorrow, or the date; the year only when it is another."""
        day, today = instant.astimezone(zone).date(), now.astimezone(zone).date()
        if day == today:
            return self.say("today")
        if day == today + timedelta(days=1):
            return self.say("tomorrow")
        return Html(self.date(day, today))

    def date(self, day: date, today: date) -> str:
        if day.year == today.year:
            return str(format_skeleton("MMMEd", day, locale=self.locale))
        return str(format_date(day, "medium", locale=self.locale))

    def moment(self, instant: datetime, zone: ZoneInfo, now: datetime) -> Html:
        """today 14:15"""
        return Html(f"{self.day(instant, zone, now)} {self.clock(instant, zone)}")

    def until(self, instant: datetime, zone: ZoneInfo, now: datetime) -> Html:
        """14:15, with its day where that is not today."""
        if instant.astimezone(zone).date() == now.astimezone(zone).date():
            return Html(self.clock(instant, zone))
        return self.moment(instant, zone, now)

    def deadline(self, instant: datetime, start: datetime, zone: ZoneInfo, now: datetime) -> Html:
        """As ``until``, but always with its day for what starts on another.

        "18:00" alone would be taken for six o'clock of the day that it starts.
        """
        if start.astimezone(zone).date() == now.astimezone(zone).date():
            return self.until(instant, zone, now)
        return self.moment(instant, zone, now)

    def when(self, window: Window, zone: ZoneInfo, now: datetime) -> Html:
        """today 14:15–16:15, or with two dates when it ends on another day.

        Midnight ends the day before, but for a whole day: that would be 00:00–00:00.
        """
        start, end = window.start.astimezone(zone), window.end.astimezone(zone)
        begins = self.moment(start, zone, now)
        until_midnight = end.time() == time() and start.time() != time()
        last = end.date() - timedelta(days=1) if until_midnight else end.date()
        if start.date() == last:
            return Html(f"{begins}–{self.clock(end, zone)}")
        return Html(f"{begins} – {self.moment(end, zone, now)}")

    def zone_name(self, zone: str) -> str:
        """The zone as a place name, where it is not the reader's own; else nothing."""
        return "" if zone == self.zone else self.city(zone)

    def there(self, when: Html | str, zone: str) -> Html:
        """A time by the clock of a zone, which is named where it is not the reader's own."""
        place = self.zone_name(zone)
        if not place:
            return Html(when)
        return self.say("{when}, {place} time", when=Html(when), place=place)

    def city(self, zone: str) -> str:
        """The place that a zone is named after."""
        return str(get_timezone_location(zone, locale=self.locale, return_city=True))

    def length(self, length: timedelta) -> Html:
        """2 h, 1 h 30 min, 3 days"""
        minutes = math.ceil(length / timedelta(minutes=1))
        if minutes >= 24 * 60 and minutes % (24 * 60) == 0:
            return self.count("{n} day", "{n} days", minutes // (24 * 60))
        hours, rest = divmod(minutes, 60)
        if not hours:
            return self.say("{minutes} min", minutes=rest)
        if not rest:
            return self.say("{hours} h", hours=self.number(hours, "0"))
        return self.say("{hours} h {minutes} min", hours=hours, minutes=rest)

    def distance(self, metres: float, country: str) -> Html:
        """240 m or 1.3 km; feet, yards and miles where people measure so."""
        if country in ("US", "GB"):
            return self._miles(metres, country)
        if metres < 1000:
            return self.say("{n} m", n=max(10, round(metres / 10) * 10))
        return self.say("{n} km", n=self.number(metres / 1000, "0.#" if metres < 10_000 else "0"))

    def size(self, centimetres: int, country: str) -> str:
        """1.9 m, or 6′3″ where people measure so: how much room a vehicle has, never too much."""
        if country not in ("US", "GB"):
            return self.say("{n} m", n=self.number(centimetres / 100, "0.0#"))
        feet, inches = divmod(int(centimetres / _INCH), 12)
        return f"{feet}′{inches}″"

    def _miles(self, metres: float, country: str) -> Html:
        miles = metres / _MILE
        if miles >= 0.25:
            return self.say("{n} mi", n=self.number(miles, "0.#" if miles < 10 else "0"))
        if country == "US":
            return self.say("{n} ft", n=max(10, round(metres / _FEET / 10) * 10))
        return self.say("{n} yd", n=max(10, round(metres / _YARD / 10) * 10))


@lru_cache(maxsize=8192)
def _clock(hour: int, minute: int, locale: Locale) -> str:
    return str(format_time(time(hour, minute), "short", locale=locale))


@lru_cache(maxsize=256)
def words_in(language: str, zone: str = "UTC") -> Words:
    """The words of a language; English where we do not speak it."""
    spoken = language if language in LOCALES else SOURCE
    return Words(spoken, Locale.parse(LOCALES[spoken]), _catalogue(spoken), zone)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.NullTranslations() if language == SOURCE else translations(language)


def spoken(language_code: str | None) -> str:
    """Our language for a Telegram language code; empty for one that is odd, empty or missing."""
    code = (language_code or "").replace("_", "-").split("-")[0].lower()
    return code if code in LOCALES else ""


def _filled(message: str, facts: dict[str, object]) -> Html:
    safe = {
        name: v if isinstance(v, Html) else html.escape(str(v), quote=False)
        for name, v in facts.items()
    }
    return Html(message.format_map(safe)) if facts else Html(message)


@lru_cache(maxsize=256)
def _tenths(tenths: int, locale: Locale) -> str:
    return str(format_decimal(tenths / 10, format="0.0", locale=locale))


@lru_cache(maxsize=65536)
def _money(minor: int, currency: str, locale: Locale) -> str:
    written = str(format_currency(_decimal(minor, currency), currency, locale=locale))
    # Some languages officially have only the code, where people write the sign all the same.
    return written.replace(currency, get_currency_symbol(currency, locale="en"))


def _decimal(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-get_currency_precision(currency))


def _sign(currency: str, locale: Locale) -> str:
    sign = str(get_currency_symbol(currency, locale=locale))
    return sign if sign != currency else str(get_currency_symbol(currency, locale="en"))
