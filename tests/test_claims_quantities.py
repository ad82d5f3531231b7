"""Amounts with a unit: figures, words, ranges, conversions, rounding."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.claims.quantities import find_quantities

TABLE = Path(__file__).parent / "claims" / "quantities.jsonl"
ROWS = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_an_amount_is_read_as_metres(row):
    before = row.get("before", "about ")
    [quantity] = find_quantities(f"It lies {before}{row['text']} from Bardville.")
    assert [round(quantity.low), round(quantity.high)] == row["m"]


@pytest.mark.parametrize(
    "text",
    [
        "at 60 km/h",
        "at 60 kph",
        "$5m from donors",
        "€3 per mile",
        "1,1,1 km",
        "B6 km",
        "I'm from here",
        "350km/h (217 mph)",
    ],
)
def test_a_speed_a_price_or_a_broken_number_is_no_distance(text):
    assert not find_quantities(f"It went {text} yesterday.")


def test_square_kilometres_are_an_area():
    [quantity] = find_quantities("They lost 60 sq km.")
    assert (quantity.square, quantity.low) == (True, 60e6)


def test_a_conversion_that_disagrees_is_noted():
    [quantity] = find_quantities("It is 7.5 km (5.9 miles) away.")
    assert quantity.notes == ("the conversion in brackets disagrees: 7.5 km is 4.66 miles, not 5.9",)


@pytest.mark.parametrize(
    ("text", "rounding_m"), [("7.5 km", 250), ("7.3 km", 50), ("7 km", 500), ("30 km", 5000), ("150 km", 5000)]
)
def test_a_number_is_as_exact_as_its_last_digit(text, rounding_m):
    [quantity] = find_quantities(text)
    assert quantity.rounding == pytest.approx(rounding_m)


@given(st.text(alphabet="0123456789.,-½ kmilesfeandoz()/", max_size=60))
def test_a_quantity_lies_in_its_text_and_runs_upward(text):
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert 0 <= quantity.low <= quantity.high
        end = quantity.end


@given(st.integers(1, 9999), st.sampled_from(["km", "miles", "m", "nautical miles", "yards", "feet"]))
def test_more_is_never_shorter(number, unit):
    [less] = find_quantities(f"{number} {unit}")
    [more] = find_quantities(f"{number + 1} {unit}")
    assert less.high < more.low
