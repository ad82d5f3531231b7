"""The outlines of areas (divisions, regions, seas, disputed land), read one at a time from gazetteer/*.bin."""

import json
import zlib
from collections.abc import Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.borders import WorldView
from geo.errors import GazetteerError
from geo.geodesy import LonLat
from geo.stores.files import data_file
from geo.stores.names import read_rows

GRID = 10_000  # steps a degree
BOX_GRID = 1_000  # the boxes of the index are rounded outwards to this
MAGIC = b"MLO1"
KEPT_OUTLINES = 256


class Outlines:
    """Areas by gazetteer id. Countries come from the border file, everything else from files of outlines; WGS 84."""

    def __init__(self, *paths: Path, unions: Sequence[Mapping[str, str]] = ()) -> None:
        self._ids: list[str] = []
        self._names: list[str] = []
        self._areas: list[float] = []  # square kilometres; 0 for a line
        self._records: list[tuple[Path, int, int]] = []  # file, first byte, bytes
        self._datasets: dict[Path, str] = {}
        self._unions: dict[int, list[str]] = {}  # number of an area: the ids of those that it is made of
        boxes: list[int] = []
        for path in paths:
            header, start = _header(path)
            self._ids += header["ids"]
            self._names += header["names"]
            self._areas += header["areas"]
            self._datasets[path] = header["dataset"]
            boxes += header["boxes"]
            self._records += [(path, start + at, end - at) for at, end in pairwise(header["offsets"])]
        self._number = {place_id: n for n, place_id in enumerate(self._ids)}
        for row in unions:
            self._add_union(row["id"], row["name"], row["members"].split(), boxes)
        self._boxes = np.array(boxes, dtype=np.int32).reshape(-1, 4)
        self._decoded = lru_cache(maxsize=KEPT_OUTLINES)(self._decode)

    @classmethod
    def open(cls) -> "Outlines":
        """Open the project's own file; its index only. The same object is given again."""
        return _own()

    def _add_union(self, place_id: str, name: str, members: list[str], boxes: list[int]) -> None:
        numbers = [self._number[member] for member in members]
        wests, souths, easts, norths = zip(*(boxes[4 * n : 4 * n + 4] for n in numbers), strict=True)
        boxes += [min(wests), min(souths), max(easts), max(norths)]
        self._unions[len(self._ids)] = members
        self._number[place_id] = len(self._ids)
        self._ids.append(place_id)
        self._names.append(name)
        self._areas.append(sum(self._areas[n] for n in numbers))
        self._records.append(self._records[numbers[0]])  # its data set is the members'

    @cached_property
    def _countries(self) -> dict[str, tuple[str, str]]:
        lines = data_file("gazetteer/countries.tsv").read_text(encoding="utf-8").splitlines()
        column = {name: n for n, name in enumerate(lines[0].split("\t"))}
        rows = [line.split("\t") for line in lines[1:] if line]
        return {row[column["id"]]: (row[column["iso2"]], row[column["name"]]) for row in rows}

    def ids(self) -> Sequence[str]:
        """Return the ids of all areas of the file, without the countries."""
        return tuple(self._ids)

    def country_ids(self) -> Sequence[str]:
        """Return the gazetteer ids of all countries, with land of their own or not."""
        return tuple(self._countries)

    def country_code(self, place_id: str) -> str | None:
        """Return the ISO alpha-2 code of a country's id, None for what is no country with land of its own."""
        from geo.stores.borders import open_borders

        code = self._countries.get(place_id, ("", ""))[0]
        return code if code and open_borders().has_land(code) else None

    def name(self, place_id: str) -> str:
        """Return the name that the file has for an id, the id itself where it has none."""
        if place_id in self._number:
            return self._names[self._number[place_id]]
        return self._countries.get(place_id, ("", place_id))[1]

    def dataset(self, place_id: str) -> str:
        """Return the name of the data set that an outline of a file comes from."""
        return self._datasets[self._records[self._number[place_id]][0]]

    def has(self, place_id: str) -> bool:
        """Tell whether there is an outline for an id."""
        return place_id in self._number or self.country_code(place_id) is not None

    def get(self, place_id: str) -> BaseGeometry | None:
        """Return the area (or the line, for a disputed line) of an id, None where only its point is known."""
        if place_id in self._number:
            return self._decoded(self._number[place_id])
        code = self.country_code(place_id)
        if code is None:
            return None
        from geo.stores.borders import open_borders

        return open_borders().territory(code, WorldView()).land

    def sketch(self, place_id: str) -> BaseGeometry | None:
        """Return a light outline for drawing, never for measuring: of a country without its small islands and bends."""
        sketches = _sketches()
        return sketches.get(place_id) if place_id in sketches._number else self.get(place_id)

    def containing(self, at: LonLat) -> list[str]:
        """Return the ids of the areas that hold a point, smallest first; the country comes from the border file."""
        x, y = at.lon * BOX_GRID, at.lat * BOX_GRID
        boxes = self._boxes
        near = (boxes[:, 0] <= x) & (x <= boxes[:, 2]) & (boxes[:, 1] <= y) & (y <= boxes[:, 3])
        found = [
            (self._areas[n], self._ids[n])
            for n in np.flatnonzero(near).tolist()
            if self._areas[n] > 0 and shapely.intersects_xy(self._decoded(n), at.lon, at.lat)
        ]
        return [place_id for _, place_id in sorted(found + self._country_at(at))]

    def _country_at(self, at: LonLat) -> list[tuple[float, str]]:
        from geo.stores.borders import open_borders

        held = open_borders().state_at(at)
        if held is None:
            return []
        code, area_km2 = held
        return [(area_km2, place_id) for place_id, (own, _) in self._countries.items() if own == code]

    def _decode(self, n: int) -> BaseGeometry:
        if n in self._unions:
            geometry = _without_gaps(shapely.union_all([self.get(member) for member in self._unions[n]]))
        else:
            path, start, size = self._records[n]
            with path.open("rb") as file:
                file.seek(start)
                geometry = unpacked(zlib.decompress(file.read(size)))
        shapely.prepare(geometry)
        return geometry


def _without_gaps(union: BaseGeometry) -> BaseGeometry:
    """Fill what simplified outlines of neighbours leave open between them."""
    filled = shapely.union_all([shapely.Polygon(part.exterior) for part in shapely.get_parts(union)])
    return shapely.orient_polygons(filled)


def _header(path: Path) -> tuple[dict[str, Any], int]:
    """Return what a file of outlines says of itself, and where its records begin."""
    with path.open("rb") as file:
        if file.read(4) != MAGIC:
            raise GazetteerError(f"{path.name} is no file of outlines: install Marchland again")
        size = int.from_bytes(file.read(4), "little")
        return json.loads(zlib.decompress(file.read(size))), 8 + size


@cache
def _own() -> Outlines:
    unions = [row for row in read_rows(data_file("gazetteer/unions.tsv")) if row["members"]]
    return Outlines(data_file("gazetteer/outlines.bin"), data_file("gazetteer/districts.bin"), unions=unions)


@cache
def _sketches() -> Outlines:
    return Outlines(data_file("gazetteer/sketches.bin"))


def packed(geometry: BaseGeometry) -> bytes:
    """Pack polygons or lines on the grid, deflated: the build script's half of `unpacked`."""
    areal = geometry.geom_type in ("Polygon", "MultiPolygon")
    shape: list[int] = [int(areal)]
    lines = []
    for part in shapely.get_parts(geometry):
        rings = [part.exterior, *part.interiors] if areal else [part]
        shape.append(len(rings))
        lines += [np.round(shapely.get_coordinates(ring) * GRID).astype(np.int64) for ring in rings]
    shape.insert(1, len(shape) - 1)
    shape += [len(line) for line in lines]
    steps = np.diff(np.concatenate(lines), axis=0, prepend=[[0, 0]])
    numbers = np.array([len(shape), *shape, *steps[:, 0], *steps[:, 1]])
    zigzag = ((numbers << 1) ^ (numbers >> 63)).astype("<u4")
    return zlib.compress(zigzag.view(np.uint8).reshape(-1, 4).T.tobytes(), 9)


def unpacked(data: bytes) -> BaseGeometry:
    """Return the polygons or lines of a record, longitude/latitude in degrees."""
    planes: NDArray[np.uint8] = np.frombuffer(data, np.uint8)
    zigzag = np.ascontiguousarray(planes.reshape(4, -1).T).view("<u4").ravel().astype(np.int64)
    numbers = (zigzag >> 1) ^ -(zigzag & 1)
    head, body = numbers[1 : 1 + numbers[0]].tolist(), numbers[1 + numbers[0] :]
    areal, parts = head[0], head[1]
    counts, lengths = head[2 : 2 + parts], head[2 + parts :]
    points = np.cumsum(body.reshape(2, -1), axis=1).T / GRID
    lines = np.split(points, np.cumsum(lengths)[:-1])
    if not areal:
        return shapely.MultiLineString(lines)
    polygons, at = [], 0
    for count in counts:
        polygons.append(shapely.Polygon(lines[at], lines[at + 1 : at + count]))
        at += count
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
