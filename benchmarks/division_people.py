"""Count the people of the towns of divisions and large districts, in half powers of ten; write geo/division_people.py.

    python benchmarks/division_people.py

The gazetteer knows the people of few divisions; how many live in their towns tells Florida from the Florida of
Puerto Rico, and the county of Kent from the Kent of Washington State. Of districts, those with 100,000 people are
listed; a town is a district's when its outline holds it.
"""

import sqlite3
import textwrap
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import shapely

from geo.stores.gazetteer_files import own_index
from geo.stores.outlines import Outlines

TARGET = Path(__file__).resolve().parent.parent / "geo" / "division_people.py"
QUERY = """
SELECT d.geonameid, max(d.population, coalesce(sum(t.population), 0)) FROM place d LEFT JOIN place t
ON t.kind = 'settlement' AND t.country = d.country AND t.admin1 = d.name
WHERE d.kind = 'admin1' AND d.geonameid IS NOT NULL GROUP BY d.n ORDER BY d.geonameid
"""
DISTRICTS = "SELECT id, geonameid FROM place WHERE kind = 'admin2' AND outline AND geonameid IS NOT NULL"
TOWNS = "SELECT lon, lat, population FROM place WHERE kind = 'settlement' AND population > 0"
LEAST = 100_000  # people of a district that is listed
HEAD = '''"""How many people live in the towns of divisions and large districts, roughly: which are well known."""

from collections.abc import Mapping
from typing import Final

# Written by benchmarks/division_people.py: people, rounded down to a half power of ten -> GeoNames ids.
_DIVISIONS = {{
{lines}
}}  # fmt: skip
PEOPLE: Final[Mapping[int, int]] = {{int(one): people for people, ids in _DIVISIONS.items() for one in ids.split()}}
'''


def main() -> None:
    """Count and write."""
    classes: dict[int, list[str]] = {}
    database = sqlite3.connect(own_index())
    for geonameid, people in [*database.execute(QUERY), *sorted(_districts(database))]:
        step = next((step for step in range(16, 4, -1) if people >= 10 ** (step / 2)), 0)
        if step:
            classes.setdefault(round(10 ** (step / 2)), []).append(str(geonameid))
    lines = [f'    {people}: """\n{_wrapped(ids)}\n    """,' for people, ids in sorted(classes.items())]
    TARGET.write_text(HEAD.format(lines="\n".join(lines)), encoding="utf-8")


def _districts(database: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    towns = np.array(list(database.execute(TOWNS)))
    tree, outlines = shapely.STRtree(shapely.points(towns[:, :2])), Outlines.open()
    for place_id, geonameid in database.execute(DISTRICTS):
        outline = outlines.get(place_id)
        people = int(towns[tree.query(outline, predicate="contains"), 2].sum()) if outline is not None else 0
        if people >= LEAST:
            yield geonameid, people


def _wrapped(ids: list[str]) -> str:
    return textwrap.fill(" ".join(ids), 118, initial_indent="    ", subsequent_indent="    ")


if __name__ == "__main__":
    main()
