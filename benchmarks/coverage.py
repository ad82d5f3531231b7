"""Share of the places in a corpus for which the gazetteer has a candidate within 161 km, and what is missing.

    python benchmarks/coverage.py CORPUS.jsonl [--missing 40] [--demonyms]

One document a line: {"text", "toponyms": [{"start", "end", "lat", "lon"}]}; toponyms without a position are left out.
161 km are 100 miles, the usual threshold of the field.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from geo.geodesy import WGS84
from geo.stores.gazetteer import open_gazetteer

NEAR_M = 161_000


def main() -> None:
    """Print the coverage of each corpus and its most frequent gaps."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus", type=Path, nargs="+")
    arguments.add_argument("--missing", type=int, default=25, help="how many gaps to list")
    chosen = arguments.parse_args()
    gazetteer = open_gazetteer()
    print(gazetteer.version)
    for corpus in chosen.corpus:
        located = near = unnamed = 0
        gaps: Counter[tuple[str, str]] = Counter()
        for line in corpus.open(encoding="utf-8"):
            document = json.loads(line)
            for toponym in document["toponyms"]:
                if toponym.get("lat") is None or toponym.get("lon") is None:
                    continue
                located += 1
                name = " ".join(document["text"][toponym["start"] : toponym["end"]].split())
                at = float(toponym["lon"]), float(toponym["lat"])
                metres = [WGS84.inv(*at, match.place.at.lon, match.place.at.lat)[2] for match in gazetteer.named(name)]
                if metres and min(metres) <= NEAR_M:
                    near += 1
                else:
                    unnamed += not metres
                    how_far = f"nearest {min(metres) / 1000:,.0f} km" if metres else "no such name"
                    gaps[name, how_far] += 1
        print(f"{corpus.stem}: {near / max(1, located):.3f} of {located:,} ({unnamed:,} have no candidate at all)")
        for (name, how_far), count in gaps.most_common(chosen.missing):
            print(f"    {count:4d}  {name}  ({how_far})")


if __name__ == "__main__":
    main()
