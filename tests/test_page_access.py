"""Who cannot see or use a mouse, who has a small or a dark screen: axe-core on every view, keys alone, 390 pixels."""

import json
import re
from pathlib import Path

import pytest

from tests.page_steps import ROOT, Steps, address  # noqa: F401

pytestmark = pytest.mark.browser

AXE = ROOT / "tests" / "js" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """async () => (await axe.run(document, { resultTypes: ["violations"], iframes: false })).violations
    .filter(v => v.impact === "serious" || v.impact === "critical")
    .map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 160)).slice(0, 3).join(" | ")}`)"""
_FOCUSED = """() => { let at = document.activeElement;
    while (at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
    return at.getAttribute("aria-label") || at.labels?.[0]?.textContent || at.textContent || ""; }"""


def violations(page):
    """Return what axe-core finds serious or critical, on the page and in the map's frame."""
    found = []
    for frame in page.frames:
        frame.evaluate(AXE.read_text(encoding="utf-8"))
        found += frame.evaluate(_RUN)
    return found


def tab_to(page, name, key="Tab", most=60):
    """Press a key until what it leads to is called so."""
    seen = []
    for _ in range(most):
        page.keyboard.press(key)
        seen.append(page.evaluate(_FOCUSED)[:60])
        if re.search(name, seen[-1]):
            return
    raise AssertionError(f"no {key} leads to {name}: {seen}")


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: make linter")
def test_no_view_has_a_serious_violation_in_light_or_dark(browser_page, address):  # noqa: F811
    user = Steps(browser_page, address)
    page = user.page
    assert violations(page) == []
    user.add_by_coordinates("39.51, 46.34", "A post")
    user.wait_layers(added_1=True)
    user.article.locator("mark.distance").first.click()
    user.card_says("upper bound")
    user.idle()
    assert violations(page) == []
    for button in ("New report", "Filter", "Export", "Sources and licences"):
        user.press(button)
        assert violations(page) == [], button
        page.keyboard.press("Escape")
    for tab in ("Claims", "Checks", "Needs review", "Decisions"):
        page.get_by_role("tab", name=tab).click()
        user.idle()
        assert violations(page) == [], tab
    page.get_by_role("button", name="Projects").click()
    for tab in ("This map", "All projects", "Versions"):
        page.get_by_role("dialog").get_by_role("tab", name=tab).click()
        user.idle()
        assert violations(page) == [], tab
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    page.emulate_media(color_scheme="dark")
    page.reload()
    user.settled()
    user.frame.wait_for_selector(".marchland-dark")
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).colorScheme") == "dark"
    assert violations(page) == [], "dark"


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: make linter")
@pytest.mark.parametrize("width", [1280, 390])
def test_the_exported_page_has_no_serious_violation_and_fits_the_screen(browser_page, map_server, width):
    from geo.render.exports import export_map
    from geo.stores.tiles import page_assets
    from tests.map_features import jermuk_features

    html = export_map(jermuk_features(), "html", title="Jermuk", assets=page_assets()).decode()
    browser_page.set_viewport_size({"width": width, "height": 844})
    browser_page.goto(map_server.show(html, "exported"))
    browser_page.wait_for_selector(".marchland-legend")
    assert violations(browser_page) == []
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_map_turns_dark_with_the_page_and_keeps_its_frame_its_view_and_what_is_on_it(browser_page, address):  # noqa: F811
    user = Steps(browser_page, address)
    page, before = user.page, user.layers()
    page.evaluate("() => { document.querySelector('iframe').dataset.same = 'yes'; }")
    user.frame.evaluate("() => window.map.setView([39.8, 45.7], 9, { animate: false })")
    page.emulate_media(color_scheme="dark")
    user.frame.wait_for_selector(".marchland-dark")
    user.wait_same_layers(before)
    user.add_by_coordinates("39.51, 46.34")
    user.wait_layers(added_1=True)
    assert page.locator("iframe[data-same=yes]").count() == 1
    assert user.frame.evaluate("() => window.map.getZoom()") == 9
    page.emulate_media(color_scheme="light")
    user.frame.wait_for_selector(".marchland-light")


def test_by_keys_alone_a_place_is_added_a_status_is_set_and_the_map_is_exported(browser_page, address):  # noqa: F811
    user = Steps(browser_page, address)
    page = user.page
    tab_to(page, "^By name$")
    page.keyboard.type("Goris", delay=30)
    page.locator("#place-list [role=option]", has_text="Goris").first.wait_for()
    page.keyboard.press("Enter")
    user.wait_layers(added_1=True)
    user.idle()
    tab_to(page, "^YEREVAN$")
    tab_to(page, "^as much as 7.5", key="ArrowRight")
    page.keyboard.press("Enter")
    user.card_says("upper bound")
    page.wait_for_function("() => document.activeElement.closest('.st-key-card')")
    tab_to(page, "^Status of the claim$")
    page.keyboard.type("disp")
    page.get_by_role("option", name="disputed").wait_for()
    page.keyboard.press("Enter")
    user.card.locator("dd", has_text="disputed").first.wait_for()
    user.idle()
    tab_to(page, "Export", key="Shift+Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Download", exact=True).wait_for()
    tab_to(page, "Download$")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    made = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["features"]
    assert any(one["properties"]["title"] == "Goris" for one in made)
    assert "disputed" in {one["properties"].get("status") for one in made}


def test_a_narrow_screen_has_the_map_first_and_nothing_beside_the_screen(browser_page, address):  # noqa: F811
    browser_page.set_viewport_size({"width": 390, "height": 844})
    user = Steps(browser_page, address)
    page = user.page

    def fits():
        return page.evaluate("document.documentElement.scrollWidth") <= 390

    assert fits()
    frame, text = page.locator("iframe").first.bounding_box(), user.article.bounding_box()
    assert frame["width"] > 340
    assert frame["y"] < text["y"]
    note = user.map.locator(".marchland-note")
    assert note.bounding_box()["height"] < 0.1 * frame["height"]
    note.locator("summary").click()
    note.get_by_text("do not imply any opinion").wait_for()
    user.article.locator("mark.distance").first.click()
    user.card_says("upper bound")
    assert fits()
    for button in ("New report", "Filter", "Export"):
        user.press(button)
        box = page.locator("[data-testid=stPopoverBody]").last.bounding_box()
        assert box["x"] >= 0, button
        assert box["x"] + box["width"] <= 390, button
        page.keyboard.press("Escape")
    for tab in ("Claims", "Checks", "Needs review", "Decisions"):
        page.get_by_role("tab", name=tab).click()
        user.idle()
        assert fits(), tab
    page.get_by_role("button", name="Projects").click()
    box = page.get_by_role("dialog").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
