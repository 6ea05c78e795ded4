from dataclasses import dataclass, replace
from datetime import datetime

from market.domain.account import CODE_LIFETIME, Account, Code, Purpose, digest_of, new_secret
from market.domain.errors import CannotLink, NotFound
from market.domain.person import Person
from market.ports.work import Work


@dataclass(frozen=True, slots=True)
class LinkingService:
    """Joins an account with the Telegram person that the same human is in the chat."""

    work: Work
    now: datetime
    mails: bool = False
    """Whether mail leaves from here; where none does, nobody can prove an address."""

    async def begin(self, person: Person) -> tuple[str, datetime]:
        """A code for the chat, and until when it is good. Raises CannotLink."""
        if person.telegram is not None:
            raise CannotLink("linked already")
        account = await self.work.accounts.of(person.id)
        if self.mails and not (account and account.email_verified):
            # Who owns the address could win the account back by mail, but not shut the chat out.
            raise CannotLink("not verified")
        secret, until = new_secret(), self.now + CODE_LIFETIME[Purpose.LINK]
        await self.work.codes.add(Code(digest_of(secret), person.id, Purpose.LINK, until))
        return secret, until

    async def offered(self, secret: str, telegram: Person) -> Account:
        """The account behind a code, to be shown before it is joined.

        Raises NotFound for a code that is not good, and CannotLink.
        """
        code = await self.work.codes.find(digest_of(secret), Purpose.LINK)
        account = code and await self.work.accounts.of(code.person)
        if not code or not account or code.expires_at <= self.now:
            raise NotFound("code")
        await self._refuse(account, telegram)
        return account

    async def join(self, secret: str, telegram: Person) -> Account:
        """Everything of both is the Telegram person's from now on, the way to sign in included.

        Raises what ``offered`` raises.
        """
        account = await self.offered(secret, telegram)
        await self.work.codes.take(digest_of(secret), Purpose.LINK)
        await self.work.people.merge(account.person, into=telegram.id)
        joined = replace(account, person=telegram.id)
        await self.work.accounts.save(joined)
        return joined

    async def _refuse(self, account: Account, telegram: Person) -> None:
        mine = await self.work.accounts.of(telegram.id)
        if account.person == telegram.id:
            raise CannotLink("linked already")
        if mine is not None and mine.email is not None:
            raise CannotLink("another account")
        if await self.work.bookings.between(account.person, telegram.id, self.now):
            # Nobody can book at their own: a stay that runs would lose one of its two sides.
            raise CannotLink("dealings")
