"""Turns photos as people send them into photos that may be shown to others."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from gateways.reencode import REFUSED
from market.domain.errors import Invalid

_PROGRAM = Path(__file__).with_name("reencode.py")
PATIENCE = 60.0
"""Seconds for one picture."""


@dataclass(frozen=True, slots=True)
class Darkroom:
    """Implements market.ports.photos.Darkroom."""

    download: Callable[[str], Awaitable[bytes]]
    """The bytes behind a file_id."""
    keep: Callable[[bytes], Awaitable[str]]
    """Puts bytes into the photo store; their key."""

    async def develop(self, file_id: str) -> str:
        return await self.keep(await clean(await self.download(file_id)))


async def clean(content: bytes) -> bytes:
    """A JPEG without metadata. Raises Invalid("photo") for what is not a picture, or a trap."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(_PROGRAM),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(PATIENCE):
            picture, complaint = await process.communicate(content)
    except BaseException as error:
        process.kill()
        await process.wait()
        if isinstance(error, TimeoutError):
            raise Invalid("photo", "unreadable") from None
        raise
    if process.returncode == REFUSED or (process.returncode or 0) < 0:
        raise Invalid("photo", "unreadable")
    if process.returncode:
        raise RuntimeError(f"the picture was not re-encoded: {complaint.decode(errors='replace')}")
    return picture
