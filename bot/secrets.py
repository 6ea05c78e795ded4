"""Secrets that the process makes for itself, once."""

import os
import secrets
from pathlib import Path

from bot.trouble import Trouble

LENGTH = 32


def kept_secret(path: Path) -> bytes:
    """What the file says; made of random bytes, for its owner's eyes alone, if it is not there.

    Raises Trouble when it can be neither read nor written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_bytes()
        with os.fdopen(file, "wb") as stream:
            secret = secrets.token_bytes(LENGTH)
            stream.write(secret)
    except OSError as error:
        raise Trouble(f"{path} cannot be kept: {error.strerror}") from None
    return secret
