"""Hostile articles and files on the page: they show as text, run nothing, and take nothing away."""

import pytest
from shapely.geometry import Point, box

from geo.render.geojson import to_geojson
from geo.styles import SIDES
from tests.hostile import hostile_texts
from tests.map_features import feature
from tests.page_steps import Steps, address  # noqa: F401

pytestmark = pytest.mark.browser

EVIL_TITLE = "<img src=x onerror=\"top.document.title='hacked'\">${top.document.title='hacked'}`"
EVIL = (
    "Forces advanced as much as 7.5 km into Armenia's territory near Jermuk, said "
    "<script>top.document.title='hacked'</script><img src=x onerror=\"top.document.title='hacked'\"> a general. "
    "In </script><script>alert(1)</script> Jermuk ${alert(1)} `${alert(1)}` \\u003cscript\\u003ealert(1) {{7*7}} "
    "![x](http://example.org/x.png) [click](javascript:alert(1)) there was shelling, 12 soldiers were killed. "
    '"Yerevan" onmouseover="alert(1)" \' onfocus=\'alert(1)\' autofocus was quiet.'
)


@pytest.fixture
def user(browser_page, address):  # noqa: F811
    return Steps(browser_page, address)


def test_a_hostile_article_shows_as_text_and_runs_nothing(user):
    title = user.page.title()
    user.paste(EVIL, Title=EVIL_TITLE)
    user.article.get_by_text("a general").wait_for()
    user.settled()
    assert "<script>top.document.title='hacked'</script>" in user.article.inner_text()
    assert "![x](http://example.org/x.png)" in user.article.inner_text()
    for mark in user.article.locator("mark").all()[:6]:
        mark.hover()
        mark.click()
        user.idle()
    for frame in user.page.frames:
        assert frame.evaluate("document.querySelectorAll('[onerror],[onmouseover],[onfocus],[onload]').length") == 0
    for tab in ("Claims", "Checks", "Needs review", "Decisions", "Places"):
        user.page.get_by_role("tab", name=tab).click()
        user.idle()
    assert user.page.title() == title


def test_a_hostile_place_name_of_the_user_shows_as_text(user):
    title = user.page.title()
    user.add_by_coordinates("39.9, 45.6", EVIL_TITLE)
    user.wait_layers(added_1=True)
    user.card_says("<img src=x")
    user.says("<img src=x")
    user.click_point("<img src=x")
    user.map.locator(".leaflet-pm-toolbar [title='Draw Circle']").click()
    user.map.locator(".marchland-radius input").fill("5")
    user.click_map(300, 420)
    user.wait_layers(drawn_1=True)
    user.card_says("Circle drawn by hand")
    user.idle()
    user.card.get_by_role("button", name="Edit").click()
    user.page.get_by_role("textbox", name="Name").last.fill(f"{EVIL_TITLE} circle")
    user.page.get_by_role("button", name="Save", exact=True).last.click()
    user.card_says(f"{EVIL_TITLE} circle")
    user.open_table("Decisions")
    assert f"{EVIL_TITLE} circle" in {row["About"] for row in user.table_rows()}
    assert user.page.title() == title
    for frame in user.page.frames:
        assert frame.evaluate("document.querySelectorAll('[onerror]').length") == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [("   ", "no report yet"), ("x" * 1_100_000, "1,000,000"), ("Nothing of note happened today.", None)],
)
def test_odd_texts_get_a_clear_sentence_or_an_empty_map_and_nothing_is_lost(user, text, says):
    user.page.get_by_role("button", name="New report").click()
    user.page.get_by_label("Paste the text of a report").evaluate(
        """(box, text) => { const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
                            set.call(box, text); box.dispatchEvent(new Event('input', {bubbles: true})) }""",
        text,
    )
    user.page.get_by_label("Paste the text of a report").blur()
    user.page.get_by_role("button", name="Read it and draw the map").click()
    user.idle()
    user.page.keyboard.press("Escape")
    if says:
        user.says(says)
        user.article.get_by_text("Pashinyan told").wait_for()
    else:
        user.article.get_by_text("Nothing of note").wait_for()
        user.page.get_by_text("No place was found").wait_for()


def test_uploads_of_hostile_files_are_text_or_a_clear_error(user, tmp_path):
    title = user.page.title()
    page = tmp_path / "<i onload=a>.html"
    page.write_text(f"<html><title>Report</title><body><p>{'Shelling hit Jermuk in Armenia on Friday. ' * 5}</p>"
                    "<script>top.document.title='hacked'</script></body></html>")  # fmt: skip
    user.page.get_by_role("button", name="New report").click()
    user.upload("or open a file", page)
    user.page.get_by_role("button", name="Read it and draw the map").click()
    user.idle()
    user.page.keyboard.press("Escape")
    user.article.get_by_text("Shelling hit").first.wait_for()
    assert "hacked" not in user.article.inner_text()
    assert_inert(user, title)


SCRIPT = "<script>window.pwned=1</script>"


def hostile_map():
    """Return a map whose every text is hostile: titles, sides, claimants, sources, kinds, dates, notes."""
    claims = [
        feature(
            "zone-core", text, box(45 + n / 50, 39.8, 45.01 + n / 50, 39.81), f"evil{n}/core", feature="claim",
            zone_part="core", quote=text, claimant=text, figure=text, side=text, colour=SIDES[n % 6].fill, bound=text,
            status="claimed", source_title=text, source_url=text, when=text, warning=text, sector=text, hedge=text,
        )
        for n, text in enumerate(hostile_texts())
    ]  # fmt: skip
    places = [
        feature(
            "event-place", text, Point(45 + n / 50, 39.7), f"spot{n}", feature="place", place_kind=text, country=text,
            role=text, note=text, source_title=text,
        )
        for n, text in enumerate(hostile_texts())
    ]  # fmt: skip
    return to_geojson([*claims, *places])


def assert_inert(user, title):
    for frame in user.page.frames:
        assert frame.evaluate("window.pwned === undefined")
        assert frame.evaluate("document.querySelectorAll('[onerror],[onload],[ontoggle],[onmouseover]').length") == 0
        assert frame.evaluate("document.querySelectorAll('a[href^=javascript], [src*=evil], [href*=evil]').length") == 0
    assert user.page.title() == title


def test_a_map_of_hostile_texts_shows_them_in_every_part_of_the_page_and_runs_none(user, tmp_path):
    page, title = user.page, user.page.title()
    file = tmp_path / "evil.geojson"
    file.write_text(hostile_map(), encoding="utf-8")
    page.get_by_role("button", name="Export").click()
    user.upload("Open a map that was exported", file)
    user.press("Open it as a map")
    page.keyboard.press("Escape")
    page.get_by_text("This map was imported").wait_for()
    user.settled()
    assert SCRIPT in user.map.locator(".marchland-legend").inner_text()
    for table, column in (("Claims", "Who says so"), ("Places", "Country"), ("Decisions", "Decision")):
        user.open_table(table)
        rows = user.table_rows()
        assert table == "Decisions" or SCRIPT in {row[column] for row in rows}
        assert not [text for row in rows for text in row.values() if text.startswith(("=", "+", "-", "@"))]
    assert_inert(user, title)
    user.find("window.pwned")
    hits = page.locator(".st-key-hits")
    hits.get_by_role("button", name=SCRIPT).first.click()
    user.card_says(SCRIPT)
    user.write_note(f"{SCRIPT} =1+1 ![x](https://evil.example/x.png)")
    user.card_says("=1+1 ![x]")
    user.card.get_by_role("button", name="Merge").click()
    page.get_by_role("combobox", name="The same as").last.click()
    page.get_by_role("option", name="onerror").first.wait_for()
    assert_inert(user, title)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    user.find("")
    before = user.layers()
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("combobox", name="Who says so, or acts").fill("<script>window")
    page.get_by_role("option", name=SCRIPT).first.click()
    user.idle()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    user.wait_fewer_layers(before)
    user.open_table("Decisions")
    assert any("=1+1" in row["After"] for row in user.table_rows())
    page.emulate_media(media="print")
    page.locator(".stSidebar").wait_for(state="hidden")
    assert_inert(user, title)
