"""The map as GeoJSON (RFC 7946): the same features give the same bytes, and importing them gives the same map.

The layout is described in docs/export.md. Positions are longitude first, at most 7 decimals (a centimetre).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry import GeometryCollection, box
from shapely.geometry.base import BaseGeometry

from geo import __version__
from geo.features import MapFeature
from geo.render.notices import ATTRIBUTION, DISCLAIMER, LICENCES
from geo.styles import look_of, simplestyle

FORMAT = 1  # of the file; goes up when an older Marchland could not read it any more
DECIMALS = 7


def to_geojson(features: Sequence[MapFeature]) -> str:
    """Write features as one GeoJSON FeatureCollection, one feature a line, in the order given."""
    items = [_feature(feature) for feature in features]
    bounds = bbox_of([feature["geometry"] for feature in items])
    head: dict[str, Any] = {"type": "FeatureCollection"}
    if bounds:
        head["bbox"] = bounds
    head["marchland"] = {
        "format": FORMAT,
        "app_version": __version__,
        "disclaimer": DISCLAIMER,
        "attribution": ATTRIBUTION,
        "licences": LICENCES,
    }
    opening = ",\n".join(f"{_json(key)}: {_json(value)}" for key, value in head.items())
    lines = ",\n".join(_json(item) for item in items)
    return f'{{\n{opening},\n"features": [\n{lines}\n]\n}}\n' if items else f'{{\n{opening},\n"features": []\n}}\n'


def geometry_of(geometry: BaseGeometry) -> dict[str, Any] | None:
    """Return a geometry as a GeoJSON object, cut at the antimeridian, shells counter-clockwise; None where empty."""
    tidy = _tidy(geometry)
    return None if tidy.is_empty else _object(tidy)


def bbox_of(geometries: Iterable[Mapping[str, Any] | None]) -> list[float] | None:
    """Return west, south, east, north of GeoJSON geometries; west is greater than east where they cross 180°."""
    boxes = [bounds for geometry in geometries if geometry for bounds in _part_bounds(geometry)]
    if not boxes:
        return None
    south, north = min(b[1] for b in boxes), max(b[3] for b in boxes)
    west, east = min(b[0] for b in boxes), max(b[2] for b in boxes)
    if west == -180 and east == 180:  # something was cut there: look for the widest stretch that holds nothing
        west, east = _arc(sorted((b[0], b[2]) for b in boxes))
    return [west, south, east, north]


def _feature(feature: MapFeature) -> dict[str, Any]:
    geometry = geometry_of(feature.geometry)
    look = simplestyle(look_of(feature), point=geometry is None or geometry["type"] in ("Point", "MultiPoint"))
    properties: dict[str, Any] = {"title": feature.title, "style": feature.style}
    properties |= {key: value for key, value in feature.properties.items() if key not in properties}
    properties.setdefault("app_version", __version__)
    properties |= {key: value for key, value in look.items() if key not in properties}
    return {"type": "Feature", "id": feature.id, "geometry": geometry, "properties": properties}


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode()  # half a surrogate pair is no text


# --- geometry


def _tidy(geometry: BaseGeometry) -> BaseGeometry:
    if geometry.geom_type == "GeometryCollection":
        parts = (_tidy(part) for part in shapely.get_parts(geometry))
        return GeometryCollection([part for part in parts if not part.is_empty])
    tidy = _rounded(_cut(_valid(shapely.force_2d(geometry))))
    if not tidy.is_valid:  # rounding made a ring touch itself
        tidy = _rounded(_areas(shapely.set_precision(_valid(tidy), 10.0**-DECIMALS)))
    return shapely.orient_polygons(tidy)


def _valid(geometry: BaseGeometry) -> BaseGeometry:
    return geometry if geometry.is_valid else _areas(shapely.make_valid(geometry))


def _rounded(geometry: BaseGeometry) -> BaseGeometry:
    # Adding zero turns -0.0 into 0.0.
    return shapely.transform(geometry, lambda positions: np.round(positions, DECIMALS) + 0.0)


def _areas(mended: BaseGeometry) -> BaseGeometry:
    """Keep of a mended polygon only its areas; only polygons can be invalid."""
    if mended.geom_type in ("Polygon", "MultiPolygon"):
        return mended
    return shapely.union_all([part for part in shapely.get_parts(mended) if shapely.get_dimensions(part) == 2])


def _cut(geometry: BaseGeometry) -> BaseGeometry:
    """Cut what reaches over 180° (longitudes beyond it) into parts on both sides."""
    if geometry.is_empty:
        return geometry
    west, _, east, _ = geometry.bounds
    if west >= -180 and east <= 180:
        return geometry
    dimension = shapely.get_dimensions(geometry)
    parts: list[BaseGeometry] = []
    for turn in range(int(np.floor((west + 180) / 360)), int(np.ceil((east - 180) / 360)) + 1):
        sheet = box(-180 + 360 * turn, -90, 180 + 360 * turn, 90)
        for part in shapely.get_parts(shapely.intersection(geometry, sheet)):
            if shapely.get_dimensions(part) == dimension:  # a polygon that only touches the cut leaves a line there
                parts.append(translate(part, xoff=-360.0 * turn))
    return shapely.union_all(parts)


def _object(geometry: BaseGeometry) -> dict[str, Any]:
    match geometry.geom_type:
        case "GeometryCollection":
            return {"type": "GeometryCollection", "geometries": [_object(part) for part in shapely.get_parts(geometry)]}
        case "LinearRing":
            return {"type": "LineString", "coordinates": _positions(geometry)}
        case "Point" | "LineString":
            positions = _positions(geometry)
            return {
                "type": geometry.geom_type,
                "coordinates": positions[0] if geometry.geom_type == "Point" else positions,
            }
        case "Polygon":
            return {"type": "Polygon", "coordinates": _rings(geometry)}
        case "MultiPolygon":
            return {"type": "MultiPolygon", "coordinates": [_rings(part) for part in shapely.get_parts(geometry)]}
        case "MultiPoint":
            return {"type": "MultiPoint", "coordinates": _positions(geometry)}
        case _:
            return {
                "type": "MultiLineString",
                "coordinates": [_positions(part) for part in shapely.get_parts(geometry)],
            }


def _rings(polygon: BaseGeometry) -> list[list[list[float]]]:
    return [_positions(ring) for ring in shapely.get_rings(polygon)]


def _positions(geometry: BaseGeometry) -> list[list[float]]:
    positions: list[list[float]] = shapely.get_coordinates(geometry).tolist()
    return positions


# --- bounding box


def _part_bounds(geometry: Mapping[str, Any]) -> Iterable[tuple[float, float, float, float]]:
    match geometry["type"]:
        case "GeometryCollection":
            for part in geometry["geometries"]:
                yield from _part_bounds(part)
            return
        case "Point":
            rings = [[geometry["coordinates"]]]
        case "LineString":
            rings = [geometry["coordinates"]]
        case "MultiPoint":
            rings = [[position] for position in geometry["coordinates"]]
        case "Polygon":
            rings = [geometry["coordinates"][0]]
        case "MultiPolygon":
            rings = [polygon[0] for polygon in geometry["coordinates"]]
        case _:
            rings = geometry["coordinates"]
    for ring in rings:
        lons, lats = [p[0] for p in ring], [p[1] for p in ring]
        yield min(lons), min(lats), max(lons), max(lats)


def _arc(spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return west and east around sorted spans of longitude, leaving out their widest gap."""
    widest, west, east = 0.0, -180.0, 180.0
    reach = spans[0][1]
    for begin, end in spans[1:]:
        if begin - reach > widest:
            widest, west, east = begin - reach, begin, reach
        reach = max(reach, end)
    return west, east
