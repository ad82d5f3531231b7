"""The gazetteer from its index: exact names, suggestions, typing errors, places by id, and what lies at a position."""

import heapq
import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from geo.errors import GazetteerError
from geo.geodesy import WGS84, LonLat
from geo.places import Kind, NameMatch, Place
from geo.stores.files import project_root
from geo.stores.gazetteer_index import HOWS, LONGEST_TYPO, SUGGESTION_LOSS, typo_buckets
from geo.stores.names import NameRules, read_rules

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

CACHED_NAMES = 20_000
CACHED_PLACES = 50_000
MOST_MATCHES = 200  # of one name; "San José" has more, nobody reads on
LONGEST_NAME = 200  # characters; more is no name

_PLACE = "p.n, p.id, p.name, p.kind, p.lon, p.lat, p.country, p.admin1, p.population, p.geonameid, p.feature_code, p.outline, p.note"
_NAMED = f"SELECT n.rank, n.how, n.matched, {_PLACE} FROM name n JOIN place p ON p.n = n.n WHERE n.key = ? ORDER BY n.rank LIMIT {MOST_MATCHES}"

ABBREVIATION = HOWS.index("abbreviation")
# (rank, how, matched, then the columns of place): the smaller the rank, the more prominent
_Row = tuple[int, int, str | None, int, str, str, str, float, float, str | None, str | None, int, int | None, str | None, int, str | None]  # fmt: skip


class AreaOutlines(Protocol):
    """The outlines of areas, as geo.stores.outlines gives them."""

    def get(self, place_id: str) -> "BaseGeometry | None":
        """Return the area of a place."""
        ...

    def containing(self, at: LonLat) -> list[str]:
        """Return the ids of the areas that hold a point, smallest first."""
        ...


class SqliteGazetteer:
    """The gazetteer over one or several indexes (the project's own first, then what the user added).

    Safe to share between threads: each has its own connections.
    """

    def __init__(
        self,
        indexes: Sequence[Path],
        *,
        rules: NameRules,
        outlines: Callable[[], AreaOutlines | None] = lambda: None,
    ) -> None:
        self._paths = tuple(indexes)
        self._rules = rules
        self._open_outlines = outlines
        self._outlines: AreaOutlines | None = None
        self._outlines_opened = False
        self._local = threading.local()
        self._places: dict[tuple[int, int], Place] = {}
        meta = [dict(database.execute("SELECT key, value FROM meta")) for database in self._databases]
        self.version: str = "; ".join(one["version"] for one in meta)
        self.attributions: tuple[str, ...] = tuple(
            dict.fromkeys(text for one in meta for text in json.loads(one.get("attributions", "[]")))
        )
        self._typo_bits = [int(one["typo_bits"]) for one in meta]
        self._countries: dict[str, str] = json.loads(meta[0].get("countries", "{}"))
        self._named = lru_cache(maxsize=CACHED_NAMES)(self._find_named)

    @property
    def _databases(self) -> tuple[sqlite3.Connection, ...]:
        try:
            return cast(tuple[sqlite3.Connection, ...], self._local.databases)
        except AttributeError:
            self._local.databases = tuple(_connect(path) for path in self._paths)
            return cast(tuple[sqlite3.Connection, ...], self._local.databases)

    # ---- by name

    def named(self, name: str) -> Sequence[NameMatch]:
        """Return every place with this name, most prominent first.

        Where the whole name is not known, a word that says the kind is taken off ("Kherson region", "city of Goma").
        An abbreviation is found only as it is written ("Ind.", not "ind").
        """
        return self._named(name)

    def _find_named(self, name: str) -> tuple[NameMatch, ...]:
        if not (key := self._key(name)):
            return ()
        if matches := self._with_key(key, name):
            return matches
        for bare, kinds in self._rules.without_designator(key):
            found = [
                match for match in self._with_key(bare, name) if match.place.kind in kinds and match.how != "demonym"
            ]
            if found:
                return tuple(found)
        return ()

    def _key(self, name: str) -> str:
        return self._rules.key(name) if len(name) <= LONGEST_NAME else ""

    def _with_key(self, key: str, name: str) -> tuple[NameMatch, ...]:
        if len(self._databases) == 1:
            rows = [(row, 0) for row in self._databases[0].execute(_NAMED, (key,)).fetchall()]
        else:
            found = [
                [(row, i) for row in database.execute(_NAMED, (key,)).fetchall()]
                for i, database in enumerate(self._databases)
            ]
            rows = list(heapq.merge(*found, key=lambda pair: pair[0][0]))
        return tuple(self._matches(rows, name))

    def _matches(self, rows: Iterable[tuple[_Row, int]], name: str) -> Iterator[NameMatch]:
        seen: set[str] = set()
        for row, i in rows:
            place_id = row[4]
            if place_id in seen or not (matched := fitting(name, row[2] or row[5], row[1])):
                continue
            seen.add(place_id)
            yield NameMatch(place=self._place_of(row[3:], i), matched=matched, how=HOWS[row[1]])

    def known(self, names: Iterable[str]) -> set[str]:
        """Return those of the names that `named` would find something for; some 5 µs a name."""
        keys: dict[str, list[str]] = {}
        for name in names:
            if key := self._key(name):
                keys.setdefault(key, []).append(name)
        bare = {key: [rest for rest, _ in self._rules.without_designator(key)] for key in keys if " " in key}
        wanted = list(dict.fromkeys([*keys, *(rest for rests in bare.values() for rest in rests)]))
        there = self._known_keys(wanted)
        known = set()
        for key, written in keys.items():
            if key in there:
                delicate = there[key]
                known.update(name for name in written if not delicate or self._named(name))
            elif any(rest in there for rest in bare.get(key, ())):
                known.update(name for name in written if self._named(name))
        return known

    def _known_keys(self, keys: Sequence[str]) -> dict[str, bool]:
        """Return the keys that are there, with whether the case of the name decides (abbreviations, two letters)."""
        there: dict[str, bool] = {}
        for database in self._databases:
            for start in range(0, len(keys), 500):
                some = keys[start : start + 500]
                marks = ",".join("?" * len(some))
                found = database.execute(
                    f"SELECT key, min(how = 2) FROM name WHERE key IN ({marks}) GROUP BY key", some
                )
                for key, only_short in found.fetchall():
                    there[key] = there.get(key, True) and bool(only_short or len(key) <= 2)
        return there

    # ---- while typing

    def suggest(
        self, prefix: str, *, limit: int = 10, country: str | None = None, kind: Kind | None = None
    ) -> Sequence[NameMatch]:
        """Return places whose name begins so: exact names first, then by prominence; each place once.

        Case does not matter here. Falls back to `fuzzy` when nothing begins so.
        """
        key = self._key(prefix)
        if not key or limit < 1:
            return ()
        space = " " if prefix[-1:].isspace() else ""  # "new " is on its way to "New York", not to "Newcastle"
        rows = [
            row for i in range(len(self._databases)) for row in self._beginning(i, key + space, limit, country, kind)
        ]
        rows.sort(key=lambda row: (row[0] != key, row[1]))
        found: dict[str, NameMatch] = {}
        for row_key, _rank, row, i in rows:
            how = HOWS[row[1]] if row_key == key else "prefix"
            matched = (row[2] or row[5]).split("|")[0]
            match = NameMatch(place=self._place_of(row[3:], i), matched=matched, how=how)
            found.setdefault(match.place.id, match)
            if len(found) >= limit:
                break
        if found:
            return tuple(found.values())
        return tuple(
            match
            for match in self.fuzzy(prefix, limit=limit)
            if country in (None, match.place.country) and kind in (None, match.place.kind)
        )

    def _beginning(
        self, i: int, key: str, limit: int, country: str | None, kind: Kind | None
    ) -> list[tuple[str, int, _Row, int]]:
        database = self._databases[i]
        where, values = "", list[object]()
        for column, value in (("country", country), ("kind", kind)):
            if value is not None:
                where += f" AND p.{column} = ?"
                values.append(value)
        crowded = database.execute("SELECT names FROM best WHERE prefix = ?", (key,)).fetchone()
        exact = [
            (key, row[0], row, i)
            for row in database.execute(
                f"SELECT n.rank, n.how, n.matched, {_PLACE} FROM name n JOIN place p ON p.n = n.n "
                f"WHERE n.key = ? AND n.how < 3{where} ORDER BY n.rank LIMIT ?",
                (key, *values, limit),
            )
        ]
        if crowded and (rows := self._listed(database, json.loads(crowded[0]), where, values)):
            rows = [(row_key, rank, row, i) for row_key, rank, row, _ in rows if row_key != key]
            if len({row[4] for _, _, row, _ in (*exact, *rows)}) >= limit:
                return exact + rows
        # A place has several names: read some more than are wanted.
        begun = database.execute(
            f"SELECT n.key, n.rank, n.how, n.matched, {_PLACE} FROM name n JOIN place p ON p.n = n.n "
            f"WHERE n.key > ? AND n.key < ? AND n.how < 3{where} ORDER BY n.rank + {SUGGESTION_LOSS} * (n.how = 1) LIMIT ?",
            (key, key + "\U0010ffff", *values, 6 * limit),
        )
        return exact + [(row[0], suggested_rank(row[1:]), row[1:], i) for row in begun.fetchall()]

    def _listed(
        self, database: sqlite3.Connection, names: list[tuple[str, int, int]], where: str, values: list[object]
    ) -> list[tuple[str, int, _Row, int]]:
        rows = []
        for key, rank, n in names:
            row = database.execute(
                f"SELECT n.rank, n.how, n.matched, {_PLACE} FROM name n JOIN place p ON p.n = n.n "
                f"WHERE n.key = ? AND n.rank = ? AND n.n = ?{where}",
                (key, rank, n, *values),
            ).fetchone()
            if row:
                rows.append((key, suggested_rank(row), row, 0))
        return rows

    def fuzzy(self, name: str, *, limit: int = 10) -> Sequence[NameMatch]:
        """Return places whose name is one or two typing errors away, the nearest and most prominent first."""
        key = self._key(name)
        if not 3 <= len(key) <= LONGEST_TYPO + 2:
            return ()
        keys = self._near_keys(key)
        found: dict[str, NameMatch] = {}
        for near in keys[: 3 * limit]:
            for match in self._with_key(near, ""):
                if match.how in ("name", "alternate"):
                    fuzzy = NameMatch(
                        place=match.place, matched=match.matched, how="fuzzy" if near != key else match.how
                    )
                    found.setdefault(match.place.id, fuzzy)
            if len(found) >= limit:
                break
        return tuple(found.values())[:limit]

    def _near_keys(self, key: str) -> list[str]:
        from rapidfuzz.distance import OSA

        near: dict[str, tuple[int, int]] = {}
        for i, database in enumerate(self._databases):
            for w, other in self._typo_candidates(database, typo_buckets(key, self._typo_bits[i])):
                distance = OSA.distance(key, other, score_cutoff=2)
                if distance <= 2:
                    near[other] = min(near.get(other, (9, 0)), (distance, w))
            if not near:
                near.update(self._two_errors(database, key))
        return sorted(near, key=near.__getitem__)

    @staticmethod
    def _typo_candidates(database: sqlite3.Connection, buckets: set[int]) -> list[tuple[int, str]]:
        words: set[int] = set()
        for (packed,) in database.execute(f"SELECT words FROM typo WHERE bucket IN ({','.join(map(str, buckets))})"):
            words.update(memoryview(packed).cast("I"))
        return database.execute(f"SELECT w, key FROM word WHERE w IN ({','.join(map(str, words))})").fetchall()

    @staticmethod
    def _two_errors(database: sqlite3.Connection, key: str) -> dict[str, tuple[int, int]]:
        """Compare with every name that begins with the same two letters."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        rows = database.execute(
            "SELECT DISTINCT key FROM name WHERE key >= ? AND key < ? AND how < 2 AND length(key) BETWEEN ? AND ?",
            (key[:2], key[:2] + "\U0010ffff", len(key) - 2, len(key) + 2),
        ).fetchall()
        near = process.extract(key, [row[0] for row in rows], scorer=OSA.distance, score_cutoff=2, limit=50)
        return {other: (int(distance), 0) for other, distance, _ in near}

    # ---- by id and by position

    def place(self, place_id: str) -> Place | None:
        """Return the place with this id ("gn:174823"), or None."""
        for i, database in enumerate(self._databases):
            row = database.execute(f"SELECT {_PLACE} FROM place p WHERE p.id = ?", (place_id,)).fetchone()
            if row:
                return self._place_of(row, i)
        return None

    def _place_of(self, row: Sequence[object], i: int) -> Place:
        n, id_, name, kind, lon, lat, country, admin1, population, geonameid, feature_code, outline, note = cast(
            tuple[
                int, str, str, Kind, float, float, str | None, str | None, int, int | None, str | None, int, str | None
            ],
            row,
        )
        if place := self._places.get((i, n)):
            return place
        if len(self._places) >= CACHED_PLACES:
            self._places.clear()
        place = Place(
            id=id_,
            name=name,
            kind=kind,
            at=LonLat(lon=lon, lat=lat),
            country=country,
            country_name=self._countries.get(country) if country else None,
            admin1=admin1,
            population=population,
            geonameid=geonameid,
            feature_code=feature_code,
            has_outline=bool(outline),
            note=note,
        )
        self._places[i, n] = place
        return place

    def containing(self, at: LonLat) -> Sequence[Place]:
        """Return the areas that hold a point, smallest first; none where the outlines are not installed."""
        outlines = self._areas()
        ids = outlines.containing(at) if outlines else []
        return tuple(place for place in map(self.place, ids) if place)

    def nearest(self, at: LonLat, *, limit: int = 5, max_m: float = 100_000) -> Sequence[tuple[Place, float]]:
        """Return the nearest settlements with their geodesic distance in metres."""
        reach_m = min(5_000.0, max_m)
        while True:
            found = self._within(at, reach_m)
            if len(found) >= limit or reach_m >= max_m:
                return found[:limit]
            reach_m = min(reach_m * 4, max_m)

    def _within(self, at: LonLat, reach_m: float) -> list[tuple[Place, float]]:
        found: dict[str, tuple[Place, float]] = {}
        for i, database in enumerate(self._databases):
            for west, east, south, north in boxes_around(at, reach_m):
                rows = database.execute(
                    f"SELECT {_PLACE} FROM spot s JOIN place p ON p.n = s.n "
                    "WHERE s.east >= ? AND s.west <= ? AND s.north >= ? AND s.south <= ?",
                    (west, east, south, north),
                ).fetchall()
                if not rows:
                    continue
                count = len(rows)
                metres = WGS84.inv(
                    [at.lon] * count, [at.lat] * count, [row[4] for row in rows], [row[5] for row in rows]
                )[2]
                for row, distance_m in zip(rows, metres, strict=True):
                    if distance_m <= reach_m:
                        place = self._place_of(row, i)
                        found.setdefault(place.id, (place, float(distance_m)))
        return sorted(found.values(), key=lambda pair: pair[1])

    def outline(self, place_id: str) -> "BaseGeometry | None":
        """Return the area of a place, or None where only its point is known."""
        outlines = self._areas()
        return outlines.get(place_id) if outlines else None

    def _areas(self) -> AreaOutlines | None:
        if not self._outlines_opened:
            self._outlines = self._open_outlines()
            self._outlines_opened = True
        return self._outlines


def suggested_rank(row: _Row) -> int:
    """Return the rank of a name in suggestions, where further names stand behind main ones."""
    return row[0] + SUGGESTION_LOSS * (row[1] == 1)


def fitting(name: str, matched: str, how: int) -> str | None:
    """Return the name that was found where the one asked for may stand for it.

    Names fit in any case, but for two-letter ones (Of, As, Ii), which no article writes small. Of an abbreviation the
    exact way of writing counts ("Ind." is no "ind"), but for its spaces. An empty name asks nothing.
    """
    if how == ABBREVIATION:
        ways = matched.split("|")
        return next((way for way in ways if not name or _squeezed(way) == _squeezed(name)), None)
    return matched if len(matched) > 2 or not name or not name.islower() else None


def _squeezed(name: str) -> str:
    return "".join(name.removeprefix("the ").removeprefix("The ").split())


def boxes_around(at: LonLat, reach_m: float) -> Iterator[tuple[float, float, float, float]]:
    """Yield boxes (west, east, south, north) that hold every position within a distance, cut at the antimeridian."""
    degrees = reach_m / 110_000  # a degree of latitude is 110,574 m and more
    south, north = at.lat - degrees, at.lat + degrees
    widest = max(abs(south), abs(north))
    if widest >= 89:
        yield -180, 180, max(south, -90), min(north, 90)
        return
    import math

    sideways = degrees / math.cos(math.radians(widest))
    west, east = at.lon - sideways, at.lon + sideways
    yield max(west, -180), min(east, 180), south, north
    if west < -180:
        yield west + 360, 180, south, north
    if east > 180:
        yield -180, east - 360, south, north


def _connect(path: Path) -> sqlite3.Connection:
    # immutable: the file is never written in place, so SQLite need not ask for locks (they cost more than a lookup)
    try:
        database = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False, cached_statements=64
        )
        database.execute("PRAGMA mmap_size=536870912")
        database.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()[0]
    except (sqlite3.Error, TypeError) as error:
        raise GazetteerError(
            f"the gazetteer's index {path} is broken ({error}): delete it, it is built again"
        ) from error
    return database


def open_gazetteer() -> SqliteGazetteer:
    """Open the gazetteer; the first time its index is built (some 20 s, with a progress bar on standard error)."""
    from geo.stores.gazetteer_files import added_indexes, own_index

    return SqliteGazetteer(
        (own_index(), *added_indexes()), rules=read_rules(project_root() / "gazetteer"), outlines=_open_outlines
    )


def _open_outlines() -> AreaOutlines | None:
    try:
        from geo.stores.outlines import Outlines
    except ImportError:
        return None
    outlines: AreaOutlines = Outlines.open()
    return outlines
