"""GeoNames' tables of further names (alternateNamesV2): each name is brought to the place that it is of.

The places are those of the indexes there are; names of others are left out. A table is not in the order of its places,
so its names are staged in a file of SQLite, and memory stays flat.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from geo.stores.gazetteer_index import Entry

FEWEST_COLUMNS, MOST_COLUMNS = 4, 10  # alternate name id, GeoNames id, language, name; what follows is not used
NO_LANGUAGES = frozenset(
    "link wkdt post iata icao faac unlc tcid abbr phon piny".split()
)  # GeoNames: codes and the like
_PLACE = "id, name, kind, lon, lat, country, admin1, population, geonameid, feature_code, outline, note"
_FIELDS = _PLACE.split(", ")


def holds_names(first_row: str) -> bool:
    """Tell a table of names from one of places by the number of its columns."""
    return FEWEST_COLUMNS <= first_row.count("\t") + 1 <= MOST_COLUMNS


def entries_with_names(
    rows: Iterable[str], indexes: Callable[[], Sequence[Path]], report: Callable[[int, str], None]
) -> Iterator[Entry]:
    """Yield the places that the rows name, with these names; a broken row is reported with its line."""
    with closing(_staged(rows, report)) as stage:
        if stage.execute("SELECT 1 FROM further").fetchone() is None:
            return
        for path in indexes():
            stage.execute("ATTACH ? AS held", (f"{path.resolve().as_uri()}?mode=ro&immutable=1",))
            found = stage.execute(
                f"SELECT p.n, {', '.join(f'p.{field}' for field in _FIELDS)}, s.name, s.language "
                "FROM held.place p CROSS JOIN further s ON s.geonameid = p.geonameid ORDER BY p.n"
            )
            for _, group in groupby(found, key=itemgetter(0)):
                yield _entry(list(group))
            stage.execute("DETACH held")


def _entry(rows: list[tuple[object, ...]]) -> Entry:
    fields = dict(zip(_FIELDS, rows[0][1:], strict=False))
    languages = {str(row[-2]): str(row[-1]) for row in reversed(rows)}
    return Entry(
        **fields | {"outline": bool(fields["outline"])},  # type: ignore[arg-type]
        names=tuple((name, "alternate") for name in languages),
        languages={name: language for name, language in languages.items() if language},
    )


def _staged(rows: Iterable[str], report: Callable[[int, str], None]) -> sqlite3.Connection:
    stage = sqlite3.connect("", uri=True, isolation_level=None)  # a file of its own, gone when it is closed
    stage.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN;"
        "CREATE TABLE further (geonameid INTEGER, name TEXT, language TEXT)"
    )
    stage.executemany("INSERT INTO further VALUES (?, ?, ?)", _names(rows, report))
    stage.execute("COMMIT")
    stage.execute("CREATE INDEX by_place ON further (geonameid)")
    return stage


def _names(rows: Iterable[str], report: Callable[[int, str], None]) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(rows, start=1):
        row = line.rstrip("\r\n").split("\t")
        if not FEWEST_COLUMNS <= len(row) <= MOST_COLUMNS:
            report(number, f"{len(row)} columns, not {FEWEST_COLUMNS} to {MOST_COLUMNS}")
        elif not row[1].isdecimal() or len(row[1]) > 9:
            report(number, f"column 'geonameid': {row[1][:40]!r} is no number")
        elif not row[3].strip():
            report(number, "column 'alternate name' is empty")
        elif row[2] not in NO_LANGUAGES:
            yield int(row[1]), " ".join(row[3].split())[:200], row[2]
