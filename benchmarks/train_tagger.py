"""Train the toponym tagger: one command, one process, seeded.

    nice python benchmarks/train_tagger.py ../shared/corpora [--epochs 6] [--out geo/data/toponym_tagger.npz]

Data: LGL and GeoWebNews (documents of fold 0 of five held out), TUD-Loc-2013, re3d, wikigold, and a fifth of War of the
Rebellion; people and organisations are learned from wikigold alone. The network: hashed tables of word, prefix, suffix,
shape, gazetteer and document signs; three convolutions of width one; one label a token.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from geo.article import Span
from geo.stores.gazetteer import open_gazetteer
from geo.tokens import ROWS, Token, columns, tokens_of

LABELS = ("O", "PERSON", "ORG", "B-PLACE", "I-PLACE", "B-NORP", "I-NORP")
PERSON, ORG, B_PLACE, I_PLACE, B_NORP, I_NORP = range(1, 7)
WIDTHS = (64, 64, 24, 32, 16, 24, 12, 12, 12)
WIDTH, DEPTH, PIECES, SEED, FOLDS = 64, 3, 2, 20221, 5
BATCH_TOKENS = 3000


def fold(document_id: str) -> int:
    """Return the fold of a document, from its id alone."""
    return crc32(document_id.encode()) % FOLDS


def main() -> None:
    """Train, report the held-out fold, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path("geo/data/toponym_tagger.npz"))
    parser.add_argument("--cache", type=Path, default=None, help="keep the prepared documents here")
    options = parser.parse_args()
    began = time.process_time()
    if options.cache and options.cache.exists():
        stored = np.load(options.cache, allow_pickle=False)
        ends = stored["ends"]
        examples = [
            (str(name), table, gold, weight)
            for name, table, gold, weight in zip(
                stored["names"],
                np.split(stored["tables"], ends[:-1]),
                np.split(stored["golds"], ends[:-1]),
                np.split(stored["weights"], ends[:-1]),
                strict=True,
            )
        ]
    else:
        examples = list(prepared(options.corpora))
        if options.cache:
            np.savez(
                options.cache,
                names=np.array([e[0] for e in examples]),
                ends=np.cumsum([len(e[1]) for e in examples]),
                tables=np.concatenate([e[1] for e in examples]),
                golds=np.concatenate([e[2] for e in examples]),
                weights=np.concatenate([e[3] for e in examples]),
            )
    print(f"{len(examples)} documents, {sum(len(e[1]) for e in examples):,} tokens", file=sys.stderr)
    train(examples, options.epochs, options.out)
    print(f"CPU {time.process_time() - began:.0f} s", file=sys.stderr)


# --- data -------------------------------------------------------------------------------------------------------------

Example = tuple[str, Any, Any, Any]  # name, table of columns, gold labels, weights


def prepared(corpora: Path) -> Iterator[Example]:
    """Give every training document as numbers; its name begins with the corpus."""
    gazetteer = open_gazetteer()
    for corpus, share in (("lgl", 1.0), ("geowebnews", 1.0), ("tud", 1.0), ("re3d", 1.0), ("wotr", 0.2)):
        for line in (corpora / "toponyms" / f"{corpus}.jsonl").read_text(encoding="utf-8").split("\n"):
            if not line:
                continue
            row = json.loads(line)
            if crc32(("share" + str(row["id"])).encode()) % 1000 >= share * 1000:
                continue
            text = row["text"]
            tokens = tokens_of(text)
            if not tokens:
                continue
            table = columns(text, tokens, gazetteer)
            gold, weight = labels(corpus, row, tokens, table)
            yield f"{corpus}:{row['id']}", table, gold, weight
    for number, (words, marks) in enumerate(conll(corpora / "ner" / "wikigold")):
        text = " ".join(words)
        tokens, at = tokens_of(text), {}
        start = 0
        for word, mark in zip(words, marks, strict=True):
            for offset in range(start, start + len(word)):
                at[offset] = mark
            start += len(word) + 1
        table = columns(text, tokens, gazetteer)
        gold, weight = wikigold_labels(tokens, at, table)
        yield f"wikigold:{number}", table, gold, weight


def labels(corpus: str, row: dict[str, Any], tokens: list[Token], table: Any) -> tuple[Any, Any]:
    """Return the gold label and the weight in training of every token."""
    gold = np.zeros(len(tokens), dtype=np.int64)
    weight = np.ones(len(tokens), dtype=np.float32)
    demonym = table[:, 5] // 4 == 2
    if corpus not in {"lgl", "geowebnews"}:  # these corpora do not mark demonyms: nothing is known about them
        weight[demonym] = 0.0
    for item in sorted(row["toponyms"], key=lambda item: item["end"] - item["start"], reverse=True):
        start, end = item["start"], item["end"]
        if row["text"][start : start + 4] == "the ":
            start += 4
        if item.get("type") in {"Homonym"}:
            continue
        numbers = list(inside(tokens, start, end))
        if not numbers:
            continue
        people = all(demonym[n] for n in numbers) or item.get("type") in {"Demonym", "Language"}
        first, rest = (B_NORP, I_NORP) if people else (B_PLACE, I_PLACE)
        gold[numbers], weight[numbers] = rest, 1.0
        gold[numbers[0]] = first
    return gold, weight


def wikigold_labels(tokens: list[Token], at: dict[int, str], table: Any) -> tuple[Any, Any]:
    """Return labels from wikigold's: names of the gazetteer inside organisations are left open."""
    gold = np.zeros(len(tokens), dtype=np.int64)
    weight = np.ones(len(tokens), dtype=np.float32)
    before = "O"
    for number, token in enumerate(tokens):
        mark = at.get(token.start, "O")
        kind = mark[2:]
        known = table[number, 5] > 0
        if kind == "LOC":
            gold[number] = I_PLACE if before == mark else B_PLACE
        elif kind == "PER":
            gold[number] = PERSON
        elif kind == "ORG":
            gold[number], weight[number] = ORG, 0.0 if known else 1.0
        elif kind == "MISC":
            demonym = table[number, 5] // 4 == 2
            gold[number], weight[number] = (B_NORP, 1.0) if demonym else (0, 0.3)
        before = mark
    return gold, weight


def inside(tokens: list[Token], start: int, end: int) -> Iterator[int]:
    """Give the numbers of the tokens that lie in a stretch of the text."""
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if tokens[middle].end <= start else (low, middle)
    while low < len(tokens) and tokens[low].start < end:
        yield low
        low += 1


def conll(folder: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Give documents of about twenty sentences: words and marks."""
    words: list[str] = []
    marks: list[str] = []
    for path in sorted(folder.rglob("*.txt")) + sorted(folder.rglob("*.conll*")):
        if path.name.startswith(("README", "LICENSE")):
            continue
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


# --- training ---------------------------------------------------------------------------------------------------------


def train(examples: list[Example], epochs: int, out: Path) -> None:
    """Fit the network and write its weights as float16."""
    from thinc.api import Adam, fix_random_seed

    fix_random_seed(SEED)
    rng, chance = random.Random(SEED), np.random.default_rng(SEED)
    held = [e for e in examples if e[0].split(":")[0] in {"lgl", "geowebnews"} and fold(e[0].split(":", 1)[1]) == 0]
    names = {e[0] for e in held}
    learn = [e for e in examples if e[0] not in names]
    model = network()
    model.initialize(X=learn[0][1], Y=np.zeros((len(learn[0][1]), len(LABELS)), dtype=np.float32))
    optimizer = Adam(0.002, L2=1e-5, grad_clip=1.0)
    total = epochs * sum(len(e[1]) for e in learn) / BATCH_TOKENS
    step, mean = 0, {}
    for epoch in range(epochs):
        loss = 0.0
        for batch in batches(learn, rng):
            table = np.concatenate([e[1] for e in batch])
            gold = np.concatenate([e[2] for e in batch])
            weight = np.concatenate([e[3] for e in batch])
            table = forgetful(table, chance)
            step += 1
            optimizer.learn_rate = 0.002 * min(1.0, step / 60) * max(0.05, 1 - step / total)
            guess, back = model.begin_update(table)
            grad = guess.copy()
            grad[np.arange(len(gold)), gold] -= 1
            grad *= weight[:, None]
            loss += float(-(np.log(guess[np.arange(len(gold)), gold] + 1e-9) * weight).sum())
            back((grad / 64).astype(np.float32))
            model.finish_update(optimizer)
            if epoch >= epochs - 2:  # the mean of the last steps is steadier than the last step
                for key, value in weights_of(model).items():
                    mean[key] = mean.get(key, 0) + value
                mean["steps"] = mean.get("steps", 0) + 1
        report(epoch, loss / sum(len(e[1]) for e in learn), model, held)
    steps = mean.pop("steps")
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out, **{key: (value / steps).astype(np.float16) for key, value in mean.items()})
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB", file=sys.stderr)


def forgetful(table: Any, chance: Any) -> Any:
    """Hide words and gazetteer signs now and then, so that shape and surroundings are learned from too."""
    table = table.copy()
    hide = chance.random(len(table)) < 0.12
    table[hide, 0], table[hide, 1] = 0, 0
    hide = chance.random(len(table)) < 0.10
    table[hide, 2], table[hide, 3] = 0, 0
    hide = chance.random(len(table)) < 0.05
    table[hide, 5], table[hide, 6] = 0, 0
    return table


def batches(examples: list[Example], rng: random.Random) -> Iterator[list[Example]]:
    """Give shuffled documents in groups of about BATCH_TOKENS tokens."""
    order = examples[:]
    rng.shuffle(order)
    group: list[Example] = []
    for example in order:
        group.append(example)
        if sum(len(e[1]) for e in group) >= BATCH_TOKENS:
            yield group
            group = []
    if group:
        yield group


def network() -> Any:
    """Return the untrained network; `geo.stores.tagger` computes the same with numpy alone."""
    from thinc.api import Dropout, Embed, Maxout, Model, Softmax, chain, clone, concatenate, expand_window, residual

    tables: list[Model[Any, Any]] = [
        Embed(nO=width, nV=rows, column=column, dropout=0.1)
        for column, (rows, width) in enumerate(zip(ROWS, WIDTHS, strict=True))
    ]
    block = residual(
        chain(expand_window(window_size=1), Maxout(nO=WIDTH, nI=WIDTH * 3, nP=PIECES, normalize=True, dropout=0.15))
    )
    return chain(
        concatenate(*tables),
        Maxout(nO=WIDTH, nI=sum(WIDTHS), nP=PIECES, normalize=True),
        Dropout(0.15),
        clone(block, DEPTH),
        Softmax(nO=len(LABELS), nI=WIDTH),
    )


def weights_of(model: Any) -> dict[str, Any]:
    """Return every parameter by a name that says where it belongs."""
    found, count = {}, {}
    for node in model.walk():
        for name in node.param_names:
            key = f"{node.name.split('(')[0]}_{name}"
            count[key] = count.get(key, -1) + 1
            found[f"{key}_{count[key]}"] = node.get_param(name).astype(np.float32)
    return found


def report(epoch: int, loss: float, model: Any, held: list[Example]) -> None:
    """Print token-span F1 on the held-out documents, exact spans, by corpus."""
    for corpus in ("lgl", "geowebnews"):
        hits = guessed = wanted = 0
        for name, table, gold, _ in held:
            if name.startswith(corpus):
                guess = model.predict(table).argmax(axis=1)
                a, b = set(spans(guess)), set(spans(gold))
                hits, guessed, wanted = hits + len(a & b), guessed + len(a), wanted + len(b)
        p, r = hits / max(1, guessed), hits / max(1, wanted)
        print(
            f"epoch {epoch} loss {loss:.4f} {corpus}: P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f}",
            file=sys.stderr,
            flush=True,
        )


def spans(labels: Any) -> Iterator[tuple[int, int]]:
    """Give the stretches of place and demonym labels."""
    start = None
    for number, label in enumerate([*labels, 0]):
        if start is not None and label not in {I_PLACE, I_NORP}:
            yield start, number
            start = None
        if label in {B_PLACE, B_NORP}:
            start = number
    _ = Span


if __name__ == "__main__":
    main()
