from dataclasses import dataclass, replace
from datetime import datetime

from market.domain.account import (
    CODE_LIFETIME,
    REFRESH_LIFETIME,
    Account,
    Code,
    Purpose,
    RefreshToken,
    Session,
    UserType,
    digest_of,
    new_secret,
)
from market.domain.errors import Invalid, NotSignedIn
from market.domain.ids import PersonId, SessionId, new_id
from market.domain.notice import Kind, Notice
from market.domain.person import Person, checked_name
from market.ports.work import Work


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session, and the secret that gets it its next access."""

    session: Session
    refresh: str


@dataclass(frozen=True, slots=True)
class AccountService:
    """Signing in without Telegram. Passwords come hashed: hashing takes too long for a unit."""

    work: Work
    now: datetime
    language: str

    async def register(
        self, email: str, password: str, *, name: str, user_type: UserType, language: str | None
    ) -> SignedIn:
        """A new person, signed in; a mail, in their language, asks whether the address is theirs.

        Raises EmailTaken, and Invalid for the name.
        """
        person = Person(
            id=PersonId(new_id()),
            telegram=None,
            name=checked_name(name),
            language=language or self.language,
            zone="UTC",
            met_at=self.now,
        )
        account = Account(person.id, self.now, user_type, email, password)
        await self.work.people.add(person)
        await self.work.accounts.save(account)
        await self.ask_to_verify(account)
        return await self.open_session(person.id)

    async def of(self, person: Person) -> Account:
        """Whoever came through Telegram has one too, only without an address."""
        return await self.work.accounts.of(person.id) or Account(person.id, person.met_at)

    async def of_email(self, email: str) -> Account | None:
        return await self.work.accounts.of_email(email)

    async def become(self, person: Person, user_type: UserType) -> Account:
        return await self._saved(replace(await self.of(person), user_type=user_type))

    async def sign_in(self, account: Account, password: str | None = None) -> SignedIn:
        """For whoever knew the password of ``account``; a new hash of it may come along.

        Raises NotSignedIn if it was changed in the meantime.
        """
        current = await self.work.accounts.of(account.person)
        if current is None or current.password != account.password:
            raise NotSignedIn
        if password is not None:
            await self._saved(replace(current, password=password))
        return await self.open_session(account.person)

    async def open_session(self, person: PersonId) -> SignedIn:
        session = Session(SessionId(new_id()), person, self.now)
        await self.work.sessions.add(session)
        return SignedIn(session, await self._refresh_token(session))

    async def renew(self, refresh: str) -> SignedIn | None:
        """The session goes on, with a new secret instead of this one; None if it is not good.

        A secret that was used before has been copied, by whom nobody knows: the session ends. So
        this must be saved even though the answer is a refusal, and is why it does not raise.
        """
        token = await self.work.sessions.token(digest_of(refresh))
        session = token and await self.work.sessions.get(token.session)
        if not token or not session or session.ended_at or token.expires_at <= self.now:
            return None
        if token.used_at:
            await self.work.sessions.end(session.id, self.now)
            return None
        await self.work.sessions.use_token(token.digest, self.now)
        return SignedIn(session, await self._refresh_token(session))

    async def person_of(self, session_id: SessionId) -> Person:
        """Raises NotSignedIn when the session has ended."""
        session = await self.work.sessions.get(session_id)
        if session is None or session.ended_at is not None:
            raise NotSignedIn
        return await self.work.people.get(session.person)

    async def sign_out(self, session: SessionId) -> None:
        await self.work.sessions.end(session, self.now)

    async def ask_to_verify(self, account: Account) -> None:
        """By mail; whoever has no address, or has proved it, is not asked."""
        if account.email is not None and not account.email_verified:
            await self._send(account, Purpose.VERIFY, Kind.CONFIRM_EMAIL)

    async def verify_email(self, secret: str) -> None:
        """Raises Invalid for a code that is not good."""
        account = await self._taken(secret, Purpose.VERIFY)
        await self._saved(replace(account, email_verified=True))

    async def forgot(self, email: str) -> None:
        """Sends a code to the address, if it is somebody's; nobody can tell from outside."""
        account = await self.of_email(email)
        if account is not None:
            await self._send(account, Purpose.RESET, Kind.RESET_PASSWORD)

    async def resetting(self, secret: str) -> Account:
        """Whose password a code may change. Raises Invalid for a code that is not good."""
        code = await self.work.codes.find(digest_of(secret), Purpose.RESET)
        return await self._behind(code)

    async def reset(self, secret: str, password: str) -> None:
        """A new password. Whoever knew the old one is signed out everywhere.

        The address is proved by this too. Raises Invalid for a code that is not good.
        """
        account = await self._taken(secret, Purpose.RESET)
        await self._saved(replace(account, password=password, email_verified=True))
        await self.work.sessions.end_all(account.person, self.now)

    async def _taken(self, secret: str, purpose: Purpose) -> Account:
        return await self._behind(await self.work.codes.take(digest_of(secret), purpose))

    async def _behind(self, code: Code | None) -> Account:
        account = code and await self.work.accounts.of(code.person)
        if not code or not account or code.expires_at <= self.now:
            raise Invalid("token", "not good any more")
        return account

    async def _send(self, account: Account, purpose: Purpose, kind: Kind) -> None:
        secret, digest = await self._code(account.person, purpose)
        notice = Notice(f"{kind}:{digest}", kind, account.person, self.now, facts={"code": secret})
        await self.work.notices.plan([notice])

    async def _code(self, person: PersonId, purpose: Purpose) -> tuple[str, str]:
        secret = new_secret()
        digest = digest_of(secret)
        await self.work.codes.add(Code(digest, person, purpose, self.now + CODE_LIFETIME[purpose]))
        return secret, digest

    async def _refresh_token(self, session: Session) -> str:
        secret = new_secret()
        token = RefreshToken(digest_of(secret), session.id, self.now + REFRESH_LIFETIME)
        await self.work.sessions.add_token(token)
        return secret

    async def _saved(self, account: Account) -> Account:
        await self.work.accounts.save(account)
        return account
