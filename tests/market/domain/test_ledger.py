from hypothesis import given
from hypothesis import strategies as st

from market.domain.ids import BookingId
from market.domain.ledger import (
    Account,
    Bill,
    Entry,
    Reason,
    balance,
    bill,
    charged,
    due,
    given_back,
    paid,
)
from market.domain.money import Money
from tests.examples import NOON, euros
from tests.strategies import money

BOOKING = BookingId(5)


def test_what_is_charged_is_owed_until_it_is_paid() -> None:
    entries = charged(BOOKING, Reason.STAY, euros(500), NOON)
    assert due(entries, "EUR") == euros(500)
    entries += paid(BOOKING, euros(500), NOON)
    assert due(entries, "EUR") == euros(0)
    assert balance(entries, Account.LISTER) == 0


def test_what_is_given_back_after_paying_is_the_listers_to_return() -> None:
    entries = charged(BOOKING, Reason.STAY, euros(500), NOON)
    entries += paid(BOOKING, euros(500), NOON)
    entries += given_back(BOOKING, Reason.REFUND, euros(350), NOON)
    assert due(entries, "EUR") == euros(-350)
    entries += paid(BOOKING, due(entries, "EUR"), NOON)
    assert due(entries, "EUR") == euros(0)


def test_what_is_waived_costs_nothing_and_is_not_given_back_as_well() -> None:
    entries = charged(BOOKING, Reason.STAY, euros(500), NOON)
    assert bill(entries, "EUR").without(euros(350)) == Bill(euros(150), euros(150))
    entries += given_back(BOOKING, Reason.WAIVED, euros(300), NOON)
    assert bill(entries, "EUR").without(euros(350)) == Bill(euros(0), euros(0))


def test_what_is_paid_costs_as_much_as_before() -> None:
    entries = charged(BOOKING, Reason.STAY, euros(500), NOON)
    entries += paid(BOOKING, euros(500), NOON)
    assert bill(entries, "EUR").without(euros(350)) == Bill(euros(150), euros(-350))


def test_nothing_is_entered_for_no_money() -> None:
    assert charged(BOOKING, Reason.EXTENSION, euros(0), NOON) == ()
    assert given_back(BOOKING, Reason.REFUND, euros(0), NOON) == ()
    assert paid(BOOKING, euros(0), NOON) == ()


steps = st.lists(
    st.tuples(st.sampled_from(["charge", "give back", "pay", "waive"]), money(0, 100_000)),
    max_size=30,
)


@given(steps)
def test_the_books_balance_after_any_sequence(sequence: list[tuple[str, Money]]) -> None:
    entries: tuple[Entry, ...] = ()
    owed = 0
    for step, amount in sequence:
        left = due(entries, "EUR")
        match step:
            case "charge":
                entries += charged(BOOKING, Reason.STAY, amount, NOON)
                owed += amount.minor
            case "give back":
                entries += given_back(BOOKING, Reason.REFUND, amount, NOON)
                owed -= amount.minor
            case "pay":
                entries += paid(BOOKING, left, NOON)
                owed = 0
            case "waive" if owed > 0:
                entries += given_back(BOOKING, Reason.WAIVED, left, NOON)
                owed = 0

        assert due(entries, "EUR") == euros(owed)
        assert sum(balance(entries, account) for account in Account) == 0
        assert balance(entries, Account.MONEY) == 0
        assert balance(entries, Account.LISTER) == -owed
        assert all(entry.amount.minor > 0 and entry.debit != entry.credit for entry in entries)
