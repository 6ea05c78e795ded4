"""Registering, signing in and out, and proving addresses."""

import json
from typing import Any

import httpx
import jwt
import pytest

from api.limits import Rates
from storage.database import Store
from tests.api.conftest import PASSWORD, Client, StillClock

RITA = "rita@example.org"
OTHER = "a quite different password"


def problem_of(answer: httpx.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return str(answer.json()["type"]).rpartition(":")[2]


async def mailed(store: Store, kind: str) -> str:
    """The code in the newest mail of a kind."""
    async with store.begin() as work:
        rows = await work.connection.exec_driver_sql(
            "SELECT facts FROM outbox WHERE kind = ? ORDER BY rowid DESC LIMIT 1", (kind,)
        )
        return str(json.loads(rows.scalar_one())["code"])


async def test_registering_signs_in(renter: Client) -> None:
    assert (await renter.get("auth/me")).json() == {
        "id": renter.id,
        "name": "Rita",
        "email": RITA,
        "email_verified": False,
        "telegram_linked": False,
        "verified": False,
        "user_type": "both",
        "mails": True,
        "language": "en",
        "member_since": "2030-06-03T12:00:00Z",
    }


@pytest.mark.parametrize("email", [RITA, "RITA@Example.ORG"], ids=["as it is", "in capitals"])
async def test_an_address_is_taken_once_in_any_spelling(
    renter: Client, anybody: Client, email: str
) -> None:
    answer = await anybody.post("auth/register", email=email, password=PASSWORD, name="Rita")

    assert (answer.status_code, problem_of(answer)) == (409, "email-taken")


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"password": "short"}, 422),
        ({"password": "x" * 129}, 422),
        ({"email": "no address"}, 422),
        ({"email": "a@localhost"}, 422),
        ({"name": ""}, 422),
        ({"name": "   "}, 400),
        ({"password": "Leo.the.lister@example.org"}, 400),
        ({"user_type": "king"}, 422),
        ({"admin": True}, 422),
    ],
    ids=lambda value: str(value),
)
async def test_what_cannot_be_registered(
    anybody: Client, wrong: dict[str, Any], status: int
) -> None:
    body = {"email": "leo.the.lister@example.org", "password": PASSWORD, "name": "Leo"} | wrong

    answer = await anybody.post("auth/register", **body)

    assert answer.status_code == status
    assert body["password"] not in answer.text


async def test_signing_in_takes_the_right_password(renter: Client, anybody: Client) -> None:
    answer = await anybody.post("auth/login", email="Rita@example.org", password=PASSWORD)

    assert answer.status_code == 200
    assert answer.json()["expires_in"] == 900
    anybody.tokens = answer.json()
    assert (await anybody.get("auth/me")).json()["id"] == renter.id


@pytest.mark.parametrize("email", [RITA, "nobody@example.org"], ids=["known", "unknown"])
async def test_a_wrong_password_and_an_unknown_address_are_answered_alike(
    renter: Client, anybody: Client, email: str
) -> None:
    answer = await anybody.post("auth/login", email=email, password=OTHER)

    assert (answer.status_code, problem_of(answer)) == (401, "not-signed-in")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_an_unknown_address_costs_a_hash_as_well(
    anybody: Client, backend, monkeypatch
) -> None:
    hashed = []
    verify = backend.passwords._verify
    monkeypatch.setattr(
        backend.passwords, "_verify", lambda *args: hashed.append(args) or verify(*args)
    )

    await anybody.post("auth/login", email="nobody@example.org", password=OTHER)

    assert len(hashed) == 1


async def test_an_access_token_runs_out_after_fifteen_minutes(
    renter: Client, clock: StillClock
) -> None:
    clock.pass_by(minutes=14, seconds=59)
    assert (await renter.get("auth/me")).status_code == 200
    clock.pass_by(seconds=1)
    assert (await renter.get("auth/me")).status_code == 401


@pytest.mark.parametrize("missing", ["aud", "iss", "exp", "jti", "iat", "sub", "sid"])
async def test_an_access_token_says_everything(renter: Client, backend, missing: str) -> None:
    claims = jwt.decode(renter.tokens["access_token"], options={"verify_signature": False})
    renter.tokens["access_token"] = jwt.encode(claims, backend.access.secret)
    assert (await renter.get("auth/me")).status_code == 200

    del claims[missing]
    renter.tokens["access_token"] = jwt.encode(claims, backend.access.secret)

    assert (await renter.get("auth/me")).status_code == 401


@pytest.mark.parametrize(
    "changes",
    [{"aud": "elsewhere"}, {"iss": "somebody"}, {"sid": "0000000001"}, {"exp": "soon"}],
    ids=["for others", "by others", "no session", "no time"],
)
async def test_an_access_token_is_ours(renter: Client, backend, changes: dict[str, str]) -> None:
    claims = jwt.decode(renter.tokens["access_token"], options={"verify_signature": False})
    renter.tokens["access_token"] = jwt.encode(claims | changes, backend.access.secret)

    assert (await renter.get("auth/me")).status_code == 401


@pytest.mark.parametrize("algorithm", ["none", "HS512"])
async def test_an_access_token_is_signed_our_way(renter: Client, backend, algorithm: str) -> None:
    claims = jwt.decode(renter.tokens["access_token"], options={"verify_signature": False})
    key = None if algorithm == "none" else backend.access.secret * 4
    renter.tokens["access_token"] = jwt.encode(claims, key, algorithm)

    assert (await renter.get("auth/me")).status_code == 401


async def test_a_refresh_token_is_good_once_and_its_thief_ends_the_session(
    renter: Client, anybody: Client
) -> None:
    stolen = renter.tokens["refresh_token"]
    renewed = await anybody.post("auth/refresh", refresh_token=stolen)
    assert renewed.status_code == 200
    renter.tokens = renewed.json()
    assert (await renter.get("auth/me")).status_code == 200

    assert (await anybody.post("auth/refresh", refresh_token=stolen)).status_code == 401

    assert (await renter.get("auth/me")).status_code == 401
    again = await anybody.post("auth/refresh", refresh_token=renter.tokens["refresh_token"])
    assert again.status_code == 401


async def test_whoever_stays_away_for_a_month_signs_in_again(
    renter: Client, clock: StillClock
) -> None:
    clock.pass_by(days=30)

    answer = await renter.post("auth/refresh", refresh_token=renter.tokens["refresh_token"])

    assert answer.status_code == 401


async def test_signing_out_ends_this_session_and_no_other(
    renter: Client, http: httpx.AsyncClient
) -> None:
    login = await Client(http).post("auth/login", email=RITA, password=PASSWORD)
    phone = Client(http, login.json())

    assert (await phone.post("auth/logout")).status_code == 204

    assert (await phone.get("auth/me")).status_code == 401
    refused = await phone.post("auth/refresh", refresh_token=login.json()["refresh_token"])
    assert refused.status_code == 401
    assert (await renter.get("auth/me")).status_code == 200


async def test_an_address_is_verified_with_what_was_mailed(renter: Client, store: Store) -> None:
    code = await mailed(store, "confirm_email")

    assert (await renter.post("auth/verify-email", token=code)).status_code == 204

    assert (await renter.get("auth/me")).json()["verified"] is True
    assert (await renter.post("auth/verify-email", token=code)).status_code == 400


async def test_a_mail_sent_anew_replaces_the_first(renter: Client, store: Store) -> None:
    first = await mailed(store, "confirm_email")
    assert (await renter.post("auth/verify-email/send")).status_code == 202
    second = await mailed(store, "confirm_email")

    assert (await renter.post("auth/verify-email", token=first)).status_code == 400
    assert (await renter.post("auth/verify-email", token=second)).status_code == 204


async def test_a_forgotten_password_is_chosen_anew_once_and_ends_every_session(
    renter: Client, anybody: Client, store: Store
) -> None:
    assert (await anybody.post("auth/password/forgot", email=RITA)).status_code == 202
    code = await mailed(store, "reset_password")

    done = await anybody.post("auth/password/reset", token=code, password=OTHER)

    assert done.status_code == 204
    assert (await renter.get("auth/me")).status_code == 401
    old = await anybody.post("auth/login", email=RITA, password=PASSWORD)
    new = await anybody.post("auth/login", email=RITA, password=OTHER)
    again = await anybody.post("auth/password/reset", token=code, password=PASSWORD)
    assert (old.status_code, new.status_code, again.status_code) == (401, 200, 400)


async def test_a_reset_is_good_for_half_an_hour(
    renter: Client, store: Store, clock: StillClock
) -> None:
    await renter.post("auth/password/forgot", email=RITA)
    code = await mailed(store, "reset_password")
    clock.pass_by(minutes=30)

    answer = await renter.post("auth/password/reset", token=code, password=OTHER)

    assert answer.status_code == 400


async def test_forgetting_never_tells_who_has_an_account(renter: Client, anybody: Client) -> None:
    known = await anybody.post("auth/password/forgot", email=RITA)
    unknown = await anybody.post("auth/password/forgot", email="nobody@example.org")

    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)


async def test_no_secret_is_kept_as_it_is(renter: Client, store: Store) -> None:
    async with store.begin() as work:
        kept = [
            str(row)
            for table in ("accounts", "sessions", "refresh_tokens", "codes")
            for row in await work.connection.exec_driver_sql(f"SELECT * FROM {table}")
        ]
    code = await mailed(store, "confirm_email")

    for secret in (PASSWORD, renter.tokens["refresh_token"], code):
        assert not [row for row in kept if secret in row]


class TestTooOften:
    @pytest.fixture
    def rates(self) -> Rates:
        return Rates(per_address="6 per minute", per_account="3 per hour")

    async def test_one_account_cannot_be_tried_for_ever(self, anybody: Client) -> None:
        for email in (RITA, RITA, RITA.upper()):
            await anybody.post("auth/login", email=email, password=OTHER)

        answer = await anybody.post("auth/login", email=RITA, password=PASSWORD)

        assert (answer.status_code, problem_of(answer)) == (429, "too-often")
        assert 0 < int(answer.headers["retry-after"]) <= 3600

    async def test_one_address_cannot_try_everybody(self, anybody: Client) -> None:
        tries = [
            await anybody.post("auth/login", email=f"{n}@example.org", password=OTHER)
            for n in range(7)
        ]

        assert [answer.status_code for answer in tries] == [401] * 6 + [429]
        assert (await anybody.get("auth/me")).status_code == 401
