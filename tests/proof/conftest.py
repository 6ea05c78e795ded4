"""Writes benchmarks/proof.json: each proof with its figures and its outcome."""

import json
from collections.abc import Callable
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
    """Proofs take longest, the last by name above all: what begins first is waited for least."""
    proofs = [item for item in items if HERE in item.path.parents]
    for item in proofs:
        item.add_marker("proof")
    others = [item for item in items if HERE not in item.path.parents]
    items[:] = [*sorted(proofs, key=lambda item: item.path, reverse=True), *others]


def pytest_configure(config: pytest.Config) -> None:
    """Where tests run side by side, only the process that hears of all of them writes."""
    if PROOF and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Writer())


class Writer:
    """A row for each proof, as its report comes in; written down when all are done."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if "proof" in report.keywords and (report.when == "call" or not report.passed):
            self._rows[report.nodeid] = {
                "name": report.location[2].removeprefix("test_").replace("_", " "),
                **dict(report.user_properties),
                "seconds": round(report.duration, 1),
                "outcome": report.outcome,
            }

    def pytest_sessionfinish(self) -> None:
        rows = [self._rows[node] for node in sorted(self._rows)]
        if rows:
            RESULTS.write_text(json.dumps(rows, indent=2) + "\n")
