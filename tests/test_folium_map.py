import re

import pytest
from hostile import hostile_texts
from map_features import feature, jermuk_features
from shapely.geometry import GeometryCollection, MultiPolygon, Point, box

from geo.geodesy import LonLat, distance_m
from geo.render.drawing import features_json
from geo.render.folium_map import base_map, clicked_id, drawn_shape, feature_groups, moved_place
from geo.render.notices import ATTRIBUTION, DISCLAIMER
from geo.stores.positions import read_position
from geo.stores.tiles import providers
from geo.styles import SIDES, STATUS_TEXTURES, STYLES

NEAR_JERMUK = (44.5, 39.2, 47.2, 40.4)
MAP = "Object.values(window).find(v => v && v.marchland)"


def page_of(features, **options):
    chart = base_map(bounds=NEAR_JERMUK, **options)
    for group in feature_groups(features):
        group.add_to(chart)
    return chart.get_root().render()


def test_every_file_comes_from_this_server():
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page_of(jermuk_features()))
    assert len(addresses) == 16
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


def sent(geometry, identity=None, **properties):
    feature = {"type": "Feature", "id": identity, "geometry": geometry, "properties": {"number": "1-1", **properties}}
    return {"last_active_drawing": feature}


def point(lon=45.7, lat=39.8):
    return {"type": "Point", "coordinates": [lon, lat]}


RING = [[44, 39], [45, 39], [45, 40], [44, 39]]


@pytest.mark.parametrize(
    ("geometry", "form", "points", "more"),
    [
        (point(), "point", [(45.7, 39.8)], {}),
        (point(lon=405.7), "point", [(45.7, 39.8)], {}),
        (point(), "circle", [(45.7, 39.8)], {"radius_m": 25_000}),
        ({"type": "LineString", "coordinates": [[400, 1], [401, 2]]}, "line", [(40, 1), (41, 2)], {}),
        ({"type": "Polygon", "coordinates": [RING]}, "polygon", RING[:-1], {}),
    ],
)
def test_what_was_drawn_comes_back_as_points(geometry, form, points, more):
    shape = drawn_shape(sent(geometry, drawn=True, kind=form, **more))
    assert (shape.form, shape.number, shape.radius_m) == (form, "1-1", more.get("radius_m"))
    assert [(at.lon, at.lat) for at in shape.points] == [pytest.approx(tuple(at)) for at in points]
    assert clicked_id(sent(geometry, drawn=True, kind=form)) is None


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        {"last_active_drawing": {"type": "Feature", "id": "a/jermuk", "geometry": None, "properties": {"id": "a"}}},
        sent(None, drawn=True, kind="point"),
        sent(point(lat=91), drawn=True, kind="point"),
        sent(point(lon=float("nan")), drawn=True, kind="point"),
        sent({"type": "Point", "coordinates": "x"}, drawn=True, kind="point"),
        sent(point(), drawn=True, kind="circle", radius_m=float("inf")),
        sent(point(), drawn=True, kind="circle", radius_m="1"),
        sent(point(), drawn=True, kind="polygon"),
        sent(point(lat=10**400), drawn=True, kind="point"),
        sent({"type": "Polygon", "coordinates": [[[1, 1]] * 3]}, drawn=True, kind="polygon"),
        sent({"type": "Polygon", "coordinates": []}, drawn=True, kind="polygon"),
        sent(point(), drawn="yes", kind="point"),
    ],
)
def test_anything_else_that_a_browser_sends_is_no_drawing(answer):
    assert drawn_shape(answer) is None
    assert moved_place(answer) is None


def test_a_dragged_place_tells_its_id_and_where_it_is_now():
    moved = moved_place(sent(point(), identity="a/jermuk", moved=True))
    assert (moved.feature_id, moved.at) == ("a/jermuk", LonLat(lon=45.7, lat=39.8))
    assert clicked_id(sent(point(), identity="a/jermuk", moved=True)) is None


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
    assert page.locator(".marchland-key").all_inner_texts() == [*(STYLES[style].label for style in drawn), "Claimed"]
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


STATUSES = [
    feature(
        "zone-core", status, Point(44.7 + n / 4, 39.5).buffer(0.1), f"a/claim-{n}/core", status=status,
        side="Westland" if n else None, colour=SIDES[0].fill,
    )
    for n, status in enumerate(STATUS_TEXTURES)
]  # fmt: skip


@pytest.mark.browser
def test_how_sure_is_hatched_and_the_legend_lists_what_is_drawn_and_nothing_else(shown):
    page = shown(STATUSES)
    fills = page.evaluate(
        "[...document.querySelectorAll('.leaflet-marchlandShapes-pane path')].map(p => p.getAttribute('fill'))"
    )
    for (texture, _words), fill in zip(STATUS_TEXTURES.values(), fills, strict=True):
        if texture in ("solid", "faint"):
            assert fill.startswith("#")
        else:
            assert page.locator(f"pattern[id='{fill[5:-1]}'] path").count() == 1
            assert fill.startswith(f"url(#marchland-{texture}-")
    words = [words for _texture, words in STATUS_TEXTURES.values()]
    assert page.locator(".marchland-key").all_inner_texts() == [STYLES["zone-core"].label, "Westland", *words]


@pytest.mark.browser
def test_the_legend_covers_nothing_that_the_map_is_about(shown):
    page = shown(jermuk_features())
    page.wait_for_function(f"!{MAP}.marchland.settling")
    left, right = page.evaluate(
        f"""() => {{ const map = {MAP}, legend = document.querySelector(".marchland-legend");
            return [map.latLngToContainerPoint([40.3, 47.1]).x, legend.getBoundingClientRect().left]; }}"""
    )
    assert 52 < left < right


@pytest.mark.browser
def test_what_is_gone_to_lies_beside_the_legend_and_no_name_under_a_box(shown):
    page = shown(jermuk_features(side="Westland", colour=SIDES[0].fill))
    page.wait_for_function(f"!{MAP}.marchland.settling")
    page.evaluate(f"Marchland.goTo({MAP}, 'a/claim-1')")
    page.wait_for_function(f"{MAP}.getZoom() >= 9 && !{MAP}._animatingZoom")
    legend, *zones = page.evaluate(
        """() => [".marchland-legend", "path[aria-label^='7.5']"].flatMap(
               one => [...document.querySelectorAll(one)].map(box => box.getBoundingClientRect().toJSON()))"""
    )
    assert all(zone["left"] > 52 and zone["right"] < legend["left"] for zone in zones)
    assert len(zones) == 2
    under = page.evaluate(UNDER_BOXES)
    assert under["names"] > 0
    page.evaluate(f"{MAP}.panBy([300, 0], {{animate: false}})")  # the mark goes under the tools: its name gives way
    assert page.evaluate(UNDER_BOXES)["under"] == 0


UNDER_BOXES = """() => {
  const rects = selector => [...document.querySelectorAll(selector)].map(box => box.getBoundingClientRect());
  const names = rects(".marchland-name"), boxes = rects(".leaflet-control").filter(box => box.width);
  const touch = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return { names: names.length, under: names.filter(name => boxes.some(box => touch(name, box))).length };
}"""


@pytest.mark.browser
def test_the_base_map_does_not_name_again_what_a_mark_names(shown):
    page = shown(jermuk_features())
    named = "name => Marchland.namedByMark(name)"
    assert page.evaluate(named, "JERMUK")
    assert not page.evaluate(named, "Yerevan")  # talked about: the base map names it
    page.locator(".marchland-layers summary").click()
    page.get_by_label("Names").uncheck()
    assert not page.evaluate(named, "Jermuk")


@pytest.mark.browser
def test_sides_are_named_on_the_map_and_the_cursor_has_its_position_in_two_grids(shown):
    page = shown(STATUSES)
    assert "Westland" in page.locator(".marchland-side").all_inner_texts()
    page.mouse.move(400, 300)
    said = page.locator(".marchland-coordinates:not(:empty)").inner_text()
    lat, lon, grid = re.fullmatch(r"([\d.]+)° N, ([\d.]+)° E · (38[ST] [A-Z]{2} \d{4} \d{4})", said).groups()
    at = read_position(grid)
    assert distance_m(at, LonLat(lon=float(lon), lat=float(lat))) < 20


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
def test_many_shapes_are_drawn_on_one_canvas_with_their_hatching(shown):
    zones = [feature("zone-core", "Z", box(45.6, 39.8, 45.62, 39.82), f"z{n}", status="claimed") for n in range(1000)]
    page = shown(zones)
    assert page.locator(".leaflet-marchlandShapes-pane canvas").count() == 1
    assert page.locator(".leaflet-marchlandShapes-pane path").count() == 0
    fill = f"{MAP}.marchland.drawn[0].layer.getLayers()[0].options.fillColor instanceof CanvasPattern"
    assert page.evaluate(fill)


@pytest.mark.browser
def test_hundreds_of_places_become_clusters_that_open(shown):
    spot = [feature("event-place", f"P{n}", Point(45.7, 39.9), f"p{n}", status="claimed") for n in range(300)]
    page = shown([*spot, feature("event-place", "Alone", Point(44.9, 39.4), "alone", status="claimed")])
    assert page.locator(".marchland-cluster").all_inner_texts() == ["300"]
    assert page.locator(".leaflet-marchlandPoints-pane path").count() == 1
    page.locator(".marchland-cluster").click()
    first = page.locator(".marchland-list button").first
    name = first.inner_text()
    first.click()
    assert page.locator(".leaflet-popup h3").inner_text() == name


@pytest.mark.browser
def test_hostile_text_shows_as_text_and_runs_nothing(shown):
    from geo.render.escape import visible

    texts = hostile_texts()
    page = shown(
        [
            feature(
                "event-place", text, Point(45 + n / 50, 39.8), f"id{text}", quote=text, note=text, warning=text,
                side=text, colour=SIDES[0].fill,
            )
            for n, text in enumerate(texts)
        ]
    )  # fmt: skip
    legend = page.locator(".marchland-key span").all_inner_texts()
    assert {" ".join(visible(text).split()) for text in texts} <= {" ".join(key.split()) for key in legend}
    title = page.title()
    shown_texts = page.evaluate(OPEN_EVERY_CARD)
    for text, (tooltip, *card) in zip(texts, shown_texts, strict=True):
        assert tooltip == visible(text)
        assert card == [visible(text)] * 4
    assert page.evaluate("[window.pwned, document.title]") == [None, title]
    assert page.locator("iframe, img[src*=evil], base, details[ontoggle]").count() == 0


@pytest.mark.browser
def test_hostile_names_in_a_cluster_are_a_list_of_texts(shown):
    texts = hostile_texts() * 10
    crowd = [feature("event-place", text, Point(45.7, 39.9), f"p{n}") for n, text in enumerate(texts)]
    page = shown(crowd)
    title = page.title()
    page.locator(".marchland-cluster").click()
    listed = page.locator(".marchland-list button").all_inner_texts()
    assert "<script>window.pwned=1</script>" in listed
    page.locator(".marchland-list button", has_text="onerror").first.click()
    page.locator(".leaflet-popup h3", has_text="onerror").wait_for()
    assert page.evaluate("[window.pwned, document.title]") == [None, title]
    assert page.locator("iframe, img[src*=evil], base, details[ontoggle]").count() == 0


OPEN_EVERY_CARD = f"""() => {MAP}.marchland.drawn.flatMap(d => d.layer.getLayers()).map(child => {{
  const pane = document.querySelector(".leaflet-popup-pane");
  pane.replaceChildren();
  child.fire("mouseover", {{latlng: child.getLatLng()}}, true);
  child.fire("click", {{latlng: child.getLatLng()}}, true);
  const parts = ["h3", "blockquote", "dd", ".marchland-warning"].map(part => pane.querySelector(part).textContent);
  const tooltip = [...document.querySelectorAll(".leaflet-tooltip")].pop().textContent; // others may be fading
  child.fire("mouseout", {{latlng: child.getLatLng()}}, true);
  return [tooltip, ...parts];
}})"""


TOLD = f"""() => {{
  window.told = [];
  {MAP}.on("draw:created", e => window.told.push(e.layer.toGeoJSON()));
}}"""


def at(page, lon, lat):
    """Return where a place is on the screen."""
    return page.evaluate(
        f"at => {{ const p = {MAP}.latLngToContainerPoint(at), r = {MAP}.getContainer().getBoundingClientRect();"
        " return [p.x + r.x, p.y + r.y]; }",
        [lat, lon],
    )


@pytest.mark.browser
def test_a_point_a_polygon_and_a_circle_by_kilometres_are_drawn_and_told(shown):
    page = shown(jermuk_features())
    page.evaluate(TOLD)
    page.locator(".leaflet-pm-toolbar [title='Draw Marker']").click()
    page.mouse.click(*at(page, 45.0, 39.6))
    page.locator(".leaflet-pm-toolbar [title='Draw Polygons']").click()
    for lon, lat in [(45.0, 39.4), (45.4, 39.4), (45.4, 39.6), (45.0, 39.4)]:
        page.mouse.move(*at(page, lon, lat))
        page.mouse.click(*at(page, lon, lat))
    page.locator(".leaflet-pm-toolbar [title='Draw Circle']").click()
    page.locator(".marchland-radius input").fill("12.5")
    page.mouse.click(*at(page, 46.2, 39.5))
    page.wait_for_function("window.told.length === 3")
    place, area, circle = (drawn_shape({"last_active_drawing": told}) for told in page.evaluate("window.told"))
    [at_place] = place.points
    assert (place.form, round(at_place.lon, 1), round(at_place.lat, 1)) == ("point", 45.0, 39.6)
    assert (area.form, [round(p.lon, 1) for p in area.points]) == ("polygon", [45.0, 45.4, 45.4])
    assert (circle.form, circle.radius_m) == ("circle", 12_500)
    assert len({place.number, area.number, circle.number}) == 3
    assert page.locator(".leaflet-popup").count() == 0


@pytest.mark.browser
def test_a_place_is_dragged_when_the_tool_is_on_and_only_then(shown):
    page = shown(jermuk_features())
    page.evaluate(TOLD)

    def drag():
        page.mouse.move(*at(page, 45.67, 39.84))
        page.mouse.down()
        page.mouse.move(*at(page, 45.9, 39.95), steps=4)
        page.mouse.up()

    drag()  # moves the map
    assert page.evaluate("window.told") == []
    page.evaluate(f"{MAP}.stop(), {MAP}.setView([39.8, 45.7], 8, {{animate: false}})")
    page.locator(".leaflet-pm-toolbar [title='Drag Layers']").click()
    drag()
    page.wait_for_function("window.told.length > 0")
    [told] = page.evaluate("window.told")
    moved = moved_place({"last_active_drawing": told})
    assert moved.feature_id == "a/jermuk"
    assert (moved.at.lon, moved.at.lat) == pytest.approx((45.9, 39.95), abs=0.01)


@pytest.mark.browser
def test_a_distance_is_measured_on_the_ellipsoid(shown):
    page = shown([])
    page.get_by_role("button", name="Measure a distance").click()
    page.mouse.click(*at(page, 45.0, 40.2))
    page.mouse.move(*at(page, 46.0, 39.6))
    measured = distance_m(LonLat(lon=45.0, lat=40.2), LonLat(lon=46.0, lat=39.6))
    shown_km = float(page.locator(".marchland-measured").inner_text().split(" km")[0])
    assert shown_km == pytest.approx(measured / 1000, abs=0.5)  # a pixel is 0.2 km here


@pytest.mark.browser
def test_a_click_of_a_tool_is_not_heard_by_the_page(browser_page, map_server):
    html = page_of([]).replace("<body>", "<body><script>" + STREAMLIT_FOLIUM + "</script>")
    html = html.replace("</html>", "<script>window.initComponent(" + MAP + ")</script></html>")
    browser_page.goto(map_server.show(html))
    browser_page.mouse.click(*at(browser_page, 45.0, 39.6))
    browser_page.get_by_role("button", name="Measure a distance").click()
    browser_page.mouse.click(*at(browser_page, 45.0, 39.5))
    assert browser_page.evaluate("window.heard") == 1


STREAMLIT_FOLIUM = "window.heard = 0; window.initComponent = m => m.on('click', () => window.heard++);"
