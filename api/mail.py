"""The end of letters, by the link that each has, whether or not its reader is signed in."""

from html import escape

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from api.context import House, Unit

router = APIRouter(prefix="/mail", include_in_schema=False)

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Park Place</title></head><body>
<p>{said}</p>
{form}
</body></html>
"""
_FORM = '<form method="post" action="?token={token}"><button>No more mails</button></form>'


@router.get("/unsubscribe")
async def ask_to_unsubscribe(token: str, backend: House) -> HTMLResponse:
    """Changes nothing: programs that look for viruses follow every link of a mail."""
    backend.links.person_of(token)
    form = _FORM.format(token=escape(token))
    return HTMLResponse(_PAGE.format(said="Shall Park Place send you no more mails?", form=form))


@router.post("/unsubscribe")
async def unsubscribe(token: str, backend: House, services: Unit) -> HTMLResponse:
    """One click (RFC 8058); what is in the body does not matter."""
    await services.mail.unsubscribe(backend.links.person_of(token))
    said = "Park Place will send you no more mails. Your profile says so, and turns them on again."
    return HTMLResponse(_PAGE.format(said=said, form=""))
