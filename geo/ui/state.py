"""What one analyst has on the desk: maps with their decisions, what is selected and looked at.

Every change goes through the functions here: it is drawn, then saved, then shown, so that nothing is half done and what
is shown is saved. A seed that nobody decided anything about is not saved.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from logging import getLogger
from uuid import uuid4

import streamlit as st

from geo.article import Article, Span
from geo.borders import WorldView
from geo.decided import checked
from geo.decisions import AddArticle, AddImport, LogEntry, Rename, SeeAs, Snapshot
from geo.errors import GeoError
from geo.features import MapFeature, root_of
from geo.filters import Filter
from geo.filters import apply as filtered
from geo.geodesy import LonLat
from geo.places import Place
from geo.project import Add, AddedPlace, Choose, Decision, Draw, Drawing, Project
from geo.reading import Reading
from geo.render.viewport import Viewport, viewport_of
from geo.stores.project_file import News, StoredArticle, StoredImport
from geo.stores.projects import tidy
from geo.stores.records import MAX_WHO
from geo.stores.seeds import list_seeds, load_seed
from geo.ui import words
from geo.ui.cache import store
from geo.ui.drawn import Contents, Drawn, draw, versions_now
from geo.versions import Change, changes_between

FIRST_SEED = "armenia-2022-jermuk"
MAP_PX = (560, 520)  # about what the map has at 1280 × 800; decides the zoom of a first view
_MAIN_STYLES = ("strip", "strip-weak", "zone-core", "zone-fringe", "event-place", "disputed", "added", "area")


@dataclass
class Sheet:
    """One map on the desk."""

    name: str
    drawn: Drawn
    id: str | None = None  # of the project that it is saved as
    key: str = field(default_factory=lambda: uuid4().hex[:8])  # of its widgets, the same before and after it is saved
    signature: tuple[int, ...] = ()  # of the project's file when it was read last
    selected: str | None = None  # id of a feature, without the part of a zone
    mention: Span | None = None  # the mention whose candidates are shown
    clicked: LonLat | None = None
    view: Viewport = field(default_factory=lambda: Viewport(lat=20, lon=10, zoom=2))
    looks: int = 0  # how often the view was set: the map moves again even to where it was sent before
    goes: int = 0  # how often the map was sent to what is selected
    article_id: str | None = None  # whose text is shown where there are several
    wanted: Filter = Filter()
    search: str = ""
    reviewing: str | None = None  # id of the doubt that is looked at
    playing: bool = False
    tick: int = 0  # of the play
    cleared: int = 0  # how often all filters were taken away: a closed box tells once more what it held
    _shown: tuple[Filter, Sequence[MapFeature], tuple[MapFeature, ...]] | None = None  # filter, all, what passes

    @property
    def project(self) -> Project:
        """The readings, each made when it is looked at, and the decisions."""
        return self.drawn.project

    @property
    def features(self) -> tuple[MapFeature, ...]:
        """What the map shows."""
        return self.drawn.features

    def feature(self, feature_id: str | None) -> MapFeature | None:
        """Return the feature with an id, or the best part of a zone."""
        return self.drawn.by_root.get(feature_id) if feature_id else None

    @property
    def shown(self) -> tuple[MapFeature, ...]:
        """The features that the filter lets pass."""
        if self._shown is None or self._shown[0] != self.wanted or self._shown[1] is not self.features:
            self._shown = (self.wanted, self.features, filtered(self.wanted, self.features))
        return self._shown[2]


@dataclass
class Desk:
    """All maps of the session by their key; a seed that was not opened yet has none."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    current: str = FIRST_SEED


def desk() -> Desk:
    """Return the session's desk."""
    if "desk" not in st.session_state:
        st.session_state["desk"] = Desk()
    found: Desk = st.session_state["desk"]
    return found


def sheet() -> Sheet:
    """Return the map that is open; opens the current project or seed where it is not on the desk."""
    on_desk = desk()
    if on_desk.current not in on_desk.sheets:
        _open(on_desk.current)
    return on_desk.sheets[on_desk.current]


def choices() -> dict[str, str]:
    """Return what can be opened: key and title, the projects first, the one that was changed last on top."""
    projects = {one.id: one.name for one in store().list() if one.problem is None}
    return projects | {seed.name: f"{seed.title} ({seed.published.year})" for seed in list_seeds()}


@contextmanager
def told() -> Iterator[None]:
    """Turn an error into one sentence on the page; what was there before stays."""
    try:
        yield
    except GeoError as error:
        tell(str(error), error=True)
    except Exception:
        getLogger(__name__).exception("an action on the page failed")
        tell(words.UNEXPECTED, error=True)


def tell(text: str, *, error: bool = False) -> None:
    """Say something on the page until the user does the next thing."""
    number = st.session_state["messages"] = st.session_state.get("messages", 0) + 1
    st.session_state["message"] = (number, text, error)


def hush() -> None:
    """Take back what was said last: the user does the next thing."""
    st.session_state.pop("message", None)


# Opening


def _open(key: str) -> None:
    """Put a project or a seed on the desk; the first seed where there is no such thing any more."""
    if store().has(key):
        try:
            open_project(key)
        except GeoError as error:
            tell(str(error), error=True)
        else:
            return
    elif key not in {seed.name for seed in list_seeds()}:
        tell(words.NO_SUCH_PROJECT, error=True)
    seeds = [seed.name for seed in list_seeds()]
    _open_seed(key if key in seeds else FIRST_SEED)


def open_project(project_id: str) -> None:
    """Open a saved project."""
    signature = store().signature(project_id)
    drawn = draw(Contents().grown(store().read(project_id)))
    _put_on_desk(Sheet(name=store().head(project_id).name, drawn=drawn, id=project_id, signature=signature), project_id)


def _open_seed(name: str) -> None:
    if name not in desk().sheets:
        article = load_seed(name)
        drawn = draw(Contents().grown(_article_news(article, Project())))
        _put_on_desk(Sheet(name=article.title or name, drawn=drawn), name)
    desk().current = name


def open_article(article: Article, *, add: bool = False) -> None:
    """Read an article and open its map; `add` puts it on the map that is open instead."""
    if add:
        it = sheet()
        _grow(it, lambda project: _article_news(article, project))
        it.article_id = article.id
        select(None, move=False)  # the report that was added is the one that is shown
        look_at(it)
        return
    _open_new(article.title or words.UNTITLED, _article_news(article, Project()))


def open_empty() -> None:
    """Open a map with nothing on it, to be filled by hand or with reports."""
    _open_new(words.NEW_MAP, News())


def open_map_file(name: str, geojson: str) -> None:
    """Open an exported map, or any GeoJSON, as a project."""
    imported = StoredImport(id=f"import-{sha256(geojson.encode()).hexdigest()[:10]}", name=name, geojson=geojson)
    entries = Project().decide(AddImport(import_id=imported.id), at=now(), who=who()).log
    _open_new(f"{words.IMPORTED}: {name[:80]}", News(entries=entries, imports=(imported,)))


def _open_new(name: str, news: News) -> None:
    made = Sheet(name=tidy(name), drawn=draw(Contents().grown(news)))
    _save_new(made)
    _put_on_desk(made, str(made.id))


def _article_news(article: Article, project: Project) -> News:
    stored = StoredArticle(article=article, versions=versions_now())
    return News(
        entries=project.decide(AddArticle(article_id=article.id), at=now(), who=who()).log[-1:], articles=(stored,)
    )


def _put_on_desk(it: Sheet, key: str) -> None:
    look_at(it)
    desk().sheets[key] = it
    desk().current = key


# Deciding


def now() -> datetime:
    """Return the time for the log."""
    return datetime.now(UTC)


def who() -> str:
    """Return the name that the user gave for the log."""
    return str(st.session_state.get("who") or "").strip()[:MAX_WHO]


def decide(decision: Decision) -> None:
    """Apply a decision to the open map."""
    it = sheet()
    checked(decision, it.features)
    about = _about(it, decision)
    _grow_project(it, lambda project: project.decide(decision, at=now(), who=who(), features=about))


def undo() -> None:
    """Take the last decision back: the user's own where the log knows who that is."""
    _grow_project(sheet(), lambda project: project.undo(at=now(), who=who() or None))


def redo() -> None:
    """Apply the decision that was taken back last."""
    _grow_project(sheet(), lambda project: project.redo(at=now(), who=who() or None))


def go_back_to(number: int) -> None:
    """Take back every decision after a position of the log."""
    _grow_project(sheet(), lambda project: project.back_to(number, at=now(), who=who()))


def name_version(name: str) -> None:
    """Give the map as it is now a name in the list of versions."""
    _grow_project(sheet(), lambda project: project.decide(Snapshot(name=tidy(name)), at=now(), who=who()))


def rename(name: str) -> None:
    """Give the open map another name."""
    it = sheet()
    _grow_project(it, lambda project: project.decide(Rename(name=tidy(name)), at=now(), who=who()))
    it.name = tidy(name)


def see_as(view_name: str, as_of: date | None = None) -> None:
    """Draw the open map again in another world view; nothing happens where it is drawn in that one."""
    it, view = sheet(), WorldView(name=view_name, as_of=as_of)
    if all(source.options.world_view == view for source in it.drawn.sources):
        return
    _grow_project(it, lambda project: project.decide(SeeAs(world_view=view), at=now(), who=who()))


def _about(it: Sheet, decision: Decision) -> list[MapFeature]:
    ids = {getattr(decision, "feature_id", None), getattr(decision, "into", None)}
    return [feature for feature in it.features if feature.root in ids]


def add_place(name: str, at: LonLat, place: Place | None = None, *, note: str = "", source: str = "") -> None:
    """Put a place on the open map and select it; the map stays where it is."""
    it = sheet()
    added = AddedPlace(
        id="",
        name=name,
        at=at,
        note=note,
        source=source,
        gazetteer_id=place.id if place else None,
        kind=place.kind if place else "place",
        country=(place.country_name or place.country) if place else None,
    )
    _grow_project(
        it,
        lambda project: project.decide(Add(place=replace(added, id=project.next_added_id())), at=now(), who=who()),
    )
    select(it.project.added[-1].id, move=False)
    it.clicked = None
    tell(words.ADDED.format(name=name))


def add_drawing(drawing: Drawing) -> None:
    """Put a drawn shape on the open map, whatever its id says, and select it."""
    it = sheet()
    _grow_project(
        it,
        lambda project: project.decide(Draw(drawing=replace(drawing, id=project.next_drawn_id())), at=now(), who=who()),
    )
    select(it.project.drawn[-1].id, move=False)
    tell(words.ADDED.format(name=drawing.name))


def choose(article_id: str, span: Span, place_id: str) -> None:
    """Say which place a mention means, and draw again."""
    texts = {article.id: article.text for article in sheet().drawn.articles}
    decide(Choose(article_id=article_id, span=span, place_id=place_id, name=span.of(texts[article_id])))
    select(f"{article_id}/{place_id}", mention=span)
    tell(words.CORRECTED)


def _grow_project(it: Sheet, make: Callable[[Project], Project]) -> None:
    _grow(it, lambda project: News(entries=make(project).log[len(project.log) :]))


def _grow(it: Sheet, make: Callable[[Project], News]) -> None:
    """Draw the map with what `make` adds to its log, save that, and show it.

    Where others have added something since, it comes first, and `make` is asked again while nobody can write.
    """
    before = _with_others(it)
    news = make(it.project if before is it.drawn.contents else replace(it.project, log=before.log))
    if not news.entries:
        return
    after = before.grown(news)
    drawn = draw(after)  # may fail: nothing is changed before it has worked
    saved = _append(it, before, news, make) if it.id is not None else after
    it.drawn = drawn if saved is after or saved == after else draw(saved)
    if it.id is None and any(isinstance(entry.step, Decision | AddArticle) for entry in news.entries):
        _save_new(it)
    if it.feature(it.selected) is None:
        it.selected = None


def _with_others(it: Sheet) -> Contents:
    """Return the contents of a map with what others saved since."""
    contents = it.drawn.contents
    if it.id is None or not store().has(it.id) or store().signature(it.id) == it.signature:
        return contents
    news = store().read(it.id, since=len(contents.log))
    return contents.grown(news) if news.entries else contents


def _append(it: Sheet, before: Contents, news: News, make: Callable[[Project], News]) -> Contents:
    """Save news, or what `make` makes of them after what others added; return the contents with both."""
    saved = before

    def added(others: News) -> News:
        nonlocal saved
        base = before.grown(others)
        own = make(replace(it.project, log=base.log)) if others.entries else news
        saved = base.grown(own)
        return own

    assert it.id is not None
    store().append(it.id, since=len(saved.log), make=added)
    return saved  # the signature stays the old one: who writes right after this is not overlooked


def _save_new(it: Sheet) -> None:
    """Make a project of a map that was not saved before; it goes on under the project's id."""
    it.id = store().create(it.name, it.drawn.contents.news)
    sheets = desk().sheets
    for key in [key for key, one in sheets.items() if one is it]:
        del sheets[key]
        sheets[it.id] = it
        desk().current = it.id


def take_in_others() -> bool:
    """Take in what others did to the open project; tell whether there was anything."""
    it = desk().sheets.get(desk().current)
    if it is None or it.id is None or not store().has(it.id):
        return False
    signature = store().signature(it.id)
    if signature == it.signature:
        return False
    news = store().read(it.id, since=len(it.drawn.contents.log))
    it.signature = signature
    if not news.entries:
        return False
    it.drawn = draw(it.drawn.contents.grown(news))
    it.name = it.project.name or it.name
    return True


# Projects


def duplicate(project_id: str) -> None:
    """Copy a project and open the copy."""
    name = tidy(words.COPY_OF.format(name=store().head(project_id).name))

    def renamed(news: News) -> LogEntry:
        return Project(log=news.entries).decide(Rename(name=name), at=now(), who=who()).log[-1]

    open_project(store().duplicate(project_id, name, renamed))


def delete(project_id: str) -> None:
    """Move a project to the trash; the first seed is open then."""
    store().delete(project_id)
    desk().sheets.pop(project_id, None)
    if desk().current == project_id:
        desk().current = FIRST_SEED
    tell(words.DELETED)


def restore(project_id: str) -> None:
    """Bring a project back from the trash and open it."""
    store().restore(project_id)
    open_project(project_id)


def open_project_file(content: bytes) -> None:
    """Make a project of a file that somebody brings, and open it."""
    open_project(store().take_in(content))


def changes_since(number: int) -> tuple[Change, ...]:
    """Return what changed on the open map since a position of its log."""
    it = sheet()
    return changes_between(draw(it.drawn.contents.upto(number)).features, it.features)


# Looking


def select(feature_id: str | None, *, mention: Span | None = None, move: bool = True) -> None:
    """Select a feature; `move` makes the map go there."""
    it = sheet()
    it.selected = root_of(feature_id) if feature_id else None
    it.mention = mention
    it.goes += move


def look_at(it: Sheet, article_id: str = "") -> None:
    """Let the map show what all reports are about, or one of them."""
    own = [f for f in it.features if article_id and _is_of(f, article_id)]
    shown = _main(own or it.features)
    _look(it, viewport_of([f.geometry for f in shown], width_px=MAP_PX[0], height_px=MAP_PX[1]))


def _look(it: Sheet, view: Viewport) -> None:
    it.view = view
    it.looks += 1


def _is_of(feature: MapFeature, article_id: str) -> bool:
    merged = str(feature.properties.get("merged_ids") or "").split()
    return any(one.startswith(f"{article_id}/") for one in (feature.root, *merged))


def _main(features: Sequence[MapFeature]) -> list[MapFeature]:
    main = [f for f in features if f.style in _MAIN_STYLES]
    return main or [f for f in features if f.style == "party"] or list(features)


def reading_of(it: Sheet, feature_id: str | None) -> Reading | None:
    """Return the reading that a feature comes from, the first one where none is selected."""
    readings = it.project.readings
    for number, article in enumerate(it.drawn.articles):
        if feature_id and feature_id.startswith(f"{article.id}/"):
            return readings[number]
    return readings[0] if readings else None
