"""The gazetteers that a user adds: GeoNames dumps, tables and GeoJSON of one's own, each an index of its own.

    marchland gazetteer add allCountries.zip      12 million places: 3.5 GB, about 20 minutes
    marchland gazetteer add AM.zip                one country
    marchland gazetteer add alternateNamesV2.zip  further names, with their language, of the places that are there
    marchland gazetteer add villages.csv          columns name, lat, lon; optional id, kind, country, admin1,
                                                  population, alternates (joined by "|"), note
    marchland gazetteer add villages.geojson      points or areas with these properties

Rows are read one by one; a broken one is reported with its line, and the rest is kept.
"""

import csv
import io
import itertools
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from geo.errors import GazetteerError
from geo.geodesy import LonLat
from geo.places import KINDS, Kind
from geo.stores.alternate_names import entries_with_names, holds_names
from geo.stores.files import cache_folder, project_root
from geo.stores.gazetteer_files import division_names, own_index
from geo.stores.gazetteer_index import SCHEMA_VERSION, Entry, Source, alone, build_index
from geo.stores.names import read_rules

GEONAMES_COLUMNS = 19
BYTES_PER_ROW = 125  # of allCountries.txt, on average; only for the progress bar
MAX_GEOJSON_BYTES = 200_000_000
KEPT_REPORTS = 1000
_FEATURE_KINDS: dict[Kind, str] = {
    "country": "PCLI PCLF",
    "dependency": "PCLD PCLS",
    "admin1": "ADM1",
    "admin2": "ADM2",
    "ocean": "OCN",
    "sea": "SEA GULF BAY STRT",
    "river": "STM STMI CNL",
    "lake": "LK LKS RSV",
    "mountain": "MT MTS PK",
    "desert": "DSRT",
    "island": "ISL ISLS",
    "peninsula": "PEN",
    "continent": "CONT",
    "region": "RGN",
}  # GeoNames feature codes
_FEATURES: dict[str, Kind] = {code: kind for kind, codes in _FEATURE_KINDS.items() for code in codes.split()}
_CLASSES: dict[str, Kind] = {"P": "settlement", "S": "facility", "R": "facility"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRow:
    """A row that was left out, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedGazetteer:
    """A gazetteer that a user added."""

    name: str
    file: str
    places: int
    broken: int
    bytes: int
    reports: tuple[BrokenRow, ...] = ()  # the first of the broken rows, only when it was just added


def added_folder() -> Path:
    """Return the folder of the added indexes, made if need be."""
    folder = cache_folder() / "added"
    folder.mkdir(exist_ok=True)
    return folder


def add_gazetteer(file: Path, *, name: str | None = None) -> AddedGazetteer:
    """Add a file of places under a name (its own by default), in place of an older one of that name.

    Shows its progress on standard error. Raises GazetteerError where the file is of no known kind, holds no place at
    all, would take the place of another file by its name alone, or the disk is full; nothing is changed then. Waits
    where another process is adding one.
    """
    if not file.is_file():
        raise GazetteerError(f"{file} is no file")
    chosen, name = name, name or file.stem
    if not re.fullmatch(r"[\w.-]{1,80}", name) or name.startswith("."):
        raise GazetteerError(f"{name!r} cannot name a gazetteer: use letters, digits, dots and dashes")
    broken: list[BrokenRow] = []
    count = [0, 0]  # places, broken rows

    def report(line: int, reason: str) -> None:
        count[1] += 1
        if len(broken) < KEPT_REPORTS:
            broken.append(BrokenRow(line=line, reason=reason))

    reader = _reader(file)

    def entries() -> Iterator[Entry]:
        for entry in reader(file, name, report):
            count[0] += 1
            yield entry
        if not count[0]:
            raise GazetteerError(f"{file.name} holds no place that can be read ({count[1]:,} broken rows)")
        meta.update(places=str(count[0]), broken=str(count[1]))

    geonames = reader is _geonames_entries
    meta = {
        "version": f"{name} ({file.name})",
        "file": file.name,
        "attributions": json.dumps(["Places © GeoNames, CC BY 4.0"] if geonames else [f"Places from {file.name}"]),
    }
    source = Source(
        entries=entries,
        expected=max(1, _unpacked_size(file) // BYTES_PER_ROW),
        rules=read_rules(project_root() / "gazetteer"),
        meta=meta,
    )
    folder = added_folder()
    path = folder / f"{name}.v{SCHEMA_VERSION}.sqlite"
    with alone(folder / "adding.lock"):
        for left in folder.glob("*.building*"):
            left.unlink(missing_ok=True)  # of one that was killed, which may be gigabytes
        if not chosen and path.exists() and (older := _described(path).file) != file.name:
            raise GazetteerError(f"{name!r} is the name of what was added from {older}: give another with --name")
        build_index(path, source, title=f"Adding {file.name}")
    return AddedGazetteer(
        name=name, file=file.name, places=count[0], broken=count[1], bytes=path.stat().st_size, reports=tuple(broken)
    )


def list_gazetteers() -> list[AddedGazetteer]:
    """Return the added gazetteers by name."""
    return [_described(path) for path in added_indexes()]


def remove_gazetteer(name: str) -> None:
    """Remove an added gazetteer; raises GazetteerError where there is none of this name."""
    there = {_name_of(path): path for path in added_indexes()}
    if name not in there:
        raise GazetteerError(f"no gazetteer {name!r} was added; there are: {', '.join(there) or 'none'}")
    there[name].unlink()


def added_indexes() -> list[Path]:
    """Return the indexes of the added gazetteers that this version can read."""
    return sorted(added_folder().glob(f"*.v{SCHEMA_VERSION}.sqlite"))


def _name_of(path: Path) -> str:
    return path.name.removesuffix(f".v{SCHEMA_VERSION}.sqlite")


def _described(path: Path) -> AddedGazetteer:
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        meta = dict(database.execute("SELECT key, value FROM meta"))
    except sqlite3.Error as error:
        raise GazetteerError(f"the gazetteer {path} is broken ({error}): remove it and add it again") from error
    finally:
        database.close()
    return AddedGazetteer(
        name=_name_of(path),
        file=meta["file"],
        places=int(meta["places"]),
        broken=int(meta["broken"]),
        bytes=path.stat().st_size,
    )


# ---- reading


_Report = Callable[[int, str], None]
_Reader = Callable[[Path, str, _Report], Iterator[Entry]]


def _reader(file: Path) -> _Reader:
    suffix = file.suffix.lower()
    readers: dict[str, _Reader] = {
        ".zip": _geonames_entries, ".txt": _geonames_entries, ".csv": _table_entries, ".tsv": _table_entries,
        ".geojson": _geojson_entries, ".json": _geojson_entries,
    }  # fmt: skip
    if suffix not in readers:
        raise GazetteerError(f"{file.name}: a gazetteer is a GeoNames .zip or .txt, a .csv, a .tsv or a .geojson")
    return readers[suffix]


def _unpacked_size(file: Path) -> int:
    if file.suffix.lower() != ".zip":
        return file.stat().st_size
    with _zip(file) as archive:
        return archive.getinfo(_member(archive, file)).file_size


@contextmanager
def _zip(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, EOFError) as error:
        raise GazetteerError(f"{file.name} is broken: {error}") from error


def _member(archive: zipfile.ZipFile, file: Path) -> str:
    beside = ("readme", "iso-language")
    texts = [name for name in archive.namelist() if name.endswith(".txt") and not name.lower().startswith(beside)]
    if len(texts) != 1:
        raise GazetteerError(f"{file.name} is no GeoNames dump: it holds {len(texts)} tables, not one")
    return texts[0]


def _geonames_entries(file: Path, _name: str, report: _Report) -> Iterator[Entry]:
    if file.suffix.lower() == ".zip":
        with _zip(file) as archive, archive.open(_member(archive, file)) as packed:
            yield from _geonames_table(io.TextIOWrapper(packed, "utf-8", errors="replace"), report)
    else:
        with file.open(encoding="utf-8", errors="replace") as text:
            yield from _geonames_table(text, report)


def _geonames_table(text: io.TextIOBase, report: _Report) -> Iterator[Entry]:
    rows: Iterator[str] = iter(text)
    first = next(rows, "")
    rows = itertools.chain([first] if first else [], rows)
    if holds_names(first):
        yield from entries_with_names(rows, lambda: [own_index(), *added_indexes()], report)
    else:
        yield from _geonames_rows(rows, division_names(project_root() / "gazetteer"), report)


def _geonames_rows(rows: Iterator[str], divisions: dict[str, str], report: _Report) -> Iterator[Entry]:
    for number, line in enumerate(rows, start=1):
        row = line.rstrip("\r\n").split("\t")
        if len(row) != GEONAMES_COLUMNS:
            report(number, f"{len(row)} columns, not {GEONAMES_COLUMNS}")
            continue
        geonameid, name, plain, alternates, lat, lon, feature_class, feature, country = row[:9]
        try:
            if not geonameid.isdecimal():
                raise ValueError(f"column 'geonameid': {geonameid!r} is no number")
            at = _position(lon, lat)
            yield Entry(
                id=f"gn:{int(geonameid)}", name=_required(name), kind=_kind_of(feature_class, feature), lon=at.lon,
                lat=at.lat, country=country or None, admin1=divisions.get(f"{country}.{row[10]}"),
                population=int(row[14] or 0), geonameid=int(geonameid), feature_code=feature or None,
                names=tuple((other, "alternate") for other in dict.fromkeys([plain, *alternates.split(",")]) if other),
            )  # fmt: skip
        except ValueError as error:
            report(number, str(error))


def _kind_of(feature_class: str, feature: str) -> Kind:
    return _FEATURES.get(feature) or _CLASSES.get(feature_class, "place")


def _table_entries(file: Path, name: str, report: _Report) -> Iterator[Entry]:
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        head = text.readline()
        delimiter = max("\t;,", key=head.count)
        columns = [column.strip().lower() for column in next(csv.reader([head], delimiter=delimiter), [])]
        if "name" not in columns:
            raise GazetteerError(f"{file.name} line 1: a table of places needs columns name, lat, lon; not {columns}")
        reader = csv.reader(text, delimiter=delimiter)
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                report(reader.line_num + 1, str(error))
                continue
            number = reader.line_num + 1
            if not any(row):
                continue
            if len(row) != len(columns):
                report(number, f"{len(row)} columns, not {len(columns)}")
                continue
            yield from _entry_of(dict(zip(columns, row, strict=True)), number, name, report)


def _geojson_entries(file: Path, name: str, report: _Report) -> Iterator[Entry]:
    from shapely.geometry import shape

    if file.stat().st_size > MAX_GEOJSON_BYTES:
        raise GazetteerError(f"{file.name} is larger than {MAX_GEOJSON_BYTES / 1e6:.0f} MB: make it a .csv")
    try:
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise GazetteerError(f"{file.name} is no GeoJSON with features: {error}") from error
    for number, feature in enumerate(features, start=1):
        try:
            if not feature.get("geometry"):
                raise ValueError("it is empty")
            point = shape(feature["geometry"]).representative_point()
            fields = {str(key).lower(): value for key, value in (feature.get("properties") or {}).items()}
            row = {**fields, "lon": point.x, "lat": point.y, "id": fields.get("id", feature.get("id"))}
        except Exception as error:  # shapely raises whatever it meets on a broken geometry
            report(number, f"the geometry cannot be read: {error}")
            continue
        yield from _entry_of(row, number, name, report)


def _entry_of(row: dict[str, Any], number: int, name: str, report: _Report) -> Iterator[Entry]:
    """Yield the place of a row with named columns; "line" is the number of the feature in GeoJSON."""

    def text(*columns: str) -> str:
        values = (row.get(column) for column in columns)
        return next((str(value).strip() for value in values if value not in (None, "")), "")

    try:
        at = _position(text("lon", "lng", "longitude", "x"), text("lat", "latitude", "y"))
        kind = text("kind") or "settlement"
        if kind not in KINDS:
            raise ValueError(f"column 'kind': {kind!r} is none of {', '.join(sorted(KINDS))}")
        names = re.split(r"[|;]", text("alternates", "alternatenames", "names"))
        yield Entry(
            id=f"own:{name}/{text('id') or number}", name=_required(text("name")), kind=cast(Kind, kind),
            lon=at.lon, lat=at.lat,
            country=text("country", "iso2").upper() or None, admin1=text("admin1") or None,
            population=int(float(text("population") or 0)), note=text("note") or None,
            names=tuple((other.strip(), "alternate") for other in names if other.strip()),
        )  # fmt: skip
    except (ValueError, OverflowError) as error:
        report(number, str(error))


def _position(lon: str, lat: str) -> LonLat:
    for field, value in (("lon", lon), ("lat", lat)):
        try:
            float(value)
        except ValueError:
            raise ValueError(f"column {field!r}: {value!r} is not a number") from None
    return LonLat(lon=float(lon), lat=float(lat))


def _required(name: str) -> str:
    if not name.strip():
        raise ValueError("column 'name' is empty")
    return " ".join(name.split())[:200]
