"""What articles put on the map, kept on the disk, so that a project opens without reading its articles again.

A cache and nothing more: its keys hold the text and the versions of program and data, it never travels with a project,
and whatever is wrong with it is answered by reading the article.
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import __version__
from geo.article_map import ArticleMap
from geo.cross_checks import ReportedCheck
from geo.features import MapFeature
from geo.reports import ReportedClaim
from geo.review import Doubt
from geo.stores.files import cache_folder, project_root

MAX_BYTES = 1_000_000_000  # then it begins anew
_CHUNK = 500  # keys asked for at once


@cache
def program_version() -> str:
    """Name the code and data that make a reading, so that a changed line of either makes a new reading."""
    package = Path(__file__).resolve().parent.parent
    told = hashlib.sha256(__version__.encode())
    for path in sorted((*package.glob("*.py"), *package.glob("claims/*.py"))):
        told.update(path.read_bytes())
    for path in sorted((*(project_root() / "gazetteer").glob("*"), *(package / "data").glob("*"))):
        status = path.stat()
        told.update(f"{path.name} {status.st_size} {status.st_mtime_ns}".encode())
    return told.hexdigest()


class ArticleMaps:
    """Article maps by key; shapes that several of them share are kept once."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or cache_folder() / "article-maps.sqlite"

    def get(self, keys: Sequence[str]) -> dict[str, ArticleMap]:
        """Return those of the article maps that are there."""
        try:
            with closing(self._connected()) as database:
                bodies = dict(_rows(database, "SELECT key, body FROM map WHERE key IN ({})", keys))
                found = {key: msgspec.json.decode(zlib.decompress(body)) for key, body in bodies.items()}
                names = {name for body in found.values() for _, _, _, name, _ in body["features"]}
                shapes = _shapes(_rows(database, "SELECT name, wkb FROM shape WHERE name IN ({})", sorted(names)))
            return {key: _map_of(body, shapes) for key, body in found.items()}
        except (sqlite3.Error, zlib.error, ValueError, KeyError, TypeError, shapely.errors.ShapelyError):
            self._begin_anew()
            return {}

    def put(self, key: str, made: ArticleMap) -> None:
        """Keep an article map."""
        shapes = shapely.to_wkb(np.array([feature.geometry for feature in made.features], dtype=object))
        names = [hashlib.sha256(wkb).hexdigest()[:32] for wkb in shapes]
        body = zlib.compress(msgspec.json.encode(_record(made, names)), 1)
        try:
            with closing(self._connected()) as database, database:
                database.executemany("INSERT OR IGNORE INTO shape VALUES (?, ?)", zip(names, shapes, strict=True))
                database.execute("INSERT OR REPLACE INTO map VALUES (?, ?)", (key, body))
            if self.path.stat().st_size > MAX_BYTES:
                self._begin_anew()
        except (sqlite3.Error, OSError):
            return  # a full disk does not keep anybody from reading

    def _connected(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path, timeout=2)
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=OFF")
        database.execute("CREATE TABLE IF NOT EXISTS map (key TEXT PRIMARY KEY, body BLOB NOT NULL)")
        database.execute("CREATE TABLE IF NOT EXISTS shape (name TEXT PRIMARY KEY, wkb BLOB NOT NULL)")
        return database

    def _begin_anew(self) -> None:
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                self.path.with_name(f"{self.path.name}{ending}").unlink(missing_ok=True)


def _rows(database: sqlite3.Connection, query: str, names: Sequence[str]) -> Iterator[Any]:
    for start in range(0, len(names), _CHUNK):
        some = names[start : start + _CHUNK]
        yield from database.execute(query.format(", ".join("?" * len(some))), some)


def _shapes(rows: Iterable[tuple[str, bytes]]) -> Mapping[str, BaseGeometry]:
    found = list(rows)
    return dict(zip((name for name, _ in found), shapely.from_wkb([wkb for _, wkb in found]), strict=True))


def _record(made: ArticleMap, names: Sequence[str]) -> dict[str, Any]:
    return {
        "article_id": made.article_id,
        "features": [
            (f.id, f.style, f.title, name, dict(f.properties)) for f, name in zip(made.features, names, strict=True)
        ],
        "claims": made.claims,
        "doubts": made.doubts,
        "checks": made.checks,
    }


def _map_of(body: Mapping[str, Any], shapes: Mapping[str, BaseGeometry]) -> ArticleMap:
    return ArticleMap(
        article_id=body["article_id"],
        features=tuple(
            MapFeature(id=i, style=style, title=title, geometry=shapes[name], properties=properties)
            for i, style, title, name, properties in body["features"]
        ),
        claims=msgspec.convert(body["claims"], tuple[ReportedClaim, ...]),
        doubts=msgspec.convert(body["doubts"], tuple[Doubt, ...]),
        checks=msgspec.convert(body["checks"], tuple[ReportedCheck, ...]),
    )
