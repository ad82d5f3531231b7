"""Which claims of several articles are one, and which contradict each other."""

from dataclasses import replace
from datetime import date

import pytest

from geo.reports import ReportedClaim, contradictions, same_reports

FIRST = ReportedClaim(
    id="a/claim-1", article_id="a", kind="distance", what="into", title="7.5 km into Armenia", quote="They advanced.",
    sentence_no=1, start=0, end=5, value=7500, low=0, high=7500, bound="max", about="gn:174982", side="gn:587116",
    claimant="the head of the Armenian armed forces", published=date(2022, 9, 16), source="One", drawn=True,
)  # fmt: skip
SECOND = replace(FIRST, id="b/claim-4", article_id="b", source="Two", published=date(2022, 9, 17))


def test_the_same_claim_of_two_articles_is_one():
    assert same_reports([FIRST, SECOND]) == {"b/claim-4": "a/claim-1"}


def test_a_claim_that_is_drawn_takes_up_one_that_is_not():
    assert same_reports([replace(FIRST, drawn=False), SECOND]) == {"a/claim-1": "b/claim-4"}


@pytest.mark.parametrize(
    "changed",
    [
        {"value": 7400.0, "high": 7400.0},  # another unit, rounded
        {"claimant": "armed forces"},
        {"claimant": None},
        {"side": ""},
        {"published": date(2022, 9, 19)},
        {"published": date(2022, 10, 30), "when": date(2022, 9, 16)},
    ],
)
def test_small_differences_do_not_keep_two_reports_apart(changed):
    assert same_reports([FIRST, replace(SECOND, **changed)]) == {"b/claim-4": "a/claim-1"}


@pytest.mark.parametrize(
    "changed",
    [
        {"article_id": "a"},
        {"kind": "count"},
        {"what": "from"},
        {"about": "gn:1"},
        {"about": ""},
        {"side": "gn:1"},
        {"claimant": "a resident"},
        {"side": "", "claimant": None},
        {"value": 5000.0, "high": 5000.0},
        {"bound": "min"},
        {"direction": "N"},
        {"denied": True},
        {"published": date(2022, 9, 20)},
        {"published": None},
    ],
)
def test_whatever_may_be_another_claim_stays_apart(changed):
    assert same_reports([FIRST, replace(SECOND, **changed)]) == {}


def test_events_without_a_number_are_never_joined():
    assert same_reports([replace(c, kind="event", value=None) for c in (FIRST, SECOND)]) == {}


def test_what_drifts_from_article_to_article_does_not_chain():
    claims = [
        replace(FIRST, id=name, article_id=name, value=value, high=value)
        for name, value in [("a", 7000.0), ("b", 7600.0), ("c", 8200.0)]
    ]
    assert same_reports(claims) == {"b": "a"}


def test_numbers_that_cannot_both_hold_contradict_and_name_each_other():
    more = replace(SECOND, claimant="the ministry", value=20_000, low=15_000, high=25_000, bound="range")
    found = contradictions([FIRST, more])
    assert found == {"a/claim-1": (more,), "b/claim-4": (FIRST,)}
    assert more.cited == "“7.5 km into Armenia” (the ministry, Two, 2022-09-17)"


def test_a_denial_contradicts_what_is_claimed():
    assert contradictions([FIRST, replace(SECOND, denied=True)])


@pytest.mark.parametrize(
    "changed",
    [
        {"published": date(2022, 9, 18)},  # tolls rise
        {"side": "gn:1"},
        {"side": ""},
        {"value": 3000.0, "high": 3000.0},  # "up to 3 km" and "up to 7.5 km" can both hold
        {"article_id": "a"},
    ],
)
def test_what_can_both_hold_does_not_contradict(changed):
    assert contradictions([FIRST, replace(SECOND, **changed)]) == {}


def test_two_tolls_of_one_day_contradict():
    toll = {"kind": "count", "what": "killed", "about": "", "bound": "exact", "published": date(2022, 9, 16)}
    dead = [replace(claim, **toll, value=n, low=n, high=n) for claim, n in [(FIRST, 49.0), (SECOND, 105.0)]]
    assert set(contradictions(dead)) == {"a/claim-1", "b/claim-4"}
