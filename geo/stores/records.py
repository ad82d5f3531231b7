"""Values of a project as JSON and back, checked: what a file holds is what somebody may have changed by hand."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar, get_args

import msgspec

from geo.decisions import Anchor, LogEntry, Step
from geo.errors import ProjectError

Value = TypeVar("Value")

MAX_RECORD = 10_000_000  # characters: an article has one million, some of which are escaped
MAX_WHO = 100
_STEPS: Mapping[str, type[Any]] = {kind.__name__: kind for kind in get_args(Step)}


def text_of(value: object) -> str:
    """Write a value as JSON; half a surrogate pair, which is no text, becomes a question mark."""
    made = json.dumps(msgspec.to_builtins(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return made.encode("utf-8", "replace").decode()


def value_of(text: object, kind: type[Value], where: str) -> Value:
    """Read a value from JSON; ProjectError, which names the place in the file, where it is no such value."""
    if not isinstance(text, str) or len(text) > MAX_RECORD:
        raise ProjectError(f"{where}: no text, or too long")
    try:
        return msgspec.json.decode(text.encode("utf-8", "replace"), type=kind)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise ProjectError(f"{where}: {str(error)[:200]}") from None


def step_text(step: Step) -> str:
    """Write a step of the log as JSON, with its kind as `do`."""
    return text_of({"do": type(step).__name__, **msgspec.to_builtins(step)})


def step_of(text: object, where: str) -> Step:
    """Read a step of the log."""
    record = value_of(text, dict[str, Any], where)
    kind = _STEPS.get(str(record.pop("do", "")))
    if kind is None:
        raise ProjectError(f"{where}: this version knows no such decision")
    try:
        step: Step = msgspec.convert(record, kind)
    except (msgspec.ValidationError, ValueError) as error:
        raise ProjectError(f"{where}: {str(error)[:200]}") from None
    return step


def entry_row(entry: LogEntry) -> tuple[int, str | None, str, str, str, str]:
    """Return the row of the log's table for an entry."""
    at = entry.at.isoformat() if entry.at else None
    who, old = (text.encode("utf-8", "replace").decode() for text in (entry.who[:MAX_WHO], entry.old))
    return entry.number, at, who, step_text(entry.step), old, text_of(entry.anchors)


def entry_of(row: tuple[Any, ...], number: int) -> LogEntry:
    """Read an entry of the log, which must have the number given."""
    found, at, who, step, old, anchors = row
    where = f"line {number} of the log"
    if found != number:
        raise ProjectError(f"{where} is missing")
    if not isinstance(who, str) or not isinstance(old, str) or len(who) > MAX_WHO or len(old) > MAX_RECORD:
        raise ProjectError(f"{where}: who or what held before is no text")
    try:
        when = datetime.fromisoformat(at) if at is not None else None
        return LogEntry(
            number=number,
            at=when,
            who=who,
            old=old,
            step=step_of(step, where),
            anchors=value_of(anchors, tuple[Anchor, ...], where),
        )
    except (TypeError, ValueError) as error:
        raise ProjectError(f"{where}: {str(error)[:200]}") from None
