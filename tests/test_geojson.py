"""GeoJSON out and in: RFC 7946, the same bytes, the same map, and nothing taken from a file on trust."""

import contextlib
import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import (
    GeometryCollection,
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
    box,
)

from geo.errors import ImportFileError
from geo.features import MapFeature
from geo.render.geojson import bbox_of, geometry_of, to_geojson
from geo.stores import geojson_files
from geo.stores.geojson_files import features_from_geojson, read_geojson_file
from geo.styles import STYLES, look_of

JS = Path(__file__).parent / "js"
STRIP = MapFeature(
    id="a/claim-1/core", style="strip", title="7.5 km into Armenia", geometry=box(45.6, 39.7, 45.8, 39.9),
    properties={"claimant": "the “army”", "quote": "<b>`${x}`</b>", "value_m": 7500.0, "max_m": 7500, "audience": None},
)  # fmt: skip
TOWN = MapFeature(id="a/gn:174884", style="event-place", title="Jermuk", geometry=Point(45.6711, 39.8395))
LINE = MapFeature(id="a/l", style="disputed", title="Line", geometry=LineString([(46, 39), (47, 40)]))


def feature(geometry, **more):
    return MapFeature(**{"id": "f", "style": "area", "title": "F", "geometry": geometry, **more})


def imported_again(text):
    return [
        MapFeature(id=f.id, style=f.style, title=f.title, geometry=f.geometry, properties=f.properties)
        for f in features_from_geojson(text)
    ]


def exported(*features):
    return json.loads(to_geojson(features))


# --- out


def test_longitude_comes_first():
    [town] = exported(TOWN)["features"]
    assert town["geometry"] == {"type": "Point", "coordinates": [45.6711, 39.8395]}


def test_the_collection_has_a_bbox_and_no_crs():
    document = exported(STRIP, TOWN)
    assert document["bbox"] == [45.6, 39.7, 45.8, 39.9]
    assert "crs" not in document


def test_a_map_without_features_is_still_geojson():
    assert exported()["features"] == []
    assert features_from_geojson(to_geojson([])) == ()


def test_licences_attribution_and_the_boundary_disclaimer_travel_with_the_file():
    notices = exported(TOWN)["marchland"]
    assert "do not imply" in notices["disclaimer"]
    assert "OpenStreetMap" in notices["attribution"]
    assert notices["licences"]["GeoNames"] == "CC-BY-4.0"


def test_shells_run_counter_clockwise_and_holes_clockwise():
    clockwise = Polygon([(0, 0), (0, 9), (9, 9), (9, 0)], [[(2, 2), (4, 2), (4, 4), (2, 4)]])
    shell, hole = geometry_of(clockwise)["coordinates"]
    assert signed_area(shell) > 0 > signed_area(hole)


@pytest.mark.parametrize(
    ("geometry", "boxes"),
    [
        (box(170, -20, 190, -10), [(-180, -20, -170, -10), (170, -20, 180, -10)]),
        (box(-190, -20, -170, -10), [(-180, -20, -170, -10), (170, -20, 180, -10)]),
        (box(350, 0, 355, 5), [(-10, 0, -5, 5)]),
        (LineString([(170, 0), (190, 0)]), [(-180, 0, -170, 0), (170, 0, 180, 0)]),
        (Point(190, 5), [(-170, 5, -170, 5)]),
        (MultiPolygon([box(175, 0, 180, 5), box(180, 0, 185, 5)]), [(-180, 0, -175, 5), (175, 0, 180, 5)]),
    ],
)
def test_what_reaches_over_180_degrees_is_cut_there(geometry, boxes):
    cut = shapely.from_geojson(json.dumps(geometry_of(geometry)))
    assert sorted(part.bounds for part in shapely.get_parts(cut)) == boxes


def test_the_bbox_of_a_shape_that_is_cut_at_180_degrees_runs_from_west_to_east():
    assert exported(feature(box(170, -20, 190, -10)))["bbox"] == [170, -20, -170, -10]


def test_the_bbox_of_the_whole_world_is_the_whole_world():
    assert bbox_of([geometry_of(box(-180, -90, 180, 90))]) == [-180, -90, 180, 90]


def test_positions_have_at_most_seven_decimals_and_no_height():
    [coordinates] = exported(feature(LineString([(1 / 3, 2 / 3, 8), (-0.00000001, 5, 8)])))["features"]
    assert coordinates["geometry"]["coordinates"] == [[0.3333333, 0.6666667], [0.0, 5.0]]


def test_an_empty_shape_is_no_geometry():
    assert exported(feature(Polygon()))["features"][0]["geometry"] is None


def test_a_bow_tie_is_mended():
    tie = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    assert shapely.from_geojson(json.dumps(geometry_of(tie))).is_valid


def test_properties_are_flat_and_carry_simplestyle_colours():
    [strip, town] = [f["properties"] for f in exported(STRIP, TOWN)["features"]]
    assert strip["claimant"] == "the “army”"
    assert strip["stroke"] == look_of(STRIP).ink.on_light
    assert strip["fill-opacity"] == STYLES["strip"].fill_opacity
    assert town["marker-color"] == look_of(TOWN).ink.on_light
    assert all(value is None or isinstance(value, str | int | float) for value in strip.values())


def test_the_same_features_give_the_same_bytes():
    assert to_geojson([STRIP, TOWN]) == to_geojson([STRIP, TOWN])


def test_half_a_surrogate_pair_does_not_break_the_file():
    to_geojson([feature(Point(0, 0), title="\ud800")]).encode("utf-8")


# --- our own judge, stricter than the linters, which let wrong winding, bow-ties and latitude 181 pass


def signed_area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:], strict=False)) / 2


def faults(document):
    """Return what is wrong with a FeatureCollection by RFC 7946 and by what a polygon is."""
    found = []
    for item in document["features"]:
        geometry = item["geometry"]
        if geometry is None:
            continue
        shape = shapely.from_geojson(json.dumps(geometry))
        coordinates = shapely.get_coordinates(shape)
        if not (np.abs(coordinates) <= (180, 90)).all():
            found.append(f"{item['id']}: out of range")
        if not shape.is_valid:
            found.append(f"{item['id']}: {shapely.is_valid_reason(shape)}")
        if not (np.abs(coordinates - np.round(coordinates, 7)) < 1e-12).all():
            found.append(f"{item['id']}: too many decimals")
        polygons = {
            "Polygon": [geometry],
            "MultiPolygon": [{"coordinates": c} for c in geometry.get("coordinates", [])],
        }
        for polygon in polygons.get(geometry["type"], []):
            shell, *holes = polygon["coordinates"]
            if signed_area(shell) <= 0 or any(signed_area(hole) >= 0 for hole in holes):
                found.append(f"{item['id']}: winding")
    return found


@pytest.mark.parametrize(
    ("geometry", "fault"),
    [
        ({"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}, "winding"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}, "Self-intersection"),
        ({"type": "Point", "coordinates": [0, 181]}, "out of range"),
        ({"type": "Point", "coordinates": [0.123456789, 0]}, "decimals"),
    ],
)
def test_the_judge_sees_faults(geometry, fault):
    assert fault in faults({"features": [{"id": "x", "geometry": geometry}]})[0]


# --- laws

degrees = st.floats(-400, 400, allow_nan=False)
latitudes = st.floats(-90, 90, allow_nan=False)
positions = st.tuples(degrees, latitudes)
near = st.tuples(st.floats(170, 190), st.floats(-5, 5))
rings = st.lists(near, min_size=3, max_size=12).map(lambda p: MultiPoint(p).convex_hull)
wild = st.lists(near, min_size=3, max_size=9).map(Polygon)
boxes = st.tuples(degrees, latitudes, st.floats(0.001, 30), st.floats(0.001, 30)).map(
    lambda b: box(b[0], b[1], b[0] + b[2], min(90, b[1] + b[3]))
)
holed = boxes.map(lambda b: b.difference(b.centroid.buffer(0.3 * min(b.bounds[2] - b.bounds[0], 1), 2)))
shapes = st.one_of(
    positions.map(Point),
    st.lists(positions, min_size=1, max_size=4).map(MultiPoint),
    st.lists(near, min_size=2, max_size=6).map(LineString),
    st.lists(st.lists(near, min_size=2, max_size=4), min_size=1, max_size=3).map(MultiLineString),
    rings, wild, boxes, holed,
    st.lists(boxes, min_size=1, max_size=3).map(shapely.union_all),
    st.tuples(positions.map(Point), boxes).map(GeometryCollection),
)  # fmt: skip
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)  # fmt: skip
keys = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
features = st.builds(
    MapFeature,
    id=st.text("abc/:0", min_size=1, max_size=6),
    style=st.sampled_from(sorted(STYLES)),
    title=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    geometry=shapes,
    properties=st.dictionaries(keys | st.sampled_from(["stroke", "fill", "marker-color", "style", "title"]), scalars),
)
maps = st.lists(features, max_size=4, unique_by=lambda f: f.id)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(maps)
def test_importing_what_was_exported_gives_the_same_map(drawn):
    text = to_geojson(drawn)
    again = imported_again(text)
    assert to_geojson(again) == text
    assert [f.id for f in again] == [f.id for f in drawn]
    assert [f.style for f in again] == [f.style for f in drawn]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(maps)
def test_every_export_is_flawless(drawn):
    assert faults(exported(*drawn)) == []


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(boxes)
def test_cutting_loses_no_area(shape):
    made = shapely.from_geojson(json.dumps(geometry_of(shape) or {"type": "Polygon", "coordinates": []}))
    assert made.area == pytest.approx(shape.area, rel=1e-3, abs=1e-4)


@settings(max_examples=300, deadline=None)
@given(st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=10))
def test_no_json_whatever_ends_in_anything_but_a_clear_error(value):
    for document in (value, {"type": "FeatureCollection", "features": value}, {"type": "Point", "coordinates": value},
                     {"type": "MultiPolygon", "coordinates": value}):  # fmt: skip
        with contextlib.suppress(ImportFileError):
            features_from_geojson(json.dumps(document))


# --- other programs


def test_gdal_opens_the_export_with_all_its_properties(tmp_path):
    import pyogrio

    path = tmp_path / "map.geojson"
    path.write_text(to_geojson([STRIP, TOWN, LINE]), encoding="utf-8")
    frame = pyogrio.read_dataframe(path)
    assert list(frame["title"]) == ["7.5 km into Armenia", "Jermuk", "Line"]
    assert frame["claimant"][0] == "the “army”"
    assert frame.crs == "EPSG:4326"
    assert list(frame.total_bounds) == [45.6, 39.0, 47.0, 40.0]


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
@pytest.mark.skipif(not (JS / "node_modules").is_dir(), reason="npm ci was not run in tests/js")
def test_linters_from_npm_find_nothing(tmp_path):
    path = tmp_path / "map.geojson"
    path.write_text(to_geojson([STRIP, TOWN, LINE, feature(box(170, -20, 190, -10))]), encoding="utf-8")
    result = subprocess.run(["node", "lint.mjs", str(path)], cwd=JS, capture_output=True, text=True, check=True)
    assert json.loads(result.stdout) == []


# --- in


def collection(*items, **more):
    return json.dumps({"type": "FeatureCollection", "features": list(items), **more})


def foreign(geometry=None, **properties):
    return {
        "type": "Feature", "properties": properties, "geometry": geometry or {"type": "Point", "coordinates": [1, 2]},
    }  # fmt: skip


def test_a_foreign_file_becomes_added_features_that_keep_their_properties():
    [found] = features_from_geojson(collection(foreign(name="Depot", amenity="fuel", n=3, tags={"a": [1]})))
    assert (found.id, found.style, found.title) == ("imported-1", "added", "Depot")
    assert found.properties == {"name": "Depot", "amenity": "fuel", "n": 3, "tags": '{"a": [1]}'}


def test_a_foreign_style_property_is_not_taken_for_ours():
    [found] = features_from_geojson(collection(foreign(style="strip")))
    assert (found.style, found.properties) == ("added", {"imported_style": "strip"})


def test_a_single_geometry_and_a_single_feature_are_files_too():
    assert len(features_from_geojson('{"type": "Point", "coordinates": [1, 2]}')) == 1
    assert len(features_from_geojson(json.dumps(foreign()))) == 1


def test_ids_that_stand_twice_are_told_apart():
    item = foreign() | {"id": 7}
    assert [f.id for f in features_from_geojson(collection(item, item, item))] == ["7", "7~2", "7~3"]


def test_a_file_of_another_version_is_taken_and_keeps_the_name_of_that_version():
    text = to_geojson([TOWN]).replace('"app_version":"', '"app_version":"0.0.')
    [found] = features_from_geojson(text)
    assert str(found.properties["app_version"]).startswith("0.0.")
    assert found.style == "event-place"


def test_a_style_that_this_version_does_not_know_is_drawn_as_added():
    [found] = features_from_geojson(to_geojson([TOWN]).replace('"event-place"', '"hologram"'))
    assert found.style == "added"


def test_a_file_in_a_newer_format_is_refused():
    with pytest.raises(ImportFileError, match="newer than this: update Marchland"):
        features_from_geojson(to_geojson([TOWN]).replace('"format":1', '"format":2'))


def test_a_byte_order_mark_does_no_harm():
    assert len(features_from_geojson("\ufeff" + to_geojson([TOWN]))) == 1


RING = [[0, 0], [1, 0], [1, 1], [0, 0]]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("nonsense", "no JSON: line 1, column 1"),
        ('{"type": "FeatureCollection", "features": [', "no JSON"),
        ("[1, 2]", "no GeoJSON"),
        ("7", "no GeoJSON"),
        ('{"type": "Topology", "objects": {}}', "TopoJSON"),
        ('<?xml version="1.0"?><kml xmlns="x"></kml>', "KML"),
        ("<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>", "VRT"),
        ("<html></html>", "XML or HTML"),
        ("PK\x03\x04", "binary"),
        ('{"geometryType": "esriGeometryPoint", "features": []}', "Esri"),
        ('{"type": "Point", "coordinates": [NaN, 0]}', "NaN"),
        ('{"type": "Point", "coordinates": [-Infinity, 0]}', "Infinity"),
        ('{"type": "Point", "coordinates": [1e999, 0]}', "no degrees"),
        ('{"type": "Point", "coordinates": [1' + "0" * 5000 + ", 0]}", "digits"),
        ('{"type": "Point", "type": "Point", "coordinates": [0, 0]}', "'type' stands twice"),
        ('{"type": "Point", "coordinates": [1, 2]}\n{"type": "Point", "coordinates": [1, 2]}', "more follows"),
        ("[" * 100_000, "nested too deeply"),
        ('{"type":' * 100_000, "nested too deeply"),
        ('{"type": "FeatureCollection"}', "no list of features"),
        (collection(7), "feature 1: it is no Feature"),
        (collection({"type": "Feature", "properties": {}}), "no geometry"),
        (collection(foreign() | {"properties": [1]}), "properties are no object"),
        (collection(foreign() | {"id": {"a": 1}}), "id is neither"),
        (collection(foreign({"type": "Circle", "coordinates": [0, 0]})), "Circle is no kind of geometry"),
        (collection(foreign({"type": "Point", "coordinates": [0]})), "no position"),
        (collection(foreign({"type": "Point", "coordinates": ["1", "2"]})), "no position"),
        (collection(foreign({"type": "Point", "coordinates": [True, False]})), "no position"),
        (collection(foreign({"type": "Point", "coordinates": [10, 95]})), "swapped"),
        (collection(foreign({"type": "Point", "coordinates": [200, 10]})), "outside"),
        (collection(foreign({"type": "Point", "coordinates": [500000, 4649776]})), "EPSG:4326"),
        (collection(foreign({"type": "LineString", "coordinates": [[0, 0]]})), "at least 2"),
        (collection(foreign({"type": "Polygon", "coordinates": [RING[:3]]})), "at least 4"),
        (collection(foreign({"type": "Polygon", "coordinates": [[*RING[:3], [5, 5]]]})), "not closed"),
        (collection(foreign(), crs={"type": "name", "properties": {"name": "EPSG:3857"}}), "coordinate system"),
        (collection(foreign(name="x" * 30_000)), "30,000 characters"),
        (collection(foreign(name="\ud800")), "surrogate"),
    ],
)  # fmt: skip
def test_a_broken_or_foreign_file_is_refused_in_clear_words(text, why):
    with pytest.raises(ImportFileError, match=why) as error:
        features_from_geojson(text)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 300


def test_deep_properties_are_refused():
    deep = json.loads("[" * 50 + "]" * 50)
    with pytest.raises(ImportFileError, match="nested too deeply"):
        features_from_geojson(collection(foreign(deep=deep)))


def test_sizes_are_bounded(monkeypatch):
    monkeypatch.setattr(geojson_files, "MAX_FEATURES", 2)
    monkeypatch.setattr(geojson_files, "MAX_POSITIONS", 3)
    with pytest.raises(ImportFileError, match="features"):
        features_from_geojson(collection(foreign(), foreign(), foreign()))
    with pytest.raises(ImportFileError, match="positions"):
        features_from_geojson(collection(foreign({"type": "Polygon", "coordinates": [RING]})))


def test_the_old_name_of_wgs_84_as_crs_is_fine():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert len(features_from_geojson(collection(foreign(), crs=crs))) == 1


def test_a_file_that_is_missing_or_in_another_encoding_is_told(tmp_path):
    with pytest.raises(ImportFileError, match="No such file"):
        read_geojson_file(tmp_path / "none.geojson")
    (tmp_path / "latin.geojson").write_bytes(b'{"a": "\xe9"}')
    with pytest.raises(ImportFileError, match="not UTF-8"):
        read_geojson_file(tmp_path / "latin.geojson")
