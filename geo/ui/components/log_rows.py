"""The log of decisions as rows: when, who, what, about what, before and after."""

from collections.abc import Mapping
from typing import Any

from geo.decisions import (
    Accept,
    Add,
    AddArticle,
    Annotate,
    Assess,
    Choose,
    Draw,
    Edit,
    LogEntry,
    Merge,
    Move,
    Redo,
    Remove,
    Rename,
    SeeAs,
    Snapshot,
    Split,
    Step,
    Undo,
    holding,
)
from geo.project import Project, position_words
from geo.ui import words


def log_rows(project: Project) -> list[dict[str, Any]]:
    """Return the log, the latest first; `id` is what a row leads to on the map."""
    names, holds = _names(project), {entry.number for entry in holding(project.log)}
    return [_row(entry, names, entry.number in holds) for entry in reversed(project.log)]


def _names(project: Project) -> Mapping[str, str]:
    """Return the titles that the log knows of what it speaks of."""
    names = {anchor.feature_id: anchor.words for entry in project.log for anchor in entry.anchors}
    for entry in project.log:
        match entry.step:
            case Add(place=place) | Edit(place=place):
                names[place.id] = place.name
            case Draw(drawing=drawing):
                names[drawing.id] = drawing.name
    return names


def _row(entry: LogEntry, names: Mapping[str, str], holds: bool) -> dict[str, Any]:
    feature_id, after = _about(entry.step)
    taking_back = isinstance(entry.step, Undo | Redo)
    return {
        "id": feature_id,
        "number": entry.number,
        "time": entry.at.replace(tzinfo=None) if entry.at else None,
        "who": entry.who,
        "decision": words.STEP_NAMES.get(type(entry.step).__name__, type(entry.step).__name__),
        "holds": words.YES if holds else "" if taking_back else words.TAKEN_BACK,
        "about": names.get(feature_id, feature_id),
        "old": entry.old,
        "new": after,
    }


def _about(step: Step) -> tuple[str, str]:
    """Return the id of what a step is about, and what holds after it."""
    match step:
        case Add(place=place) | Edit(place=place):
            return place.id, position_words(place.at)
        case Draw(drawing=drawing):
            return drawing.id, drawing.form
        case Remove(feature_id=feature_id) | Accept(feature_id=feature_id) | Split(feature_id=feature_id):
            return feature_id, ""
        case Choose(article_id=article_id, place_id=place_id):
            return f"{article_id}/{place_id}", place_id
        case Assess(feature_id=feature_id, status=status):
            return feature_id, status
        case Move(feature_id=feature_id, at=at):
            return feature_id, position_words(at)
        case Annotate(feature_id=feature_id, note=note):
            return feature_id, note
        case Merge(feature_id=feature_id, into=into):
            return feature_id, into
        case Undo(number=number) | Redo(number=number):
            return "", f"{words.COLUMN_NAMES['number']} {number}"
        case AddArticle(article_id=article_id):
            return article_id, ""
        case SeeAs(world_view=view):
            return "", str(view)
        case Rename(name=name) | Snapshot(name=name):
            return "", name
    return "", ""
