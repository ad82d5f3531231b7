"""The index of a gazetteer: one SQLite file in the user's cache, built once from the data files.

Beside the places it holds every name under its key, most prominent first; the best names of every crowded prefix, for
suggestions; the keys under what is left of them when one letter is missing, for typing errors; and an R*Tree.
A new index is built beside the old one and put in its place at the end, so a killed build leaves nothing broken; builds
wait for each other.
"""

import contextlib
import heapq
import itertools
import json
import math
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from geo.errors import GazetteerError
from geo.places import Kind
from geo.stores.names import NameRules

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCHEMA_VERSION = 5  # to be raised when the tables or the keys of names change
How = Literal["name", "alternate", "abbreviation", "demonym"]
HOWS: tuple[How, ...] = ("name", "alternate", "abbreviation", "demonym")

# Prominence, in points: what a reader means first. A settlement gets 80 points for every factor of ten of its people,
# so a town of 100,000 has 400, a city of ten million 560, and a capital 150 more.
_PROMINENCE: Mapping[Kind, int] = {
    "continent": 950, "country": 900, "ocean": 850, "dependency": 700, "disputed": 680, "region": 620, "sea": 600,
    "admin1": 520, "peninsula": 460, "river": 440, "mountain": 430, "desert": 430, "lake": 420, "island": 420,
    "admin2": 250, "facility": 150, "place": 100, "settlement": 0,
}  # fmt: skip
_POINTS_PER_TEN = {"settlement": 80, "admin1": 15, "admin2": 15, "country": 8, "dependency": 8}
_CAPITAL = 150
_LOSS: Mapping[How, int] = {"name": 0, "alternate": 90, "abbreviation": 60, "demonym": 120}
_WORST = 2000  # rank = _WORST - points: the smaller the better, never negative

LANGUAGE_MARK = "\x1f"  # Unicode's separator of units; no name holds it

CROWDED = 300  # a prefix with more names than this gets a list of its best
BEST = 40
SEVERAL_NAMES = 8  # so many times more are looked at, since a place has several names
LONGEST_CROWDED = 10  # letters; a longer prefix is scanned
SUGGESTION_LOSS = 250  # points that a further name loses in suggestions: "Khanoj" is not what begins with "kh"
MOST_TYPOS = 1_500_000  # keys, the most prominent, that are found despite a typing error
LONGEST_TYPO = 24  # letters of a key that is found despite a typing error

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, lon REAL NOT NULL,
    lat REAL NOT NULL, country TEXT, admin1 TEXT, population INTEGER NOT NULL, geonameid INTEGER, feature_code TEXT,
    outline INTEGER NOT NULL, note TEXT);
CREATE TABLE name (
    key TEXT NOT NULL, rank INTEGER NOT NULL, n INTEGER NOT NULL, how INTEGER NOT NULL, matched TEXT,
    PRIMARY KEY (key, rank, n, how)) WITHOUT ROWID;
CREATE TABLE best (prefix TEXT PRIMARY KEY, names TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE word (w INTEGER PRIMARY KEY, key TEXT NOT NULL);
CREATE TABLE typo (bucket INTEGER PRIMARY KEY, words BLOB NOT NULL);
CREATE VIRTUAL TABLE spot USING rtree(n, west, east, south, north);
"""
_STAGE = "CREATE TABLE stage.name (key TEXT, rank INTEGER, n INTEGER, how INTEGER, matched TEXT)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place on its way into an index, with its further names."""

    id: str
    name: str
    kind: Kind
    lon: float
    lat: float
    country: str | None = None
    admin1: str | None = None
    population: int = 0
    geonameid: int | None = None
    feature_code: str | None = None
    outline: bool = False
    note: str | None = None
    names: tuple[tuple[str, How], ...] = ()
    languages: Mapping[str, str] = field(default_factory=dict)  # ISO 639 codes of further names, where known
    main_names: tuple[str, ...] = ()  # further names that are as good as the main one


@dataclass(kw_only=True)
class Source:
    """What an index is built from: entries, how many there are about, the rules of names, and what to remember."""

    entries: Callable[[], Iterable[Entry]]
    expected: int
    rules: NameRules
    meta: Mapping[str, str] = field(default_factory=dict)


def ensure_index(path: Path, source: Callable[[], Source], *, title: str) -> Path:
    """Return the index, built first where it is missing; raises GazetteerError when it cannot be written."""
    if not path.exists():
        with alone(path.with_suffix(".lock")):
            if not path.exists():  # another process may have built it while this one waited
                build_index(path, source(), title=title)
    return path


@contextlib.contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Let one process at a time through, by a lock of SQLite's, which goes away with its process however that ends."""
    database = sqlite3.connect(lock, timeout=1800, isolation_level=None)
    try:
        database.execute("BEGIN EXCLUSIVE")
        yield
    except sqlite3.OperationalError as error:
        raise GazetteerError(f"the gazetteer cannot be indexed: {lock}: {error}") from error
    finally:
        database.close()


def build_index(path: Path, source: Source, *, title: str) -> None:
    """Build an index beside its place, then put it there; the caller sees to it that nobody else does."""
    for left in path.parent.glob(f"{path.name}.building*"):
        left.unlink(missing_ok=True)  # of a build that was killed
    beside = path.with_name(f"{path.name}.building{os.getpid()}")
    try:
        _fill(beside, source, title)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(beside, path)
        _sync_folder(path.parent)
    except (sqlite3.OperationalError, sqlite3.DatabaseError, OSError) as error:
        raise GazetteerError(
            f"the gazetteer cannot be indexed in {path.parent}: {error}; "
            "it needs about 300 MB there, MARCHLAND_CACHE sets another folder"
        ) from error
    finally:
        for left in path.parent.glob(f"{beside.name}*"):
            left.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _fill(path: Path, source: Source, title: str) -> None:
    from tqdm import tqdm

    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size=-65536;"
            "PRAGMA temp_store=FILE; PRAGMA page_size=4096; ATTACH '' AS stage;"
        )
        database.executescript(_SCHEMA)
        database.execute(_STAGE)
        steps = 4
        with tqdm(total=source.expected * steps, desc=title, unit=" places", unit_scale=True, mininterval=0.5) as bar:
            database.execute("BEGIN")
            _write_places(database, source, bar.update)
            database.execute(
                "INSERT OR IGNORE INTO name "
                "SELECT key, rank, n, how, matched FROM stage.name ORDER BY key, rank, n, how"
            )
            database.execute("DROP TABLE stage.name")
            database.execute("CREATE UNIQUE INDEX place_id ON place (id)")
            bar.update(source.expected)
            _write_best(database)
            bar.update(source.expected)
            _write_typos(database)
            database.execute("INSERT INTO spot SELECT n, lon, lon, lat, lat FROM place WHERE kind = 'settlement'")
            database.executemany("INSERT INTO meta VALUES (?, ?)", sorted(source.meta.items()))
            database.execute("COMMIT")
            bar.update(max(0, source.expected * steps - bar.n))
        database.execute("ANALYZE")
    finally:
        database.close()


def _write_places(database: sqlite3.Connection, source: Source, tick: Callable[[int], object]) -> None:
    names: list[tuple[str, int, int, int, str | None]] = []
    places: list[tuple[object, ...]] = []

    def flush() -> None:
        database.executemany("INSERT INTO stage.name VALUES (?, ?, ?, ?, ?)", names)
        database.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", places)
        tick(len(places))
        names.clear()
        places.clear()

    seen = _Seen()
    for n, entry in enumerate(source.entries(), start=1):
        if not seen.first(entry.id):
            continue
        places.append(
            (
                n,
                entry.id,
                entry.name,
                entry.kind,
                entry.lon,
                entry.lat,
                entry.country,
                entry.admin1,
                entry.population,
                entry.geonameid,
                entry.feature_code,
                int(entry.outline),
                entry.note,
            )  # fmt: skip
        )
        names.extend((key, rank, n, how, matched) for key, rank, how, matched in keyed_names(entry, source.rules))
        if len(places) >= 5000:
            flush()
    flush()


class _Seen:
    """Which ids there were; GeoNames' numbers take a bit each, twelve million of them as text would take a gigabyte."""

    def __init__(self) -> None:
        self._bits, self._others = bytearray(), set[str]()

    def first(self, place_id: str) -> bool:
        """Tell whether an id comes for the first time."""
        number = place_id.removeprefix("gn:")
        if not place_id.startswith("gn:") or not number.isdecimal() or len(number) > 9:
            known = place_id in self._others
            self._others.add(place_id)
            return not known
        byte, bit = int(number) >> 3, 1 << (int(number) & 7)
        if byte >= len(self._bits):
            self._bits.extend(bytes(byte + 1 - len(self._bits)))
        known = bool(self._bits[byte] & bit)
        self._bits[byte] |= bit
        return not known


def prominence(entry: Entry) -> int:
    """Return the points of a place, see _PROMINENCE."""
    points = _PROMINENCE[entry.kind]
    if entry.population > 0:
        points += int(_POINTS_PER_TEN.get(entry.kind, 0) * math.log10(entry.population))
    if entry.feature_code == "PPLC":
        points += _CAPITAL
    return points


def keyed_names(entry: Entry, rules: NameRules) -> Iterator[tuple[str, int, int, str | None]]:
    """Yield key, rank, how and the name as written (None for the main name), each key once and at its best.

    A name whose language is known is followed by LANGUAGE_MARK and the language.
    """
    points = prominence(entry)
    settlement = entry.kind == "settlement"
    main = rules.key(entry.name)
    seen = {main}
    if main:
        yield main, _WORST - points, 0, None
    for name in entry.main_names:
        key = rules.key(name)
        if key and key not in seen:
            seen.add(key)
            yield key, _WORST - points + 5, 0, name
    short: dict[str, list[str]] = {}  # may stand beside a full name with the same key; the way of writing counts
    for name, how in entry.names:
        key = rules.key(name)
        if how == "abbreviation":
            short.setdefault(key, []).append(name)
        elif key and key not in seen and not (settlement and how == "alternate" and is_code(name, key)):
            seen.add(key)
            # "Kharkiv" is first of all the city, although it is a further name of Kharkiv Oblast
            times = 3 if how == "alternate" and entry.kind in ("admin1", "admin2") else 1
            yield key, _WORST - points + times * _LOSS[how], HOWS.index(how), marked(name, entry.languages)
    for key, written in short.items():
        yield key, _WORST - points + _LOSS["abbreviation"], HOWS.index("abbreviation"), "|".join(written)
    if not settlement:  # "Kherson Oblast" is also found as "Kherson", behind the city
        for bare, kinds in rules.without_designator(main):
            if entry.kind in kinds and bare and bare not in seen:
                seen.add(bare)
                yield bare, _WORST - points + 3 * _LOSS["alternate"], 1, entry.name


def marked(name: str, languages: Mapping[str, str]) -> str:
    """Return a name with its language behind it, where that is known."""
    return f"{name}{LANGUAGE_MARK}{languages[name]}" if name in languages else name


def is_code(name: str, key: str) -> bool:
    """Tell whether an alternate name of a town is an airport code or too short to be a name ("WAS", "NY")."""
    return (len(key) <= 2 and key.isascii()) or (len(name) <= 4 and name.isascii() and name.isupper())


_Name = tuple[str, int, int, int]  # key, rank, place, how


def _write_best(database: sqlite3.Connection) -> None:
    """List the best names of every prefix that more than CROWDED names begin with.

    No more are held in memory than begin with the same two letters.
    """
    rows: Iterator[_Name] = database.execute(
        "SELECT key, rank, n, how FROM name WHERE how < 3 AND key <> '' ORDER BY key"
    )
    for letter, names in itertools.groupby(rows, key=lambda row: row[0][0]):
        best, count = list[_Name](), 0
        for _two, group in itertools.groupby(names, key=lambda row: row[0][:2]):
            some = list(group)
            database.executemany("INSERT INTO best VALUES (?, ?)", _best_of(some))
            best += heapq.nsmallest(SEVERAL_NAMES * BEST, some, key=_suggested)
            count += len(some)
        if count > CROWDED:
            database.execute("INSERT INTO best VALUES (?, ?)", (letter, _listed(best)))


def _suggested(name: _Name) -> tuple[int, str]:
    """Return what names are suggested by, the smaller the better."""
    key, rank, _, how = name
    return rank + SUGGESTION_LOSS * (how == 1), key


def _listed(names: Iterable[_Name]) -> str:
    """Return the best of some names, one a place, as JSON."""
    found: dict[int, tuple[str, int, int]] = {}
    for key, rank, n, _ in sorted(names, key=_suggested):
        found.setdefault(n, (key, rank, n))
    return json.dumps(list(found.values())[:BEST], ensure_ascii=False)


def _best_of(names: list[_Name]) -> Iterator[tuple[str, str]]:
    """Yield crowded prefixes with their best names, from sorted names that share their first two letters."""
    import numpy as np

    if len(names) <= CROWDED:
        return
    keys = np.array([name[0][:LONGEST_CROWDED] for name in names], dtype=f"U{LONGEST_CROWDED}")
    ranks = np.array([_suggested(name)[0] for name in names])
    whole = [(0, len(names))]
    for length in range(2, LONGEST_CROWDED + 1):
        groups = []
        for start, end in whole:
            part = keys[start:end].astype(f"U{length}")
            cuts = (np.flatnonzero(part[1:] != part[:-1]) + 1).tolist()
            for low, high in zip([0, *cuts], [*cuts, end - start], strict=True):
                if high - low > CROWDED and len(part[low]) == length:
                    groups.append((start + low, start + high))
        for start, end in groups:
            some = min(SEVERAL_NAMES * BEST, end - start - 1)
            first = np.argpartition(ranks[start:end], some)[:some] + start
            yield str(keys[start])[:length], _listed(names[i] for i in first.tolist())
        whole = groups


def _write_typos(database: sqlite3.Connection) -> None:
    """File every Latin key under itself and under itself less one letter, in buckets of a few hashes."""
    database.execute(
        "INSERT INTO word SELECT NULL, key FROM (SELECT key, min(rank) AS rank FROM name WHERE how < 2 "
        "AND length(key) BETWEEN 3 AND ? AND key NOT GLOB '*[^a-z0-9 ]*' GROUP BY key) ORDER BY rank, key LIMIT ?",
        (LONGEST_TYPO, MOST_TYPOS),
    )
    words, forms = database.execute("SELECT count(*), total(length(key) + 1) FROM word").fetchone()
    bits = max(4, min(22, words.bit_length() + 1))
    database.execute("INSERT INTO meta VALUES ('typo_bits', ?)", (str(bits),))
    database.executemany("INSERT INTO typo VALUES (?, ?)", _filed(_pairs(database, bits, int(forms))))


def _pairs(database: sqlite3.Connection, bits: int, forms: int) -> "NDArray[np.uint64]":
    """Return for every form of every word its bucket, in the upper half, and the word, in order.

    All are laid into one array: a list of them would take ten times the memory.
    """
    import numpy as np

    pairs, end = np.empty(forms, dtype=np.uint64), 0
    rows = database.execute("SELECT w, key FROM word ORDER BY w")
    while some := rows.fetchmany(50_000):
        number = np.array([w for w, _ in some], dtype=np.uint64)
        lengths = np.array([len(word) for _, word in some])
        letters = np.array([word for _, word in some], dtype=f"S{LONGEST_TYPO}").view(np.uint8)
        sums = np.zeros((len(some), LONGEST_TYPO + 1), dtype=np.uint32)
        weighed = letters.reshape(len(some), LONGEST_TYPO) * np.array(_POWERS[:LONGEST_TYPO], dtype=np.uint32)
        np.cumsum(weighed, axis=1, dtype=np.uint32, out=sums[:, 1:])
        total = sums[:, -1]
        less = (sums[:, i] + (total - sums[:, i + 1]) * np.uint32(_INVERSE) for i in range(LONGEST_TYPO))
        for i, form in enumerate((total, *less)):
            filed = (_buckets(form, bits) << np.uint64(32) | number)[lengths >= i]
            pairs[end : end + len(filed)] = filed
            end += len(filed)
    pairs.sort()
    return pairs


def _filed(pairs: "NDArray[np.uint64]") -> Iterator[tuple[int, bytes]]:
    """Yield the buckets with their words, each word once, from sorted pairs."""
    import numpy as np

    start = 0
    while start < len(pairs):  # some at a time, up to the end of a bucket
        last = pairs[min(start + 250_000, len(pairs)) - 1] >> np.uint64(32)
        end = int(np.searchsorted(pairs, (last + np.uint64(1)) << np.uint64(32)))
        some = pairs[start:end]
        some = some[np.concatenate([[True], some[1:] != some[:-1]])]  # np.unique hashes first: ten times slower here
        buckets, words = (some >> np.uint64(32)).astype(np.int64), (some & np.uint64(0xFFFFFFFF)).astype("<u4")
        cuts = np.concatenate([[0], np.flatnonzero(np.diff(buckets)) + 1, [len(words)]]).tolist()
        for bucket, (low, high) in zip(buckets[cuts[:-1]].tolist(), itertools.pairwise(cuts), strict=True):
            yield bucket, words[low:high].tobytes()
        start = end


# A sum of letters times powers, modulo 2^32: what is left without one letter comes from two partial sums.
_BASE = 0x9E3779B1  # odd, so that it has an inverse
_INVERSE = pow(_BASE, -1, 1 << 32)
_POWERS = tuple(pow(_BASE, i + 1, 1 << 32) for i in range(LONGEST_TYPO + 2))
_MIX = 0x85EBCA6B


def _buckets(sums: "NDArray[np.uint32]", bits: int) -> "NDArray[np.uint64]":
    import numpy as np

    mixed: NDArray[np.uint64] = ((sums * np.uint32(_MIX)) >> np.uint32(32 - bits)).astype(np.uint64)
    return mixed


def typo_buckets(key: str, bits: int, errors: int = 1) -> set[int]:
    """Return where a key and what is left of it without one letter, or up to so many, are filed."""
    sums = [0]
    for letter, power in zip(key.encode(), _POWERS, strict=False):
        sums.append(sums[-1] + letter * power)
    total = sums[-1]
    less = (sums[i] + (total - sums[i + 1]) * _INVERSE for i in range(len(sums) - 1))
    buckets = {((value & 0xFFFFFFFF) * _MIX & 0xFFFFFFFF) >> (32 - bits) for value in (total, *less)}
    if errors > 1:
        for i in range(len(key)):
            buckets |= typo_buckets(key[:i] + key[i + 1 :], bits, errors - 1)
    return buckets
