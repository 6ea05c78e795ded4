from datetime import datetime
from typing import Protocol

from market.domain.account import Account, Code, Purpose, RefreshToken, Session
from market.domain.ids import PersonId, SessionId


class Accounts(Protocol):
    async def of(self, person: PersonId) -> Account | None: ...

    async def of_email(self, email: str) -> Account | None:
        """However the address is spelled."""

    async def save(self, account: Account) -> None:
        """Whether it is there already or not. Raises EmailTaken."""


class Sessions(Protocol):
    async def get(self, session: SessionId) -> Session | None: ...

    async def add(self, session: Session) -> None: ...

    async def end(self, session: SessionId, at: datetime) -> None:
        """Nothing of it gets access from now on."""

    async def end_all(self, person: PersonId, at: datetime) -> None: ...

    async def token(self, digest: str) -> RefreshToken | None: ...

    async def add_token(self, token: RefreshToken) -> None: ...

    async def use_token(self, digest: str, at: datetime) -> None: ...


class Codes(Protocol):
    async def add(self, code: Code) -> None:
        """In place of the person's earlier ones for that purpose."""

    async def find(self, digest: str, purpose: Purpose) -> Code | None: ...

    async def take(self, digest: str, purpose: Purpose) -> Code | None:
        """Find it for the last time."""
