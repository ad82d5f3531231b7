"""Who cannot see or use a mouse, and who has a small screen: axe-core on the views of the page, and 390 pixels."""

import pytest

from tests.page_steps import ROOT, Steps, address  # noqa: F401

pytestmark = pytest.mark.browser

AXE = ROOT / "tests" / "js" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """async () => (await axe.run(document, { resultTypes: ["violations"], iframes: false })).violations
    .filter(v => v.impact === "serious" || v.impact === "critical")
    .map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 160)).slice(0, 3).join(" | ")}`)"""


def violations(user):
    """Return what axe-core finds serious or critical, on the page and in the map's frame."""
    found = []
    for frame in user.page.frames:
        frame.evaluate(AXE.read_text(encoding="utf-8"))
        found += frame.evaluate(_RUN)
    return found


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: make linter")
def test_no_view_has_a_serious_violation(browser_page, address):  # noqa: F811
    user = Steps(browser_page, address)
    assert violations(user) == []
    user.article.locator("mark.distance").first.click()
    user.card_says("upper bound")
    user.idle()
    assert violations(user) == []
    for button in ("New report", "Filter", "Export"):
        user.press(button)
        assert violations(user) == [], button
        user.page.keyboard.press("Escape")
    for tab in ("Claims", "Needs review", "Decisions"):
        user.page.get_by_role("tab", name=tab).click()
        user.idle()
        assert violations(user) == [], tab


def test_a_narrow_screen_has_the_map_first_and_nothing_beside_the_screen(browser_page, address):  # noqa: F811
    browser_page.set_viewport_size({"width": 390, "height": 844})
    user = Steps(browser_page, address)
    assert user.page.evaluate("document.documentElement.scrollWidth") <= 390
    frame, text = user.page.locator("iframe").first.bounding_box(), user.article.bounding_box()
    assert frame["width"] > 340
    assert frame["y"] < text["y"]
