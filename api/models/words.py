from collections.abc import Mapping

from pydantic import Field

from api.models.common import Reply
from views.page_words import page_words
from views.settings import LANGUAGES
from views.words import LOCALES


class Language(Reply):
    """A language that we speak, by its own name."""

    code: str = Field(examples=["de"])
    name: str = Field(examples=["Deutsch"])


class PageWords(Reply):
    """Every text of the pages, by what it is in English; none where that is what is wanted."""

    language: str = Field(examples=["de"])
    locale: str = Field(
        examples=["de-DE"], description="Whose dates and money it uses, for `Intl`."
    )
    languages: list[Language]
    messages: Mapping[str, str | Mapping[str, str]] = Field(
        description="One that counts has a text for every category of `Intl.PluralRules`."
    )

    @classmethod
    def of(cls, language: str) -> "PageWords":
        return cls(
            language=language,
            locale=LOCALES[language].replace("_", "-"),
            languages=[
                Language(code=code, name=name)
                for code, name in LANGUAGES.items()
                if code in LOCALES
            ],
            messages=page_words(language),
        )
