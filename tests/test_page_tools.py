"""The tools of the map and every way out of it, in a real browser: drawing, measuring, full screen, exports, links."""

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from geo.geodesy import LonLat, distance_m
from geo.render.exports import FORMATS
from geo.render.notices import DISCLAIMER
from tests.page_steps import Steps, address  # noqa: F401

pytestmark = pytest.mark.browser

LATER = "YEREVAN, Armenia — Shelling hit Goris on Sept. 18. A drone was seen near Kapan on Sept. 20."
TITLE = "Truce holds after Armenia and Azerbaijan border clashes"


@pytest.fixture
def user(browser_page, address):  # noqa: F811
    return Steps(browser_page, address)


def positions(user, *points):
    """Return where points of the map's frame, in pixels, are on the page and on the Earth."""
    box = user.page.locator("iframe").first.bounding_box()
    found = user.frame.evaluate(
        "points => points.map(p => window.map.containerPointToLatLng(p)).map(at => [at.lng, at.lat])", list(points)
    )
    return [
        ((box["x"] + x, box["y"] + y), LonLat(lon=at[0], lat=at[1])) for (x, y), at in zip(points, found, strict=True)
    ]


def draw(user, tool, *points):
    user.map.locator(f".leaflet-pm-toolbar [title='{tool}']").click()
    for at, _ in positions(user, *points):
        user.page.mouse.move(*at)
        user.page.mouse.click(*at)


def test_a_line_an_area_and_a_circle_are_drawn_told_with_their_size_named_and_undone(user):
    line = [(120, 420), (200, 470), (260, 440)]
    draw(user, "Draw Polyline", *line, line[-1])
    user.wait_layers(drawn_1=True)
    user.card_says("Line drawn by hand")
    (_, a), (_, b), (_, c) = positions(user, *line)
    length = user.card.locator("dt:text-is('Length') + dd")
    assert float(length.inner_text().split()[0]) == pytest.approx(
        (distance_m(a, b) + distance_m(b, c)) / 1000, rel=0.02
    )
    draw(user, "Draw Polygons", (280, 420), (360, 420), (340, 480), (280, 420))
    user.wait_layers(drawn_2=True)
    user.card.locator("dt:text-is('Area (km²)') + dd").wait_for()
    user.map.locator(".leaflet-pm-toolbar [title='Draw Circle']").click()
    user.map.locator(".marchland-radius input").fill("12.5")
    user.click_map(440, 430)
    user.wait_layers(drawn_3=True)
    user.card.locator("dt:text-is('Radius') + dd", has_text="12.5 km").wait_for()
    assert 480 < float(user.card.locator("dt:text-is('Area (km²)') + dd").inner_text()) < 492  # π · 12.5²
    user.idle()
    user.card.get_by_role("button", name="Edit").click()
    user.page.get_by_role("textbox", name="Name").last.fill("No-fly zone <b>1</b>")
    user.page.get_by_role("button", name="Save", exact=True).last.click()
    user.card_says("No-fly zone <b>1</b>")
    user.set_status("assessed")
    user.card.locator("dd", has_text="assessed").first.wait_for()
    user.map.locator(".marchland-legend", has_text="Assessed").wait_for()
    for _ in range(3):
        user.press("Undo")
    user.wait_layers(drawn_3=False, drawn_2=True, drawn_1=True)


def test_measuring_says_the_distance_ends_with_escape_and_is_no_click_on_the_map(user):
    tool = user.map.get_by_role("button", name="Measure a distance")
    tool.click()
    (start, a), (end, b) = positions(user, (150, 480), (320, 350))
    user.page.mouse.click(*start)
    user.page.mouse.click(*end)
    said = user.map.locator(".marchland-measured")
    said.get_by_text("km").wait_for()
    assert float(said.inner_text().split()[0]) == pytest.approx(distance_m(a, b) / 1000, rel=0.02)
    user.page.keyboard.press("Escape")
    user.map.locator("[aria-pressed=false]", has=user.page.locator("svg")).first.wait_for()
    assert said.count() == 1  # to be read until the tool is used again
    tool.click()
    said.wait_for(state="detached")
    tool.click()
    user.page.mouse.click(*start)
    user.page.keyboard.press("Escape")  # from one place nothing is measured: nothing stays
    said.wait_for(state="detached")
    assert user.page.get_by_role("button", name="Add here").count() == 0


def test_the_map_fills_the_screen_and_has_north_scale_overview_and_a_legend_that_is_switched(user):
    for part, text in (
        (".marchland-north", "N"),
        (".leaflet-control-scale-line", "km"),
        (".marchland-legend", "Claimed"),
    ):
        user.map.locator(part, has_text=text).first.wait_for()
    overview = user.map.locator(".marchland-overview")
    assert overview.locator("path").count() == 1  # what the map shows of the world
    user.map.locator(".marchland-layers summary").click()
    for name, box in (("Overview map", overview), ("Legend", user.map.locator(".marchland-legend"))):
        user.map.get_by_label(name).uncheck()
        box.wait_for(state="hidden")
        user.map.get_by_label(name).check()
        box.wait_for()
    full = user.map.get_by_role("button", name="Full screen")
    full.click()
    user.frame.wait_for_function("() => Boolean(document.fullscreenElement) && window.map.getSize().x > 1200")
    full.click()
    user.frame.wait_for_function("() => !document.fullscreenElement && window.map.getSize().x < 1000")


def test_in_grey_what_is_how_sure_is_told_by_texture_and_whose_by_name(user):
    user.page.add_style_tag(content="html { filter: grayscale(1) }")
    strip = user.map.locator("path[aria-label^='as much as 7.5']").last
    before = strip.get_attribute("fill")
    user.article.locator("mark.distance").first.click()
    user.card_says("upper bound")
    user.set_status("denied")
    user.map.locator(".marchland-legend", has_text="Denied").wait_for()
    after = strip.get_attribute("fill")
    assert ("-hatch-" in before, "-struck-" in after) == (True, True)
    user.map.locator(".marchland-side", has_text="Azerbaijan").first.wait_for()


def test_printed_the_page_is_map_and_report_with_the_disclaimer_and_no_buttons(user):
    user.page.emulate_media(media="print")
    user.page.locator(".stSidebar").wait_for(state="hidden")
    assert user.page.get_by_role("button", name="Projects").is_hidden()
    frame, text = user.page.locator("iframe").first.bounding_box(), user.article.bounding_box()
    assert frame["y"] + frame["height"] <= text["y"] + 1
    assert user.article.evaluate(
        "box => box.scrollHeight <= box.clientHeight + 1"
    )  # all of it, not what a window shows
    user.map.locator(".marchland-note", has_text=DISCLAIMER[:40]).wait_for()


def exported(user, form):
    """Return what the export dialogue gives."""
    user.choose_option(
        user.page.get_by_role("combobox", name="As"), user.page.get_by_role("option", name=FORMATS[form].label)
    )
    button = user.page.locator(f".st-key-download-{form}-all button")
    button.wait_for()
    user.idle()
    with user.page.expect_download() as download:
        button.click()
    assert download.value.suggested_filename.endswith(f".{form}")
    return Path(download.value.path())


def test_every_export_of_the_dialogue_opens_in_another_program(user, tmp_path):
    import geopandas
    import pyogrio
    from PIL import Image

    user.add_by_coordinates("39.51, 46.34", "A post")
    user.wait_layers(added_1=True)
    user.page.get_by_role("button", name="Export").click()
    package = exported(user, "gpkg").rename(tmp_path / "map.gpkg")
    assert {name for name, _ in pyogrio.list_layers(package)} == {"places", "claims", "zones", "sources", "log"}
    assert "A post" in set(geopandas.read_file(package, layer="places")["title"])
    assert geopandas.read_file(package, layer="zones").is_valid.all()
    assert len(geopandas.read_file(package, layer="log")) == 2  # the report and the post
    kml = ElementTree.parse(exported(user, "kml")).getroot()
    spans = [one for one in kml.iter() if one.tag.endswith("TimeSpan")]
    assert spans
    assert any(one.text == "A post" for one in kml.iter() if one.tag.endswith("name"))
    rows = list(csv.DictReader(io.StringIO(exported(user, "csv").read_text(encoding="utf-8-sig"))))
    assert {"lat", "lon", "wkt", "where_prec", "geo_precision"} <= set(rows[0])
    with Image.open(exported(user, "png")) as picture:
        assert picture.size == (2338, 1653)  # A4 at 200 dots an inch
        assert len(picture.convert("RGB").resize((400, 283)).getcolors(200_000)) > 500
    [sheet] = PdfReader(exported(user, "pdf")).pages
    printed = " ".join(sheet.extract_text().split())
    for text in (TITLE[:40], "LEGEND", "SOURCES", "A post", "Jermuk", "de facto", "imply any opinion", "ODbL"):
        assert text in printed, text
    drawing, page = exported(user, "svg"), exported(user, "html").rename(tmp_path / "map.html")
    other = user.page.context.new_page()
    other.set_content(f"<img src='data:image/svg+xml;base64,{_base64(drawing)}'>")
    other.wait_for_function("() => document.images[0].naturalWidth > 800")
    other.goto(page.as_uri())
    other.locator(".marchland-name", has_text="A post").wait_for()


def _base64(file):
    from base64 import b64encode

    return b64encode(file.read_bytes()).decode()


def test_a_copied_link_opens_the_same_view_in_another_browser(user, browser, address):  # noqa: F811
    user.add_by_coordinates("39.51, 46.34", "A post")
    user.wait_layers(added_1=True)
    user.page.wait_for_url(re.compile("map=truce.*select=added-1"))
    user.frame.evaluate("Marchland.hideLayers(window.map, ['Context']); window.map.setView([39.6, 46.2], 9)")
    user.page.wait_for_url(re.compile(r"at=39\.\d+,46\.\d+,9.*hide=Context"))
    user.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    user.page.get_by_role("button", name="Copy link").click()
    user.page.get_by_role("status").filter(has_text="Link copied").wait_for(state="attached")
    link = user.page.evaluate("navigator.clipboard.readText()")
    elsewhere = browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        other = Steps(elsewhere.new_page(), link)
        other.card_says("A post")
        other.wait_layers(added_1=True)
        other.frame.wait_for_function("() => window.map.getZoom() === 9")
        assert other.center()[:2] == pytest.approx(user.center()[:2], abs=0.01)
        assert other.frame.evaluate("Marchland.hiddenLayers(window.map)") == ["Context"]
    finally:
        elsewhere.close()


def test_play_shows_day_after_day_and_ends_with_everything(user):
    user.paste(LATER, on="20220921", add=True, Title="Later")
    user.article.get_by_text("Shelling hit Goris").wait_for()
    everything = user.layers()
    user.frame.evaluate(
        """() => { window.counts = []; const draw = Marchland.draw;
                   Marchland.draw = (map, group, data) => {
                     draw(map, group, data); counts.push(data.features.length); } }"""
    )
    user.press("Play")
    user.frame.wait_for_function("all => counts.length > 1 && counts[0] < Math.max(...counts)", arg=len(everything))
    user.page.get_by_role("button", name="Play").wait_for()
    user.wait_same_layers(everything)
    counts = user.frame.evaluate("counts")
    assert counts == sorted(counts)


def test_a_long_report_says_how_long_it_is_and_how_long_it_is_being_read(user):
    text = "M23 rebels captured the town of Sake, about 20 km west of Goma, the army said on Monday. " * 400
    user.page.evaluate(
        """() => { window.said = ""; new MutationObserver(() => {
             const now = document.querySelector(".stSpinner")?.textContent ?? "";
             if (/characters/.test(now)) window.said = now;
           }).observe(document.body, { subtree: true, childList: true, characterData: true }); }"""
    )
    user.paste(text, Title="Long")
    user.article.get_by_text("captured the town").first.wait_for()
    said = user.page.evaluate("window.said")
    assert said.startswith(f"Reading {len(text.strip()):,} characters") or said.startswith(f"Reading {len(text):,}")
    assert "seconds" in said
