"""Where the lines of a batch come from: a file, a folder of files, or a path of an object store (s3://…)."""

import gzip
from collections.abc import Callable, Generator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from geo.batch.lines import Line, lines_of
from geo.errors import GeoError

ENDINGS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of the input; `size` is in bytes, as it is stored."""

    name: str
    size: int
    open: Callable[[], BinaryIO]


def parts_of(source: Path | str) -> list[Part]:
    """Return the files of a source in the order of their names; raises GeoError where there is none."""
    return _of_store(str(source)) if "://" in str(source) else _of_disk(Path(source))


def lines_in(parts: list[Part]) -> Generator[Line, None, None]:
    """Yield the lines of all files; a line's number counts in its file, its `end` in the bytes of all."""
    before = 0
    for part in parts:
        with ExitStack() as stack:
            try:
                stored = stack.enter_context(part.open())
                packed = part.name.endswith(".gz")
                file = cast(BinaryIO, stack.enter_context(gzip.open(stored))) if packed else stored
                for line in lines_of(file):
                    yield replace(line, source=part.name, end=before + stored.tell())
            except (OSError, EOFError) as error:
                raise GeoError(f"{part.name}: {getattr(error, 'strerror', None) or error}") from None
        before += part.size


def _of_disk(path: Path) -> list[Part]:
    def part(file: Path) -> Part:
        return Part(name=str(file), size=file.stat().st_size, open=lambda: file.open("rb"))

    if not path.exists():
        raise GeoError(f"{path}: No such file or directory")
    if not path.is_dir():
        return [part(path)]
    return _some([part(file) for file in sorted(path.rglob("*")) if file.name.endswith(ENDINGS)], str(path))


def _of_store(address: str) -> list[Part]:
    try:
        import fsspec
    except ImportError:
        raise GeoError(f'{address} needs the package fsspec: pip install "marchland[cluster]"') from None
    try:
        store, path = fsspec.core.url_to_fs(address)
        found: dict[str, Any] = {path: store.info(path)} if store.isfile(path) else store.find(path, detail=True)
    except Exception as error:  # every store raises errors of its own, for want of a package, a key, a network
        raise GeoError(f"{address}: {error}") from None
    whole = len(found) == 1 and path in found

    def part(name: str) -> Part:
        return Part(
            name=store.unstrip_protocol(name), size=int(found[name]["size"] or 0), open=lambda: store.open(name, "rb")
        )

    return _some([part(name) for name in sorted(found) if whole or name.endswith(ENDINGS)], address)


def _some(parts: list[Part], source: str) -> list[Part]:
    if not parts:
        raise GeoError(f"{source} holds no file that ends in {', '.join(ENDINGS)}")
    return parts
