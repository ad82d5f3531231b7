"""Metre-true geometry on the WGS 84 ellipsoid: distance, azimuth, buffer, ring, sector, strip.

Every geometry is shapely, longitude/latitude in degrees (EPSG:4326), longitude first, cut at the antimeridian; every
length is metres on the ellipsoid; azimuths are degrees clockwise from true north. The boundary of a shape is at most
0.05 % of its distance away from where the geodesic puts it.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

WGS84 = Geod(ellps="WGS84")
MEAN_RADIUS_M = 6_371_008.8  # IUGG mean radius; only for estimates that an exact step follows
METRES_PER_DEGREE = 111_320.0  # of latitude, near enough to choose how finely to cut a line
SEGMENTS = 180  # around a full turn: the chord is 0.015 % inside the arc
QUARTER_SEGMENTS = 40  # of GEOS's round joins; it rounds their number, so that a chord is up to 0.043 % inside the arc:
ROUND = 1 / math.cos(1.5 * math.pi / QUARTER_SEGMENTS / 4) ** 0.5  # all is drawn half of that too wide
PIECE_M = 250_000.0  # azimuthal equidistant is e²/6R² off, e metres from its centre: 0.006 % at half of this
CELL_DEG, STRETCH_M = 1.5, 60_000.0  # stretches that begin in one cell make a piece: at most 150 km from its middle
RUN = 16  # steps of a line that are buffered at once; 8 to 32 are alike
SHORT = 0.01  # of the distance: of a bend of shorter steps GEOS may cut a slit a quarter of the distance deep
POLAR_LAT = 80.0  # beyond it, straight lines in degrees leave the geodesic: shapes get more vertices

SHEET = box(-180, -90, 180, 90)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LonLat:
    """A position, WGS 84 degrees; longitude is kept in -180..180."""

    lon: float
    lat: float

    def __post_init__(self) -> None:
        if not (
            math.isfinite(self.lon) and math.isfinite(self.lat) and -180 <= self.lon <= 180 and -90 <= self.lat <= 90
        ):
            raise ValueError(f"no such position: longitude {self.lon}, latitude {self.lat}")


# Points and lengths


def distance_m(a: LonLat, b: LonLat) -> float:
    """Return the geodesic distance (Karney 2013)."""
    return float(WGS84.inv(a.lon, a.lat, b.lon, b.lat)[2])


def azimuth_deg(a: LonLat, b: LonLat) -> float:
    """Return the azimuth at `a` of the geodesic to `b`, in 0..360."""
    return float(WGS84.inv(a.lon, a.lat, b.lon, b.lat)[0]) % 360.0


def destination(start: LonLat, *, azimuth: float, distance_m: float) -> LonLat:
    """Return where the geodesic that leaves at an azimuth is after a distance."""
    lon, lat, _ = WGS84.fwd(start.lon, start.lat, azimuth, distance_m)
    return LonLat(lon=float(lon), lat=float(lat))


def midpoint(a: LonLat, b: LonLat) -> LonLat:
    """Return the point halfway along the geodesic."""
    return destination(a, azimuth=azimuth_deg(a, b), distance_m=distance_m(a, b) / 2)


def length_m(line: BaseGeometry) -> float:
    """Return the length of a line or of all parts of one."""
    return sum(float(_step_lengths(part).sum()) for part in _lines_of(line))


def area_m2(geometry: BaseGeometry) -> float:
    """Return the area on the ellipsoid of a geometry whose edges are straight in longitude/latitude; 0 for lines.

    An equal-area cylinder keeps the areas exactly, poles included (Snyder 1987, formulas 3-12 and 10-1).
    """
    west, _, east, _ = geometry.bounds
    dense = geometry if east - west < 0.5 else shapely.segmentize(geometry, 0.5)
    return float(shapely.transform(dense, _equal_area).area)


def square_km(area: float) -> str:
    """Write an area in square metres as a reader wants it: "254 km²", "3.1 km²", "5,600 km²".

    >>> square_km(5_603_000_000)
    '5,600 km²'
    """
    km2 = area / 1e6
    if km2 < 10:
        return f"{km2:.1f} km²" if km2 >= 0.05 else f"{km2:.2g} km²"
    return f"{round(km2, -1 if km2 >= 1000 else 0):,.0f} km²"


# Shapes around a point


def point_buffer(center: LonLat, *, radius_m: float) -> MultiPolygon:
    """Draw the disc around a point."""
    return ring(center, inner_m=0.0, outer_m=radius_m)


def ring(center: LonLat, *, inner_m: float, outer_m: float) -> MultiPolygon:
    """Draw the ring between two distances from a point; a disc where `inner_m` is 0."""
    if not 0 <= inner_m < outer_m:
        raise ValueError(f"a ring needs 0 <= inner < outer, not {inner_m}..{outer_m}")
    outer = _turn(center, outer_m)
    if inner_m == 0:
        return outer
    inner = _turn(center, inner_m)
    if len(outer.geoms) == len(inner.geoms) == 1 and not _touches_the_edge(outer):
        hole = shapely.reverse(inner.geoms[0].exterior)  # shells run counter-clockwise, holes clockwise (RFC 7946)
        return MultiPolygon([Polygon(outer.geoms[0].exterior, [hole])])  # ten times faster than a difference
    return _polygons(shapely.difference(outer, inner))


def _touches_the_edge(shape: BaseGeometry) -> bool:
    west, south, east, north = shape.bounds
    return bool(west <= -180 or east >= 180 or south <= -90 or north >= 90)


def sector(center: LonLat, *, inner_m: float, outer_m: float, azimuth: float, half_width: float) -> MultiPolygon:
    """Draw the part of a ring that lies within `half_width` degrees on either side of an azimuth."""
    if not 0 <= inner_m < outer_m:
        raise ValueError(f"a sector needs 0 <= inner < outer, not {inner_m}..{outer_m}")
    if half_width >= 180:
        return ring(center, inner_m=inner_m, outer_m=outer_m)
    steps = max(8, math.ceil(SEGMENTS * half_width / 180))
    arc = np.linspace(azimuth - half_width, azimuth + half_width, steps + 1)
    side = np.linspace(inner_m, outer_m, max(3, math.ceil((outer_m - inner_m) / 25_000) + 1))
    azimuths = [arc, np.full(len(side) - 1, arc[-1])]
    distances = [np.full(len(arc), outer_m), side[::-1][1:]]
    if inner_m > 0:
        azimuths += [arc[::-1][1:]]
        distances += [np.full(len(arc) - 1, inner_m)]
    azimuths += [np.full(len(side) - 2, arc[0])]
    distances += [side[1:-1]]
    return _outline(center, np.concatenate(azimuths), np.concatenate(distances))


def lens(center: LonLat, *, azimuth: float, angles: Floats, inner_m: Floats, outer_m: Floats) -> MultiPolygon:
    """Draw what lies between two distances that change with the angle off an azimuth and meet at both ends.

    `angles` ascend, in degrees.
    """
    distances = np.concatenate([outer_m, inner_m[-2:0:-1]])
    azimuths = azimuth + np.concatenate([angles, angles[-2:0:-1]])
    return _outline(center, azimuths, distances)


def _turn(center: LonLat, radius_m: float) -> MultiPolygon:
    return _outline(center, np.linspace(0, 360, SEGMENTS, endpoint=False), np.full(SEGMENTS, radius_m))


def _outline(center: LonLat, azimuths: Floats, distances: Floats) -> MultiPolygon:
    """Close a ring of positions given by azimuth and distance from a point, in order around it."""
    lons, lats = _forward(center, azimuths, distances)
    if np.abs(lats).max() > POLAR_LAT:
        # a side that runs through the very pole has no direction in degrees: all are moved 0.002 % of their distance
        azimuths, distances = azimuths + 1e-3, distances * (1 - 1e-5)
        for _ in range(20):  # halves every step in which a straight line in degrees leaves the curve
            azimuths, distances, grew = _refined(center, azimuths, distances)
            if not grew:
                break
        lons, lats = _forward(center, azimuths, distances)
    return _on_the_sheet(lons, lats)


def _refined(center: LonLat, azimuths: Floats, distances: Floats) -> tuple[Floats, Floats, bool]:
    lons, lats = _forward(center, azimuths, distances)
    turn = (np.roll(azimuths, -1) - azimuths + 180) % 360 - 180
    middle_azimuth = azimuths + turn / 2
    middle_distance = (distances + np.roll(distances, -1)) / 2
    true_lons, true_lats = _forward(center, middle_azimuth, middle_distance)
    step = (np.roll(lons, -1) - lons + 180) % 360 - 180
    drawn_lats = (lats + np.roll(lats, -1)) / 2
    off = WGS84.inv(lons + step / 2, drawn_lats, true_lons, true_lats)[2]
    split = (np.asarray(off) > 0.0003 * distances.max()) | (np.abs(step) > 120)
    if not split.any():
        return azimuths, distances, False
    at = np.flatnonzero(split) + 1
    return np.insert(azimuths, at, middle_azimuth[split]), np.insert(distances, at, middle_distance[split]), True


def _forward(center: LonLat, azimuths: Floats, distances: Floats) -> tuple[Floats, Floats]:
    n = len(azimuths)
    lons, lats, _ = WGS84.fwd(np.full(n, center.lon), np.full(n, center.lat), azimuths, distances)
    return np.asarray(lons), np.asarray(lats)


# Shapes around lines and areas


def buffer(geometry: BaseGeometry, *, distance_m: float) -> MultiPolygon:
    """Grow a point, line or area by a distance; an area keeps what it covers.

    Lines are cut into pieces that are each buffered on their own azimuthal equidistant plane.
    """
    if distance_m <= 0 or geometry.is_empty:
        return _polygons(geometry)
    grown: list[BaseGeometry] = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    for piece in _pieces(geometry, distance_m):
        grown.append(_buffered_piece(piece, distance_m))
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Point":
            grown.append(point_buffer(LonLat(lon=part.x, lat=part.y), radius_m=distance_m))
    return _polygons(shapely.union_all(grown))


def corridor(a: LonLat, b: LonLat, *, half_width_m: float) -> MultiPolygon:
    """Draw what lies within a distance of the geodesic between two points; it may cross the antimeridian or a pole."""
    far, azimuth = distance_m(a, b), azimuth_deg(a, b)
    pieces = max(1, math.ceil(far / PIECE_M))
    ends = [destination(a, azimuth=azimuth, distance_m=far * n / pieces) for n in range(pieces + 1)]
    parts = []
    for start, end in zip(ends, ends[1:], strict=False):
        plane = _Plane(midpoint(start, end))  # the geodesic through its centre is straight in it
        line = shapely.linestrings(plane.flatten(np.array([[start.lon, start.lat], [end.lon, end.lat]])))
        grown = shapely.buffer(line, half_width_m * ROUND, quad_segs=QUARTER_SEGMENTS)
        parts.append(
            plane.unflatten(shapely.segmentize(grown, _step_m(max(abs(start.lat), abs(end.lat)), half_width_m)))
        )
    return _polygons(shapely.union_all(parts))


def strip(border: BaseGeometry, *, into: BaseGeometry, depth_m: float, from_m: float = 0.0) -> MultiPolygon:
    """Cut the part of a territory that lies within a distance of a border, and no nearer than `from_m`.

    `border` is the line that the territory shares with its neighbour, not the neighbour's land, which would leak across
    enclaves. Returns an empty geometry where the border does not touch the territory.
    """
    return cut(into, to=band(border, depth_m=depth_m, from_m=from_m))


def band(line: BaseGeometry, *, depth_m: float, from_m: float = 0.0) -> MultiPolygon:
    """Draw what lies between two distances from a line, on both of its sides."""
    if not 0 <= from_m < depth_m:
        raise ValueError(f"a strip needs 0 <= from < depth, not {from_m}..{depth_m}")
    whole = buffer(line, distance_m=depth_m)
    if from_m == 0:
        return whole
    return _polygons(shapely.difference(whole, buffer(line, distance_m=from_m)))


def cut(area: BaseGeometry, *, to: BaseGeometry) -> MultiPolygon:
    """Return what two areas share; fast where the first is a country and the second a spot in it."""
    if area.is_empty or to.is_empty:
        return MultiPolygon()
    near = shapely.clip_by_rect(shapely.get_parts(area), *_grown_bounds(to))
    near = _valid(near[~shapely.is_empty(near)])
    shapely.prepare(to)
    held = shapely.contains_properly(to, near)  # islands, mostly
    crossing = near[~held & shapely.intersects(to, near)]
    return _polygons(shapely.disjoint_subset_union_all([*near[held], *shapely.intersection(crossing, to)]))


def clipped(area: BaseGeometry, *, to: BaseGeometry) -> BaseGeometry:
    """Return what of an area lies in the box around another: quick, and its edges inside are untouched."""
    near = shapely.clip_by_rect(area, *_grown_bounds(to))
    return near if shapely.is_valid(near) else shapely.union_all(_valid(shapely.get_parts(near)))


def _valid(parts: NDArray[Any]) -> NDArray[Any]:
    """Mend each part for itself: an edge may run along a window, and thousands together take minutes."""
    good = shapely.is_valid(parts)
    bad = shapely.make_valid(parts[~good], method="structure", keep_collapsed=False)
    return np.concatenate([parts[good], bad])


def _grown_bounds(geometry: BaseGeometry) -> tuple[float, float, float, float]:
    west, south, east, north = geometry.bounds
    return west - 1e-6, south - 1e-6, east + 1e-6, north + 1e-6


def _buffered_piece(lines: list[Floats], distance_m: float) -> BaseGeometry:
    every = np.concatenate(lines)
    plane = _Plane.around(every)
    of_line = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    drawn = shapely.linestrings(plane.flatten(every), indices=of_line)
    grown = _grown(shapely.simplify(drawn, distance_m * 5e-5, preserve_topology=False), distance_m)
    return plane.unflatten(shapely.segmentize(grown, _step_m(float(np.abs(every[:, 1]).max()), distance_m)))


def _step_m(lat: float, distance_m: float) -> float:
    """Return how long a straight line in degrees may be: it leaves the geodesic by s² tan(lat) / 8R.

    That is kept under 0.01 % of the distance.
    """
    slope = math.tan(math.radians(min(89.0, max(45.0, lat + distance_m / METRES_PER_DEGREE))))
    return max(50.0, math.sqrt(8e-4 * MEAN_RADIUS_M * distance_m / slope))


def _grown(drawn: Sequence[BaseGeometry], distance_m: float) -> BaseGeometry:
    """Buffer lines on the plane, run by run: GEOS slows down with the square of the steps that overlap.

    Short steps are grown as their hull, which has no bend inwards: over s metres it is s²/8 of the distance wider.
    """
    coords, of_line = shapely.get_coordinates(drawn, return_index=True)
    steps = np.hypot(*np.diff(coords, axis=0).T)
    gap, short = of_line[1:] != of_line[:-1], steps < SHORT * distance_m
    nth = np.where(short, np.cumsum(steps) // (SHORT * distance_m), np.arange(len(steps)) // RUN)
    begins = np.append(True, gap[:-1] | (short[1:] != short[:-1]) | (nth[1:] != nth[:-1])) & ~gap
    first = np.flatnonzero(begins)
    last = np.append(np.flatnonzero((begins | gap)[1:]), len(steps) - 1)
    last = last[np.searchsorted(last, first)]
    of_run = np.repeat(np.arange(len(first)), last - first + 2)
    at = np.arange(len(of_run)) + (first - np.append(0, np.cumsum(last - first + 2)[:-1]))[of_run]
    runs = shapely.linestrings(coords[at], indices=of_run)
    runs[short[first]] = shapely.convex_hull(runs[short[first]])
    runs = runs[_is_outside(runs, distance_m)]
    return shapely.union_all(shapely.buffer(runs, distance_m * ROUND, quad_segs=QUARTER_SEGMENTS))


def _is_outside(runs: NDArray[Any], distance_m: float) -> NDArray[np.bool_]:
    """Tell which of some shapes reach farther than all others after they are grown by much more than lies between them.

    What is deeper than e²/2d inside their hull does not: the ends of the hull's edges, at most e long, reach farther.
    """
    hull = shapely.convex_hull(shapely.geometrycollections(runs))
    west, south, east, north = hull.bounds
    if hull.area == 0 or math.hypot(east - west, north - south) > distance_m:
        return np.ones(len(runs), dtype=np.bool_)
    edges = np.diff(shapely.get_coordinates(hull), axis=0)
    deep = (edges**2).sum(axis=1).max() / (2 * distance_m)
    return np.asarray(shapely.distance(hull.exterior, runs) <= deep)


@dataclass(frozen=True, slots=True)
class _Plane:
    """The ellipsoid's azimuthal equidistant plane around a position, in metres; needs no CRS (28 ms to make one)."""

    center: LonLat

    @classmethod
    def around(cls, coords: Floats) -> "_Plane":
        turned = np.radians(coords)
        xyz = np.stack(
            [
                np.cos(turned[:, 1]) * np.cos(turned[:, 0]),
                np.cos(turned[:, 1]) * np.sin(turned[:, 0]),
                np.sin(turned[:, 1]),
            ]
        )
        middle = (xyz.min(axis=1) + xyz.max(axis=1)) / 2
        lon = math.degrees(math.atan2(middle[1], middle[0]))
        return cls(LonLat(lon=lon, lat=math.degrees(math.atan2(middle[2], math.hypot(middle[0], middle[1])))))

    def flatten(self, coords: Floats) -> Floats:
        n = len(coords)
        azimuth, _, far = WGS84.inv(
            np.full(n, self.center.lon), np.full(n, self.center.lat), coords[:, 0], coords[:, 1]
        )
        angle = np.radians(azimuth)
        return np.column_stack([far * np.sin(angle), far * np.cos(angle)])

    def unflatten(self, geometry: BaseGeometry) -> BaseGeometry:
        return shapely.union_all([self._unflatten_polygon(part) for part in shapely.get_parts(geometry)])

    def _unflatten_polygon(self, polygon: Polygon) -> BaseGeometry:
        shell = self._unflatten_ring(polygon.exterior)
        if not polygon.interiors:
            return shell
        return shapely.difference(shell, shapely.union_all([self._unflatten_ring(hole) for hole in polygon.interiors]))

    def _unflatten_ring(self, line: BaseGeometry) -> MultiPolygon:
        xy = shapely.get_coordinates(line)[:-1]
        azimuths = np.degrees(np.arctan2(xy[:, 0], xy[:, 1]))
        lons, lats = _forward(self.center, azimuths, np.hypot(xy[:, 0], xy[:, 1]))
        return _on_the_sheet(lons, lats)


def _pieces(geometry: BaseGeometry, distance_m: float) -> Iterator[list[Floats]]:
    """Yield the lines of a geometry in groups that lie close together, cut into stretches that share their ends."""
    lines = _lines_of(geometry)
    if not lines:
        return
    _, south, _, north = geometry.bounds
    step = min(0.1, _step_m(max(-south, north), distance_m) / METRES_PER_DEGREE)  # the 49th parallel is no geodesic
    coords, of_line = shapely.get_coordinates(shapely.segmentize(lines, step), return_index=True)
    begins = np.append(True, of_line[1:] != of_line[:-1])
    along = np.append(0.0, np.cumsum(_estimated_m_between(coords[:-1], coords[1:])))
    nth = np.floor((along - along[begins][of_line]) / STRETCH_M)
    starts = np.flatnonzero(begins | np.append(True, nth[1:] != nth[:-1]))
    ends = np.append(starts[1:] + ~begins[starts[1:]], len(coords))
    rows = np.floor(coords[starts, 1] / CELL_DEG)
    columns = np.floor(coords[starts, 0] * np.cos(np.radians(rows * CELL_DEG)) / CELL_DEG)
    groups: dict[tuple[float, float], list[Floats]] = {}
    for start, end, row, column in zip(starts, ends, rows, columns, strict=True):
        if end - start > 1:
            groups.setdefault((row, column), []).append(coords[start:end])
    yield from groups.values()


# Distances to lines and areas


def nearest_on(geometry: BaseGeometry, at: LonLat) -> tuple[LonLat, float]:
    """Return the point of a line or area nearest to a position, and its distance in metres; 0 inside an area.

    Raises ValueError for an empty geometry.
    """
    if geometry.is_empty:
        raise ValueError("an empty geometry has no nearest point")
    if geometry.area > 0 and shapely.intersects_xy(geometry, at.lon, at.lat):
        return at, 0.0
    starts, ends = _steps(geometry)
    if len(starts) == 0:
        points = shapely.get_coordinates(geometry)
        starts = ends = points
    near_start, near_end = _estimated_m(starts, at), _estimated_m(ends, at)
    long = _estimated_m_between(starts, ends)
    best = min(near_start.min(), near_end.min())
    keep = np.minimum(near_start, near_end) - long <= best * 1.01 + 1.0
    plane = _Plane(at)
    pieces = [
        shapely.get_coordinates(shapely.segmentize(LineString([a, b]), 0.01))
        for a, b in zip(starts[keep], ends[keep], strict=True)
    ]
    lines = [shapely.linestrings(plane.flatten(piece)) for piece in pieces]
    here = Point(0, 0)
    line = lines[int(np.argmin(shapely.distance(lines, here)))]
    x, y = shapely.get_coordinates(shapely.shortest_line(line, here))[0]
    far = math.hypot(x, y)
    return destination(at, azimuth=math.degrees(math.atan2(x, y)), distance_m=far), far


def distance_to(geometry: BaseGeometry, at: LonLat) -> float:
    """Return the metres from a position to a line or area; 0 inside an area."""
    return nearest_on(geometry, at)[1]


def stretch(line: BaseGeometry, *, around: LonLat, length_m: float) -> MultiLineString:
    """Cut the stretch of a line that has a length and whose middle is nearest to a position.

    The stretch ends where its part of the line ends, and is as long as the part where that is shorter.
    """
    parts = _lines_of(shapely.line_merge(line) if line.geom_type == "MultiLineString" else line)
    part = min(parts, key=lambda candidate: distance_to(candidate, around))
    coords = shapely.get_coordinates(shapely.segmentize(part, 0.02))
    along = np.concatenate([[0.0], np.cumsum(_step_lengths(LineString(coords)))])
    near, _ = nearest_on(part, around)
    middle = float(along[int(np.argmin(_estimated_m(coords, near)))])
    start = max(0.0, min(middle - length_m / 2, along[-1] - length_m))
    end = min(along[-1], start + length_m)
    marks = np.concatenate([[start], along[(along > start) & (along < end)], [end]])
    lons, lats = np.interp(marks, along, coords[:, 0]), np.interp(marks, along, coords[:, 1])
    return MultiLineString([LineString(np.column_stack([lons, lats]))])


def near_part(line: BaseGeometry, *, around: LonLat, within_m: float) -> MultiLineString:
    """Cut the part of a line that lies within a distance of a position."""
    inside = shapely.intersection(line, point_buffer(around, radius_m=within_m))
    return MultiLineString(_lines_of(inside))


def thinned(line: BaseGeometry, *, tolerance_m: float) -> MultiLineString:
    """Thin a line: what is left is at most a tolerance away from what was there.

    Of islands smaller than the tolerance two points stay, one island a square of it.
    """
    rings = np.array(_lines_of(line), dtype=object)
    if len(rings) == 0:
        return MultiLineString()
    thin, large = _thin(rings, tolerance_m)
    coords, counts = shapely.get_coordinates(rings[~large]), shapely.get_num_coordinates(rings[~large])
    first = np.cumsum(counts) - counts
    steps = METRES_PER_DEGREE / tolerance_m
    rows = np.floor(coords[first, 1] * steps)
    columns = np.floor(coords[first, 0] * np.cos(np.radians(np.minimum(89.0, np.abs(rows / steps)))) * steps)
    squares = np.column_stack([rows, columns])
    kept = np.sort(np.unique(squares, axis=0, return_index=True)[1]) if len(squares) else first
    specks = shapely.linestrings(np.stack([coords[first], coords[first + counts // 2]], axis=1)[kept])
    return MultiLineString([*thin[large], *specks])


def thinned_area(area: BaseGeometry, *, tolerance_m: float, near: BaseGeometry, degrees: float = 0.0) -> MultiPolygon:
    """Thin the parts of an area whose box is near a geometry; what is smaller than the tolerance goes."""
    parts = shapely.get_parts(area)
    shapely.prepare(near)
    parts = parts[shapely.dwithin(near, shapely.box(*shapely.bounds(parts).T), degrees)]
    if len(parts) == 0:
        return MultiPolygon()
    thin, large = _thin(shapely.get_exterior_ring(parts), tolerance_m)
    large &= shapely.get_num_coordinates(thin) >= 4
    if not large.any():
        return MultiPolygon()
    coords, of_ring = shapely.get_coordinates(thin[large], return_index=True)
    drawn = shapely.polygons(shapely.linearrings(coords, indices=of_ring))  # lakes make mending slow, and are filled
    return MultiPolygon(list(_flat(list(_valid(drawn)))))


def _thin(rings: NDArray[Any], tolerance_m: float) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Return the lines thinned, and which of them are more than rings smaller than the tolerance."""
    coords, of_ring = shapely.get_coordinates(rings, return_index=True)
    nearest = math.radians(min(85.0, float(np.abs(coords[:, 1]).min())))
    scale = np.array([math.cos(nearest), 1.0]) * METRES_PER_DEGREE / tolerance_m
    scaled = coords * scale
    first = np.append(True, of_ring[1:] != of_ring[:-1])
    cells = np.floor(scaled * 3).astype(np.int64)  # a third of the tolerance wide, so 0.47 of it across
    keep = first | np.roll(first, -1) | np.append(True, (cells[1:] != cells[:-1]).any(axis=1))
    thin = shapely.simplify(shapely.linestrings(scaled[keep], indices=of_ring[keep]), 0.5, preserve_topology=False)
    large = (shapely.get_num_coordinates(thin) > 2) | ~shapely.is_closed(rings)
    return shapely.transform(thin, lambda at: at / scale), large


# Helpers


def _lines_of(geometry: BaseGeometry) -> list[LineString]:
    """Return the lines of a geometry of any kind, then its rings."""
    parts = shapely.get_parts(geometry)
    while (kinds := shapely.get_type_id(parts)).max(initial=0) > shapely.GeometryType.POLYGON:
        parts = shapely.get_parts(parts)
    is_line = np.isin(kinds, (shapely.GeometryType.LINESTRING, shapely.GeometryType.LINEARRING))
    lines = np.concatenate([parts[is_line], shapely.get_rings(parts)])
    return list(lines[shapely.get_num_coordinates(lines) > 1])


def _steps(geometry: BaseGeometry) -> tuple[Floats, Floats]:
    arrays = [shapely.get_coordinates(line) for line in _lines_of(geometry)]
    if not arrays:
        return np.empty((0, 2)), np.empty((0, 2))
    return np.concatenate([a[:-1] for a in arrays]), np.concatenate([a[1:] for a in arrays])


def _step_lengths(line: LineString) -> Floats:
    coords = shapely.get_coordinates(shapely.segmentize(line, 0.1))
    return np.asarray(WGS84.line_lengths(coords[:, 0], coords[:, 1]), dtype=np.float64)


def _estimated_m(coords: Floats, at: LonLat) -> Floats:
    return _estimated_m_between(coords, np.array([[at.lon, at.lat]]))


def _estimated_m_between(a: Floats, b: Floats) -> Floats:
    """Return distances on a sphere: up to 0.6 % off, quick, to leave out what is far away."""
    p, q = np.radians(a), np.radians(b)
    half = (
        np.sin((q[:, 1] - p[:, 1]) / 2) ** 2 + np.cos(p[:, 1]) * np.cos(q[:, 1]) * np.sin((q[:, 0] - p[:, 0]) / 2) ** 2
    )
    return np.asarray(2 * MEAN_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, half))))


def _on_the_sheet(lons: Floats, lats: Floats) -> MultiPolygon:
    """Close a ring of positions on the sheet of -180..180 degrees, cut at the antimeridian, with the pole it holds."""
    steps = np.diff(lons, append=lons[0])
    if np.abs(steps).max() < 180:
        return _polygons(_ring_of(lons, lats))
    steps = (steps + 180) % 360 - 180
    turned = lons[0] + np.concatenate([[0.0], np.cumsum(steps)])
    lats = np.append(lats, lats[0])
    around = turned[-1] - turned[0]
    if abs(around) > 180:  # it goes around a pole: unroll three turns, so that no seam lies inside the sheet
        pole = 90.0 if lats.mean() > 0 else -90.0
        turned = np.concatenate([turned[:-1] - around, turned[:-1], turned + around])
        turned = np.concatenate([turned, [turned[-1], turned[0]]])
        lats = np.concatenate([lats[:-1], lats[:-1], lats, [pole, pole]])
        return _polygons(shapely.intersection(shapely.make_valid(_ring_of(turned, lats)), SHEET))
    whole = shapely.make_valid(_ring_of(turned, lats))
    west, _, east, _ = whole.bounds
    sheets = range(math.floor((west + 180) / 360), math.floor((east + 180) / 360) + 1)
    parts = [shapely.intersection(shapely.transform(whole, _shifted(-360.0 * sheet)), SHEET) for sheet in sheets]
    return _polygons(shapely.union_all(parts))


def _ring_of(lons: Floats, lats: Floats) -> Polygon:
    return Polygon(np.column_stack([lons, lats]))


def _shifted(degrees: float) -> Any:
    return lambda coords: coords + np.array([degrees, 0.0])


def _polygons(geometry: BaseGeometry) -> MultiPolygon:
    """Keep the areas of a geometry, valid, as one MultiPolygon."""
    if not shapely.is_valid(geometry):
        geometry = shapely.make_valid(geometry)
    if geometry.geom_type == "Polygon" and not geometry.is_empty:
        return MultiPolygon([shapely.orient_polygons(geometry)])
    parts: Sequence[BaseGeometry] = shapely.get_parts(shapely.get_parts(geometry)) if geometry else ()
    areas = [part for part in _flat(parts) if part.geom_type == "Polygon" and not part.is_empty]
    return shapely.orient_polygons(MultiPolygon(areas))


def _flat(parts: Sequence[BaseGeometry]) -> Iterator[BaseGeometry]:
    for part in parts:
        yield from _flat(part.geoms) if hasattr(part, "geoms") else (part,)


def _equal_area(coords: Floats) -> Floats:
    e = math.sqrt(WGS84.es)
    s = np.sin(np.radians(coords[:, 1]))
    q = (1 - WGS84.es) * (s / (1 - WGS84.es * s * s) + np.arctanh(e * s) / e)
    return np.column_stack([WGS84.a * np.radians(coords[:, 0]), WGS84.a * q / 2])
