"""The map an analyst works on: readings, and the decisions kept beside them.

A decision never changes a reading. The log only grows; taking a decision back is a line of it too, so that undo and
redo outlive a reload, and several people can write into one log.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from shapely.geometry import Point

from geo.article import Span
from geo.borders import WorldView
from geo.candidates import normalised
from geo.decisions import (
    MAX_NAME,
    STATUSES,
    Accept,
    Add,
    AddArticle,
    AddedPlace,
    Anchor,
    Annotate,
    Assess,
    Choose,
    Decision,
    Draw,
    Drawing,
    Edit,
    LogEntry,
    Merge,
    Move,
    Redo,
    Remove,
    Rename,
    SeeAs,
    Split,
    Status,
    Step,
    Undo,
    holding,
    undone,
)
from geo.errors import ProjectError
from geo.features import MapFeature, root_of
from geo.geodesy import LonLat
from geo.reading import Reading

__all__ = [
    "STATUSES", "Accept", "Add", "AddedPlace", "Annotate", "Assess", "Choose", "Decision", "Draw", "Drawing", "Edit",
    "LogEntry", "Merge", "Move", "Project", "Remove", "Split", "Status",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Project:
    """Readings, imported features and the log of decisions; a value: every change gives a new one."""

    readings: Sequence[Reading] = ()  # already with the corrections of the log applied
    imported: tuple[MapFeature, ...] = ()
    log: tuple[LogEntry, ...] = ()

    def decide(
        self, decision: Step, *, at: datetime | None = None, who: str = "", features: Iterable[MapFeature] = ()
    ) -> "Project":
        """Return the project with one more entry in its log; ProjectError where it cannot apply.

        `at` is the time in UTC. `features` are those that the decision is about, as the map shows them: the log keeps
        what held of them before, and where they stand in their articles.
        """
        if isinstance(decision, Edit) and decision.place.id not in {p.id for p in self.added}:
            raise ProjectError(f"there is no added place {decision.place.id!r} to edit: it was removed")
        about = {root_of(feature.id): feature for feature in features}
        entry = LogEntry(
            number=len(self.log) + 1,
            step=decision,
            at=at,
            who=who,
            old=self._old(decision, about),
            anchors=tuple(filter(None, map(anchor_of, about.values()))),
        )
        return replace(self, log=(*self.log, entry))

    def undo(self, *, at: datetime | None = None, who: str | None = None) -> "Project":
        """Return the project without the last decision of somebody, None for anybody; the same where there is none."""
        last = self.last_of(who)
        return self if last is None else self.decide(Undo(number=last.number), at=at, who=who or "")

    def redo(self, *, at: datetime | None = None, who: str | None = None) -> "Project":
        """Return the project with what somebody, None for anybody, took back last; the same where there is nothing."""
        taken_back = undone(self.log, who)
        return self.decide(Redo(number=taken_back[-1]), at=at, who=who or "") if taken_back else self

    def back_to(self, number: int, *, at: datetime | None = None, who: str = "") -> "Project":
        """Return the project as it was at a position of its log: later decisions are taken back, and can be redone."""
        project = self
        for entry in reversed(self._holding):
            if entry.number > number and isinstance(entry.step, Decision):
                project = project.decide(Undo(number=entry.number), at=at, who=who)
        return project

    def last_of(self, who: str | None = None) -> LogEntry | None:
        """Return the entry that undo would take back."""
        own = (e for e in reversed(self._holding) if who in (None, e.who))
        return next((e for e in own if isinstance(e.step, Decision)), None)

    def can_redo(self, who: str | None = None) -> bool:
        """Tell whether there is anything to redo."""
        return bool(undone(self.log, who))

    @cached_property
    def _holding(self) -> tuple[LogEntry, ...]:
        return holding(self.log)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions that hold, in the order they were made."""
        return tuple(entry.step for entry in self._holding if isinstance(entry.step, Decision))

    @cached_property
    def added(self) -> tuple[AddedPlace, ...]:
        """The analyst's places as they are now, in the order they were added."""
        places: dict[str, AddedPlace] = {}
        for decision in self.decisions:
            match decision:
                case Add(place=place):
                    places[place.id] = place
                case Edit(place=place) if place.id in places:
                    places[place.id] = place
                case Move(feature_id=moved, at=at) if moved in places:
                    places[moved] = replace(places[moved], at=at)
                case Remove(feature_id=gone):
                    places.pop(gone, None)
        return tuple(places.values())

    @cached_property
    def drawn(self) -> tuple[Drawing, ...]:
        """The analyst's drawings as they are now, in the order they were drawn."""
        drawings: dict[str, Drawing] = {}
        for decision in self.decisions:
            match decision:
                case Draw(drawing=drawing):
                    drawings[drawing.id] = drawing
                case Remove(feature_id=gone):
                    drawings.pop(gone, None)
        return tuple(drawings.values())

    @cached_property
    def removed(self) -> frozenset[str]:
        """The ids of features that the analyst took off the map."""
        return frozenset(d.feature_id for d in self.decisions if isinstance(d, Remove))

    @cached_property
    def statuses(self) -> Mapping[str, Status]:
        """The status of every feature that the analyst assessed, the latest counts."""
        return {d.feature_id: d.status for d in self.decisions if isinstance(d, Assess)}

    @cached_property
    def accepted(self) -> frozenset[str]:
        """The ids of features that a person looked at and agreed with."""
        return frozenset(d.feature_id for d in self.decisions if isinstance(d, Accept))

    @cached_property
    def moved(self) -> Mapping[str, LonLat]:
        """Where the analyst put places that a reading or a file gave; the latest counts."""
        return {d.feature_id: d.at for d in self.decisions if isinstance(d, Move)}

    @cached_property
    def notes(self) -> Mapping[str, str]:
        """The analyst's notes by feature, the latest counts."""
        notes = {d.feature_id: d.note for d in self.decisions if isinstance(d, Annotate)}
        return {feature_id: note for feature_id, note in notes.items() if note}

    @cached_property
    def merged(self) -> Mapping[str, str]:
        """What the analyst merged and did not split since: feature id to the id that it went into."""
        return {i: d.into for i, d in self._joins.items() if isinstance(d, Merge)}

    @cached_property
    def split(self) -> frozenset[str]:
        """The ids of claims that stand for themselves because the analyst says so, and did not merge them since."""
        return frozenset(i for i, d in self._joins.items() if isinstance(d, Split))

    @cached_property
    def _joins(self) -> Mapping[str, Merge | Split]:
        """The latest merge or split of every feature that has one."""
        return {d.feature_id: d for d in self.decisions if isinstance(d, Merge | Split)}

    @cached_property
    def world_view(self) -> WorldView | None:
        """The world view that the analyst chose for the map, None where nobody has."""
        return next((e.step.world_view for e in reversed(self._holding) if isinstance(e.step, SeeAs)), None)

    @cached_property
    def name(self) -> str | None:
        """The name that the project was given last."""
        return next((e.step.name for e in reversed(self._holding) if isinstance(e.step, Rename)), None)

    def corrections(self, article_id: str) -> Mapping[Span, str]:
        """Return the analyst's choices for one article: span of the mention to place id, the latest counts."""
        return {d.span: d.place_id for d in self._choices if d.article_id == article_id}

    @cached_property
    def _choices(self) -> Sequence[Choose]:
        return [d for d in self.decisions if isinstance(d, Choose)]

    def carried(self, article_id: str) -> Mapping[str, str]:
        """Return the choices made before an article was added, which hold in it too: normalised name to place id."""
        until = self._added_at.get(article_id, 0)
        return {normalised(name): place_id for number, name, place_id in self._chosen_names if number < until}

    @cached_property
    def _added_at(self) -> Mapping[str, int]:
        """When every article was added, first."""
        added = [(e.step.article_id, e.number) for e in self._holding if isinstance(e.step, AddArticle)]
        return dict(reversed(added))

    @cached_property
    def _chosen_names(self) -> Sequence[tuple[int, str, str]]:
        named = [(e.number, e.step) for e in self._holding if isinstance(e.step, Choose)]
        return [(number, step.name, step.place_id) for number, step in named if step.name]

    def next_added_id(self) -> str:
        """Return an id that no added place, present or removed, has had."""
        return f"added-{1 + sum(isinstance(e.step, Add) for e in self.log)}"

    def next_drawn_id(self) -> str:
        """Return an id that no drawing, present or removed, has had."""
        return f"drawn-{1 + sum(isinstance(e.step, Draw) for e in self.log)}"

    def _old(self, step: Step, about: Mapping[str, MapFeature]) -> str:
        """Say in words what held before a step."""
        match step:
            case Edit(place=place):
                return next((_place_words(p) for p in self.added if p.id == place.id), "")
            case Remove(feature_id=feature_id) if feature_id in about:
                return about[feature_id].title
            case Choose(article_id=article_id, span=span):
                return self._chosen(article_id, span)
            case Assess(feature_id=feature_id):
                shown = about[feature_id].properties.get("status") if feature_id in about else None
                return str(shown or self.statuses.get(feature_id, ""))
            case Move(feature_id=feature_id):
                shape = about[feature_id].geometry if feature_id in about else None
                return position_words(LonLat(lon=shape.x, lat=shape.y)) if isinstance(shape, Point) else ""
            case Annotate(feature_id=feature_id):
                return self.notes.get(feature_id, "")
            case Rename():
                return self.name or ""
            case SeeAs():
                return str(self.world_view or "")
        return ""

    def _chosen(self, article_id: str, span: Span) -> str:
        if (chosen := self.corrections(article_id).get(span)) is not None:
            return chosen
        reading = next((r for r in self.readings if r.article.id == article_id), None)
        found = next((r for r in reading.resolutions if r.mention.span == span), None) if reading else None
        return found.place.id if found and found.place else ""


def anchor_of(feature: MapFeature) -> Anchor | None:
    """Return where a feature stands in its article, None where it has no text."""
    start, end = feature.properties.get("char_start"), feature.properties.get("char_end")
    if not isinstance(start, int) or not isinstance(end, int):
        return None
    return Anchor(feature_id=root_of(feature.id), start=start, end=end, words=feature.title[:MAX_NAME])


def position_words(at: LonLat) -> str:
    """Write a position for the log and the card, latitude first, to a decimetre."""
    return f"{at.lat:.6f}, {at.lon:.6f}"


def _place_words(place: AddedPlace) -> str:
    return " · ".join(filter(None, [place.name, position_words(place.at), place.note]))
