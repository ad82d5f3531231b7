"""Readings of articles, made when somebody looks at them, and what they put on the map, mostly without a reading.

Both are shared by all sessions of the server: they are values, and depend on nothing but the article, its options, the
corrections and the data.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from logging import getLogger
from threading import Lock
from typing import Generic, TypeVar, overload

from shapely.geometry.base import BaseGeometry

from geo.article import Article, Span
from geo.article_map import ArticleMap, Gathered, map_of
from geo.features import MapFeature
from geo.options import Options
from geo.reading import Reading, corrections_in, read_article, reread
from geo.stores.article_maps import ArticleMaps, program_version
from geo.stores.geojson_files import features_from_geojson
from geo.ui.cache import borders, gazetteer, tagger

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """The values that were asked for last; one that is not there is made once, while others wait for it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._values: OrderedDict[str, Value] = OrderedDict()
        self._lock = Lock()
        self._making: dict[str, Lock] = {}  # a long article keeps nobody from another one

    def find(self, key: str) -> Value | None:
        """Return a value, None where it is not there."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def keep(self, key: str, value: Value) -> None:
        """Keep a value, and let go of those that nobody asked for longest."""
        with self._lock:
            self._values[key] = value
            while len(self._values) > self.most:
                self._values.popitem(last=False)

    def clear(self) -> None:
        """Let go of all of them."""
        with self._lock:
            self._values.clear()

    def get(self, key: str, make: Callable[[], Value]) -> Value:
        """Return a value, made where it is not there."""
        if (found := self.find(key)) is not None:
            return found
        with self._lock:
            making = self._making.setdefault(key, Lock())
        with making:
            if (found := self.find(key)) is None:
                found = make()
                self.keep(key, found)
        with self._lock:
            self._making.pop(key, None)
        return found


_readings: Kept[Reading] = Kept(most=40)
_corrected: Kept[Reading] = Kept(most=20)
_maps: Kept[ArticleMap] = Kept(most=1_000)
_gathered: Kept[Gathered] = Kept(most=20)
_imports: Kept[tuple[MapFeature, ...]] = Kept(most=20)
_touched: dict[int, tuple[BaseGeometry, tuple[str, ...]]] = {}
_MOST_TOUCHED = 100_000


def forget() -> None:
    """Let go of everything in memory; what is on the disk stays."""
    for kept in (_readings, _corrected, _maps, _gathered, _imports):
        kept.clear()
    _touched.clear()


@dataclass(frozen=True, kw_only=True)
class Source:
    """An article and everything that its reading depends on."""

    article: Article
    options: Options = field(default_factory=Options)
    own: Mapping[Span, str] = field(default_factory=dict)  # the analyst's choices in it
    carried: Mapping[str, str] = field(default_factory=dict)  # and those in earlier articles, by name

    @cached_property
    def key(self) -> str:
        """Name the reading: the same key, the same reading."""
        corrections = [sorted((s.start, s.end, i) for s, i in self.own.items()), sorted(self.carried.items())]
        return self._key(json.dumps(corrections))

    @cached_property
    def bare_key(self) -> str:
        """Name the reading without corrections."""
        return self._key("")

    def _key(self, corrections: str) -> str:
        data = (program_version(), gazetteer().version, borders().dataset, tagger().version)
        told = json.dumps([*data, repr(self.options), repr(self.article), corrections])
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def reading_of(source: Source) -> Reading:
    """Return the reading of an article with its corrections."""
    bare = _readings.get(source.bare_key, lambda: _read(source))
    mentions = [resolution.mention for resolution in bare.resolutions]
    corrections = corrections_in(mentions, source.own, source.carried)
    if not corrections:
        return bare
    return _corrected.get(source.key, lambda: reread(bare, corrections, gazetteer=gazetteer(), borders=borders()))


def _read(source: Source) -> Reading:
    return read_article(
        source.article, gazetteer=gazetteer(), borders=borders(), tagger=tagger(), options=source.options
    )


def article_maps(sources: Sequence[Source]) -> tuple[ArticleMap, ...]:
    """Return what articles put on the map: from memory, from the disk, or from a reading.

    An article that cannot be read puts nothing there; the log of the program says why.
    """
    found = {source.key: one for source in sources if (one := _maps.find(source.key)) is not None}
    kept = ArticleMaps()
    missing = [source.key for source in sources if source.key not in found]
    for key, one in (kept.get(missing) if missing else {}).items():
        found[key] = one
        _maps.keep(key, one)
    for source in sources:
        if source.key not in found:
            found[source.key] = _maps.get(source.key, lambda source=source: _map_of(source, kept))  # type: ignore[misc]
    return tuple(found[source.key] for source in sources)


def gathered(sources: Sequence[Source], imported: tuple[MapFeature, ...]) -> Gathered:
    """Return what articles and imported features put on one map; the same one for all who look at them."""
    key = " ".join([*(source.key for source in sources), *(str(id(feature)) for feature in imported)])
    return _gathered.get(key, lambda: Gathered(maps=article_maps(sources), imported=imported))


def _map_of(source: Source, kept: ArticleMaps) -> ArticleMap:
    try:
        made = map_of(reading_of(source), gazetteer=gazetteer(), borders=borders())
    except Exception:
        getLogger(__name__).exception("the article %s cannot be read", source.article.id)
        return ArticleMap(article_id=source.article.id)
    kept.put(source.key, made)
    return made


def imported_features(geojson: str) -> tuple[MapFeature, ...]:
    """Return the features of an imported map."""
    key = hashlib.sha256(geojson.encode("utf-8", "surrogatepass")).hexdigest()
    return _imports.get(key, lambda: features_from_geojson(geojson))


def disputes_touched(shapes: Iterable[BaseGeometry]) -> set[str]:
    """Return the ids of the disputes that shapes meet; asked once for each shape, which is known by its identity."""
    if len(_touched) > _MOST_TOUCHED:
        _touched.clear()
    met = set[tuple[str, ...]]()
    for shape in shapes:
        if (found := _touched.get(id(shape))) is None:
            # the shape is held, so that its id is not used again
            found = _touched[id(shape)] = (shape, tuple(one.id for one in borders().disputes_touched(shape)))
        met.add(found[1])
    return {one for some in met for one in some}


class Readings(Sequence[Reading]):
    """The readings of a project, each made when it is looked at."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = tuple(sources)

    def __len__(self) -> int:
        return len(self.sources)

    @overload
    def __getitem__(self, index: int) -> Reading: ...
    @overload
    def __getitem__(self, index: slice) -> "Readings": ...
    def __getitem__(self, index: int | slice) -> "Reading | Readings":
        """Return the reading of one article, or those of several, not yet made."""
        if isinstance(index, slice):
            return Readings(self.sources[index])
        return reading_of(self.sources[index])

    def of(self, article_id: str) -> Reading | None:
        """Return the reading of an article without making any other."""
        return next((reading_of(source) for source in self.sources if source.article.id == article_id), None)
