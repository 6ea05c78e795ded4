"""Who owes what: double entries that always balance. Nothing is ever changed, only entered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from market.domain.ids import BookingId
from market.domain.money import Money


class Account(StrEnum):
    """The accounts of one booking."""

    RENTER = "renter"
    """What the renter owes (debit) and has settled (credit)."""
    LISTER = "lister"
    """What the lister is due (credit) and has got (debit)."""
    MONEY = "money"
    """What changes hands between the two; nothing ever stays there."""


class Reason(StrEnum):
    STAY = "stay"
    EXTENSION = "extension"
    REFUND = "refund"
    OVERSTAY = "overstay"
    PAID = "paid"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount that two accounts see, one as a debit and one as a credit: so it balances."""

    booking: BookingId
    at: datetime
    reason: Reason
    debit: Account
    credit: Account
    amount: Money


@dataclass(frozen=True, slots=True)
class Bill:
    """What a booking costs as things stand, and how much of that is open."""

    cost: Money
    """What was charged and neither given back nor waived, whether it is paid or not."""
    due: Money
    """What the renter still owes; negative where the lister has to give something back."""

    def without(self, back: Money) -> "Bill":
        """Once so much is given back. Nobody gives back more than it costs."""
        given = min(back, self.cost)
        return Bill(self.cost - given, self.due - given)


def charged(booking: BookingId, reason: Reason, amount: Money, at: datetime) -> tuple[Entry, ...]:
    """The renter owes it to the lister. Nothing is entered for no money."""
    return _entered(Entry(booking, at, reason, Account.RENTER, Account.LISTER, amount))


def given_back(
    booking: BookingId, reason: Reason, amount: Money, at: datetime
) -> tuple[Entry, ...]:
    """The renter owes that much less: a refund, or a debt that the lister waives."""
    return _entered(Entry(booking, at, reason, Account.LISTER, Account.RENTER, amount))


def paid(booking: BookingId, due: Money, at: datetime) -> tuple[Entry, ...]:
    """What was due has changed hands; a negative sum went from the lister to the renter."""
    sum_ = Money(abs(due.minor), due.currency)
    debtor, creditor = Account.RENTER, Account.LISTER
    if due.minor < 0:
        debtor, creditor = creditor, debtor
    return _entered(
        Entry(booking, at, Reason.PAID, Account.MONEY, debtor, sum_),
        Entry(booking, at, Reason.PAID, creditor, Account.MONEY, sum_),
    )


def balance(entries: Iterable[Entry], account: Account) -> int:
    """Debits minus credits, in minor units; over all accounts they are always zero together."""
    return sum(
        entry.amount.minor * ((entry.debit is account) - (entry.credit is account))
        for entry in entries
    )


def due(entries: Iterable[Entry], currency: str) -> Money:
    """What the renter still owes; negative where the lister has to give something back."""
    return Money(balance(entries, Account.RENTER), currency)


def bill(entries: Sequence[Entry], currency: str) -> Bill:
    charges = (entry for entry in entries if entry.reason is not Reason.PAID)
    return Bill(due(charges, currency), due(entries, currency))


def _entered(*entries: Entry) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.amount.minor)
