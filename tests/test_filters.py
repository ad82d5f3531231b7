"""What passes a filter, and what is found where."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

from geo.article import Article
from geo.features import MapFeature
from geo.filters import Filter, apply, choices, find, span_of_days, undated

CLAIM = MapFeature(
    id="a/claim-1/core",
    style="strip",
    title="as much as 7.5 km into Armenia",
    geometry=Point(45, 40),
    properties={
        "feature": "claim", "status": "claimed", "claimant": "the head of the army", "figure": "Azerbaijani forces",
        "when": "2022-09-13", "published": "2022-09-16", "source_title": "Truce holds", "quote": "They advanced.",
    },
)  # fmt: skip
TOWN = MapFeature(
    id="a/geonames:1",
    style="event-place",
    title="Świnoujście",
    geometry=Point(14, 54),
    properties={
        "feature": "place", "place_kind": "settlement", "country": "Poland", "confidence": 0.4, "status": "claimed",
        "published": "2022-09-16", "source_title": "Truce holds",
    },
)  # fmt: skip
ADDED = MapFeature(id="added-1", style="added", title="A post", geometry=Point(45, 40), properties={"feature": "added"})
ALL = (CLAIM, TOWN, ADDED)


@pytest.mark.parametrize(
    ("wanted", "passes"),
    [
        (Filter(), ALL),
        (Filter(since=date(2022, 9, 14)), (TOWN, ADDED)),
        (Filter(until=date(2022, 9, 14)), (CLAIM, ADDED)),
        (Filter(since=date(2023, 1, 1)), (ADDED,)),
        (Filter(status=frozenset({"disputed"})), ()),
        (Filter(actor=frozenset({"Azerbaijani forces"})), (CLAIM,)),
        (Filter(kind=frozenset({"settlement"})), (TOWN,)),
        (Filter(kind=frozenset({"claim", "settlement"})), (CLAIM, TOWN)),
        (Filter(source=frozenset({"Truce holds"})), (CLAIM, TOWN)),
        (Filter(min_confidence=0.5), (CLAIM, ADDED)),
        (Filter(text="swinoujscie poland"), (TOWN,)),
        (Filter(text="advanced", kind=frozenset({"settlement"})), ()),
    ],
)
def test_a_filter_lets_pass_what_fits_every_choice(wanted, passes):
    assert apply(wanted, ALL) == passes


def test_the_day_of_the_event_counts_before_the_day_of_publication():
    assert CLAIM.days == (date(2022, 9, 13),)
    assert TOWN.days == (date(2022, 9, 16),)
    assert span_of_days(ALL) == (date(2022, 9, 13), date(2022, 9, 16))
    assert span_of_days([ADDED]) is None


def test_what_has_no_date_is_listed_and_passes_any_dates():
    assert undated(ALL) == (ADDED,)
    assert ADDED in apply(Filter(since=date(1999, 1, 1), until=date(1999, 1, 2)), ALL)


def test_choices_count_a_zone_once_and_name_the_most_frequent_first():
    fringe = MapFeature(
        id="a/claim-1/fringe", style="strip", title="", geometry=Point(0, 0), properties=CLAIM.properties
    )
    assert dict(choices([*ALL, fringe], "kind")) == {"added": 1, "claim": 1, "settlement": 1}
    assert dict(choices(ALL, "source")) == {"Truce holds": 2}


ARTICLE = Article(
    id="a",
    title="Truce holds",
    publisher="A paper",
    text="The army spoke. Shells fell on Saké near the lake. All quiet.",
)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("sake lake", ["text"]),
        ("truce", ["place", "claim", "source"]),
        ("army", ["claim", "text"]),
        ("swinoujscie", ["place"]),
        ("   ", []),
        ("nowhere at all", []),
    ],
)
def test_words_are_found_in_places_claims_sources_and_sentences(text, kinds):
    assert [hit.kind for hit in find(text, features=ALL, articles=[ARTICLE])] == kinds


def test_a_sentence_that_is_found_says_where_it_stands():
    [hit] = find("SAKÉ", features=ALL, articles=[ARTICLE])
    assert (hit.article_id, hit.sentence_no, hit.char_start) == ("a", 2, 16)


@given(st.text(max_size=40), st.dates(), st.dates())
def test_filters_only_take_away_and_keep_the_order(text, since, until):
    kept = apply(Filter(text=text, since=since, until=until), ALL)
    assert [f for f in ALL if f in kept] == list(kept)
