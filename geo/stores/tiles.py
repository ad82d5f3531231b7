"""Base maps from files: the online providers, and what a map in a single page carries inside."""

import gzip
import json
import tomllib
from functools import cache

from geo.basemaps import PageAssets, Provider
from geo.errors import GeoError
from geo.stores.files import data_file

_SCRIPTS = (
    "static/leaflet/leaflet.js",
    "static/geographiclib/geographiclib-geodesic.min.js",
    "static/supercluster/supercluster.min.js",
    "static/mgrs/mgrs.min.js",
    "static/looks.js",
    "static/labels.js",
    "static/outline.js",
    "static/tools.js",
    "static/clusters.js",
    "static/marchland.js",
)
_STYLES = ("static/leaflet/leaflet.css", "static/marchland.css")


@cache
def providers() -> tuple[Provider, ...]:
    """Return the online base maps of tiles/providers.toml, in its order; none is asked for before it is chosen."""
    import xyzservices

    rows = tomllib.loads(data_file("tiles/providers.toml").read_text(encoding="utf-8"))["provider"]
    found = []
    for row in rows:
        try:
            tiles = xyzservices.providers.flatten()[row["xyz"]]
        except KeyError:
            raise GeoError(f"tiles/providers.toml: {row['id']}: xyzservices has no {row.get('xyz')!r}") from None
        found.append(
            Provider(
                id=row["id"],
                name=row["name"],
                url=tiles.build_url(fill_subdomain=False, scale_factor=""),
                attribution=tiles.attribution,
                max_zoom=int(tiles.get("max_zoom", 18)),
                subdomains=str(tiles.get("subdomains", "abc")),
                hosts=tuple(row["hosts"]),
            )
        )
    return tuple(found)


@cache
def page_assets() -> PageAssets:
    """Return the scripts, style sheets and outline for `geo.render.html.standalone_html`."""
    with gzip.open(data_file("tiles/outline.json.gz"), "rt", encoding="utf-8") as file:
        outline = json.load(file)
    return PageAssets(
        scripts=tuple(data_file(name).read_text(encoding="utf-8") for name in _SCRIPTS),
        styles=tuple(data_file(name).read_text(encoding="utf-8") for name in _STYLES),
        outline=outline,
    )
