"""Measure how well places are read, on documents that nothing was learned from, and write docs/accuracy.md.

    nice python benchmarks/accuracy.py ../shared/corpora ../shared/bench [--work DIR]

For each of the five folds (crc32 of the id modulo 5) a tagger is trained without the fold's documents of LGL and
GeoWebNews, the ranking is learned without them too, and the documents are read with both, end to end. Two more taggers
leave out a whole corpus. What is made is kept in the folder --work: a run that was broken off goes on there.
"""

import argparse
import importlib.util
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from unittest import mock

from places import article_of, fold_of, given_mentions, rows
from stock_tagger import SpacyTagger
from train_tagger import SIGNS

from geo.batch.record import toponym
from geo.mentions import find_mentions
from geo.resolve import resolve
from geo.stores.gazetteer import open_gazetteer
from geo.stores.tagger import ToponymTagger, open_tagger

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
FOLDS = range(5)
CORPORA = {"lgl": "LGL", "geowebnews": "GeoWebNews"}
OTHERS = ("tud", "wotr", "re3d")
AIMS = {"exact": (0.78, 0.88), "overlap": (0.86, 0.92), "acc161": (0.83, 0.94), "f161": (0.70, 0.82)}

Toponyms = list[dict[str, Any]]


class Withheld(ToponymTagger):
    """The tagger with some columns of its input withheld, to see what they bring."""

    columns: Mapping[int, int] = {}

    def shares(self, table: Any) -> Any:
        """Return the shares as if nothing were known of some columns."""
        table = table.copy()
        for column, value in self.columns.items():
            table[:, column] = value
        return ToponymTagger.shares(self, table)


def withheld(columns: Sequence[int]) -> type[Withheld]:
    """Return a tagger that does not see these columns."""
    return type("Withheld", (Withheld,), {"columns": dict.fromkeys(columns, 0)})


class Remembering:
    """A tagger that tags a text once, so that rules can be tried one by one."""

    for_places = True

    def __init__(self, tagger: ToponymTagger) -> None:
        self.tagger, self.version, self.tags = tagger, tagger.version, dict[str, Any]()

    def tag(self, text: str) -> Any:
        """Return the tags of a text."""
        if text not in self.tags:
            self.tags[text] = self.tagger.tag(text)
        return self.tags[text]


class Bench:
    """The corpora, the scorers, and what was made for measuring."""

    def __init__(self, corpora: Path, scorers: Path, work: Path) -> None:
        self.corpora, self.scorers, self.work = corpora, scorers, work
        self.gazetteer = open_gazetteer()
        spec = importlib.util.spec_from_file_location("score_toponyms", scorers / "score_toponyms.py")
        assert spec is not None
        assert spec.loader is not None
        self.scorer = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.scorer)

    def documents(self, corpus: str) -> list[dict[str, Any]]:
        """Return the documents of a corpus."""
        return list(rows(self.corpora / "toponyms" / f"{corpus}.jsonl"))

    def tagger_without(self, flag: str, what: object, *more: str) -> Path:
        """Return the weights of a tagger that was trained without a fold or a corpus; train it if need be."""
        name = re.sub(r"\W+", "-", "-".join([str(what), *more]))
        out = self.work / f"tagger-{name}.npz"
        if not out.exists():
            self._run("train_tagger.py", self.corpora, flag, what, *more, "--out", out)
        return out

    @cached_property
    def rankings(self) -> list[dict[str, float]]:
        """Return the weights of the ranking for each fold, learned without its documents."""
        out = self.work / "ranking.json"
        if not out.exists():
            self._run("train_resolver.py", self.corpora / "toponyms", "--quick", "--dump", out)
        found: list[dict[str, float]] = json.loads(out.read_text())
        return found

    def kept(self, name: str, make: Callable[[], str]) -> str:
        """Return a text that a broken-off run made, or make it."""
        file = self.work / name
        if not file.exists():
            file.write_text(make(), encoding="utf-8")
        return file.read_text(encoding="utf-8")

    def _run(self, script: str, *arguments: object) -> None:
        command = [sys.executable, str(HERE / script), *map(str, arguments)]
        print(" ".join(command[1:]), file=sys.stderr, flush=True)
        subprocess.run(command, check=True)

    def read(
        self, corpus: str, make: Callable[[int], Any], *, located: bool = True, folds: Sequence[int] = FOLDS
    ) -> dict[str, Toponyms]:
        """Read every document of the folds with the tagger of its fold; `located` resolves the names too."""
        taggers = {fold: make(fold) for fold in folds}
        found = {}
        for row in self.documents(corpus):
            article, fold = article_of(row), fold_of(row)
            if fold not in taggers:
                continue
            mentions = find_mentions(article, gazetteer=self.gazetteer, tagger=taggers[fold], organisations=True)
            found[row["id"]] = self._resolved(row, mentions, fold) if located else [_unlocated(one) for one in mentions]
        return found

    def resolve_given(self, corpus: str) -> dict[str, Toponyms]:
        """Resolve the gold spans of every document."""
        return {
            row["id"]: self._resolved(row, given_mentions(row, self.gazetteer), fold_of(row))
            for row in self.documents(corpus)
        }

    def _resolved(self, row: dict[str, Any], mentions: Sequence[Any], fold: int) -> Toponyms:
        weights = self.rankings[fold]
        return [toponym(r) for r in resolve(article_of(row), mentions, gazetteer=self.gazetteer, weights=weights)]

    def score(self, corpus: str, found: Mapping[str, Toponyms], *, demonyms: bool = True) -> dict[str, Any]:
        """Score as the scorer does; with `demonyms` what is marked as one counts."""
        pairs = [
            (row["toponyms"], [one for one in found[row["id"]] if demonyms or not one["demonym"]])
            for row in self.documents(corpus)
            if row["id"] in found
        ]
        scored: dict[str, Any] = self.scorer.score(pairs)
        return scored

    def peers(self, corpus: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give the scores of the stored outputs of other geoparsers."""
        folder = self.corpora / "peers"
        gold = self.scorer.peer_docs(folder / f"{CORPORA[corpus]}_gold.txt")
        for path in sorted(folder.glob(f"{CORPORA[corpus]}_*.txt")):
            if not path.stem.endswith("_gold"):
                name = path.stem.partition("_")[2]
                yield name, self.scorer.score(list(zip(gold, self.scorer.peer_docs(path), strict=False)))


def _unlocated(mention: Any) -> dict[str, Any]:
    span = mention.span
    return {"start": span.start, "end": span.end, "lat": None, "lon": None, "demonym": mention.demonym}


# --- tables -----------------------------------------------------------------------------------------------------------


def number(value: float) -> str:
    """Write a share as ".873"."""
    return f"{value:.3f}".replace("0.", ".", 1) if value < 1 else f"{value:.2f}"


def table(head: Sequence[str], lines: Sequence[Sequence[object]]) -> str:
    """Write a table in Markdown."""
    shown = [[number(cell) if isinstance(cell, float) else str(cell) for cell in line] for line in lines]
    return "\n".join("| " + " | ".join(line) + " |" for line in [list(head), ["---"] * len(head), *shown])


def recognition(score: Mapping[str, Any]) -> list[float]:
    """Return exact F1 and overlap precision, recall and F1."""
    return [score["exact"]["f1"], score["overlap"]["p"], score["overlap"]["r"], score["overlap"]["f1"]]


RECOGNITION = ("exact F1", "overlap P", "overlap R", "overlap F1")


def headline(scores: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> str:
    """Compare with the aims of the project."""
    figures: dict[str, Callable[[str], float]] = {
        "exact": lambda c: scores[c]["read"]["exact"]["f1"],
        "overlap": lambda c: scores[c]["read"]["overlap"]["f1"],
        "acc161": lambda c: scores[c]["given"]["acc161_all"],
        "f161": lambda c: scores[c]["read"]["f161"],
    }
    names = ("recognition, exact F1", "recognition, overlap F1", "acc@161, gold spans", "F1@161, end to end")
    lines = []
    for (key, figure), name in zip(figures.items(), names, strict=True):
        cells: list[object] = [name]
        for corpus, aim in zip(CORPORA, AIMS[key], strict=True):
            cells += [figure(corpus), f"{number(aim)} {'met' if figure(corpus) >= aim else 'missed'}"]
        lines.append(cells)
    return table(("", "LGL", "aim", "GeoWebNews", "aim"), lines)


def compared(bench: Bench, corpus: str, scores: Mapping[str, Mapping[str, Any]]) -> str:
    """Write this project and its peers on the same texts."""
    lines: list[list[object]] = []
    for name, score in [
        ("**Marchland**", scores["read"]),
        ("Marchland, demonyms left out", scores["plain"]),
        ("spaCy small (names only)", scores["stock"]),
        *bench.peers(corpus),
    ]:
        located = [score["acc161_all"], score["f161"]] if score is not scores["stock"] else ["–", "–"]
        lines.append([name, *recognition(score), *located])
    return table(("", *RECOGNITION, "acc@161", "F1@161"), lines)


def calibration(scores: Mapping[str, Mapping[str, Mapping[str, Any]]], kind: str) -> str:
    """Write how many are kept, and right, from each confidence on."""
    lines = []
    for steps in zip(*(scores[corpus][kind]["calibration"] for corpus in CORPORA), strict=True):
        lines.append([f"≥ {steps[0]['keep_at']}", *(step[key] for step in steps for key in ("kept", "right"))])
    return table(("confidence", "LGL kept", "right", "GeoWebNews kept", "right"), lines)


# --- what each signal brings ------------------------------------------------------------------------------------------

ABLATED_FOLD = 1
RULES: Mapping[str, Mapping[str, Callable[..., Any]]] = {  # of geo/mentions.py, and what stands for them
    "names reach to their whole": {"_whole": lambda chosen, text, gazetteer: chosen},
    "a name once sure is sure again": {"_consistent": lambda judged: judged},
    "the words around (towns of, km from, datelines)": {"_from_words": lambda text, known: []},
    "lists of one country": {"_lift_lists": lambda judged, signs: None},
    "names of the gazetteer beside the tagger's": {"names_of": lambda text, words: iter(())},
}


def ablation(bench: Bench) -> str:
    """Train anew without each sign, read without each rule, and write what is found of the held-out fold."""
    every = Remembering(ToponymTagger(bench.gazetteer, _without_fold(bench)))
    lines = [["all", *_ablated(bench, every)]]
    for sign, columns in SIGNS.items():
        tagger = withheld(columns)(bench.gazetteer, _without_fold(bench, "--without-sign", sign))
        lines.append([f"learned without {sign}", *_ablated(bench, tagger)])
    for name, stand_ins in RULES.items():
        with mock.patch.multiple("geo.mentions", **stand_ins):
            lines.append([f"read without: {name}", *_ablated(bench, every)])
    return table(("", "LGL exact", "overlap", "GeoWebNews exact", "overlap"), lines)


def _without_fold(bench: Bench, *more: str) -> Path:
    return bench.tagger_without("--without-fold", ABLATED_FOLD, *more)


def _ablated(bench: Bench, tagger: Any) -> list[float]:
    figures: list[float] = []
    for corpus in CORPORA:
        found = bench.read(corpus, lambda _: tagger, located=False, folds=[ABLATED_FOLD])
        score = bench.score(corpus, found)
        figures += [score["exact"]["f1"], score["overlap"]["f1"]]
    return figures


# --- errors -----------------------------------------------------------------------------------------------------------


def errors(bench: Bench, corpus: str, found: Mapping[str, Toponyms]) -> Iterator[tuple[str, str, str]]:
    """Give kind, name and what went wrong of every error of recognition."""
    for row in bench.documents(corpus):
        text, gold, mine = row["text"], row["toponyms"], found[row["id"]]
        spans = {(one["start"], one["end"]) for one in gold}
        for one in gold:
            name = _one_line(text[one["start"] : one["end"]])
            beside = [m for m in mine if m["start"] < one["end"] and one["start"] < m["end"]]
            if not beside:
                kind = "a person's name or other sense" if one.get("type") == "Homonym" else _missed(name)
                yield f"missed: {kind}", name, "not found"
            elif all((m["start"], m["end"]) != (one["start"], one["end"]) for m in beside):
                yield "other bounds", name, f"read as “{_one_line(text[beside[0]['start'] : beside[0]['end']])}”"
        for one in mine:
            if not any(start < one["end"] and one["start"] < end for start, end in spans):
                name = _one_line(text[one["start"] : one["end"]])
                kind = "a demonym" if one["demonym"] else _spurious(name, one)
                yield f"not in the gold: {kind}", name, "taken for a place"


def _one_line(words: str) -> str:
    return " ".join(words.split())


_ROADS = frozenset("street st road rd avenue ave drive lane highway interstate route boulevard way court".split())
_SITES = frozenset(
    "hospital school university college church park center centre airport hotel court hall club museum bridge "
    "station prison stadium mall house building".split()
)


def _missed(name: str) -> str:
    last = name.lower().rstrip(".").split()[-1]
    if last in _ROADS or any(letter.isdigit() for letter in name):
        return "a road"
    if last in _SITES:
        return "a site or building"
    return "a short form" if name.isupper() and len(name) < 5 else "a name of one word" if " " not in name else "a name"


def _spurious(name: str, one: Mapping[str, Any]) -> str:
    last = name.lower().rstrip(".").split()[-1]
    if last in _ROADS:
        return "a road"
    if last in _SITES:
        return "a site or building"
    return "a place all the same, or a namesake" if one["lat"] is not None else "a name that nobody knows"


def error_page(found: Mapping[str, Sequence[tuple[str, str, str]]]) -> str:
    """Write errors by kind, and twenty of them spread over the kinds."""
    both = [(CORPORA[corpus], *error) for corpus, list_of in found.items() for error in list_of]
    counts = Counter((corpus, kind) for corpus, kind, _, _ in both)
    kinds = sorted({kind for _, kind, _, _ in both}, key=lambda kind: -sum(counts[c, kind] for c in CORPORA.values()))
    by_kind = table(
        ("kind", *CORPORA.values()), [[kind, *(counts[c, kind] for c in CORPORA.values())] for kind in kinds]
    )
    examples: list[tuple[str, str, str, str]] = []
    for turn in range(20):
        kind = kinds[turn % len(kinds)]
        own = sorted({error for error in both if error[1] == kind})
        examples.append(own[(turn * 37 + 11) % len(own)])
    return by_kind + "\n\n" + table(("corpus", "kind", "name", "what went wrong"), [list(one) for one in examples])


# --- every document of every corpus -----------------------------------------------------------------------------------


def silent(bench: Bench) -> str:
    """Read all documents with what ships, and count errors and documents that are empty against the gold."""
    tagger, lines = open_tagger(bench.gazetteer), []
    for corpus in (*CORPORA, *OTHERS):
        documents, failed, empty = bench.documents(corpus), 0, 0
        for row in documents:
            try:
                article = article_of(row)
                found = find_mentions(article, gazetteer=bench.gazetteer, tagger=tagger, organisations=True)
                resolve(article, found, gazetteer=bench.gazetteer)
                empty += not found and bool(row["toponyms"])
            except Exception as error:
                print(f"{corpus} {row['id']}: {error!r}", file=sys.stderr)
                failed += 1
        lines.append([corpus, len(documents), failed, empty])
    return table(("corpus", "documents", "errors", "nothing found though the gold has places"), lines)


class StockNames(SpacyTagger):
    """The stock model's own spans."""

    def names(self, row: dict[str, Any]) -> Toponyms:
        """Return its places and demonyms as toponyms without a place."""
        return [
            {"start": t.span.start, "end": t.span.end, "lat": None, "lon": None, "demonym": t.label == "NORP"}
            for t in self.tag(row["text"])
            if t.label in {"GPE", "LOC", "FAC", "NORP"}
        ]


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("scorers", type=Path)
    parser.add_argument("--work", type=Path, default=Path("build/accuracy"))
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    bench = Bench(options.corpora, options.scorers, options.work)
    weights = [bench.tagger_without("--without-fold", fold) for fold in FOLDS]
    scores: dict[str, dict[str, Any]] = {}
    wrong, sizes = {}, []
    stock = StockNames()
    for corpus in CORPORA:
        found = bench.read(corpus, lambda fold: ToponymTagger(bench.gazetteer, weights[fold]))
        alone = bench.tagger_without("--without-corpus", corpus)
        unseen = bench.read(corpus, lambda _, alone=alone: ToponymTagger(bench.gazetteer, alone), located=False)
        names = {row["id"]: stock.names(row) for row in bench.documents(corpus)}
        scores[corpus] = {
            "read": bench.score(corpus, found),
            "plain": bench.score(corpus, found, demonyms=False),
            "given": bench.score(corpus, bench.resolve_given(corpus)),
            "unseen": bench.score(corpus, unseen),
            "stock": bench.score(corpus, names),
        }
        wrong[corpus] = list(errors(bench, corpus, found))
        sizes.append([CORPORA[corpus], len(bench.documents(corpus)), scores[corpus]["read"]["gold"]])
    page = (HERE / "accuracy.md").read_text(encoding="utf-8")
    parts = {
        "HEADLINE": headline(scores),
        "SIZES": table(("corpus", "documents", "toponyms"), sizes),
        "LGL": compared(bench, "lgl", scores["lgl"]),
        "GEOWEBNEWS": compared(bench, "geowebnews", scores["geowebnews"]),
        "UNSEEN": table(
            ("trained without", *RECOGNITION),
            [[CORPORA[corpus], *recognition(scores[corpus]["unseen"])] for corpus in CORPORA],
        ),
        "CALIBRATION_GIVEN": calibration(scores, "given"),
        "CALIBRATION_READ": calibration(scores, "read"),
        "SIGNS": bench.kept("ablation.md", lambda: ablation(bench)),
        "SILENT": bench.kept("silent.md", lambda: silent(bench)),
        "ERRORS": error_page(wrong),
    }
    for name, words in parts.items():
        page = page.replace(f"{{{name}}}", words)
    (DOCS / "accuracy.md").write_text(page, encoding="utf-8")
    print(parts["HEADLINE"])


if __name__ == "__main__":
    main()
