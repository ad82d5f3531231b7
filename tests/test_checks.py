"""Checks: what a report says against the map, and against itself."""

from typing import Any

import pytest

from geo.article import Span
from geo.checks import Check, checks_of
from geo.claims.model import AreaClaim, Claim, CountClaim
from geo.options import Options
from geo.places import Place
from geo.resolve import Resolution
from geo.zones import Zone, zone_of
from tests.fakes import BORDERTON, EASTLAND, MIDTOWN, WESTLAND, FakeBorders, FakeGazetteer, a_place, resolved
from tests.test_zones import a_claim, up_to

GAZETTEER, BORDERS = FakeGazetteer(), FakeBorders()
TEXT = "Borderton, about 10 km from the border with Eastland, was shelled."


def checks(*claims: Claim, named: tuple[Resolution, ...] = (), zones: tuple[Zone, ...] = ()) -> tuple[Check, ...]:
    return checks_of(claims, named, zones, gazetteer=GAZETTEER, borders=BORDERS, options=Options())


def said_of(place: Place, *references: Place, value: float, kind: str, **rest: Any) -> tuple[Check, ...]:
    """Check "<place>, <value> from <references>"; the place stands right before the distance."""
    claim = a_claim(
        "direction_of" if "direction" in rest else "from", *references, value=value, reference_kind=kind,
        span=Span(start=20, end=30), quote=f"{place.name}, that far.", **rest,
    )  # fmt: skip
    named = (resolved(place, start=20 - len(place.name) - 2), *(resolved(other, start=40) for other in references))
    return checks(claim, named=named)


@pytest.mark.parametrize(
    ("stated_km", "bound", "verdict"),
    [
        (8.5, "exact", "agrees"),
        (10, "approx", "agrees"),  # 8.5 km, and a town of 4,000 people is no point
        (12.5, "exact", "doubtful"),
        (40, "exact", "contradicts"),
        (2, "exact", "contradicts"),
    ],
)
def test_a_distance_from_the_border_is_measured_on_the_border(stated_km: float, bound: str, verdict: str) -> None:
    [check] = said_of(BORDERTON, WESTLAND, EASTLAND, value=1000 * stated_km, kind="border", bound=bound)
    assert check.verdict == verdict
    assert check.measured_m == pytest.approx(8_480, abs=10)
    about = "about " if bound == "approx" else ""
    assert check.text == (
        f"The report puts Borderton {about}{stated_km:g} km from the border of Westland with Eastland; "
        "on this border it is 8.5 km."
    )


@pytest.mark.parametrize(("bound", "low", "high"), [("max", 0, 10_000), ("min", 5_000, None)])
def test_a_bound_agrees_with_anything_inside_it(bound: str, low: float, high: float | None) -> None:
    [check] = said_of(
        BORDERTON, WESTLAND, EASTLAND, value=10_000, kind="border", bound=bound, min_m=low, max_m=high
    )  # fmt: skip
    assert check.verdict == "agrees"


def test_a_distance_between_towns_may_be_the_roads() -> None:
    near = a_place("Near", 44.6, 40.5, country="WL")  # 8.5 km from Midtown
    [check] = said_of(near, BORDERTON, value=32_000, kind="settlement")  # 25.4 km as the crow flies
    assert check.verdict == "agrees"
    assert "in a straight line it is 25.4 km" in check.text


def test_a_wrong_direction_contradicts() -> None:
    [check] = said_of(BORDERTON, MIDTOWN, value=33_900, kind="settlement", direction="W")
    assert check.verdict == "contradicts"
    assert check.text.endswith("It says W; on the map it is E.")


def test_a_place_that_is_absurdly_far_away_is_rather_a_misread_name() -> None:
    namesake = a_place("Namesake", 10.0, 50.0)
    [check] = said_of(namesake, MIDTOWN, value=60_000, kind="settlement", direction="W")
    assert check.verdict == "doubtful"
    assert check.text.endswith("Perhaps another place of that name is meant.")


def test_a_distance_of_no_place_is_not_checked() -> None:
    assert (
        checks(a_claim("from", WESTLAND, EASTLAND, reference_kind="border"), named=(resolved(MIDTOWN, start=90),)) == ()
    )


def test_what_an_advance_leaves_of_the_way_to_the_town_is_told() -> None:
    zone = zone_of(
        up_to(7_500), gazetteer=GAZETTEER, borders=BORDERS, options=Options(), sentence=[resolved(BORDERTON)],
        article=[resolved(EASTLAND)],
    )  # fmt: skip
    assert isinstance(zone, Zone)
    [check] = checks(zone.claim, zones=(zone,))
    assert check.text == (
        "Borderton is 8.5 km from the border of Westland with Eastland; an advance of up to 7.5 km leaves 980 m."
    )


# Sums, areas, repetitions


def killed(
    value: int, *, side: Place | None = None, whom: str | None = None, bound: str = "exact", at: int = 0
) -> CountClaim:
    return CountClaim(
        span=Span(start=at, end=at + 1), sentence_no=1, quote="", what="killed", value=value, bound=bound, whom=whom,
        side=resolved(side) if side else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("total", "bound", "verdict"),
    [
        (200, "min", "agrees"),
        (212, "exact", "agrees"),
        (230, "approx", "agrees"),
        (240, "exact", "doubtful"),
        (500, "min", "contradicts"),
    ],
)
def test_a_total_is_compared_with_the_sum_of_both_sides(total: int, bound: str, verdict: str) -> None:
    [check] = checks(
        killed(total, whom="troops on both sides", bound=bound),
        killed(135, side=WESTLAND, at=10),
        killed(77, side=EASTLAND, at=20),
    )
    assert check.verdict == verdict
    assert check.text.startswith("135 + 77 = 212 killed; that ")


def test_a_running_total_of_one_side_is_not_summed_twice() -> None:
    [check] = checks(
        killed(200, whom="on both sides", bound="min"),
        killed(105, side=WESTLAND, at=10),
        killed(135, side=WESTLAND, at=20),
        killed(77, side=EASTLAND, at=30),
    )
    assert check.text.startswith("135 + 77 = 212")


def test_one_side_alone_makes_no_sum() -> None:
    assert checks(killed(200, whom="on both sides"), killed(135, side=WESTLAND)) == ()


def test_an_area_is_compared_with_depth_times_width() -> None:
    area = AreaClaim(
        span=Span(start=1, end=2), sentence_no=1, quote="", value_m2=60e6, quantity="60 km²", bound="exact"
    )
    width = a_claim("along", WESTLAND, EASTLAND, value=8_500.0, reference_kind="border")
    [check] = checks(up_to(7_500), width, area)
    assert check.verdict == "agrees"
    assert check.text == ("The report has 60 km²; a depth of 7.5 km on a width of 8.5 km makes at most 64 km².")


def test_two_distances_of_one_thing_must_agree() -> None:
    one, other = (
        a_claim("from", MIDTOWN, value=value, figure="the column", claimant=who, span=Span(start=at, end=at + 1))
        for value, who, at in ((10_000.0, "Westland", 0), (30_000.0, "Eastland", 9))
    )
    [check] = checks(one, other)
    assert check.verdict == "contradicts"
    assert check.text == "On the column: Westland has 10 km, Eastland has 30 km."


def test_a_border_many_times_as_far_as_stated_is_rather_another_place() -> None:
    [check] = said_of(MIDTOWN, WESTLAND, EASTLAND, value=2_000, kind="border")
    assert check.verdict == "doubtful"
    assert check.text.endswith("Perhaps another place of that name is meant.")
