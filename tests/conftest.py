import gc
from collections.abc import AsyncIterator, Iterator
from functools import cache

import pytest
from hypothesis import settings
from playwright.async_api import Browser

from bot.opening import settled
from bot.town import fill
from tests.browser import browser

# How long an example takes says more about the machine than about us.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_sessionstart() -> None:
    # Nothing that is imported or collected goes away again.
    gc.disable()


def pytest_collection_finish() -> None:
    """From here on garbage is collected as in the bot: rarely, and none of what is there."""
    settled()
    gc.enable()


@pytest.fixture(scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as launched:
        yield launched


@pytest.fixture(scope="session")
def photos_drawn_once() -> Iterator[None]:
    """The invented town has the same photos every time; to draw them takes most of its time."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(fill, "drawn", cache(fill.drawn))
        yield
