"""The key under which a name is looked up, and the rules of abbreviations and of words around a name."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from geo.places import KINDS

# Apostrophes of all kinds carry no sense between spellings (Khar'kov, Sana'a, Stepʻanakert); other marks part words.
_DROPPED = "'’‘ʼʻ`´′ʹʺʾʿˈˮ"
_PARTING = '-‐‑‒–—―−.,;:/\\()[]{}!?_"“”„«»*+#@%|·・،'
# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = {
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ə": "e",
    "ǝ": "e",
    "ħ": "h",
}


class _Folding(dict[int, str]):
    """What becomes of a character, worked out when it is met first."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        apart = unicodedata.normalize("NFKD", letter)
        bare = "".join(part for part in apart if not "\u0300" <= part <= "\u036f")
        if bare == apart and len(apart) > 1 and not apart.isascii():
            bare = letter  # no accent was on it: Hangul and Indic letters are not to be taken apart
        if bare != letter:
            bare = "".join(self[ord(part)] for part in bare.casefold())
        self[code] = folded = "" if unicodedata.category(letter) in ("Cs", "Cc", "Cf", "Cn") else bare
        return folded


_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"
_FOLDING = _Folding(
    {ord(mark): " " for mark in _SPACES}
    | {ord(mark): "" for mark in _DROPPED}
    | {ord(mark): " " for mark in _PARTING}
    | {ord(letter): plain for letter, plain in _LETTERS.items()}
    | {ord("&"): " and "}
)


def folded(name: str) -> str:
    """Return a name without case, accents, apostrophes, hyphens and dots, words parted by one space.

    >>> folded("Xankəndi"), folded("Port-au-Prince"), folded("Sana’a")
    ('xankendi', 'port au prince', 'sanaa')
    """
    small = name.casefold()
    if small.isascii():
        if small.isalpha():
            return small
    else:
        small = unicodedata.normalize("NFC", small)
    return " ".join(small.translate(_FOLDING).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Designator:
    """A word that says what kind of place a name is of: "X Oblast", "city of X"."""

    word: str
    before: bool  # "city of X", not "X city"
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    """A short form as it is written; `exact` ones match in this case only ("Ind." is no "ind.")."""

    written: str
    place_id: str
    exact: bool


@dataclass(frozen=True, kw_only=True)
class NameRules:
    """How names are compared, read from the data files of gazetteer/."""

    words: Mapping[str, str] = field(default_factory=dict)  # "st" -> "saint"
    designators: tuple[Designator, ...] = ()

    def key(self, name: str) -> str:
        """Return the key of a name; equal keys are the same name.

        >>> NameRules(words={"st": "saint"}).key("The St. Pölten-Land")
        'saint polten land'
        >>> NameRules().key("Washington, D. C.")
        'washington dc'
        """
        text = folded(name)
        if " " not in text:
            return text
        tokens = text.removeprefix("the ").split()
        return " ".join(self._spelled_out(tokens))

    def _spelled_out(self, tokens: list[str]) -> Iterator[str]:
        letters = ""  # "d c" is "dc"
        for token in tokens:
            if len(token) == 1 and token.isalpha():
                letters += token
                continue
            if letters:
                yield letters
                letters = ""
            yield self.words.get(token, token)
        if letters:
            yield letters

    def without_designator(self, key: str) -> Iterator[tuple[str, frozenset[str]]]:
        """Yield what a key leaves when a designator is taken off, with the kinds that it then may mean.

        >>> rules = NameRules(designators=(Designator(word="oblast", before=False, kinds=frozenset({"admin1"})),))
        >>> list(rules.without_designator("kherson oblast"))
        [('kherson', frozenset({'admin1'}))]
        """
        first, last = key.partition(" ")[0], key.rpartition(" ")[2]
        for designator in self._before.get(first, ()):
            if key.startswith(designator.word + " "):
                yield key[len(designator.word) + 1 :].removeprefix("the "), designator.kinds
        for designator in self._after.get(last, ()):
            if key.endswith(" " + designator.word):
                yield key[: -len(designator.word) - 1], designator.kinds

    @cached_property
    def _before(self) -> dict[str, list[Designator]]:
        return _grouped((one.word.partition(" ")[0], one) for one in self.designators if one.before)

    @cached_property
    def _after(self) -> dict[str, list[Designator]]:
        return _grouped((one.word.rpartition(" ")[2], one) for one in self.designators if not one.before)


def _grouped(pairs: Iterable[tuple[str, Designator]]) -> dict[str, list[Designator]]:
    groups: dict[str, list[Designator]] = {}
    for word, designator in pairs:
        groups.setdefault(word, []).append(designator)
    return groups


def read_rules(folder: Path) -> NameRules:
    """Read words.tsv and designators.tsv; a folder without them gives no rules."""
    words = {row["word"]: row["stands_for"] for row in read_rows(folder / "words.tsv")}
    designators = tuple(
        Designator(
            word=row["word"], before=row["position"] == "before", kinds=frozenset(row["kinds"].split("|")) & KINDS
        )
        for row in read_rows(folder / "designators.tsv")
    )
    return NameRules(words=words, designators=designators)


def read_abbreviations(folder: Path) -> list[Abbreviation]:
    """Read abbreviations.tsv; several ways of writing one place stand in one row, joined by "|"."""
    return [
        Abbreviation(written=written, place_id=row["id"], exact=row["case"] == "exact")
        for row in read_rows(folder / "abbreviations.tsv")
        for written in row["written"].split("|")
    ]


def read_demonyms(folder: Path) -> list[tuple[str, str]]:
    """Read demonyms.tsv as pairs of a word and the id of its place."""
    return [
        (word, row["id"]) for row in read_rows(folder / "demonyms.tsv") for word in row["demonyms"].split("|") if word
    ]


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Read a small table of the project, nothing where it is missing; lines that begin with # are left out."""
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            lines = (line for line in file if not line.startswith("#"))
            yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
