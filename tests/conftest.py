import gc
from collections.abc import AsyncIterator, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from hypothesis import settings
from playwright.async_api import Browser

import market
from bot.opening import settled
from bot.town import fill
from tests.browser import browser

# How long an example takes says more about the machine than about us.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

HERE = Path(__file__).parent
COVERING = HERE / "market"
"""The market's own tests run its every branch; tracing slows a test down by three quarters."""


def pytest_sessionstart() -> None:
    # Nothing that is imported or collected goes away again.
    gc.disable()


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    if (coverage := _coverage(session.config)) is not None:
        for module in walk_packages(market.__path__, "market."):
            import_module(module.name)
        coverage.pause()
    return (yield)


def pytest_collection_finish() -> None:
    """From here on garbage is collected as in the bot: rarely, and none of what is there."""
    settled()
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    coverage = _coverage(item.config)
    if coverage is None or not item.path.is_relative_to(COVERING):
        return (yield)
    coverage.resume()
    outcome = yield
    coverage.pause()
    return outcome


def _coverage(config: pytest.Config) -> Any:
    plugin = config.pluginmanager.get_plugin("_cov")
    return plugin and plugin.cov_controller


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
