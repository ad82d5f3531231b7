"""The page in a real browser: what issue and README promise, step by step as a user does it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.page_steps import ROOT, Steps, address  # noqa: F401

pytestmark = pytest.mark.browser

SEED = "armenia-2022-jermuk"
OTHER = (
    "GOMA — Rebels captured the town of Sake, about 20 km west of Goma, the army said on Monday. "
    "Thousands of people fled towards Goma in the Democratic Republic of the Congo."
)


@pytest.fixture
def user(browser_page, address):  # noqa: F811
    return Steps(browser_page, address)


def test_the_seed_map_appears_with_the_strip_and_jermuk(user):
    assert user.article.locator("mark", has_text="Jermuk").count() >= 1
    assert user.article.locator("mark.distance", has_text="7.5 kilometers").count() == 1
    styles = user.frame.evaluate("() => window.map.marchland.drawn.map(d => d.style)")
    assert "strip" in styles
    assert "event-place" in styles
    assert "disputed" in styles
    titles = user.frame.evaluate(
        "() => { const t = []; window.map.eachLayer(l => l.feature && t.push(l.feature.properties.title)); return t }"
    )
    assert "Jermuk" in titles
    assert "Uzbekistan" in titles  # quiet, as an area


def test_no_country_is_a_pin(user):
    kinds = user.frame.evaluate(
        """() => { const k = {};
                   window.map.eachLayer(l => {
                     if (l.feature) k[l.feature.properties.title] = l.feature.geometry.type });
                   return k }"""
    )
    for country in ("Armenia", "Azerbaijan", "Uzbekistan"):
        assert "Point" not in kinds[country]


def test_another_article_is_pasted_and_gets_its_map_and_the_first_one_is_kept(user):
    user.paste(OTHER, Title="Sake falls")
    user.article.get_by_text("captured the town").wait_for()
    assert user.article.locator("mark", has_text="Sake").count() >= 1
    user.choose_report("Truce holds")
    user.article.get_by_text("Pashinyan told").wait_for()
    user.choose_report("Sake falls")
    user.article.get_by_text("captured the town").wait_for()


def test_a_place_added_by_name_is_on_the_map_the_frame_stays_and_undo_takes_it_back(user):
    user.page.evaluate("document.querySelector('iframe').dataset.seen = 'yes'")
    user.frame.evaluate("window.seen = 'yes'")
    before = user.center()
    suggestions = user.type_name("Goris")
    assert "Armenia" in suggestions.first.inner_text()
    assert "town" in suggestions.first.inner_text()
    user.page.keyboard.press("Enter")
    user.wait_layers(added_1=True)
    user.says("Goris")
    assert user.page.evaluate("document.querySelector('iframe').dataset.seen") == "yes"
    assert user.frame.evaluate("window.seen") == "yes"
    assert user.center() == before
    user.press("Undo")
    user.wait_layers(added_1=False)
    user.press("Redo")
    user.wait_layers(added_1=True)
    assert user.center() == before


def test_suggestions_follow_what_is_typed(user):
    assert "Tbilisi" in user.type_name("Tbil").first.inner_text()
    user.page.get_by_role("combobox", name="By name").fill("")
    assert user.type_name("Stepan").first.inner_text()


def test_a_place_is_added_by_a_click_on_the_map_and_undone(user):
    user.click_map(150, 300)
    user.press("Add here")
    user.wait_layers(added_1=True)
    user.press("Undo")
    user.wait_layers(added_1=False)


@pytest.mark.parametrize("typed", ["39.51, 46.34", "39°30′36″N 46°20′24″E", "38S PJ 1515 7375"])
def test_a_place_is_added_by_coordinates(user, typed):
    user.add_by_coordinates(typed)
    user.wait_layers(added_1=True)


def test_a_wrong_position_is_one_sentence_and_nothing_is_lost(user):
    user.type_name("Goris")
    user.page.keyboard.press("Enter")
    user.wait_layers(added_1=True)
    user.add_by_coordinates("somewhere north")
    user.says("39.84, 45.67")
    user.wait_layers(added_1=True)


def test_an_added_place_is_edited_and_removed(user):
    user.type_name("Goris")
    user.page.keyboard.press("Enter")
    user.wait_layers(added_1=True)
    form = user.page.locator(".stSidebar .stExpander")
    user.idle()
    form.get_by_text("Goris", exact=True).click()
    form.get_by_label("Note").wait_for()
    user.idle()  # the form is made when it is opened
    form.get_by_label("Note").fill("seen by a *reporter* <b>here</b>")
    form.get_by_role("button", name="Save").click()
    user.card_says("seen by a *reporter* <b>here</b>")
    form.get_by_role("button", name="Remove").click()
    user.wait_layers(added_1=False)


def test_a_candidate_is_changed_and_the_map_is_drawn_again(user):
    before = user.layers()
    user.article.locator("mark", has_text="Jermuk").first.click()
    user.card_says("Which place is meant?")
    user.idle()
    user.choose_option(user.card.get_by_role("combobox"), user.page.get_by_role("option").nth(1))
    user.press("Use this place")
    user.says("Corrected")
    user.settled()
    assert sorted(user.layers()) != sorted(before)
    user.press("Undo")
    user.wait_same_layers(before)


def test_clicking_in_the_text_moves_the_map_and_shows_the_card(user):
    user.article.locator("mark", has_text="YEREVAN").first.click()
    user.card_says("Yerevan")
    user.frame.wait_for_function("() => Math.abs(window.map.getCenter().lat - 40.18) < 0.05")
    user.article.locator("mark.distance").first.click()
    user.card_says("The head of the Armenian armed forces")
    user.card_says("upper bound")
    user.card_says("Area (km²)")


def test_clicking_a_shape_shows_its_card_and_marks_its_sentence(user):
    user.click_point("Jermuk")
    user.card_says("Jermuk")
    user.article.locator(".sentence.marked", has_text="Jermuk").first.wait_for()
    user.article.locator("mark.hot", has_text="Jermuk").first.wait_for()


def test_the_downloaded_geojson_equals_the_command_lines(user):
    user.page.get_by_role("button", name="Export").click()
    with user.page.expect_download() as download:
        user.page.get_by_role("button", name="Download", exact=True).click()
    page = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    command = [sys.executable, "-m", "geo", "read", "--seed", SEED, "--format", "geojson"]
    printed = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300)
    assert printed.returncode == 0, printed.stderr
    assert json.loads(printed.stdout) == page


def test_an_exported_map_is_imported_again_and_is_the_same(user, tmp_path):
    before = user.layers()
    user.page.get_by_role("button", name="Export").click()
    with user.page.expect_download() as download:
        user.page.get_by_role("button", name="Download", exact=True).click()
    file = tmp_path / "map.geojson"
    download.value.save_as(file)
    user.upload("Open a map that was exported", file)
    user.press("Open it as a map")
    user.page.keyboard.press("Escape")
    user.page.get_by_text("This map was imported").wait_for()
    assert sorted(user.layers()) == sorted(before)


def test_a_broken_import_is_one_sentence_and_the_map_stays(user, tmp_path):
    before = user.layers()
    file = tmp_path / "map.geojson"
    file.write_text('{"type": "FeatureCollection", "features": [NaN]}')
    user.page.get_by_role("button", name="Export").click()
    user.upload("Open a map that was exported", file)
    user.press("Open it as a map")
    user.page.locator(".message.error").wait_for()
    assert "Traceback" not in user.page.inner_text("body")
    assert user.layers() == before


def test_the_status_of_a_claim_is_set_kept_and_undone(user):
    user.article.locator("mark.distance").first.click()
    user.card_says("upper bound")
    user.idle()
    user.choose_option(
        user.card.get_by_role("combobox", name="Status of the claim"),
        user.page.get_by_role("option", name="disputed"),
    )
    user.page.locator("dd", has_text="disputed").first.wait_for()
    user.press("Undo")
    user.page.locator("dd", has_text="claimed").first.wait_for()
