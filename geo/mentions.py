"""Which words of an article name a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from geo.article import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span of the article that names a place; a demonym ("Turkish") is one with `demonym` set."""

    span: Span
    text: str
    demonym: bool = False
    source: tuple[Literal["gazetteer", "tagger", "document", "given"], ...] = ("gazetteer",)
    score: float = 1.0  # how sure it is that this names a place at all, 0..1


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedSpan:
    """What a tagger (an NER model) found: label in OntoNotes' terms (GPE, LOC, FAC, NORP, ORG, PERSON, ...)."""

    span: Span
    label: str
    score: float = 1.0


class Tagger(Protocol):
    """An English named-entity pipeline, loaded by a store."""

    version: str

    def tag(self, text: str) -> Sequence[TaggedSpan]:
        """Return the entities of a text in order, offsets in characters of the text as given."""
        ...
