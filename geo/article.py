"""The article: one source text, its sentences, and spans of it."""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from geo.errors import ArticleError

MAX_CHARACTERS = 1_000_000  # a long book chapter; more is a wrong file, not an article


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the article's text, in Unicode characters, end exclusive."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span must run forward, not {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the words of the span."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Tell whether two spans share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Tell whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence; `number` counts from 1, as readers do."""

    number: int
    span: Span


@dataclass(frozen=True, kw_only=True)
class Article:
    """One source text with what is known about it; the text is never changed, offsets count its characters."""

    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
    id: str = field(default="article")

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ArticleError("the article is empty: paste or upload a text with at least one sentence")
        if len(self.text) > MAX_CHARACTERS:
            raise ArticleError(
                f"the article has {len(self.text):,} characters, the limit is {MAX_CHARACTERS:,}: split it into parts"
            )

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences in order; every character that is not white space is in exactly one."""
        return tuple(Sentence(number=n, span=span) for n, span in enumerate(_sentence_spans(self.text), start=1))

    @cached_property
    def _sentence_starts(self) -> tuple[int, ...]:
        return tuple(sentence.span.start for sentence in self.sentences)

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds a character (white space belongs to the sentence before it)."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def quote(self, span: Span) -> str:
        """Return the sentence around a span, in one line, as a card shows it."""
        return " ".join(self.sentence_at(span.start).span.of(self.text).split())


# An abbreviation's full stop ends no sentence unless a paragraph ends with it.
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen col lt maj capt sgt cpl pvt brig adm cmdr gov sen rep pres hon rev fr st mt ft no vs etc "
    "inc ltd co corp dept univ approx est ca al jr sr messrs op cit vol fig eq sq "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la mass mich minn miss mo mont neb nev okla ore pa tenn "
    "tex va vt wash wis wyo".split()
)
_BREAK = re.compile(r"\n[ \t\r]{0,200}\n|\n|[.!?…][\"'”’»)\]]{0,3}(?=\s)")


def _sentence_spans(text: str) -> Iterator[Span]:
    start, wrapped_at = 0, _wrap_width(text)
    for match in _BREAK.finditer(text):
        if match.group() == "\n":
            ends = match.start() - text.rfind("\n", 0, match.start()) < wrapped_at
        else:
            ends = match.group().startswith("\n") or _ends_sentence(text, match.start(), match.end())
        if ends:
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, len(text))


def _wrap_width(text: str) -> float:
    """Return the line length from which a line break is only a wrap: infinite unless the text is hard-wrapped."""
    lengths = [len(line) for line in text.splitlines() if line.strip()]
    if len(lengths) < 3 or max(lengths) > 120 or max(lengths) < 40:
        return math.inf
    return 0.7 * max(lengths)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if stripped := piece.strip():
        begin = start + piece.index(stripped[0])
        yield Span(start=begin, end=begin + len(stripped))


_WORD_BEFORE = re.compile(r"[\w.]{1,20}$")
_NEXT_WORD = re.compile(r"\s{0,50}[\"'“‘«(\[]{0,3}(\w)")


def _ends_sentence(text: str, stop: int, end: int) -> bool:
    following = _NEXT_WORD.match(text, end)
    if following and following.group(1).islower():
        return False
    if text[stop] != ".":
        return True
    before = _WORD_BEFORE.search(text, max(0, stop - 20), stop)
    word = before.group().lower() if before else ""
    single_letter = len(word) == 1 and word.isalpha() or bool(re.fullmatch(r"(\w\.)+\w", word))
    return word not in _ABBREVIATIONS and not single_letter
