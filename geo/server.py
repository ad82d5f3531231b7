"""The web application: the Streamlit page, the files it draws with, base-map tiles, and health, in one process."""

import base64
import gzip
import hashlib
import os
import re
import tomllib
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo import __version__
from geo.basemaps import Provider
from geo.ogc import OpenMap, ogc_routes
from geo.render.pieces import PIECES
from geo.stores.files import data_file
from geo.stores.seeds import list_seeds, load_seed
from geo.stores.tiles import providers

if TYPE_CHECKING:
    from streamlit.starlette import App

    from geo.features import MapFeature

MAP_FRAME = "/component/"  # streamlit-folium's frame: Folium's code is inline there and is run by eval
_WORTH_PACKING = 10_000  # bytes
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def online_maps() -> tuple[Provider, ...]:
    """Return the online base maps that the map offers; they are asked for only when a user chooses one.

    MARCHLAND_OFFLINE=1 offers none, and no browser of this server can reach one.
    """
    return () if os.environ.get("MARCHLAND_OFFLINE") else providers()


def page_policy() -> str:
    """Return the content security policy of the page: this server only, no inline code but Streamlit's own line.

    `blob:` is how Streamlit loads a component's module; style attributes are how it styles.
    """
    return _policy(script=f"'self' blob: {' '.join(_streamlit_inline_hashes())}")


def frame_policy(hosts: tuple[str, ...] = ()) -> str:
    """Return the policy inside the map's frame: Folium's generated code runs there, and pictures come from `hosts`."""
    return _policy(script="'self' 'unsafe-inline' 'unsafe-eval' blob:", hosts=hosts)


def _policy(*, script: str, hosts: tuple[str, ...] = ()) -> str:
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src {script}",
            "style-src 'self' 'unsafe-inline'",
            " ".join(("img-src 'self' data: blob:", *hosts)),
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


@cache
def _streamlit_inline_hashes() -> tuple[str, ...]:
    import streamlit

    html = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    digests = (hashlib.sha256(code.encode()).digest() for code in _INLINE_SCRIPT.findall(html))
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


class SecurityHeaders:
    """Put the security headers on every HTTP answer."""

    def __init__(self, app: ASGIApp, *, hosts: tuple[str, ...] = ()) -> None:
        self.app = app
        self.page, self.frame = page_policy(), frame_policy(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the headers of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        in_frame = scope["path"].startswith(MAP_FRAME)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = self.frame if in_frame else self.page
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "no-referrer"
                headers["x-frame-options"] = "SAMEORIGIN"
                headers["cross-origin-opener-policy"] = "same-origin"
                headers["permissions-policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
            await send(message)

        await self.app(scope, receive, send_with_headers)


async def health(_request: Request) -> JSONResponse:
    """Say that the server is up, and which version it is."""
    return JSONResponse({"status": "ok", "version": __version__})


MOST_PIECES, MOST_FINER = 200, 50  # of one request


def drawn(request: Request) -> Response:
    """Send pieces of a map by their names, which nobody knows who does not know what is in them.

    A name stands for its content, so that a browser may keep it.
    """
    names = request.path_params["names"].split(",")[:MOST_PIECES]
    return _sent(request, names, PIECES.bodies(names))


def finer(request: Request) -> Response:
    """Send shapes with all their vertices, by the names of those that were sent with fewer."""
    names = request.path_params["names"].split(",")[:MOST_FINER]
    return _sent(request, names, PIECES.finer(names))


def _sent(request: Request, names: list[str], found: dict[str, bytes]) -> Response:
    body = b"{%s}" % b",".join(b'"%s":%s' % (name.encode(), text) for name, text in found.items())
    headers = {"cache-control": "private, max-age=86400" if len(found) == len(names) else "no-store"}
    if len(body) > _WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["content-encoding"] = gzip.compress(body, 1), "gzip"
    return Response(body, media_type="application/json", headers={**headers, "vary": "accept-encoding"})


def routes() -> list[BaseRoute]:
    """Return the routes beside Streamlit's own (which keeps /static/ for itself)."""
    return [
        Route("/health", health),
        Route("/drawn/{names}", drawn),
        Route("/finer/{names}", finer),
        Mount("/app/static", StaticFiles(directory=data_file("static"))),
        Mount("/tiles", StaticFiles(directory=data_file("tiles"))),  # answers HTTP ranges, which PMTiles needs
        *ogc_routes(open_maps),
    ]


def open_maps() -> tuple[OpenMap, ...]:
    """Return the maps that OGC API – Features serves: the seeds."""
    return tuple(
        OpenMap(id=seed.name, title=seed.title, features=partial(_seed_features, seed.name)) for seed in list_seeds()
    )


@cache
def _seed_features(name: str) -> tuple["MapFeature", ...]:
    from geo.front_door import features_of, read_article
    from geo.project import Project

    return features_of(Project(readings=(read_article(load_seed(name)),)))


def streamlit_options() -> dict[str, Any]:
    """Return the options of .streamlit/config.toml under their full names."""
    return _flat(tomllib.loads(data_file(".streamlit/config.toml").read_text(encoding="utf-8")))


def _flat(section: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in section.items():
        full = f"{prefix}{name}"
        found |= _flat(value, f"{full}.") if isinstance(value, dict) else {full: value}
    return found


def make_app() -> "App":
    """Build the ASGI application."""
    from streamlit import config
    from streamlit.starlette import App

    config.get_config_options()
    for name, value in streamlit_options().items():
        config.set_option(name, value)
    hosts = tuple(host for provider in online_maps() for host in provider.hosts)
    return App(data_file("app.py"), routes=routes(), middleware=[Middleware(SecurityHeaders, hosts=hosts)])


def serve(host: str = "127.0.0.1", port: int = 8501) -> None:
    """Serve the page until interrupted; prints its address."""
    import uvicorn

    shown = f"[{host}]" if ":" in host else host
    print(f"Marchland {__version__} is at http://{shown}:{port} (stop it with Ctrl+C)", flush=True)
    uvicorn.run(make_app(), host=host, port=port, log_level="warning", server_header=False)


def __getattr__(name: str) -> Any:
    """Make `app` on first use, so that `uvicorn geo.server:app` works and importing the module stays cheap."""
    if name == "app":
        return make_app()
    raise AttributeError(name)
