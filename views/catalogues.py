"""The gettext catalogues, read as translators write them: there is nothing to compile."""

import gettext
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent.parent / "locales"


def file_of(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "parkplace.po"


def catalogue(language: str) -> Catalog:
    """Every text with its translation and the files that say it; empty for a new language."""
    path = file_of(language)
    if not path.exists():
        return Catalog(language, header_comment="# Park Place", project="Park Place", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, language)


def translations(language: str) -> gettext.NullTranslations:
    """What a catalogue says; the source text where it says nothing."""
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
