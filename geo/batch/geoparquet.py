"""What a batch wrote, as GeoParquet 1.1: one row a toponym or claim, WGS 84 longitude/latitude."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import GeoError

if TYPE_CHECKING:
    import pyarrow

ROWS = 10_000  # of a row group, which is what is held in memory
TEXTS = (
    "id what name kind role relation bound hedge direction reference reference_kind claimant trigger when whom".split()
)
WHOLE = ("start", "end", "geonameid")
NUMBERS = ("confidence", "lat", "lon", "min_m", "max_m", "value", "value_m2")
TRUTHS = ("demonym", "draw")
GEOMETRIES = ("geometry", "core")  # a place's point or a claim's fringe; a claim's core


def write_geoparquet(lines: Path, out: Path) -> None:
    """Write the JSON lines of a batch as GeoParquet, a row group at a time; `out` is there only when it is complete."""
    import pyarrow.parquet as parquet

    schema = _schema()
    beside = out.with_name(f"{out.name}.part")
    with lines.open("rb") as file, parquet.ParquetWriter(beside, schema, compression="zstd") as writer:
        rows: list[dict[str, Any]] = []
        for line in file:
            rows += _rows(json.loads(line))
            if len(rows) >= ROWS:
                writer.write_table(_table(rows, schema))
                rows = []
        writer.write_table(_table(rows, schema))
    with beside.open("rb+") as written:
        os.fsync(written.fileno())
    os.replace(beside, out)


def check_geoparquet() -> None:
    """Raise GeoError where pyarrow is not installed."""
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise GeoError("--format geoparquet needs the package pyarrow") from None


def _schema() -> "pyarrow.Schema":
    import pyarrow as pa

    kinds = (
        [(name, pa.string()) for name in TEXTS]
        + [(name, pa.int64()) for name in WHOLE]
        + [(name, pa.float64()) for name in NUMBERS]
        + [(name, pa.bool_()) for name in TRUTHS]
        + [(name, pa.binary()) for name in GEOMETRIES]
    )
    # no crs: longitude and latitude on WGS 84, longitude first (OGC:CRS84), is what the standard then means
    columns = {name: {"encoding": "WKB", "geometry_types": []} for name in GEOMETRIES}
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": columns}
    return pa.schema(kinds, metadata={"geo": json.dumps(geo)})


def _table(rows: list[dict[str, Any]], schema: "pyarrow.Schema") -> "pyarrow.Table":
    import pyarrow as pa

    return pa.Table.from_pylist(rows, schema=schema)


def _rows(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    from shapely import to_wkb
    from shapely.geometry import Point, shape

    article = str(record["id"])
    for toponym in record["toponyms"]:
        at = None if toponym["lat"] is None else to_wkb(Point(toponym["lon"], toponym["lat"]))
        yield {**toponym, "id": article, "what": "toponym", "geometry": at}
    for claim in record["claims"]:
        zone = claim.get("zone") or {}
        drawn = {name: to_wkb(shape(zone[part])) if zone.get(part) else None
                 for name, part in (("geometry", "fringe"), ("core", "core"))}  # fmt: skip
        names = " | ".join(claim.get("reference") or ()) or None
        yield {**claim, **drawn, "id": article, "what": "claim", "reference": names}
