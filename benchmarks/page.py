"""How long a user waits on the page: the first map, a place added, a word clicked.

    python benchmarks/page.py [--runs 5] [--json]

Starts a server and a Chromium of its own, cut off from the network, and prints medians in milliseconds. Needs the
packages of requirements-dev.txt.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from tests.conftest import _LAUNCH, chromium_path  # noqa: E402
from tests.page_steps import Steps, wait_for  # noqa: E402


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--json", action="store_true")
    options.add_argument("--url", help="a server that runs already")
    given = options.parse_args()
    if given.url:
        results = measure(given.url, given.runs)
    else:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "log.txt"
            code = f"from geo.server import serve; serve(port={port})"
            with log.open("w") as out:
                env = {**os.environ, "MARCHLAND_DATA": folder}
                server = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=env, stdout=out, stderr=out)
            try:
                wait_for(f"http://localhost:{port}/health", server, log)
                results = measure(f"http://localhost:{port}", given.runs)
            finally:
                server.terminate()
                server.wait(20)
    medians = {name: round(statistics.median(values) * 1000) for name, values in results.items()}
    if given.json:
        print(json.dumps(medians))
        return
    for name, milliseconds in medians.items():
        print(f"{milliseconds:>7,} ms  {name} (of {len(results[name])})")


def measure(url: str, runs: int) -> dict[str, list[float]]:
    """Return the seconds of every step of every run."""
    results: dict[str, list[float]] = {}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=list(_LAUNCH))
        for run in range(runs + 1):
            page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
            started = time.perf_counter()
            user = Steps(page, url)
            if run == 0:  # opens the gazetteer, the borders and the English pipeline
                results["first visit after a start of the server"] = [time.perf_counter() - started]
            else:
                results.setdefault("visit until the seed's map is drawn", []).append(time.perf_counter() - started)
                for name, seconds in _edits(user).items():
                    results.setdefault(name, []).append(seconds)
            page.context.close()
        chromium.close()
    return results


def _edits(user: Steps) -> dict[str, float]:
    return {
        "suggestions after the last letter": _suggest(user),
        "a place picked by name until it is on the map": _timed(
            lambda: user.page.keyboard.press("Enter"), lambda: user.wait_layers(added_1=True)
        ),
        "undo until it is gone": _timed(
            lambda: user.page.get_by_role("button", name="Undo").click(), lambda: user.wait_layers(added_1=False)
        ),
        "a word clicked until the map has moved": _click_word(user),
    }


def _suggest(user: Steps) -> float:
    box = user.page.get_by_role("combobox", name="By name")
    box.click()
    box.press_sequentially("Gori", delay=20)
    return _timed(
        lambda: box.press("s"),
        lambda: user.page.locator("#place-list [role=option]", has_text="Goris").first.wait_for(),
    )


def _click_word(user: Steps) -> float:
    user.idle()
    word = user.article.locator("mark", has_text="YEREVAN").first
    word.scroll_into_view_if_needed()
    return _timed(
        word.click,
        lambda: user.frame.wait_for_function("() => Math.abs(window.map.getCenter().lat - 40.18) < 0.05"),
    )


def _timed(act: Callable[[], object], done: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    done()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
