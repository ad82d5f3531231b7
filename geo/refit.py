"""Decisions on the features of a newer reading, which numbers claims anew: fitted by place in the text and words.

A decision that fits nothing any more stays in the log and is listed with the reason.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from geo.article_map import Gathered
from geo.decisions import Accept, Anchor, Annotate, Assess, Choose, LogEntry, Merge, Move, Remove, Split, Step, holding
from geo.reports import ReportedClaim


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """A decision that has nothing to hold on to in the present reading."""

    entry: LogEntry
    reason: str


def refit(
    log: tuple[LogEntry, ...], gathered: Gathered, others: Collection[str]
) -> tuple[tuple[LogEntry, ...], tuple[Misfit, ...]]:
    """Return the log with the ids that claims have now, and the decisions that fit nothing any more.

    `others` are the ids of features that a person added or drew.
    """
    claims = {one.article_id: one.claims for one in gathered.maps}
    fitted = tuple(_fitted(entry, claims) if entry.anchors else entry for entry in log)
    return fitted, tuple(
        Misfit(entry=entry, reason=_reason(entry, missing))
        for entry in holding(fitted)
        if (missing := _names(entry).difference(gathered.ids, others))
    )


def _fitted(entry: LogEntry, claims: Mapping[str, tuple[ReportedClaim, ...]]) -> LogEntry:
    now = {anchor.feature_id: _now(anchor, claims) for anchor in entry.anchors}
    if all(before == after for before, after in now.items()):
        return entry
    anchors = tuple(replace(anchor, feature_id=now[anchor.feature_id]) for anchor in entry.anchors)
    return replace(entry, step=_renamed(entry.step, now), anchors=anchors)


def _renamed(step: Step, now: Mapping[str, str]) -> Step:
    match step:
        case Merge(feature_id=one, into=other):
            return Merge(feature_id=now.get(one, one), into=now.get(other, other))
        case Remove() | Assess() | Accept() | Move() | Annotate() | Split():
            return replace(step, feature_id=now.get(step.feature_id, step.feature_id))
    return step


def _now(anchor: Anchor, claims: Mapping[str, tuple[ReportedClaim, ...]]) -> str:
    """Return the id that a claim has now: by its place in the text, else by its words, else by what it overlaps."""
    article_id, _, name = anchor.feature_id.rpartition("/")
    if not name.startswith("claim-"):
        return anchor.feature_id
    here = claims.get(article_id, ())
    for fits in (
        [c.id for c in here if (c.start, c.end) == (anchor.start, anchor.end)],
        [c.id for c in here if c.title == anchor.words],
        [c.id for c in here if c.start < anchor.end and anchor.start < c.end],
    ):
        if anchor.feature_id in fits:
            return anchor.feature_id
        if len(fits) == 1:
            return fits[0]
    return f"{article_id}/unread-{anchor.start}-{anchor.end}"


def _names(entry: LogEntry) -> set[str]:
    """Return the ids of the features that must be there for a decision to do anything."""
    match entry.step:
        case Choose(article_id=article_id, place_id=place_id):
            return {f"{article_id}/{place_id}"}
        case Merge(feature_id=feature_id, into=into):
            return {feature_id, into}
        case Remove() | Assess() | Accept() | Move() | Annotate() | Split():
            return {entry.step.feature_id}
    return set()


def _reason(entry: LogEntry, missing: set[str]) -> str:
    words = next((anchor.words for anchor in entry.anchors if anchor.feature_id in missing), None)
    if isinstance(entry.step, Choose):
        return f"“{entry.step.name}” does not lead to the place that was chosen any more."
    return f"“{words or sorted(missing)[0]}” is not read in its article any more."
