"""The description as pages to read and to try; everything they need comes out of a package."""

from typing import Final

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

ASSETS_PATH: Final = "/docs/assets"
_POLICY = (
    "default-src 'none'; connect-src 'self'; img-src 'self' data:; script-src 'self';"
    " style-src 'self' 'unsafe-inline'; worker-src blob:; font-src 'self' data:;"
    " frame-ancestors 'none'"
)
_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Park Place API</title>
{content}
</html>
"""
_SWAGGER = f"""\
<link rel="stylesheet" href="{ASSETS_PATH}/swagger-ui.css">
<div id="swagger-ui"></div>
<script src="{ASSETS_PATH}/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>"""
_START = """\
SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null,
});
"""
_REDOC = f"""\
<redoc spec-url="/openapi.json"></redoc>
<script src="{ASSETS_PATH}/redoc.standalone.js"></script>"""

router = APIRouter(include_in_schema=False)


def assets() -> StaticFiles:
    return StaticFiles(packages=[("fastapi_offline", "static")])


@router.get("/docs")
async def docs() -> Response:
    return _page(_SWAGGER)


@router.get("/docs/start.js")
async def start() -> Response:
    return Response(_START, media_type="text/javascript")


@router.get("/redoc")
async def redoc() -> Response:
    return _page(_REDOC)


def _page(content: str) -> Response:
    return HTMLResponse(_PAGE.format(content=content), headers={"Content-Security-Policy": _POLICY})
