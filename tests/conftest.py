from collections.abc import AsyncIterator, Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.async_api import Browser

from bot.opening import settled
from bot.town import fill
from tests.browser import browser

# How long an example takes says more about the machine than about us.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

HERE = Path(__file__).parent
COVERING = HERE / "market"
"""The market's own tests run its every branch; tracing slows a test down by three quarters."""


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    for item in items:
        if not item.path.is_relative_to(COVERING):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session", autouse=True)
def heap() -> None:
    """Collect as the bot does: to look through all that pytest keeps takes a twentieth."""
    settled()


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
