"""A real Chromium for the browser tests, cut off from every network but this machine."""

import os
import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

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
