from collections import Counter

from chat.matchers import bare
from handlers.typed.courtesies import Courtesy, courtesy_of
from handlers.typed.words import plainly, spoken
from views import menu
from views.words import LOCALES


def test_every_language_has_every_courtesy() -> None:
    for language in LOCALES:
        for courtesy in Courtesy:
            assert all(map(courtesy_of, spoken(language)["courtesies"][courtesy]))


def test_no_courtesy_means_two_things() -> None:
    meant = {
        (plainly(bare(said)), courtesy)
        for language in LOCALES
        for courtesy, words in spoken(language)["courtesies"].items()
        for said in words
    }
    assert max(Counter(said for said, _ in meant).values()) == 1
    assert not {said for said, _ in meant} & {plainly(bare(label)) for label in menu.LABELS}
