"""The Folium map: a base that never changes and feature groups that do.

All text of features travels as JSON (`as_script_json`) to static/marchland.js, which shows it as text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import folium
import shapely
from folium.elements import JSCSSMixin
from folium.template import Template

from geo.basemaps import Provider
from geo.layers import STYLES, MapFeature, card_of
from geo.render.escape import as_script_json
from geo.render.notices import ATTRIBUTION, DISCLAIMER

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees; west > east over the antimeridian
WORLD: Bounds = (-170.0, -56.0, 190.0, 75.0)
_GRID = 1e-5  # degrees: about a metre, finer than any claim


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
        self.default_js = [
            (name, f"{assets}/{path}")
            for name, path in (
                ("protomaps", "protomaps/protomaps-leaflet.js"),
                ("basemap", "basemap.js"),
                ("marchland", "marchland.js"),
            )
        ]
        self.default_css = [("marchland_css", f"{assets}/marchland.css")]


class _Features(folium.MacroElement):
    """Draw features into the group that holds this element."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "Marchland.draw({{ this._parent._parent.get_name() }}, {{ this._parent.get_name() }}, {{ this.data }});"
        "{% endmacro %}"
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "MarchlandFeatures"
        self.data = as_script_json(data)


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
    chart.options.update(min_zoom=2, max_zoom=14)
    chart.default_js = [("leaflet", f"{assets}/leaflet/leaflet.js"), ("jquery", f"{assets}/jquery/jquery.min.js")]
    chart.default_css = [("leaflet_css", f"{assets}/leaflet/leaflet.css")]
    config = map_config(bounds=bounds, provider=provider, online=online, theme=theme)
    chart.add_child(_Base({**config, "tiles": f"{tiles}/world.pmtiles"}, assets))
    return chart


def map_config(
    *, bounds: Bounds, provider: str = "offline", online: Iterable[Provider] = (), theme: str = "light"
) -> dict[str, Any]:
    """Return what static/marchland.js needs to set a map up."""
    return {
        "bounds": list(bounds),
        "provider": provider,
        "online": [asdict(p) for p in online],
        "theme": theme,
        "styles": {style: asdict(rule) for style, rule in STYLES.items()},
        "note": DISCLAIMER,
        "attribution": ATTRIBUTION,
    }


def feature_groups(
    features: Sequence[MapFeature], *, interactive: bool = True, focus: str | None = None
) -> list[folium.FeatureGroup]:
    """Return the groups for st_folium's `feature_group_to_add`, in the order given, the first lowest.

    With `interactive=False` shapes let clicks through to the map and open no cards (for placing a point).
    `focus` is the id of a feature to go to and open.
    """
    group = folium.FeatureGroup(name="Marchland", control=False)
    group.add_child(_Features(features_json(features, interactive=interactive, focus=focus)))
    return [group]


def clicked_id(returned: Mapping[str, Any] | None) -> str | None:
    """Return the id of the feature that was clicked last, from st_folium's answer (`last_active_drawing`)."""
    drawing = (returned or {}).get("last_active_drawing")
    identity = drawing.get("id") if isinstance(drawing, Mapping) else None
    return identity if isinstance(identity, str) else None


def features_json(
    features: Sequence[MapFeature], *, interactive: bool = True, focus: str | None = None
) -> dict[str, Any]:
    """Return what static/marchland.js needs to draw features: geometry, style, title and card of each."""
    drawn = [
        {"type": "Feature", "id": f.id, "geometry": part, "properties": _properties(f)}
        for f in features
        for part in _geometries(f)
    ]
    return {"features": drawn, "interactive": interactive, "focus": focus}


def _properties(feature: MapFeature) -> dict[str, Any]:
    card = card_of(feature)
    shown = {
        "title": card.title,
        "rows": [list(row) for row in card.rows],
        "quote": card.quote,
        "warning": card.warning,
    }
    return {"style": feature.style, "title": feature.title, "card": shown}


def _geometries(feature: MapFeature) -> list[Any]:
    geometry = feature.geometry
    if geometry.is_empty:
        return []
    rounded = shapely.set_precision(geometry, _GRID, mode="pointwise")
    several = rounded.geoms if rounded.geom_type == "GeometryCollection" else [rounded]
    return [shapely.geometry.mapping(part) for part in several]
