"""Whether a Dask cluster that loses a worker on the way gives line for line what one process gives.

    python benchmarks/cluster.py [CORPUS.jsonl ...] [--articles 5000]

Starts a local cluster of two workers with one thread each, reads the articles with one process and with the cluster,
and kills a worker (signal 9) when a fifth is written. The articles are those of the corpora, by default the seeds,
repeated under new ids up to the number. Ends with 1 where the two outputs differ in one byte.
"""

import argparse
import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Read both ways, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="*", type=Path)
    parser.add_argument("--articles", type=int, default=5000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return _compare(options.corpora, options.articles, Path(folder))


def _compare(corpora: list[Path], count: int, folder: Path) -> int:
    from distributed import LocalCluster

    from geo.batch.run import run_batch

    source, alone, together = folder / "in.jsonl", folder / "alone.jsonl", folder / "together.jsonl"
    with source.open("w", encoding="utf-8") as file:
        for number, text in enumerate(islice(cycle(_texts(corpora)), count)):
            file.write(json.dumps({"id": number, "text": text}) + "\n")
    one = run_batch(source, alone)
    print(f"one process: {one.written:,} articles in {one.seconds:.1f} s, {one.problems} problems")
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
        victim = next(iter(cluster.workers.values())).pid
        killed: list[float] = []
        threading.Thread(target=_kill, args=(victim, together, alone.stat().st_size / 5, killed), daemon=True).start()
        two = run_batch(source, together, cluster=cluster.scheduler_address)
    print(f"cluster of two: {two.written:,} articles in {two.seconds:.1f} s, {two.problems} problems")
    same = alone.read_bytes() == together.read_bytes()
    print(f"a worker was killed: {bool(killed)}; the outputs are {'the same' if same else 'DIFFERENT'}, "
          f"{alone.stat().st_size:,} bytes")  # fmt: skip
    return 0 if same and killed else 1


def _kill(victim: int, out: Path, size: float, killed: list[float]) -> None:
    while not out.exists() or out.stat().st_size < size:
        time.sleep(0.1)
    os.kill(victim, signal.SIGKILL)
    killed.append(time.monotonic())


def _texts(corpora: list[Path]) -> Iterator[str]:
    if not corpora:
        for path in sorted((ROOT / "seeds").glob("*/article.txt")):
            yield path.read_text(encoding="utf-8")
    for corpus in corpora:
        with corpus.open(encoding="utf-8") as file:
            yield from (json.loads(line)["text"] for line in file)


if __name__ == "__main__":
    sys.exit(main())
