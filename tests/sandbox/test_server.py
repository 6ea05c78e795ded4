"""Starting and stopping: ports, and the command on its own."""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import aiohttp
import pytest

from sandbox import Sandbox

ROOT = Path(__file__).parents[2]


async def test_a_busy_port_is_an_error_or_the_next_one_is_taken() -> None:
    async with Sandbox() as first:
        port = int(first.url.rpartition(":")[2])
        with pytest.raises(OSError, match=str(port)):
            await Sandbox(port=port).__aenter__()
        async with Sandbox(port=port, or_next=True) as second:
            assert int(second.url.rpartition(":")[2]) > port


async def test_a_waiting_poll_does_not_hold_up_the_end(session: aiohttp.ClientSession) -> None:
    async with Sandbox() as sandbox:
        url = f"{sandbox.url}/bot{sandbox.token}/getUpdates?timeout=50"
        poll = asyncio.create_task(session.get(url))
        await sandbox.called("getUpdates")
    assert (await (await poll).json())["result"] == []


async def test_the_command_serves_until_it_is_interrupted(session: aiohttp.ClientSession) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--port", str(port), "--token", "42:ours"),
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stdout=asyncio.subprocess.PIPE,
    )
    page = (await process.stdout.readline()).decode().split()[-1]
    api = (await process.stdout.readline()).decode().split()[-1]
    async with session.get(f"{api}getMe") as response:
        assert (await response.json())["result"]["id"] == 42
    assert api == f"{page}/bot42:ours/"
    process.send_signal(signal.SIGINT)
    assert await asyncio.wait_for(process.wait(), 5) == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--token", "wrong"), b"a token begins with the bot's number and a colon"),
        (("--city", "/nowhere.gz"), b"there is no map at /nowhere.gz"),
        (("--port", "many"), b"invalid int value"),
        (("--port", "70000"), b"a port is a number from 0 to 65535"),
    ],
    ids=["token", "city", "port", "large port"],
)
async def test_a_wrong_argument_is_one_clear_line(arguments: tuple[str, ...], words: bytes) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", *arguments), cwd=ROOT, stderr=asyncio.subprocess.PIPE
    )
    _, complaint = await process.communicate()
    assert process.returncode == 2
    assert words in complaint.splitlines()[-1]
