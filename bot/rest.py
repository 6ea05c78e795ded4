"""The API's part of the wiring."""

from fastapi import FastAPI

from api.app import create_app
from api.context import Backend
from api.limits import Doors
from api.paging import Cursors
from bot.secrets import kept_secret
from bot.settings import Settings
from chat.bot import Bot
from chat.ports import utc_now
from gateways.access_tokens import Jwt
from gateways.darkroom import clean
from gateways.launch_data import SignedLaunch
from gateways.passwords import Argon2
from market.services import Market
from storage.database import Store
from storage.photo_folder import PhotoFolder


def create_api(
    settings: Settings, store: Store, market: Market, photos: PhotoFolder, bot: Bot
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
    )
    return create_app(backend, settings.cors_origins)


def _jwt_secret(settings: Settings) -> str:
    """The operator's, which several machines can share; otherwise one of our own."""
    if settings.jwt_secret is not None:
        return settings.jwt_secret.get_secret_value()
    return kept_secret(settings.data_dir / "jwt.key").hex()
