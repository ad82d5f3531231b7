import json

import pytest
from hostile import hostile_texts
from map_features import feature, jermuk_features
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point, box, shape

from geo.geodesy import LonLat, point_buffer
from geo.render.drawing import MANY, features_json
from geo.render.folium_map import base_map, piece_groups
from geo.render.pieces import PIECES, Pieces

COUNTRY = box(44, 39, 45, 40)


def bodies(pieces, names):
    return {name: json.loads(body) for name, body in pieces.bodies(names).items()}


def rows(pieces, names):
    return [row for name in names for row in bodies(pieces, [name])[name]["features"]]


def shapes_of(pieces, names):
    return {row[3] for row in rows(pieces, names) if isinstance(row[3], str)}


def heavy(**changes):
    towns = [feature("event-place", f"Town {n}", Point(45 + n / 900, 40), f"other/town-{n}") for n in range(MANY)]
    return [*reports(20, **changes), *towns]


def reports(count, *, changed=None):
    return [
        feature("party", "Armenia, disputed" if n == changed else "Armenia", COUNTRY, f"report-{n}/armenia")
        for n in range(count)
    ]


def test_the_same_features_have_the_same_names_in_another_process_too():
    first, second = Pieces(), Pieces()
    assert first.draw(jermuk_features()) == second.draw(jermuk_features())


def test_a_change_in_one_report_names_one_piece_anew():
    pieces = Pieces()
    before, after = pieces.draw(reports(20)), pieces.draw(reports(20, changed=7))
    assert [n for n, (one, other) in enumerate(zip(before, after, strict=True)) if one != other] == [7]


def test_equal_shapes_are_kept_once():
    pieces = Pieces()
    assert len(shapes_of(pieces, pieces.draw(reports(20)))) == 1


def test_a_feature_without_shape_is_not_drawn_and_a_collection_by_its_parts():
    pieces = Pieces()
    mixed = GeometryCollection([Point(1, 2), box(0, 0, 1, 1)])
    names = pieces.draw([feature("area", "Nothing", MultiPolygon()), feature("area", "Mixed", mixed)])
    point, name = (row[3] for row in rows(pieces, names))
    assert point == [1, 2]
    assert bodies(pieces, [name])[name]["type"] == "Polygon"


def test_outlines_of_a_heavy_map_have_fewer_vertices_and_those_of_a_light_one_all():
    circle = point_buffer(LonLat(lon=45, lat=40), radius_m=50_000)
    fine = feature("zone-core", "Fine", circle.segmentize(0.001), "a/claim-1/core")
    pieces = Pieces()

    def vertices(features):
        names = pieces.draw(features)
        [name] = shapes_of(pieces, names)
        return len(bodies(pieces, [name])[name]["coordinates"][0])

    assert vertices([fine]) > 1000
    many = [feature("event-place", "Town", Point(45, 40), f"a/town-{n}") for n in range(MANY)]
    assert 30 < vertices([fine, *many]) < 200


def test_an_outline_with_fewer_vertices_is_there_with_all_of_them_under_its_name():
    circle = point_buffer(LonLat(lon=45, lat=40), radius_m=50_000).segmentize(0.002)
    many = [feature("event-place", "Town", Point(45, 40), f"a/town-{n}") for n in range(MANY)]
    pieces = Pieces()
    [name] = shapes_of(pieces, pieces.draw([feature("zone-core", "Fine", circle, "a/claim-1/core"), *many]))
    fine = json.loads(pieces.finer([name, "nothing"])[name])
    assert len(fine["coordinates"][0]) > 1000 > len(bodies(pieces, [name])[name]["coordinates"][0])


def test_a_strip_as_thin_as_a_road_is_still_a_strip_on_a_heavy_map():
    strip = LineString([(n / 10, (n % 2) / 10) for n in range(200)]).buffer(0.0005)
    many = [feature("event-place", "Town", Point(45, 40), f"a/town-{n}") for n in range(MANY)]
    pieces = Pieces()
    names = pieces.draw([feature("strip", "Thin", strip, "a/claim-1/core"), *many])
    [name] = shapes_of(pieces, names)
    assert shape(bodies(pieces, [name])[name]).area == pytest.approx(strip.area, rel=0.2)


def test_what_nobody_drew_for_long_is_let_go_and_made_again_when_it_is_drawn():
    pieces = Pieces(max_bytes=2000)
    names = pieces.draw(reports(1))
    for n in range(20):
        pieces.draw([feature("event-place", f"Town {n}", Point(n, 0), f"other-{n}/town")])
    assert pieces.bodies(names) == {}
    assert pieces.draw(reports(1)) == names
    assert len(pieces.bodies(names)) == 1


def test_a_page_of_many_features_holds_an_outline_once():
    drawn = features_json(heavy())
    assert len(drawn["features"]) == MANY + 20
    assert [one["type"] for one in drawn["shapes"]].count("Polygon") == 1


@pytest.mark.parametrize("text", hostile_texts())
def test_hostile_titles_are_text_in_json(text):
    pieces = Pieces()
    names = pieces.draw([feature("event-place", text, Point(1, 2), f"{text}/x")])
    for body in pieces.bodies(names).values():
        assert b"<" not in body
        assert isinstance(json.loads(body), dict)


def test_the_server_sends_pieces_by_name_and_says_what_may_be_kept():
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from geo.server import routes

    browser = TestClient(Starlette(routes=routes()))
    names = PIECES.draw(jermuk_features())
    answer = browser.get(f"/drawn/{','.join(names)}")
    assert answer.json() == bodies(PIECES, names)
    assert answer.headers["content-type"] == "application/json"
    assert "max-age" in answer.headers["cache-control"]
    missing = browser.get(f"/drawn/{names[0]},nothing")
    assert list(missing.json()) == names[:1]
    assert missing.headers["cache-control"] == "no-store"
    assert browser.get(f"/finer/{names[0]},nothing").json() == {}


MAP = "Object.values(window).find(v => v && v.marchland)"
DRAWN = f"() => {MAP}.marchland.drawn.reduce((sum, d) => sum + d.features.length, 0)"
CHILDREN = f"() => {MAP}.marchland.drawn.filter(d => d.style === 'party').flatMap(d => d.layer.getLayers())"


@pytest.fixture
def show(browser_page, map_server):
    """Draw features by pieces, and wait until all of them are drawn."""
    pieces = Pieces()

    def answer(route):
        asked = route.request.url.rpartition("/")[2].split(",")
        route.fulfill(json=bodies(pieces, asked))

    def answer_finer(route):
        asked = route.request.url.rpartition("/")[2].split(",")
        route.fulfill(json={name: json.loads(body) for name, body in pieces.finer(asked).items()})

    browser_page.route("**/drawn/*", answer)
    browser_page.route("**/finer/*", answer_finer)

    def drawn(features):
        names = pieces.draw(features)
        if browser_page.url == "about:blank":
            chart = base_map(bounds=(40, 36, 50, 44))
            for group in piece_groups([]):
                group.add_to(chart)
            browser_page.goto(map_server.show(chart.get_root().render()))
        told = {"pieces": names, "address": "/drawn/"}
        browser_page.evaluate(f"told => Marchland.drawPieces({MAP}, L.featureGroup(), told)", told)
        browser_page.wait_for_function(f"count => ({DRAWN})() === count", arg=len(features))
        return browser_page

    return drawn


@pytest.mark.browser
def test_an_edit_of_a_heavy_map_asks_for_one_piece_and_leaves_the_other_shapes_and_the_position(show):
    page = show(heavy())
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate(f"() => {{ {MAP}.setView([39, 46], 8, {{animate: false}}); }}")
    page.evaluate(f"() => {{ window.before = ({CHILDREN})(); }}")
    show(heavy(changed=7))
    assert len([url for url in asked if "/drawn/" in url]) == 1
    assert page.evaluate(f"() => ({CHILDREN})().every((child, n) => child === window.before[n])")
    assert page.evaluate(f"() => {MAP}.getCenter().lat") == pytest.approx(39, abs=0.01)
    show(heavy())
    assert len([url for url in asked if "/drawn/" in url]) == 1, "what was here already is not asked for again"


@pytest.mark.browser
def test_an_outline_of_a_heavy_map_is_fine_once_it_is_large_on_the_screen(show):
    circle = point_buffer(LonLat(lon=45, lat=40), radius_m=20_000).segmentize(0.001)
    page = show([*heavy()[20:], feature("party", "Round", circle, "a/round")])
    vertices = f"({CHILDREN})()[0].getLatLngs()[0].length"
    page.evaluate(f"() => {MAP}.setView([40, 45], 5, {{animate: false}})")
    assert page.evaluate(f"() => {vertices}") < 200
    page.evaluate(f"() => {MAP}.setView([40, 45], 11, {{animate: false}})")
    page.wait_for_function(f"() => {vertices} > 600")


@pytest.mark.browser
def test_reports_with_one_shape_draw_it_once_and_a_click_means_the_report_that_is_open(show):
    page = show(heavy())
    assert page.evaluate(f"() => ({CHILDREN})().length") == 1
    page.evaluate(f"""() => {{ window.picked = [];
        const map = {MAP};
        Marchland.join(map, {{ picked: id => picked.push(id), hovered: () => 0, moved: () => 0 }});
        for (const article of ["report-3", "none"]) {{
          Marchland.mark(map, {{ selected: "", hovered: "", article }});
          ({CHILDREN})()[0].fire("click", {{ latlng: map.getCenter() }}, true);
        }} }}""")
    assert page.evaluate("window.picked") == ["report-3/armenia", "report-19/armenia"]


@pytest.mark.browser
def test_what_goes_from_a_heavy_map_is_not_drawn_any_more_and_comes_back(show):
    page = show(heavy())
    show([f for f in heavy() if f.style == "event-place"] + reports(1))
    assert page.evaluate(f"() => ({CHILDREN})()[0].marchlandMembers.length") == 1
    show([f for f in heavy() if f.style != "party"])
    assert page.evaluate(f"() => ({CHILDREN})().length") == 0
    show(heavy())
    assert page.evaluate(f"() => ({CHILDREN})()[0].marchlandMembers.length") == 20
