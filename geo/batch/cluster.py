"""The lines of a batch read by the workers of a Dask cluster, their outcomes in order."""

from collections import deque
from collections.abc import Callable, Generator, Iterator
from typing import Any

from geo import __version__
from geo.batch.lines import Line, Outcome
from geo.errors import GeoError

AHEAD = 64  # lines that wait at each worker: one slow article leaves the others work, and memory stays flat
WAIT_S = 30


def in_cluster(
    lines: Iterator[Line], address: str, read: Callable[[Line], Outcome]
) -> Generator[tuple[Line, Outcome], None, None]:
    """Yield each line with its outcome, in order; what a lost worker had under way is read again by another.

    Raises GeoError where no scheduler or no worker answers, or where the workers have another Marchland or other data
    than this process, since their answers would differ.
    """
    distributed = _distributed()
    with _connected(distributed, address) as client:
        _check_workers(client, address)
        ahead = AHEAD * max(1, sum(client.nthreads().values()))
        waiting: deque[tuple[Line, Any]] = deque()
        while True:
            while len(waiting) < ahead and (line := next(lines, None)) is not None:
                waiting.append((line, client.submit(read, line, pure=False)))
            if not waiting:
                return
            line, future = waiting.popleft()
            yield line, _outcome(distributed, line, future, address)


def _outcome(distributed: Any, line: Line, future: Any, address: str) -> Outcome:
    try:
        outcome: Outcome = future.result()
    except distributed.KilledWorker:
        return Outcome(number=line.number, problem="several workers died on it: left out")
    except Exception as error:  # a reading tells its errors, so that this is one of the cluster
        raise GeoError(f"the cluster {address} failed: {error}; called again, the batch goes on from here") from error
    return outcome


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        raise GeoError('--cluster needs Dask: pip install "marchland[cluster]"') from None
    return distributed


def _connected(distributed: Any, address: str) -> Any:
    try:
        client = distributed.Client(address, timeout=WAIT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise GeoError(f"no Dask scheduler answers at {address}: {error}") from None
    try:
        client.wait_for_workers(1, timeout=WAIT_S)
    except TimeoutError:
        client.close()
        raise GeoError(f"the Dask scheduler {address} has no worker: start some with dask worker {address}") from None
    return client


def _check_workers(client: Any, address: str) -> None:
    here = installed()
    try:
        there: dict[str, str] = client.run(installed)
    except Exception as error:  # for instance: the worker's Python has no Marchland
        raise GeoError(f"the workers of {address} cannot run Marchland {__version__}: {error}") from None
    for worker, has in there.items():
        if has != here:
            raise GeoError(f"the worker {worker} has {has}, this process {here}: install the same on both")


def installed() -> str:
    """Load the data that every reading needs, and say what it is."""
    from geo.front_door import installed_borders, installed_gazetteer, installed_tagger

    data = (installed_gazetteer().version, installed_borders().dataset, installed_tagger().version)
    return f"Marchland {__version__} ({', '.join(data)})"
