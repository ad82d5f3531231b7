"""The installed data opened once, and the whole way of a reading in one call."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from geo.article import Article
from geo.options import Options
from geo.places import Gazetteer, NameMatch
from geo.reading import Reading
from geo.reading import read_article as _read

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.borders import Borders
    from geo.features import MapFeature
    from geo.mentions import Mention, Tagger
    from geo.project import Project


@cache
def installed_gazetteer() -> Gazetteer:
    """Open the gazetteer that was installed, once a process."""
    from geo.stores.gazetteer import open_gazetteer

    return open_gazetteer()


@cache
def installed_borders() -> "Borders":
    """Open the borders that were installed, once a process."""
    from geo.stores.borders import open_borders

    return open_borders()


@cache
def installed_tagger() -> "Tagger":
    """Open the tagger that was installed, once a process."""
    from geo.stores.tagger import open_tagger

    return open_tagger(installed_gazetteer())


def read_article(
    article: Article | str,
    *,
    title: str | None = None,
    url: str | None = None,
    published: date | None = None,
    options: Options | None = None,
    gazetteer: Gazetteer | None = None,
    borders: "Borders | None" = None,
    tagger: "Tagger | None" = None,
    mentions: "Sequence[Mention] | None" = None,
) -> Reading:
    """Read an article, or a text with what is known about it, with the installed data.

    `title`, `url` and `published` are for a text; an Article has its own. `gazetteer`, `borders` and `tagger` replace
    the installed ones. With `mentions` just these are resolved, and no others are looked for.
    Raises ArticleError where the text is empty or too long.
    """
    if isinstance(article, str):
        article = Article(text=article, title=title, url=url, published=published)
    return _read(
        article,
        gazetteer=gazetteer or installed_gazetteer(),
        borders=borders or installed_borders(),
        tagger=tagger or installed_tagger(),
        options=options,
        mentions=mentions,
    )


def find_places(name: str, *, limit: int = 10, gazetteer: Gazetteer | None = None) -> Sequence[NameMatch]:
    """Return the places that a name might mean, most prominent first; similar names where none fits exactly."""
    gazetteer = gazetteer or installed_gazetteer()
    return (gazetteer.named(name) or gazetteer.fuzzy(name, limit=limit))[:limit]


def features_of(project: "Project") -> "tuple[MapFeature, ...]":
    """Return what the map shows of a project, lowest first, with the installed data."""
    from geo.layers import layers_of

    return layers_of(project, gazetteer=installed_gazetteer(), borders=installed_borders())


def geodataframe_of(reading: Reading) -> "GeoDataFrame":
    """Return what the map shows of a reading as a GeoDataFrame."""
    from geo.render.geodataframe import to_geodataframe

    return to_geodataframe(_features_in(reading))


def geojson_of(reading: Reading) -> str:
    """Return what the map shows of a reading as GeoJSON."""
    from geo.render.geojson import to_geojson

    return to_geojson(_features_in(reading))


def _features_in(reading: Reading) -> "tuple[MapFeature, ...]":
    from geo.project import Project

    return features_of(Project(readings=(reading,)))
