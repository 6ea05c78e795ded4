from zoneinfo import ZoneInfo, available_timezones

import pytest
import tzfpy
from hypothesis import given
from hypothesis import strategies as st

from gateways.geography import OfflineGeography
from market.domain.place import Point

GEOGRAPHY = OfflineGeography("EUR")
PLACES = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


@given(PLACES)
def test_every_place_on_earth_has_a_zone_that_python_knows(place: Point) -> None:
    assert ZoneInfo(GEOGRAPHY.zone_at(place))


@pytest.mark.parametrize(
    ("place", "zone", "country", "currency"),
    [
        (Point(60.1713, 24.9437), "Europe/Helsinki", "FI", "EUR"),
        (Point(28.6, 77.2), "Asia/Kolkata", "IN", "INR"),
        (Point(27.7, 85.3), "Asia/Kathmandu", "NP", "NPR"),
        (Point(-13.83, -171.77), "Pacific/Apia", "WS", "WST"),
        (Point(-31.55, 159.08), "Australia/Lord_Howe", "AU", "AUD"),
        (Point(-45.57, -72.07), "America/Coyhaique", "CL", "CLP"),
        (Point(0, -160), "Etc/GMT+11", "", "EUR"),
        (Point(-90, 0), "Antarctica/McMurdo", "AQ", "EUR"),
    ],
    ids=[
        "Helsinki",
        "a zone that was renamed",
        "Kathmandu",
        "Apia",
        "Lord Howe",
        "a zone younger than our tables",
        "at sea",
        "the south pole",
    ],
)
def test_a_place_tells_zone_country_and_currency(
    place: Point, zone: str, country: str, currency: str
) -> None:
    assert GEOGRAPHY.zone_at(place) == zone
    assert GEOGRAPHY.country_of(zone) == country
    assert GEOGRAPHY.currency_of(country) == currency


def test_every_zone_on_inhabited_land_belongs_to_a_country() -> None:
    nobodys = ("Etc/", "Antarctica/")
    on_land = {zone for zone in tzfpy.timezonenames() if not zone.startswith(nobodys)}
    assert on_land <= available_timezones()
    assert [zone for zone in on_land if not GEOGRAPHY.country_of(zone)] == []
