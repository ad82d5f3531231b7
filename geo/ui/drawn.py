"""A map on the desk: what is stored of it, and what is drawn from that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from geo import __version__
from geo.article import Article
from geo.article_map import ArticleMap, Gathered, drawn
from geo.cross_checks import ReportedCheck
from geo.decided import merged_into
from geo.decisions import Add, AddArticle, AddImport, Draw, LogEntry, holding
from geo.features import MapFeature
from geo.options import Options
from geo.project import Project
from geo.refit import Misfit, refit
from geo.reports import ReportedClaim
from geo.review import Doubt, needs_review
from geo.stores.project_file import News, StoredArticle, StoredImport
from geo.ui.cache import borders, gazetteer, tagger
from geo.ui.readings import Readings, Source, gathered, imported_features


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a project file holds, or would hold."""

    articles: Mapping[str, StoredArticle] = field(default_factory=dict)
    imports: Mapping[str, StoredImport] = field(default_factory=dict)
    log: tuple[LogEntry, ...] = ()

    def grown(self, news: News) -> "Contents":
        """Return the contents with what was added to them."""
        return Contents(
            articles={**self.articles, **{one.article.id: one for one in news.articles}},
            imports={**self.imports, **{one.id: one for one in news.imports}},
            log=(*self.log, *news.entries),
        )

    @property
    def news(self) -> News:
        """All of it, for a new file."""
        return News(entries=self.log, articles=tuple(self.articles.values()), imports=tuple(self.imports.values()))

    def upto(self, number: int) -> "Contents":
        """Return the contents as they were at a position of the log."""
        return replace(self, log=self.log[:number])


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Contents, and what they look like with the program and data of today."""

    contents: Contents
    project: Project
    gathered: Gathered
    features: tuple[MapFeature, ...]
    misfits: tuple[Misfit, ...] = ()  # decisions that fit nothing any more

    @property
    def maps(self) -> tuple[ArticleMap, ...]:
        """What each article puts on the map."""
        return self.gathered.maps

    @property
    def claims(self) -> Sequence[ReportedClaim]:
        """The claims of all articles, drawn or not."""
        return self.gathered.compared.claims

    @cached_property
    def by_root(self) -> Mapping[str, MapFeature]:
        """The features by their id, of a zone its best part."""
        return {feature.root: feature for feature in self.features}

    @cached_property
    def into(self) -> Mapping[str, str]:
        """What is part of another feature: id to the id of the feature that has its source, too."""
        return merged_into(self.gathered.compared, self.project)

    @property
    def against(self) -> Mapping[str, tuple[ReportedClaim, ...]]:
        """What other articles say against a claim, drawn or not, by its id."""
        return self.gathered.compared.against

    @cached_property
    def review(self) -> tuple[Doubt, ...]:
        """What a person should look at, most doubtful first."""
        doubts = [doubt for one in self.maps for doubt in one.doubts]
        return needs_review(doubts, self.project, self.into)

    @cached_property
    def checks(self) -> tuple[ReportedCheck, ...]:
        """The checks of all articles and those between them, of claims that are not removed, contradictions first."""
        found = [*(check for one in self.maps for check in one.checks), *self.gathered.compared.checks]
        left = [check for check in found if self.project.removed.isdisjoint(check.claim_ids)]
        return tuple(sorted(left, key=lambda check: ("contradicts", "doubtful", "agrees").index(check.verdict)))

    @property
    def sources(self) -> tuple[Source, ...]:
        """The articles on the map, in the order they were added, with the options they are read with."""
        readings = self.project.readings
        return readings.sources if isinstance(readings, Readings) else ()

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles on the map, in the order they were added."""
        return tuple(source.article for source in self.sources)


def draw(contents: Contents) -> Drawn:
    """Read what must be read, apply the decisions, and return what the map shows."""
    plain = Project(log=contents.log)
    held = [entry.step for entry in holding(contents.log)]
    ids = dict.fromkeys(step.article_id for step in held if isinstance(step, AddArticle))
    versions = tuple(versions_now().values())
    sources = [_source(contents.articles[i], plain, versions) for i in ids if i in contents.articles]
    imports = [contents.imports.get(step.import_id) for step in held if isinstance(step, AddImport)]
    imported = tuple(feature for one in imports if one is not None for feature in imported_features(one.geojson))
    found = gathered(sources, imported)
    log, misfits = refit(contents.log, found, _own_ids(contents.log))
    project = Project(readings=Readings(sources), imported=imported, log=log)
    return Drawn(contents=contents, project=project, gathered=found, features=drawn(found, project), misfits=misfits)


def versions_now() -> dict[str, str]:
    """Return the versions of program and data that articles are read with now."""
    return {
        "marchland": __version__,
        "gazetteer": gazetteer().version,
        "borders": borders().dataset,
        "tagger": tagger().version,
    }


def _source(stored: StoredArticle, project: Project, versions: tuple[str, ...]) -> Source:
    view = project.world_view
    options = replace(stored.options, world_view=view) if view is not None else stored.options
    plain = _plain_source(stored.article, options, versions)
    own, carried = project.corrections(stored.article.id), project.carried(stored.article.id)
    return replace(plain, own=own, carried=carried) if own or carried else plain


@lru_cache(maxsize=2_000)
def _plain_source(article: Article, options: Options, versions: tuple[str, ...]) -> Source:
    """Return an article without corrections; for the same versions the same one, which knows its key already."""
    return Source(article=article, options=options)


def _own_ids(log: tuple[LogEntry, ...]) -> set[str]:
    """Return the ids of everything that was ever added or drawn by hand."""
    added = {entry.step.place.id for entry in log if isinstance(entry.step, Add)}
    return added | {entry.step.drawing.id for entry in log if isinstance(entry.step, Draw)}
