"""A project of many reports with made-up sentences about real towns, for measuring: another zone in nearly each.

    python benchmarks/big_project.py FOLDER [--articles 200]

Makes it in a data folder (MARCHLAND_DATA) and prints its id, how many features it has, and what its first reading took.
"""

import argparse
import logging
import random
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from geo.article import Article
from geo.decisions import AddArticle, LogEntry
from geo.front_door import installed_gazetteer
from geo.geodesy import LonLat
from geo.stores.project_file import News, StoredArticle
from geo.stores.projects import Projects
from geo.ui.drawn import Contents, draw

FRONTS = (  # country, and about where reports are from
    ("Armenia", LonLat(lon=45.7, lat=39.8)),
    ("Ukraine", LonLat(lon=36.5, lat=48.3)),
    ("Lebanon", LonLat(lon=35.5, lat=33.4)),
    ("Sudan", LonLat(lon=32.6, lat=15.4)),
    ("Myanmar", LonLat(lon=96.0, lat=21.9)),
)
SENTENCES = (
    "Troops took up positions as much as {km} km into {country} near {a}, the defence ministry said.",
    "Heavy fighting was reported {km} km {way} of {a}, according to the mayor of {b}.",
    "Shells fell in {a}, {b} and {c} overnight, the governor said.",
    "Rebels captured a village about {km} km {way} of {a}, a spokesman said.",
    "Drones struck a depot within {km} km of {a}, officials in {b} said.",
    "At least {n} people were killed in {a} and {m} were wounded in {b}, the police said.",
    "Families fled from {a} to {b} and {c} on Monday.",
    "The army said it held {a} and the road between {b} and {c}.",
)
WAYS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


def reports(count: int) -> list[Article]:
    """Write the reports; the same for the same number."""
    chance = random.Random(6)
    towns = {country: _towns_near(at) for country, at in FRONTS}
    made = []
    for number in range(count):
        country, _ = FRONTS[number % len(FRONTS)]
        names = chance.sample(towns[country], 11)
        text = " ".join(_filled(sentence, country, names, chance) for sentence in (*SENTENCES, *SENTENCES[:4]))
        published = date(2024, 1, 1) + timedelta(days=number)
        title = f"Report {number + 1} from {country}"
        made.append(
            Article(id=f"report-{number + 1}", text=f"{names[0]}, {country} — {text}", title=title, published=published)
        )
    return made


def _towns_near(at: LonLat) -> list[str]:
    near = installed_gazetteer().nearest(at, limit=400, max_m=150_000)
    return list(dict.fromkeys(place.name for place, _ in near if place.kind == "settlement"))


def _filled(sentence: str, country: str, names: Sequence[str], chance: random.Random) -> str:
    a, b, c = chance.sample(list(names), 3)
    return sentence.format(
        country=country,
        a=a,
        b=b,
        c=c,
        km=chance.randint(3, 40),
        way=chance.choice(WAYS),
        n=chance.randint(2, 30),
        m=chance.randint(31, 90),
    )


def make(folder: Path, count: int) -> tuple[str, int]:
    """Save the project and have its reports read; return its id and the number of its features."""
    articles = reports(count)
    news = News(
        entries=tuple(LogEntry(number=n, step=AddArticle(article_id=a.id)) for n, a in enumerate(articles, start=1)),
        articles=tuple(StoredArticle(article=article) for article in articles),
    )
    return Projects(folder).create(f"{count} reports", news), len(draw(Contents().grown(news)).features)


def main() -> None:
    """Make it and print what it is."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--articles", type=int, default=200)
    given = options.parse_args()
    logging.disable(logging.WARNING)  # Streamlit misses its server
    started = time.process_time()
    project_id, features = make(given.folder, given.articles)
    print(project_id, features, round(time.process_time() - started, 1), sep="\t")


if __name__ == "__main__":
    main()
