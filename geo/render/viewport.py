"""Where a map has to look so that some shapes fill it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from shapely import total_bounds
from shapely.geometry.base import BaseGeometry

TILE_PX = 256.0
WIDEST_ZOOM, CLOSEST_ZOOM = 2, 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewport:
    """A centre in WGS 84 degrees, a Web Mercator zoom level, and what has to be in sight (west, south, east, north)."""

    lat: float
    lon: float
    zoom: int
    bounds: tuple[float, float, float, float] | None = None


def viewport_of(
    geometries: Iterable[BaseGeometry], *, width_px: float, height_px: float, fill: float = 0.85
) -> Viewport:
    """Return the closest whole zoom at which all shapes are inside; the whole world where there is none."""
    shapes = [geometry for geometry in geometries if not geometry.is_empty]
    if not shapes:
        return Viewport(lat=20.0, lon=10.0, zoom=WIDEST_ZOOM)
    west, south, east, north = total_bounds(shapes).tolist()
    top, bottom = _mercator(north), _mercator(south)
    across, down = max(east - west, 1e-6) / 360, max(bottom - top, 1e-9)
    zoom = math.floor(math.log2(min(width_px * fill / across, height_px * fill / down) / TILE_PX))
    return Viewport(
        lat=_latitude((top + bottom) / 2),
        lon=(west + east) / 2,
        zoom=min(max(zoom, WIDEST_ZOOM), CLOSEST_ZOOM),
        bounds=(west, south, east, north),
    )


def _mercator(lat: float) -> float:
    """Return the distance from the top of the Web Mercator world, in worlds."""
    sine = math.sin(math.radians(min(max(lat, -85.0), 85.0)))
    return 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def _latitude(y: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))
