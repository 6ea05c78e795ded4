"""What a test needs of the machine.

Without it the test is skipped, loudly; or it fails, where everything was to be tested.
"""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest


def chromium() -> str:
    """The path of a Chromium that can be driven headless; one that has no window costs far less."""
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    return _absent("Chromium")


def postgres() -> Path:
    """The folder of PostgreSQL's server programs, with PostGIS beside them."""
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True):
        version = found.parent.parent.name
        if Path(f"/usr/share/postgresql/{version}/extension/postgis.control").exists():
            return found.parent
    return _absent("PostgreSQL with PostGIS")


def curl() -> str:
    """The path of curl."""
    return shutil.which("curl") or _absent("curl")


def openssl() -> str:
    """The path of openssl, which makes certificates."""
    return shutil.which("openssl") or _absent("openssl")


def _absent(what: str) -> NoReturn:
    if os.environ.get("TEST_EVERYTHING") == "1":
        pytest.fail(f"{what} is not installed, and everything was to be tested")
    pytest.skip(f"{what} IS NOT INSTALLED: this was not tested")
