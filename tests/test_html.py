import re
from html import unescape

import pytest
from hostile import hostile_texts
from map_features import feature, jermuk_features
from shapely.geometry import MultiPolygon, Point, box

from geo.basemaps import PageAssets
from geo.render.escape import visible
from geo.render.html import bounds_of, outline_around, standalone_html
from geo.render.notices import DISCLAIMER
from geo.stores.tiles import page_assets
from geo.styles import STYLES

NOTHING = {kind: [] for kind in ("land", "lakes", "border", "disputed")}
BARE = PageAssets(scripts=(), styles=(), outline={"near": NOTHING, "far": NOTHING, "countries": [], "towns": []})


def test_a_page_is_small_and_asks_for_nothing():
    html = standalone_html(jermuk_features(), title="Jermuk", assets=page_assets())
    assert len(html.encode()) < 1_500_000
    assert "default-src 'none'" in html
    assert not re.search(r'(?:src|href)="(?!#map"|https://news.example)', unescape(html.split("<script>")[0]))


def test_each_claim_has_one_row_with_its_sentence_and_source():
    html = standalone_html(jermuk_features(), title="Jermuk", assets=BARE)
    claims = html.split("<h2>Claims</h2>")[1].split("<h2>Places</h2>")[0]
    assert claims.count("<tr>") == 2  # the heading and one claim, which is on the map as core and fringe
    assert "Forces advanced as much as 7.5 kilometers (4.7 miles) into Armenia." in claims
    assert "the head of the armed forces" in claims
    assert "upper bound" in claims
    assert 'rel="noopener noreferrer">A report, 2022-09-14</a>' in claims


def test_a_map_without_claims_says_so():
    html = standalone_html([feature("event-place", "Jermuk", Point(45.67, 39.84))], title="Jermuk", assets=BARE)
    assert "No claim with a shape was found in the text." in html


def test_a_source_that_is_no_web_address_is_not_linked():
    html = standalone_html(jermuk_features(source_url="javascript:alert(1)"), title="x", assets=BARE)
    assert "javascript" not in html.split("<script>")[0].split("</head>")[1]


def test_a_vendored_file_that_would_end_its_element_is_refused():
    broken = PageAssets(scripts=("x='</script>'",), styles=(), outline=BARE.outline)
    with pytest.raises(ValueError, match="end tag"):
        standalone_html([], title="x", assets=broken)


def test_the_map_opens_on_claims_and_event_places_not_on_whole_countries():
    west, south, east, north = bounds_of(jermuk_features())
    assert 45 < west < 45.6
    assert 47 < east < 48


def test_bounds_over_the_antimeridian_are_narrow():
    fiji = MultiPolygon([box(178, -19, 180, -16), box(-180, -19, -178, -16)])
    west, _, east, _ = bounds_of([feature("area", "Fiji", fiji)])
    assert west == pytest.approx(178, abs=1)
    assert east == pytest.approx(-178, abs=1)


def test_the_outline_is_cut_to_the_neighbourhood():
    square = [[[0, 0], [20, 0], [20, 20], [0, 20], [0, 0]]]
    far_away = [[[100, 0], [101, 0], [101, 1], [100, 0]]]
    near = {**NOTHING, "land": [[[0, 0, 20, 20], square], [[100, 0, 101, 1], far_away]]}
    towns = [["Here", 10.0, 10.0, "town"], ["There", 100.0, 0.0, "town"]]
    outline = outline_around({**BARE.outline, "near": near, "towns": towns}, (9.5, 9.5, 10.5, 10.5))
    [polygon] = outline["near"]["land"]
    lons = [lon for lon, _ in polygon[0]]
    assert (min(lons), max(lons)) == (5.5, 14.5)
    assert outline["labels"] == [["Here", 10.0, 10.0, "town"]]


@pytest.fixture
def opened(browser_page, tmp_path):
    """Open a page from the disk."""

    def show(features, title="Jermuk"):
        path = tmp_path / "map.html"
        path.write_text(standalone_html(features, title=title, assets=page_assets()), encoding="utf-8")
        refused = []
        browser_page.on("console", lambda message: refused.append(message.text))
        browser_page.goto(path.as_uri())
        browser_page.wait_for_selector(".marchland-legend")
        assert refused == []
        return browser_page

    return show


@pytest.mark.browser
def test_a_page_works_from_the_disk(opened):
    page = opened(jermuk_features())
    assert page.locator(".leaflet-marchlandShapes-pane path").count() == 4
    assert STYLES["strip"].label in page.locator(".marchland-legend").inner_text()
    assert page.locator(".marchland-note").inner_text() == DISCLAIMER
    assert page.locator(".marchland-label").count() > 5
    page.get_by_role("link", name="7.5 kilometers").click()
    assert "Forces advanced" in page.locator(".leaflet-popup blockquote").inner_text()


@pytest.mark.browser
def test_hostile_text_shows_as_text_in_a_page_and_runs_nothing(opened):
    texts = hostile_texts()
    features = [
        feature(
            "strip", text, Point(45 + n / 50, 39.8).buffer(0.01), f"a{n}{text}/core", feature="claim", quote=text,
            claimant=text, hedge=text, source_title=text, source_url=text, status=text, warning=text,
            border_dataset=text, world_view=text,
        )
        for n, text in enumerate(texts)
    ]  # fmt: skip
    everything = " ".join(texts)
    page = opened(features, title=everything)
    rows = page.evaluate(READ_EVERY_ROW)
    assert len(rows) == len(texts)
    for text, (claim, claimant, card) in zip(texts, rows, strict=True):
        assert claim == claimant == card == visible(text)
    assert " ".join(page.locator("h1").inner_text().split()) == " ".join(visible(everything).split())
    assert page.evaluate("window.pwned") is None
    assert page.title() == " ".join(visible(everything).split())
    assert page.locator("iframe, img, base, details[ontoggle]").count() == 0


READ_EVERY_ROW = """() => [...document.querySelectorAll("tbody tr")].map(row => {
  document.querySelector(".leaflet-popup-pane").replaceChildren();
  row.querySelector("a").click();
  const card = document.querySelector(".leaflet-popup h3").textContent;
  return [row.cells[0].textContent, row.cells[2].textContent, card];
})"""
