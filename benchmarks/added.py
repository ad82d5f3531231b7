"""What a large GeoNames dump costs: adding it, its size, and lookups in it beside the project's own places.

    python benchmarks/added.py [--places 3000000]

Writes a zip in GeoNames' format with generated places in a temporary folder (made-up names of two to four syllables,
two alternate names each, all feature classes, seeded), adds it as `marchland gazetteer add` does, and prints seconds,
bytes and peak memory, and what 12 million places would take if time and size grow as the places do. The user's own
cache is not touched.
"""

import argparse
import os
import random
import resource
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

SEED = 20261124
WHOLE_WORLD = 12_000_000  # about what allCountries.zip holds
FEATURES = ("P\tPPL", "P\tPPLA3", "H\tSTM", "H\tLK", "T\tMT", "T\tHLL", "L\tLCTY", "S\tSCH", "S\tFRM", "A\tADM4")
SYLLABLES = [first + vowel + last for first in "bdfghklmnprstvz" for vowel in "aeiou" for last in ("", "n", "r", "s")]


def main() -> None:
    """Write, add, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--places", type=int, default=3_000_000)
    count = parser.parse_args().places
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MARCHLAND_CACHE"] = folder
        _measure(Path(folder) / "dump.zip", count)


def _measure(dump: Path, count: int) -> None:
    from geo.stores.gazetteer import open_gazetteer
    from geo.stores.gazetteer_added import add_gazetteer

    with (
        zipfile.ZipFile(dump, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("dump.txt", "w", force_zip64=True) as file,
    ):
        for row in _rows(count):
            file.write(row)
    began, worked = time.monotonic(), time.process_time()
    added = add_gazetteer(dump)
    seconds, cpu = time.monotonic() - began, time.process_time() - worked
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{added.places:,} places added in {seconds:.0f} s ({cpu:.0f} s of processor), {added.broken} broken rows")
    print(f"index {added.bytes / 1e9:.2f} GB, peak memory {megabytes:.0f} MB")
    times = WHOLE_WORLD / count
    print(f"{WHOLE_WORLD:,} places: about {times * seconds / 60:.0f} min, {times * added.bytes / 1e9:.1f} GB")
    open_gazetteer()  # builds the project's own index, which is not measured
    began = time.process_time()
    gazetteer = open_gazetteer()
    print(f"open {1000 * (time.process_time() - began):.1f} ms")
    chance = random.Random(SEED)
    names = [_name(chance) for _ in range(2000)]
    for what, ask, asked in (
        ("exact", gazetteer.named, names),
        ("suggest", gazetteer.suggest, [name[:5] for name in names[:500]]),
        ("fuzzy", gazetteer.fuzzy, [name[:2] + name[3:] for name in names[:500]]),
    ):
        spent = []
        for name in asked:
            began = time.process_time()
            ask(name)
            spent.append(1e6 * (time.process_time() - began))
        spent.sort()
        print(f"{what:8s} p50 {spent[len(spent) // 2]:9,.0f} µs   p95 {spent[int(len(spent) * 0.95)]:9,.0f} µs")


def _rows(count: int) -> Iterator[bytes]:
    chance = random.Random(SEED)
    for number in range(20_000_000, 20_000_000 + count):
        name, other, third = _name(chance), _name(chance), _name(chance)
        lat, lon = chance.uniform(-60, 75), chance.uniform(-180, 180)
        people = int(10 ** chance.uniform(1, 6)) if chance.random() < 0.1 else 0
        yield (
            f"{number}\t{name}\t{name}\t{other},{third}\t{lat:.5f}\t{lon:.5f}\t{chance.choice(FEATURES)}\tAM\t\t10\t\t\t\t"
            f"{people}\t\t1000\tAsia/Yerevan\t2026-01-01\n"
        ).encode()


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).capitalize()


if __name__ == "__main__":
    main()
