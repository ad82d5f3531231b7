"""What an analyst decides, one frozen value a kind, and the log that keeps every decision.

A decision names what it is about by the id of a feature on the map, without the part of a zone: "article/claim-1".
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal, get_args

from geo.article import Span
from geo.borders import WorldView
from geo.geodesy import LonLat

Status = Literal["claimed", "reported", "assessed", "confirmed", "disputed", "denied", "retracted"]
STATUSES: tuple[Status, ...] = get_args(Status)
MAX_NAME, MAX_NOTE = 300, 5_000  # characters
MAX_POINTS = 10_000  # of one drawing
MAX_RADIUS_M = 5_000_000.0  # a circle beyond this is no place any more


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

    def __post_init__(self) -> None:
        _bounded(self.name, self.note, self.source)


Form = Literal["point", "line", "polygon", "circle"]
_FEWEST: dict[Form, int] = {"point": 1, "line": 2, "polygon": 3, "circle": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A shape that the analyst drew: a point, a line, a polygon (not closed), or a circle in metres around a point."""

    id: str  # unique in the project: "drawn-1"
    form: Form
    points: tuple[LonLat, ...]
    name: str
    radius_m: float | None = None  # of a circle
    note: str = ""
    when: date | None = None
    source: str = ""
    status: Status = "reported"

    def __post_init__(self) -> None:
        _bounded(self.name, self.note, self.source)
        fewest = _FEWEST[self.form]
        most = MAX_POINTS if self.form in ("line", "polygon") else 1
        if not fewest <= len(self.points) <= most:
            raise ValueError(f"a {self.form} has {fewest} to {most:,} points, not {len(self.points):,}")
        if (self.form == "circle") != (self.radius_m is not None):
            raise ValueError("a circle has a radius, and nothing else has one")
        if self.radius_m is not None and not 1 <= self.radius_m <= MAX_RADIUS_M:
            raise ValueError(f"a circle's radius is 1 m to {MAX_RADIUS_M / 1000:,.0f} km, not {self.radius_m:,} m")


def _bounded(name: str, note: str, source: str) -> None:
    if len(name) > MAX_NAME:
        raise ValueError(f"a name has at most {MAX_NAME} characters")
    if max(len(note), len(source)) > MAX_NOTE:
        raise ValueError(f"a note or source has at most {MAX_NOTE:,} characters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Add:
    """Put a place on the map."""

    place: AddedPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Replace an added place by a new version with the same id."""

    place: AddedPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """Put a drawn shape on the map, or a new version of it with the same id."""

    drawing: Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """Take a feature off the map: an added one, or one that the reading gave."""

    feature_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """Say which candidate a mention means.

    It holds for the same name in the rest of the article and in the articles that are added later; for that, `name` is
    the name as the mention writes it.
    """

    article_id: str
    span: Span
    place_id: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assess:
    """Say what a claim, or a place, is held to be."""

    feature_id: str
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """Say that a person looked at it and agrees: it leaves the list of what needs review."""

    feature_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Put a place somewhere else."""

    feature_id: str
    at: LonLat


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotate:
    """Write a note on a feature; an empty one takes the note away."""

    feature_id: str
    note: str

    def __post_init__(self) -> None:
        _bounded("", self.note, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Say that two features are one: the first goes into the second, which then has the sources of both."""

    feature_id: str
    into: str

    def __post_init__(self) -> None:
        if self.feature_id == self.into:
            raise ValueError("a feature cannot be merged into itself")


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Say that a claim is not the same as those of other articles that it was merged with."""

    feature_id: str


Decision = Add | Edit | Draw | Remove | Choose | Assess | Accept | Move | Annotate | Merge | Split


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Take the decision with a number of the log back."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Redo:
    """Let a decision that was taken back hold again."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddArticle:
    """Put an article on the map."""

    article_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddImport:
    """Put the features of an imported file on the map."""

    import_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeeAs:
    """Draw in another world view."""

    world_view: WorldView


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """Give the project another name."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Name the state of the project as it is now."""

    name: str


Step = Decision | Undo | Redo | AddArticle | AddImport | SeeAs | Rename | Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where in its article a feature stands, so that a newer reading, which numbers claims anew, finds it again."""

    feature_id: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One line of the log, which only grows: undo is a line too."""

    number: int  # from 1
    step: Step
    at: datetime | None = None  # UTC; None where the caller had no clock
    who: str = ""
    old: str = ""  # what held before, in words
    anchors: tuple[Anchor, ...] = ()

    def __post_init__(self) -> None:
        if self.at is not None and self.at.utcoffset() != UTC.utcoffset(None):
            raise ValueError(f"the time of a decision is UTC, not {self.at}")


def holding(log: tuple[LogEntry, ...]) -> tuple[LogEntry, ...]:
    """Return the entries that hold: everything but what was taken back, and the undoing itself."""
    off: set[int] = set()
    for entry in log:
        match entry.step:
            case Undo(number=number):
                off.add(number)
            case Redo(number=number):
                off.discard(number)
    return tuple(e for e in log if e.number not in off and not isinstance(e.step, Undo | Redo))


def undone(log: tuple[LogEntry, ...], who: str | None) -> tuple[int, ...]:
    """Return the numbers of what somebody, None for anybody, took back and can still redo, the next to redo last."""
    stack: list[int] = []
    for entry in log:
        match entry.step:
            case _ if who not in (None, entry.who):
                continue
            case Undo(number=number):
                stack.append(number)
            case Redo(number=number) if number in stack:
                stack.remove(number)
            case step if isinstance(step, Decision):
                stack.clear()
    return tuple(stack)
