"""Where a sweep gets its units of work from."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from market.ports.work import Work


class Units(Protocol):
    def begin(self) -> AbstractAsyncContextManager[Work]: ...
