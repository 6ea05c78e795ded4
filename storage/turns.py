"""Lets a process that is about to take the write lock again see that another one waits for it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A shared lock on a small file beside the database: who waits holds it.

    The kernel gives it back when a process dies, so a killed waiter delays nobody.
    """

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Be seen as waiting while the block runs."""
        # It blocks only for the instant in which another process looks.
        fcntl.flock(self._file, fcntl.LOCK_SH)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def others_wait(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        fcntl.flock(self._file, fcntl.LOCK_UN)
        return False

    def close(self) -> None:
        os.close(self._file)
