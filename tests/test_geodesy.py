"""Shapes on the ellipsoid: every boundary where the geodesic puts it, anywhere in the world."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon, box

from geo.geodesy import (
    WGS84,
    LonLat,
    area_m2,
    azimuth_deg,
    buffer,
    corridor,
    cut,
    destination,
    distance_m,
    distance_to,
    length_m,
    midpoint,
    near_part,
    nearest_on,
    point_buffer,
    ring,
    sector,
    square_km,
    stretch,
    strip,
    thinned,
    thinned_area,
)

ALLOWED = 5e-4  # of the distance: the promise of the module

places = st.builds(
    lambda lon, z: LonLat(lon=lon, lat=math.degrees(math.asin(z))),
    st.one_of(st.floats(-180, 180), st.sampled_from([-180.0, -179.999, 179.99, 180.0, 0.0])),
    st.one_of(st.floats(-1, 1), st.sampled_from([-1.0, -0.99999, 0.9999, 0.999999, 1.0])),
)
radii = st.floats(1, 6.2).map(lambda exponent: 10**exponent)


def boundary(shape: MultiPolygon, step: float = 0.5) -> np.ndarray:
    """Return points on the boundary, also between vertices, but not on the edges of the sheet or on its seams."""
    coords = [
        shapely.get_coordinates(shapely.segmentize(line, step)) for line in shapely.get_rings(shapely.get_parts(shape))
    ]
    points = np.concatenate([np.vstack([line, (line[:-1] + line[1:]) / 2]) for line in coords])
    return points[(np.abs(points[:, 0]) < 180 - 1e-9) & (np.abs(points[:, 1]) < 90 - 1e-9)]


def distances(at: LonLat, points: np.ndarray) -> np.ndarray:
    n = len(points)
    return np.asarray(WGS84.inv(np.full(n, at.lon), np.full(n, at.lat), points[:, 0], points[:, 1])[2])


@settings(max_examples=150, deadline=None)
@given(at=places, radius=radii)
def test_every_point_of_a_circle_is_as_far_as_it_should_be(at: LonLat, radius: float) -> None:
    disc = point_buffer(at, radius_m=radius)
    assert disc.is_valid
    assert np.abs(distances(at, boundary(disc)) / radius - 1).max() <= ALLOWED


@settings(max_examples=100, deadline=None)
@given(at=places, radius=radii)
def test_a_disc_has_the_area_of_a_cap(at: LonLat, radius: float) -> None:
    cap = 2 * math.pi * 6_371_008.8**2 * (1 - math.cos(radius / 6_371_008.8))
    assert area_m2(point_buffer(at, radius_m=radius)) == pytest.approx(cap, rel=0.01)  # the sphere is 0.7 % off


@settings(max_examples=60, deadline=None)
@given(at=places, radius=st.floats(1_000, 500_000), azimuth=st.floats(0, 360), half=st.floats(5, 170))
def test_a_sector_holds_its_middle_and_not_what_lies_beside_it(
    at: LonLat, radius: float, azimuth: float, half: float
) -> None:
    shape = sector(at, inner_m=0.7 * radius, outer_m=1.3 * radius, azimuth=azimuth, half_width=half)

    def holds(turn: float, far: float) -> bool:
        point = destination(at, azimuth=azimuth + turn, distance_m=far * radius)
        return bool(shape.covers(Point(point.lon, point.lat)))

    assert shape.is_valid
    assert all([holds(0, 1), holds(0.95 * half, 1), holds(-0.95 * half, 1.29), holds(0, 0.71)])
    assert not any([holds(0, 0.69), holds(0, 1.31), holds(half + 3, 1), holds(-half - 3, 1)])


@pytest.mark.parametrize("lat", [90, 89.99, 89, 87, -89.5, -88, 85.5])
@pytest.mark.parametrize("far", [0.75, 0.9, 1.0, 1.2])  # of the distance to the pole, where the side is cut
@pytest.mark.parametrize("half", [5, 45, 90, 120, 170])
def test_a_sector_may_have_a_side_through_the_very_pole(lat: float, far: float, half: float) -> None:
    at = LonLat(lon=31.0, lat=lat)
    to_pole = max(1_000.0, distance_m(at, LonLat(lon=0, lat=math.copysign(90, lat))))
    poleward = 0.0 if lat > 0 else 180.0
    for azimuth in (poleward + half, poleward - half, poleward):
        shape = sector(at, inner_m=0.7 * to_pole, outer_m=1.3 * to_pole, azimuth=azimuth, half_width=half)
        held = [
            destination(at, azimuth=azimuth + turn, distance_m=far * to_pole) for turn in (0, 0.95 * half, -0.95 * half)
        ]
        left = [destination(at, azimuth=azimuth + turn, distance_m=far * to_pole) for turn in (half + 3, -half - 3)]
        assert shape.is_valid
        assert all(shape.covers(Point(p.lon, p.lat)) for p in held)
        assert not any(shape.covers(Point(p.lon, p.lat)) for p in left)
        assert area_m2(shape) == pytest.approx(math.radians(half) * (1.3**2 - 0.7**2) * to_pole**2, rel=0.02)


@settings(max_examples=40, deadline=None)
@given(at=places, radius=st.floats(1_000, 300_000), azimuth=st.floats(0, 360), half=st.floats(5, 90))
def test_turning_the_compass_turns_the_sector_and_keeps_its_area(
    at: LonLat, radius: float, azimuth: float, half: float
) -> None:
    areas = [
        area_m2(sector(at, inner_m=radius / 2, outer_m=radius, azimuth=turned, half_width=half))
        for turned in (azimuth, azimuth + 90)
    ]
    assert areas[0] == pytest.approx(areas[1], rel=5e-3)


@settings(max_examples=40, deadline=None)
@given(at=places, radius=st.floats(100, 1e6))
def test_a_ring_is_a_disc_without_its_middle(at: LonLat, radius: float) -> None:
    whole, hole = area_m2(point_buffer(at, radius_m=radius)), area_m2(point_buffer(at, radius_m=radius / 2))
    assert area_m2(ring(at, inner_m=radius / 2, outer_m=radius)) == pytest.approx(whole - hole, rel=1e-6)


@settings(max_examples=20, deadline=None)
@given(
    at=places.filter(lambda at: abs(at.lat) < 76),  # a line through a pole has no sense in degrees
    turns=st.lists(st.floats(-60, 60), min_size=1, max_size=6),
    step=st.floats(2_000, 150_000),
    distance=st.floats(3_000, 300_000),
)
def test_a_grown_line_ends_at_its_distance(at: LonLat, turns: list[float], step: float, distance: float) -> None:
    path, heading = [at], 90.0
    for turn in turns:
        heading += turn
        path.append(destination(path[-1], azimuth=heading, distance_m=step))
    line = on_the_sheet(path)
    assume(not line.is_empty)  # its only step crossed the antimeridian
    grown = buffer(line, distance_m=distance)
    near = boundary(grown, step=0.2)
    far = [distance_to(line, LonLat(lon=x, lat=y)) for x, y in near[:: max(1, len(near) // 15)]]
    assert grown.is_valid
    assert max(abs(d / distance - 1) for d in far) <= ALLOWED


@settings(max_examples=25, deadline=None)
@given(
    turn=st.floats(-12, 12),
    step=st.floats(0.002, 0.03),
    count=st.integers(6, 50),
    distance=st.sampled_from([2_000, 40_000]),
)
def test_a_bend_of_short_steps_has_no_slit_on_its_inner_side(
    turn: float, step: float, count: int, distance: float
) -> None:
    path, heading = [LonLat(lon=44, lat=40)], 30.0
    for n in range(count):
        path.append(destination(path[-1], azimuth=heading, distance_m=step * distance * (0.4 + n % 3 * 0.3)))
        heading += turn
    line = LineString([(p.lon, p.lat) for p in path])
    points = boundary(buffer(line, distance_m=distance))
    off = [distance_to(line, LonLat(lon=x, lat=y)) / distance - 1 for x, y in points[:: max(1, len(points) // 150)]]
    assert max(map(abs, off)) <= ALLOWED


def on_the_sheet(path: list[LonLat]) -> MultiLineString:
    """Join points by geodesics of at most 1 km, leaving out the steps that cross the antimeridian."""
    points = []
    for a, b in zip(path, path[1:], strict=False):
        steps = math.ceil(distance_m(a, b) / 1_000)
        points += [
            destination(a, azimuth=azimuth_deg(a, b), distance_m=distance_m(a, b) * n / steps) for n in range(steps)
        ]
    lines, line = [], [points[0]]
    for a, b in zip(points, points[1:], strict=False):
        if abs(a.lon - b.lon) > 0.5:  # across the antimeridian, or around a pole
            lines.append(line)
            line = []
        line.append(b)
    return MultiLineString([[(p.lon, p.lat) for p in one] for one in [*lines, line] if len(one) > 1])


def test_a_corridor_may_run_over_the_pole() -> None:
    shape = corridor(LonLat(lon=10, lat=89), LonLat(lon=-160, lat=88), half_width_m=20_000)
    assert shape.is_valid
    assert shape.covers(Point(50, 89.99))
    assert area_m2(shape) == pytest.approx(334_000 * 40_000 + math.pi * 20_000**2, rel=0.01)


@settings(max_examples=40, deadline=None)
@given(
    at=places.filter(lambda at: abs(at.lat) < 80),
    azimuth=st.floats(0, 360),
    far=st.floats(2_000, 900_000),
    share=st.floats(0.05, 0.3),
)
def test_a_corridor_ends_at_its_distance_from_the_geodesic_also_over_the_edges_of_the_sheet(
    at: LonLat, azimuth: float, far: float, share: float
) -> None:
    width = min(share * far, 100_000)
    shape = corridor(at, destination(at, azimuth=azimuth, distance_m=far), half_width_m=width)
    along = [destination(at, azimuth=azimuth, distance_m=far * n / 400) for n in range(401)]
    near = boundary(shape)
    for x, y in near[:: max(1, len(near) // 25)]:
        off = distances(LonLat(lon=x, lat=y), np.array([[p.lon, p.lat] for p in along]))
        n = int(off.argmin())
        between = [
            destination(at, azimuth=azimuth, distance_m=max(0, min(far, far * (n + d / 100) / 400)))
            for d in range(-100, 101)
        ]
        off = distances(LonLat(lon=x, lat=y), np.array([[p.lon, p.lat] for p in between]))
        assert abs(off.min() / width - 1) <= ALLOWED
    assert shape.is_valid
    assert area_m2(shape) == pytest.approx(2 * width * far + math.pi * width**2, rel=0.02)


@pytest.mark.parametrize(
    ("center", "name"),
    [
        (LonLat(lon=180, lat=-17), "Fiji"),
        (LonLat(lon=-179.9, lat=65), "Chukotka"),
        (LonLat(lon=0, lat=90), "the north pole"),
        (LonLat(lon=30, lat=-89.5), "by the south pole"),
    ],
)
def test_a_shape_over_an_edge_of_the_sheet_stays_on_the_sheet(center: LonLat, name: str) -> None:
    shape = point_buffer(center, radius_m=200_000)
    west, south, east, north = shape.bounds
    assert -180 <= west <= east <= 180, name
    assert -90 <= south <= north <= 90, name
    assert shape.is_valid
    assert area_m2(shape) == pytest.approx(math.pi * 200_000**2, rel=0.01)


def test_a_sector_at_the_pole_does_not_cover_the_pole_it_leaves_out() -> None:
    shape = ring(LonLat(lon=0, lat=90), inner_m=50_000, outer_m=100_000)
    assert not shape.covers(Point(0, 89.9))
    assert shape.covers(Point(77, 89.3))


WEST, EAST = box(44, 40, 45, 41), box(45, 40, 46, 41)
BORDER = LineString([(45, 40), (45, 41)])


def test_a_strip_lies_in_its_territory() -> None:
    shape = strip(BORDER, into=WEST, depth_m=7_500)
    assert WEST.buffer(1e-9).covers(shape)
    assert area_m2(shape) == pytest.approx(7_500 * length_m(BORDER), rel=0.01)


def test_a_strip_does_not_leak_along_borders_that_are_not_meant() -> None:
    enclave = MultiPolygon([Polygon(EAST.exterior), box(43.5, 40.4, 44, 40.6)])
    shape = strip(BORDER, into=WEST, depth_m=7_500)
    assert distance_to(enclave.geoms[1], LonLat(lon=shape.bounds[0], lat=40.5)) > 70_000


def test_a_strip_may_start_away_from_the_border() -> None:
    far = strip(BORDER, into=WEST, depth_m=20_000, from_m=10_000)
    across = shapely.intersection(far, LineString([(44, 40.5), (45, 40.5)]))
    ends = [distance_to(BORDER, LonLat(lon=lon, lat=40.5)) for lon in (across.bounds[0], across.bounds[2])]
    assert ends == pytest.approx([20_000, 10_000], rel=1e-3)


def test_a_strip_of_a_border_that_is_elsewhere_is_empty() -> None:
    assert strip(LineString([(10, 40), (10, 41)]), into=WEST, depth_m=7_500).is_empty


@pytest.mark.parametrize(("inner", "outer"), [(5, 5), (7, 5), (-1, 5)])
def test_a_ring_without_room_is_refused(inner: float, outer: float) -> None:
    with pytest.raises(ValueError, match="inner"):
        ring(LonLat(lon=0, lat=0), inner_m=inner, outer_m=outer)


def test_an_area_grows_outwards_and_keeps_its_inside() -> None:
    grown = buffer(WEST, distance_m=10_000)
    assert grown.covers(WEST)
    assert distance_to(WEST, LonLat(lon=44.5, lat=grown.bounds[3])) == pytest.approx(10_000, rel=1e-3)


def test_the_nearest_point_of_a_line_lies_on_it() -> None:
    point, far = nearest_on(BORDER, LonLat(lon=44.9, lat=40.5))
    assert point.lon == pytest.approx(45, abs=1e-6)
    assert far == pytest.approx(distance_m(LonLat(lon=44.9, lat=40.5), point), rel=1e-9)


def test_a_point_inside_an_area_is_at_no_distance() -> None:
    assert distance_to(WEST, LonLat(lon=44.5, lat=40.5)) == 0


def test_a_stretch_has_its_length_and_is_cut_at_the_end_of_the_line() -> None:
    assert length_m(stretch(BORDER, around=LonLat(lon=44.9, lat=40.5), length_m=20_000)) == pytest.approx(
        20_000, rel=1e-4
    )
    assert length_m(stretch(BORDER, around=LonLat(lon=44.9, lat=41), length_m=20_000)) == pytest.approx(
        20_000, rel=1e-4
    )
    assert length_m(stretch(BORDER, around=LonLat(lon=44.9, lat=41), length_m=9e6)) == pytest.approx(length_m(BORDER))


def test_the_part_of_a_line_near_a_place_is_cut_at_the_distance() -> None:
    part = near_part(BORDER, around=LonLat(lon=45, lat=40.5), within_m=10_000)
    assert length_m(part) == pytest.approx(20_000, rel=1e-3)


def test_a_cut_is_the_intersection() -> None:
    assert cut(WEST, to=box(44.9, 40.9, 46, 42)).equals(box(44.9, 40.9, 45, 41))
    assert cut(WEST, to=box(10, 10, 11, 11)).is_empty


def test_the_middle_of_two_places_is_as_far_from_both() -> None:
    a, b = LonLat(lon=179, lat=60), LonLat(lon=-170, lat=65)
    assert distance_m(a, midpoint(a, b)) == pytest.approx(distance_m(b, midpoint(a, b)))


@pytest.mark.parametrize(
    ("square_metres", "words"), [(60e6, "60 km²"), (3.14e6, "3.1 km²"), (5_603e6, "5,600 km²"), (12_000, "0.012 km²")]
)
def test_areas_are_written_for_a_reader(square_metres: float, words: str) -> None:
    assert square_km(square_metres) == words


@settings(max_examples=40, deadline=None)
@given(
    at=places.filter(lambda at: abs(at.lat) < 76 and abs(at.lon) < 170),
    turns=st.lists(st.floats(-120, 120), min_size=1, max_size=40),
    tolerance=st.floats(50, 20_000),
)
def test_a_thinned_line_stays_within_its_tolerance(at: LonLat, turns: list[float], tolerance: float) -> None:
    path, heading = [at], 90.0
    for turn in turns:
        heading += turn
        path.append(destination(path[-1], azimuth=heading, distance_m=tolerance * 0.4))
    line = LineString([(p.lon, p.lat) for p in path])
    thin = thinned(line, tolerance_m=tolerance)
    assert shapely.get_num_coordinates(thin) <= len(path)
    assert all(distance_to(thin, at) <= tolerance for at in path)


def test_an_island_smaller_than_the_tolerance_is_kept_by_two_points_and_an_area_is_not() -> None:
    speck, large = box(10, 50, 10.001, 50.001), box(11, 50, 12, 51)
    lines = thinned(MultiLineString([speck.exterior, large.exterior]), tolerance_m=2_000)
    assert sorted(len(part.coords) for part in lines.geoms) == [2, 5]
    left = thinned_area(MultiPolygon([speck, large]), tolerance_m=2_000, near=box(9, 49, 13, 52))
    assert left.equals(MultiPolygon([large]))
    assert thinned_area(left, tolerance_m=2_000, near=box(80, 49, 83, 52)).is_empty
