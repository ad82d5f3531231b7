"""The whole batch: resumed where it stopped, read by several processes or a cluster, written in order."""

import contextlib
import multiprocessing
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import BinaryIO, Literal

from geo.batch.cluster import AHEAD, in_cluster
from geo.batch.geoparquet import check_geoparquet, write_geoparquet
from geo.batch.lines import Line, Outcome, id_of_output, parsed, read_line
from geo.batch.sources import ENDINGS, lines_in, parts_of
from geo.errors import GeoError

Form = Literal["jsonl", "geoparquet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a batch did: articles written now and before, lines with a problem, and how long it took."""

    written: int
    before: int
    problems: int
    seconds: float


def run_batch(
    source: Path | str,
    out: Path,
    *,
    workers: int = 1,
    cluster: str | None = None,
    form: Form = "jsonl",
    restart: bool = False,
    report: Callable[[str], None] = lambda text: print(text, file=sys.stderr),
    read: Callable[[Line], Outcome] = read_line,
) -> Summary:
    """Read the articles of JSON-lines files and write what they hold, one line an article, in the same order.

    `source` is a file, a folder or a path of an object store; `cluster` the address of a Dask scheduler, whose workers
    read then instead of processes of this machine. What `out` holds already is kept and not done again (its last line
    is dropped if it is incomplete), unless `restart`. GeoParquet is written when all is read; until then the lines are
    kept beside it. A bad line is reported with its number. Raises GeoError where a file cannot be used at all.
    """
    if form == "jsonl":
        return _run(source, out, workers, cluster, restart, report, read)
    check_geoparquet()
    if out.exists() and not restart:
        raise GeoError(f"{out} is there and complete: give another -o, or --restart")
    lines = out.with_name(f"{out.name}.jsonl")
    summary = _run(source, lines, workers, cluster, restart, report, read)
    write_geoparquet(lines, out)
    lines.unlink()
    return summary


def _run(
    source: Path | str,
    out: Path,
    workers: int,
    cluster: str | None,
    restart: bool,
    report: Callable[[str], None],
    read: Callable[[Line], Outcome],
) -> Summary:
    _check_apart(source, out)
    begin = time.monotonic()
    written = problems = 0
    parts = parts_of(source)
    with contextlib.closing(lines_in(parts)) as lines, _opened(out) as results:
        _lock(results, out)
        if restart:
            results.truncate(0)
        before, done = _resumed(lines, source, results, out)
        outcomes = in_cluster(lines, cluster, read) if cluster else _outcomes(lines, workers, read)
        with _Bar(sum(part.size for part in parts), done) as bar, contextlib.closing(outcomes):
            for line, outcome in outcomes:
                if outcome.problem:
                    problems += 1
                    report(f"{line.source} line {line.number}: {outcome.problem}")
                if outcome.output is not None:
                    results.write(outcome.output.encode("utf-8", "replace") + b"\n")
                    results.flush()
                    written += 1
                bar.update(line.end)
        os.fsync(results.fileno())
    return Summary(written=written, before=before, problems=problems, seconds=time.monotonic() - begin)


# --- files


def _check_apart(source: Path | str, out: Path) -> None:
    path = Path(source)
    if path.is_file() and out.exists() and path.samefile(out):
        raise GeoError(f"{out} is the input: give another -o")
    if path.is_dir() and out.name.endswith(ENDINGS) and path.resolve() in out.resolve().parents:
        raise GeoError(f"{out} lies in the folder of the input: give another -o")


def _opened(path: Path) -> BinaryIO:
    try:
        path.touch()
        return path.open("r+b")
    except OSError as error:
        raise GeoError(f"{path}: {error.strerror}") from None


def _lock(file: BinaryIO, path: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows has another way; there two batches on one file are not told apart
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise GeoError(f"{path}: another batch is writing it") from None


def _resumed(lines: Iterator[Line], source: Path | str, results: BinaryIO, out: Path) -> tuple[int, int]:
    """Move input and output behind what is done; return the articles done and the bytes of the input that they took."""
    kept = done = end = 0
    for line in results:
        if not line.endswith(b"\n"):
            break
        wanted = id_of_output(line, out)
        found = next((candidate for candidate in lines if _id_of(candidate) == wanted), None)
        if found is None:
            raise GeoError(f"{out} holds {str(wanted)[:60]!r}, which {source} does not have there: give another -o")
        end = found.end
        kept += len(line)
        done += 1
    results.seek(kept)
    results.truncate()
    return done, end


def _id_of(line: Line) -> object:
    try:
        return parsed(line)["id"]
    except GeoError:
        return None


class _Bar(contextlib.AbstractContextManager["_Bar"]):
    """A progress bar on a terminal, by the bytes of the input, with rate and time left; silent elsewhere."""

    def __init__(self, size: int, done: int) -> None:
        self._articles, self._began, self._bar = 0, time.monotonic(), None
        if sys.stderr.isatty():
            from tqdm import tqdm

            form = "{percentage:3.0f}% |{bar}| {desc}, {elapsed} gone, {remaining} left"
            self._bar = tqdm(total=size, initial=done, bar_format=form, dynamic_ncols=True)

    def update(self, end: int) -> None:
        self._articles += 1
        if self._bar is not None:
            rate = self._articles / max(1e-3, time.monotonic() - self._began)
            self._bar.set_description_str(f"{self._articles:,} articles, {rate:.1f} a second", refresh=False)
            self._bar.update(end - self._bar.n)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()


# --- workers


_Read = Generator[tuple[Line, Outcome], None, None]


def _outcomes(lines: Iterator[Line], workers: int, read: Callable[[Line], Outcome]) -> _Read:
    return ((line, read(line)) for line in lines) if workers <= 1 else _in_processes(lines, workers, read)


def _in_processes(lines: Iterator[Line], workers: int, read: Callable[[Line], Outcome]) -> _Read:
    """Read lines ahead in several processes and yield their outcomes in order.

    When a process dies, all start anew and what was under way is read again; a line on which one dies even when it is
    alone is given up.
    """
    waiting: deque[tuple[Line, Future[Outcome]]] = deque()
    others, pool = multiprocessing.active_children(), _pool(workers)
    deaths = 0
    try:
        while True:
            while not deaths and len(waiting) < workers * AHEAD and (line := next(lines, None)) is not None:
                waiting.append((line, _submit(pool, read, line)))
            if not waiting:
                return
            line, future = waiting[0]
            try:
                outcome = future.result()
            except BrokenProcessPool:
                deaths += 1
                _let_go(pool, others)
                pool = _pool(workers)
                if deaths < 3:  # the first line alone, to see whether it is the one
                    waiting[0] = (line, _submit(pool, read, line))
                    continue
                outcome = Outcome(number=line.number, problem="a process died on it, three times: left out")
            waiting.popleft()
            if deaths:
                deaths = 0
                waiting = deque((line, _submit(pool, read, line)) for line, _ in waiting)
            yield line, outcome
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, read: Callable[[Line], Outcome], line: Line) -> Future[Outcome]:
    """Return the outcome to come, also where a process died a moment ago."""
    try:
        return pool.submit(read, line)
    except BrokenProcessPool as error:
        broken: Future[Outcome] = Future()
        broken.set_exception(error)
        return broken


def _let_go(pool: ProcessPoolExecutor, others: Sequence[BaseProcess]) -> None:
    """End a pool that lost a process; one that was just starting then is not told by Python, and waits forever."""
    pool.shutdown(wait=False, cancel_futures=True)
    for process in multiprocessing.active_children():
        if process not in others:
            process.terminate()


def _pool(workers: int) -> ProcessPoolExecutor:
    # One process already uses one core; more threads in each would only wait for one another.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    if "forkserver" in multiprocessing.get_all_start_methods():
        context: multiprocessing.context.BaseContext = multiprocessing.get_context("forkserver")
        multiprocessing.set_forkserver_preload(["geo.batch.lines"])  # imported once for all workers
    else:
        context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin_worker)


def _begin_worker() -> None:
    import signal
    import threading
    from multiprocessing import connection, parent_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent tells the workers
    parent = parent_process()

    def end_with_parent() -> None:
        if parent is not None:
            connection.wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()
