"""Laws that hold for every kind of zone: growth, sameness, land, validity; along real borders, the distance itself."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.claims.model import DistanceClaim, Reference
from geo.geodesy import LonLat, area_m2, clipped, distance_m, distance_to
from geo.options import Options
from geo.places import Place
from geo.stores.borders import open_borders
from geo.zones import Zone, zone_of
from tests.fakes import BORDERTON, EASTCAPE, EASTLAND, LANDS, MIDTOWN, NORTHSHIRE, WESTLAND, a_place, resolved
from tests.test_zones import GAZETTEER, a_claim, drawn, up_to

FIJI, POLE = a_place("Suva", 179.99, -17.5), a_place("Pole", 10, 89.9)
BORDER, COAST, SEA = {"reference_kind": "border"}, {"reference_kind": "coast"}, {"quote": "A ship was hit."}
Made = Callable[[float], DistanceClaim]


def bound(relation: str, *places: Place, **rest: object) -> Made:
    """Make an upper bound of any distance."""
    return lambda far: a_claim(relation, *places, value=far, **({"min_m": 0.0, "bound": "max"} | rest))


def exact(relation: str, *places: Place, **rest: object) -> Made:
    """Make a statement of any distance that is no bound."""
    return lambda far: a_claim(relation, *places, value=far, **rest)


BOUNDS: dict[str, tuple[Made, tuple[Place, ...]]] = {
    "disc": (bound("within", MIDTOWN), ()),
    "disc across the antimeridian": (bound("within", FIJI, **SEA), ()),
    "disc over a pole": (bound("within", POLE, **SEA), ()),
    "wedge": (bound("direction_of", MIDTOWN, direction="NNE"), ()),
    "outline grown": (bound("within", NORTHSHIRE), ()),
    "strip in a sector": (up_to, (BORDERTON,)),
    "whole border": (up_to, ()),
    "into a region": (bound("into", NORTHSHIRE, reference_kind="region"), ()),
    "both sides": (bound("buffer", WESTLAND, EASTLAND, **BORDER), ()),
    "within of a border": (bound("within", EASTLAND, **BORDER), (BORDERTON,)),
}  # fmt: skip
KINDS = BOUNDS | {
    "ring": (exact("from", MIDTOWN), ()),
    "ring across the antimeridian": (exact("from", FIJI, **SEA), ()),
    "ring around a pole": (exact("from", POLE, **SEA), ()),
    "lens": (exact("direction_of", MIDTOWN, direction="SW"), ()),
    "lens by a pole": (exact("direction_of", POLE, direction="N", **SEA), ()),
    "near": (lambda far: a_claim("from", MIDTOWN, value=None), ()),
    "off a coast": (exact("off", EASTLAND, **COAST), ()),
    "at the shore": (exact("from", EASTCAPE), ()),
    "from a border": (exact("from", WESTLAND, EASTLAND, **BORDER), (BORDERTON,)),
    "stretch": (exact("along", WESTLAND, EASTLAND, **BORDER), (BORDERTON,)),
    "between": (lambda far: a_claim("between", MIDTOWN, BORDERTON, value=None), ()),
    "between, across the antimeridian": (
        lambda far: a_claim("between", FIJI, a_place("Labasa", -179.2, -16.4), value=None, **SEA), ()
    ),
    "in a district": (exact("from", BORDERTON), (NORTHSHIRE,)),
}  # fmt: skip


@pytest.mark.parametrize("kind", BOUNDS)
@settings(max_examples=4, deadline=None, derandomize=True)
@given(far=st.tuples(st.floats(300, 60_000), st.floats(300, 60_000)))
def test_a_larger_upper_bound_never_gives_a_smaller_zone(kind: str, far: tuple[float, float]) -> None:
    make, named = BOUNDS[kind]
    small, large = (drawn(make(one), *named) for one in sorted(far))
    assert small.area_m2 <= large.area_m2 * (1 + 1e-6)
    for part in ("core", "fringe"):
        lost = shapely.difference(getattr(small, part), getattr(large, part))
        assert area_m2(lost) <= 1e-3 * small.area_m2  # chords of discs


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=3, deadline=None, derandomize=True)
@given(far=st.floats(1_000, 20_000))
def test_a_zone_is_valid_on_the_sheet_and_the_same_each_time(kind: str, far: float) -> None:
    make, named = KINDS[kind]
    zone, again = (drawn(make(far), *named) for _ in range(2))
    assert zone.core.wkb == again.core.wkb
    assert zone.fringe.wkb == again.fringe.wkb
    west, south, east, north = zone.fringe.bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    assert zone.core.is_valid
    assert zone.fringe.is_valid
    assert 0 < area_m2(zone.core) <= zone.area_m2 * (1 + 1e-9)
    assert area_m2(shapely.difference(zone.core, zone.fringe)) <= 1e-3 * area_m2(zone.core)
    places = {reference.resolution.place.id for reference in zone.claim.references if reference.resolution}
    if not places & {FIJI.id, POLE.id} and zone.claim.relation != "off" and kind != "stretch":
        land = shapely.union_all(list(LANDS.values()))
        assert zone.border_dataset or area_m2(shapely.difference(zone.fringe, land)) <= 1e-6 * zone.area_m2
    if zone.claim.relation == "into":
        assert LANDS["WL"].buffer(1e-6).covers(zone.fringe)


@pytest.mark.parametrize("codes", "AM-AZ AZ-AM UA-RU LB-IL CD-RW CA-US".split())
@settings(max_examples=3, deadline=None, derandomize=True)
@given(along=st.floats(0.05, 0.95), depth=st.floats(800, 20_000))
def test_the_edge_of_a_strip_inside_a_real_country_is_as_far_from_the_border_as_it_says(
    codes: str, along: float, depth: float
) -> None:
    borders, view, (target, mover) = open_borders(), Options().world_view, codes.split("-")
    line = borders.shared_border(target, mover, view).line
    at = max(line.geoms, key=lambda part: part.length).interpolate(along, normalized=True)
    town = a_place("Town", at.x, at.y, country=target)
    there, theirs = (a_place(code, 0, 0, kind="country", country=code) for code in (target, mover))
    claim = replace(
        up_to(depth), references=(Reference(text=target, resolution=resolved(there)),), mover=resolved(theirs)
    )
    zone = zone_of(claim, gazetteer=GAZETTEER, borders=borders, options=Options(), sentence=[resolved(town)])
    assert isinstance(zone, Zone)
    far = zone.derivation["fringe_m"][1]
    land = clipped(borders.territory(target, view).land, to=zone.fringe)
    edge = shapely.get_coordinates(shapely.segmentize(zone.fringe.boundary, 0.01))
    inner = shapely.contains_xy(shapely.buffer(land, -2e-5), edge[:, 0], edge[:, 1])
    within = np.array([distance_m(town.at, LonLat(lon=x, lat=y)) for x, y in edge])
    own = edge[inner & (within < 0.999 * zone.derivation["sector_radius_m"])]
    for x, y in own[:: max(1, len(own) // 6)]:
        assert distance_to(line, LonLat(lon=x, lat=y)) == pytest.approx(far, rel=5e-4)
