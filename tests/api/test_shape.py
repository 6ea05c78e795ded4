"""What every reply has in common: problems, headers, limits, description, pages."""

import re

import httpx
import pytest
from fastapi import FastAPI

from api.problems import STATUS, TITLES, looked_up
from market.domain import errors as e
from tests.api.conftest import Client
from tests.api.scenes import OFFER


async def test_every_reply_has_its_id_and_keeps_browsers_from_guessing(anybody: Client) -> None:
    answer = await anybody.get("auth/me")

    assert answer.headers["x-request-id"] == answer.json()["request_id"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_only_the_named_origins_are_let_in(http: httpx.AsyncClient) -> None:
    async def allowed(origin: str) -> str | None:
        answer = await http.get("/api/v1/auth/me", headers={"Origin": origin})
        return answer.headers.get("access-control-allow-origin")

    assert await allowed("https://map.example.org") == "https://map.example.org"
    assert await allowed("https://evil.example.org") is None
    assert await allowed("null") is None


async def test_a_body_has_its_limit_whether_it_says_its_size_or_not(
    http: httpx.AsyncClient,
) -> None:
    async def drip():
        for _ in range(100):
            yield b" " * 1000

    for content in (b" " * 100_000, drip()):
        answer = await http.post(
            "/api/v1/auth/login", content=content, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"


async def test_a_body_that_announces_too_much_is_not_waited_for(app: FastAPI) -> None:
    answered = []

    async def nothing_comes() -> None:
        raise AssertionError("the body was asked for")

    async def send(message: dict) -> None:
        answered.append(message)

    headers = [(b"content-type", b"application/json"), (b"content-length", b"100000")]
    path = "/api/v1/auth/login"
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b""}
    await app({**scope, "headers": headers}, nothing_comes, send)

    assert answered[0]["status"] == 413


async def test_whoever_asks_for_the_head_alone_gets_that_of_the_whole(
    http: httpx.AsyncClient,
) -> None:
    head, whole = await http.head("/api/v1/words/de"), await http.get("/api/v1/words/de")

    assert (head.status_code, head.headers["etag"]) == (200, whole.headers["etag"])
    assert (await http.head("/api/v1/auth/login")).status_code == 405


async def test_an_unknown_path_and_method_are_problems_too(anybody: Client) -> None:
    unknown = await anybody.get("nowhere")
    method = await anybody.call("PATCH", "spaces")

    assert (unknown.status_code, method.status_code) == (404, 405)
    assert unknown.headers["content-type"] == "application/problem+json"
    assert method.headers["allow"] == "GET, POST"


async def test_a_failure_says_nothing_but_that_it_failed(
    anybody: Client, backend, monkeypatch
) -> None:
    monkeypatch.setattr("api.auth.checked_password", None)

    answer = await anybody.post(
        "auth/register", email="a@example.org", password="x" * 20, name="Ada"
    )

    assert answer.status_code == 500
    assert answer.json()["title"] == "That did not work, and it is our fault."
    assert answer.headers["x-request-id"] == answer.json()["request_id"]


def below(kind: type[Exception]) -> list[type[Exception]]:
    return [kind, *(found for sub in kind.__subclasses__() for found in below(sub))]


@pytest.mark.parametrize("kind", below(e.ParkError), ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_status_and_a_title_of_its_own_family(kind: type[Exception]) -> None:
    error = kind.__new__(kind)

    assert 400 <= looked_up(STATUS, error) < 600
    assert looked_up(TITLES, error).endswith((".", "?"))


async def test_the_description_needs_no_other_host(http: httpx.AsyncClient) -> None:
    for page in ("/docs", "/redoc"):
        answer = await http.get(page)
        assert answer.status_code == 200
        assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", answer.text)
        for asset in re.findall(r"(?:src|href)=\"(/[^\"]+)\"", answer.text):
            assert (await http.get(asset)).status_code == 200


async def test_the_description_is_openapi_3_1_with_ids_errors_and_an_example_each(
    app: FastAPI,
) -> None:
    description = app.openapi()

    assert description["openapi"].startswith("3.1")
    operations = [
        operation for path in description["paths"].values() for operation in path.values()
    ]
    ids = [operation["operationId"] for operation in operations]
    assert len(set(ids)) == len(ids)
    assert {"register", "create_booking", "find_spaces", "replace_space"} <= set(ids)
    for operation in operations:
        assert {"400", "413", "503"} <= operation["responses"].keys()
        assert operation["summary"]
        assert "HTTPValidationError" not in str(operation)


async def test_the_description_shows_what_every_text_looks_like(app: FastAPI) -> None:
    schemas = app.openapi()["components"]["schemas"]

    def is_shown(schema: dict) -> bool:
        known = ("examples", "enum", "const", "format", "default")
        return (
            schema.get("type") != "string"
            if "type" in schema
            else "$ref" in schema or any(map(is_shown, schema.get("anyOf", [{}])))
        ) or any(name in schema for name in known)

    bare = [
        f"{name}.{member}"
        for name, schema in schemas.items()
        for member, value in schema.get("properties", {}).items()
        if not is_shown(value) and name != "Problem" and not name.startswith("Body_")
    ]
    assert bare == []


async def test_a_value_of_the_wrong_shape_is_named_but_not_repeated(lister: Client) -> None:
    answer = await lister.post("spaces", **OFFER | {"title": 4711, "wheels": "secret"})

    assert answer.status_code == 422
    where = {error["where"] for error in answer.json()["errors"]}
    assert where == {"body/title", "body/wheels"}
    assert "secret" not in answer.text


async def test_what_is_wrong_in_a_query_is_named_as_it_was_sent(anybody: Client) -> None:
    answer = await anybody.get("spaces", lat=91, lng=24.9, start="soon", tags=["lit", "golden"])

    where = {error["where"] for error in answer.json()["errors"]}
    assert where == {"query/lat", "query/start", "query/tags/1"}
