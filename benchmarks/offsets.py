"""Draw a zone for every line of a file of known offsets, without looking at the truth.

    python benchmarks/offsets.py ../shared/corpora/distance/offsets-dev.jsonl zones.jsonl
    python ../shared/bench/score_offsets.py ../shared/corpora/distance/offsets-dev.jsonl zones.jsonl

Numbers of held-out folds come from fit_zones.py; this shows what is drawn, on any file of the form.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any

from shapely.geometry import mapping
from tqdm import tqdm

from geo.article import Span
from geo.claims.model import DistanceClaim, Reference
from geo.geodesy import LonLat
from geo.mentions import Mention
from geo.options import Options
from geo.places import Gazetteer, Place
from geo.resolve import Candidate, Resolution
from geo.stores.borders import open_borders
from geo.stores.gazetteer import open_gazetteer
from geo.zones import Zone, zone_of


def claim_of(row: dict[str, Any], gazetteer: Gazetteer) -> DistanceClaim:
    """Make the claim that a line's words state; of its columns only the text, its parse and the anchor are read."""
    text, value = row["text"], 1000.0 * row["stated_km"]
    known = gazetteer.place(f"gn:{row['anchor_geonameid']}")
    place = Place(
        id=f"gn:{row['anchor_geonameid']}",
        name=row["anchor"].replace("_", " "),
        kind="settlement",
        at=LonLat(lon=row["anchor_lon"], lat=row["anchor_lat"]),
        population=known.population if known else 0,
    )
    anchor = Resolution(
        mention=Mention(span=Span(start=0, end=len(text)), text=place.name),
        candidates=(Candidate(place=place, probability=1.0),),
        confidence=1.0,
    )
    words = text[len(row["qualifier"] or "") :].strip()
    quantity = words[: words.index(")") + 1] if "(" in words else " ".join(words.split()[:2])
    return DistanceClaim(
        span=Span(start=0, end=len(text)),
        sentence_no=1,
        quote=text,
        relation="direction_of" if row["direction"] else "from",
        min_m=value,
        max_m=value,
        bound="approx" if row["qualifier"] else "exact",
        value_m=value,
        quantity=quantity,
        hedge=row["qualifier"],
        direction=row["direction"].upper() if row["direction"] else None,
        references=(Reference(text=place.name, resolution=anchor),),
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("zones", type=Path)
    options = parser.parse_args()
    gazetteer, borders = open_gazetteer(), open_borders()
    rows = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines()]
    spent = 0.0
    with options.zones.open("w", encoding="utf-8") as out:
        for row in tqdm(rows, disable=None):
            claim = claim_of(row, gazetteer)
            start = time.perf_counter()
            zone = zone_of(claim, gazetteer=gazetteer, borders=borders, options=Options())
            spent += time.perf_counter() - start
            if not isinstance(zone, Zone):
                raise SystemExit(f"not drawn: {row['text']}: {zone.because}")
            shapes = {"core": mapping(zone.core), "fringe": mapping(zone.fringe)}
            out.write(json.dumps(shapes) + "\n")
    print(f"{len(rows):,} zones, {len(rows) / spent:,.0f} a second")


if __name__ == "__main__":
    main()
