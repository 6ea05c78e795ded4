"""What follows from a place alone, before anything is listed there."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.context import House
from api.models.common import (
    Country,
    Currency,
    Money,
    QueryLat,
    QueryLng,
    Reply,
    Zone,
)
from api.problems import documented
from api.security import COUNTED
from market.domain.money import ABSURD, usual_hour
from market.domain.place import Point

router = APIRouter(prefix="/geography", tags=["spaces"])


class Geography(Reply):
    """``currency`` is the one that prices there are in."""

    zone: Zone
    country: Country
    currency: Currency
    usual_hour: Money
    address: str | None = Field(description="A short one, if there is one near and it can be had.")
    surprising_hour: Money = Field(description="Whoever asks for more probably typed it wrong.")


# Counted, for a street may have to be asked of a service that others use, too.
@router.get("", dependencies=COUNTED, responses=documented(422, 429))
async def get_geography(
    lat: Annotated[QueryLat, Query()], lng: Annotated[QueryLng, Query()], backend: House
) -> Geography:
    """The time zone, the country, the currency and the street at a place."""
    known, point = backend.market.geography, Point(lat, lng)
    zone = known.zone_at(point)
    country = known.country_of(zone)
    currency = known.currency_of(country)
    usual = usual_hour(currency)
    return Geography(
        zone=zone,
        country=country,
        currency=currency,
        address=await backend.geocoder.address_at(point),
        usual_hour=Money.of(usual),
        surprising_hour=Money(minor=ABSURD * usual.minor, currency=currency),
    )
