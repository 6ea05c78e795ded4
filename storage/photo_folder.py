"""The bytes of photos: files in a folder, under names made by us."""

import asyncio
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PhotoFolder:
    """One file a key, whole or not there; what is kept is on the disk before a row names it."""

    root: Path

    async def keep(self, content: bytes) -> str:
        key = secrets.token_hex(16)
        await asyncio.to_thread(self.put, key, content)
        return key

    async def read(self, key: str) -> bytes:
        """Raises FileNotFoundError."""
        return await asyncio.to_thread(self.get, key)

    def get(self, key: str) -> bytes:
        """Raises FileNotFoundError."""
        return self._path(key).read_bytes()

    def put(self, key: str, content: bytes) -> None:
        """Write the file, or write it anew."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{secrets.token_hex(4)}")
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
        _flush_names(path.parent)

    async def drop(self, key: str) -> None:
        """Delete the bytes, if they are there."""
        await asyncio.to_thread(self._path(key).unlink, missing_ok=True)

    async def kept_before(self, instant: datetime) -> Sequence[str]:
        """The keys of what was put here before then; what a crash left half-written is gone."""
        return await asyncio.to_thread(self._kept_before, instant.timestamp())

    def has(self, key: str) -> bool:
        return self._path(key).exists()

    def _kept_before(self, moment: float) -> Sequence[str]:
        keys = []
        for file in self.root.glob("*/*"):
            with suppress(FileNotFoundError):  # deleted meanwhile
                if file.stat().st_mtime >= moment:
                    continue
                if file.suffix == ".jpg":
                    keys.append(file.stem)
                else:
                    file.unlink()
        return keys

    def _path(self, key: str) -> Path:
        # A few hundred folders: some file systems are slow with many files in one.
        return self.root / key[:2] / f"{key}.jpg"


def _flush_names(folder: Path) -> None:
    # A power cut may otherwise take back the rename, though the file's bytes are safe.
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
