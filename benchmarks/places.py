"""Read the places of a corpus and write them as `marchland batch` does, for the scorers.

    python benchmarks/places.py CORPUS.jsonl OUT.jsonl [--gold-spans] [--fold N] [--cross FOLDS.json] [--stock]

CORPUS has one document a line: {"id", "text", "title"?, "date"?, "url"?, "toponyms": [{"start", "end"}]}.
With --gold-spans just the toponyms of the corpus are resolved, so that resolution is measured apart from
recognition. With --fold, only the documents of that fold are read (fold 0 is the one that the tagger is not
trained on), and their gold is written to OUT.gold.jsonl. With --cross, each document is ranked by weights that
were learned without its fold; benchmarks/train_resolver.py --dump writes them.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from stock_tagger import SpacyTagger

from geo.article import Article, Span
from geo.batch.record import toponym
from geo.mentions import Mention, find_mentions
from geo.places import Gazetteer
from geo.resolve import resolve
from geo.resolve_weights import WEIGHTS
from geo.stores.gazetteer import open_gazetteer
from geo.stores.tagger import open_tagger


def article_of(row: dict[str, Any]) -> Article:
    """Return the article of a corpus line."""
    day = str(row.get("date") or "")[:10]
    published = date.fromisoformat(day) if len(day) == 10 and day[4] == "-" else None
    return Article(text=row["text"], url=row.get("url"), published=published, id=str(row["id"]))


def fold_of(row: dict[str, Any]) -> int:
    """Return the fold of a document, from its id alone."""
    return crc32(str(row["id"]).encode()) % 5


def given_mentions(row: dict[str, Any], gazetteer: Gazetteer) -> list[Mention]:
    """Return the toponyms of a corpus line as mentions; a later one that overlaps is left out."""
    text, mentions, end = row["text"], [], 0
    for item in sorted(row["toponyms"], key=lambda item: (item["start"], -item["end"])):
        if item["start"] < end or item["start"] >= item["end"]:
            continue
        end = item["end"]
        words = text[item["start"] : end]
        best = next(iter(gazetteer.named(words)), None)
        mentions.append(
            Mention(
                span=Span(start=item["start"], end=end),
                text=words,
                demonym=best is not None and best.how == "demonym",
                source=("given",),
            )
        )
    return mentions


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Give the documents of a corpus."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def main() -> None:
    """Read the corpus and write the toponyms."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--gold-spans", action="store_true")
    parser.add_argument(
        "--fold", type=int, help="only this fold of five (crc32 of the id modulo 5); its gold is written beside OUT"
    )
    parser.add_argument("--stock", action="store_true", help="spaCy's small model in place of our own tagger")
    parser.add_argument("--cross", type=Path, help="the weights of each fold, as train_resolver.py --dump writes them")
    options = parser.parse_args()
    crossed = json.loads(options.cross.read_text()) if options.cross else [dict(WEIGHTS)] * 5
    gazetteer = open_gazetteer()
    tagger = SpacyTagger() if options.stock else open_tagger(gazetteer)
    characters, began = 0, time.perf_counter()
    kept = [row for row in rows(options.corpus) if options.fold in {None, fold_of(row)}]
    if options.fold is not None:
        gold = "".join(json.dumps(row) + "\n" for row in kept)
        options.out.with_suffix(".gold.jsonl").write_text(gold, encoding="utf-8")
    with options.out.open("w", encoding="utf-8") as out:
        for row in kept:
            article = article_of(row)
            mentions = (
                given_mentions(row, gazetteer)
                if options.gold_spans
                else find_mentions(article, gazetteer=gazetteer, tagger=tagger, organisations=True)
            )
            resolutions = resolve(article, mentions, gazetteer=gazetteer, weights=crossed[fold_of(row)])
            out.write(json.dumps({"id": row["id"], "toponyms": [toponym(one) for one in resolutions]}) + "\n")
            characters += len(article.text)
    seconds = time.perf_counter() - began
    print(f"{characters:,} characters in {seconds:.1f} s: {characters / seconds:,.0f} a second", file=sys.stderr)


if __name__ == "__main__":
    main()
