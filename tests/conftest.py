"""A real Chromium for the browser tests, cut off from every network but this machine."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_ROOT = Path(__file__).resolve().parent.parent
_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
_LAUNCH = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
_INSIDE = re.compile(r"(https?|wss?)://(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?(/|$)|data:|blob:|about:|file:")


def chromium_path() -> str | None:
    """Return the Chromium to test with, None for Playwright's own."""
    named = os.environ.get("MARCHLAND_CHROMIUM")
    return named or next((path for name in _CHROMIUM_NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Launch one Chromium for all browser tests."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=list(_LAUNCH))
        yield chromium
        chromium.close()


@pytest.fixture
def outside_requests() -> list[str]:
    """Collect the addresses outside this machine that the page asked for; a test that means them clears the list."""
    return []


@pytest.fixture
def page_errors() -> list[str]:
    """Collect uncaught errors and dialogs of the page; a test that means them clears the list."""
    return []


@pytest.fixture
def browser_page(browser: Any, outside_requests: list[str], page_errors: list[str]) -> Iterator[Any]:
    """Open a page of 1280 x 800 that reaches only this machine; outside requests, errors and dialogs fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    context.route(lambda url: not _INSIDE.match(url), lambda route: route.abort())
    page = context.new_page()
    context.on("request", lambda r: None if _INSIDE.match(r.url) else outside_requests.append(r.url))
    page.on("websocket", lambda ws: None if _INSIDE.match(ws.url) else outside_requests.append(ws.url))
    page.on("pageerror", lambda error: page_errors.append(str(error)))

    def dismiss(dialog: Any) -> None:
        page_errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    yield page
    context.close()
    assert page_errors == [], "the page raised errors"
    assert outside_requests == [], "the page asked for something outside this machine"


class MapServer:
    """Serve static/ and tiles/ as the program does, and pages that a test puts into `pages`."""

    def __init__(self) -> None:
        import uvicorn
        from starlette.applications import Starlette
        from starlette.requests import Request
        from starlette.responses import HTMLResponse, Response
        from starlette.routing import Mount, Route
        from starlette.staticfiles import StaticFiles

        self.pages: dict[str, str] = {}

        def page(request: Request) -> Response:
            return HTMLResponse(self.pages[request.path_params["name"]])

        routes = [
            Route("/pages/{name}", page),
            Route("/favicon.ico", lambda _: Response(status_code=204)),
            Mount("/app/static", StaticFiles(directory=_ROOT / "static")),
            Mount("/tiles", StaticFiles(directory=_ROOT / "tiles")),
        ]
        config = uvicorn.Config(Starlette(routes=routes), port=0, log_level="warning")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def start(self) -> None:
        """Listen on a free port."""
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop listening."""
        self._server.should_exit = True
        self._thread.join(timeout=5)

    def show(self, html: str, name: str = "map") -> str:
        """Put a page up and return its address."""
        self.pages[name] = html
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}/pages/{name}"


@pytest.fixture(scope="session")
def map_server() -> Iterator[MapServer]:
    """Serve the map's files for one test run."""
    server = MapServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def page_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path | None]]:
    """Serve the page with a data folder of its own; MARCHLAND_TEST_URL names a server that runs already."""
    from tests.page_steps import wait_for

    if running := os.environ.get("MARCHLAND_TEST_URL"):
        yield running, None
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    log, data = folder / "log.txt", folder / "data"
    with log.open("w") as out:
        server = subprocess.Popen(
            [sys.executable, "-c", f"from geo.server import serve; serve(port={port})"],
            cwd=_ROOT,
            env={**os.environ, "MARCHLAND_DATA": str(data)},
            stdout=out,
            stderr=out,
        )
    try:
        wait_for(f"http://localhost:{port}/health", server, log)
        yield f"http://localhost:{port}", data
    finally:
        server.terminate()
        server.wait(20)
