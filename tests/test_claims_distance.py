"""Distances: relation, bounds, direction and references."""

import json
from pathlib import Path

import pytest

from geo.claims import find_claims
from geo.claims.model import DistanceClaim

TABLES = [Path(__file__).parent / "claims" / name for name in ("distances.jsonl", "news.jsonl", "forms.jsonl")]
ROWS = [json.loads(line) for table in TABLES for line in table.read_text(encoding="utf-8").splitlines() if line.strip()]


def test_as_much_as_is_an_upper_bound():
    [claim] = find_claims("Forces advanced as much as 7.5 kilometers (4.7 miles) into Armenia.")
    assert isinstance(claim, DistanceClaim)
    assert (claim.min_m, claim.max_m, claim.bound) == (0, 7500, "max")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:60])
def test_the_words_of_a_sentence_say_what_the_table_says(row):
    drawn = [claim for claim in find_claims(row["text"]) if isinstance(claim, DistanceClaim) and claim.draw]
    found = [
        {
            "relation": claim.relation,
            "m": [claim.min_m if claim.min_m is None else round(claim.min_m), claim.max_m and round(claim.max_m)],
            "direction": claim.direction,
            "references": [reference.text for reference in claim.references],
        }
        for claim in drawn
    ]
    expected = [{"direction": None, **claim} for claim in row["claims"]]
    assert found == expected


OWN_WORDS = Path(__file__).parent / "claims" / "own_words.jsonl"
NOWHERE = [row["text"] for row in map(json.loads, OWN_WORDS.open(encoding="utf-8")) if not row["claims"]]


@pytest.mark.parametrize("text", NOWHERE, ids=lambda text: text[:60])
def test_a_distance_that_is_no_location_is_not_drawn(text):
    if "perimeter of desert" not in text:  # without a gazetteer nobody knows that Syria is a country
        assert not [claim for claim in find_claims(text) if isinstance(claim, DistanceClaim) and claim.draw]
