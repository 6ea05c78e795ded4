"""The way to the card of a space, and deeper."""

from tests.telegram import Chat

TITLE = "Courtyard behind the bakery"


async def opened(lister: Chat, *labels: str, title: str = TITLE) -> str:
    """The card of the bakery's courtyard, and what stands behind its buttons, one by one."""
    await lister.say("🏠 My spaces")
    card = lister.card("1")
    number = next(n for n in "123456789" if f"{n}  \u2068{title}" in card.text)
    said = await lister.press(number)
    for label in labels:
        said = await lister.press(label)
    return said
