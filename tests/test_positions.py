"""Positions as people write them."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.stores.positions import PositionError, read_position


@pytest.mark.parametrize(
    "text",
    ["39.84, 45.67", "39.84 45.67", "39,84; 45,67", "39°50'24\"N 45°40'12\"E", "39°50′24″N, 45°40′12″E", 
     "N39 50 24 E45 40 12", "45.67E 39.84N", "45°40'12\"E 39°50'24\"N"],
)  # fmt: skip
def test_one_position_written_in_many_ways_is_one_position(text):
    at = read_position(text)
    assert (at.lat, at.lon) == pytest.approx((39.84, 45.67), abs=1e-6)


def test_south_and_west_are_negative():
    at = read_position("33°55′S 18°25′W")
    assert (at.lat, at.lon) == pytest.approx((-33.916667, -18.416667))


def test_mgrs_is_read_with_and_without_blanks():
    # Reference: UTM zone 38 north, easting 557470 m, northing 4310330 m.
    assert read_position("38S NJ 5747 1033") == read_position("38SNJ57471033")
    assert read_position("38SNJ57471033").lat == pytest.approx(38.94, abs=0.01)


@pytest.mark.parametrize(
    "text", ["", "abc", "4.5", "99, 200", "1" * 200, "45, 45, 45", "inf, nan", "<script>, 1", "60Z ZZ 1 1"]
)
def test_what_is_no_position_is_one_clear_sentence(text):
    with pytest.raises(PositionError) as raised:
        read_position(text)
    assert "\n" not in str(raised.value)


@given(st.floats(-90, 90).map(lambda v: round(v, 6)), st.floats(-180, 180).map(lambda v: round(v, 6)))
def test_decimal_degrees_come_back_as_written(lat, lon):
    at = read_position(f"{lat:.6f}, {lon:.6f}")
    assert (at.lat, at.lon) == (lat, lon)


@given(st.text(max_size=90))
def test_any_text_gives_a_position_or_a_position_error(text):
    with contextlib.suppress(PositionError):
        read_position(text)
