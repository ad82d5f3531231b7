"""What the toponym tagger learns from: documents as rows of numbers, and for every word the labels that it may have.

A corpus that marks places only does not say which other words name people, and one that does not mark demonyms leaves
those open. So a word has a set of allowed labels, as bits, and learning asks that the sum of their shares is large.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from tagger_sentences import reports

from geo.places import Gazetteer
from geo.tokens import Token, columns, mended, tokens_of

LABELS = ("O", "PERSON", "ORG", "B-PLACE", "I-PLACE", "B-NORP", "I-NORP")
O, PERSON, ORG, B_PLACE, I_PLACE, B_NORP, I_NORP = (1 << number for number in range(len(LABELS)))  # noqa: E741
NO_PLACE, PLACE, NORP = O | PERSON | ORG, B_PLACE | I_PLACE, B_NORP | I_NORP
# corpus: the share of its documents that is learned from
TOPONYMS = {"lgl": 1.0, "geowebnews": 1.0, "tud": 1.0, "re3d": 1.0, "wotr": 0.1}
MARK_DEMONYMS = {"lgl", "geowebnews"}
NAMES = {"wikigold": (1, "wikigold/data/wikigold.conll.txt"), "btc": (2, "BTC/data")}  # every so-manieth piece
MADE_UP_SEED, MADE_UP_WEIGHT = 7, 0.5  # they are simpler than what people write
FOLDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A document: `table` as `geo.tokens.columns` gives it, `allowed` labels as bits, `weight` of every word."""

    name: str  # the corpus, a colon, the id
    table: Any
    allowed: Any
    weight: Any

    @property
    def corpus(self) -> str:
        return self.name.partition(":")[0]

    @property
    def fold(self) -> int:
        """The fold of the document, from its id alone."""
        return crc32(self.name.partition(":")[2].encode()) % FOLDS


def examples(corpora: Path, gazetteer: Gazetteer) -> Iterator[Example]:
    """Give every document to learn from, in a fixed order."""
    for corpus, share in TOPONYMS.items():
        with (corpora / "toponyms" / f"{corpus}.jsonl").open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if crc32(("share" + str(row["id"])).encode()) % 1000 < share * 1000 and (
                    tokens := tokens_of(row["text"])
                ):
                    table = columns(mended(row["text"]), tokens, gazetteer)
                    allowed = _marked(corpus, row, tokens, table)
                    yield Example(
                        name=f"{corpus}:{row['id']}",
                        table=table,
                        allowed=allowed,
                        weight=np.ones(len(tokens), np.float32),
                    )
    for corpus, (step, place) in NAMES.items():
        for number, (words, marks) in enumerate(_conll(corpora / "ner" / place)):
            if number % step == 0:
                yield _of_names(f"{corpus}:{number}", words, marks, gazetteer)
    for number, (text, spans) in enumerate(reports(MADE_UP_SEED)):
        yield _made_up(f"made-up:{number}", text, spans, gazetteer)


def _is_demonym(table: Any) -> Any:
    return table[:, 5] // 4 == 2


def _marked(corpus: str, row: dict[str, Any], tokens: Sequence[Token], table: Any) -> Any:
    """Return the allowed labels of a document whose places are marked."""
    allowed = np.full(len(tokens), NO_PLACE, dtype=np.uint8)
    demonym = _is_demonym(table)
    if corpus not in MARK_DEMONYMS:
        allowed[demonym] = O | NORP
    for item in sorted(row["toponyms"], key=lambda item: item["end"] - item["start"], reverse=True):
        start, end = item["start"], item["end"]
        start += 4 if row["text"][start : start + 4] == "the " else 0
        numbers = _inside(tokens, start, end)
        if item.get("type") == "Homonym" or not numbers:
            continue
        people = all(demonym[n] for n in numbers) or item.get("type") in {"Demonym", "Language"}
        allowed[numbers] = I_NORP if people else I_PLACE
        allowed[numbers[0]] = B_NORP if people else B_PLACE
    return allowed


def _of_names(name: str, words: Sequence[str], marks: Sequence[str], gazetteer: Gazetteer) -> Example:
    """Return an example of a corpus of people, organisations and places; places inside organisations are left open."""
    starts = np.cumsum([0, *(len(word) + 1 for word in words)])
    text = mended(" ".join(words))
    tokens = tokens_of(text)
    table = columns(text, tokens, gazetteer)
    allowed, weight = np.full(len(tokens), O, dtype=np.uint8), np.ones(len(tokens), np.float32)
    demonym = _is_demonym(table)
    before = -1
    for number, token in enumerate(tokens):
        at = int(np.searchsorted(starts, token.start, side="right")) - 1
        kind, first = marks[at][2:], marks[at][0] == "B" or at == 0 or marks[at - 1][2:] != marks[at][2:]
        if kind == "LOC":
            allowed[number] = B_PLACE if first and at != before else I_PLACE
        elif kind == "PER":
            allowed[number] = PERSON
        elif kind == "ORG":
            allowed[number] = ORG | PLACE | NORP if table[number, 5] else ORG
        elif kind == "MISC":
            allowed[number] = B_NORP if demonym[number] else O | ORG
        elif demonym[number]:
            allowed[number] = O | NORP
        before = at
    return Example(name=name, table=table, allowed=allowed, weight=weight)


_SLOT_LABELS = {
    "town": (B_PLACE, I_PLACE), "region": (B_PLACE, I_PLACE), "country": (B_PLACE, I_PLACE),
    "capital": (B_PLACE, I_PLACE), "bloc": (B_PLACE, I_PLACE), "people": (B_NORP, I_NORP), "person": (PERSON, PERSON),
    "surname": (PERSON, PERSON), "group": (ORG, ORG),
}  # fmt: skip


def _made_up(name: str, text: str, spans: Sequence[tuple[int, int, str]], gazetteer: Gazetteer) -> Example:
    """Return an example of a made-up report; what stands outside the slots and is written large is left open."""
    tokens = tokens_of(text)
    table = columns(mended(text), tokens, gazetteer)
    allowed = np.array([NO_PLACE if token.text[0].isupper() else O for token in tokens], dtype=np.uint8)
    for start, end, slot in spans:
        if slot in _SLOT_LABELS:
            first, inside = _SLOT_LABELS[slot]
            numbers = _inside(tokens, start, end)
            allowed[numbers] = inside
            allowed[numbers[0]] = first
    return Example(name=name, table=table, allowed=allowed, weight=np.full(len(tokens), MADE_UP_WEIGHT, np.float32))


def _inside(tokens: Sequence[Token], start: int, end: int) -> list[int]:
    return [number for number, token in enumerate(tokens) if token.end > start and token.start < end]


def _conll(place: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Give pieces of some four hundred words and their marks; a word and its mark stand on a line."""
    words: list[str] = []
    marks: list[str] = []
    for path in sorted(place.glob("*.conll")) if place.is_dir() else [place]:
        for line in path.read_text(encoding="utf-8").split("\n"):
            parts = line.split()
            if len(parts) == 2 and parts[0] != "-DOCSTART-":
                words.append(parts[0])
                marks.append(parts[1])
            elif len(words) > 400:
                yield words, marks
                words, marks = [], []
    if words:
        yield words, marks
