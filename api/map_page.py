"""The map page: files of our own and the map library, held in memory and sent packed.

All but the page itself lie under a folder named after their contents, so that browsers may keep
them for good and still never mix two versions.
"""

import gzip
import hashlib
import json
import mimetypes
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import xstatic.pkg.leaflet
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from api.context import Backend, House
from market.services.surveys import busiest
from views.words import LOCALES

HOME: Final = Path(__file__).parent.parent
PAGE: Final = HOME / "miniapp"
DATA: Final = HOME / "data"
LEAFLET: Final = Path(xstatic.pkg.leaflet.BASE_DIR)
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
TELEGRAM = tuple(f"https://{name}.telegram.org" for name in ("web", "weba", "webk", "webz"))
"""Where Telegram's web clients are, which open the page in a frame."""
FOREVER = "public, max-age=31536000, immutable"
MAIN = "js/main.js"
_IMPORT = re.compile(r'^(?:import|export|\}).*?"(\.[^"]+)";$', re.MULTILINE)
STYLE = "css/all.css"
"""In the folder of ours, so that what they name is found."""
ASSETS = "map/assets/"
"""Stands in the page for the folder of this version. Relative: a proxy may add to our path."""
_SHEET = re.compile(rf' *<link rel="stylesheet" href="{ASSETS}([^"]+)">\n')
SETTINGS = '<script id="settings" type="application/json">{}</script>'
WORKERS = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'"
"""A script that runs beside the page does so under the policy that it came with."""
NOWHERE = {"lat": 30.0, "lng": 10.0, "zoom": 3.0}
CREDIT = "© OpenStreetMap contributors"


@dataclass(frozen=True)
class MapPage:
    """What the operator has chosen for it."""

    tiles: str | None = None
    """Address of raster tiles with {z}, {x} and {y}; without one the shipped city is drawn."""
    framed_by: Sequence[str] = ()
    """Origins besides Telegram's that may show the page in a frame."""

    @cached_property
    def policy(self) -> str:
        images = " ".join(("'self'", "data:", "blob:", *self._tile_host()))
        framers = " ".join(("'self'", *TELEGRAM, *self.framed_by))
        return "; ".join(
            (
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "connect-src 'self'",
                "worker-src 'self'",
                f"img-src {images}",
                "form-action 'none'",
                "base-uri 'none'",
                f"frame-ancestors {framers}",
            )
        )

    def _tile_host(self) -> Sequence[str]:
        if self.tiles is None:
            return ()
        parts = urlsplit(self.tiles)
        return (f"{parts.scheme}://{parts.netloc}",)


@dataclass(frozen=True, slots=True)
class Asset:
    content: bytes
    packed: bytes
    kind: str

    def answer(self, request: Request, headers: Mapping[str, str]) -> Response:
        """Packed for whoever can unpack it, which is every browser."""
        wanted = "gzip" in request.headers.get("accept-encoding", "")
        answer = Response(
            self.packed if wanted else self.content,
            media_type=self.kind,
            headers={**headers, "Vary": "Accept-Encoding"},
        )
        if wanted:
            answer.headers["Content-Encoding"] = "gzip"
        return answer


@dataclass(frozen=True)
class Assets:
    by_name: Mapping[str, Asset]
    page: str
    version: str = field(init=False)

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.page.encode())
        for name, asset in self.by_name.items():
            digest.update(name.encode() + asset.content)
        object.__setattr__(self, "version", digest.hexdigest()[:12])


router = APIRouter(include_in_schema=False)


@router.get("/")
async def begin() -> Response:
    """What people type is the name of the host."""
    return RedirectResponse("map")


@router.get("/map")
async def map_page(request: Request, backend: House) -> Response:
    """The page itself, asked for anew each time; it names the version of everything else."""
    shown: MapPage = request.app.state.map_page
    known = assets()
    facts = {
        "tiles": shown.tiles,
        "credit": CREDIT,
        "bot": backend.bot(),
        "languages": sorted(LOCALES),
        "home": _home(backend),
    }
    content = known.page.replace(ASSETS, f"map/{known.version}/").replace(
        SETTINGS, SETTINGS.replace("{}", _embedded(facts))
    )
    return Response(
        content,
        media_type="text/html",
        headers={
            "Content-Security-Policy": shown.policy,
            "Cache-Control": "no-cache",
            # Servers of tiles want to know which site asks, and learn no more than that.
            "Referrer-Policy": "strict-origin",
            "Permissions-Policy": "geolocation=(self), camera=(self)",
        },
    )


async def asset(request: Request) -> Response:
    known = assets()
    found = known.by_name.get(request.path_params["name"])
    if found is None or request.path_params["version"] != known.version:
        raise HTTPException(404, "Not Found")
    return found.answer(request, {"Cache-Control": FOREVER, "Content-Security-Policy": WORKERS})


# There are dozens of them to the first sight of the map: by a plain route, which costs less.
router.add_route("/map/{version}/{name:path}", asset)


@cache
def assets() -> Assets:
    """Read once a process."""
    by_name = dict(sorted(_read()))
    page = _styled((PAGE / "index.html").read_text(encoding="utf-8"), by_name)
    links = (f'<link rel="modulepreload" href="{ASSETS}{name}">' for name in _needed(by_name))
    return Assets(by_name, page.replace("</head>", "\n".join([*links, "</head>"])))


def _styled(page: str, by_name: dict[str, Asset]) -> str:
    """The page with all its styles in one file: nothing is painted before the last of them came."""
    sheets = _SHEET.findall(page)
    joined = b"\n".join(by_name[name].content for name in sheets)
    by_name[STYLE] = _packed(joined, KINDS[".css"])
    one = f'<link rel="stylesheet" href="{ASSETS}{STYLE}">\n'
    return _SHEET.sub("", page).replace("</title>\n", f"</title>\n  {one}", 1)


def _needed(by_name: Mapping[str, Asset]) -> Sequence[str]:
    """The scripts that the main one imports, and those that they do, for browsers to fetch at once.

    Otherwise each would be asked for only when the one that needs it has come.
    """
    found = [MAIN]
    for name in found:
        text = by_name[name].content.decode()
        for target in _IMPORT.findall(text):
            imported = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
            if imported not in found:
                found.append(imported)
    return found[1:]


def _read() -> Iterator[tuple[str, Asset]]:
    for path in PAGE.rglob("*"):
        if path.suffix in KINDS:
            yield path.relative_to(PAGE).as_posix(), _asset(path)
    for name in ("leaflet.js", "leaflet.css"):
        yield f"leaflet/{name}", _asset(LEAFLET / name)
    for path in DATA.glob("*.geojson.gz"):
        packed = path.read_bytes()
        content = gzip.decompress(packed)
        yield f"data/{path.stem}", Asset(content, packed, "application/geo+json")


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    kind = KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    assert kind is not None, path
    return _packed(content, kind)


def _packed(content: bytes, kind: str) -> Asset:
    return Asset(content, gzip.compress(content, mtime=0), kind)


def _home(backend: Backend) -> Mapping[str, float]:
    """Where the map begins: amidst the spaces, or with the world where there are none."""
    point = busiest(backend.market.nearby, backend.clock())
    return {"lat": point.lat, "lng": point.lng} if point else NOWHERE


def _embedded(facts: Mapping[str, Any]) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")
