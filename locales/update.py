"""Brings the catalogues up to date with what the code says: ``make words``."""

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import write_po

from views.catalogues import FOLDER, catalogue, file_of
from views.words import LOCALES, SOURCE

SAID_IN = (
    ("views/**/*.py", "python"),
    ("handlers/**/*.py", "python"),
    ("jobs/**/*.py", "python"),
    ("api/**/*.py", "python"),
    ("miniapp/js/**/*.js", "javascript"),
)
KEYWORDS = parse_keywords(["say", "count:1,2", "label", "label_of:1c,2", "later"])
"""The functions whose texts are translated, in Python and in JavaScript alike."""


def template() -> Catalog:
    """Every text of the code, with the files that say it."""
    said = Catalog()
    found = extract_from_dir(FOLDER.parent, SAID_IN, keywords=KEYWORDS)
    for path, _, message, comments, context in found:
        said.add(message, None, [(path, 0)], (), comments, context=context)
    return said


def update() -> None:
    """New texts come in empty, and texts that nobody says any more go; nothing is guessed."""
    said = template()
    for language in LOCALES.keys() - {SOURCE}:
        known = catalogue(language)
        known.update(said, no_fuzzy_matching=True, update_creation_date=False)
        path = file_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            write_po(out, known, width=100, ignore_obsolete=True, include_lineno=False)


if __name__ == "__main__":
    update()
