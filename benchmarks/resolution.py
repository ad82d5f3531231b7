"""Measure how well names are given their places, on documents not learned from, and write docs/accuracy-resolution.md.

    nice python benchmarks/resolution.py ../shared/corpora/toponyms [--work DIR]

Calibration, each corpus by weights learned from the others, what each signal brings (by learning again without it, ten
times five folds: six minutes of CPU), and the errors that remain. What train_resolver.py --report found is kept in the
folder --work, for a run that was broken off.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from accuracy import CORPORA, DOCS, HERE, error_page, table


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--work", type=Path, default=Path("build/accuracy"))
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    report = options.work / "resolution.json"
    if not report.exists():
        command = [sys.executable, str(HERE / "train_resolver.py"), str(options.corpora), "--quick"]
        subprocess.run([*command, "--report", str(report)], check=True)
    found = json.loads(report.read_text(encoding="utf-8"))
    wrong: dict[str, list[tuple[str, str, str]]] = {corpus: [] for corpus in CORPORA}
    for corpus, kind, name, answer in found["errors"]:
        if corpus in CORPORA:
            wrong[corpus].append((kind, name, f"taken for {answer}"))
    names = {**CORPORA, "tud": "TUD-Loc-2013"}
    page = (HERE / "resolution.md").read_text(encoding="utf-8")
    parts = {
        "RELIABILITY": table(("confidence", "answers", "mean confidence", "right"), found["bins"]),
        "LEFT_OUT": table(
            ("corpus", "five folds of all three", "learned from the other two"),
            [[names[corpus], *shares] for corpus, *shares in found["left_out"]],
        ),
        "SIGNALS": table(("", *names.values()), found["signals"]),
        "ERRORS": error_page(wrong),
    }
    for name, words in parts.items():
        page = page.replace(f"{{{name}}}", words)
    (DOCS / "accuracy-resolution.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
