"""Rows about how people sign in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

# SQLite's spelling of the upsert; PostgreSQL's dialect has an insert() of the same shape.
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.account import (
    Account,
    Code,
    Purpose,
    RefreshToken,
    Session,
    UserType,
    email_key,
)
from market.domain.errors import EmailTaken
from market.domain.ids import PersonId, SessionId
from storage.tables.accounts import accounts, codes, refresh_tokens, sessions

_OF = select(accounts).where(accounts.c.person == bindparam("of_person"))
_OF_EMAIL = select(accounts).where(accounts.c.email_key == bindparam("key"))
_INSERT = upsert(accounts)
_SAVE = _INSERT.on_conflict_do_update(
    index_elements=[accounts.c.person],
    set_={
        column.name: _INSERT.excluded[column.name]
        for column in accounts.columns
        if not column.primary_key
    },
)

_SESSION = select(sessions).where(sessions.c.id == bindparam("session"))
_ADD_SESSION = insert(sessions)
_RUNNING = update(sessions).where(sessions.c.ended_at.is_(None))
_END = _RUNNING.where(sessions.c.id == bindparam("this"))
_END_ALL = _RUNNING.where(sessions.c.person == bindparam("of_person"))
_FORGET_SESSIONS = delete(sessions).where(sessions.c.id.not_in(select(refresh_tokens.c.session)))

_TOKEN = select(refresh_tokens).where(refresh_tokens.c.digest == bindparam("this"))
_ADD_TOKEN = insert(refresh_tokens)
_USE_TOKEN = update(refresh_tokens).where(refresh_tokens.c.digest == bindparam("this"))
_FORGET_TOKENS = delete(refresh_tokens).where(refresh_tokens.c.expires_at < bindparam("before"))

_THIS_CODE = (codes.c.digest == bindparam("this"), codes.c.purpose == bindparam("of_purpose"))
_CODE = select(codes).where(*_THIS_CODE)
_TAKE = delete(codes).where(*_THIS_CODE).returning(codes)
_DROP_EARLIER = delete(codes).where(
    codes.c.person == bindparam("of_person"), codes.c.purpose == bindparam("of_purpose")
)
_ADD_CODE = insert(codes)
_FORGET_CODES = delete(codes).where(codes.c.expires_at < bindparam("before"))


@dataclass(frozen=True, slots=True)
class AccountStore:
    connection: AsyncConnection

    async def of(self, person: PersonId) -> Account | None:
        row = (await self.connection.execute(_OF, {"of_person": person})).one_or_none()
        return None if row is None else _account(row)

    async def of_email(self, email: str) -> Account | None:
        """However the address is spelled."""
        row = (await self.connection.execute(_OF_EMAIL, {"key": email_key(email)})).one_or_none()
        return None if row is None else _account(row)

    async def save(self, account: Account) -> None:
        """Whether it is there already or not. Raises EmailTaken."""
        row = {
            "person": account.person,
            "made_at": account.made_at,
            "user_type": account.user_type,
            "email": account.email,
            "email_key": account.email and email_key(account.email),
            "password": account.password,
            "email_verified": account.email_verified,
            "mails": account.mails,
        }
        with _unique_address():
            await self.connection.execute(_SAVE, row)


@contextmanager
def _unique_address() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if "accounts.email_key" in str(error.orig):
            raise EmailTaken from None
        raise


@dataclass(frozen=True, slots=True)
class SessionStore:
    connection: AsyncConnection

    async def get(self, session: SessionId) -> Session | None:
        row = (await self.connection.execute(_SESSION, {"session": session})).one_or_none()
        if row is None:
            return None
        return Session(SessionId(row.id), PersonId(row.person), row.opened_at, row.ended_at)

    async def add(self, session: Session) -> None:
        row = {
            "id": session.id,
            "person": session.person,
            "opened_at": session.opened_at,
            "ended_at": session.ended_at,
        }
        await self.connection.execute(_ADD_SESSION, row)

    async def end(self, session: SessionId, at: datetime) -> None:
        await self.connection.execute(_END, {"this": session, "ended_at": at})

    async def end_all(self, person: PersonId, at: datetime) -> None:
        await self.connection.execute(_END_ALL, {"of_person": person, "ended_at": at})

    async def token(self, digest: str) -> RefreshToken | None:
        row = (await self.connection.execute(_TOKEN, {"this": digest})).one_or_none()
        if row is None:
            return None
        return RefreshToken(row.digest, SessionId(row.session), row.expires_at, row.used_at)

    async def add_token(self, token: RefreshToken) -> None:
        row = {
            "digest": token.digest,
            "session": token.session,
            "expires_at": token.expires_at,
            "used_at": token.used_at,
        }
        await self.connection.execute(_ADD_TOKEN, row)

    async def use_token(self, digest: str, at: datetime) -> None:
        await self.connection.execute(_USE_TOKEN, {"this": digest, "used_at": at})

    async def forget(self, before: datetime) -> None:
        """Drop tokens that ran out before then, and the sessions that nothing can renew."""
        await self.connection.execute(_FORGET_TOKENS, {"before": before})
        await self.connection.execute(_FORGET_SESSIONS)


@dataclass(frozen=True, slots=True)
class CodeStore:
    connection: AsyncConnection

    async def add(self, code: Code) -> None:
        """In place of the person's earlier ones for that purpose."""
        earlier = {"of_person": code.person, "of_purpose": code.purpose}
        await self.connection.execute(_DROP_EARLIER, earlier)
        row = {
            "digest": code.digest,
            "person": code.person,
            "purpose": code.purpose,
            "expires_at": code.expires_at,
        }
        await self.connection.execute(_ADD_CODE, row)

    async def find(self, digest: str, purpose: Purpose) -> Code | None:
        values = {"this": digest, "of_purpose": purpose}
        return _code((await self.connection.execute(_CODE, values)).one_or_none())

    async def take(self, digest: str, purpose: Purpose) -> Code | None:
        """Find it for the last time."""
        values = {"this": digest, "of_purpose": purpose}
        return _code((await self.connection.execute(_TAKE, values)).one_or_none())

    async def forget(self, before: datetime) -> None:
        """Drop those that ran out before then."""
        await self.connection.execute(_FORGET_CODES, {"before": before})


def _account(row: Row[Any]) -> Account:
    return Account(
        person=PersonId(row.person),
        made_at=row.made_at,
        user_type=UserType(row.user_type),
        email=row.email,
        password=row.password,
        email_verified=row.email_verified,
        mails=row.mails,
    )


def _code(row: Row[Any] | None) -> Code | None:
    if row is None:
        return None
    return Code(row.digest, PersonId(row.person), Purpose(row.purpose), row.expires_at)
