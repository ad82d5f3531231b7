"""The Folium map: a base that never changes and feature groups that do.

All text of features travels as JSON (`as_script_json`) to static/marchland.js, which shows it as text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

from geo.basemaps import Provider
from geo.decisions import MAX_POINTS, MAX_RADIUS_M, Form
from geo.features import MapFeature
from geo.geodesy import LonLat
from geo.render.drawing import WORLD, Bounds, features_json, map_config, view_json
from geo.render.escape import as_script_json
from geo.render.viewport import Viewport

_SCRIPTS = (
    "geoman/leaflet-geoman.min.js",
    "geographiclib/geographiclib-geodesic.min.js",
    "supercluster/supercluster.min.js",
    "mgrs/mgrs.min.js",
    "protomaps/protomaps-leaflet.js",
    "basemap.js",
    "looks.js",
    "labels.js",
    "tools.js",
    "clusters.js",
    "marchland.js",
)


class _Base(JSCSSMixin, folium.MacroElement):
    """Set the map up once, with constants only."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "Marchland.setUp({{ this._parent.get_name() }}, {{ this.config }});"
        "{% endmacro %}"
    )

    def __init__(self, config: Mapping[str, Any], assets: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "MarchlandBase"
        self.config = as_script_json(config)
        self.default_js = [(path, f"{assets}/{path}") for path in _SCRIPTS]
        self.default_css = [(path, f"{assets}/{path}") for path in ("geoman/leaflet-geoman.css", "marchland.css")]


class _Features(folium.MacroElement):
    """Draw features into the group that holds this element, or pieces of them that the browser asks for."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "Marchland.{{ this.does }}"
        "({{ this._parent._parent.get_name() }}, {{ this._parent.get_name() }}, {{ this.data }});"
        "{% endmacro %}"
    )

    def __init__(self, does: str, data: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "MarchlandFeatures"
        self.does, self.data = does, as_script_json(data)


def base_map(
    *,
    bounds: Bounds = WORLD,
    provider: str = "offline",
    online: Iterable[Provider] = (),
    theme: str = "light",
    assets: str = "/app/static",
    tiles: str = "/tiles",
) -> folium.Map:
    """Return the map without features: base maps, scale, legend, layers, disclaimer, attribution.

    Its script depends on the arguments alone, so streamlit-folium keeps the map in place as long as these are the same;
    make a new one for each run, because streamlit-folium adds the groups to it. `bounds` is what it first shows.
    `assets` and `tiles` are the addresses of static/ and tiles/.
    """
    chart = folium.Map(tiles=None, font_size="13px")
    chart.options.update(min_zoom=2, max_zoom=14, pm_ignore=False)
    chart.default_js = [("leaflet", f"{assets}/leaflet/leaflet.js"), ("jquery", f"{assets}/jquery/jquery.min.js")]
    chart.default_css = [("leaflet_css", f"{assets}/leaflet/leaflet.css")]
    config = map_config(bounds=bounds, provider=provider, online=online, theme=theme)
    chart.add_child(_Base({**config, "tiles": f"{tiles}/world.pmtiles"}, assets))
    return chart


def feature_groups(
    features: Sequence[MapFeature], *, interactive: bool = True, focus: str | None = None, view: Viewport | None = None
) -> list[folium.FeatureGroup]:
    """Return the groups for st_folium's `feature_group_to_add`, in the order given, the first lowest.

    With `interactive=False` shapes let clicks through to the map and open no cards (for placing a point).
    `focus` is the id of a feature to go to and open; where `view`, that the page asks for, is another than before, the
    map makes room beside legend and tools for what it is about.
    """
    return [_group("draw", features_json(features, interactive=interactive, focus=focus, view=view))]


def piece_groups(
    names: Sequence[str], *, address: str = "/drawn/", view: Viewport | None = None
) -> list[folium.FeatureGroup]:
    """Return the group that draws pieces (geo/render/pieces.py); the browser gets those it lacks from `address`.

    `view` is as in `feature_groups`.
    """
    return [_group("drawPieces", {"pieces": names, "address": address, "view": view_json(view)})]


def _group(does: str, data: Mapping[str, Any]) -> folium.FeatureGroup:
    group = folium.FeatureGroup(name="Marchland", control=False)
    group.add_child(_Features(does, data))
    return group


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnShape:
    """What a user drew on the map; a polygon is not closed, a circle is its centre and radius in metres."""

    number: str  # another for every drawing: st_folium returns the last one until there is a next
    form: Form
    points: tuple[LonLat, ...]
    radius_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedPlace:
    """A place that a user dragged: its feature's id without the part of a zone, and where it is now."""

    number: str  # as in DrawnShape
    feature_id: str
    at: LonLat


def drawn_shape(returned: Mapping[str, Any] | None) -> DrawnShape | None:
    """Return what was drawn last, from st_folium's answer (`last_active_drawing`); None where that is something else.

    The map sends {"type": "Feature", "geometry": a GeoJSON Point, LineString or Polygon, "properties": {"drawn": true,
    "kind": "point" | "line" | "polygon" | "circle", "number": text, "radius_m": of a circle}}; the geometry of a circle
    is its centre. The answer comes as with a click: `last_object_clicked_count` goes up by one.
    """
    drawing = _drawing(returned, "drawn")
    form: Form | None = next((f for f in _SHAPES if drawing and drawing["properties"].get("kind") == f), None)
    if drawing is None or form is None:
        return None
    points, radius = _points(drawing.get("geometry"), form), drawing["properties"].get("radius_m")
    if points is None or (form == "circle" and not _is_radius(radius)):
        return None
    return DrawnShape(
        number=str(drawing["properties"].get("number")),
        form=form,
        points=points[:-1] if form == "polygon" else points,
        radius_m=float(radius) if form == "circle" else None,
    )


def moved_place(returned: Mapping[str, Any] | None) -> MovedPlace | None:
    """Return the place that was dragged last, from st_folium's answer; None where that is something else.

    The map sends the feature's id, a Point, and the properties {"moved": true, "number": text, "id", "style", "title"}.
    """
    moving = _drawing(returned, "moved")
    points = _points(moving.get("geometry"), "point") if moving else None
    if moving is None or points is None or not isinstance(moving.get("id"), str):
        return None
    return MovedPlace(number=str(moving["properties"].get("number")), feature_id=moving["id"], at=points[0])


def _drawing(returned: Mapping[str, Any] | None, what: str) -> Mapping[str, Any] | None:
    drawing = (returned or {}).get("last_active_drawing")
    properties = drawing.get("properties") if isinstance(drawing, Mapping) else None
    return drawing if isinstance(properties, Mapping) and properties.get(what) is True else None


_SHAPES: Mapping[Form, tuple[str, int]] = {
    "point": ("Point", 1),
    "circle": ("Point", 1),
    "line": ("LineString", 2),
    "polygon": ("Polygon", 4),
}


def _points(geometry: Any, form: Form) -> tuple[LonLat, ...] | None:
    """Return the positions of what a browser sent, None where they are not what the form needs."""
    wanted, least = _SHAPES[form]
    if not isinstance(geometry, Mapping) or geometry.get("type") != wanted:
        return None
    found: Any = geometry.get("coordinates")
    try:
        rows = [found] if wanted == "Point" else found[0] if wanted == "Polygon" else found
        points = tuple(_lonlat(float(lon), float(lat)) for lon, lat, *_ in rows[: MAX_POINTS + 1])
    except (TypeError, ValueError, IndexError, KeyError, OverflowError):
        return None
    return points if least <= len(points) <= MAX_POINTS else None


def _lonlat(lon: float, lat: float) -> LonLat:
    return LonLat(lon=lon - 360 * round(lon / 360), lat=lat)  # the map may have gone round the world


def _is_radius(value: Any) -> bool:
    return type(value) in (int, float) and 1 <= value <= MAX_RADIUS_M


def clicked_id(returned: Mapping[str, Any] | None) -> str | None:
    """Return the id of the feature that was clicked last, from st_folium's answer (`last_active_drawing`).

    None where something was drawn or moved since; see `drawn_shape` and `moved_place`.
    """
    drawing = (returned or {}).get("last_active_drawing")
    if not isinstance(drawing, Mapping) or _drawing(returned, "drawn") or _drawing(returned, "moved"):
        return None
    identity = drawing.get("id")
    return identity if isinstance(identity, str) else None
