"""Replies a second for fifty people in a closed loop: our whole search beside two echo bots.

Ours finds and draws a card for every location, writes inbox, conversation and answer with
``synchronous=FULL``, and has everything on that the product has; only the courier's limits are
raised, which Telegram asks for and the stub does not. The peers send a constant text back.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

TOKEN = "42:a-token-for-the-benchmark"
ROUNDS = 3
"""Each bot in turn, so that a machine that drifts drifts for all; the medians are compared."""
LIMITS = {"PARK_SEND_PER_SECOND": "100000", "PARK_SEND_PER_CHAT": "100000"}


def measured() -> list[dict[str, object]]:
    """The rows for the results; ``ratio`` above 1 means that ours answers more."""
    with tempfile.TemporaryDirectory() as folder:
        environment = _settings(Path(folder))
        _parkplace(["migrate"], environment)
        _parkplace(["seed"], environment)
        bots: dict[str, list[str]] = {
            "ours": [sys.executable, "-m", "bot", "run"],
            "python-telegram-bot echo": [sys.executable, "-m", "benchmarks.peers.ptb_echo"],
            "aiogram echo": [sys.executable, "-m", "benchmarks.peers.aiogram_echo"],
        }
        rates: dict[str, list[float]] = {name: [] for name in bots}
        for _ in range(ROUNDS):
            for name, command in bots.items():
                rates[name].append(_rate(command, environment, peer=name != "ours"))
    ours = statistics.median(rates.pop("ours"))
    return [_row(ours, name, statistics.median(theirs)) for name, theirs in rates.items()]


def _row(ours: float, peer: str, theirs: float) -> dict[str, object]:
    return {
        "name": "search replies, 50 people",
        "metric": "replies",
        "unit": "1/s",
        "ours": round(ours, 1),
        "peer": peer,
        "peer_value": round(theirs, 1),
        "ratio": round(ours / theirs, 3),
    }


def _settings(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PARK_")}
    return (
        kept
        | LIMITS
        | {
            "PARK_BOT_TOKEN": TOKEN,
            "PARK_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'park.db'}",
            "PARK_DATA_DIR": str(folder / "data"),
        }
    )


def _parkplace(arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", "bot", *arguments]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def _rate(command: Sequence[str], environment: Mapping[str, str], *, peer: bool) -> float:
    crowd = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.crowd"], stdout=subprocess.PIPE, text=True
    )
    assert crowd.stdout is not None
    url = crowd.stdout.readline().strip()
    arguments = [url, TOKEN] if peer else []
    bot = subprocess.Popen(
        [*command, *arguments],
        env={**environment, "PARK_BOT_API_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        result = json.loads(crowd.stdout.readline())
    finally:
        bot.terminate()
        bot.wait(30)
        crowd.wait(30)
    return float(result["replies"]) / float(result["seconds"])


if __name__ == "__main__":
    for row in measured():
        print(json.dumps(row))
