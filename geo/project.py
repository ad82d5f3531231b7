"""The map an analyst works on: readings, and the decisions kept beside them.

A decision never changes a reading; undo takes the last decision back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, get_args

from geo.article import Span
from geo.errors import ProjectError
from geo.features import MapFeature
from geo.geodesy import LonLat
from geo.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedPlace:
    """A place that the analyst put on the map."""

    id: str  # unique in the project: "added-1"
    name: str
    at: LonLat
    note: str = ""
    when: date | None = None
    source: str = ""
    gazetteer_id: str | None = None  # where it was picked from the gazetteer
    kind: str = "place"
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Add:
    """Put a place on the map."""

    place: AddedPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Replace an added place by a new version with the same id."""

    place: AddedPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """Take a feature off the map: an added place, or one that the reading gave."""

    feature_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """Say which candidate a mention means; holds for the same name in the rest of the article."""

    article_id: str
    span: Span
    place_id: str


Status = Literal["claimed", "reported", "assessed", "confirmed", "disputed", "denied", "retracted"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assess:
    """Say what a claim, or a place, is held to be; `feature_id` is that of all its parts ("article/claim-1")."""

    feature_id: str
    status: Status


Decision = Add | Edit | Remove | Choose | Assess


@dataclass(frozen=True, kw_only=True)
class Project:
    """Readings, imported features and decisions; a value: every change gives a new one."""

    readings: tuple[Reading, ...] = ()  # already with the corrections of `decisions` applied
    imported: tuple[MapFeature, ...] = ()
    decisions: tuple[Decision, ...] = field(default_factory=tuple)

    def decide(self, decision: Decision) -> "Project":
        """Return the project with one more decision; ProjectError where it cannot apply."""
        if isinstance(decision, Edit) and decision.place.id not in {p.id for p in self.added}:
            raise ProjectError(f"there is no added place {decision.place.id!r} to edit: it was removed")
        return replace(self, decisions=(*self.decisions, decision))

    def undo(self) -> "Project":
        """Return the project without its last decision; the same project where there is none."""
        return replace(self, decisions=self.decisions[:-1])

    @property
    def added(self) -> tuple[AddedPlace, ...]:
        """The analyst's places as they are now, in the order they were added."""
        places: dict[str, AddedPlace] = {}
        for decision in self.decisions:
            match decision:
                case Add(place=place) | Edit(place=place):
                    places[place.id] = place
                case Remove(feature_id=gone):
                    places.pop(gone, None)
        return tuple(places.values())

    @property
    def removed(self) -> frozenset[str]:
        """The ids of features that the analyst took off the map."""
        return frozenset(d.feature_id for d in self.decisions if isinstance(d, Remove))

    @property
    def statuses(self) -> Mapping[str, Status]:
        """The status of every feature that the analyst assessed, the latest counts."""
        return {d.feature_id: d.status for d in self.decisions if isinstance(d, Assess)}

    def corrections(self, article_id: str) -> Mapping[Span, str]:
        """Return the analyst's choices for one article: span of the mention to place id, the latest counts."""
        return {d.span: d.place_id for d in self.decisions if isinstance(d, Choose) and d.article_id == article_id}

    def next_added_id(self) -> str:
        """Return an id that no added place, present or removed, has had."""
        return f"added-{1 + sum(isinstance(d, Add) for d in self.decisions)}"
