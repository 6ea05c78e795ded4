import pytest

from tests.examples import LISTER
from tests.telegram import Chat


@pytest.fixture
def lister(chat: Chat) -> Chat:
    """The owner of the whole street."""
    return chat.of(1000 + LISTER, first_name="Lea")
