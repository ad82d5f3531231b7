"""What projects cost: a save, opening 200 reports, a decision on them, and on one report.

    python benchmarks/projects.py [--articles 200]

The reports are the seeds, each with a line of its own, so that no two have the same reading. Everything is made in a
folder that is deleted afterwards. Milliseconds are medians; CPU is this process, without waiting for the disk.
"""

import argparse
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from geo.article import Article
from geo.decisions import AddArticle, LogEntry
from geo.project import Annotate
from geo.stores.project_file import News, StoredArticle
from geo.stores.projects import Projects
from geo.stores.seeds import list_seeds, load_seed
from geo.ui import readings
from geo.ui.drawn import Contents, Drawn, draw


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=200)
    given = options.parse_args()
    logging.disable(logging.WARNING)  # Streamlit misses its server
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MARCHLAND_DATA"] = folder
        measure(Projects(Path(folder)), given.articles)


def measure(projects: Projects, count: int) -> None:
    """Print one line a number."""
    one, many = _news(1), _news(count)
    for news, runs in ((one, 20), (many, 5)):
        said = f"{len(news.articles)} reports"
        project_id = projects.create("measured", news)
        started = time.process_time()
        drawn = draw(Contents().grown(news))
        print(f"{said}: first reading {time.process_time() - started:.1f} s CPU, {len(drawn.features):,} features")
        _print(f"{said}: opening again, from the file and the cache", runs, lambda p=project_id: _open(projects, p))
        _print(f"{said}: a note, until the map knows it", runs, lambda d=drawn: _note(d))
        _print(f"{said}: a save", runs, lambda p=project_id: projects.append(p, since=0, make=_added))


def _news(count: int) -> News:
    seeds = [load_seed(seed.name) for seed in list_seeds()]
    articles = [
        Article(
            text=f"{seed.text}\n\nNumber {number} of run {os.getpid()}.",
            title=f"{seed.title} {number}",
            published=seed.published + timedelta(days=number) if seed.published else None,
            id=f"article-{number}",
        )
        for number in range(count)
        for seed in [seeds[number % len(seeds)]]
    ]
    return News(
        entries=tuple(LogEntry(number=n, step=AddArticle(article_id=a.id)) for n, a in enumerate(articles, start=1)),
        articles=tuple(StoredArticle(article=article) for article in articles),
    )


def _open(projects: Projects, project_id: str) -> None:
    readings.forget()
    draw(Contents().grown(projects.read(project_id)))


def _note(drawn: Drawn) -> None:
    project = drawn.project.decide(Annotate(feature_id=drawn.features[0].id, note="seen"))
    draw(drawn.contents.grown(News(entries=project.log[-1:])))


def _added(news: News) -> News:
    entry = LogEntry(number=len(news.entries) + 1, step=Annotate(feature_id="x", note="seen"))
    return News(entries=(entry,))


def _print(said: str, runs: int, do: Callable[[], None]) -> None:
    wall, cpu = [], []
    for _ in range(runs):
        started = time.perf_counter(), time.process_time()
        do()
        wall.append(time.perf_counter() - started[0])
        cpu.append(time.process_time() - started[1])
    print(f"{said}: {statistics.median(wall) * 1000:,.1f} ms, {statistics.median(cpu) * 1000:,.1f} ms CPU")


if __name__ == "__main__":
    main()
