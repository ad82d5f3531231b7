"""The gazetteer from its index: exact names, suggestions, typing errors, places by id, and what lies at a position."""

import json
import math
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from geo.errors import GazetteerError
from geo.geodesy import WGS84, LonLat
from geo.places import Kind, NameMatch, Place
from geo.stores.files import project_root
from geo.stores.gazetteer_index import HOWS, LANGUAGE_MARK, LONGEST_TYPO, SUGGESTION_LOSS, typo_buckets
from geo.stores.names import NameRules, read_rules

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

CACHED_NAMES = 20_000
CACHED_PLACES = 50_000
CACHED_OUTLINES = 16  # the largest has a million vertices
MOST_MATCHES = 200  # of one name; "San José" has more, nobody reads on
OTHER_INITIAL_LOSS = 120  # points: people seldom mistake the first letter
LONGEST_NAME = 200  # characters; more is no name

_, ALTERNATE, ABBREVIATION, DEMONYM = range(len(HOWS))
LAST = "\U0010ffff"  # sorts behind every letter

_PLACE = (
    "p.n, p.id, p.name, p.kind, p.lon, p.lat, p.country, p.admin1, p.population, p.geonameid, p.feature_code, "
    "p.outline, p.note"
)
_SELECT_FROM = f"SELECT n.key, n.rank, n.how, n.matched, {_PLACE} FROM {{}} n JOIN place p ON p.n = n.n"
_SELECT = _SELECT_FROM.format("name") + " WHERE"
_NAMED = f"{_SELECT} n.key = ? ORDER BY n.rank LIMIT {MOST_MATCHES}"

_PlaceRow = tuple[
    int, str, str, Kind, float, float, str | None, str | None, int, int | None, str | None, int, str | None
]  # fmt: skip


class _Hit(NamedTuple):
    """A name that was found: the smaller its rank, the more prominent the place."""

    key: str
    rank: int
    how: int
    written: str  # of an abbreviation all ways of writing, joined by "|"
    language: str | None
    place: Place

    @property
    def suggested_rank(self) -> int:
        """The rank in suggestions, where further names stand behind main ones."""
        return self.rank + SUGGESTION_LOSS * (self.how == ALTERNATE)


class AreaOutlines(Protocol):
    """The outlines of areas, as geo.stores.outlines gives them."""

    def get(self, place_id: str) -> "BaseGeometry | None":
        """Return the area of a place."""
        ...

    def sketch(self, place_id: str) -> "BaseGeometry | None":
        """Return a light outline of a place, for drawing."""
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
        self._all = range(len(self._paths))
        self._typo_bits = [int(one["typo_bits"]) for one in meta]
        self._countries: dict[str, str] = json.loads(meta[0].get("countries", "{}"))
        self._outline = lru_cache(maxsize=CACHED_OUTLINES)(self._find_outline)
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
            found = [one for one in self._with_key(bare, name) if one.place.kind in kinds and one.how != "demonym"]
            if found:
                return tuple(found)
        return ()

    def _key(self, name: str) -> str:
        return self._rules.key(name) if len(name) <= LONGEST_NAME else ""

    def _with_key(self, key: str, name: str) -> tuple[NameMatch, ...]:
        hits = [hit for i in self._all for hit in self._hits(i, _NAMED, (key,))]
        if len(self._paths) > 1:
            hits.sort(key=lambda hit: hit.rank)
        found: dict[str, NameMatch] = {}
        for hit in hits:
            known = found.get(hit.place.id)
            if known is None and (matched := fitting(name, hit)):
                match = NameMatch(place=hit.place, matched=matched, how=HOWS[hit.how], language=hit.language)
                found[hit.place.id] = match
            elif known is not None and hit.language and (known.matched, known.language) == (hit.written, None):
                found[hit.place.id] = replace(known, language=hit.language)  # only one of the indexes knows it
        return tuple(found.values())

    def _hits(self, i: int, select: str, values: Sequence[object]) -> list[_Hit]:
        return [
            _Hit(row[0], row[1], row[2], *_written(row[3] or row[6]), self._place_of(row[4:], i))
            for row in self._databases[i].execute(select, values).fetchall()
        ]

    def known(self, names: Iterable[str]) -> set[str]:
        """Return those of the names that `named` would find something for; a few microseconds a name."""
        written: dict[str, list[str]] = {}
        for name in names:
            if key := self._key(name):
                written.setdefault(key, []).append(name)
        bare = {key: [rest for rest, _ in self._rules.without_designator(key)] for key in written if " " in key}
        there = self._known_keys(list({*written, *(rest for rests in bare.values() for rest in rests)}))
        known: set[str] = set()
        for key, ways in written.items():
            if there.get(key, False):
                known.update(ways)
            elif key in there or any(rest in there for rest in bare.get(key, ())):
                known.update(name for name in ways if self._named(name))
        return known

    def _known_keys(self, keys: Sequence[str]) -> dict[str, bool]:
        """Return the keys that are there, with whether they are so in any case (abbreviations, two letters are not)."""
        there: dict[str, bool] = {}
        for database in self._databases:
            for start in range(0, len(keys), 500):
                some = keys[start : start + 500]
                marks = ",".join("?" * len(some))
                found = database.execute(
                    f"SELECT key, max(how <> {ABBREVIATION}) FROM name WHERE key IN ({marks}) GROUP BY key", some
                )
                for key, any_case in found.fetchall():
                    there[key] = there.get(key, False) or bool(any_case and len(key) > 2)
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
        filters = {"p.country": country, "p.kind": kind}
        filters = {column: value for column, value in filters.items() if value is not None}
        beginning = key + (" " if prefix[-1:].isspace() else "")  # "new " is on its way to New York, not to Newcastle
        hits = [hit for i in self._all for hit in self._beginning(i, key, beginning, limit, filters)]
        hits.sort(key=lambda hit: (hit.key != key, hit.suggested_rank))
        found: dict[str, NameMatch] = {}
        for hit in hits:
            how = HOWS[hit.how] if hit.key == key else "prefix"
            match = NameMatch(place=hit.place, matched=hit.written.split("|")[0], how=how, language=hit.language)
            found.setdefault(hit.place.id, match)
            if len(found) == limit:
                break
        return tuple(found.values()) or tuple(
            match
            for match in self.fuzzy(prefix, limit=limit)
            if country in (None, match.place.country) and kind in (None, match.place.kind)
        )

    def _beginning(self, i: int, key: str, beginning: str, limit: int, filters: Mapping[str, object]) -> list[_Hit]:
        where = f"n.how <> {DEMONYM}" + "".join(f" AND {column} = ?" for column in filters)
        values = list(filters.values())
        exact = self._hits(i, f"{_SELECT} n.key = ? AND {where} ORDER BY n.rank LIMIT ?", (key, *values, limit))
        there = {hit.place.id for hit in exact}
        best = self._databases[i].execute("SELECT names FROM best WHERE prefix = ?", (beginning,)).fetchone()
        begun: list[_Hit] = []
        for name in json.loads(best[0]) if best else ():
            if len(there) >= limit:
                return exact + begun
            begun += self._hits(i, f"{_SELECT} n.key = ? AND n.rank = ? AND n.n = ? AND {where}", (*name, *values))
            there.update(hit.place.id for hit in begun[-1:])
        if len(there) >= limit:
            return exact + begun
        # Not crowded, or the filter leaves too few of the best; a place has several names, so some more are read.
        order = f"n.rank + {SUGGESTION_LOSS} * (n.how = {ALTERNATE})"
        between = f"n.key >= ? AND n.key < ? AND {where} ORDER BY {order} LIMIT ?"
        if filters:
            return exact + self._hits(i, f"{_SELECT} {between}", (beginning, beginning + LAST, *values, 6 * limit))
        select = _SELECT_FROM.format(f"(SELECT * FROM name n WHERE {between})")  # places only of the names shown
        return exact + self._hits(i, select, (beginning, beginning + LAST, 3 * limit))

    def fuzzy(self, name: str, *, limit: int = 10) -> Sequence[NameMatch]:
        """Return places whose name is one or two typing errors away, the nearest and most prominent first."""
        key = self._key(name)
        if not 3 <= len(key) <= LONGEST_TYPO + 2:
            return ()
        near = self._near_keys(key)
        nearest = sorted(near, key=lambda other: (near[other], other[0] != key[0]))[: 2 * limit]
        hits = [hit for other in nearest for i in self._all for hit in self._hits(i, _NAMED, (other,))]
        hits.sort(key=lambda hit: (near[hit.key][0], hit.suggested_rank + OTHER_INITIAL_LOSS * (hit.key[0] != key[0])))
        found: dict[str, NameMatch] = {}
        for hit in hits:
            if hit.how <= ALTERNATE:
                how = HOWS[hit.how] if hit.key == key else "fuzzy"
                match = NameMatch(place=hit.place, matched=hit.written, how=how, language=hit.language)
                found.setdefault(hit.place.id, match)
        return tuple(found.values())[:limit]

    def _near_keys(self, key: str) -> dict[str, tuple[int, int]]:
        """Return keys within two errors: their distance, and a number that is smaller the more prominent they are."""
        near: dict[str, tuple[int, int]] = {}
        for errors in (1, 2):
            for i in self._all:
                near.update(self._filed(i, key, errors))
            if near:
                break
        else:
            near = {other: (2, n) for i in self._all for n, other in enumerate(self._two_errors(i, key))}
        return near

    def _filed(self, i: int, key: str, errors: int) -> dict[str, tuple[int, int]]:
        """Return the keys filed where the key is, or is with so many letters less: their distance and number."""
        from rapidfuzz.distance import OSA

        buckets = ",".join(map(str, typo_buckets(key, self._typo_bits[i], errors)))
        words: set[int] = set()
        for (packed,) in self._databases[i].execute(f"SELECT words FROM typo WHERE bucket IN ({buckets})").fetchall():
            words.update(memoryview(packed).cast("I"))
        some = ",".join(map(str, words))
        rows = self._databases[i].execute(f"SELECT w, key FROM word WHERE w IN ({some})").fetchall()
        distances = ((w, other, OSA.distance(key, other, score_cutoff=2)) for w, other in rows)
        return {other: (distance, w) for w, other, distance in distances if distance <= 2}

    def _two_errors(self, i: int, key: str) -> list[str]:
        """Compare with every name that begins with the same two letters, the most prominent first."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        rows = self._databases[i].execute(
            f"SELECT key FROM name WHERE key >= ? AND key < ? AND how <= {ALTERNATE} AND length(key) BETWEEN ? AND ? "
            "GROUP BY key ORDER BY min(rank)",
            (key[:2], key[:2] + LAST, len(key) - 2, len(key) + 2),
        )
        near = process.extract(
            key, [other for (other,) in rows.fetchall()], scorer=OSA.distance, score_cutoff=2, limit=50
        )
        return [other for other, _, _ in near]

    # ---- by id and by position

    def place(self, place_id: str) -> Place | None:
        """Return the place with this id ("gn:174823"), or None."""
        for i, database in enumerate(self._databases):
            row = database.execute(f"SELECT {_PLACE} FROM place p WHERE p.id = ?", (place_id,)).fetchone()
            if row:
                return self._place_of(row, i)
        return None

    def _place_of(self, row: _PlaceRow, i: int) -> Place:
        if place := self._places.get((i, row[0])):
            return place
        n, id_, name, kind, lon, lat, country, admin1, population, geonameid, feature_code, outline, note = row
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
        return self._outline(place_id)

    def _find_outline(self, place_id: str) -> "BaseGeometry | None":
        import shapely

        outlines = self._areas()
        area = outlines.get(place_id) if outlines else None
        if area is None or shapely.is_valid(area):
            return area
        return shapely.make_valid(area, method="structure", keep_collapsed=False)  # rounding may cross thin necks

    def sketch(self, place_id: str) -> "BaseGeometry | None":
        """Return a light outline for drawing, never for measuring, or None where only the point is known."""
        outlines = self._areas()
        return outlines.sketch(place_id) if outlines else None

    def _areas(self) -> AreaOutlines | None:
        if not self._outlines_opened:
            self._outlines = self._open_outlines()
            self._outlines_opened = True
        return self._outlines


def _written(matched: str) -> tuple[str, str | None]:
    """Part a name from its language."""
    name, _, language = matched.partition(LANGUAGE_MARK)
    return name, language or None


def fitting(name: str, hit: _Hit) -> str | None:
    """Return the name that was found where the one asked for may stand for it.

    Names fit in any case, but for two-letter ones (Of, As, Ii), which no article writes small. Of an abbreviation the
    exact way of writing counts ("Ind." is no "ind"), but for its spaces. An empty name asks nothing.
    """
    if hit.how == ABBREVIATION:
        return next((way for way in hit.written.split("|") if not name or _squeezed(way) == _squeezed(name)), None)
    return hit.written if len(hit.written) > 2 or not name.islower() else None


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
    from geo.stores.gazetteer_added import added_indexes
    from geo.stores.gazetteer_files import own_index

    return SqliteGazetteer(
        (own_index(), *added_indexes()), rules=read_rules(project_root() / "gazetteer"), outlines=_open_outlines
    )


def _open_outlines() -> AreaOutlines | None:
    from geo.stores.outlines import Outlines

    return Outlines.open() if any((project_root() / "gazetteer").glob("outlines.*")) else None
