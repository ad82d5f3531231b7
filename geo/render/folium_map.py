"""The Folium map: a base that never changes and feature groups that do.

All text of features travels as JSON (`as_script_json`) to static/marchland.js, which shows it as text.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

from geo.basemaps import Provider
from geo.features import MapFeature
from geo.render.drawing import WORLD, Bounds, features_json, map_config
from geo.render.escape import as_script_json


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
