"""A stay as an entry for the person's own calendar."""

import base64
from datetime import datetime, timedelta

from icalendar import Calendar, Event, vGeo

from chat.screen import Document, Screen, Where
from market.domain.booking import Booking
from market.domain.ids import written
from market.domain.space import Space
from views.words import Words

MIME = "text/calendar"
NAME = "parking.ics"
_A_YEAR = timedelta(days=366)
"""On both sides of the stay, so that the changes of the clock around it are in the file."""


def entry(words: Words, booking: Booking, space: Space, now: datetime) -> Screen:
    content = base64.b64encode(file(words, booking, space, now)).decode()
    return Screen(document=Document(NAME, content, MIME), where=Where.ANEW)


def file(words: Words, booking: Booking, space: Space, now: datetime) -> bytes:
    """Opened again after an extension, it changes the entry that is there."""
    zone = space.zone_info
    event = Event()
    event.add("uid", f"{written(booking.id)}@parkplace")
    event.add("sequence", int(booking.window.length.total_seconds()) // 60)
    event.add("dtstamp", now)
    event.add("dtstart", booking.window.start.astimezone(zone))
    event.add("dtend", booking.window.end.astimezone(zone))
    event.add("summary", words.label("Parking: {title}", title=space.title))
    event.add("location", space.address or space.title)
    event["geo"] = vGeo((space.place.lat, space.place.lng))
    about = words.label("{price}, pay on site", price=words.money(booking.total))
    event.add("description", "\n".join(filter(None, (space.notes, about))))
    calendar = Calendar()
    calendar.add("prodid", "-//Park Place//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    around = booking.window
    calendar.add_missing_timezones(
        first_date=(around.start - _A_YEAR).date(), last_date=(around.end + _A_YEAR).date()
    )
    return bytes(calendar.to_ical())
