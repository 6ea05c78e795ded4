"""``parkplace serve``, from the settings to the socket."""

import socket
from pathlib import Path

import httpx
import pytest

from bot.introduction import introduced
from bot.settings import Settings
from bot.web import Door, serving
from bot.wiring import opened


@pytest.fixture
def nobody() -> str:
    """An address of this machine at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    return f"http://127.0.0.1:{port}"


async def test_http_is_answered_while_telegram_cannot_be_reached(
    nobody: str, tmp_path: Path
) -> None:
    settings = Settings(
        _env_file=None,
        bot_token="123456:a-token-of-nobody-at-all",
        bot_api_url=nobody,
        data_dir=tmp_path,
    )
    async with (
        opened(settings) as place,
        serving(place.application(), "127.0.0.1", 0) as address,
        place.runner(introduced(place.bot), place.ticking()),
        httpx.AsyncClient(base_url=address) as http,
    ):
        assert (await http.get("/healthz")).status_code == 200
        ready = await http.get("/readyz")
        assert (ready.status_code, ready.json()["database"]) == (200, "ok")
        assert "parkplace_outbox_notices 0.0" in (await http.get("/metrics")).text


def test_an_address_of_six_parts_can_be_opened_as_it_is_told() -> None:
    door = Door.at("::1", 0)
    with door.socket:
        port = door.socket.getsockname()[1]
        assert door.address == f"http://[::1]:{port}"


def test_the_pieces_of_a_reply_do_not_wait_for_one_another() -> None:
    door = Door.at("127.0.0.1", 0)
    with door.socket, socket.create_connection(door.socket.getsockname()):
        accepted, _ = door.socket.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
