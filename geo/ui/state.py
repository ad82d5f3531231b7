"""What one analyst has on the desk: maps with their decisions, what is undone, selected and looked at.

All of it lives in the session; every change goes through the functions here, so that nothing is half done.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from logging import getLogger

import streamlit as st

from geo.article import Article, Span
from geo.decided import checked
from geo.errors import GeoError
from geo.features import MapFeature, root_of
from geo.filters import Filter
from geo.filters import apply as filtered
from geo.geodesy import LonLat
from geo.layers import layers_of
from geo.places import Place
from geo.project import Add, AddedPlace, Choose, Decision, Project
from geo.reading import Reading, read_article, reread
from geo.render.viewport import Viewport, viewport_of
from geo.stores.seeds import list_seeds, load_seed
from geo.ui import words
from geo.ui.cache import borders, gazetteer, tagger

FIRST_SEED = "armenia-2022-jermuk"
MAP_PX = (560, 520)  # about what the map has at 1280 × 800; decides the zoom of a first view
_MAIN_STYLES = ("strip", "strip-weak", "zone-core", "zone-fringe", "event-place", "disputed", "added", "area")


@dataclass
class Sheet:
    """One map on the desk."""

    name: str
    project: Project
    features: tuple[MapFeature, ...]
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

    def feature(self, feature_id: str | None) -> MapFeature | None:
        """Return the feature with an id, or the best part of a zone."""
        parts = [f for f in self.features if feature_id and root_of(f.id) == feature_id]
        return parts[-1] if parts else None

    @property
    def shown(self) -> tuple[MapFeature, ...]:
        """The features that the filter lets pass."""
        return filtered(self.wanted, self.features)


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
    """Return the map that is open; opens the current seed where it has not been read."""
    on_desk = desk()
    if on_desk.current not in on_desk.sheets:
        open_article(load_seed(on_desk.current))
    return on_desk.sheets[on_desk.current]


def choices() -> dict[str, str]:
    """Return what can be opened: key and title, the session's own maps first."""
    own = {key: it.name for key, it in desk().sheets.items()}
    seeds = {seed.name: f"{seed.title} ({seed.published.year})" for seed in list_seeds()}
    return {key: name for key, name in own.items() if key not in seeds} | seeds


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
    """Keep a message for the next drawing of the page."""
    st.session_state["message"] = (text, error)


# Opening


def open_article(article: Article, *, add: bool = False) -> None:
    """Read an article and open its map; `add` puts it on the map that is open instead."""
    reading = read_article(article, gazetteer=gazetteer(), borders=borders(), tagger=tagger())
    on_desk = desk()
    if add and on_desk.current in on_desk.sheets:
        target = on_desk.sheets[on_desk.current]
        others = tuple(r for r in target.project.readings if r.article.id != article.id)
        _apply(target, replace(target.project, readings=(*others, reading)))
        look_at_all(target)
        return
    put_on_desk(article.id, article.title or words.UNTITLED, Project(readings=(reading,)))


def put_on_desk(key: str, name: str, project: Project) -> None:
    """Open a project as the current map."""
    made = Sheet(name=name, project=project, features=_features(project))
    look_at_all(made)
    desk().sheets[key] = made
    desk().current = key


# Deciding


def decide(decision: Decision) -> None:
    """Apply a decision to the open map."""
    it = sheet()
    checked(decision, it.features)
    _apply(it, it.project.decide(decision, at=datetime.now(UTC), features=_about(it, decision)))


def undo() -> None:
    """Take the last decision back."""
    _apply(sheet(), sheet().project.undo(at=datetime.now(UTC)))


def redo() -> None:
    """Apply the decision that was taken back last."""
    _apply(sheet(), sheet().project.redo(at=datetime.now(UTC)))


def _about(it: Sheet, decision: Decision) -> list[MapFeature]:
    ids = {getattr(decision, "feature_id", None), getattr(decision, "into", None)}
    return [feature for feature in it.features if root_of(feature.id) in ids]


def add_place(name: str, at: LonLat, place: Place | None = None, *, note: str = "", source: str = "") -> None:
    """Put a place on the open map and select it; the map stays where it is."""
    it = sheet()
    added = AddedPlace(
        id=it.project.next_added_id(),
        name=name,
        at=at,
        note=note,
        source=source,
        gazetteer_id=place.id if place else None,
        kind=place.kind if place else "place",
        country=(place.country_name or place.country) if place else None,
    )
    decide(Add(place=added))
    select(added.id, move=False)
    it.clicked = None
    tell(words.ADDED.format(name=name))


def choose(article_id: str, span: Span, place_id: str) -> None:
    """Say which place a mention means, and draw again."""
    texts = {reading.article.id: reading.article.text for reading in sheet().project.readings}
    decide(Choose(article_id=article_id, span=span, place_id=place_id, name=span.of(texts[article_id])))
    select(f"{article_id}/{place_id}", mention=span)
    tell(words.CORRECTED)


def see_as(view_name: str) -> None:
    """Draw the open map again in another world view."""
    it = sheet()
    readings = tuple(
        reread(
            replace(r, options=replace(r.options, world_view=replace(r.options.world_view, name=view_name))),
            it.project.corrections(r.article.id),
            gazetteer=gazetteer(),
            borders=borders(),
        )
        for r in it.project.readings
    )
    _apply(it, replace(it.project, readings=readings))


def _apply(it: Sheet, project: Project) -> None:
    corrected = replace(project, readings=tuple(_corrected(it.project, project, r) for r in project.readings))
    features = _features(corrected)  # may fail: nothing is changed before it has worked
    it.project, it.features = corrected, features
    if it.feature(it.selected) is None:
        it.selected = None


def _corrected(before: Project, after: Project, reading: Reading) -> Reading:
    article_id = reading.article.id
    corrections = after.corrections(article_id)
    if corrections == before.corrections(article_id):
        return reading
    return reread(reading, corrections, gazetteer=gazetteer(), borders=borders())


def _features(project: Project) -> tuple[MapFeature, ...]:
    return layers_of(project, gazetteer=gazetteer(), borders=borders())


# Looking


def select(feature_id: str | None, *, mention: Span | None = None, move: bool = True) -> None:
    """Select a feature; `move` makes the map go there."""
    it = sheet()
    it.selected = root_of(feature_id) if feature_id else None
    it.mention = mention
    it.goes += move


def look_at_all(it: Sheet) -> None:
    """Let the map show what the report is about."""
    shown = _main(it.features)
    _look(it, viewport_of([f.geometry for f in shown], width_px=MAP_PX[0], height_px=MAP_PX[1]))


def _look(it: Sheet, view: Viewport) -> None:
    it.view = view
    it.looks += 1


def _main(features: Sequence[MapFeature]) -> list[MapFeature]:
    main = [f for f in features if f.style in _MAIN_STYLES]
    return main or [f for f in features if f.style == "party"] or list(features)


def reading_of(it: Sheet, feature_id: str | None) -> Reading | None:
    """Return the reading that a feature comes from, the first one where none is selected."""
    for reading in it.project.readings:
        if feature_id and feature_id.startswith(f"{reading.article.id}/"):
            return reading
    return it.project.readings[0] if it.project.readings else None
