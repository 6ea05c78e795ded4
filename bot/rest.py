"""The API's part of the wiring."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI

from api.app import create_app
from api.context import Backend
from api.hub import Hub
from api.limits import Doors
from api.map_page import MapPage
from api.paging import Cursors
from bot.secrets import kept_secret
from bot.settings import PUBLIC_BOT_API, Settings
from chat.bot import Bot
from chat.ports import utc_now
from gateways.access_tokens import Jwt
from gateways.darkroom import clean
from gateways.launch_data import SignedLaunch
from gateways.passwords import Argon2
from market.ports.geocoder import Geocoder
from market.ports.mail import Unsubscribing
from market.ports.work import Work
from market.services import Market, Services
from storage.changes import follow
from storage.database import Store
from storage.photo_folder import PhotoFolder

EVERY = 0.5
"""Seconds until another process's change is told at the latest."""


def create_api(
    settings: Settings,
    store: Store,
    market: Market,
    photos: PhotoFolder,
    bot: Bot,
    *,
    hub: Hub,
    links: Unsubscribing,
    geocoder: Geocoder,
) -> FastAPI:
    """Raises Trouble when no secret can be kept."""
    backend = Backend(
        units=store,
        market=market,
        clock=utc_now,
        passwords=Argon2(),
        access=Jwt(_jwt_secret(settings)),
        launches=SignedLaunch(settings.token),
        photos=photos,
        clean=clean,
        doors=Doors(),
        cursors=Cursors(kept_secret(settings.data_dir / "cursors.key")),
        bot=bot.handle,
        hub=hub,
        links=links,
        geocoder=geocoder,
    )
    return create_app(backend, settings.cors_origins, _map_page(settings))


def _map_page(settings: Settings) -> MapPage:
    """A local Telegram shows its chat page at the address of its Bot API."""
    local = () if settings.bot_api_url == PUBLIC_BOT_API else (settings.bot_api_url,)
    return MapPage(settings.tiles_url, local)


@asynccontextmanager
async def following(hub: Hub, store: Store, market: Market) -> AsyncIterator[Hub]:
    """The hub, told of every change as long as the block runs."""

    def services_of(work: Work) -> Services:
        return Services(work, utc_now(), market)

    async with store.glance() as work:
        newest = await work.changes.newest()
    running = asyncio.create_task(hub.run(partial(follow, store, every=EVERY), services_of, newest))
    try:
        yield hub
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def _jwt_secret(settings: Settings) -> str:
    """The operator's, which several machines can share; otherwise one of our own."""
    if settings.jwt_secret is not None:
        return settings.jwt_secret.get_secret_value()
    return kept_secret(settings.data_dir / "jwt.key").hex()
