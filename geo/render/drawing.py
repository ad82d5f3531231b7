"""What static/marchland.js is told: how the map is set up, and what is drawn on it. No map library, no HTML."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.basemaps import Provider
from geo.cards import card_of
from geo.features import MapFeature
from geo.render.notices import ATTRIBUTION, DISCLAIMER
from geo.render.viewport import Viewport
from geo.styles import NO_SIDE, STATUS_TEXTURES, STYLES, Look, look_of

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees; west > east over the antimeridian
WORLD: Bounds = (-170.0, -56.0, 190.0, 75.0)
MANY = 400  # features; then outlines are drawn with fewer vertices
_LIGHT = 100  # vertices that are always drawn
FINENESS = 2000  # a heavy outline keeps what is larger than this part of its width
_NARROW = 100  # what others read keeps what is larger than this part of a shape's mean width …
_FINER = 20_000  # … and of its extent
_GRID = 1e-5  # degrees: about a metre, finer than any claim


def map_config(
    *, bounds: Bounds, provider: str = "offline", online: Iterable[Provider] = (), theme: str = "light"
) -> dict[str, Any]:
    """Return what sets a map up: where it opens, base maps, notes."""
    return {
        "bounds": list(bounds),
        "provider": provider,
        "online": [asdict(p) for p in online],
        "theme": theme,
        "neutral": {"stroke": NO_SIDE.on_light, "strokeDark": NO_SIDE.on_dark, "fill": NO_SIDE.fill},
        "styles": {style: {"layer": rule.layer} for style, rule in STYLES.items()},
        "note": DISCLAIMER,
        "attribution": ATTRIBUTION,
    }


def features_json(
    features: Sequence[MapFeature], *, interactive: bool = True, focus: str | None = None, view: Viewport | None = None
) -> dict[str, Any]:
    """Return what draws features: geometry, style, title and card of each, in the order given, the first lowest.

    Of many features the geometries are numbers in the list `shapes`, which holds each once and light.
    """
    looks: dict[Look, int] = {}
    shapes = _Shapes(light=len(features) > MANY)
    drawn = [
        {"type": "Feature", "id": f.id, "geometry": part, "properties": _properties(f, looks)}
        for f in features
        for part in shapes.of(f.geometry)
    ]
    return {
        "features": drawn,
        "shapes": shapes.all,
        "looks": [*map(look_json, looks)],
        "interactive": interactive,
        "focus": focus,
        "view": view_json(view),
    }


class _Shapes:
    """The geometries of a drawing; those of a heavy one are kept once, by their identity."""

    def __init__(self, *, light: bool) -> None:
        self.light = light
        self.all: list[dict[str, Any]] = []
        self._numbers: dict[int, range] = {}

    def of(self, geometry: BaseGeometry) -> Sequence[dict[str, Any] | int]:
        """Return the parts of a geometry, or their numbers."""
        if not self.light:
            return geometries_json(geometry)
        if id(geometry) not in self._numbers:
            first = len(self.all)
            self.all += geometries_json(lighter(geometry))
            self._numbers[id(geometry)] = range(first, len(self.all))
        return self._numbers[id(geometry)]


def view_json(view: Viewport | None) -> list[float] | None:
    """Return the view that a page asks for: latitude, longitude, zoom, and the bounds of what has to be in sight."""
    return [view.lat, view.lon, view.zoom, *(view.bounds or ())] if view is not None else None


def look_json(look: Look) -> dict[str, Any]:
    """Return what paints a look and explains it in the legend."""
    rule = STYLES[look.style]
    return {
        "style": look.style,
        "label": rule.label,
        "layer": rule.layer,
        "side": look.side,
        "status": look.status and STATUS_TEXTURES[look.status][1],
        "stroke": look.ink.on_light,
        "strokeDark": look.ink.on_dark,
        "fill": look.ink.fill,
        "width": look.stroke_width,
        "opacity": look.stroke_opacity,
        "fillOpacity": look.fill_opacity,
        "dash": look.dash,
        "texture": look.texture,
        "gap": look.gap,
    }


def _properties(feature: MapFeature, looks: dict[Look, int]) -> dict[str, Any]:
    card = card_of(feature)
    shown = {
        "title": card.title,
        "rows": [list(row) for row in card.rows],
        "quote": card.quote,
        "warning": card.warning,
    }
    look = looks.setdefault(look_of(feature), len(looks))
    named = {"at": inside(feature.geometry)} if look_of(feature).side and feature.geometry.area else {}
    return {"style": feature.style, "look": look, "title": feature.title, "card": shown, **named}


def inside(geometry: BaseGeometry) -> list[float]:
    """Return where the name of a side stands: a position in the largest part of a shape, longitude first."""
    at = shapely.point_on_surface(max(shapely.get_parts(geometry), key=lambda part: part.area))
    return [round(at.x, 4), round(at.y, 4)]


def geometries_json(geometry: BaseGeometry) -> list[dict[str, Any]]:
    """Return the GeoJSON of a geometry, or of the parts of a collection, to about a metre; nothing for an empty one."""
    return [shapely.geometry.mapping(part) for part in parts_to_draw(geometry)]


def parts_to_draw(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Return a geometry, or the parts of a collection, to about a metre; nothing for an empty one."""
    if geometry.is_empty:
        return []
    rounded = shapely.set_precision(geometry, _GRID, mode="pointwise")
    return list(rounded.geoms) if rounded.geom_type == "GeometryCollection" else [rounded]


def lighter(geometry: BaseGeometry, *, fineness: int = FINENESS) -> BaseGeometry:
    """Leave out vertices that do not show at the scale of the whole outline, WGS 84 degrees."""
    if shapely.get_num_coordinates(geometry) <= _LIGHT:
        return geometry
    west, south, east, north = geometry.bounds
    tolerance = max(east - west, north - south) / fineness
    if geometry.area:  # a long strip stays one, however thin
        tolerance = min(tolerance, geometry.area / geometry.length / 2)
    return shapely.simplify(geometry, tolerance, preserve_topology=False)


def thinned(geometry: BaseGeometry) -> BaseGeometry:
    """Leave out vertices that change an area by less than a hundredth of its width, WGS 84; never to measure.

    A strip along a whole border has thousands of them for a depth of many kilometres.
    """
    if shapely.get_num_coordinates(geometry) <= _LIGHT or not geometry.area:
        return geometry
    west, south, east, north = geometry.bounds
    tolerance = min(max(east - west, north - south) / _FINER, 2 * geometry.area / geometry.length / _NARROW)
    thin = shapely.simplify(geometry, tolerance, preserve_topology=False)
    thin = thin if thin.is_valid else shapely.make_valid(thin, method="structure", keep_collapsed=False)
    return thin if thin.area else geometry
