"""The reports that come with Marchland: seeds/<name>/article.txt and meta.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.article import Article
from geo.errors import ArticleError
from geo.stores.files import project_root


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """One entry of the list of seeds."""

    name: str  # its folder, "armenia-2022-jermuk"
    title: str
    conflict: str
    published: date
    order: int


def list_seeds() -> tuple[Seed, ...]:
    """Return the seeds in the order of their meta.toml, the one the page opens on first."""
    folders = (path.parent.name for path in (project_root() / "seeds").glob("*/meta.toml"))
    return tuple(sorted(map(_seed, folders), key=lambda seed: (seed.order, seed.name)))


def load_seed(name: str) -> Article:
    """Return the article of a seed, its name as id; ArticleError where there is no such seed."""
    meta = _meta(name)
    text = (project_root() / "seeds" / name / "article.txt").read_text(encoding="utf-8")
    return Article(
        text=text.strip(),
        title=meta["title"],
        publisher=meta.get("publisher"),
        url=meta.get("url"),
        published=meta["published"],
        id=name,
    )


def _seed(name: str) -> Seed:
    meta = _meta(name)
    return Seed(
        name=name,
        title=meta["title"],
        conflict=meta.get("conflict", name),
        published=meta["published"],
        order=meta.get("order", 99),
    )


def _meta(name: str) -> dict[str, Any]:
    known = {path.parent.name: path for path in (project_root() / "seeds").glob("*/meta.toml")}
    if name not in known:  # never a path made of what a user typed
        raise ArticleError(f"there is no seed {name!r}; there are {', '.join(sorted(known))}")
    return tomllib.loads(known[name].read_text(encoding="utf-8"))
