"""The page behind the link that ends letters."""

from html import escape

from views.words import Html, Words

_PAGE = """\
<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Park Place</title></head>
<body>
<p>{said}</p>
{form}
</body></html>
"""
_FORM = '<form method="post" action="?token={token}"><button>{label}</button></form>'


def ask(words: Words, token: str) -> str:
    said = words.say("Shall Park Place send you no more mails?")
    form = _FORM.format(token=escape(token), label=words.say("No more mails"))
    return _page(words, said, form)


def done(words: Words) -> str:
    said = words.say("Park Place sends you no more mails. Your settings turn them on again.")
    return _page(words, said)


def _page(words: Words, said: Html, form: str = "") -> str:
    return _PAGE.format(language=words.language, said=said, form=form)
