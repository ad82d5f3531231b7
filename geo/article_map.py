"""What one article puts on the map, without the reading that it came from: small enough to keep for every article."""

from dataclasses import dataclass
from functools import cached_property

from geo.borders import Borders
from geo.cross_checks import ReportedCheck, checks_in
from geo.decided import Compared, decided
from geo.features import MapFeature
from geo.layers import coloured, features_of, in_order
from geo.places import Gazetteer
from geo.project import Project
from geo.reading import Reading
from geo.reports import ReportedClaim, claims_of
from geo.review import Doubt, doubts_of


@dataclass(frozen=True, kw_only=True)
class ArticleMap:
    """Features, claims, doubts and checks of one article, before any decision."""

    article_id: str
    features: tuple[MapFeature, ...] = ()
    claims: tuple[ReportedClaim, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    checks: tuple[ReportedCheck, ...] = ()


def map_of(reading: Reading, *, gazetteer: Gazetteer, borders: Borders) -> ArticleMap:
    """Return what a reading puts on the map."""
    return ArticleMap(
        article_id=reading.article.id,
        features=tuple(features_of(reading, gazetteer, borders)),
        claims=claims_of(reading),
        doubts=doubts_of(reading),
        checks=checks_in(reading),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Gathered:
    """What articles and imported files put on one map before any decision; what follows from that is made once."""

    maps: tuple[ArticleMap, ...] = ()
    imported: tuple[MapFeature, ...] = ()

    @cached_property
    def features(self) -> tuple[MapFeature, ...]:
        """The features with the colours of their sides, lowest first."""
        return in_order(coloured([*(feature for one in self.maps for feature in one.features), *self.imported]))

    @cached_property
    def compared(self) -> Compared:
        """The claims of all articles, compared with each other."""
        return Compared(claims=tuple(claim for one in self.maps for claim in one.claims))

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of everything that a decision can be about, without the parts of zones."""
        named = (feature.root for feature in self.features)
        return frozenset([*named, *self.compared.by_id, *(doubt.id for one in self.maps for doubt in one.doubts)])


def drawn(gathered: Gathered, project: Project) -> tuple[MapFeature, ...]:
    """Return what to draw once the decisions of a project are applied, lowest first."""
    return in_order(decided(gathered.features, gathered.compared, project))
