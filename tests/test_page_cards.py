"""Cards, filters and empty maps in a real browser: what the page tells of a claim, and where it has nothing to tell."""

import pytest

from tests.page_steps import Steps, address  # noqa: F401

pytestmark = pytest.mark.browser

FAR = (
    "BANGKOK, Thailand — The Thai army said Cambodian soldiers entered 200 metres into Thai territory in Surin "
    "province on Sept. 14. Shells fell near Samraong."
)


@pytest.fixture
def user(browser_page, address):  # noqa: F811
    return Steps(browser_page, address)


def test_the_card_of_a_claim_says_who_what_how_far_how_sure_and_what_was_assumed(user):
    user.article.locator("mark.distance").first.click()
    user.card_says("upper bound")
    rows = dict(
        user.card.locator("dl").first.evaluate(
            "list => [...list.querySelectorAll('dt')].map(t => [t.textContent, t.nextElementSibling.textContent])"
        )
    )
    assert rows["Who says so"] == "The head of the Armenian armed forces"
    assert rows["Told to"] == "foreign envoys"
    assert rows["About"] == "Azerbaijani forces"
    assert rows["As written"] == "7.5 kilometers (4.7 miles)"
    assert rows["Hedge"] == "as much as"
    assert rows["Bound"] == "upper bound: not more than this"
    assert rows["Where along the border"] == "limited to 15 km around Jermuk, which the sentence names"
    assert 200 < float(rows["Area (km²)"]) < 300
    assert "several parts" in rows["Assumed"]
    assert "leaves 4.6 km" in rows["Checked against the map"]
    assert rows["Status"] == "claimed"
    assert rows["Date"] == rows["Published"] == "2022-09-16"
    assert rows["Source"].startswith("Truce holds")
    assert "OpenStreetMap" in rows["Border data"]


def test_a_report_that_is_chosen_is_what_the_map_shows(user):
    user.paste(FAR, on="20220917", add=True, Title="From far away")
    for title, lat, lon in (("Truce holds", 39.8, 45.8), ("From far away", 14.4, 103.6)):
        user.page.locator(".stRadio label", has_text=title).click()
        user.frame.wait_for_function(
            "([lat, lon]) => window.map.getZoom() > 4 && window.map.getBounds().contains([lat, lon])", arg=[lat, lon]
        )
        user.idle()


def test_an_empty_map_says_what_to_do_and_takes_a_place(user):
    user.page.get_by_role("button", name="Projects").click()
    user.page.get_by_role("tab", name="All projects").click()
    user.page.get_by_role("button", name="New, empty map").click()
    user.page.get_by_text("This map is empty. Add a report").wait_for()
    user.add_by_coordinates("39.51, 46.34", "A post")
    user.wait_layers(added_1=True)
    user.page.get_by_text("This map is empty").wait_for(state="detached")
    user.press("Undo")
    user.wait_layers(added_1=False)


def test_each_filter_narrows_the_map_and_all_is_shown_again(user):
    user.paste(FAR, on="20220917", add=True, Title="From far away")
    user.wait_layers(core=True)
    user.article.locator("mark.distance").first.click()
    user.card_says("Reject")
    user.settled()
    everything = user.layers()
    user.set_status("disputed")
    for facet, value in (
        ("Status", "disputed"),
        ("Who says so, or acts", "The Thai army"),
        ("Kind", "disputed territory"),
        ("Source", "From far away"),
    ):
        user.wait_same_layers(everything)
        user.filter(facet, value)
        user.wait_fewer_layers(everything)
        user.page.get_by_role("button", name="Filter (1)").wait_for()
        user.page.get_by_role("button", name="shown: show everything").click()
        user.wait_same_layers(everything)
        user.idle()


def test_a_table_is_sorted_by_a_click_on_the_head_of_a_column(user):
    user.open_table("Places")
    names = [row["Place"] for row in user.table_rows()]
    canvas = user.page.locator("[data-testid=stDataFrame]:visible canvas").first
    box = canvas.bounding_box()
    user.page.mouse.click(box["x"] + 90, box["y"] + 15)
    canvas.locator("th", has_text="↑ Place").wait_for(state="attached")
    now = [row["↑ Place"] for row in user.table_rows()]  # those in sight
    assert now == sorted(now)
    assert now != names
