"""Marchland: news reports into a conflict map that can be defended.

    import geo
    reading = geo.read_article("Shells fell on Jermuk, Armenia, on Tuesday.")
    reading.to_geodataframe()

The public names are listed here one by one. They are imported when they are first used, so that `import geo` is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.article import Article as Article
    from geo.article import Span as Span
    from geo.borders import WorldView as WorldView
    from geo.errors import ArticleError as ArticleError
    from geo.errors import GeoError as GeoError
    from geo.errors import ImportFileError as ImportFileError
    from geo.front_door import find_places as find_places
    from geo.front_door import read_article as read_article
    from geo.geodesy import LonLat as LonLat
    from geo.layers import MapFeature as MapFeature
    from geo.layers import layers_of as layers_of
    from geo.options import Options as Options
    from geo.places import Place as Place
    from geo.project import Project as Project
    from geo.reading import Reading as Reading
    from geo.render.geojson import to_geojson as to_geojson
    from geo.stores.articles import read_article_file as read_article_file
    from geo.stores.geojson_files import features_from_geojson as features_from_geojson

__version__ = "0.1.0"

_HOME = {
    "Article": "geo.article",
    "ArticleError": "geo.errors",
    "GeoError": "geo.errors",
    "ImportFileError": "geo.errors",
    "LonLat": "geo.geodesy",
    "MapFeature": "geo.layers",
    "Options": "geo.options",
    "Place": "geo.places",
    "Project": "geo.project",
    "Reading": "geo.reading",
    "Span": "geo.article",
    "WorldView": "geo.borders",
    "features_from_geojson": "geo.stores.geojson_files",
    "find_places": "geo.front_door",
    "layers_of": "geo.layers",
    "read_article": "geo.front_door",
    "read_article_file": "geo.stores.articles",
    "to_geojson": "geo.render.geojson",
}

__all__ = [
    "Article",
    "ArticleError",
    "GeoError",
    "ImportFileError",
    "LonLat",
    "MapFeature",
    "Options",
    "Place",
    "Project",
    "Reading",
    "Span",
    "WorldView",
    "__version__",
    "features_from_geojson",
    "find_places",
    "layers_of",
    "read_article",
    "read_article_file",
    "to_geojson",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'geo' has no attribute {name!r}")
    found = getattr(import_module(_HOME[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
