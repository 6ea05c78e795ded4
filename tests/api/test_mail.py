"""One click ends the letters."""

from dataclasses import replace

import httpx
import pytest

from api.context import Backend
from gateways.unsubscribing import SignedLinks
from market.domain.ids import PersonId, read_id
from storage.database import Store
from tests.api.conftest import Client, app_of

LINKS = SignedLinks(b"a secret of the tests", "http://park.example")


@pytest.fixture
def backend(backend: Backend) -> Backend:
    return replace(backend, links=LINKS)


@pytest.fixture
def app(backend: Backend):
    return app_of(backend)


async def mails(store: Store, client: Client) -> bool | None:
    async with store.read() as work:
        return (await work.accounts.of(PersonId(read_id(client.id)))).mails


async def test_a_post_of_the_mail_program_unsubscribes(renter, http: httpx.AsyncClient, store):
    link = LINKS.link(PersonId(read_id(renter.id)))
    answer = await http.post(link, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert await mails(store, renter) is False
    assert (await http.post(link)).status_code == 200, "twice does no harm"


async def test_following_the_link_only_asks(renter, http: httpx.AsyncClient, store) -> None:
    answer = await http.get(LINKS.link(PersonId(read_id(renter.id))))
    assert '<form method="post"' in answer.text
    assert await mails(store, renter) is None


async def test_the_pages_speak_as_the_letters_do(renter, http: httpx.AsyncClient) -> None:
    await renter.put("users/profile", {"name": "Rita", "user_type": "renter", "language": "de"})
    link = LINKS.link(PersonId(read_id(renter.id)))
    assert '<html lang="de">' in (await http.get(link)).text
    assert "keine Mails mehr" in (await http.post(link)).text


async def test_whoever_has_left_is_answered_too(http: httpx.AsyncClient) -> None:
    assert (await http.post(LINKS.link(PersonId(7)))).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("forged", ["", "x", "{id}.", "{id}.{mark}"])
async def test_nobody_unsubscribes_others(renter, http, store, method, forged) -> None:
    token = forged.format(id=renter.id, mark="0" * 32)
    answer = await http.request(method, "/api/v1/mail/unsubscribe", params={"token": token})
    assert answer.status_code in (400, 409, 422)
    assert await mails(store, renter) is None
