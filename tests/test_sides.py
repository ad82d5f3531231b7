"""Whose forces a claim places: states, and groups that no gazetteer knows."""

import re
from dataclasses import replace

import pytest

from geo.armed_groups import ARMED_GROUPS, NAMES
from geo.article import Article, Span
from geo.claims.model import DistanceClaim
from geo.reading import Reading
from geo.sides import side_of
from tests.fakes import EASTLAND, resolved

EAST = resolved(EASTLAND, start=0)


def side(text, *, number="10 km", places=(), **known):
    start = text.rindex(number)
    claim = DistanceClaim(
        span=Span(start=start, end=start + len(number)), sentence_no=1, quote=text, relation="from", min_m=10_000,
        max_m=10_000, bound="exact", value_m=10_000, quantity=number, **known,
    )  # fmt: skip
    return side_of(Reading(article=Article(text=text), resolutions=tuple(places), claims=(claim,), zones=()), claim)


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("M23 rebels hold a post 10 km from Goma.", "M23"),
        ("Fighters of Hezbollah were 10 km from Metula.", "Hezbollah"),
        ("The paramilitary Rapid Support Forces took a camp 10 km from El Fasher.", "Rapid Support Forces"),
        ("The RSF took a camp 10 km from El Fasher.", "Rapid Support Forces"),
        ("Redcap gunmen burnt a village 10 km from Goma.", "Redcap"),
        ("M23 rebels took Sake. Later the rebels were 10 km from Goma.", "M23"),
        ("M23 rebels fled Hamas fighters 10 km from Goma.", "Hamas"),
        ("The rebels were 10 km from Goma.", None),
        ("A camp lies 10 km from Goma, M23 rebels said.", None),
        ("Nobody was 10 km from Goma.", None),
    ],
)
def test_a_group_that_the_sentence_names_before_the_claim_is_its_side(text, group):
    assert side(text) == group


def test_every_armed_group_has_a_reference_and_one_row():
    assert [group.name for group in ARMED_GROUPS] == sorted({group.name for group in ARMED_GROUPS})
    assert all(re.search(r"\b(19|20)\d\d\b", group.reference) for group in ARMED_GROUPS)  # of a dated, public record
    assert len(NAMES) == sum(1 + len(group.also) for group in ARMED_GROUPS)  # no name stands for two


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_an_armed_group_makes_it_the_side(name):
    assert side(f"{name} were 10 km from Goma.") == NAMES[name]


def test_what_is_being_placed_goes_before_other_groups_and_these_before_a_guess_who_moves():
    text = "Eastland troops met M23 rebels 10 km from Goma."
    assert side(text, places=[EAST], mover=EAST, figure="Eastland troops") == "Eastland"
    assert side(text, places=[EAST], mover=EAST) == "M23"


def test_a_name_of_a_place_is_no_group():
    text = "Eastland rebels were 10 km from Goma."
    place = replace(EAST, mention=replace(EAST.mention, span=Span(start=0, end=8)))
    assert side(text, places=[place]) is None
