"""The project's own files of places, and the index that is made of them."""

import hashlib
import json
import lzma
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

from geo.errors import GazetteerError
from geo.stores.files import cache_folder, project_root
from geo.stores.gazetteer_index import SCHEMA_VERSION, Entry, How, Source, ensure_index
from geo.stores.names import folded, read_abbreviations, read_demonyms, read_rules

_INPUTS = (
    "places.*", "countries.tsv", "areas.tsv.xz", "outlines*", "districts.bin", "names.tsv", "towns.tsv", "sites.tsv",
    "unions.tsv", "demonyms.tsv", "abbreviations.tsv", "words.tsv", "designators.tsv", "SOURCES.toml",
)  # fmt: skip
_SAMPLE = 65_536  # an .xz file carries the checksum of its content at its end, so its ends tell versions apart


def own_index() -> Path:
    """Return the index of the project's own files, built where it is missing or of other files."""
    folder = project_root() / "gazetteer"
    mark = fingerprint(folder)
    path = cache_folder() / f"gazetteer-v{SCHEMA_VERSION}-{mark}.sqlite"
    return ensure_index(path, lambda: _own_source(folder, mark), title="Building the gazetteer's index (only once)")


def fingerprint(folder: Path) -> str:
    """Return a short hash of the data files and of the program's way of indexing them."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in _INPUTS for path in folder.glob(pattern) if path.is_file()}):
        size = path.stat().st_size
        digest.update(f"{path.name} {size}\n".encode())
        with path.open("rb") as file:
            digest.update(file.read(_SAMPLE))
            if size > _SAMPLE:
                file.seek(-_SAMPLE, 2)
                digest.update(file.read(_SAMPLE))
    return digest.hexdigest()[:12]


def _own_source(folder: Path, mark: str) -> Source:
    sources = tomllib.loads((folder / "SOURCES.toml").read_text(encoding="utf-8"))["source"]
    countries = {row["iso2"]: row["name"] for row in _table(folder / "countries.tsv") if row["iso2"]}
    versions = [f"{row['name']} {row['version']}" for row in sources]
    return Source(
        entries=lambda: _own_entries(folder),
        expected=330_000,
        rules=read_rules(folder),
        meta={
            "version": f"Marchland gazetteer {mark} ({', '.join(versions)})",
            "attributions": json.dumps(list(dict.fromkeys(row["attribution"] for row in sources)), ensure_ascii=False),
            "countries": json.dumps(countries, ensure_ascii=False),
        },
    )


def _own_entries(folder: Path) -> Iterator[Entry]:
    further: dict[str, list[tuple[str, How]]] = {}
    for short in read_abbreviations(folder):
        ways = [short.written] if short.exact else dict.fromkeys((short.written, short.written.lower()))
        further.setdefault(short.place_id, []).extend((way, "abbreviation") for way in ways)
    for word, place_id in read_demonyms(folder):
        further.setdefault(place_id, []).append((word, "demonym"))
    main: dict[str, tuple[str, ...]] = {}
    for row in _table(folder / "names.tsv"):
        main[row["id"]] = (*main.get(row["id"], ()), *row["names"].split("|"))
    outlined = _outlined(folder)

    def entry(*, names: str, **fields: object) -> Entry:
        place_id = cast(str, fields["id"])
        alternates: list[tuple[str, How]] = [(name, "alternate") for name in names.split("|") if name]
        return Entry(
            **fields,  # type: ignore[arg-type]
            names=(*alternates, *further.get(place_id, ())),
            main_names=main.get(place_id, ()),
            outline=fields["kind"] != "settlement" and outlined(place_id),
        )

    for row in _table(folder / "countries.tsv"):
        yield entry(
            id=row["id"], name=row["name"], kind=row["kind"], lon=float(row["lon"]), lat=float(row["lat"]),
            country=row["iso2"] or None, population=int(row["population"]), geonameid=int(row["geonameid"]),
            names=row["alternates"],
        )  # fmt: skip
    for number, row in enumerate(_table(folder / "areas.tsv.xz"), start=2):
        try:
            yield entry(
                id=row["id"], name=row["name"], kind=row["kind"], lon=float(row["lon"]), lat=float(row["lat"]),
                country=row["country"] or None, admin1=row["admin1"] or None, population=int(row["population"] or 0),
                geonameid=int(row["geonameid"]) if row["geonameid"] else None, note=row["note"] or None,
                names=row["alternates"],
            )  # fmt: skip
        except (ValueError, KeyError, TypeError) as error:
            raise GazetteerError(f"areas.tsv.xz line {number}: {error}") from error
    for row in _table(folder / "unions.tsv"):
        yield entry(
            id=row["id"], name=row["name"], kind=row["kind"], country=row["country"], lon=float(row["lon"]),
            lat=float(row["lat"]), names=row["alternates"], note=row["reference"],
        )  # fmt: skip
    divisions = division_names(folder)
    # Where the areas hold a division too, theirs came first and counts.
    for row in _table(folder / "places.admin1.tsv"):
        if row["lon"]:
            yield entry(
                id=f"gn:{row['geonameid']}", name=row["name"], kind="admin1", country=row["code"].split(".")[0],
                lon=float(row["lon"]), lat=float(row["lat"]), geonameid=int(row["geonameid"]),
                population=int(row["population"]), names=row["alternates"],
            )  # fmt: skip
    for row in _table(folder / "places.admin2.tsv.xz"):
        yield entry(
            id=f"gn:{row['geonameid']}", name=row["name"], kind="admin2", country=row["country"],
            lon=float(row["lon"]), lat=float(row["lat"]), admin1=divisions.get(f"{row['country']}.{row['admin1']}"),
            geonameid=int(row["geonameid"]), names=row["alternates"],
        )  # fmt: skip
    for row in _table(folder / "places.tsv.xz"):
        yield entry(
            id=f"gn:{row['geonameid']}", name=row["name"], kind="settlement", country=row["country"],
            lon=float(row["lon"]), lat=float(row["lat"]), admin1=divisions.get(f"{row['country']}.{row['admin1']}"),
            population=int(row["population"]), geonameid=int(row["geonameid"]), feature_code=row["feature_code"],
            names=row["alternates"],
        )  # fmt: skip
    for file, kind in (("towns.tsv", "settlement"), ("sites.tsv", "facility")):
        for row in _table(folder / file):
            yield entry(
                id=f"ml:{slug(row['name'])}", name=row["name"], kind=kind, country=row["country"] or None,
                lon=float(row["lon"]), lat=float(row["lat"]), names=row["alternates"], note=row["reference"],
            )  # fmt: skip
    for row in _table(folder / "places.further.tsv.xz"):
        yield entry(
            id=row["id"], name=row["name"], kind=row["kind"], country=row["country"], lon=float(row["lon"]),
            lat=float(row["lat"]), names=row["alternates"],
        )  # fmt: skip


def slug(name: str) -> str:
    """Return a name as an id has it: words in small ASCII letters with hyphens.

    >>> slug("Piatykhatky (Zaporizhzhia)")
    'piatykhatky-zaporizhzhia'
    """
    return re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")


def division_names(folder: Path) -> dict[str, str]:
    """Return the names of first-level divisions by GeoNames code ("AM.10"), as the areas have them where they do."""
    areas = {row["geonameid"]: row["name"] for row in _table(folder / "areas.tsv.xz") if row["kind"] == "admin1"}
    return {row["code"]: areas.get(row["geonameid"], row["name"]) for row in _table(folder / "places.admin1.tsv")}


def _outlined(folder: Path) -> Callable[[str], bool]:
    if not any(folder.glob("outlines.*")):
        return lambda place_id: False
    from geo.stores.outlines import Outlines

    return Outlines.open().has


def _table(path: Path) -> Iterator[dict[str, str]]:
    """Read a table of the project, packed or not; lines that begin with # are left out."""
    if not path.exists():
        return
    unpack = lzma.open if path.suffix == ".xz" else open
    with unpack(path, "rt", encoding="utf-8") as file:
        lines = (line.rstrip("\n").split("\t") for line in file if not line.startswith("#"))
        header = next(lines)
        for line in lines:
            yield dict(zip(header, line, strict=True))
