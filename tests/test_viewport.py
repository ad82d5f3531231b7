"""Where the map looks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, box

from geo.render.viewport import CLOSEST_ZOOM, WIDEST_ZOOM, viewport_of


def test_a_single_point_is_seen_close_and_in_the_middle():
    view = viewport_of([Point(45.67, 39.84)], width_px=500, height_px=500)
    assert (view.lat, view.lon, view.zoom) == (pytest.approx(39.84), pytest.approx(45.67), CLOSEST_ZOOM)


def test_nothing_to_see_shows_the_world():
    assert viewport_of([], width_px=500, height_px=500).zoom == WIDEST_ZOOM


@given(st.floats(-170, 150), st.floats(-75, 65), st.floats(0.5, 20), st.floats(0.5, 10))
def test_all_shapes_fit_into_the_window(west, south, width, height):
    view = viewport_of([box(west, south, west + width, south + height)], width_px=500, height_px=400)
    assert width / 360 * 256 * 2**view.zoom <= 500 or view.zoom == WIDEST_ZOOM
    assert south <= view.lat <= south + height


@given(st.floats(0.01, 10), st.floats(1.1, 10))
def test_a_bigger_shape_is_never_seen_from_closer(size, factor):
    near = viewport_of([box(10, 10, 10 + size, 10 + size)], width_px=500, height_px=400)
    far = viewport_of([box(10, 10, 10 + size * factor, 10 + size * factor)], width_px=500, height_px=400)
    assert far.zoom <= near.zoom
