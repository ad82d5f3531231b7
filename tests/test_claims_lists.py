"""Lists of distances: each number is a claim of its own."""

import pytest

from geo.claims import find_claims
from geo.claims.model import DistanceClaim

LISTS = [
    ("The villages lie 5, 8 and 12 km from Bardville.", "from", [5_000, 8_000, 12_000], "exact"),
    ("Three villages 5, 8, and 12 kilometres north of Bardville burned.", "direction_of", [5e3, 8e3, 12e3], "exact"),
    ("The posts stood about 3, 4 or 5 miles from the border.", "from", [4828.0, 6437.4, 8046.7], "approx"),
    ("The camps are five, eight and twelve kilometres from Bardville.", "from", [5_000, 8_000, 12_000], "exact"),
    ("Craters lay 12, 8, 5.5 and 3 km south of Bardville.", "direction_of", [12e3, 8e3, 5.5e3, 3e3], "exact"),
]
ONE = [
    ("Shells fell between 5 and 8 km from Bardville.", (5_000, 8_000)),
    ("In 2022, 8 and 12 km from Bardville, camps stood.", (8_000, 12_000)),
    ("On July 5, 8 and 12 km from Bardville, camps stood.", (8_000, 12_000)),
    ("On July 5, 12 km from Bardville, a camp stood.", (12_000, 12_000)),
]


def claims_of(text: str) -> list[DistanceClaim]:
    return [claim for claim in find_claims(text) if isinstance(claim, DistanceClaim)]


@pytest.mark.parametrize(("text", "relation", "values", "bound"), LISTS, ids=lambda v: str(v)[:40])
def test_every_number_of_a_list_is_a_distance_of_its_own(
    text: str, relation: str, values: list[float], bound: str
) -> None:
    claims = claims_of(text)
    assert [claim.value_m for claim in claims] == pytest.approx(values, abs=0.1)
    for claim in claims:
        assert (claim.relation, claim.bound, claim.draw) == (relation, bound, True)
        assert claim.min_m == claim.max_m == claim.value_m
        assert claim.references == claims[0].references
    assert len({claim.span for claim in claims}) == len(claims)


def test_a_number_of_a_list_is_quoted_with_its_unit() -> None:
    claims = claims_of("The villages lie 5, 8 and 12 km from Bardville.")
    assert [claim.quantity for claim in claims] == ["5 km", "8 km", "12 km"]


@pytest.mark.parametrize(("text", "bounds"), ONE)
def test_what_is_no_list_stays_one_claim(text: str, bounds: tuple[float, float]) -> None:
    [claim] = claims_of(text)
    assert (claim.min_m, claim.max_m) == bounds
