"""Which part of a map is shown, and where on it and in its articles some words stand."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from geo.article import Article
from geo.features import SOURCES_APART, MapFeature

Facet = Literal["status", "actor", "kind", "source"]
FACETS: tuple[Facet, ...] = ("status", "actor", "kind", "source")
_SEARCHED = ("quote", "claimant", "figure", "quantity", "note", "country", "reference", "source_title", "counts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What is to be shown; an empty choice means everything.

    What has no date passes any dates, and what has no confidence any confidence: it is listed, not hidden.
    """

    since: date | None = None
    until: date | None = None
    status: frozenset[str] = frozenset()
    actor: frozenset[str] = frozenset()
    kind: frozenset[str] = frozenset()
    source: frozenset[str] = frozenset()
    min_confidence: float = 0.0
    text: str = ""

    def chosen(self, facet: Facet) -> frozenset[str]:
        """Return the values that are chosen of a facet."""
        values: frozenset[str] = getattr(self, facet)
        return values

    def with_choice(self, facet: Facet, values: Iterable[str]) -> "Filter":
        """Return the filter with other values chosen of a facet."""
        return Filter(**{**{f: getattr(self, f) for f in self.__dataclass_fields__}, facet: frozenset(values)})

    @property
    def empty(self) -> bool:
        """Tell whether everything passes."""
        return self == Filter()


def apply(wanted: Filter, features: Sequence[MapFeature]) -> tuple[MapFeature, ...]:
    """Return the features that pass, in their order."""
    if wanted.empty:
        return tuple(features)
    tests = tuple(_tests(wanted))
    return tuple(feature for feature in features if all(test(feature) for test in tests))


def _tests(wanted: Filter) -> Iterator[Callable[[MapFeature], bool]]:
    since, until, words = wanted.since or date.min, wanted.until or date.max, _words(wanted.text)
    if wanted.since or wanted.until:
        yield lambda f: any(since <= day <= until for day in f.days) or not f.days
    for facet in FACETS:
        if chosen := wanted.chosen(facet):
            yield lambda f, facet=facet, chosen=chosen: not chosen.isdisjoint(values_of(f, facet))  # type: ignore[misc]
    if wanted.min_confidence > 0:
        yield lambda f: _confidence(f) >= wanted.min_confidence
    if words:
        yield lambda f: _holds(_searched(f), words)


def values_of(feature: MapFeature, facet: Facet) -> frozenset[str]:
    """Return what a feature is, of one facet."""
    known = feature.properties
    match facet:
        case "status":
            values = [known.get("status")]
        case "actor":
            values = [known.get("claimant"), known.get("figure")]
        case "kind":
            values = ["claim" if known.get("feature") == "claim" else known.get("place_kind") or known.get("feature")]
        case "source":
            values = [*str(known.get("source_title") or "").split(SOURCES_APART)]
    return frozenset(str(value) for value in values if value)


def choices(features: Iterable[MapFeature], facet: Facet) -> Mapping[str, int]:
    """Return the values that occur of a facet, the most frequent first, each with its number."""
    roots = {feature.root: feature for feature in features}
    counted = Counter(value for feature in roots.values() for value in values_of(feature, facet))
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def span_of_days(features: Iterable[MapFeature]) -> tuple[date, date] | None:
    """Return the first and the last day on a map, None where nothing has a date."""
    days = {day for days in {feature.days for feature in features} for day in days}
    return (min(days), max(days)) if days else None


def undated(features: Iterable[MapFeature]) -> tuple[MapFeature, ...]:
    """Return what has no date, one feature for all parts of a zone."""
    return tuple({f.root: f for f in features if not f.days}.values())


def _confidence(feature: MapFeature) -> float:
    value = feature.properties.get("confidence")
    return float(value) if isinstance(value, int | float) else 1.0


# Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that was found: a place or claim on the map, a source, or a sentence."""

    kind: Literal["place", "claim", "source", "text"]
    title: str
    detail: str = ""
    feature_id: str | None = None  # without the part of a zone
    article_id: str | None = None
    sentence_no: int | None = None
    char_start: int | None = None  # of the sentence in its article


def find(text: str, *, features: Iterable[MapFeature], articles: Iterable[Article], limit: int = 20) -> tuple[Hit, ...]:
    """Find words in places, claims, sources and sentences, at most `limit` of each; all words must be there.

    Case and accents do not count. What has the words in its title comes before what has them elsewhere.
    """
    words, articles = _words(text), tuple(articles)
    if not words:
        return ()
    on_map = [f for f in {f.root: f for f in features}.values() if _holds(_searched(f), words)]
    on_map.sort(key=lambda f: not _holds(_folded(f.title), words))
    hits = [_feature_hit(feature) for feature in on_map]
    places, claims = [h for h in hits if h.kind == "place"], [h for h in hits if h.kind == "claim"]
    sources = [_source_hit(a) for a in articles if _holds(_folded(_source_words(a)), words)]
    sentences = [hit for article in articles for hit in _sentence_hits(article, words, limit)]
    return (*places[:limit], *claims[:limit], *sources[:limit], *sentences[:limit])


def _feature_hit(feature: MapFeature) -> Hit:
    known = feature.properties
    claim = known.get("feature") == "claim"
    details = ("claimant", "source_title") if claim else ("place_kind", "country")
    return Hit(
        kind="claim" if claim else "place",
        title=feature.title,
        detail=", ".join(str(known[key]) for key in details if known.get(key)),
        feature_id=feature.root,
    )


def _source_words(article: Article) -> str:
    return " ".join(filter(None, [article.title, article.publisher, article.url]))


def _source_hit(article: Article) -> Hit:
    return Hit(kind="source", title=article.title or article.id, detail=article.publisher or "", article_id=article.id)


def _sentence_hits(article: Article, words: Sequence[str], limit: int) -> Iterator[Hit]:
    if not _holds(_folded(article.text), words):
        return
    found = 0
    for sentence in article.sentences:
        line = " ".join(sentence.span.of(article.text).split())
        if _holds(_folded(line), words):
            yield Hit(
                kind="text",
                title=line,
                detail=article.title or "",
                article_id=article.id,
                sentence_no=sentence.number,
                char_start=sentence.span.start,
            )
            if (found := found + 1) >= limit:
                return


def _searched(feature: MapFeature) -> str:
    return _folded(" ".join([feature.title, *(str(feature.properties.get(key) or "") for key in _SEARCHED)]))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_folded(text).split()[:20])


def _holds(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
