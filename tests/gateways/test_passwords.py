from argon2 import PasswordHasher

from gateways.passwords import Argon2

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


async def test_a_password_is_hashed_by_argon2id_and_never_alike_twice() -> None:
    passwords = Argon2()

    one, two = await passwords.hashed("correct horse"), await passwords.hashed("correct horse")

    assert one != two
    assert one.startswith("$argon2id$")
    assert await passwords.fits("correct horse", one)
    assert not await passwords.fits("correct horse ", one)


async def test_every_letter_of_a_long_password_counts() -> None:
    passwords = Argon2(CHEAP)
    kept = await passwords.hashed("ö" * 127 + "a")

    assert not await passwords.fits("ö" * 127 + "b", kept)


async def test_nobody_has_a_password_that_fits() -> None:
    passwords = Argon2(CHEAP)

    assert not await passwords.fits("", None)
    assert not await passwords.fits("anything", "no hash at all")


def test_a_hash_that_was_made_more_cheaply_is_out_of_date() -> None:
    assert Argon2().outdated(CHEAP.hash("x"))
    assert not Argon2(CHEAP).outdated(CHEAP.hash("x"))
