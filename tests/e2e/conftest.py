import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from bot.outside import CITY
from bot.wiring import Marketplace
from sandbox import Sandbox
from tests.e2e.running import listening, polling
from tests.e2e.town import Town, a_town


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(city=CITY) as sandbox:
        yield sandbox


@pytest.fixture(params=[polling, listening], ids=["by polling", "by webhook"])
async def place(
    request: pytest.FixtureRequest, sandbox: Sandbox, tmp_path: Path
) -> AsyncIterator[Marketplace]:
    async with request.param(sandbox, tmp_path) as place, asyncio.timeout(60):
        yield place


@pytest.fixture(scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> AsyncIterator[Town]:
    """Whose map page stands still: that it moves is looked at where the map itself is."""
    folder = tmp_path_factory.mktemp("town")
    async with a_town(folder, chromium, reduced_motion="reduce") as town:
        yield town
