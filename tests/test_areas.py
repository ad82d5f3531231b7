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
