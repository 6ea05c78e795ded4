"""The description against what is served: every check, every operation, as four kinds of people."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from storage.migrate import upgrade
from tests.api.conftest import PASSWORD, PICTURE, StillClock
from tests.api.scenes import OFFER, hours
from tests.api.served import served
from tests.sizes import SCHEMATHESIS_CASES, SCHEMATHESIS_EXAMPLES, SCHEMATHESIS_PHASES

FUZZING = Path(__file__).parent / "fuzzing"
GATE, NOTES, ADDRESS, PLATE = "a-picture-of-the-gate", "Gate 4711-A", "Secret lane 17", "HID204"
ROLES = ["anonymous", "renter", "lister", "stranger"]


@dataclass
class Town:
    """A lister's spaces, a renter's booking at one of them, and a stranger."""

    url: str
    database: Path
    tokens: dict[str, str]
    known: dict[str, list[str]]

    def private(self, role: str) -> list[str]:
        """What nobody in this role may read."""
        others = [f"{name}@example.org" for name in ROLES[1:] if name != role]
        return {
            "anonymous": [*others, NOTES, ADDRESS, GATE, PLATE],
            "renter": others,
            "lister": others,
            "stranger": [*others, NOTES, ADDRESS, GATE, PLATE],
        }[role]

    def belongings(self, role: str) -> list[Any]:
        """Everything that this role must not change, as the store has it."""
        queries = [OTHERS_OWN.format(table=table, owner=owner) for table, owner in OWNED.items()]
        if role in ("anonymous", "stranger"):
            queries += ["SELECT * FROM bookings ORDER BY id", "SELECT * FROM booking_events"]
        with sqlite3.connect(self.database) as connection:
            return [
                connection.execute(query, {"mine": f"{role}@example.org"}).fetchall()
                for query in queries
            ]


OWNED = {"people": "id", "vehicles": "owner", "spaces": "lister", "photos": "owner"}
OTHERS_OWN = """
    SELECT {table}.* FROM {table} JOIN accounts ON accounts.person = {table}.{owner}
    WHERE accounts.email IN ('renter@example.org', 'lister@example.org', 'stranger@example.org')
    AND accounts.email <> :mine ORDER BY {table}.id
"""


class Client:
    def __init__(self, http: httpx.Client, name: str) -> None:
        self.http = http
        tokens = self.post(
            "auth/register", email=f"{name}@example.org", password=PASSWORD, name=name
        )
        self.token = tokens["access_token"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        return self._done(self.http.post(path, json=body))

    def photo(self, space: str, shows: str, picture: bytes) -> dict[str, Any]:
        return self._done(
            self.http.post(
                f"spaces/{space}/upload-image",
                files={"file": ("photo.jpg", picture, "image/jpeg")},
                data={"shows": shows},
            )
        )

    def _done(self, answer: httpx.Response) -> dict[str, Any]:
        assert answer.is_success, answer.text
        return dict(answer.json())


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    database = tmp_path / "park.db"
    url = f"sqlite+aiosqlite:///{database}"
    upgrade(url)
    with served(url, tmp_path / "photos", StillClock()) as address, ExitStack() as clients:
        people = {
            name: Client(clients.enter_context(httpx.Client(base_url=f"{address}/api/v1/")), name)
            for name in ROLES[1:]
        }
        yield _settled(address, database, **people)


def _settled(url: str, database: Path, renter: Client, lister: Client, stranger: Client) -> Town:
    spaces = [lister.post("spaces", **OFFER | {"notes": NOTES, "address": ADDRESS}) for _ in "abc"]
    for space in spaces:
        shown = lister.photo(space["id"], "space", PICTURE)
        hidden = lister.photo(space["id"], "entrance", PICTURE + GATE.encode())
    own = stranger.post("spaces", **OFFER)
    vehicle = renter.post("users/vehicles", plate=PLATE)
    quote = renter.post("quotes", space_id=spaces[0]["id"], **hours(5, 7))
    # Taken for good: who books there would rightly be told how to get in.
    bookings = [
        renter.post("bookings/create", space_id=space["id"], plate=PLATE, **hours(0, 720))
        for space in spaces
    ]
    photos = [photo["id"] for photo in (*shown["photos"], *hidden["exact"]["photos"])]
    known = {
        "space_id": [*(space["id"] for space in spaces), own["id"]],
        "booking_id": [booking["id"] for booking in bookings],
        "quote_id": [quote["id"]],
        "vehicle_id": [vehicle["id"]],
        "vehicle": [vehicle["id"]],
        "photo_id": photos,
        "user_id": [spaces[0]["lister_id"]],
    }
    tokens = {"lister": lister.token, "renter": renter.token, "stranger": stranger.token}
    return Town(url, database, tokens, known)


@pytest.mark.proof
@pytest.mark.parametrize("role", ROLES)
def test_what_is_described_is_served_and_nothing_of_others(
    town: Town, role: str, tmp_path: Path
) -> None:
    before = town.belongings(role)

    said = _schemathesis(town, role, tmp_path)

    cases = re.search(r"([\d,]+) generated", said)
    assert cases is not None, said
    assert int(cases[1].replace(",", "")) >= SCHEMATHESIS_CASES
    assert town.belongings(role) == before


def _schemathesis(town: Town, role: str, folder: Path) -> str:
    """What it said; an error of any kind fails the test with it."""
    facts = folder / "facts.json"
    facts.write_text(json.dumps({"known": town.known, "private": town.private(role)}))
    command = [
        *(str(Path(sys.executable).with_name("schemathesis")), "--no-color"),
        *("--config-file", str(FUZZING / "schemathesis.toml")),
        *("run", f"{town.url}/openapi.json", "--checks", "all"),
        *("--max-examples", str(SCHEMATHESIS_EXAMPLES), "--request-timeout", "60"),
        *("--phases", SCHEMATHESIS_PHASES),
    ]
    if role != "anonymous":
        command += ["--header", f"Authorization: Bearer {town.tokens[role]}"]
        # Whoever signs out is nobody for the rest of the run.
        command += ["--exclude-operation-id", "logout"]
    environment = os.environ | {
        "FUZZING": str(facts),
        "SCHEMATHESIS_HOOKS": "tests.proof.fuzzing.hooks",
    }
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, cwd=folder, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
