"""The desk in a real browser: text and map as one, several reports, review, time, finding, tables, the address."""

import re
from pathlib import Path

import pytest

from geo.render.exports import FORMATS
from tests.page_steps import ROOT, Steps, address  # noqa: F401

pytestmark = pytest.mark.browser

SEED = "armenia-2022-jermuk"
SAME = (
    "YEREVAN, Armenia — Azerbaijani forces advanced as much as 7.5 kilometers into Armenia's territory, "
    "the head of the Armenian armed forces said on Friday. Shelling hit Goris on Sept. 14."
)
OTHER = (
    "BAKU, Azerbaijan — Azerbaijan's Defense Ministry said on Friday that 300 Armenian troops were killed this week. "
    "Azerbaijani forces were 20 kilometers into Armenia's territory, a general said on Friday. "
    "A drone was seen near Kapan on Sept. 13."
)


@pytest.fixture
def user(browser_page, address):  # noqa: F811
    return Steps(browser_page, address)


def add_reports(user):
    user.paste(SAME, on="20220916", add=True, Title="A second report")
    user.paste(OTHER, on="20220917", add=True, Title="From the other side")
    user.page.locator(".stRadio label", has_text="From the other side").wait_for()


def test_text_and_map_point_at_each_other_and_a_selection_shows_in_both(user):
    jermuk = user.article.locator("mark.event", has_text="Jermuk").first
    jermuk.hover()
    pointed = jermuk.get_attribute("data-feature")
    user.frame.wait_for_function("id => window.map.marchland.marked.hovered === id", arg=pointed)
    user.page.mouse.move(640, 5)
    at = user.point("Jermuk")
    user.page.mouse.move(*at)
    user.article.locator("mark.hot", has_text="Jermuk").first.wait_for()
    user.page.mouse.click(*at)
    user.card_says("Vayots Dzor")
    user.article.locator(".sentence.marked", has_text="Jermuk").first.wait_for()
    user.article.locator("mark", has_text="YEREVAN").first.click()
    user.card_says("Yerevan")
    user.frame.wait_for_function("() => Math.abs(window.map.getCenter().lat - 40.18) < 0.05")
    user.page.wait_for_url(re.compile(r"select=[^&]*gn:616052.*at=40\.1"))


def test_the_map_stays_in_place_on_every_edit_filter_and_day(user):
    user.page.evaluate("document.querySelector('iframe').dataset.seen = 'yes'")
    user.frame.evaluate("window.seen = 'yes'")
    steps = {
        "add": lambda: user.add_by_coordinates("39.51, 46.34", "A post"),
        "undo": lambda: user.press("Undo"),
        "redo": lambda: user.press("Redo"),
        "select": lambda: user.article.locator("mark.distance").first.click(),
        "status": lambda: user.set_status("disputed"),
        "note": lambda: user.write_note("seen by a *reporter* <b>here</b>"),
        "filter": lambda: user.filter("Kind", "town"),
        "report": lambda: user.paste(OTHER, on="20220917", add=True, Title="From the other side"),
        "day": lambda: user.earlier_days(),
        "view": lambda: user.see_as("UN"),
    }
    for name, step in steps.items():
        step()
        user.idle()
        assert user.page.evaluate("document.querySelector('iframe').dataset.seen") == "yes", name
        assert user.frame.evaluate("window.seen") == "yes", name
        if name == "note":
            user.card_says("seen by a *reporter* <b>here</b>")
    assert "added-1" not in user.layers()  # no town


def test_reports_on_one_map_share_a_claim_contradict_each_other_and_follow_the_days(user):
    add_reports(user)
    user.page.locator(".stRadio label", has_text="A second report").click()
    user.article.get_by_text("Shelling hit Goris").wait_for()
    user.article.locator("mark.distance").first.click()
    user.card_says("Reported by")  # one card, two sources
    user.card_says("A second report")
    user.card_says("Truce holds")
    against = user.card.locator(".against > div")  # side by side
    assert "7.5 kilometers" in against.first.inner_text()
    assert "20 kilometers" in against.last.inner_text()
    user.idle()
    user.card.get_by_role("button", name=re.compile("^Go to .*20 kilometers")).click()
    user.article.locator(".sentence.marked", has_text="a general said").wait_for()
    user.idle()
    swatches = user.page.locator(".stRadio label span[class*=Color], .stRadio label span[style*=color]")
    colours = swatches.evaluate_all("spans => spans.map(span => getComputedStyle(span).color)")
    assert len(set(colours)) == 3  # each report has its own
    before = user.layers()
    user.earlier_days()
    user.wait_fewer_layers(before)
    user.press("Play")
    user.page.get_by_role("button", name="Play").wait_for()
    user.wait_same_layers(before)


def test_what_needs_review_is_stepped_through_with_keys_and_the_log_keeps_it(user):
    add_reports(user)
    strip = user.page.locator(".st-key-review")
    count = int(re.search(r"\d+", strip.inner_text()).group())
    user.page.locator(".stMain").first.click(position={"x": 400, "y": 12})
    user.page.keyboard.press("n")
    strip.get_by_text(f"1 of {count}").wait_for()
    user.idle()
    user.page.keyboard.press("a")
    strip.get_by_text(f"1 of {count - 1}").wait_for()
    user.idle()
    user.page.keyboard.press("x")
    user.idle()
    assert count >= 2
    user.open_table("Decisions")
    log = user.table_rows()
    assert [row["Decision"] for row in log[:2]] == ["taken off the map", "accepted"]
    assert re.match(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d", log[0]["Time (UTC)"])
    user.press("Undo")
    user.page.locator("[data-testid=stDataFrame]:visible td", has_text="undone").first.wait_for(state="attached")
    assert user.table_rows()[1]["Holds"] == "taken back"


def test_finding_leads_to_places_claims_and_sentences_and_filters_narrow_the_map(user):
    user.find("jermuk")
    hits = user.page.locator(".st-key-hits")
    hits.get_by_text("3 found").wait_for()
    hits.get_by_role("button", name=re.compile("sentence")).first.click()
    user.article.locator(".sentence.marked", has_text="Jermuk").first.wait_for()
    hits.get_by_role("button", name=re.compile("^.*Jermuk place")).click()
    user.card_says("Vayots Dzor")
    hits.get_by_text("Show only these").click()
    user.frame.wait_for_function(
        "() => { let n = 0; window.map.eachLayer(l => n += Boolean(l.feature)); return n > 0 && n < 5 }"
    )
    user.find("zzz nothing")
    user.page.get_by_text("has these words").wait_for()
    user.find("")
    user.filter("Kind", "claim")
    user.frame.wait_for_function(
        """() => { let all = true, n = 0;
                   window.map.eachLayer(l => { if (l.feature) { n++; all = all && /claim-/.test(l.feature.id); } });
                   return n > 0 && all }"""
    )


def test_a_status_is_set_in_its_cell_and_a_row_leads_to_the_map(user):
    user.open_table("Claims")
    rows = user.table_rows()
    [n] = [n for n, row in enumerate(rows) if "7.5" in row["Claim"]]
    user.edit_cell(n, "Status", "disputed")
    user.article.locator("mark.distance").first.click()
    user.page.locator("dd", has_text="disputed").first.wait_for()
    user.press("Undo")  # and what the cell held does not come back
    user.page.locator("dd", has_text="claimed").first.wait_for()
    user.open_table("Decisions")
    assert [row["Decision"] for row in user.table_rows()[:2]] == ["undone", "status set"]
    user.open_table("Places")
    [n] = [n for n, row in enumerate(user.table_rows()) if row["Place"] == "Nagorno-Karabakh"]
    user.choose_row(n)
    user.card_says("Nagorno-Karabakh")


def test_a_link_restores_the_view_and_a_hostile_one_does_nothing(user, browser_page, address):  # noqa: F811
    user.article.locator("mark.distance").first.click()
    user.card_says("upper bound")
    user.page.wait_for_url(re.compile("select="))
    user.frame.evaluate("Marchland.hideLayers(window.map, ['Disputed']); window.map.setView([40.5, 45.9], 9)")
    user.page.wait_for_url(re.compile(r"at=40\.(5|49).*hide=Disputed"))
    link = user.page.url
    again = Steps(browser_page, link)
    again.card_says("upper bound")
    again.frame.wait_for_function(
        "() => window.map.getZoom() === 9 && Math.abs(window.map.getCenter().lat - 40.5) < 0.01"
    )
    assert again.frame.evaluate("Marchland.hiddenLayers(window.map)") == ["Disputed"]
    evil = "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"
    title = user.page.title()
    for query in (
        f"map={evil}&select={evil}&find={evil}&view={evil}&as_of={evil}&since={evil}&hide={evil}",
        f"at={evil},{evil},{evil}&hide={'x' * 3000}&find={'y' * 3000}",
        "at=NaN,NaN,1e9&as_of=9999-99-99&since=0001-01-01&until=2022-13-01&map=../../etc/passwd",
        "at=1e400,5,5&select=__proto__&hide=constructor,__proto__&view=constructor",
    ):
        odd = Steps(browser_page, f"{address}/?{query}")
        odd.article.get_by_text("Pashinyan told").wait_for()
        assert odd.frame.evaluate("document.querySelectorAll('[onerror]').length") == 0
        assert odd.page.evaluate("document.querySelectorAll('[onerror]').length") == 0
        assert odd.page.title() == title
        assert odd.center()[2] > 5


def test_a_first_visit_has_three_hints_that_stay_away_once_read(user, browser_page, address):  # noqa: F811
    assert user.page.locator("section[aria-label='How this page works'] li").count() == 3
    user.page.get_by_role("button", name="Got it").click()
    again = Steps(browser_page, address)
    assert again.page.get_by_role("button", name="Got it").count() == 0


def test_all_checks_stand_in_one_table_and_a_row_leads_to_its_claim(user):
    user.open_table("Checks")
    user.page.locator("[data-testid=stDataFrame]:visible td", has_text="leaves").first.wait_for(state="attached")
    rows = user.table_rows()
    assert {row["Verdict"] for row in rows} <= {"agrees", "doubtful", "contradicts"}
    [left] = [n for n, row in enumerate(rows) if "Jermuk is 12" in row["Why"] and "leaves" in row["Why"]]
    user.choose_row(left)
    user.card_says("Checked against the map")


def test_a_place_is_dragged_retyped_merged_split_rejected_a_circle_drawn_and_the_log_has_it_all(user):
    page = user.page

    def logged(what, times=1):
        cells = page.locator("[data-testid=stDataFrame]:visible td", has_text=re.compile(f"^{what}$"))
        cells.nth(times - 1).wait_for(state="attached")
        user.idle()

    user.open_table("Decisions")
    page.locator("iframe").first.scroll_into_view_if_needed()
    user.frame.evaluate("window.map.panBy([-150, 0], { animate: false })")  # away from the tools
    drag = user.map.locator(".leaflet-pm-toolbar [title='Drag Layers']")
    drag.click()
    x, y = user.point("Jermuk")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y + 40, steps=6)
    page.mouse.up()
    logged("moved")
    drag.click()
    user.article.locator("mark.event", has_text="Jermuk").first.click()
    user.card_says("Vayots Dzor")
    user.idle()
    user.card.get_by_role("button", name="Move", exact=True).click()
    page.get_by_role("textbox", name="Position").last.fill("39.90, 45.55")
    page.get_by_role("button", name="Move it here").click()
    logged("moved", times=2)
    user.frame.wait_for_function(
        """() => { let there = false;
                   window.map.eachLayer(l => { if (l.feature?.properties.title === "Jermuk" && l.getLatLng)
                     there = l.getLatLng().distanceTo([39.9, 45.55]) < 20; });
                   return there; }"""
    )
    user.add_by_coordinates("39.51, 46.34", "First post")
    user.wait_layers(added_1=True)
    user.add_by_coordinates("39.52, 46.35", "Second post")
    user.card_says("Second post")
    user.idle()
    user.card.get_by_role("button", name="Merge", exact=True).click()
    page.get_by_role("combobox", name="The same as").last.fill("First post")
    page.get_by_role("option", name=re.compile("^First post")).click()
    page.get_by_role("button", name="Merge", exact=True).last.click()
    user.wait_layers(added_2=False)
    user.press("Split")
    user.wait_layers(added_2=True)
    user.card_says("First post")
    user.card.get_by_role("button", name="Reject", exact=True).click()
    user.wait_layers(added_1=False)
    user.press("Undo")
    user.wait_layers(added_1=True)
    user.map.locator(".leaflet-pm-toolbar [title='Draw Circle']").click()
    user.map.locator(".marchland-radius input").fill("12.5")
    user.click_map(300, 420)
    user.wait_layers(drawn_1=True)
    user.card_says("Circle drawn by hand")
    logged("drawn")
    steps = [row["Decision"] for row in user.table_rows()]
    assert steps[:-1] == [
        "drawn", "undone", "taken off the map", "split", "merged", "added", "added", "moved", "moved",
    ]  # fmt: skip
    assert user.table_rows()[-2]["Before"]  # where it was


def test_the_day_of_the_borders_who_controls_what_the_undated_a_copied_link_and_what_is_exported(user):
    page = user.page
    page.get_by_role("button", name="Sources and licences").click()
    page.locator(".about", has_text="claimed by").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("spinbutton", name="year, Borders as of").click()
    page.keyboard.type("20200101")
    page.locator("h1.brand").click()  # away from the calendar
    page.wait_for_url(re.compile("as_of=2020-01-01"))
    user.idle()
    page.get_by_role("button", name="Sources and licences").click()
    page.locator(".about", has_text="as of 2020-01-01").wait_for()
    page.keyboard.press("Escape")
    user.add_by_coordinates("39.51, 46.34", "A post")
    page.get_by_role("button", name="1 undated").click()
    page.get_by_role("button", name="A post", exact=True).last.click()
    user.card_says("A post")
    page.keyboard.press("Escape")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.wait_for_url(re.compile("select=added-1"))
    page.get_by_role("button", name="Copy link").click()
    page.get_by_role("status").filter(has_text="Link copied").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert all(part in copied for part in ("map=", "select=added-1", "at=", "as_of=2020-01-01"))
    before = user.layers()
    page.get_by_role("button", name="Filter", exact=False).first.click()
    page.get_by_role("slider", name="Places at least as sure as").focus()
    page.keyboard.press("End")
    user.wait_fewer_layers(before)
    page.get_by_role("button", name="Filter (1)").wait_for()
    page.get_by_role("slider", name="Places at least as sure as").wait_for()  # what is open stays open
    page.keyboard.press("Escape")
    user.idle()
    page.get_by_role("button", name="Export").click()
    sizes = {}
    for part, what in (("The whole map", "all"), ("What the filters leave", "shown")):
        page.get_by_text(part).click()
        for form, starts in (("csv", b"\xef\xbb\xbf"), ("kml", b"<?xml"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE")):
            page.get_by_role("combobox", name="As").click()
            page.get_by_role("option", name=FORMATS[form].label).click()
            page.locator(f".st-key-download-{form}-{what} button").wait_for()
            user.idle()
            with page.expect_download() as download:
                page.locator(f".st-key-download-{form}-{what} button").click()
            made = Path(download.value.path()).read_bytes()
            assert made.startswith(starts), form
            sizes[what, form] = len(made)
    for form in ("csv", "kml", "html"):
        assert sizes["shown", form] < sizes["all", form]
