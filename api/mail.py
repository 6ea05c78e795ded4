"""The end of letters, by the link that each has, whether or not its reader is signed in."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from api.context import House, Unit
from market.domain.errors import NotFound
from market.domain.ids import PersonId
from market.services import Services
from views import unsubscribing as view
from views.words import Words, words_in

router = APIRouter(prefix="/mail", include_in_schema=False)


@router.get("/unsubscribe")
async def ask_to_unsubscribe(token: str, backend: House, services: Unit) -> HTMLResponse:
    """Changes nothing: programs that look for viruses follow every link of a mail."""
    words = await _words(backend.links.person_of(token), services)
    return HTMLResponse(view.ask(words, token))


@router.post("/unsubscribe")
async def unsubscribe(token: str, backend: House, services: Unit) -> HTMLResponse:
    """One click (RFC 8058); what is in the body does not matter."""
    person = backend.links.person_of(token)
    await services.mail.unsubscribe(person)
    return HTMLResponse(view.done(await _words(person, services)))


async def _words(person: PersonId, services: Services) -> Words:
    try:
        return words_in((await services.people.get(person)).language)
    except NotFound:  # erased, which ended the letters too
        return words_in(services.market.language)
