"""The tagger of place names: a small network computed with numpy alone, its weights read on first use."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.article import Span
from geo.errors import GeoError
from geo.mentions import TaggedSpan, Tagger
from geo.places import Gazetteer
from geo.tokens import columns, tokens_of

PIECE_CHARACTERS = 20_000  # a long feature; memory grows with the length of a piece
_PARAGRAPH_END = re.compile(r"\n[^\S\n]{0,80}\n|\n")
WEIGHTS = Path(__file__).resolve().parent.parent / "data" / "toponym_tagger.npz"


def open_tagger(gazetteer: Gazetteer | None = None) -> Tagger:
    """Return the toponym tagger; its weights are read when the first text comes.

    It looks words up in the gazetteer, by default the one that comes with Marchland.
    """
    return ToponymTagger(gazetteer)


LABELS = ("O", "PERSON", "ORG", "B-PLACE", "I-PLACE", "B-NORP", "I-NORP")
_B_PLACE, _I_PLACE, _B_NORP, _I_NORP = 3, 4, 5, 6


@dataclass(slots=True)
class ToponymTagger:
    """A small network trained for place names (`benchmarks/train_tagger.py`), computed with numpy alone.

    Labels are GPE for a place of whatever kind, NORP for a demonym, PERSON and ORG; the score is the mean probability.
    """

    gazetteer: Gazetteer | None = None
    version: str = "marchland toponym tagger 2026-11-23"
    for_places: bool = True
    _weights: dict[str, Any] | None = field(default=None, repr=False)

    def tag(self, text: str) -> Sequence[TaggedSpan]:
        """Return the entities of a text in order, offsets in characters of the text as given."""
        found: list[TaggedSpan] = []
        for piece in pieces(text):
            found += self._tag_piece(piece.of(text), piece.start)
        return found

    def _tag_piece(self, text: str, offset: int) -> list[TaggedSpan]:
        tokens = tokens_of(text)
        if not tokens:
            return []
        if self.gazetteer is None:
            from geo.stores.gazetteer import open_gazetteer

            self.gazetteer = open_gazetteer()
        shares = self.shares(columns(text, tokens, self.gazetteer))
        return [
            TaggedSpan(
                span=Span(start=offset + tokens[first].start, end=offset + tokens[last].end),
                label=label,
                score=round(float(score), 3),
            )
            for first, last, label, score in _runs(shares)
        ]

    def shares(self, table: Any) -> Any:
        """Return the probability of each label for each row of the table that `geo.tokens.columns` makes."""
        import numpy as np

        weights = self._loaded()
        layers = 0
        x = np.concatenate([weights[f"embed_E_{n}"][table[:, n]] for n in range(table.shape[1])], axis=1)
        x = _maxout(x, weights, layers)
        while f"maxout_W_{layers + 1}" in weights:
            layers += 1
            wide = np.zeros((len(x), 3 * x.shape[1]), dtype=np.float32)
            width = x.shape[1]
            wide[1:, :width], wide[:, width : 2 * width], wide[:-1, 2 * width :] = x[:-1], x, x[1:]
            x = x + _maxout(wide, weights, layers)
        scores = x @ weights["softmax_W_0"].T + weights["softmax_b_0"]
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return scores / scores.sum(axis=1, keepdims=True)

    def _loaded(self) -> dict[str, Any]:
        if self._weights is None:
            import numpy as np

            try:
                with np.load(WEIGHTS, allow_pickle=False) as stored:
                    self._weights = {name: stored[name].astype(np.float32) for name in stored.files}
            except (OSError, ValueError) as error:
                raise GeoError(
                    f"the tagger's weights {WEIGHTS.name} cannot be read: install Marchland again"
                ) from error
        return self._weights


def _maxout(x: Any, weights: dict[str, Any], layer: int) -> Any:
    """Compute the largest of the pieces of each unit, and bring every row to mean 0 and variance 1."""
    kernel = weights[f"maxout_W_{layer}"]
    units, parts, width = kernel.shape
    y = (x @ kernel.reshape(units * parts, width).T + weights[f"maxout_b_{layer}"].reshape(-1)).reshape(
        -1, units, parts
    )
    y = y.max(axis=2)
    y = (y - y.mean(axis=1, keepdims=True)) / (y.var(axis=1, keepdims=True) + 1e-8) ** 0.5
    return y * weights[f"layernorm_G_{layer}"] + weights[f"layernorm_b_{layer}"]


def _runs(shares: Any) -> Iterator[tuple[int, int, str, float]]:
    """Give the stretches of one label: first and last token, label, mean probability."""
    best = shares.argmax(axis=1)
    row = 0
    while row < len(best):
        label = int(best[row])
        last = row
        if label in {1, 2}:
            while last + 1 < len(best) and best[last + 1] == label:
                last += 1
            yield row, last, LABELS[label], shares[row : last + 1, label].mean()
        elif label:
            inside = _I_PLACE if label in {_B_PLACE, _I_PLACE} else _I_NORP
            while last + 1 < len(best) and best[last + 1] == inside:
                last += 1
            either = shares[row : last + 1, inside - 1] + shares[row : last + 1, inside]
            yield row, last, "GPE" if inside == _I_PLACE else "NORP", either.mean()
        row = last + 1


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
