"""What holds of claims whatever the text: units, compass, repetition, and the cost of hostile text."""

import time
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.article import Article, Span
from geo.claims import find_claims
from geo.claims.direction import DEGREES
from geo.claims.model import Claim, DistanceClaim
from geo.geodesy import LonLat, azimuth_deg
from tests.fakes import EASTLAND, MIDTOWN, WESTLAND, resolved
from tests.test_claims_distance import ROWS
from tests.test_claims_find import known
from tests.test_zones import drawn

METRES = {"km": 1000.0, "kilometres": 1000.0, "miles": 1609.344, "nautical miles": 1852.0, "m": 1.0, "yards": 0.9144,
          "feet": 0.3048}  # fmt: skip
FORMS = (
    "Shells fell {} from Midtown.", "Shells fell {} north of Midtown.", "They came to within {} of Midtown.",
    "Eastland moved up to {} into Westland.", "All in a radius of {} of Midtown left.",
)  # fmt: skip
WORDS = {
    "N": ("north", "N", "due north"), "NNE": ("north-northeast", "NNE", "north north east"),
    "NE": ("northeast", "north-east", "north east", "NE", "N.E."), "ENE": ("east-northeast", "ENE"),
    "E": ("east", "due east"), "ESE": ("east-southeast", "ESE"), "SE": ("southeast", "south-east", "SE"),
    "SSE": ("south-southeast", "SSE"), "S": ("south", "due south", "southwards"), "SSW": ("south-southwest", "SSW"),
    "SW": ("southwest", "south-west", "S.W."), "WSW": ("west-southwest", "WSW"), "W": ("west", "W"),
    "WNW": ("west-northwest", "WNW"), "NW": ("northwest", "north west"), "NNW": ("north-northwest", "NNW"),
}  # fmt: skip


def read(text: str) -> DistanceClaim:
    resolutions = known(text, Midtown=MIDTOWN, Eastland=EASTLAND, Westland=WESTLAND)
    [claim] = [c for c in find_claims(text, resolutions) if isinstance(c, DistanceClaim)]
    return claim


@given(st.integers(100, 90_000), st.sampled_from(sorted(METRES)), st.sampled_from(FORMS))
def test_a_distance_is_the_same_in_every_unit(metres: int, unit: str, form: str) -> None:
    plain = read(form.format(f"{metres:,} m"))
    other = read(form.format(f"{metres / METRES[unit]:,.4f} {unit}"))
    assert other.relation == plain.relation
    for ends in ((plain.min_m, other.min_m), (plain.max_m, other.max_m)):
        assert ends[1] == pytest.approx(ends[0], abs=1e-4 * METRES[unit])


@pytest.mark.parametrize(("point", "words"), [(point, words) for point, all_ in WORDS.items() for words in all_])
def test_a_zone_lies_where_the_compass_word_of_the_text_says(point: Any, words: str) -> None:
    claim = read(f"A depot burned 12 km {words} of Midtown.")
    assert claim.direction == point
    middle = drawn(claim).core.centroid
    off = azimuth_deg(MIDTOWN.at, LonLat(lon=middle.x, lat=middle.y)) - DEGREES[point]
    assert abs((off + 180) % 360 - 180) < 2


def without_place(claim: Claim, by: int) -> dict[str, Any]:
    """Return the fields of a claim with its positions moved back by some characters, and no sentence number."""
    found = {field.name: getattr(claim, field.name) for field in fields(claim) if field.name != "sentence_no"}
    found["span"] = Span(start=claim.span.start - by, end=claim.span.end - by)
    if isinstance(claim, DistanceClaim):
        found["references"] = tuple(
            replace(r, span=Span(start=r.span.start - by, end=r.span.end - by) if r.span else None)
            for r in claim.references
        )
    return found


@settings(deadline=None, max_examples=60)
@given(st.sampled_from([row["text"] for row in ROWS]), st.sampled_from(["Nothing else is known.\n\n", "Well.\n\n" * 9]))
def test_the_same_words_give_the_same_claims_wherever_they_stand(text: str, ahead: str) -> None:
    alone = find_claims(text)
    assert find_claims(text) == alone
    later = find_claims(ahead + text)
    assert [without_place(claim, len(ahead)) for claim in later] == [without_place(claim, 0) for claim in alone]


HOSTILE = (
    "1,", "7 7 7 km ", "up to ", "5 km of ", "killed 5 ", "he said 5 km ", "seventy-", "7", "from from from ",
    "((((5 km ",
    "between 1 and 1 and ", "5 km from A", "between A and B ", "the road from A to B ", "north of A, 5 km away ",
    "5-km-deep, 3-km-wide ", "a a a a ", "A-B road ", "fighting between A and ", "5 km/5 mi/", "5 km -- 3 miles -- ",
    "’s “( ", "in the A of the B of the ", "one hundred and ", "5 km to A’s north ", "1.000.", "5\u00a0", "said said ",
    "advanced 5 km in the A-B direction ", "advanced 5 km in the A A ", "5 km, 5 km and ",
    "hills that is lying 5 km away ", "5 killed and wounded ", "one in five in ", "6 families (5 ",
    "5 km from A. ", "Fighting between A and B. ", "It lay 5 km inside A of the B. ",
)  # fmt: skip


def seconds(words: str, size: int) -> float:
    text = ("x " + words * (size // len(words) + 1))[:size]
    starts = [n for n, character in enumerate(text[:40_000]) if character == "A"][:2_000]
    resolutions = [resolved(MIDTOWN, text="A", start=n) for n in starts]
    article = Article(text=text)
    article.sentence_at(0)
    began = time.process_time()
    find_claims(article, resolutions)
    return time.process_time() - began


def linear(words: str, size: int) -> bool:
    # four times the text: quadratic reading would take 16 times as long, and the slack is for a busy machine
    return seconds(words, 4 * size) < 9 * seconds(words, size) + 1


@pytest.mark.parametrize("words", HOSTILE[:8])
def test_hostile_text_costs_linear_time(words: str) -> None:
    assert linear(words, 20_000)


@pytest.mark.slow
@pytest.mark.parametrize("words", HOSTILE)
def test_a_megabyte_of_hostile_text_costs_linear_time(words: str) -> None:
    assert linear(words, 250_000)
