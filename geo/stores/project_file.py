"""One project in one SQLite file: its articles as texts, imported maps, and the log, which only grows.

Every operation opens the file and closes it again, which brings everything into that one file (SQLite's checkpoint): it
can be copied at any time. Writers wait for each other (BEGIN IMMEDIATE and a busy timeout), and a commit is on the disk
before it is told (synchronous=FULL).
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.article import Article
from geo.decisions import LogEntry, Rename
from geo.errors import ProjectError
from geo.options import Options
from geo.stores.records import entry_of, entry_row, text_of, value_of

APPLICATION_ID = 0x4D617263  # "Marc" in the header of the file
SCHEMA = 2
BUSY_S = 10.0
MAX_BYTES = 200_000_000
MAX_ARTICLES, MAX_IMPORTS, MAX_ENTRIES = 10_000, 1_000, 500_000
MAX_CELL = 60_000_000  # bytes: an imported map

_CREATE = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE article (id TEXT PRIMARY KEY, entry INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE import (id TEXT PRIMARY KEY, entry INTEGER NOT NULL, name TEXT NOT NULL, geojson TEXT NOT NULL);
CREATE TABLE log (number INTEGER PRIMARY KEY, at TEXT, who TEXT NOT NULL, step TEXT NOT NULL,
                  old TEXT NOT NULL DEFAULT '', anchors TEXT NOT NULL DEFAULT '[]');
"""
_TABLES = {("table", name) for name in ("meta", "article", "import", "log")}
# What leads from a schema to the next one; files are never led back.
_MIGRATIONS: Mapping[int, tuple[str, ...]] = {
    1: (
        "ALTER TABLE log ADD COLUMN old TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE log ADD COLUMN anchors TEXT NOT NULL DEFAULT '[]'",
    ),
}


@dataclass(frozen=True, kw_only=True)
class StoredArticle:
    """An article as text, with the options it is read with, and the versions of the data it was read with first."""

    article: Article
    options: Options = field(default_factory=Options)
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredImport:
    """An imported map as GeoJSON."""

    id: str
    name: str
    geojson: str


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a file holds from a position of its log on; from position 0 it is everything."""

    entries: tuple[LogEntry, ...] = ()
    articles: tuple[StoredArticle, ...] = ()
    imports: tuple[StoredImport, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a list says about a project."""

    name: str
    entries: int
    articles: int


def create(path: Path, *, name: str, news: News) -> None:
    """Make a project file; it appears when it is complete."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with _told(path), _connected(new) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.executescript(
            f"BEGIN;{_CREATE}PRAGMA application_id={APPLICATION_ID};PRAGMA user_version={SCHEMA};COMMIT;"
        )
        with _writing(database):
            database.execute("INSERT INTO meta VALUES ('name', ?)", (_clean(name),))
            _insert(database, news)
    os.replace(new, path)


def append(path: Path, *, since: int, make: Callable[[News], News]) -> None:
    """Add to a project while no one else can: `make` gets what came after `since` and returns what is added to it."""
    with _told(path), _opened(path) as database, _writing(database):
        _insert(database, make(_news(database, since)))


def read(path: Path, *, since: int = 0) -> News:
    """Return what a project holds from a position of its log on; the whole is checked for damage first."""
    with _told(path), _opened(path) as database:
        if since == 0 and (found := database.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise ProjectError(f"{path.name} is damaged ({str(found)[:80]}): take a copy from your backup")
        database.execute("BEGIN")
        return _news(database, since)


def head(path: Path) -> Head:
    """Return what a list says about a project, without reading it."""
    with _told(path), _opened(path, migrate=False) as database:
        counts = database.execute("SELECT (SELECT count(*) FROM log), (SELECT count(*) FROM article)").fetchone()
        [name] = database.execute("SELECT value FROM meta WHERE key = 'name'").fetchone() or (path.stem,)
    return Head(name=str(name)[:300], entries=counts[0], articles=counts[1])


def copy(path: Path, to: Path) -> None:
    """Write a copy that is complete in itself and no longer in WAL mode."""
    with _told(path), _opened(path) as database, _connected(to) as target:
        database.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")


def signature(path: Path) -> tuple[int, ...]:
    """Return numbers that change whenever somebody writes into the file; cheap enough to ask every second."""
    found: list[int] = []
    for part in (path, path.with_name(f"{path.name}-wal")):
        try:
            told = part.stat()
            found += [told.st_mtime_ns, told.st_size]
        except OSError:
            found += [0, 0]
    return tuple(found)


# --- rows


def _news(database: sqlite3.Connection, since: int) -> News:
    rows = database.execute(
        "SELECT number, at, who, step, old, anchors FROM log WHERE number > ? ORDER BY number LIMIT ?",
        (since, MAX_ENTRIES + 1),
    ).fetchall()
    articles = database.execute("SELECT id, body FROM article WHERE entry > ? ORDER BY entry, rowid", (since,))
    imports = database.execute("SELECT id, name, geojson FROM import WHERE entry > ? ORDER BY entry, rowid", (since,))
    news = News(
        entries=tuple(entry_of(row, number) for number, row in enumerate(rows, start=since + 1)),
        articles=tuple(_article(*row) for row in articles.fetchmany(MAX_ARTICLES + 1)),
        imports=tuple(_import(*row) for row in imports.fetchmany(MAX_IMPORTS + 1)),
    )
    if len(rows) > MAX_ENTRIES or len(news.articles) > MAX_ARTICLES or len(news.imports) > MAX_IMPORTS:
        raise ProjectError(
            f"the project is too large: at most {MAX_ARTICLES:,} articles, {MAX_IMPORTS:,} imported maps and "
            f"{MAX_ENTRIES:,} decisions"
        )
    return news


def _article(article_id: Any, body: Any) -> StoredArticle:
    stored = value_of(body, StoredArticle, f"article {str(article_id)[:50]}")
    if stored.article.id != article_id:
        raise ProjectError(f"article {str(article_id)[:50]}: its id is another one")
    return stored


def _import(import_id: Any, name: Any, geojson: Any) -> StoredImport:
    if not all(isinstance(value, str) for value in (import_id, name, geojson)):
        raise ProjectError(f"imported map {str(import_id)[:50]}: it is no text")
    return StoredImport(id=import_id, name=name[:300], geojson=geojson)


def _insert(database: sqlite3.Connection, news: News) -> None:
    first = database.execute("SELECT coalesce(max(number), 0) + 1 FROM log").fetchone()[0]
    if [entry.number for entry in news.entries] != list(range(first, first + len(news.entries))):
        raise AssertionError(f"entries of the log must go on from {first}")  # a fault of the program, not of the user
    database.executemany("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)", map(entry_row, news.entries))
    last = max(1, first + len(news.entries) - 1)  # what stands without a log is there from the beginning
    for stored in news.articles:
        database.execute("INSERT OR REPLACE INTO article VALUES (?, ?, ?)", (stored.article.id, last, text_of(stored)))
    for one in news.imports:
        row = (one.id, last, _clean(one.name), one.geojson)
        database.execute("INSERT OR REPLACE INTO import VALUES (?, ?, ?, ?)", row)
    for entry in news.entries:
        if isinstance(entry.step, Rename):
            database.execute("UPDATE meta SET value = ? WHERE key = 'name'", (_clean(entry.step.name),))


def _clean(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


# --- connections


@contextmanager
def _opened(path: Path, *, migrate: bool = True) -> Iterator[sqlite3.Connection]:
    """Open a file that is there, is ours, and is of this version once it was led there."""
    _check_header(path)
    with _connected(path) as database:
        version = database.execute("PRAGMA user_version").fetchone()[0]
        _check_version(path, version)
        if migrate and version < SCHEMA:
            _migrate(database)
        _check_tables(path, database)
        yield database


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
    try:
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_CELL)
        database.execute("PRAGMA trusted_schema=OFF")
        database.execute("PRAGMA synchronous=FULL")
        yield database
    finally:
        database.close()


@contextmanager
def _writing(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


def _check_header(path: Path) -> None:
    """Look at the header without SQLite, so that a file of a newer version is not touched at all."""
    try:
        with path.open("rb") as file:
            found = file.read(100)
    except OSError:
        raise ProjectError(f"{path.name} is not there any more: somebody deleted or renamed it") from None
    if found[:16] != b"SQLite format 3\0" or len(found) < 100:
        raise ProjectError(f"{path.name} is no project of Marchland, or its beginning is damaged")
    if int.from_bytes(found[68:72], "big") != APPLICATION_ID:
        raise ProjectError(f"{path.name} is a database, but no project of Marchland")
    _check_version(path, int.from_bytes(found[60:64], "big"))


def _check_version(path: Path, version: int) -> None:
    if not 1 <= version <= SCHEMA:
        raise ProjectError(
            f"{path.name} was made by a newer Marchland (its format is {version}, this version reads up to {SCHEMA}): "
            "update Marchland; the file was not changed"
        )


def _check_tables(path: Path, database: sqlite3.Connection) -> None:
    found = set(database.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))
    if found != _TABLES:  # a view or trigger could run what its author wants
        raise ProjectError(f"{path.name} holds other tables than a project has: it was changed by another program")


def _migrate(database: sqlite3.Connection) -> None:
    with _writing(database):
        version = database.execute("PRAGMA user_version").fetchone()[0]  # another process may have been first
        for step in range(version, SCHEMA):
            for statement in _MIGRATIONS[step]:
                database.execute(statement)
        database.execute(f"PRAGMA user_version={SCHEMA}")


_REASONS = {
    "disk is full": "the disk is full: what you did last was not saved, everything before it was; "
    "free some space, then do it again",
    "locked": "another program has held {name} for {busy:.0f} seconds: try it again",
    "readonly": "{name} cannot be written: its file or folder is read-only",
    "unable to open": "{name} cannot be opened: look whether its folder is there and may be written",
    "disk i/o": "the disk does not answer: what you did last was not saved",
}


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what SQLite says into one sentence."""
    try:
        yield
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # a damaged schema is no UTF-8
        words = " ".join(str(error).lower().split())
        for sign, reason in _REASONS.items():
            if sign in words:
                raise ProjectError(reason.format(name=path.name, busy=BUSY_S)) from error
        raise ProjectError(f"{path.name} is damaged ({words[:80]}): take a copy from your backup") from error
