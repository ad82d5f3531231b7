"""What one article puts on the map, without the reading that it came from: small enough to keep for every article."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.borders import Borders
from geo.cross_checks import ReportedCheck, checks_in
from geo.decided import decided
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


def drawn(maps: Sequence[ArticleMap], project: Project) -> tuple[MapFeature, ...]:
    """Return what to draw of several articles once the decisions of a project are applied, lowest first."""
    features = [feature for one in maps for feature in one.features]
    return in_order(decided(coloured([*features, *project.imported]), _claims(maps), project))


def _claims(maps: Sequence[ArticleMap]) -> list[ReportedClaim]:
    return [claim for one in maps for claim in one.claims]
