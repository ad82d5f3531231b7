"""Times on the way: a place told by them is a claim, and none that could be drawn."""

import pytest

from geo.article import Article
from geo.claims import find_claims
from geo.claims.model import DistanceClaim
from geo.claims.travel import IN_TIME
from tests.fakes import BORDERTON, resolved

PLACED = [
    ("The camp is two hours' drive from Bardville.", "from", None, "two hours' drive", "Bardville"),
    ("The camp is two hours by road from Bardville.", "from", None, "two hours by road", "Bardville"),
    ("It is a two-hour drive north of Bardville.", "direction_of", "N", "a two-hour drive", "Bardville"),
    ("A village half an hour’s walk outside Bardville was hit.", "from", None, "half an hour’s walk", "Bardville"),
    ("They met about 90 minutes south-east of Bardville.", "direction_of", "SE", "90 minutes", "Bardville"),
    ("The mine lies three days' march from Bardville.", "from", None, "three days' march", "Bardville"),
    ("It is an hour and a half by boat from Bardville.", "from", None, "an hour and a half by boat", "Bardville"),
    ("Everything within an hour's drive of Bardville burned.", "within", None, "an hour's drive", "Bardville"),
    ("A hamlet two hours away from the border was emptied.", "from", None, "two hours", "the border"),
    ("The base is several hours' drive from the capital.", "from", None, "several hours' drive", "the capital"),
]
NOT = [
    "The two-hour drive from Bardville to Drovna was cancelled.",
    "They talked for two hours of Bardville and its mayor.",
    "Three days from Friday the truce ends.",
    "The minutes of the meeting came from Bardville.",
    "He left two hours after the raid on Bardville.",
    "They waited for hours outside Bardville.",
    "Two hours from now Bardville will vote.",
    "Bardville is a good day trip from the capital.",
    "The truce held for 48 hours north of nothing in particular.",
]


@pytest.mark.parametrize(("text", "relation", "direction", "quantity", "reference"), PLACED, ids=lambda v: str(v)[:50])
def test_a_time_on_the_way_is_a_claim_that_is_not_drawn(
    text: str, relation: str, direction: str | None, quantity: str, reference: str
) -> None:
    [claim] = [claim for claim in find_claims(text) if isinstance(claim, DistanceClaim)]
    assert (claim.relation, claim.direction, claim.quantity) == (relation, direction, quantity)
    assert [found.text for found in claim.references] == [reference]
    assert not claim.draw
    assert claim.not_drawn_because == IN_TIME
    assert claim.value_m is claim.min_m is claim.max_m is None


@pytest.mark.parametrize("text", NOT)
def test_a_time_that_measures_no_place_is_no_claim(text: str) -> None:
    assert not [claim for claim in find_claims(text) if isinstance(claim, DistanceClaim)]


def test_hours_from_a_known_place_are_a_claim_though_no_way_is_said() -> None:
    text = "The depot is two hours from Borderton."
    there = resolved(BORDERTON, start=text.index("Borderton"))
    [claim] = [c for c in find_claims(Article(text=text), [there]) if isinstance(c, DistanceClaim)]
    assert claim.not_drawn_because == IN_TIME
    assert not [c for c in find_claims(Article(text=text)) if isinstance(c, DistanceClaim)]


def test_a_distance_with_a_time_beside_it_is_one_claim() -> None:
    claims = find_claims("The camp is 80 km, two hours' drive, north of Bardville.")
    assert [(claim.value_m, claim.draw) for claim in claims if isinstance(claim, DistanceClaim)] == [(80_000, True)]
