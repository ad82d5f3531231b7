"""Borders of the project's own file: the facts that they must hold."""

from datetime import date

import pytest
import shapely

from geo.borders import WorldView
from geo.errors import BordersError
from geo.geodesy import WGS84, LonLat
from geo.stores.borders import open_borders
from geo.stores.files import data_file

VIEW = WorldView()
JERMUK = (45.67112, 39.83948)  # GeoNames 174884


@pytest.fixture(scope="module")
def borders():
    return open_borders()


def metres_to(line, lon: float, lat: float) -> float:
    near = shapely.shortest_line(shapely.Point(lon, lat), line)
    scaled = shapely.transform(line, lambda xy: xy * [0.768, 1.0])  # cos 39.84
    at = shapely.shortest_line(shapely.Point(lon * 0.768, lat), scaled).coords[1]
    assert near.length < 1
    return WGS84.inv(lon, lat, at[0] / 0.768, at[1])[2]


def test_jermuk_is_twelve_kilometres_from_the_border(borders):
    line = borders.shared_border("AM", "AZ", VIEW).line
    assert metres_to(line, *JERMUK) == pytest.approx(12_200, abs=200)


def test_armenia_and_azerbaijan_share_two_parts(borders):
    parts = dict(borders.border_parts("AM", "AZ", VIEW))
    assert set(parts) == {"main part", "Nakhchivan"}
    assert parts["Nakhchivan"].centroid.x < 46 < parts["main part"].bounds[2]


def test_a_border_is_the_same_from_both_sides(borders):
    assert borders.shared_border("AM", "AZ", VIEW).line.equals(borders.shared_border("AZ", "AM", VIEW).line)


def test_armenia_has_four_neighbours_and_no_coast(borders):
    assert borders.neighbours("AM", VIEW) == ["AZ", "GE", "IR", "TR"]
    assert borders.coast("AM", VIEW).is_empty


def test_azerbaijan_has_a_coast_on_the_caspian(borders):
    assert not borders.coast("AZ", VIEW).is_empty


@pytest.mark.parametrize(("view", "state"), [("UN", "UA"), ("UA", "UA"), ("RU", "RU"), ("de facto", "RU")])
def test_crimea_follows_the_world_view(borders, view, state):
    sevastopol = shapely.Point(33.9, 45.2)
    held = {code: borders.territory(code, WorldView(name=view)).land.contains(sevastopol) for code in ("RU", "UA")}
    assert held == {code: code == state for code in ("RU", "UA")}


@pytest.mark.parametrize(("view", "state"), [("UN", "SY"), ("SY", "SY"), ("IL", "IL"), ("de facto", "IL")])
def test_the_golan_heights_follow_the_world_view(borders, view, state):
    quneitra_road = shapely.Point(35.78, 33.08)
    held = {code: borders.territory(code, WorldView(name=view)).land.contains(quneitra_road) for code in ("IL", "SY")}
    assert held == {code: code == state for code in ("IL", "SY")}
    assert borders.shared_border("IL", "SY", WorldView(name=view)).line.length > 0


def test_crimea_was_ukrainian_before_2014(borders):
    land = borders.territory("UA", WorldView(as_of=date(2013, 1, 1))).land
    assert land.contains(shapely.Point(33.9, 45.2))


def test_kosovo_is_part_of_serbia_in_the_un_view(borders):
    with pytest.raises(BordersError, match="part of RS"):
        borders.territory("XK", WorldView(name="UN"))
    assert borders.territory("RS", WorldView(name="UN")).land.contains(shapely.Point(21.1, 42.6))


@pytest.mark.parametrize("code", ["AM", "AZ", "PT", "UA", "IL", "PS", "LB", "SY", "GE", "MD", "CY", "ES", "TR"])
def test_land_is_valid(borders, code):
    land = borders.territory(code, VIEW).land
    assert shapely.is_valid(land), shapely.is_valid_reason(land)
    assert all(part.exterior.is_ccw for part in land.geoms)


def test_the_land_of_every_state_is_one_valid_shape(borders):
    table = data_file("gazetteer/countries.tsv").read_text(encoding="utf-8").splitlines()
    column = table[0].split("\t").index("iso2")
    codes = [code for line in table[1:] if (code := line.split("\t")[column])]
    assert len(codes) == 250
    for code in codes:
        polygons = borders.atom(code)
        assert all(shapely.is_valid(polygons)), code
        assert shapely.is_valid(shapely.MultiPolygon(polygons)), code


@pytest.mark.parametrize(("inner", "outer"), [("LS", "ZA"), ("SM", "IT"), ("VA", "IT")])
def test_a_state_inside_another_is_a_hole_in_it(borders, inner, outer):
    mine, other = (borders.territory(code, WorldView()).land for code in (inner, outer))
    assert shapely.intersection(mine, other).area < 1e-9
    assert borders.neighbours(inner, WorldView()) == [outer]
    outline = sum(part.exterior.length for part in mine.geoms)
    assert borders.shared_border(inner, outer, WorldView()).line.length == pytest.approx(outline, rel=0.01)


def test_unknown_states_and_views_are_said_so(borders):
    with pytest.raises(BordersError, match="no land of 'ZZ'"):
        borders.territory("ZZ", VIEW)
    with pytest.raises(BordersError, match="no world view"):
        borders.territory("AM", WorldView(name="Mars"))
    with pytest.raises(BordersError, match="share no land border"):
        borders.shared_border("AM", "PT", VIEW)


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [(45.67, 39.84, "AM"), (46.75, 39.82, "AZ"), (-9.14, 38.74, "PT"), (36.3, 33.5, "SY"), (27.48, -29.31, "LS")],
)
def test_a_point_has_its_state(borders, lon, lat, code):
    found = borders.state_at(LonLat(lon=lon, lat=lat))
    assert found is not None
    assert found[0] == code
