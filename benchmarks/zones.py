"""Time zones: points a second, and the strip along a real border.

python benchmarks/zones.py
"""

import time

from geo.borders import WorldView
from geo.errors import GeoError
from geo.geodesy import LonLat, area_m2, point_buffer, square_km, strip
from geo.spread import Stated, spread_of
from geo.stores.borders import open_borders
from geo.zones import calibrated_shape

POINTS = 2_000


def points() -> None:
    """Time core and fringe of "N km [direction] of X" all over the world, areas included."""
    start = time.process_time()
    for number in range(POINTS):
        at = LonLat(lon=(number * 37.7) % 360 - 180, lat=(number * 13.3) % 140 - 70)
        azimuth = None if number % 10 == 0 else (number * 45.0) % 360
        far = 1_000.0 + 50 * number
        spread = spread_of(Stated(distance_m=far, directed=azimuth is not None, population=20_000))
        shape = calibrated_shape(at, far, azimuth, spread)
        area_m2(shape.fringe)
    spent = time.process_time() - start
    print(f"{POINTS:,} point zones, {POINTS / spent:,.0f} a second")


def border_strip() -> None:
    """Time 7.5 km into Armenia from Azerbaijan, whole and around Jermuk, the border read before."""
    borders, view = open_borders(), WorldView()
    line = borders.shared_border("AM", "AZ", view).line
    land = borders.territory("AM", view).land
    jermuk = point_buffer(LonLat(lon=45.669, lat=39.842), radius_m=15_000)
    for name, part in (("the whole border", line), ("around Jermuk", line.intersection(jermuk.buffer(0.15)))):
        times = []
        for _ in range(5):
            start = time.process_time()
            shape = strip(part, into=land, depth_m=7_500)
            times.append(time.process_time() - start)
        if name != "the whole border":
            shape = shape.intersection(jermuk)
        print(f"strip along {name}: {1000 * min(times):.0f} ms, {square_km(area_m2(shape))}")


if __name__ == "__main__":
    points()
    try:
        border_strip()
    except GeoError as missing:
        print(f"no border strip: {missing}")
