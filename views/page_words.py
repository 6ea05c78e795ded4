"""What the scripts of the Mini App say, in one language, in a form that a browser can use.

They call ``say`` and ``count`` as the views do, so that one catalogue serves both. Which plural
form a number takes is asked of the browser (``Intl.PluralRules``), which knows the same categories
as Babel: a text that counts is given once for every category that its language has.
"""

from collections.abc import Mapping
from functools import lru_cache

from babel.messages.catalog import Message

from views.catalogues import catalogue
from views.words import SOURCE, Words, words_in

SCRIPTS = "miniapp/"

Translated = str | Mapping[str, str]

# Enough to meet every category of every language; some have one for millions alone.
_NUMBERS = (*range(201), 1_000_000)


@lru_cache(maxsize=16)
def page_words(language: str) -> Mapping[str, Translated]:
    """Each English text of the scripts in another language; none for English itself."""
    if language == SOURCE:
        return {}
    words = words_in(language)
    said = [message for message in catalogue(language) if _in_scripts(message)]
    return dict(sorted(_translated(words, message) for message in said if message.string))


def _in_scripts(message: Message) -> bool:
    return any(file.startswith(SCRIPTS) for file, _ in message.locations)


def _translated(words: Words, message: Message) -> tuple[str, Translated]:
    if isinstance(message.id, str):
        return message.id, words.catalogue.gettext(message.id)
    one, many = message.id
    forms = {
        category: words.catalogue.ngettext(one, many, number)
        for category, number in _examples(words).items()
    }
    return one, forms


def _examples(words: Words) -> Mapping[str, int]:
    """A number of each plural category; ``other`` takes in whatever is no whole number."""
    found = {words.locale.plural_form(number): number for number in reversed(_NUMBERS)}
    return {"other": _NUMBERS[-1]} | found
