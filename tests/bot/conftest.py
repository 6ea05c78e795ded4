import os
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, and none of the settings of whoever runs the tests."""
    for name in list(os.environ):
        if name.upper().startswith("PARK_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def drawings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the town's photos are drawn once."""
    return tmp_path_factory.mktemp("drawings")
