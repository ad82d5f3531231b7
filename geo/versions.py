"""Versions of a project: positions in its log with a name or a pause after them; and what changed between two."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from geo.decisions import LogEntry, Snapshot
from geo.features import JSON, MapFeature, root_of

PAUSE = timedelta(minutes=30)  # so long without a decision ends a stretch of work


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A state of the project: after `number` entries of its log."""

    number: int
    at: datetime | None
    name: str | None = None  # None where a pause made it
    who: tuple[str, ...] = ()  # who worked on it since the version before


def versions_of(log: Sequence[LogEntry]) -> tuple[Version, ...]:
    """Return the versions of a log, the oldest first; the last is the present."""
    found: list[Version] = []
    who: dict[str, None] = {}
    for entry, after in zip(log, [*log[1:], None], strict=True):
        if entry.who:
            who[entry.who] = None
        name = entry.step.name if isinstance(entry.step, Snapshot) else None
        if name is not None or after is None or _paused(entry, after):
            found.append(Version(number=entry.number, at=entry.at, name=name, who=tuple(who)))
            who = {}
    return tuple(found)


def _paused(entry: LogEntry, after: LogEntry) -> bool:
    return entry.at is not None and after.at is not None and after.at - entry.at >= PAUSE


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
