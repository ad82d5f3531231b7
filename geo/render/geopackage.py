"""The map as a GeoPackage: layers places, claims, zones, sources and log, for QGIS and GDAL."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shapely import Point

from geo.decisions import LogEntry
from geo.features import JSON, MapFeature, root_of
from geo.render.escape import visible
from geo.render.geodataframe import to_geodataframe
from geo.render.notices import ATTRIBUTION, DISCLAIMER, LICENCES

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

LAYERS = ("places", "claims", "zones", "sources", "log")
_SOURCE = ("source_title", "source_publisher", "source_url", "published")


def to_geopackage(features: Sequence[MapFeature], *, log: Iterable[Mapping[str, JSON]] = ()) -> bytes:
    """Return a GeoPackage; every layer is there, with no rows where the map has nothing of its kind.

    `claims` has one row a claim at a position inside its core, `zones` its shapes; `sources` has the reports, data
    licences and the boundary disclaimer; `log` the decisions, as `log` gives them.
    """
    zones = [feature for feature in features if "zone_part" in feature.properties]
    places = [feature for feature in features if "zone_part" not in feature.properties]
    frames = {"places": _frame(places), "claims": _frame(_claims(zones)), "zones": _frame(zones)}
    tables = {"sources": _sources(features), "log": [{"number": None, "decision": None, **row} for row in log]}
    with tempfile.TemporaryDirectory(prefix="marchland-") as folder:
        path = Path(folder) / "map.gpkg"
        for name, frame in frames.items():
            frame.to_file(path, driver="GPKG", layer=name, engine="pyogrio")
        for name, rows in tables.items():
            _write_table(path, name, rows)
        return path.read_bytes()


def log_rows(log: Iterable[LogEntry]) -> list[dict[str, JSON]]:
    """Return a project's log as rows: number, time (UTC), who, which decision, what it says, what held before."""
    return [
        {
            "number": entry.number,
            "at": entry.at.isoformat() if entry.at else None,
            "who": entry.who,
            "decision": type(entry.step).__name__,
            "says": repr(entry.step)[:2000],
            "old": entry.old,
        }
        for entry in log
    ]


def _frame(features: Sequence[MapFeature]) -> "GeoDataFrame":
    """Make the rows of a layer; GeoPackage has its own `fid` and takes no two names that differ in case only."""
    names: dict[str, str] = {}
    taken = {"fid", "geom", "geometry", "ogc_fid", "id", "title", "style"}
    for key in dict.fromkeys(key for feature in features for key in feature.properties):
        name = visible(key)[:60] or "unnamed"
        while name.casefold() in taken:
            name += "_"
        taken.add(name.casefold())
        names[key] = name
    return to_geodataframe(
        [
            MapFeature(
                id=visible(f.id),
                style=f.style,
                title=visible(f.title),
                geometry=f.geometry,
                properties={names[key]: _plain(value) for key, value in f.properties.items()},
            )
            for f in features
        ]
    )


def _plain(value: JSON) -> JSON:
    return visible(value) if isinstance(value, str) else value


def _claims(zones: Sequence[MapFeature]) -> list[MapFeature]:
    best = {root_of(zone.id): zone for zone in zones}  # the core comes last
    return [
        MapFeature(
            id=identity,
            style=zone.style,
            title=zone.title,
            geometry=zone.geometry.representative_point() if not zone.geometry.is_empty else Point(),
            properties={key: value for key, value in zone.properties.items() if key != "zone_part"},
        )
        for identity, zone in best.items()
    ]


def _sources(features: Sequence[MapFeature]) -> list[dict[str, JSON]]:
    found = [{key: feature.properties.get(key) for key in _SOURCE} for feature in features]
    reports = {tuple(row.items()): row for row in found if any(row.values())}
    data = [{"source_title": name, "licence": licence} for name, licence in LICENCES.items()]
    notes = [{"source_title": "Attribution", "note": ATTRIBUTION}, {"source_title": "Disclaimer", "note": DISCLAIMER}]
    empty: dict[str, JSON] = dict.fromkeys((*_SOURCE, "licence", "note"))
    rows: list[dict[str, JSON]] = [*reports.values(), *data, *notes]  # type: ignore[list-item]
    return [{**empty, **row} for row in rows]


def _write_table(path: Path, name: str, rows: Sequence[Mapping[str, JSON]]) -> None:
    from pandas import DataFrame  # type: ignore[import-untyped]
    from pyogrio import write_dataframe

    columns = dict.fromkeys(key for row in rows for key in row) or dict.fromkeys(("number", "decision"))
    text = {c: [None if row.get(c) is None else visible(str(row[c])) for row in rows] for c in columns}
    write_dataframe(DataFrame(text, dtype="object"), path, layer=name, driver="GPKG")
