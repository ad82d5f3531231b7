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
from geo.tokens import ROWS, SAME, VECTOR, columns, tokens_of

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
DOUBTFUL = 0.15  # a word that is likelier no place is still given, with its score, from this share on


@dataclass(slots=True)
class ToponymTagger:
    """A small network trained for place names (`benchmarks/train_tagger.py`), computed with numpy alone.

    Labels are GPE for a place of whatever kind, NORP for a demonym, PERSON and ORG; the score is the mean probability.
    What is likelier no place is given too, with a score under a half.
    """

    gazetteer: Gazetteer | None = None
    weights: Path | None = None  # other weights than those that come with Marchland
    version: str = "marchland toponym tagger 2026-11-25"
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
        words = [weights[f"table_{number}"][table[:, number]] for number in range(len(ROWS))]
        x = np.concatenate([*words, _vectors(table[:, VECTOR], weights)], axis=1, dtype=np.float32)
        x = _maxout(x, weights, "first")
        for layer in _layers(weights, "near"):
            x = x + _maxout(_with_neighbours(x), weights, layer)
        x = x + _maxout(np.concatenate([x, _of_document(x, table[:, SAME])], axis=1), weights, "document")
        for layer in _layers(weights, "far"):
            x = x + _maxout(_with_neighbours(x), weights, layer)
        scores = x @ weights["label_W"].T + weights["label_b"]
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return scores / scores.sum(axis=1, keepdims=True)

    def _loaded(self) -> dict[str, Any]:
        if self._weights is None:
            import numpy as np

            try:
                with np.load(self.weights or WEIGHTS, allow_pickle=False) as stored:
                    self._weights = {name: _as_used(stored[name]) for name in stored.files}
            except (OSError, ValueError) as error:
                raise GeoError(
                    f"the tagger's weights {WEIGHTS.name} cannot be read: install Marchland again"
                ) from error
        return self._weights


def _as_used(array: Any) -> Any:
    """Return half precision as single precision; whole numbers as they are."""
    return array.astype("float32") if array.dtype == "float16" else array


def _layers(weights: dict[str, Any], name: str) -> list[str]:
    return [f"{name}_{number}" for number in range(len(weights)) if f"{name}_{number}_W" in weights]


def _vectors(keys: Any, weights: dict[str, Any]) -> Any:
    """Return the vectors of words by their keys, zero for a word that has none."""
    import numpy as np

    filed = weights["vector_keys"]
    rows = np.minimum(np.searchsorted(filed, keys), len(filed) - 1)
    return weights["vectors"][rows] * (weights["vector_scale"] * (filed[rows] == keys)[:, None])


def _with_neighbours(x: Any) -> Any:
    """Put the rows before and after beside every row."""
    import numpy as np

    width = x.shape[1]
    wide = np.zeros((len(x), 3 * width), dtype=np.float32)
    wide[1:, :width], wide[:, width : 2 * width], wide[:-1, 2 * width :] = x[:-1], x, x[1:]
    return wide


def _of_document(x: Any, same: Any) -> Any:
    """Return for every row the largest values of the rows of the same name; zero where there is no other."""
    import numpy as np

    largest = np.zeros_like(x)
    rows = np.flatnonzero(same)
    if len(rows):
        rows = rows[np.argsort(same[rows], kind="stable")]
        fresh = np.r_[True, np.diff(same[rows]) != 0]
        largest[rows] = np.maximum.reduceat(x[rows], np.flatnonzero(fresh), axis=0)[np.cumsum(fresh) - 1]
    return largest


def _maxout(x: Any, weights: dict[str, Any], layer: str) -> Any:
    """Compute the larger of the two pieces of each unit, and bring every row to mean 0 and variance 1."""
    import numpy as np

    kernel, bias = weights[f"{layer}_W"], weights[f"{layer}_b"]
    y = np.maximum(x @ kernel[:, 0].T + bias[:, 0], x @ kernel[:, 1].T + bias[:, 1])
    y -= y.mean(axis=1, keepdims=True)
    y /= np.sqrt(np.einsum("ij,ij->i", y, y)[:, None] / y.shape[1] + 1e-8)
    return y * weights[f"{layer}_G"] + weights[f"{layer}_shift"]


def _best(shares: Any) -> Any:
    """Return the likeliest label of each row such that no name begins in its middle (Viterbi)."""
    import numpy as np

    scores = np.log(shares + 1e-6)
    best = scores.argmax(axis=1)
    for first, last in _stretches(shares[:, 0] < SURELY_NONE):
        score, came_from = scores[first] + _FIRST, []
        for row in range(first + 1, last + 1):
            ways = score[:, None] + _NEXT
            came_from.append(ways.argmax(axis=0))
            score = ways.max(axis=0) + scores[row]
        best[last] = score.argmax()
        for row in range(last, first, -1):
            best[row - 1] = came_from[row - first - 1][best[row]]
    return best


SURELY_NONE = 0.97
_NEVER = -30.0
# from label, to label: a place goes on only after a place, a demonym after a demonym
_NEXT = [
    [_NEVER if to in {_I_PLACE, _I_NORP} and before not in {to - 1, to} else 0.0 for to in range(len(LABELS))]
    for before in range(len(LABELS))
]
_FIRST = _NEXT[0]


def _stretches(chosen: Any) -> list[tuple[int, int]]:
    """Return first and last row of every stretch of chosen rows."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate([[False], chosen, [False]]).astype(np.int8)))
    return [(int(first), int(after) - 1) for first, after in edges.reshape(-1, 2)]


def _runs(shares: Any) -> Iterator[tuple[int, int, str, float]]:
    """Give the stretches of one label: first and last token, label, mean probability."""
    place, people = shares[:, _B_PLACE] + shares[:, _I_PLACE], shares[:, _B_NORP] + shares[:, _I_NORP]
    best = _best(shares)
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
            either = place if inside == _I_PLACE else people
            yield row, last, "GPE" if inside == _I_PLACE else "NORP", either[row : last + 1].mean()
        elif place[row] > DOUBTFUL:
            while last + 1 < len(best) and best[last + 1] == 0 and place[last + 1] > DOUBTFUL:
                last += 1
            yield row, last, "GPE", place[row : last + 1].mean()
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
