"""What a user does on the page, in words, for the browser tests; and the server they use."""

import re
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
PATIENCE_MS = 180_000  # a first start builds its indexes


@pytest.fixture
def address(page_server: tuple[str, Path | None]) -> str:
    """Return the address of the page that all browser tests share; each begins with no project saved."""
    url, data = page_server
    for file in (data / "projects").rglob("*.marchland*") if data else ():
        file.unlink()
    return url


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path, *, seconds: float = 240) -> None:
    """Wait until the server answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.2)
    raise AssertionError(f"the server did not answer within {seconds} s: {log.read_text()}")


class Steps:
    """One user at one browser page."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE_MS)
        page.goto(address)
        self.settled()
        page.set_default_timeout(60_000)  # of a busy machine; nothing waits longer than it must

    @property
    def map(self) -> Any:
        """The map's frame."""
        return self.page.frame_locator("iframe").first

    @property
    def frame(self) -> Any:
        """The map's frame, to run code in."""
        return self.page.query_selector("iframe").content_frame()

    def settled(self) -> None:
        """Wait until the page has drawn everything and the map holds its layers."""
        self.page.wait_for_selector("iframe[height]:not([height='0'])")
        self.page.wait_for_selector("[data-testid=stDataFrame]")
        self.idle()
        self.frame.wait_for_function(
            "() => window.map && window.map.marchland.drawn.length > 0 && !window.map.marchland.settling"
        )

    def idle(self) -> None:
        """Wait until no script run is under way."""
        self.page.wait_for_timeout(300)
        self.page.wait_for_function("() => document.querySelector('.stApp')?.dataset.testScriptState === 'notRunning'")
        self.page.wait_for_timeout(100)

    @property
    def article(self) -> Any:
        """The report with its marks."""
        return self.page.locator(".article")

    @property
    def card(self) -> Any:
        """The card under the report."""
        return self.page.locator(".st-key-card")

    def card_says(self, text: str) -> None:
        """Wait until the card holds a text."""
        self.card.filter(has_text=text).wait_for()

    def says(self, text: str) -> None:
        """Wait until the page says something; what it said well fades, but stays to be read here."""
        try:
            self.page.locator(".message", has_text=text).wait_for(state="attached")
        except Exception as error:
            error.add_note(f"the page says: {self.page.locator('.message').all_text_contents()}")
            raise

    def paste(self, text: str, *, on: str = "", add: bool = False, **fields: str) -> None:
        """Paste a report and have it read; `on` is its day, 20220916."""
        self.page.get_by_role("button", name="New report").click()
        self.page.get_by_label("Paste the text of a report").fill(text)
        if on:
            self.page.get_by_role("spinbutton", name="year, Published on").click()
            self.page.keyboard.type(on)
        for label, value in fields.items():
            self.page.get_by_role("textbox", name=label, exact=True).click()  # closes the calendar
            self.page.get_by_role("textbox", name=label, exact=True).fill(value)
        if add:
            self.page.get_by_text("Add it to the map that is open").click()
        self.page.get_by_role("button", name="Read it and draw the map").click()
        self.page.get_by_label("Paste the text of a report").wait_for(state="hidden")
        self.idle()
        self.page.keyboard.press("Escape")

    def add_by_coordinates(self, position: str, name: str = "") -> None:
        """Fill in the form of the sidebar."""
        self.page.get_by_role("textbox", name="By coordinates").fill(position)
        self.page.locator(".stSidebar").get_by_role("textbox", name="Name").first.fill(name)
        self.press("Add")

    def upload(self, label: str, file: Path) -> None:
        """Choose a file for one of the page's upload boxes."""
        box = self.page.locator(".stFileUploader").filter(has_text=label)
        box.locator("input[type=file]").set_input_files(file)
        box.get_by_text(file.name).first.wait_for()
        self.idle()

    def choose_option(self, box: Any, option: Any) -> None:
        """Open a select box and take an option; the list closes where its box is scrolled, so that comes first."""
        box.scroll_into_view_if_needed()
        self.page.wait_for_timeout(200)
        box.click()
        option.click()

    def choose_report(self, title: str) -> None:
        """Choose a report in the bar."""
        self.choose_option(
            self.page.locator(".stMain").get_by_role("combobox").first, self.page.get_by_role("option", name=title)
        )
        self.idle()

    def type_name(self, typed: str) -> Any:
        """Type into the search box as a person does and return the suggestions that appear."""
        box = self.page.get_by_role("combobox", name="By name")
        box.click()
        box.press_sequentially(typed, delay=30)
        options = self.page.locator("#place-list [role=option]")
        options.filter(has_text=re.compile(re.escape(typed), re.IGNORECASE)).first.wait_for()
        return options

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.idle()

    def layers(self) -> list[str]:
        """Return the ids of the features that the map shows now."""
        ids: list[str] = self.frame.evaluate(
            """() => { const ids = new Set();
                       window.map.eachLayer(l => { if (l.feature && l.feature.id) ids.add(l.feature.id); });
                       return [...ids]; }"""
        )
        return ids

    def wait_layers(self, **wanted: bool) -> None:
        """Wait until the map shows a feature whose id ends so, or shows it no more."""
        for ending, there in wanted.items():
            self.frame.wait_for_function(
                """([ending, there]) => { let found = false;
                   window.map.eachLayer(l => {
                     if (l.feature) found = found || String(l.feature.id).endsWith(ending); });
                   return found === there; }""",
                arg=[ending.replace("_", "-"), there],
            )

    def center(self) -> tuple[float, float, float]:
        """Return latitude, longitude and zoom of the map, to a metre or so."""
        lat, lon, zoom = self.frame.evaluate(
            "() => [window.map.getCenter().lat, window.map.getCenter().lng, window.map.getZoom()]"
        )
        return round(lat, 5), round(lon, 5), zoom

    def click_point(self, title: str) -> None:
        """Click a point on the map, as a person with a mouse does."""
        self.page.mouse.click(*self.point(title))
        self.page.wait_for_timeout(400)  # the frame gathers events for 250 ms
        self.idle()

    def point(self, title: str) -> tuple[float, float]:
        """Return where on the page a point of the map is, found by the beginning of its title."""
        x, y = self.frame.evaluate(
            """title => { let at = null;
               window.map.eachLayer(l => { if (l.feature && l.getLatLng && l.feature.properties.title.startsWith(title))
                 at = window.map.latLngToContainerPoint(l.getLatLng()); });
               return [at.x, at.y]; }""",
            title,
        )
        box = self.page.locator("iframe").first.bounding_box()
        return box["x"] + x, box["y"] + y

    def wait_same_layers(self, ids: list[str]) -> None:
        """Wait until the map shows just these features."""
        self.frame.wait_for_function(
            """ids => { const now = new Set();
               window.map.eachLayer(l => { if (l.feature && l.feature.id) now.add(l.feature.id); });
               return now.size === ids.length && ids.every(id => now.has(id)); }""",
            arg=ids,
        )

    def click_map(self, x: float, y: float) -> None:
        """Click the map at a point of its frame, in pixels."""
        box = self.page.locator("iframe").first.bounding_box()
        self.page.mouse.click(box["x"] + x, box["y"] + y)
        self.page.wait_for_timeout(400)  # the frame gathers events for 250 ms
        self.idle()

    def titles(self) -> dict[str, str]:
        """Return the titles of what the map shows, by id."""
        found: dict[str, str] = self.frame.evaluate(
            """() => { const t = {};
                       window.map.eachLayer(l => { if (l.feature) t[l.feature.id] = l.feature.properties.title; });
                       return t }"""
        )
        return found

    def wait_fewer_layers(self, ids: list[str]) -> None:
        """Wait until the map shows fewer features than these, but some."""
        self.frame.wait_for_function(
            """count => { const now = new Set();
               window.map.eachLayer(l => { if (l.feature && l.feature.id) now.add(l.feature.id); });
               return now.size > 0 && now.size < count; }""",
            arg=len(ids),
        )

    def set_status(self, status: str) -> None:
        """Choose the status of the claim whose card is open."""
        self.choose_option(
            self.card.get_by_role("combobox", name="Status of the claim"),
            self.page.get_by_role("option", name=status),
        )
        self.idle()

    def write_note(self, text: str) -> None:
        """Write a note on what is selected."""
        self.card.get_by_role("button", name="Note").click()
        self.page.get_by_label("Your note").last.fill(text)
        self.page.get_by_role("button", name="Save", exact=True).last.click()
        self.idle()
        self.page.keyboard.press("Escape")

    def filter(self, facet: str, value: str) -> None:
        """Choose one value of a filter."""
        self.page.get_by_role("button", name=re.compile("^Filter")).click()
        self.page.get_by_role("combobox", name=facet, exact=True).click()
        self.page.get_by_role("option", name=re.compile(f"^{value} ")).click()
        self.idle()
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Escape")

    def find(self, text: str) -> None:
        """Search for words."""
        box = self.page.get_by_role("textbox", name="Find")
        box.fill(text)
        box.press("Enter")
        self.idle()

    def earlier_days(self) -> None:
        """Take the last day of the time bar away, by keyboard."""
        self.page.locator(".st-key-time input[type=range]").last.focus()
        self.page.keyboard.press("ArrowLeft")
        self.idle()

    def see_as(self, view: str) -> None:
        """Choose a world view."""
        self.choose_option(
            self.page.get_by_role("combobox", name="World view"), self.page.get_by_role("option", name=view)
        )
        self.idle()

    def open_table(self, name: str) -> None:
        """Open one of the tables below the map."""
        self.page.get_by_role("tab", name=name).click()
        kind = name.lower().removeprefix("needs ")
        table = self.page.locator(f"[class*='st-key-table-{kind}-'] [data-testid=stDataFrame]:visible")
        table.first.wait_for()  # until then the table before it is there
        self.idle()
        table.first.scroll_into_view_if_needed()

    def table_rows(self) -> list[dict[str, str]]:
        """Return the rows of the table that is open, as a screen reader finds them."""
        rows: list[dict[str, str]] = self.page.locator("[data-testid=stDataFrame]:visible canvas table").first.evaluate(
            """table => { const names = [...table.querySelectorAll("th")].map(h => h.textContent);
                          return [...table.querySelectorAll("tbody tr")].map(row => Object.fromEntries(
                            [...row.querySelectorAll("td")].map((cell, n) => [names[n], cell.textContent]))) }"""
        )
        return rows

    def choose_row(self, number: int) -> None:
        """Choose a row of the table that is open, counted from 0, by the box before it."""
        box = self.page.locator("[data-testid=stDataFrame]:visible canvas").first.bounding_box()
        self.page.mouse.click(box["x"] + 14, box["y"] + 31 + 31 * number + 15)
        self.idle()

    def edit_cell(self, number: int, column: str, value: str) -> None:
        """Choose a value in a cell of the table that is open, as the keyboard does."""
        from playwright.sync_api import TimeoutError as PlaywrightTimeout

        names = list(self.table_rows()[0])
        for patience in (5_000, 15_000, 60_000):  # a table that is drawn anew meanwhile closes the list of a cell
            box = self.page.locator("[data-testid=stDataFrame]:visible canvas").first.bounding_box()
            self.page.mouse.click(box["x"] + 150, box["y"] + 31 + 31 * number + 15)  # the second column
            for _ in range(names.index(column) - 1):
                self.page.keyboard.press("ArrowRight")
            self.page.keyboard.press("Enter")
            try:
                self.page.get_by_role("option", name=value).click(timeout=patience)
            except PlaywrightTimeout:
                self.page.keyboard.press("Escape")
            else:
                break
        else:
            raise AssertionError(f"no cell of {column} offered {value}")
        self.idle()
