"""Share of the places in a corpus that have a candidate within 161 km, in four steps, and what is missing by kind.

    python benchmarks/coverage.py CORPUS.jsonl [...] [--missing 40] [--cross FOLDS.json]

One document a line: {"id", "text", "toponyms": [{"start", "end", "lat", "lon"}]}; toponyms without a position are left
out. 161 km are 100 miles, the usual threshold of the field. The steps, each with what the one before it has:

    name      a place of the gazetteer goes by the whole name, its point within 161 km
    part      a candidate of the reader: also the place that a site is named after ("Walker County Sheriff's Office"),
              or without a modifier ("Old Town Manassas"); marked as such in the reading
    extent    the same, measured to the outline where the place has one: the middle of India is no point of the corpus
    around    or, of a name without a place, the place that the words around it are assumed to put it in

--cross ranks each document with weights that were learned without it (train_resolver.py --dump writes them); only the
last step needs weights.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

import shapely
from places import article_of, fold_of, rows

from geo.article import Span
from geo.candidates import is_site, is_wide
from geo.geodesy import WGS84, LonLat, distance_to
from geo.mentions import Mention
from geo.places import Gazetteer, Place
from geo.resolve import Resolution, resolve
from geo.resolve_weights import WEIGHTS
from geo.stores.gazetteer import open_gazetteer

NEAR_M = 161_000
NEAR_DEGREES = 3.0  # of an outline from a point; farther is not measured
STEPS = ("name", "part", "extent", "around")


def main() -> None:
    """Print the coverage of each corpus, its gaps by kind, and the most frequent of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--missing", type=int, default=25, help="how many gaps to list")
    parser.add_argument("--cross", type=Path, help="the weights of each fold")
    chosen = parser.parse_args()
    crossed = json.loads(chosen.cross.read_text()) if chosen.cross else [dict(WEIGHTS)] * 5
    gazetteer = open_gazetteer()
    print(gazetteer.version)
    for corpus in chosen.corpus:
        steps: Counter[str] = Counter()
        kinds: Counter[str] = Counter()
        gaps: Counter[tuple[str, str]] = Counter()
        unnumbered = 0
        for row in rows(corpus):
            located = [item for item in row["toponyms"] if item.get("lat") is not None and item.get("lon") is not None]
            mentions = [mention_of(row["text"], item) for item in row["toponyms"]]
            resolutions = dict(
                zip(
                    ((item["start"], item["end"]) for item in row["toponyms"]),
                    resolve(article_of(row), mentions, gazetteer=gazetteer, weights=crossed[fold_of(row)]),
                    strict=True,
                )
            )
            for item in located:
                resolution = resolutions[item["start"], item["end"]]
                at = LonLat(lon=float(item["lon"]), lat=float(item["lat"]))
                step = step_of(resolution, at, gazetteer)
                steps[step] += 1
                if step not in STEPS[:3]:
                    kinds[kind_of(resolution)] += 1
                    unnumbered += not item.get("geonameid")
                    gaps[" ".join(resolution.mention.text.split()), step] += 1
        report(corpus.stem, steps, kinds)
        print(f"  of these {kinds.total()}, {unnumbered} have no GeoNames number in the corpus")
        for (name, step), count in gaps.most_common(chosen.missing):
            print(f"    {count:4d}  {name}{'  (around)' if step == 'around' else ''}")


def mention_of(text: str, item: dict[str, int]) -> Mention:
    """Return a toponym of the corpus as a mention that a person gave."""
    span = Span(start=item["start"], end=item["end"])
    return Mention(span=span, text=text[span.start : span.end], source=("given",))


def step_of(resolution: Resolution, at: LonLat, gazetteer: Gazetteer) -> str:
    """Return the first step in which a name has its place; "" where none has."""
    named = {match.place.id for match in gazetteer.named(resolution.mention.text)}
    places = [candidate.place for candidate in resolution.candidates]
    near = {place.id for place in places if apart_m(place, at) <= NEAR_M}
    if near & named:
        return "name"
    if near:
        return "part"
    if any(place.has_outline and in_reach(place, at, gazetteer) for place in places):
        return "extent"
    guess = resolution.within
    return "around" if guess and apart_m(guess.place, at) <= NEAR_M else ""


def apart_m(place: Place, at: LonLat) -> float:
    """Return the geodesic distance from a place's point."""
    return float(WGS84.inv(at.lon, at.lat, place.at.lon, place.at.lat)[2])


def in_reach(place: Place, at: LonLat, gazetteer: Gazetteer) -> bool:
    """Tell whether a place's outline comes within 161 km of a position."""
    outline = gazetteer.sketch(place.id)
    if outline is None or shapely.distance(outline, shapely.Point(at.lon, at.lat)) > NEAR_DEGREES:
        return False
    return distance_to(outline, at) <= NEAR_M


def kind_of(resolution: Resolution) -> str:
    """Say what a name without a candidate seems to be, from its own words."""
    name = resolution.mention.text
    if any(letter.isdigit() for letter in name):
        return "number or address"
    if is_site(name):
        return "building, institution, street"
    if is_wide(name):
        return "river, mountain, region"
    return "other name, known elsewhere" if resolution.candidates else "other name, unknown"


def report(corpus: str, steps: Counter[str], kinds: Counter[str]) -> None:
    """Print what each step reaches, and the gaps by kind."""
    total, reached, shares = steps.total(), 0, []
    for step in STEPS:
        reached += steps[step]
        shares.append(f"{step} {reached / max(1, total):.3f}")
    print(f"{corpus}, {total:,} located: {', '.join(shares)}")
    missing = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    print(f"  without a candidate: {missing}")


if __name__ == "__main__":
    main()
