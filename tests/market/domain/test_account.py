import pytest

from market.domain.account import Account, checked_password, digest_of, is_verified, new_secret
from market.domain.errors import Invalid
from market.domain.ids import PersonId
from tests.examples import NOON, a_person

EMAIL = "Ada.Lovelace@example.org"
ADA = PersonId(5)


@pytest.mark.parametrize(
    ("password", "reason", "limit"),
    [
        ("x" * 9, "too short", 10),
        ("x" * 129, "too long", 128),
        ("ada.lovelace@EXAMPLE.org", "known", None),
    ],
    ids=["nine letters", "129 letters", "the address"],
)
def test_a_password_that_can_be_guessed_is_refused(password, reason, limit) -> None:
    with pytest.raises(Invalid) as refusal:
        checked_password(password, EMAIL)

    assert (refusal.value.reason, refusal.value.limit) == (reason, limit)


@pytest.mark.parametrize("length", [10, 128])
def test_a_password_of_any_length_between_is_taken(length) -> None:
    assert checked_password("x" * length, EMAIL) == "x" * length


@pytest.mark.parametrize(
    ("telegram", "account", "verified"),
    [
        (None, None, False),
        (None, Account(ADA, NOON, email=EMAIL), False),
        (None, Account(ADA, NOON, email=EMAIL, email_verified=True), True),
        (4711, None, True),
    ],
    ids=["nobody vouches", "an address", "a proved address", "Telegram"],
)
def test_somebody_else_vouches_for_the_verified(telegram, account, verified) -> None:
    assert is_verified(a_person(ADA, telegram=telegram), account) is verified


def test_a_secret_is_another_each_time_and_its_digest_does_not_tell_it() -> None:
    one, two = new_secret(), new_secret()

    assert one != two
    assert one not in digest_of(one)
    assert digest_of(one) == digest_of(one) != digest_of(two)
