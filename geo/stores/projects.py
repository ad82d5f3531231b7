"""The projects of this machine: one file each in a data folder, and a trash beside them.

The folder is shared by everyone who uses this server; MARCHLAND_DATA sets another. A file ending in .marchland that
somebody puts there is a project of the list, under the name of the file as its id.
"""

import os
import re
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import platformdirs

from geo.decisions import MAX_NAME, LogEntry
from geo.errors import ProjectError
from geo.stores import project_file
from geo.stores.project_file import MAX_BYTES, News

ENDING = ".marchland"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One line of the list of projects; `problem` says why it cannot be opened."""

    id: str
    name: str
    changed: datetime  # UTC
    articles: int = 0
    entries: int = 0
    problem: str | None = None


def data_folder() -> Path:
    """Return the folder of what users make, made if need be; MARCHLAND_DATA sets another."""
    folder = Path(os.environ.get("MARCHLAND_DATA") or platformdirs.user_data_dir("marchland", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def open_projects() -> "Projects":
    """Return the projects in the data folder."""
    return Projects(data_folder() / "projects")


class Projects:
    """All projects of a folder; safe to use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trash = folder / "trash"
        self.trash.mkdir(parents=True, exist_ok=True)

    def list(self) -> tuple[Listing, ...]:
        """Return the projects, the one that was changed last first."""
        return _listings(self.folder)

    def deleted(self) -> tuple[Listing, ...]:
        """Return the projects in the trash."""
        return _listings(self.trash)

    def create(self, name: str, news: News) -> str:
        """Make a project and return its id."""
        path = self._free(name)
        project_file.create(path, name=tidy(name), news=news)
        return path.stem

    def read(self, project_id: str, *, since: int = 0) -> News:
        """Return what a project holds from a position of its log on; 0 is all of it."""
        return project_file.read(self._path(project_id), since=since)

    def head(self, project_id: str) -> project_file.Head:
        """Return name and size of a project."""
        return project_file.head(self._path(project_id))

    def append(self, project_id: str, *, since: int, make: Callable[[News], News]) -> None:
        """Add to a project while no one else can; `make` gets what others added after `since`."""
        project_file.append(self._path(project_id), since=since, make=make)

    def signature(self, project_id: str) -> tuple[int, ...]:
        """Return numbers that change whenever somebody writes into a project."""
        return project_file.signature(self._path(project_id))

    def has(self, project_id: str) -> bool:
        """Tell whether there is a project with this id."""
        return any(path.stem == project_id for path in self.folder.glob(f"*{ENDING}"))

    def duplicate(self, project_id: str, name: str, rename: Callable[[News], LogEntry]) -> str:
        """Copy a project under another name and return the copy's id; `rename` makes the entry that says so."""
        path = self._free(name)
        with _beside(path) as new:
            project_file.copy(self._path(project_id), new)
            project_file.append(new, since=0, make=lambda news: News(entries=(rename(news),)))
            os.replace(new, path)
        return path.stem

    def delete(self, project_id: str) -> None:
        """Move a project to the trash."""
        _move(self._path(project_id), self.trash)

    def restore(self, project_id: str) -> None:
        """Move a project back from the trash."""
        _move(_found(self.trash, project_id), self.folder)

    def export(self, project_id: str) -> bytes:
        """Return a project as the bytes of one file."""
        with _beside(self.trash / "export") as new:
            project_file.copy(self._path(project_id), new)
            return new.read_bytes()

    def take_in(self, content: bytes) -> str:
        """Make a project of the bytes of a file that somebody brings, and return its id.

        Nothing of the file itself is kept: what it holds is read, checked, and written anew.
        """
        if len(content) > MAX_BYTES:
            raise ProjectError(f"the file is larger than {MAX_BYTES // 1_000_000} MB: it is no project")
        with _beside(self.trash / "the file") as copy:
            copy.write_bytes(content)
            news, name = project_file.read(copy), project_file.head(copy).name
        return self.create(name, news)

    def _path(self, project_id: str) -> Path:
        return _found(self.folder, project_id)

    def _free(self, name: str) -> Path:
        """Return the path of a new project; the beginning of its name is there for people who look into the folder."""
        slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()[:60]).strip("-")[:40]
        return self.folder / f"{slug or 'project'}-{secrets.token_hex(4)}{ENDING}"


def read_project_file(path: Path) -> bytes:
    """Return the bytes of a file that is to be taken in."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ProjectError(f"{path} is too large: it is no project")
        return path.read_bytes()
    except OSError as error:
        raise ProjectError(f"{path}: {error.strerror}") from None


def tidy(name: str) -> str:
    """Return a name in one line, without control characters, of bearable length; ProjectError where nothing is left."""
    kept = " ".join("".join(c if c.isprintable() else " " for c in name[: 4 * MAX_NAME]).split())[:MAX_NAME]
    if not kept:
        raise ProjectError("a project needs a name")
    return kept


def _found(folder: Path, project_id: str) -> Path:
    """Return the path of a project that is in the folder's list: an id never becomes part of a path."""
    for path in folder.glob(f"*{ENDING}"):
        if path.stem == project_id:
            return path
    raise ProjectError("there is no such project any more: somebody deleted or renamed it; look at the list")


def _listings(folder: Path) -> tuple[Listing, ...]:
    found = [_listing(path, project_file.signature(path)) for path in folder.glob(f"*{ENDING}")]
    return tuple(sorted(found, key=lambda one: (-one.changed.timestamp(), one.id)))


@lru_cache(maxsize=10_000)
def _listing(path: Path, signature: tuple[int, ...]) -> Listing:
    changed = datetime.fromtimestamp(max(signature[0], signature[2]) / 1e9, UTC)
    try:
        head = project_file.head(path)
    except ProjectError as error:
        return Listing(id=path.stem, name=path.stem, changed=changed, problem=str(error))
    return Listing(id=path.stem, name=head.name, changed=changed, articles=head.articles, entries=head.entries)


def _move(path: Path, folder: Path) -> None:
    target = folder / path.name
    if target.exists():
        target = folder / f"{path.stem}-{secrets.token_hex(4)}{ENDING}"
    with suppress(ProjectError):
        project_file.head(path)  # brings what a killed process left beside the file into it
    try:
        wal = path.with_name(f"{path.name}-wal")
        if wal.exists():
            os.replace(wal, target.with_name(f"{target.name}-wal"))
        os.replace(path, target)
    except OSError as error:
        raise ProjectError(f"{path.name} cannot be moved: {error.strerror}") from None


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Return the path of a file that is gone afterwards unless it was moved."""
    with tempfile.TemporaryDirectory(prefix=".new-", dir=path.parent) as folder:
        yield Path(folder) / path.name
