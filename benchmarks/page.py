"""How long a user waits on the page, and twenty users at once; a map of 200 reports beside the seed's.

    python benchmarks/page.py [--runs 5] [--articles 200] [--users 20] [--json FILE]

Starts a server and a Chromium of its own, cut off from the network, and prints medians in milliseconds. How quick the
machine is just then is told by the first lines: a fixed sum in Python, and the round trip of a click in an empty
Streamlit page in the same browser. Needs the packages of requirements-dev.txt.
"""

import argparse
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from page_users import users_at_once  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from tests.conftest import _LAUNCH, chromium_path  # noqa: E402
from tests.page_steps import wait_for  # noqa: E402

AIMS = {
    "a project of many reports: opened": 3000,
    "a project of many reports: a place added, until it is on the map": 400,
    "a project of many reports: undone, until it is gone": 400,
    "a project of many reports: a word clicked, until the map is there": 250,
    "a project of many reports: a frame of a pan": 33,
    "the seed: a place added, until it is on the map": 400,
    "the seed: a word clicked, until the map is there": 250,
    "users at once: an edit, until its map arrives, p95": 1500,
    "users at once: memory for each (MB)": 60,
}
EMPTY_PAGE = """
import streamlit as st
st.session_state.clicks = st.session_state.get("clicks", 0) + st.button("Click")
st.html(f"<p class='count'>{st.session_state.clicks}</p>")
"""
# A promise that is kept with the time at which something holds in the map's frame, looked at in every frame drawn.
WHEN = """holds => { const test = new Function("return " + holds);
  window.awaited = new Promise((done, failed) => { setTimeout(() => failed(new Error(holds)), 60000);
    const look = () => { let now = false;
      try { now = test(); } catch { /* not there yet */ }
      now ? done(Date.now()) : requestAnimationFrame(look); }; look(); }); }"""
BEGIN = """kind => { window.begun = null;
  addEventListener(kind, () => { window.begun ??= Date.now(); }, { capture: true, once: true }); }"""
FRAMES = """() => { const times = []; let last = performance.now();
  window.stopFrames = () => { window.stopFrames = null; return times; };
  const tick = () => { const now = performance.now(); times.push(now - last); last = now;
    window.stopFrames && requestAnimationFrame(tick); };
  requestAnimationFrame(tick); }"""
ON_MAP = """[...window.map.marchland.drawn].some(d => d.features.some(f => f.id.startsWith("added-")))"""


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--articles", type=int, default=200)
    options.add_argument("--users", type=int, default=20)
    options.add_argument("--json", type=Path, help="a file for the numbers")
    given = options.parse_args()
    results: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        project_id, features, seconds = _make_project(Path(folder), given.articles)
        print(f"{given.articles} reports, {features} features, first reading {seconds} s CPU", flush=True)
        maps = (("the seed", "", 5), ("a project of many reports", f"?map={project_id}", features // 2))
        with _server(Path(folder)) as (url, process):
            with sync_playwright() as playwright:
                chromium = playwright.chromium.launch(executable_path=chromium_path(), args=list(_LAUNCH))
                results |= _machine(chromium, Path(folder), given.runs)
                for name, query, least in maps:
                    for _ in range(given.runs):
                        for step, value in _visit(chromium, f"{url}/{query}", least).items():
                            results.setdefault(f"{name}: {step}", []).append(value)
                chromium.close()
            for name, query, _ in maps if given.users else ():  # playwright's loop must have ended
                for step, values in users_at_once(url, process, given.users, query=query.removeprefix("?")).items():
                    results[f"{name}, {given.users} users at once: {step}"] = values
    medians = {name: statistics.median(values) for name, values in results.items()}
    for name, value in medians.items():
        known = re.sub(r"^.*, \d+ users", "users", name)
        aim = f"  (aim: under {AIMS[known]:,})" if known in AIMS else ""
        print(f"{value:>9,.1f}  {name}, of {len(results[name])}{aim}")
    if given.json:
        given.json.write_text(json.dumps(medians, indent=1))


def _make_project(folder: Path, articles: int) -> tuple[str, int, float]:
    command = [
        sys.executable,
        str(ROOT / "benchmarks" / "big_project.py"),
        str(folder / "projects"),
        "--articles",
        str(articles),
    ]
    told = subprocess.run(command, env=_environment(folder), capture_output=True, text=True, check=True).stdout.split()
    return told[0], int(told[1]), float(told[2])


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "MARCHLAND_DATA": str(folder), "PYTHONPATH": str(ROOT)}


@contextmanager
def _server(folder: Path) -> Iterator[tuple[str, int]]:
    port, log = _free_port(), folder / "log.txt"
    with _running([sys.executable, "-c", f"from geo.server import serve; serve(port={port})"], folder, log) as process:
        wait_for(f"http://localhost:{port}/health", process, log)
        yield f"http://localhost:{port}", process.pid


@contextmanager
def _running(command: list[str], folder: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=_environment(folder), stdout=out, stderr=out)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


# How quick the machine is


def _machine(chromium: Any, folder: Path, runs: int) -> dict[str, list[float]]:
    sums = [_sum() for _ in range(runs)]
    script, log, port = folder / "empty.py", folder / "empty.txt", _free_port()
    script.write_text(EMPTY_PAGE)
    with _running(
        [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)], folder, log
    ) as process:
        wait_for(f"http://localhost:{port}/_stcore/health", process, log)
        page = chromium.new_page()
        page.goto(f"http://localhost:{port}")
        page.locator(".count").wait_for()
        frame, clicks = page.main_frame, []
        for number in range(1, runs + 2):
            holds = f"document.querySelector('.count').textContent === '{number}'"
            clicks.append(_timed(page, frame, "click", holds, page.get_by_role("button", name="Click").click))
        page.close()
    return {
        "the machine: a sum of 2 million numbers in Python": sums,
        "the machine: a click in an empty Streamlit page": clicks[1:],
    }


def _sum() -> float:
    started = time.perf_counter()
    sum(number * number for number in range(2_000_000))
    return (time.perf_counter() - started) * 1000


# What a user does


def _visit(chromium: Any, url: str, least: int) -> Mapping[str, float]:
    """Open a map in a fresh browser profile and work with it; milliseconds of every step."""
    page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.set_default_timeout(120_000)
    told: dict[str, float] = {}
    received: list[int] = []
    page.on("websocket", lambda ws: ws.on("framereceived", lambda data: received.append(len(data))))
    page.on(
        "response",
        lambda answer: (
            received.append(int(answer.headers.get("content-length") or 0)) if "/drawn" in answer.url else None
        ),
    )
    started = time.perf_counter()
    page.goto(url)
    page.wait_for_selector("iframe[height]:not([height='0'])")
    frame = page.query_selector("iframe").content_frame()
    frame.wait_for_function(f"() => window.map?.marchland.drawn.reduce((n, d) => n + d.features.length, 0) >= {least}")
    told["opened"] = (time.perf_counter() - started) * 1000
    told["opened: sent (kB)"] = sum(received) / 1000
    page.wait_for_selector("[data-testid=stDataFrame]")
    _still(page)
    page.evaluate("() => { document.querySelector('iframe').dataset.same = 'yes'; }")
    told |= _add_place(page, frame, received)
    told |= _click_words(page, frame)
    told |= _pan(page, frame)
    assert page.evaluate("() => document.querySelectorAll('iframe[data-same=yes]').length") == 1, "another frame"
    page.context.close()
    return told


def _still(page: Any) -> None:
    page.wait_for_timeout(500)
    page.wait_for_function("() => document.querySelector('.stApp')?.dataset.testScriptState === 'notRunning'")


def _add_place(page: Any, frame: Any, received: list[int]) -> dict[str, float]:
    box = page.get_by_role("combobox", name="By name")
    box.click()
    box.press_sequentially("Vayk", delay=30)
    page.locator("#place-list [role=option]", has_text="Vayk").first.wait_for()
    _still(page)
    received.clear()
    added = _timed(page, frame, "keydown", ON_MAP, lambda: page.keyboard.press("Enter"))
    _still(page)
    sent = sum(received) / 1000
    undone = _timed(page, frame, "click", f"!({ON_MAP})", page.get_by_role("button", name="Undo").click)
    _still(page)
    return {
        "a place added, until it is on the map": added,
        "a place added: sent (kB)": sent,
        "undone, until it is gone": undone,
    }


THERE = """(() => { const bounds = L.latLngBounds([]), map = window.map;
  map.marchland.drawn.forEach(d => d.features.forEach(f => {
    if (f.id === %s) bounds.extend(L.geoJSON(f).getBounds()); }));
  if (!bounds.isValid()) return false;
  const size = map.getSize(), at = map.latLngToContainerPoint(bounds.getCenter());
  return at.distanceTo(size.divideBy(2)) < 0.35 * size.x;  // beside the legend, so not in the very middle
})()"""


def _click_words(page: Any, frame: Any) -> dict[str, float]:
    times, marks = [], page.locator(".article mark.place:not(.unknown)")
    names = dict.fromkeys(marks.evaluate_all("found => found.map(mark => mark.dataset.feature)"))
    for identity in [name for name in names if name][:4]:
        there = THERE % json.dumps(identity)
        frame.evaluate("() => { window.map.setView([-50, -130], 5, { animate: false }); }")  # far from all of it
        _still(page)
        mark = page.locator(f".article mark[data-feature='{identity}']").first
        mark.scroll_into_view_if_needed()
        times.append(_timed(page, frame, "click", there, mark.click))
        _still(page)
    return {"a word clicked, until the map is there": statistics.median(times)}


def _pan(page: Any, frame: Any) -> dict[str, float]:
    box = page.locator("iframe").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    frame.evaluate(FRAMES)
    for across in (150, -150, 150, -150):
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(1, 16):
            page.mouse.move(x + across * step / 15, y)
            page.wait_for_timeout(16)
        page.mouse.up()
    times = sorted(frame.evaluate("() => window.stopFrames()"))
    return {"a frame of a pan": statistics.median(times), "a frame of a pan, p95": times[int(len(times) * 0.95)]}


def _timed(page: Any, frame: Any, kind: str, holds: str, act: Callable[[], object]) -> float:
    """Return the milliseconds from a click or key in the page until something holds in a frame."""
    page.evaluate(BEGIN, kind)
    frame.evaluate(WHEN, holds)
    act()
    done = frame.evaluate("() => window.awaited")
    return float(done - page.evaluate("() => window.begun"))


if __name__ == "__main__":
    main()
