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
    from geo.claims.model import DistanceClaim as DistanceClaim
    from geo.errors import ArticleError as ArticleError
    from geo.errors import GeoError as GeoError
    from geo.errors import ImportFileError as ImportFileError
    from geo.features import MapFeature as MapFeature
    from geo.front_door import features_of as features_of
    from geo.front_door import find_places as find_places
    from geo.front_door import read_article as read_article
    from geo.geodesy import LonLat as LonLat
    from geo.options import Options as Options
    from geo.places import Place as Place
    from geo.project import Add as Add
    from geo.project import AddedPlace as AddedPlace
    from geo.project import Project as Project
    from geo.reading import Reading as Reading
    from geo.render.geojson import to_geojson as to_geojson
    from geo.resolve import Resolution as Resolution
    from geo.stores.articles import read_article_file as read_article_file
    from geo.stores.geojson_files import features_from_geojson as features_from_geojson
    from geo.zones import Zone as Zone

__version__ = "0.1.0"

_HOME = {
    "Add": "geo.project",
    "AddedPlace": "geo.project",
    "Article": "geo.article",
    "ArticleError": "geo.errors",
    "DistanceClaim": "geo.claims.model",
    "GeoError": "geo.errors",
    "ImportFileError": "geo.errors",
    "LonLat": "geo.geodesy",
    "MapFeature": "geo.features",
    "Options": "geo.options",
    "Place": "geo.places",
    "Project": "geo.project",
    "Reading": "geo.reading",
    "Resolution": "geo.resolve",
    "Span": "geo.article",
    "WorldView": "geo.borders",
    "Zone": "geo.zones",
    "features_from_geojson": "geo.stores.geojson_files",
    "features_of": "geo.front_door",
    "find_places": "geo.front_door",
    "read_article": "geo.front_door",
    "read_article_file": "geo.stores.articles",
    "to_geojson": "geo.render.geojson",
}

__all__ = [
    "Add",
    "AddedPlace",
    "Article",
    "ArticleError",
    "DistanceClaim",
    "GeoError",
    "ImportFileError",
    "LonLat",
    "MapFeature",
    "Options",
    "Place",
    "Project",
    "Reading",
    "Resolution",
    "Span",
    "WorldView",
    "Zone",
    "__version__",
    "features_from_geojson",
    "features_of",
    "find_places",
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
