"""Writes benchmarks/proof.json: each proof with its figures and its outcome."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sizes import PROOF

RESULTS = Path(__file__).parents[2] / "benchmarks" / "proof.json"
HERE = Path(__file__).parent

Figures = Callable[..., None]


@pytest.fixture
def proof(request: pytest.FixtureRequest) -> Figures:
    """What a proof calls with its size and what it found: ``proof(size=200, lost=0)``."""

    def note(**figures: Any) -> None:
        request.node.user_properties.extend(figures.items())

    return note


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("proof")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report: pytest.TestReport = yield
    if report.when == "call" or not report.passed:
        _rows(item.config)[item.nodeid] = {
            "name": item.name.removeprefix("test_").replace("_", " "),
            **dict(item.user_properties),
            "seconds": round(report.duration, 1),
            "outcome": report.outcome,
        }
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    rows = _rows(session.config)
    if PROOF and rows:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(list(rows.values()), indent=2) + "\n")


_ROWS = pytest.StashKey[dict[str, dict[str, Any]]]()


def _rows(config: pytest.Config) -> dict[str, dict[str, Any]]:
    return config.stash.setdefault(_ROWS, {})
