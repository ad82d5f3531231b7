import re

import pytest
from hostile import hostile_texts
from map_features import feature, jermuk_features
from shapely.geometry import GeometryCollection, MultiPolygon, Point, box

from geo.render.drawing import features_json
from geo.render.folium_map import base_map, clicked_id, feature_groups
from geo.render.notices import ATTRIBUTION, DISCLAIMER
from geo.stores.tiles import providers
from geo.styles import STYLES

NEAR_JERMUK = (44.5, 39.2, 47.2, 40.4)
MAP = "Object.values(window).find(v => v && v.marchland)"


def page_of(features, **options):
    chart = base_map(bounds=NEAR_JERMUK, **options)
    for group in feature_groups(features):
        group.add_to(chart)
    return chart.get_root().render()


def test_every_file_comes_from_this_server():
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page_of(jermuk_features()))
    assert len(addresses) == 7
    assert all(re.fullmatch(r"/app/static/[a-z/.-]+\.(js|css)", address) for address in addresses)


def test_the_base_is_the_same_whatever_is_drawn_on_it():
    from streamlit_folium import _get_map_string, generate_js_hash

    def key(features):
        chart = base_map(bounds=NEAR_JERMUK)
        chart.render()
        script = _get_map_string(chart)
        for group in feature_groups(features):
            group.add_to(chart)
        return generate_js_hash(script, "map")

    assert key(jermuk_features()) == key([])


def test_a_feature_without_shape_is_not_drawn_and_a_collection_by_its_parts():
    mixed = GeometryCollection([Point(1, 2), box(0, 0, 1, 1)])
    drawn = features_json([feature("area", "Nothing", MultiPolygon()), feature("area", "Mixed", mixed)])["features"]
    assert [d["geometry"]["type"] for d in drawn] == ["Point", "Polygon"]


@pytest.mark.parametrize(
    ("returned", "identity"),
    [
        ({"last_active_drawing": {"type": "Feature", "id": "a/jermuk", "geometry": None}}, "a/jermuk"),
        ({"last_active_drawing": None}, None),
        ({"last_active_drawing": {"id": 7}}, None),
        ({"last_active_drawing": "x"}, None),
        (None, None),
    ],
)
def test_the_clicked_feature_is_told_by_its_id(returned, identity):
    assert clicked_id(returned) == identity


@pytest.mark.parametrize("text", hostile_texts())
def test_no_hostile_text_stands_in_the_map_script(text):
    title = f"mark{text}mark"
    group = feature_groups(jermuk_features(title, quote=text, note=text))[0]
    chart = base_map()
    group.add_to(chart)
    html = chart.get_root().render()
    assert text not in html or text.isalnum()
    assert html.count("</script>") == page_of([]).count("</script>")


@pytest.fixture
def shown(browser_page, map_server):
    """Show features on a map and wait until they are there."""

    def show(features, **options):
        browser_page.goto(map_server.show(page_of(features, **options)))
        browser_page.wait_for_function(f"{MAP} !== undefined")
        return browser_page

    return show


@pytest.mark.browser
def test_the_map_shows_features_legend_notes_and_the_offline_base(shown):
    page = shown(jermuk_features())
    assert page.locator(".leaflet-marchlandShapes-pane path").count() == 4
    assert page.locator(".leaflet-marchlandPoints-pane path").count() == 2
    drawn = ["event-place", "context-place", "strip", "zone-fringe", "disputed", "party"]
    assert page.locator(".marchland-key").all_inner_texts() == [STYLES[style].label for style in drawn]
    assert page.locator(".marchland-note").inner_text() == DISCLAIMER
    assert page.locator(".leaflet-control-attribution").inner_text() == ATTRIBUTION
    assert page.locator(".leaflet-control-scale-line").count() == 2
    page.wait_for_function(PAINTED)


# The offline base is drawn on canvases: it is there when one holds more than the colour of the sea.
PAINTED = """() => [...document.querySelectorAll("canvas.leaflet-tile")].some(canvas => {
  if (!canvas.width) return false;
  const data = new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer);
  return new Set(data).size > 20;
})"""


@pytest.mark.browser
def test_a_bound_is_hatched_and_dashed(shown):
    page = shown(jermuk_features())
    strip = page.locator(".leaflet-marchlandShapes-pane path").nth(3)
    assert strip.get_attribute("fill") == "url(#marchland-hatch-strip)"
    assert strip.get_attribute("stroke-dasharray") == STYLES["strip"].dash
    assert page.locator("pattern#marchland-hatch-strip").count() == 1


@pytest.mark.browser
def test_a_click_opens_the_card_and_reaches_the_map_too(shown):
    page = shown(jermuk_features())
    page.evaluate(f"() => {{ const m = {MAP}; m.on('click', e => window.clickedAt = e.latlng.lat); }}")
    page.locator(".leaflet-marchlandPoints-pane path").nth(1).click()
    assert page.locator(".leaflet-popup h3").inner_text() == "Jermuk"
    assert "settlement" in page.locator(".leaflet-popup dl").inner_text()
    assert page.evaluate("window.clickedAt") == pytest.approx(39.84, abs=0.02)


@pytest.mark.browser
def test_a_feature_is_reached_and_opened_by_keyboard(shown):
    page = shown(jermuk_features())
    path = page.locator('path[aria-label="Jermuk"]')
    path.focus()
    page.keyboard.press("Enter")
    assert page.locator(".leaflet-popup h3").inner_text() == "Jermuk"


@pytest.mark.browser
def test_a_clicked_layer_tells_its_id_without_its_coordinates(shown):
    page = shown(jermuk_features())
    references = page.evaluate(f"{MAP}.marchland.drawn.flatMap(d => d.layer.getLayers().map(l => l.toGeoJSON()))")
    assert references[-1] == {
        "type": "Feature", "id": "a/jermuk", "geometry": None,
        "properties": {"id": "a/jermuk", "style": "event-place", "title": "Jermuk"},
    }  # fmt: skip


@pytest.mark.browser
def test_a_switched_off_layer_leaves_map_and_legend_and_stays_off_when_features_change(shown):
    page = shown(jermuk_features())
    page.locator(".marchland-layers summary").click()
    page.get_by_label("Claims").uncheck()
    assert page.locator(".leaflet-marchlandShapes-pane path").count() == 2
    assert "90 %" not in page.locator(".marchland-legend").inner_text()
    page.evaluate(
        f"data => {{ const m = {MAP}, g = L.featureGroup().addTo(m); Marchland.draw(m, g, data); }}",
        features_json(jermuk_features()),
    )
    assert "90 %" not in page.locator(".marchland-legend").inner_text()
    assert page.get_by_label("Claims").is_checked() is False


@pytest.mark.browser
def test_an_unreachable_online_map_falls_back_to_the_offline_one(shown, outside_requests):
    page = shown(jermuk_features(), online=providers())
    assert outside_requests == []
    page.locator(".marchland-layers summary").click()
    page.get_by_label("OpenStreetMap").click()
    page.wait_for_selector(".marchland-message")
    assert page.get_by_label("Offline map").is_checked()
    assert {address.split("/")[2] for address in outside_requests} == {"tile.openstreetmap.org"}
    outside_requests.clear()


@pytest.mark.browser
def test_shapes_cut_at_the_antimeridian_lie_side_by_side(browser_page, map_server):
    fiji = MultiPolygon([box(178, -19, 180, -16), box(-180, -19, -178, -16)])
    chart = base_map(bounds=(177, -20, -177, -15))
    for group in feature_groups([feature("area", "Fiji", fiji)]):
        group.add_to(chart)
    browser_page.goto(map_server.show(chart.get_root().render()))
    bounds = browser_page.evaluate(f"{MAP}.marchland.drawn[0].layer.getBounds().toBBoxString()")
    assert bounds == "178,-19,182,-16"
    browser_page.evaluate(f"{MAP}.setView([-17, -179], 6, {{animate: false}})")
    assert browser_page.evaluate(f"{MAP}.marchland.drawn[0].layer.getBounds().toBBoxString()") == "-182,-19,-178,-16"


@pytest.mark.browser
def test_many_features_are_drawn_on_one_canvas(shown):
    page = shown([feature("event-place", f"P{n}", Point(44.6 + n / 1000, 40), f"p{n}") for n in range(1000)])
    assert page.locator(".leaflet-marchlandShapes-pane canvas").count() == 1
    assert page.locator("path.leaflet-interactive").count() == 0


@pytest.mark.browser
def test_hostile_text_shows_as_text_and_runs_nothing(shown):
    from geo.render.escape import visible

    texts = hostile_texts()
    page = shown(
        [
            feature("event-place", text, Point(45 + n / 50, 39.8), f"id{text}", quote=text, note=text, warning=text)
            for n, text in enumerate(texts)
        ]
    )
    title = page.title()
    shown_texts = page.evaluate(OPEN_EVERY_CARD)
    for text, (tooltip, *card) in zip(texts, shown_texts, strict=True):
        assert tooltip == visible(text)
        assert card == [visible(text)] * 4
    assert page.evaluate("[window.pwned, document.title]") == [None, title]
    assert page.locator("iframe, img[src*=evil], base, details[ontoggle]").count() == 0


OPEN_EVERY_CARD = f"""() => {MAP}.marchland.drawn[0].layer.getLayers().map(child => {{
  const pane = document.querySelector(".leaflet-popup-pane");
  pane.replaceChildren();
  child.fire("mouseover", {{latlng: child.getLatLng()}}, true);
  child.fire("click", {{latlng: child.getLatLng()}}, true);
  const parts = ["h3", "blockquote", "dd", ".marchland-warning"].map(part => pane.querySelector(part).textContent);
  const tooltip = child.getTooltip().getElement().textContent;
  child.fire("mouseout", {{latlng: child.getLatLng()}}, true);
  return [tooltip, ...parts];
}})"""
