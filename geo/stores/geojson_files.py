"""Features out of a GeoJSON file that somebody brings: parsed by our own strict rules, never by GDAL.

A file that Marchland wrote gives the same map again. Any other GeoJSON (RFC 7946) becomes added features that keep
their own properties.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from shapely.geometry import GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import ImportFileError
from geo.features import MapFeature, Style
from geo.styles import STYLES, look_of, simplestyle

MAX_CHARACTERS = 50_000_000
MAX_FEATURES = 100_000
MAX_POSITIONS = 3_000_000
MAX_DEPTH = 12  # of collections in geometries and of values in properties
MAX_TEXT = 20_000  # characters of one property
FORMATS = (1,)  # of our own files, the ones that this version reads


def features_from_geojson(text: str) -> tuple[MapFeature, ...]:
    """Read the features of a GeoJSON text in their order; ids are unique, a missing one becomes "imported-N".

    Raises ImportFileError, which says what is wrong, in which feature, and what to do. `app_version` in a feature's
    properties names the version that wrote it.
    """
    document = _parsed(text)
    _check_kind(document)
    _check_version(document)
    items = _features_of(document)
    if len(items) > MAX_FEATURES:
        _refuse(f"it has {len(items):,} features, the limit is {MAX_FEATURES:,}: split it")
    reader = _Reader()
    return tuple(reader.feature(item, number) for number, item in enumerate(items, start=1))


def read_geojson_file(path: Path | str) -> str:
    """Return the text of a GeoJSON file, UTF-8 as RFC 8259 wants it; ImportFileError where it is none."""
    file = Path(path)
    try:
        if file.stat().st_size > 4 * MAX_CHARACTERS:
            _refuse(f"{file} is too large")
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse(f"{file} is not UTF-8")
    except OSError as error:
        raise ImportFileError(f"{file}: {error.strerror}") from None


def _refuse(why: str) -> NoReturn:
    raise ImportFileError(f"the file cannot be imported: {why}")


# --- the document


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > MAX_CHARACTERS:
        _refuse(f"{len(text) / 1e6:.0f} MB is too large, the limit is {MAX_CHARACTERS // 1_000_000} MB")
    text = text.removeprefix("\ufeff")
    head = text[:300].lstrip()
    if not head:
        _refuse("it is empty")
    if head.startswith("<"):
        what = "KML" if "<kml" in text[:2000] else "a VRT" if "<OGRVRT" in text[:2000] else "XML or HTML"
        _refuse(f"this is {what}, not GeoJSON: export it as GeoJSON (RFC 7946) first")
    if head.startswith(("PK", "SQLite format 3")):
        _refuse("this is a binary file (KMZ, GeoPackage or a zip): export it as GeoJSON (RFC 7946) first")
    try:
        document = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant, parse_int=_int)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            _refuse(f"line {error.lineno}: more follows after the end; a file of one feature a line is no GeoJSON")
        _refuse(f"it is no JSON: line {error.lineno}, column {error.colno}: {error.msg}")
    except RecursionError:
        _refuse("it is nested too deeply")
    if not isinstance(document, dict):
        _refuse("it is JSON, but no GeoJSON: it should begin with an object that has a type")
    return document


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        _refuse(f"the name {next(key for key in keys if keys.count(key) > 1)[:50]!r} stands twice in one object")
    return found


def _no_constant(name: str) -> NoReturn:
    _refuse(f"{name} is no number in JSON")


def _int(digits: str) -> int:
    if len(digits) > 19:
        _refuse(f"the number {digits[:20]}… has {len(digits)} digits")
    return int(digits)


_OTHER_JSON = {
    "Topology": "this is TopoJSON: convert it to GeoJSON first, for instance with topojson-client's topo2geo",
    "Sphere": "a D3 sphere is no GeoJSON",
}
_GEOMETRIES = frozenset(
    "Point MultiPoint LineString MultiLineString Polygon MultiPolygon GeometryCollection".split()
)  # fmt: skip


def _check_kind(document: Mapping[str, Any]) -> None:
    kind = document.get("type")
    if isinstance(kind, str) and kind in _OTHER_JSON:
        _refuse(_OTHER_JSON[kind])
    if "rings" in document or "spatialReference" in document or "geometryType" in document:
        _refuse("this is Esri JSON: export it as GeoJSON (RFC 7946) first")
    if kind not in ("FeatureCollection", "Feature") and kind not in _GEOMETRIES:
        _refuse(f"its type is {_short(kind)}, not FeatureCollection: it is no GeoJSON")
    crs = document.get("crs")
    if crs is not None and not re.search(r"CRS:?84|EPSG:{1,2}4326|WGS ?84", json.dumps(crs)[:500]):
        _refuse("it is in another coordinate system (crs): export it as WGS 84 longitude/latitude (EPSG:4326)")


def _check_version(document: Mapping[str, Any]) -> None:
    ours = document.get("marchland")
    if not isinstance(ours, dict):
        return
    if ours.get("format") not in FORMATS:
        version = _short(ours.get("app_version"))
        _refuse(
            f"Marchland {version} wrote it in format {_short(ours.get('format'))}, newer than this: update Marchland"
        )


def _features_of(document: Mapping[str, Any]) -> list[Any]:
    match document["type"]:
        case "FeatureCollection":
            items = document.get("features")
            if not isinstance(items, list):
                _refuse("its FeatureCollection has no list of features")
            return items
        case "Feature":
            return [document]
        case _:
            return [{"type": "Feature", "geometry": document, "properties": {}}]


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
    return text if len(text) <= 40 else text[:39] + "…"


# --- features


class _Reader:
    """Reads feature after feature, counting positions and keeping ids apart."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.positions = 0

    def feature(self, item: Any, number: int) -> MapFeature:
        where = f"feature {number}"
        if not isinstance(item, dict) or item.get("type") != "Feature":
            _refuse(f"{where}: it is no Feature")
        if "geometry" not in item:
            _refuse(f"{where}: it has no geometry")
        geometry = self.geometry(item["geometry"], where, depth=0)
        properties = item.get("properties")
        if properties is None:
            properties = {}
        if not isinstance(properties, dict):
            _refuse(f"{where}: its properties are no object")
        style, title, kept = _described(properties, number, where)
        return MapFeature(
            id=self.id(item.get("id"), number, where), style=style, title=title, geometry=geometry, properties=kept
        )

    def id(self, given: Any, number: int, where: str) -> str:
        if given is not None and (isinstance(given, bool) or not isinstance(given, str | int | float)):
            _refuse(f"{where}: its id is neither text nor a number")
        wanted = _text(str(given), where)[:200] if given not in (None, "") else f"imported-{number}"
        made, turn = wanted, 2
        while made in self.ids:
            made, turn = f"{wanted}~{turn}", turn + 1
        self.ids.add(made)
        return made

    def geometry(self, item: Any, where: str, *, depth: int) -> BaseGeometry:
        if item is None:
            return Point()
        if not isinstance(item, dict) or item.get("type") not in _GEOMETRIES:
            kind = item.get("type") if isinstance(item, dict) else item
            _refuse(f"{where}: {_short(kind)} is no kind of geometry")
        kind = item["type"]
        if kind == "GeometryCollection":
            parts = item.get("geometries")
            if not isinstance(parts, list) or depth >= MAX_DEPTH:
                _refuse(f"{where}: its GeometryCollection has no geometries, or too many levels")
            return GeometryCollection([self.geometry(part, where, depth=depth + 1) for part in parts])
        coordinates = item.get("coordinates")
        if not isinstance(coordinates, list):
            _refuse(f"{where}: its {kind} has no coordinates")
        return self.built(kind, coordinates, where)

    def built(self, kind: str, coordinates: list[Any], where: str) -> BaseGeometry:
        match kind:
            case "Point":
                return Point(self.line([coordinates], where)[0]) if coordinates else Point()
            case "MultiPoint":
                return MultiPoint(self.line(coordinates, where)) if coordinates else MultiPoint()
            case "LineString":
                return LineString(self.line(coordinates, where, least=2)) if coordinates else LineString()
            case "MultiLineString":
                return MultiLineString([self.line(part, where, least=2) for part in coordinates])
            case "Polygon":
                return self.polygon(coordinates, where)
            case _:
                return MultiPolygon([self.polygon(part, where) for part in coordinates])

    def polygon(self, rings: Any, where: str) -> Polygon:
        if not isinstance(rings, list):
            _refuse(f"{where}: a polygon is a list of rings")
        closed = [self.line(ring, where, least=4) for ring in rings]
        for ring in closed:
            if not np.array_equal(ring[0], ring[-1]):
                _refuse(f"{where}: a ring is not closed, its first and last position differ")
        return Polygon(closed[0], closed[1:]) if closed else Polygon()

    def line(self, positions: Any, where: str, *, least: int = 1) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Check a list of positions and return it without heights, one row a position."""
        if not isinstance(positions, list) or len(positions) < least:
            _refuse(f"{where}: a list of at least {least} positions is needed, not {_short(positions)}")
        self.positions += len(positions)
        if self.positions > MAX_POSITIONS:
            _refuse(f"it has more than {MAX_POSITIONS:,} positions: simplify its shapes first")
        for position in positions:
            if (
                not isinstance(position, list)
                or not 2 <= len(position) <= 4
                or not all(type(value) in (int, float) for value in position)
            ):
                _refuse(f"{where}: {_short(position)} is no position [longitude, latitude]")
        found = np.array([position[:2] for position in positions], dtype=np.float64)
        fits = np.isfinite(found).all(axis=1) & (np.abs(found) <= (180.0, 90.0)).all(axis=1)
        if not fits.all():
            _refuse(f"{where}: {_out_of_range(found[~fits][0])}")
        return found


def _out_of_range(position: np.ndarray[Any, np.dtype[np.float64]]) -> str:
    lon, lat = (float(value) for value in position)
    if abs(lon) <= 90 and 90 < abs(lat) <= 180:
        return f"longitude {lon}, latitude {lat}: they seem to be swapped, GeoJSON has longitude first"
    if max(abs(lon), abs(lat)) > 360:
        return f"{lon}, {lat} are no degrees: export it as WGS 84 longitude/latitude (EPSG:4326)"
    return f"longitude {lon}, latitude {lat} is outside -180..180, -90..90"


def _described(properties: Mapping[str, Any], number: int, where: str) -> tuple[Style, str, dict[str, Any]]:
    """Return style, title and the properties that are kept; simplestyle colours of our own are made again."""
    style, title = properties.get("style"), properties.get("title")
    if isinstance(style, str) and isinstance(title, str) and isinstance(properties.get("app_version"), str):
        known: Style = style if style in STYLES else "added"  # type: ignore[assignment]
        derived = _simplestyles(known, properties)
        kept = {key: value for key, value in properties.items() if (key, value) not in derived}
        kept = {key: value for key, value in kept.items() if key not in ("style", "title")}
    else:
        known = "added"
        kept = {("imported_style" if key == "style" else key): value for key, value in properties.items()}
        title = next((kept[key] for key in _NAMES if _is_text(kept.get(key))), f"Imported {number}")
        kept.pop("title", None)
    return known, _text(title, where), {_text(key, where): _scalar(value, where) for key, value in kept.items()}


_NAMES = ("title", "name", "Name", "NAME")


def _simplestyles(style: Style, properties: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return the simplestyle properties that the exporter made itself, and makes again."""
    look = look_of(MapFeature(id="", style=style, title="", geometry=Point(), properties=properties))
    return [item for point in (True, False) for item in simplestyle(look, point=point).items()]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _scalar(value: Any, where: str) -> Any:
    match value:
        case None | bool() | int():
            return value
        case float():
            if not math.isfinite(value):
                _refuse(f"{where}: a number in its properties is too large")
            return value
        case str():
            return _text(value, where)
        case _:
            if _depth(value) > MAX_DEPTH:
                _refuse(f"{where}: its properties are nested too deeply")
            return _text(json.dumps(value, ensure_ascii=False), where)


def _depth(value: Any) -> int:
    """Count levels of lists and objects, without recursion and no further than the limit."""
    level: list[Any] = [value]
    depth = 0
    while level and depth <= MAX_DEPTH:
        level = list(_inside(level))
        depth += 1
    return depth


def _inside(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, dict):
            yield from value.values()
        elif isinstance(value, list):
            yield from value


def _text(text: str, where: str) -> str:
    if len(text) > MAX_TEXT:
        _refuse(f"{where}: a text in its properties has {len(text):,} characters, the limit is {MAX_TEXT:,}")
    if any("\ud800" <= c <= "\udfff" for c in text):
        _refuse(f"{where}: a text in its properties holds half a surrogate pair, which is no character")
    return text
