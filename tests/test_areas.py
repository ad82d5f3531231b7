"""Every row of areas.tsv and every outline; the curated regions."""

import lzma
import re
import tomllib
import unicodedata
import zlib

import pytest
import shapely

from geo.geodesy import LonLat
from geo.places import KINDS
from geo.stores.files import data_file
from geo.stores.outlines import Outlines, packed, unpacked

LINES = lzma.decompress(data_file("gazetteer/areas.tsv.xz").read_bytes()).decode().splitlines()
ROWS = [dict(zip(LINES[0].split("\t"), line.split("\t"), strict=True)) for line in LINES[1:]]
TABLE = [
    line.split("\t") for line in data_file("gazetteer/features.tsv").read_text("utf-8").splitlines() if line[0] != "#"
]
FEATURES = [dict(zip(TABLE[0], line, strict=True)) for line in TABLE[1:]]
EXTENTS = {
    "through", "countries", "admin", "seas", "disc", "along", "ring", "cap", "land", "lake", "island",
}  # fmt: skip
REGIONS = tomllib.loads(data_file("gazetteer/regions.toml").read_text(encoding="utf-8"))["region"]


@pytest.fixture(scope="module")
def outlines():
    return Outlines.open()


def test_every_row_is_whole():
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row["name"], row
        assert row["kind"] in KINDS, row
        assert row["source"], row
        assert len(row["country"]) in (0, 2), row
        LonLat(lon=float(row["lon"]), lat=float(row["lat"]))


def test_every_outline_is_valid_and_turns_right(outlines):
    for place_id in outlines.ids():
        shape = outlines.get(place_id)
        assert shape.is_valid, (place_id, shapely.is_valid_reason(shape))
        for part in shapely.get_parts(shape):
            assert part.geom_type == "LineString" or part.exterior.is_ccw, place_id


@pytest.mark.parametrize("row", REGIONS, ids=lambda row: row["id"])
def test_every_region_goes_by_its_name(row):
    folded = unicodedata.normalize("NFKD", row["name"]).encode("ascii", "ignore").decode().lower()
    assert row["id"] == "ml:" + re.sub(r"[^a-z0-9]+", "-", folded).strip("-")


@pytest.mark.parametrize("row", REGIONS, ids=lambda row: row["id"])
def test_every_region_is_whole(row, outlines):
    assert outlines.has(row["id"])
    assert row["reference"]
    assert row["countries"]
    assert sum(key in row for key in ("extent", "admin", "outline")) == 1
    assert ("outline" in row) == row.get("hand", False)


def test_there_are_at_least_seven_hundred_physical_and_regional_rows():
    kinds = {"region", "sea", "ocean", "river", "lake", "mountain", "desert", "island", "peninsula"}
    assert sum(row["kind"] in kinds for row in ROWS) >= 700


def slug(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.lower())
    return "ml:" + re.sub(r"[^a-z0-9]+", "-", "".join(c for c in folded if not unicodedata.combining(c))).strip("-")


@pytest.mark.parametrize("row", FEATURES, ids=lambda row: row["name"])
def test_every_feature_is_whole(row, outlines):
    assert row["kind"] in KINDS
    assert row["extent"].split()[0] in EXTENTS
    assert row["reference"].strip()
    assert all(re.fullmatch("[A-Z]{2}", code) for code in row["countries"].split(",") if code)
    shape = outlines.get(slug(row["name"]))
    assert shape.is_valid
    assert not shape.is_empty
    if row["label"]:
        lon, lat = map(float, row["label"].split())
        at = LonLat(lon=lon, lat=lat)
        assert row["kind"] in ("region", "sea") or shapely.dwithin(shape, shapely.Point(at.lon, at.lat), 0.1)


@pytest.mark.parametrize("row", FEATURES, ids=lambda row: row["name"])
def test_every_feature_lies_at_the_states_that_it_names(row, outlines):
    shape = outlines.get(slug(row["name"]))
    for code in filter(None, row["countries"].split(",")):
        divisions = [
            division["id"] for division in ROWS if division["country"] == code and division["kind"].startswith("admin")
        ]
        assert not divisions or any(shapely.dwithin(shape, outlines.get(one), 0.6) for one in divisions), code


@pytest.mark.parametrize(
    ("place_id", "lon", "lat"),
    [  # points on the bank of a river's true course, away from the towns that features.tsv names
        ("ml:danube", 18.93, 46.81),
        ("ml:dnieper", 34.34, 48.67),
        ("ml:euphrates", 42.35, 34.40),
        ("ml:kanawha-river", -81.85, 38.53),
    ],
)
def test_a_river_has_its_true_course(outlines, place_id, lon, lat):
    assert shapely.dwithin(outlines.get(place_id), shapely.Point(lon, lat), 0.05)


def test_a_water_of_natural_earth_is_whole(outlines):
    waters = [row for row in ROWS if row["source"] in ("Natural Earth 10m, rivers", "Natural Earth 10m, lakes")]
    assert len(waters) > 1000
    for row in waters:
        shape = outlines.get(row["id"])
        assert row["name"] not in ("", "River", "Lake")
        assert shape.is_valid
        assert not shape.is_empty


def test_areas_that_hold_stepanakert_come_smallest_first(outlines):
    found = outlines.containing(LonLat(lon=46.75, lat=39.82))
    assert found.index("ml:nagorno-karabakh") < found.index("ml:south-caucasus")
    assert "gn:587116" in found  # Azerbaijan


@pytest.mark.parametrize(
    "shape",
    [
        shapely.box(1, 2, 3, 4),
        shapely.MultiPolygon([shapely.box(0, 0, 9, 9).difference(shapely.box(2, 2, 3, 3)), shapely.box(20, 0, 21, 1)]),
        shapely.MultiLineString([[(0, 0), (1, 1)], [(5, 5), (6, 7), (8, 9)]]),
    ],
)
def test_packing_keeps_the_shape(shape):
    assert unpacked(zlib.decompress(packed(shape))).equals(shape)
