"""One article a line: from a line of the input to a line of the output, or to what was wrong with it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from geo.article import Article, Span
from geo.batch.record import record_of
from geo.errors import GeoError
from geo.front_door import read_article
from geo.mentions import Mention
from geo.options import Options

MAX_LINE_BYTES = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the input; `number` counts from 1 in its file, `end` is where the next one begins, in bytes."""

    number: int
    data: bytes
    end: int
    too_long: bool = False
    source: str = ""  # the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a line: a line for the output, or None; and what was wrong with it, if anything was."""

    number: int
    output: str | None = None
    problem: str | None = None


def lines_of(file: BinaryIO) -> Iterator[Line]:
    """Yield the lines of a file; empty ones are left out.

    No more than MAX_LINE_BYTES of a line are held in memory.
    """
    number = 0
    while data := file.readline(MAX_LINE_BYTES):
        number += 1
        too_long = len(data) == MAX_LINE_BYTES and not data.endswith(b"\n")
        if too_long:
            while (rest := file.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
            data = b""
        if too_long or data.strip():
            yield Line(number=number, data=data, end=file.tell(), too_long=too_long)


def read_line(line: Line) -> Outcome:
    """Read the article of a line with the installed data; whatever goes wrong is told, never raised."""
    try:
        given = parsed(line)
        article, mentions, doubt = _article(given)
        record = record_of(read_article(article, mentions=mentions, options=Options(organisations=True)))
        record["id"] = given["id"]
        return Outcome(number=line.number, output=json.dumps(record, allow_nan=False), problem=doubt)
    except GeoError as error:
        return Outcome(number=line.number, problem=str(error))
    except Exception as error:  # one article must not end the work on all others
        return Outcome(number=line.number, problem=f"cannot be read: {type(error).__name__}: {error}")


def parsed(line: Line) -> Mapping[str, object]:
    """Return the object of a line, which has an id and a text; GeoError where it has not."""
    if line.too_long:
        raise GeoError(f"it is longer than {MAX_LINE_BYTES // 1_000_000} MB")
    try:
        given = json.loads(line.data.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except UnicodeDecodeError:
        raise GeoError("it is not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise GeoError(f"it is no JSON: {error}") from None
    if not isinstance(given, dict):
        raise GeoError("it is no JSON object")
    if isinstance(given.get("id"), bool) or not isinstance(given.get("id"), str | int):
        raise GeoError("it has no id (text or a whole number)")
    if not isinstance(given.get("text"), str):
        raise GeoError("it has no text")
    return given


def _article(given: Mapping[str, object]) -> tuple[Article, tuple[Mention, ...] | None, str | None]:
    """Return the article, the mentions of its `spans` if it has any, and a doubt about its date."""
    text = str(given["text"])
    day, doubt = _day(given.get("date"))
    title, url = given.get("title"), given.get("url")
    article = Article(
        text=text,
        title=title if isinstance(title, str) else None,
        url=url if isinstance(url, str) else None,
        published=day,
        id=str(given["id"]),
    )
    if given.get("spans") is None:
        return article, None, doubt
    return article, tuple(_mentions(text, given["spans"])), doubt


def _mentions(text: str, spans: object) -> Iterator[Mention]:
    if not isinstance(spans, list):
        raise GeoError("its spans are no list")
    for item in spans:
        try:
            span = Span(start=int(item["start"]), end=int(item["end"]))
        except (TypeError, KeyError, ValueError) as error:
            raise GeoError(f"its span {str(item)[:60]} is none: {error}") from None
        if span.end > len(text):
            raise GeoError(f"its span {span.start}..{span.end} reaches over the end of the text, {len(text)}")
        yield Mention(span=span, text=span.of(text), source=("given",))


def _day(given: object) -> tuple[date | None, str | None]:
    if given in (None, ""):
        return None, None
    try:
        return date.fromisoformat(str(given)[:10]), None
    except ValueError:
        return None, f"its date {str(given)[:30]!r} is not year-month-day: read without it"


def id_of_output(line: bytes, path: Path) -> object:
    """Return the id of a line that a batch wrote; GeoError where it is none."""
    try:
        text = line.decode("utf-8")
        if text.startswith('{"id": '):
            return json.JSONDecoder().raw_decode(text, 7)[0]
        return json.loads(text)["id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise GeoError(f"{path} is there and was not written by batch: give another -o, or --restart") from None
