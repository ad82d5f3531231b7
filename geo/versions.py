"""Versions of a project: positions in its log with a name or a pause after them; and what changed between two."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Literal

from geo.decisions import Decision, LogEntry, Snapshot
from geo.features import JSON, MapFeature, root_of

PAUSE = timedelta(minutes=30)  # so long without a decision ends a stretch of work


VersionKind = Literal["named", "start", "pause", "now"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A state of the project: after `number` entries of its log."""

    number: int
    at: datetime | None
    kind: VersionKind  # the start is before the first decision
    name: str = ""
    who: tuple[str, ...] = ()  # who worked on it since the version before


def versions_of(log: Sequence[LogEntry]) -> tuple[Version, ...]:
    """Return the versions of a log, the oldest first; the last is the present."""
    found: list[Version] = []
    who: dict[str, None] = {}
    started = False
    for entry, after in zip_longest(log, log[1:]):
        if entry.who:
            who[entry.who] = None
        started = started or isinstance(entry.step, Decision)
        name = entry.step.name if isinstance(entry.step, Snapshot) else ""
        if kind := _kind(name, entry, after, started):
            found.append(Version(number=entry.number, at=entry.at, kind=kind, name=name, who=tuple(who)))
            who = {}
    return tuple(found)


def _kind(name: str, entry: LogEntry, after: LogEntry | None, started: bool) -> VersionKind | None:
    """Say what makes the state after an entry a version, None where nothing does."""
    if name:
        return "named"
    if after is None:
        return "now"
    if not started and isinstance(after.step, Decision):
        return "start"
    paused = entry.at is not None and after.at is not None and after.at - entry.at >= PAUSE
    return "pause" if started and paused else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is different in one feature; `details` says it property by property."""

    kind: Literal["new", "gone", "changed"]
    feature_id: str
    title: str
    details: tuple[str, ...] = ()


def changes_between(before: Iterable[MapFeature], after: Iterable[MapFeature]) -> tuple[Change, ...]:
    """Return what is new, gone or changed on the map, in drawing order; both parts of a zone count as one."""
    old, new = ({root_of(feature.id): feature for feature in features} for features in (before, after))
    changed = (Change(kind="changed", feature_id=i, title=f.title, details=_details(old[i], f))
               for i, f in new.items() if i in old and old[i] is not f)  # fmt: skip
    return (
        *(Change(kind="gone", feature_id=i, title=f.title) for i, f in old.items() if i not in new),
        *(Change(kind="new", feature_id=i, title=f.title) for i, f in new.items() if i not in old),
        *(change for change in changed if change.details),
    )


# What is told elsewhere, in other words, or is the program's and not the map's.
_QUIET = frozenset(
    "app_version merged_ids contradicted_ids char_start char_end derivation moved_m verification".split()
)


def _details(old: MapFeature, new: MapFeature) -> tuple[str, ...]:
    return tuple(_different(old, new))


def _different(old: MapFeature, new: MapFeature) -> Iterator[str]:
    if old.title != new.title:
        yield f"title: {old.title} → {new.title}"
    for key in dict.fromkeys((*old.properties, *new.properties)):
        before, after = old.properties.get(key), new.properties.get(key)
        if before != after and key not in _QUIET:
            yield f"{key.replace('_', ' ')}: {_said(before)} → {_said(after)}"
    if not old.geometry.equals_exact(new.geometry, 0) and "moved_from" not in new.properties:
        yield "its shape"


def _said(value: JSON) -> str:
    text = "–" if value is None else "yes" if value is True else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
