"""Words of a text as the toponym tagger sees them: numbers that look up rows of its tables."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from geo.ordinary_words import GIVEN_NAMES, ORDINARY, TITLES
from geo.places import Gazetteer, NameMatch

# rows of the tables that are learned, in the order of the columns of `columns`
ROWS = (6000, 6000, 2000, 3000, 600, 64, 16, 64, 64)
VECTOR, SAME = len(ROWS), len(ROWS) + 1  # two columns more: key of the word's vector; the same word in the document
LOOK_AHEAD = 5  # words of the longest name that is looked up

_TOKEN = re.compile(r"[^\W_]+(?:\.(?=[^\W\d_]\.))?|[^\w\s]|_")
_SMALL_INSIDE = frozenset("of the de la le les al el du des da do das dos di del della upon on en sur and am".split())
_PLACE_BEFORE = frozenset("in near at from of to outside around across into toward towards between".split())


_HASH = re.compile(r"#(?=\w)")
_SHOUTED = re.compile(r"(?<![^\W_])[^\W\d_]{5,}(?![^\W_])")


def mended(text: str) -> str:
    """Write "KYIV" as "Kyiv" and "#Kyiv" as " Kyiv", since taggers learn from running text; no letter moves."""
    return _HASH.sub(" ", _SHOUTED.sub(_with_small_letters, text))


def _with_small_letters(match: re.Match[str]) -> str:
    word = match.group()
    small = word[0] + word[1:].lower()
    return small if word.isupper() and len(small) == len(word) else word


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign, with its place in the text."""

    text: str
    start: int
    end: int
    line_start: bool


def tokens_of(text: str) -> list[Token]:
    """Cut a text into words and signs; white space is in none of them."""
    found: list[Token] = []
    last = 0
    for match in _TOKEN.finditer(text):
        fresh = not found or "\n" in text[last : match.start()]
        found.append(Token(match.group(), match.start(), match.end(), fresh))
        last = match.end()
    return found


def columns(text: str, tokens: Sequence[Token], gazetteer: Gazetteer) -> npt.NDArray[np.int64]:
    """Return one row of numbers for every token: rows of the tables, the word's key, the number of the name.

    The last is the same for the same capitalised word wherever it stands, and 0 for a word that stands only once.
    """
    table = np.zeros((len(tokens), len(ROWS) + 2), dtype=np.int64)
    if not tokens:
        return table
    document = _Document.of(tokens)
    for row, token in enumerate(tokens):
        table[row, :5] = _word_columns(token.text)
        table[row, VECTOR] = vector_key(token.text)
    _fill_gazetteer(table, text, tokens, gazetteer)
    for row, token in enumerate(tokens):
        table[row, 7] = document.here(tokens, row, token)
        table[row, 8] = document.elsewhere(token.text)
        table[row, SAME] = document.repeated.get(token.text, 0)
    return table


@lru_cache(maxsize=50_000)
def vector_key(word: str) -> int:
    """Return the number under which the vector of a word is filed."""
    return crc32(word.lower().encode())


@lru_cache(maxsize=50_000)
def _word_columns(word: str) -> tuple[int, int, int, int, int]:
    small = word.lower()
    norm = small if not word.isdigit() else "0" * min(len(word), 6)
    first = crc32(norm.encode())
    second = crc32(b"2" + norm.encode())
    return (
        first % ROWS[0],
        second % ROWS[1],
        crc32(small[:3].encode()) % ROWS[2],
        crc32(small[-4:].encode()) % ROWS[3],
        crc32(_shape(word).encode()) % ROWS[4],
    )


def _shape(word: str) -> str:
    marks = "".join("X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c for c in word[:12])
    return re.sub(r"(.)\1{3,12}", r"\1\1\1", marks)


# --- what the gazetteer says of a word --------------------------------------------------------------------------------


def _fill_gazetteer(table: npt.NDArray[np.int64], text: str, tokens: Sequence[Token], gazetteer: Gazetteer) -> None:
    spans = list(_name_spans(text, tokens))
    names = {text[tokens[first].start : tokens[last].end] for first, last in spans}
    known = gazetteer.known(names)
    kind = {name: _kind_of(gazetteer.named(name)) for name in known}
    taken = -1
    for first, last in sorted(spans, key=lambda span: (span[0], -span[1])):
        name = text[tokens[first].start : tokens[last].end]
        if name not in known:
            continue
        if first == last:
            table[first, 6] = kind[name]
        if first > taken:
            for row in range(first, last + 1):
                where = 3 if first == last else 0 if row == first else 2 if row == last else 1
                table[row, 5] = kind[name] * 4 + where
            taken = last


def _name_spans(text: str, tokens: Sequence[Token]) -> Iterable[tuple[int, int]]:
    for first, token in enumerate(tokens):
        if not token.text[0].isupper():
            continue
        for last in range(first, min(first + LOOK_AHEAD * 2, len(tokens))):
            word = tokens[last].text
            if last > first and tokens[last].line_start:
                break
            if word[0].isupper() or word[0].isdigit():
                yield first, last
            elif _ends_name(text, tokens, last):
                break


def _ends_name(text: str, tokens: Sequence[Token], row: int) -> bool:
    word = tokens[row].text
    if word == ".":
        return len(tokens[row - 1].text) > 3
    if word in {"'", "’"}:
        return text[tokens[row].end : tokens[row].end + 2].strip() == "s"
    return word not in _JOINING and word not in _SMALL_INSIDE


_JOINING = frozenset({"-", "'", "’", ".", "\u2010", "\u2011", "\u2013"})


def _kind_of(matches: Sequence[NameMatch]) -> int:
    """Return a small number for what a name is at best."""
    if not matches:
        return 0
    best = matches[0]
    if best.how == "demonym":
        return 2
    place = best.place
    if place.kind == "settlement":
        size = place.population
        return 4 if size >= 1_000_000 else 5 if size >= 100_000 else 6 if size >= 10_000 else 7
    return _KIND_NUMBER.get(place.kind, 9)


_KIND_NUMBER: Mapping[str, int] = {
    "country": 1, "dependency": 3, "admin1": 3, "region": 10, "disputed": 10, "continent": 10, "admin2": 8,
}  # fmt: skip


# --- what the words around and the rest of the document say -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Document:
    small: frozenset[str]  # words that stand somewhere with a small letter
    after_place_word: frozenset[str]  # words that somewhere follow "in", "near", ...
    after_title: frozenset[str]
    after_name: frozenset[str]  # words that somewhere follow a given name
    often: frozenset[str]
    repeated: Mapping[str, int]  # capitalised words that stand more than once, numbered from 1

    @classmethod
    def of(cls, tokens: Sequence[Token]) -> "_Document":
        pairs = list(zip(tokens, tokens[1:], strict=False))
        seen: dict[str, int] = {}
        for token in tokens:
            seen[token.text] = seen.get(token.text, 0) + 1
        return cls(
            small=frozenset(token.text for token in tokens if token.text.islower()),
            after_place_word=_following(pairs, lambda word: word in _PLACE_BEFORE),
            after_title=_following(pairs, lambda word: word.lower() in TITLES),
            after_name=_following(pairs, lambda word: word[0].isupper() and word.lower() in GIVEN_NAMES),
            often=frozenset(word for word, count in seen.items() if count > 2),
            repeated=_numbered(word for word, count in seen.items() if count > 1 and word[0].isupper()),
        )

    def here(self, tokens: Sequence[Token], row: int, token: Token) -> int:
        first = row == 0 or token.line_start or tokens[row - 1].text in '.!?:”"'
        lower = token.text.lower()
        return (
            first
            + 2 * (token.text.isupper() and len(token.text) > 1)
            + 4 * (lower in self.small)
            + 8 * (lower in ORDINARY)
            + 16 * (lower in GIVEN_NAMES)
            + 32 * (lower in TITLES)
        )

    def elsewhere(self, word: str) -> int:
        if not word[0].isupper():
            return 0
        return (
            1
            + 2 * (word in self.after_place_word)
            + 4 * (word in self.after_title)
            + 8 * (word in self.after_name)
            + 16 * (word in self.often)
        )


def _following(pairs: Iterable[tuple[Token, Token]], test: Callable[[str], bool]) -> frozenset[str]:
    return frozenset(right.text for left, right in pairs if right.text[0].isupper() and test(left.text))


def _numbered(words: Iterable[str]) -> Mapping[str, int]:
    return {word: number for number, word in enumerate(words, start=1)}
