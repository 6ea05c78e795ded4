"""The only place that names concrete classes and fits them together."""

import secrets
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from fastapi import FastAPI
from starlette.applications import Starlette
from telegram import MenuButtonWebApp, WebAppInfo

from api.hub import Hub
from bot.health import Health
from bot.introduction import Webhook, introduced
from bot.metrics import Metrics, Scraped, TimedIndex, TimedRequests
from bot.opening import nearby_index, opened_store
from bot.outside import CITY, CITY_NAME, geocoder_for, maps_for
from bot.post import mailing, unsubscribing
from bot.rest import create_api, following
from bot.secrets import kept_secret
from bot.settings import Settings
from bot.town.fill import Town
from bot.town.plan import CENTRE, Ground
from bot.web import application
from chat.bot import Bot
from chat.buckets import Limits
from chat.courier import Courier
from chat.illustrator import Illustrated, keeping
from chat.inline import Inline
from chat.intake import Intake, Polling, webhook
from chat.ports import utc_now
from chat.runner import Runner
from chat.wakes import Wakes
from chat.worker import Worker
from gateways.city import City
from gateways.darkroom import Darkroom
from gateways.drawing import Pictures
from gateways.geography import OfflineGeography
from gateways.maps.picture import plain
from handlers import edges, start
from handlers.context import ParkContext, arriving
from handlers.inline import InlineMode
from handlers.table import conversations
from jobs.alerts import Changed, Forgetting, Watching
from jobs.cleaning import Cleaning
from jobs.digests import Digesting
from jobs.exports import Exporting
from jobs.mail import Mailing
from jobs.notices import Delivery
from jobs.photos import Fetching
from jobs.retention import Discarding, Farewells, Retention, Unnamed
from jobs.reviews import Showing
from jobs.stays import Completing, Expiring
from jobs.table import Sweep, Ticking
from market.domain.errors import ParkError
from market.ports.nearby import NearbyIndex
from market.services import Market
from market.services.shelf import Shelf
from storage.database import Store
from storage.erasure import FAREWELLS
from storage.exports import TOPIC as EXPORTS
from storage.notices import TOPIC as OUTBOX
from storage.photo_folder import PhotoFolder
from storage.photo_rows import DISCARDED
from storage.pulse import Census, Pulse, census, pulse
from storage.work import Work
from views.drawn import PREFIX, Map
from views.words import words_in


def town(
    store: Store, settings: Settings, seed: int = 1, host: tuple[int, str] | None = None
) -> Town:
    """The invented town of the demo."""
    geography = OfflineGeography(settings.currency)
    zone = geography.zone_at(CENTRE)
    country = geography.country_of(zone)
    currency = geography.currency_of(country)
    ground = Ground(City.read(CITY), CITY_NAME, zone, country, currency)
    return Town(store, PhotoFolder(settings.photos_dir), ground, seed, host)


@dataclass(frozen=True, slots=True)
class Marketplace:
    """Everything that lives as long as the process; made by :func:`opened`."""

    settings: Settings
    store: Store
    bot: Bot
    worker: Worker[Work, ParkContext]
    courier: Courier
    photos: PhotoFolder
    darkroom: Darkroom
    inline: Inline
    intake: Intake[Work, ParkContext]
    metrics: Metrics
    api: FastAPI
    mailing: Mailing | None
    watching: Watching
    map_page: str
    """Where the map opens inside the chat; empty where it does not."""

    def introduction(self, webhook: Webhook | None = None) -> AbstractAsyncContextManager[None]:
        menu = None
        if self.map_page:
            label = words_in(self.settings.language).label("Map")
            menu = MenuButtonWebApp(label, WebAppInfo(self.map_page))
        return introduced(self.bot, webhook, menu)

    def polling(self) -> Polling[Work, ParkContext]:
        return Polling(self.store, self.bot, self.intake)

    def ticking(self) -> Ticking:
        return Ticking(self._sweeps(), self.store.listen)

    def application(self) -> Starlette:
        """HTTP; with the webhook if there is a secret for it."""
        secret = self.settings.webhook_secret
        hook = webhook(secret.get_secret_value(), self.intake) if secret else None
        health = Health(self._pulse, utc_now)
        scraped = Scraped(self.metrics, self._pulse, self._census, utc_now)
        api = TimedRequests(self.api, self.metrics.answered)
        return application([*health.routes, scraped.route], hook, api)

    def runner(
        self,
        *beside: AbstractAsyncContextManager[object],
        polling: Polling[Work, ParkContext] | None = None,
    ) -> Runner[Work, ParkContext]:
        wakes = Wakes(self.store, self.worker)
        return Runner(
            self.bot, self.worker, wakes, inline=self.inline, polling=polling, beside=beside
        )

    def _sweeps(self) -> Sequence[Sweep]:
        owner = secrets.token_hex(8)
        delivery = Delivery(self.store, self.courier, utc_now, owner, self.mailing)
        fetching = Fetching(self.store, self.darkroom)
        cleaning = Cleaning(self.store, utc_now)
        exporting = Exporting(self.store, self.courier, utc_now, self.photos.read)
        discarding = Discarding(self.store, self.photos.drop)
        unnamed = Unnamed(self.store, utc_now, self.photos.kept_before, self.photos.drop)
        return (
            Sweep("notices", timedelta(seconds=5), delivery, topic=OUTBOX),
            Sweep("digests", timedelta(minutes=5), Digesting(self.store, utc_now)),
            Sweep("photos", timedelta(seconds=10), fetching),
            Sweep("cleaning", timedelta(minutes=10), cleaning),
            Sweep("expiry", timedelta(seconds=5), Expiring(self.store, utc_now)),
            Sweep("stays", timedelta(seconds=15), Completing(self.store, utc_now)),
            Sweep("alerts", timedelta(seconds=2), self.watching),
            Sweep("waiting", timedelta(hours=1), self.watching.everybody),
            Sweep("past alerts", timedelta(minutes=10), Forgetting(self.store, utc_now)),
            Sweep("reviews", timedelta(minutes=1), Showing(self.store, utc_now)),
            Sweep("exports", timedelta(seconds=30), exporting, topic=EXPORTS),
            Sweep("retention", timedelta(minutes=10), Retention(self.store, utc_now)),
            Sweep("farewells", timedelta(seconds=5), Farewells(self.store), topic=FAREWELLS),
            Sweep("unnamed photos", timedelta(hours=6), unnamed),
            Sweep("discarded photos", timedelta(minutes=1), discarding, topic=DISCARDED),
        )

    async def _pulse(self) -> Pulse:
        async with self.store.glance() as work:
            return await pulse(work, utc_now())

    async def _census(self) -> Census:
        async with self.store.read() as work:
            return await census(work)


@asynccontextmanager
async def opened(settings: Settings, map_page: str | None = None) -> AsyncIterator[Marketplace]:
    """Raises BadSettings without a token, and Trouble.

    ``map_page`` is where a Telegram that is not the public one opens the map inside the chat.
    """
    map_page = settings.map_page if map_page is None else map_page
    bot, shelf, metrics = Bot(settings.token, settings.bot_api_url), Shelf(), Metrics()
    changed = Changed()

    def learned(spaces: Collection[int]) -> None:
        shelf.forget(spaces)
        changed.note(spaces)

    async with (
        opened_store(settings) as store,
        nearby_index(settings, store, learned) as index,
        geocoder_for(settings) as geocoder,
        maps_for(settings) as maps,
    ):
        market = _market(settings, TimedIndex(index, metrics.searched), shelf)
        photos = PhotoFolder(settings.photos_dir)
        pictures = Pictures(photos.read, PREFIX, {Map.kind: maps.draw})
        courier = _courier(settings, bot, pictures, store, metrics)
        darkroom = Darkroom(partial(_download, bot), photos.keep)
        worker = Worker[Work, ParkContext](
            store,
            bot,
            conversations(settings.operator, bot.handle),
            arriving(market, map_page),
            courier=courier,
            refusal=ParkError,
            explain=edges.explain,
            apology=edges.apology,
            unmatched=start.unmatched,
            group=edges.in_group(bot.handle),
            prepare=edges.preparing(geocoder, darkroom),
            unreachable=edges.unreachable,
            meter=metrics,
        )
        thumbnails = settings.map_page and f"{settings.public_url}/api/v1/photos/"
        mode = InlineMode(store.read, market, utc_now, bot.handle, geocoder, thumbnails)
        inline = Inline(bot, mode.answer)
        intake = Intake(store, worker, inline)
        links, hub = unsubscribing(settings), Hub()
        metrics.sockets.set_function(lambda: len(hub))
        api = create_api(
            settings, store, market, photos, bot, hub=hub, links=links, geocoder=geocoder
        )
        async with following(hub, store, market):
            yield Marketplace(
                settings,
                store,
                bot,
                worker,
                courier,
                photos,
                darkroom,
                inline,
                intake,
                metrics,
                api,
                mailing(settings, links, metrics.mailed),
                Watching(store, utc_now, index, changed),
                map_page,
            )


def _market(settings: Settings, index: NearbyIndex, shelf: Shelf) -> Market:
    return Market(
        index,
        OfflineGeography(settings.currency),
        settings.max_ahead,
        settings.language,
        operators=frozenset(settings.admins),
        ban_key=kept_secret(settings.data_dir / "bans.key"),
        mails=settings.smtp_url is not None,
        shelf=shelf,
    )


def _courier(
    settings: Settings, bot: Bot, pictures: Pictures, store: Store, metrics: Metrics
) -> Courier:
    return Courier(
        bot,
        pictures.read,
        _limits(settings),
        meter=metrics,
        illustrated=Illustrated(keeping(store), plain(), store.crowded),
    )


async def _download(bot: Bot, file_id: str) -> bytes:
    file = await bot.get_file(file_id)
    return bytes(await file.download_as_bytearray())


def _limits(settings: Settings) -> Limits:
    return Limits(settings.send_per_second, settings.send_per_chat, settings.send_per_group)
