from dataclasses import dataclass, replace
from datetime import datetime

from market.domain.account import Account, Purpose, digest_of, wants_mail
from market.domain.ids import PersonId
from market.domain.notice import Kind, Notice
from market.domain.person import Person
from market.ports.work import Work

PURPOSES = {Kind.CONFIRM_EMAIL: Purpose.VERIFY, Kind.RESET_PASSWORD: Purpose.RESET}
WAY, MAIL = "way", "mail"
"""Among the facts of a notice that goes by mail, beside the one that goes to Telegram."""


@dataclass(frozen=True, slots=True)
class CodeLetter:
    """A code for somebody's address, which need not be proved to be theirs yet."""

    notice: Notice
    person: Person
    to: str
    code: str


@dataclass(frozen=True, slots=True)
class MailService:
    """Who gets letters, and where."""

    work: Work
    now: datetime

    async def address_of(self, person: Person) -> str | None:
        """None for whoever gets no notices by mail."""
        account = await self.work.accounts.of(person.id)
        return account.email if account is not None and wants_mail(person, account) else None

    async def chosen(self, person: Person) -> bool | None:
        """Whether notices go to them by mail; None where there is no proven address."""
        account = await self.work.accounts.of(person.id)
        if account is None or account.email is None or not account.email_verified:
            return None
        return wants_mail(person, account)

    async def code_letter(self, notice: Notice) -> CodeLetter | None:
        """None when its code is not good any more, or was replaced by a newer one."""
        secret = str((notice.facts or {}).get("code", ""))
        code = await self.work.codes.find(digest_of(secret), PURPOSES[notice.kind])
        account = await self.work.accounts.of(notice.person)
        if code is None or code.expires_at <= self.now or account is None or account.email is None:
            return None
        person = await self.work.people.get(notice.person)
        return CodeLetter(notice, person, account.email, secret)

    async def also_by_mail(self, notice: Notice) -> None:
        """Owe the same once more, on the other way: each then fails and is repeated alone."""
        facts = {**(notice.facts or {}), WAY: MAIL}
        copy = replace(notice, key=f"{notice.key}:{MAIL}", facts=facts)
        await self.work.notices.plan([copy])

    async def choose(self, person: Person, *, mails: bool) -> Account:
        """Whether notices go by mail, too, or, without Telegram, at all."""
        account = await self.work.accounts.of(person.id) or Account(person.id, person.met_at)
        chosen = replace(account, mails=mails)
        await self.work.accounts.save(chosen)
        return chosen

    async def unsubscribe(self, person: PersonId) -> None:
        """Nothing happens to whoever has left, or has no account."""
        account = await self.work.accounts.of(person)
        if account is not None:
            await self.work.accounts.save(replace(account, mails=False))


def by_mail(notice: Notice) -> bool:
    return (notice.facts or {}).get(WAY) == MAIL
