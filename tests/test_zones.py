"""Zones: each claim gets the shape that its words support and no more."""

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point

from geo.article import Article, Span
from geo.claims.model import CountClaim, DistanceClaim, Reference
from geo.explain import how_made
from geo.geodesy import LonLat, area_m2, azimuth_deg, clipped, destination, distance_to, length_m
from geo.options import Options
from geo.places import Place
from geo.shapes import NotDrawn, metres
from geo.spread import Stated, spread_of
from geo.stores.borders import open_borders
from geo.strips import AZIMUTHS
from geo.zones import Zone, drawings_of, town_radius_m, zone_of, zones_of
from tests.fakes import (
    BORDERTON,
    EASTCAPE,
    EASTLAND,
    FARPORT,
    LANDS,
    MIDTOWN,
    NORTHSHIRE,
    WESTLAND,
    FakeBorders,
    FakeGazetteer,
    a_place,
    resolved,
)

GAZETTEER, BORDERS = FakeGazetteer(), FakeBorders()


def a_claim(relation: str, *places: Place, value: float | None = 10_000.0, **rest: Any) -> DistanceClaim:
    """Make a claim of an exact distance from places; `rest` overrides any field."""
    fields: dict[str, Any] = {
        "span": Span(start=0, end=5),
        "sentence_no": 1,
        "quote": "A sentence.",
        "relation": relation,
        "min_m": value,
        "max_m": value,
        "bound": "exact",
        "value_m": value,
        "quantity": "10 km",
        "references": tuple(Reference(text=place.name, resolution=resolved(place)) for place in places),
    }
    return DistanceClaim(**(fields | rest))


def up_to(depth: float, **rest: Any) -> DistanceClaim:
    """Make "Eastland's forces advanced up to `depth` into Westland"."""
    fields = {
        "min_m": 0.0, "max_m": depth, "bound": "max", "value_m": depth, "rounding_m": 250.0,
        "reference_kind": "country", "mover": resolved(EASTLAND),
    }  # fmt: skip
    return a_claim("into", WESTLAND, **(fields | rest))


def drawn(claim: DistanceClaim, *named: Place, nearby: Sequence[Place] = (), options: Options | None = None) -> Zone:
    zone = attempted(claim, *named, nearby=nearby, options=options)
    assert isinstance(zone, Zone), zone
    return zone


def attempted(
    claim: DistanceClaim, *named: Place, nearby: Sequence[Place] = (), options: Options | None = None
) -> Zone | NotDrawn:
    sentence, beside = [resolved(place) for place in named], [resolved(place) for place in nearby]
    return zone_of(
        claim,
        gazetteer=GAZETTEER,
        borders=BORDERS,
        options=options or Options(),
        sentence=sentence,
        nearby=beside,
        article=[*sentence, *beside],
    )


def holds(zone: Zone, at: LonLat, *, part: str = "fringe") -> bool:
    return bool(getattr(zone, part).covers(Point(at.lon, at.lat)))


# Into a territory


def test_up_to_seven_and_a_half_km_into_a_country_is_a_strip_inside_it_near_the_named_town() -> None:
    zone = drawn(up_to(7_500), EASTLAND, WESTLAND, BORDERTON)
    assert LANDS["WL"].buffer(1e-7).covers(zone.fringe)
    assert zone.sector == "limited to 15 km around Borderton, which the sentence names"
    assert not zone.weak
    assert zone.warning is None
    assert zone.area_m2 < 30_000 * 7_750
    assert (zone.where_prec, zone.geo_precision) == (2, 2)


def test_a_strip_without_a_named_place_is_the_whole_border_and_weak() -> None:
    zone = drawn(up_to(7_500), EASTLAND, WESTLAND)
    assert zone.weak
    assert zone.sector is None
    assert zone.warning is not None
    assert zone.warning.startswith("location along the border not stated: the whole strip of 1,")
    assert zone.where_prec == 5


def test_a_whole_border_of_many_bends_is_thinned_and_says_by_how_much(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = drawn(up_to(7_500), EASTLAND, WESTLAND)
    monkeypatch.setattr("geo.strips.MOST_VERTICES", 2)  # never reached: the line has two parts
    monkeypatch.setattr("geo.strips.TOLERANCES_M", (80.0,))
    zone = drawn(up_to(7_500), EASTLAND, WESTLAND)
    assert exact.derivation["thinned_m"] == 0
    assert zone.derivation["thinned_m"] == 80
    assert any("thinned by up to 80 m, and the fringe grown by as much" in told for told in zone.assumptions)
    assert zone.area_m2 == pytest.approx(exact.area_m2 * 7_830 / 7_750, rel=2e-3)


def test_the_embassy_of_a_country_is_not_the_country() -> None:
    claim = a_claim("from", WESTLAND, reference_kind="facility")
    assert isinstance(attempted(claim), NotDrawn)


def test_the_core_is_what_the_words_allow_and_the_fringe_adds_the_rounding() -> None:
    zone = drawn(up_to(7_500), BORDERTON)
    line = BORDERS.shared_border("WL", "EL", Options().world_view).line
    inner = LonLat(lon=zone.core.bounds[0], lat=40.5)
    outer = LonLat(lon=zone.fringe.bounds[0], lat=40.5)
    assert distance_to(line, inner) == pytest.approx(7_500, abs=60)
    assert distance_to(line, outer) == pytest.approx(7_750, abs=60)


def test_the_part_of_a_border_that_the_sector_is_near_is_the_one_that_is_meant() -> None:
    zone = drawn(up_to(7_500), FARPORT)
    assert zone.fringe.bounds[2] < 44.2
    assert any("several parts" in sentence for sentence in zone.assumptions)


def test_a_remote_town_widens_its_sector_until_it_reaches_past_the_border() -> None:
    remote = a_place("Remote", 44.7, 40.5, country="WL")  # 25.4 km from the border
    zone = drawn(up_to(5_000), remote)
    assert zone.derivation["sector_radius_m"] == pytest.approx(27_900, abs=100)
    assert zone.sector is not None
    assert "25.4 km from the border" in zone.sector


def test_a_town_too_far_from_the_border_is_no_sector() -> None:
    assert drawn(up_to(5_000), a_place("Capital", 44.2, 40.98, country="WL")).weak is False  # the exclave is near
    assert drawn(up_to(5_000), a_place("Elsewhere", 10.0, 50.0)).weak


def test_a_remote_town_of_another_sentence_is_no_sector() -> None:
    remote = a_place("Remote", 44.7, 40.5, country="WL")  # 25.4 km from the border
    assert drawn(up_to(5_000), EASTLAND, nearby=[remote]).weak


def test_a_region_across_the_border_limits_nothing() -> None:
    across = replace(NORTHSHIRE, country="EL")
    assert drawn(up_to(7_500), across).weak


def test_a_district_limits_the_strip_to_its_outline() -> None:
    zone = drawn(up_to(7_500), NORTHSHIRE)
    assert zone.fringe.bounds[1] > 40.67
    assert zone.sector == "limited to Northshire, which the sentence names"


def test_a_place_beside_the_sentence_serves_when_the_sentence_names_none() -> None:
    zone = drawn(up_to(7_500), EASTLAND, nearby=[BORDERTON])
    assert zone.sector == "limited to 15 km around Borderton, named right after the claim"


def test_a_stated_depth_that_is_no_bound_is_drawn_from_the_border_on() -> None:
    zone = drawn(up_to(7_500, min_m=7_500.0, bound="exact"), BORDERTON)
    assert holds(zone, LonLat(lon=44.999, lat=40.5), part="core")


def test_where_no_mover_is_known_the_country_that_the_text_names_is_the_other_side() -> None:
    zone = drawn(up_to(7_500, mover=None), EASTLAND, BORDERTON)
    assert "The sentence names Eastland, so its border with Westland is meant." in zone.assumptions


def test_a_region_is_entered_over_its_outline() -> None:
    zone = drawn(a_claim("into", NORTHSHIRE, value=2_000.0, reference_kind="region"))
    assert GAZETTEER.outlines[NORTHSHIRE.id].buffer(1e-6).covers(zone.fringe)


@settings(max_examples=30, deadline=None)
@given(depths=st.tuples(st.floats(200, 60_000), st.floats(200, 60_000)), named=st.sampled_from([0, 1, 2, 3, 4]))
def test_a_larger_depth_never_gives_a_smaller_zone(depths: tuple[float, float], named: int) -> None:
    places = [(), (BORDERTON,), (MIDTOWN,), (NORTHSHIRE,), (BORDERTON, FARPORT)][named]
    small, large = (drawn(up_to(depth), *places) for depth in sorted(depths))
    assert small.area_m2 <= large.area_m2 * (1 + 1e-6)
    assert area_m2(small.core) <= area_m2(large.core) * (1 + 1e-6)


@pytest.mark.parametrize(("codes", "vertices"), [("AM-AZ", 1_500), ("AM-AZ", 100), ("LB-IL", 60), ("UA-RU", 1_500)])
def test_a_larger_depth_never_gives_a_smaller_zone_along_a_whole_real_border(
    codes: str, vertices: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.strips.MOST_VERTICES", vertices)
    target, mover = (a_place(code, 0, 0, kind="country", country=code) for code in codes.split("-"))
    claim = replace(
        up_to(1), references=(Reference(text=target.name, resolution=resolved(target)),), mover=resolved(mover)
    )
    smaller: Zone | None = None
    for depth in (200, 500, 1_700, 1_900, 1_950, 5_000, 5_010, 7_500, 7_501, 15_000, 15_900, 60_000):
        deeper = replace(claim, max_m=float(depth), value_m=float(depth))
        zone = zone_of(deeper, gazetteer=GAZETTEER, borders=open_borders(), options=Options())
        assert isinstance(zone, Zone)
        assert (zone.derivation["thinned_m"] > 0) == (codes != "AM-AZ" or vertices == 100)
        if smaller is not None:
            assert smaller.area_m2 <= zone.area_m2
            for part in ("core", "fringe"):
                lost = shapely.difference(getattr(smaller, part), getattr(zone, part))
                assert area_m2(lost) <= 1e-6 * zone.area_m2
        smaller = zone


@settings(max_examples=30, deadline=None)
@given(depth=st.floats(200, 60_000), lon=st.floats(43.7, 46), lat=st.floats(40, 41))
def test_a_zone_into_a_country_lies_in_it(depth: float, lon: float, lat: float) -> None:
    zone = drawn(up_to(depth), a_place("Somewhere", lon, lat))
    assert LANDS["WL"].buffer(1e-7).covers(zone.fringe)
    assert zone.fringe.buffer(1e-7).covers(zone.core)


@pytest.mark.parametrize("codes", "AM-AZ AZ-AM UA-RU CD-RW LB-IL SD-TD CO-VE".split())
def test_a_zone_into_a_real_country_lies_in_it_and_a_whole_border_but_for_its_thinning(codes: str) -> None:
    borders, (target, mover) = open_borders(), codes.split("-")
    view = Options().world_view
    there, theirs = (a_place(code, 0, 0, kind="country", country=code) for code in (target, mover))
    line = borders.shared_border(target, mover, view).line
    at = max(line.geoms, key=lambda part: part.length).interpolate(0.5, normalized=True)
    town = a_place("Town", at.x, at.y, country=target)
    claim = replace(
        up_to(7_500), references=(Reference(text=target, resolution=resolved(there)),), mover=resolved(theirs)
    )
    land = borders.territory(target, view).land
    for named in ((town,), ()):
        sentence = [resolved(place) for place in named]
        zone = zone_of(claim, gazetteer=GAZETTEER, borders=borders, options=Options(), sentence=sentence)
        assert isinstance(zone, Zone)
        spare = zone.derivation["thinned_m"]
        inside = clipped(land, to=zone.fringe)
        outside = shapely.difference(zone.fringe, shapely.buffer(inside, 1e-7))
        assert area_m2(outside) <= length_m(line) * 2 * spare + 10
        assert zone.weak == (not named)
        assert not named or spare == 0


# Around a town


@pytest.mark.parametrize("direction", list(AZIMUTHS))
def test_a_direction_turns_with_the_compass(direction: Any) -> None:
    zone = drawn(a_claim("direction_of", MIDTOWN, direction=direction))
    middle = zone.core.centroid
    off = azimuth_deg(MIDTOWN.at, LonLat(lon=middle.x, lat=middle.y)) - AZIMUTHS[direction]
    assert abs((off + 180) % 360 - 180) < 2
    assert holds(zone, destination(MIDTOWN.at, azimuth=AZIMUTHS[direction], distance_m=9_500), part="core")


def test_a_distance_without_direction_is_a_ring() -> None:
    zone = drawn(a_claim("from", MIDTOWN))
    for azimuth in (0, 77, 180, 291):
        assert holds(zone, destination(MIDTOWN.at, azimuth=azimuth, distance_m=10_000))
    assert not holds(zone, MIDTOWN.at)


def test_the_same_distance_in_other_units_is_the_same_zone() -> None:
    metric = drawn(a_claim("within", MIDTOWN, min_m=0.0, max_m=1_609.344, bound="max", quantity="1,609 m"))
    imperial = drawn(a_claim("within", MIDTOWN, min_m=0.0, max_m=1_609.344, bound="max", quantity="1 mile"))
    assert metric.fringe.equals(imperial.fringe)


def test_within_is_a_disc_and_its_fringe_takes_in_the_size_of_the_town() -> None:
    zone = drawn(a_claim("within", MIDTOWN, min_m=0.0, max_m=10_000.0, bound="max"))
    assert area_m2(zone.core) == pytest.approx(math.pi * 10_000**2, rel=1e-3)
    assert area_m2(zone.fringe) == pytest.approx(math.pi * (10_000 + town_radius_m(MIDTOWN)) ** 2, rel=1e-3)


def test_a_place_whose_position_is_only_roughly_known_has_a_wider_outer_area() -> None:
    rough = replace(MIDTOWN, note="camp; common usage; position from memory, to about 5 km")
    exact, wide = (drawn(a_claim("within", p, min_m=0.0, max_m=10_000.0, bound="max")) for p in (MIDTOWN, rough))
    assert wide.core.equals(exact.core)
    assert area_m2(wide.fringe) == pytest.approx(math.pi * (15_000 + town_radius_m(MIDTOWN)) ** 2, rel=1e-2)
    assert any("known to about 5 km only" in sentence for sentence in wide.assumptions)


def test_an_area_without_an_outline_is_no_point_to_measure_from() -> None:
    shire = replace(NORTHSHIRE, has_outline=False)
    claim = a_claim("within", shire, min_m=0.0, max_m=10_000.0, bound="max")
    refused = attempted(claim)
    assert isinstance(refused, NotDrawn)
    assert "no outline in the data" in refused.because


def test_more_than_has_no_end_and_says_which_one_is_assumed() -> None:
    zone = drawn(a_claim("from", MIDTOWN, min_m=10_000.0, max_m=None, bound="min"))
    assert not holds(zone, MIDTOWN.at)
    assert any("20 km, twice the stated, is assumed" in sentence for sentence in zone.assumptions)


def test_near_a_big_town_is_wider_than_near_a_small_one() -> None:
    bare = {"value": None, "min_m": None, "max_m": None}
    big, small = (drawn(a_claim("from", place, **bare)) for place in (MIDTOWN, BORDERTON))
    assert big.area_m2 > 2 * small.area_m2
    assert all("is assumed, from the size of" in zone.assumptions[1] for zone in (big, small))


def test_south_of_a_town_without_a_distance_lies_south() -> None:
    zone = drawn(a_claim("direction_of", MIDTOWN, value=None, min_m=None, max_m=None, direction="S"))
    assert zone.fringe.centroid.y < MIDTOWN.at.lat


def test_an_area_is_measured_from_its_edge() -> None:
    zone = drawn(a_claim("direction_of", NORTHSHIRE, direction="N", reference_kind="region"))
    assert zone.fringe.bounds[1] > 41
    inside = drawn(a_claim("within", NORTHSHIRE, min_m=0.0, max_m=5_000.0, bound="max", reference_kind="region"))
    assert inside.fringe.covers(GAZETTEER.outlines[NORTHSHIRE.id])


@settings(max_examples=60, deadline=None)
@given(
    km=st.floats(0.3, 800),
    population=st.integers(0, 20_000_000),
    directed=st.booleans(),
    hedge=st.sampled_from([None, "about", "approximately", "some"]),
    miles=st.booleans(),
)
def test_the_core_lies_in_the_fringe(
    km: float, population: int, directed: bool, hedge: str | None, miles: bool
) -> None:
    spread = spread_of(Stated(distance_m=1000 * km, directed=directed, hedge=hedge, miles=miles, population=population))
    for angle in (0.0, 10.0, 30.0):
        if angle < spread.core.half_width:
            core, fringe = spread.core.ratios(angle), spread.fringe.ratios(angle)
            assert 0 < fringe[0] <= core[0] <= core[1] <= fringe[1]
    assert spread.core.half_width <= spread.fringe.half_width


@settings(max_examples=40, deadline=None)
@given(
    lon=st.floats(-180, 180), lat=st.floats(-90, 90), km=st.floats(0.5, 600), direction=st.sampled_from(list(AZIMUTHS))
)
def test_zones_are_valid_anywhere(lon: float, lat: float, km: float, direction: Any) -> None:
    zone = drawn(a_claim("direction_of", a_place("Anywhere", lon, lat), value=1000 * km, direction=direction))
    assert zone.core.is_valid
    assert zone.fringe.is_valid
    assert zone.fringe.bounds[0] >= -180
    assert zone.fringe.bounds[2] <= 180
    assert area_m2(shapely.difference(zone.core, zone.fringe)) <= 1e-3 * area_m2(zone.core)


@settings(max_examples=40, deadline=None)
@given(
    lon=st.floats(43.5, 46.5), lat=st.floats(39.5, 41.5), km=st.floats(1, 60), relation=st.sampled_from(
        ["from", "within", "direction_of"]
    ), direction=st.sampled_from(list(AZIMUTHS)),
)  # fmt: skip
def test_no_zone_about_something_on_land_crosses_into_the_sea(
    lon: float, lat: float, km: float, relation: str, direction: Any
) -> None:
    words = {"direction": direction} if relation == "direction_of" else {"min_m": 0.0} if relation == "within" else {}
    claim = a_claim(relation, a_place("Somewhere", lon, lat), value=1000 * km, **({"max_m": 1000 * km} | words))
    zone = drawn(claim)
    land = shapely.union_all(list(LANDS.values()))
    at_sea = area_m2(shapely.difference(zone.fringe, land)) + area_m2(shapely.difference(zone.core, land))
    said = any("No land lies there" in told for told in zone.assumptions)
    assert said or at_sea <= 1e-6 * zone.area_m2
    assert not said or at_sea == pytest.approx(zone.area_m2 + area_m2(zone.core), rel=1e-6)


@pytest.mark.parametrize(
    "quote",
    ["A tanker was hit 10 km from Eastcape.", "It sank 10 nautical miles from Eastcape.", "A quake struck there."],
)
def test_what_may_be_at_sea_is_not_cut_at_the_shore(quote: str) -> None:
    land = shapely.union_all(list(LANDS.values()))
    dry, wet = (drawn(a_claim("from", EASTCAPE, quote=words)) for words in ("A depot was hit.", quote))
    assert land.buffer(1e-9).covers(dry.fringe)
    assert wet.area_m2 > dry.area_m2
    assert "Something on land is meant: what lies in the sea or a large lake is left out." in dry.assumptions


# From a border, off a coast, along, between


def test_from_the_border_is_on_the_side_of_the_town_that_the_sentence_names() -> None:
    zone = drawn(a_claim("from", EASTLAND, reference_kind="border"), BORDERTON, WESTLAND)
    assert LANDS["WL"].buffer(1e-7).covers(zone.fringe)
    assert "Borderton lies in Westland, so that side of the border is meant." in zone.assumptions


def test_from_the_border_without_a_side_is_on_both() -> None:
    zone = drawn(a_claim("from", EASTLAND, WESTLAND, reference_kind="border"))
    assert zone.weak
    assert zone.fringe.bounds[0] < 45 < zone.fringe.bounds[2]
    assert "The text does not say on which side of the border, so both are shown." in zone.assumptions


def test_what_a_state_evacuates_near_a_border_is_on_its_own_side() -> None:
    zone = drawn(a_claim("from", EASTLAND, WESTLAND, reference_kind="border", placed=resolved(WESTLAND)))
    assert LANDS["WL"].buffer(1e-7).covers(zone.fringe)


def test_a_known_town_whose_distance_from_the_border_is_stated_is_no_strip() -> None:
    claim = a_claim("from", EASTLAND, WESTLAND, reference_kind="border", placed=resolved(BORDERTON))
    refused = attempted(claim, BORDERTON)
    assert isinstance(refused, NotDrawn)
    assert refused.because == "it says where Borderton lies, which the map shows: see its check"


def test_a_buffer_zone_inside_a_state_is_in_that_state() -> None:
    claim = a_claim("buffer", EASTLAND, reference_kind="country", placed=resolved(EASTLAND))
    zone = drawn(claim, WESTLAND)
    assert LANDS["EL"].buffer(1e-7).covers(zone.fringe)


def test_what_the_words_only_imply_is_an_assumption_of_the_zone() -> None:
    taken = "“the city” is taken to be Midtown, the last named before it that fits"
    reference = Reference(text="the city", resolution=resolved(MIDTOWN), inferred=taken)
    assert drawn(a_claim("from", references=(reference,))).assumptions[0] == f"{taken}."


def test_between_towns_far_apart_is_no_location() -> None:
    far = a_place("Farawayville", 54.5, 40.5)
    assert isinstance(attempted(a_claim("between", MIDTOWN, far, value=None)), NotDrawn)


@pytest.mark.parametrize("words", ["Nowhereshire", "their region's border"])
def test_a_border_of_something_unknown_is_not_taken_for_that_of_a_state(words: str) -> None:
    claim = a_claim("from", reference_kind="border", references=(Reference(text=words),))
    assert isinstance(attempted(claim, BORDERTON, WESTLAND, EASTLAND), NotDrawn)


def test_the_border_alone_is_that_of_the_states_in_the_text() -> None:
    claim = a_claim("from", reference_kind="border", references=(Reference(text="the border"),))
    assert isinstance(attempted(claim, BORDERTON, WESTLAND, EASTLAND), Zone)


def test_east_of_the_border_is_the_eastern_side() -> None:
    zone = drawn(a_claim("direction_of", WESTLAND, EASTLAND, reference_kind="border", direction="W"))
    assert LANDS["WL"].buffer(1e-7).covers(zone.fringe)


def test_a_buffer_zone_lies_on_both_sides_of_the_border() -> None:
    zone = drawn(a_claim("buffer", WESTLAND, EASTLAND, reference_kind="border"), BORDERTON)
    assert holds(zone, LonLat(lon=44.999, lat=40.5))


def test_off_the_coast_is_at_sea() -> None:
    zone = drawn(a_claim("off", EASTLAND, reference_kind="coast"))
    assert area_m2(shapely.intersection(zone.fringe, shapely.union_all(list(LANDS.values())))) == 0
    assert zone.where_prec == 7


def test_a_coast_that_is_too_long_for_its_distance_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.strips.MOST_DRAWN", 3)
    result = attempted(a_claim("off", EASTLAND, reference_kind="coast"), EASTLAND)
    assert isinstance(result, NotDrawn)
    assert "does not say where along the coast of" in result.because


def test_off_a_town_is_at_sea_near_it() -> None:
    zone = drawn(a_claim("off", EASTCAPE, reference_kind="coast"))
    assert zone.fringe.bounds[3] <= 40 + 1e-9
    assert not zone.weak


def test_a_stretch_of_a_border_lies_nearest_to_the_named_town() -> None:
    zone = drawn(a_claim("along", WESTLAND, EASTLAND, reference_kind="border"), BORDERTON)
    assert zone.core.bounds[3] - zone.core.bounds[1] == pytest.approx(12_000 / 111_000, rel=0.02)
    assert drawn(a_claim("along", WESTLAND, EASTLAND, reference_kind="border")).weak


def test_between_two_towns_is_a_corridor() -> None:
    zone = drawn(a_claim("between", MIDTOWN, BORDERTON, value=None, min_m=None, max_m=None))
    assert holds(zone, LonLat(lon=44.7, lat=40.5), part="core")
    assert not holds(zone, LonLat(lon=44.7, lat=40.6))


def test_halfway_is_a_disc_in_the_middle_and_is_said_to_be_one() -> None:
    bare = {"value": None, "min_m": None, "max_m": None}
    zone = drawn(a_claim("between", MIDTOWN, BORDERTON, hedge="halfway between", **bare))
    assert zone.fringe.centroid.x == pytest.approx((MIDTOWN.at.lon + BORDERTON.at.lon) / 2, abs=0.01)
    radius = zone.derivation["half_widths_m"][1]
    assert area_m2(zone.fringe) == pytest.approx(math.pi * radius**2, rel=1e-3)
    assert f"a disc of {metres(radius)} around the middle" in zone.assumptions[0]


# What is not drawn


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (a_claim("from", reference_kind="frontline"), "front line"),
        (a_claim("from", reference_kind="settlement"), "is not known"),
        (a_claim("into"), "into whose territory"),
        (a_claim("into", a_place("Nowhereland", 0, 0, kind="country", country="XX")), "XX"),
        (a_claim("along", MIDTOWN, reference_kind="river"), "river"),
        (a_claim("between", MIDTOWN), "only one of the two"),
        (a_claim("from", MIDTOWN, draw=False, not_drawn_because="a weapon's range"), "a weapon's range"),
        (a_claim("area", WESTLAND), "card of its place"),
    ],
)
def test_what_is_not_drawn_says_why(claim: DistanceClaim, reason: str) -> None:
    result = attempted(claim)
    assert isinstance(result, NotDrawn)
    assert reason in result.because


# The whole of an article


def test_an_article_gives_zones_in_the_order_of_its_claims_and_leaves_counts_alone() -> None:
    text = "Eastland advanced 7.5 km into Westland at Borderton. Ten were killed. It was 10 km from Midtown."
    article = Article(text=text)
    named = [resolved(place, start=text.index(place.name)) for place in (EASTLAND, WESTLAND, BORDERTON, MIDTOWN)]
    count = CountClaim(span=Span(start=53, end=56), sentence_no=2, quote="", what="killed", value=10, bound="exact")
    claims = [up_to(7_500), count, a_claim("from", MIDTOWN, sentence_no=3)]
    zones = zones_of(claims, named, article, gazetteer=GAZETTEER, borders=BORDERS, options=Options())
    assert [zone.claim.relation for zone in zones] == ["into", "from"]
    assert zones[0].sector is not None
    again = drawings_of(claims, named, article, gazetteer=GAZETTEER, borders=BORDERS, options=Options())
    assert [zone.fringe.wkb for zone in zones] == [zone.fringe.wkb for zone in again if isinstance(zone, Zone)]


def test_the_derivation_is_json() -> None:
    for zone in (drawn(up_to(7_500), BORDERTON), drawn(a_claim("from", MIDTOWN)), drawn(a_claim("off", EASTLAND))):
        known = json.loads(json.dumps(dict(zone.derivation), allow_nan=False))
        assert known["world_view"] == "de facto"
        assert known["references"][0]["name"]


AT_BORDER = {"reference_kind": "border"}
WITHIN = {"min_m": 0.0, "bound": "max"}
DISTRICT = {"quote": "25 km from Borderton in Northshire", "span": Span(start=0, end=20)}
STATES = [resolved(WESTLAND), resolved(EASTLAND)]
THE_BORDER = "the border of Westland with Eastland (fake borders, world view: de facto)"
KINDS: dict[str, tuple[DistanceClaim, tuple[Place, ...], str]] = {
    "disc": (a_claim("within", MIDTOWN, **WITHIN), (), "From the point of Midtown: up to 10 km (core), up to "),
    "ring": (a_claim("from", MIDTOWN), (), "From the point of Midtown: 8.5 km to 11.1 km (core), "),
    "lens": (a_claim("direction_of", MIDTOWN, direction="NE"), (), "Midtown, 45° clockwise from north: "),
    "sector": (
        a_claim("direction_of", MIDTOWN, direction="N", max_m=None, bound="min"), (), "0° clockwise from north: 10 km"
    ),
    "near": (a_claim("direction_of", MIDTOWN, value=None, direction="N"), (), "From the point of Midtown, 0°"),
    "outline": (a_claim("within", NORTHSHIRE, **WITHIN), (), "From the edge of Northshire: up to 10 km (core)"),
    "strip": (up_to(7_500), (BORDERTON,), f"From {THE_BORDER}: up to 7.5 km (core), up to 7.8 km (fringe); limited"),
    "whole border": (up_to(7_500), (), f"From {THE_BORDER}: up to 7.5 km (core), up to 7.8 km (fringe)."),
    "from a border": (a_claim("from", WESTLAND, EASTLAND, **AT_BORDER), (BORDERTON,), f"From {THE_BORDER}: 9.2 km to"),
    "buffer": (a_claim("buffer", WESTLAND, EASTLAND, **AT_BORDER), (BORDERTON,), f"From {THE_BORDER}: up to 10.8 km"),
    "into a region": (a_claim("into", NORTHSHIRE, reference_kind="region"), (), "From the border of Northshire (fake"),
    "stretch": (a_claim("along", WESTLAND, EASTLAND, **AT_BORDER), (BORDERTON,), f"15 km (fringe) along {THE_BORDER}"),
    "whole stretch": (a_claim("along", WESTLAND, EASTLAND, **AT_BORDER), (), f"10 km along {THE_BORDER}, 1 km on"),
    "coast": (a_claim("off", EASTLAND, reference_kind="coast"), (), "From the coast of Eastland (fake borders, world"),
    "between": (a_claim("between", MIDTOWN, BORDERTON, value=None), (), "line of 33.9 km between Midtown and"),
    "halfway": (
        a_claim("between", MIDTOWN, BORDERTON, value=None, hedge="halfway between"), (), "Around the middle of the"
    ),
    "shore": (a_claim("from", EASTCAPE), (), "; only what is land in fake borders."),
    "district": (a_claim("from", BORDERTON, value=25_000.0, **DISTRICT), (NORTHSHIRE,), "; only what lies in Norths"),
}  # fmt: skip
ON_A_LINE = ("from a border", "strip", "whole border", "buffer", "into a region", "stretch", "whole stretch", "coast")
ASSUME_NOTHING = ("ring", "lens", "strip", "whole border")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_zone_says_how_it_was_made_in_data_and_in_a_sentence(kind: str) -> None:
    claim, named, words = KINDS[kind]
    sentence = [resolved(place, start=24) for place in named]
    zone = zone_of(claim, gazetteer=GAZETTEER, borders=BORDERS, options=Options(), sentence=sentence, article=STATES)
    assert isinstance(zone, Zone), zone
    known = json.loads(json.dumps(dict(zone.derivation), allow_nan=False))
    assert {place["id"] for place in known["references"]} >= {r.resolution.place.id for r in claim.references}
    assert all(abs(place["lon"]) <= 180 for place in known["references"])
    assert known["gazetteer"] == GAZETTEER.version
    assert known["world_view"] == "de facto"
    assert bool(known["border_dataset"]) == (kind in ON_A_LINE)
    assert {"core_m", "core", "length_m", "half_widths_m"} & known.keys()
    assert {"fringe_m", "fringe", "half_width_m", "half_widths_m"} & known.keys()
    assert known["assumptions"] == list(zone.assumptions)
    assert zone.assumptions or kind in ASSUME_NOTHING
    assert known["sector"] == zone.sector
    assert words in (how_made(zone.derivation, zone.sector) or "")


@pytest.mark.parametrize(("value", "words"), [(7_500, "7.5 km"), (250, "250 m"), (12_000, "12 km"), (1e6, "1,000 km")])
def test_distances_are_written_for_a_reader(value: float, words: str) -> None:
    assert metres(value) == words


def test_two_clauses_about_one_thing_are_the_intersection_of_their_shapes() -> None:
    article = Article(text="The ship was hit 10 km east of Borderton, 12 km from Borderton.")
    spans = [Span(start=17, end=40), Span(start=42, end=62)]
    relations = [
        a_claim("direction_of", BORDERTON, span=spans[0], direction="E"),
        a_claim("from", BORDERTON, span=spans[1], min_m=12_000.0, max_m=12_000.0, value_m=12_000.0),
    ]
    alone = [drawn(claim) for claim in relations]
    first, both = drawings_of(relations, [], article, gazetteer=GAZETTEER, borders=BORDERS, options=Options())
    assert isinstance(first, NotDrawn)
    assert "both say where one thing is" in first.because
    assert isinstance(both, Zone)
    assert both.area_m2 < min(zone.area_m2 for zone in alone)
    assert all(zone.fringe.buffer(1e-9).covers(both.fringe) for zone in alone)


def test_a_district_named_with_the_distance_limits_the_zone_to_it() -> None:
    whole = drawn(a_claim("from", BORDERTON, value=25_000.0))
    claim = a_claim(
        "from", BORDERTON, value=25_000.0, span=Span(start=0, end=20), quote="25 km from Borderton in Northshire"
    )
    there = resolved(NORTHSHIRE, start=24)
    zone = zone_of(claim, gazetteer=GAZETTEER, borders=BORDERS, options=Options(), sentence=[there])
    assert isinstance(zone, Zone)
    assert zone.area_m2 < whole.area_m2
    assert GAZETTEER.outline(NORTHSHIRE.id).buffer(1e-9).covers(zone.fringe)
    assert any("Northshire" in assumption for assumption in zone.assumptions)
