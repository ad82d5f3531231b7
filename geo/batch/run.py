"""The whole batch: resumed where it stopped, read by several processes, written in order."""

import contextlib
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from geo.batch.lines import Line, Outcome, id_of_output, lines_of, parsed, read_line
from geo.errors import GeoError

AHEAD = 8  # lines that wait at each worker: enough to keep it busy, few enough to keep memory flat


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a batch did: articles written now and before, lines with a problem, and how long it took."""

    written: int
    before: int
    problems: int
    seconds: float


def run_batch(
    source: Path,
    out: Path,
    *,
    workers: int = 1,
    restart: bool = False,
    report: Callable[[str], None] = lambda text: print(text, file=sys.stderr),
    read: Callable[[Line], Outcome] = read_line,
) -> Summary:
    """Read the articles of a JSON-lines file and write what they hold, one line an article, in the same order.

    What `out` holds already is kept and not done again (its last line is dropped if it is incomplete), unless
    `restart`. A bad line is reported with its number. Raises GeoError where a file cannot be used at all.
    """
    if source.exists() and out.exists() and source.samefile(out):
        raise GeoError(f"{out} is the input: give another -o")
    begin = time.monotonic()
    written = problems = 0
    with _opened(source, "rb") as lines_in, _opened(out, "r+b", create=True) as results:
        _lock(results, out)
        if restart:
            results.truncate(0)
        before, number = _resumed(lines_in, source, results, out)
        with _progress(source, before, number) as bar:
            for outcome in _outcomes(lines_of(lines_in, number=number), workers, read):
                if outcome.problem:
                    problems += 1
                    report(f"{source} line {outcome.number}: {outcome.problem}")
                if outcome.output is not None:
                    results.write(outcome.output.encode("utf-8", "replace") + b"\n")
                    results.flush()
                    written += 1
                bar.update(outcome.number - bar.n)
        os.fsync(results.fileno())
    return Summary(written=written, before=before, problems=problems, seconds=time.monotonic() - begin)


# --- files


def _opened(path: Path, mode: str, *, create: bool = False) -> BinaryIO:
    try:
        if create:
            path.touch()
        return path.open(mode)  # type: ignore[return-value]
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


def _resumed(lines_in: BinaryIO, source: Path, results: BinaryIO, out: Path) -> tuple[int, int]:
    """Move both files behind what is done; return the articles done and the lines of the input that they took."""
    kept = done = number = 0
    lines = lines_of(lines_in)
    for line in results:
        if not line.endswith(b"\n"):
            break
        wanted = id_of_output(line, out)
        for candidate in lines:
            number, end = candidate.number, candidate.end
            if _id_of(candidate) == wanted:
                break
        else:
            raise GeoError(f"{out} holds {str(wanted)[:60]!r}, which {source} does not have there: give another -o")
        lines_in.seek(end)
        kept += len(line)
        done += 1
    results.seek(kept)
    results.truncate()
    return done, number


def _id_of(line: Line) -> object:
    try:
        return parsed(line)["id"]
    except GeoError:
        return None


class _Bar(contextlib.AbstractContextManager["_Bar"]):
    """A progress bar on a terminal, with rate and time left; silent elsewhere."""

    def __init__(self, source: Path, before: int, number: int) -> None:
        self.n = number
        self._bar = None
        if sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=_count_lines(source), initial=number, unit=" articles", dynamic_ncols=True)

    def update(self, steps: int) -> None:
        self.n += steps
        if self._bar is not None:
            self._bar.update(steps)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()


_progress = _Bar


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) + 1


# --- workers


def _outcomes(lines: Iterable[Line], workers: int, read: Callable[[Line], Outcome]) -> Iterator[Outcome]:
    return map(read, lines) if workers <= 1 else _in_processes(iter(lines), workers, read)


def _in_processes(lines: Iterator[Line], workers: int, read: Callable[[Line], Outcome]) -> Iterator[Outcome]:
    """Read lines ahead in several processes and yield their outcomes in order.

    When a process dies, all start anew and what was under way is read again; a line on which one dies even when it is
    alone is given up.
    """
    waiting: deque[tuple[Line, Future[Outcome]]] = deque()
    pool = _pool(workers)
    deaths = 0
    try:
        while True:
            while not deaths and len(waiting) < workers * AHEAD and (line := next(lines, None)) is not None:
                waiting.append((line, pool.submit(read, line)))
            if not waiting:
                return
            line, future = waiting[0]
            try:
                outcome = future.result()
            except BrokenProcessPool:
                deaths += 1
                pool.shutdown(wait=False, cancel_futures=True)
                pool = _pool(workers)
                if deaths < 3:  # the first line alone, to see whether it is the one
                    waiting[0] = (line, pool.submit(read, line))
                    continue
                outcome = Outcome(number=line.number, problem="a process died on it, three times: left out")
            waiting.popleft()
            if deaths:
                deaths = 0
                waiting = deque((line, pool.submit(read, line)) for line, _ in waiting)
            yield outcome
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    import multiprocessing

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
