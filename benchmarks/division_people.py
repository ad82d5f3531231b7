"""Count the people of the towns of every first-level division, in half powers of ten, and write geo/division_people.py.

    python benchmarks/division_people.py

The gazetteer knows the people of few divisions; how many live in their towns tells Florida from the Florida of
Puerto Rico.
"""

import sqlite3
import textwrap
from pathlib import Path

from geo.stores.gazetteer_files import own_index

TARGET = Path(__file__).resolve().parent.parent / "geo" / "division_people.py"
QUERY = """
SELECT d.geonameid, max(d.population, coalesce(sum(t.population), 0)) FROM place d LEFT JOIN place t
ON t.kind = 'settlement' AND t.country = d.country AND t.admin1 = d.name
WHERE d.kind = 'admin1' AND d.geonameid IS NOT NULL GROUP BY d.n ORDER BY d.geonameid
"""
HEAD = '''"""How many people live in the towns of first-level divisions, roughly: which are well known."""

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
    for geonameid, people in sqlite3.connect(own_index()).execute(QUERY):
        step = next((step for step in range(16, 4, -1) if people >= 10 ** (step / 2)), 0)
        if step:
            classes.setdefault(round(10 ** (step / 2)), []).append(str(geonameid))
    lines = [f'    {people}: """\n{_wrapped(ids)}\n    """,' for people, ids in sorted(classes.items())]
    TARGET.write_text(HEAD.format(lines="\n".join(lines)), encoding="utf-8")


def _wrapped(ids: list[str]) -> str:
    return textwrap.fill(" ".join(ids), 118, initial_indent="    ", subsequent_indent="    ")


if __name__ == "__main__":
    main()
