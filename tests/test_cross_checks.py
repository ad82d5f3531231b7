"""Checks between the articles of a map."""

from dataclasses import replace
from datetime import date

import pytest
from shapely.geometry import Point

from geo.cards import card_of
from geo.cross_checks import checks_between, checks_in
from geo.decided import Compared, decided
from geo.features import MapFeature
from geo.project import Project, Remove
from geo.reports import ReportedClaim, claims_of
from tests.test_reports import FIRST
from tests.test_review import DOUBTFUL

DAY = date(2022, 9, 16)
TOWN, BORDER = "gn:1", "gn:174982 gn:587116"


def told(article: str, title: str, **rest: object) -> ReportedClaim:
    """Make a claim of an article; `rest` overrides any field."""
    return replace(
        FIRST, id=f"{article}/claim-1", article_id=article, title=title, source=article.upper(), claimant=None,
        **{"side": "", "published": DAY, **rest},
    )  # fmt: skip


def stated(article: str, metres: float, **rest: object) -> ReportedClaim:
    return told(
        article, f"{metres / 1000:g} km from the border",
        **{"what": "from", "value": metres, "low": metres, "high": metres, "bound": "exact", "placed": TOWN,
           "about": BORDER, **rest},
    )  # fmt: skip


def count(article: str, value: int, scope: str, side: str = "", **rest: object) -> ReportedClaim:
    numbers = {"value": value, "low": value, "high": value, "bound": "exact", "kind": "count", "what": "killed"}
    return told(article, f"{value} killed", **{**numbers, "about": "", "scope": scope, "side": side, **rest})


@pytest.mark.parametrize(("other", "verdict"), [(11_000, "agrees"), (25_000, "contradicts")])
def test_two_reports_of_how_far_one_place_is_are_compared(other, verdict):
    [check] = checks_between([stated("a", 10_000), stated("b", other)])
    assert check.verdict == verdict
    assert "10 km from the border" in check.text
    assert "(B, 2022-09-16)" in check.text
    assert check.claim_ids == ("a/claim-1", "b/claim-1")
    assert check.feature_ids == ("a/gn:1", "b/gn:1")


@pytest.mark.parametrize(
    "other",
    [stated("a", 25_000), stated("b", 25_000, placed="gn:2"), stated("b", 25_000, about="gn:3"),
     stated("b", 25_000, denied=True)],
)  # fmt: skip
def test_what_is_said_in_one_report_or_of_another_place_is_not_compared(other):
    assert checks_between([stated("a", 10_000), other]) == ()


@pytest.mark.parametrize(
    ("bound", "metres", "verdict"),
    [("max", 4_500, "agrees"), ("max", 9_000, "agrees"), ("max", 1_000, "doubtful"), ("exact", 9_000, "doubtful")],
)
def test_what_an_advance_leaves_up_to_a_town_is_compared_with_how_far_another_report_has_them(bound, metres, verdict):
    advance = told("a", "as much as 7.5 km into Armenia", near=TOWN, left_m=4_700.0, bound=bound, side="gn:587116")
    [check] = checks_between([advance, stated("b", metres, about=TOWN, placed="", side="gn:587116")])
    assert check.verdict == verdict
    assert "4.7 km on the map" in check.text


@pytest.mark.parametrize(
    ("total", "bound", "verdict"),
    [(200, "min", "agrees"), (212, "exact", "agrees"), (230, "exact", "doubtful"), (400, "exact", "contradicts")],
)
def test_the_dead_of_two_reports_are_added_and_compared_with_the_total_of_a_third(total, bound, verdict):
    both = count("c", total, "both", bound=bound, high=None if bound == "min" else total)
    parts = [count("a", 135, "side", "gn:174982"), count("b", 77, "side", "gn:587116")]
    [check] = checks_between([both, *parts])
    assert check.verdict == verdict
    assert check.text.startswith("135 + 77 = 212 killed")


def test_a_running_toll_is_not_added_to_the_count_it_is_made_of():
    earlier = count("a", 105, "side", "gn:174982")
    rest = [count("b", 135, "side", "gn:174982"), count("b", 77, "side", "gn:587116"), count("c", 212, "both")]
    [check] = checks_between([earlier, *rest])
    assert check.verdict == "agrees"


def test_the_dead_of_one_side_or_of_another_month_are_no_sum():
    assert checks_between([count("c", 200, "both"), count("a", 135, "side", "gn:174982")]) == ()
    late = count("b", 77, "side", "gn:587116", published=date(2022, 11, 1))
    assert checks_between([count("c", 200, "both"), count("a", 135, "side", "gn:174982"), late]) == ()


@pytest.mark.parametrize(("km2", "verdict"), [(60, "agrees"), (300, "doubtful")])
def test_an_area_of_one_report_is_compared_with_the_depth_and_the_width_of_others(km2, verdict):
    depth = told("a", "7.5 km into Armenia")
    width = told("b", "a front 8.5 km wide", what="along", value=8_500.0)
    area = told("c", f"{km2} sq km", kind="area", what="area", value=km2 * 1e6)
    [check] = checks_between([depth, width, area])
    assert check.verdict == verdict
    assert "at most 64 km²" in check.text


def test_the_card_shows_the_check_until_one_of_its_claims_is_removed():
    claims = [stated("a", 10_000), stated("b", 25_000)]
    place = MapFeature(id="a/gn:1", style="event-place", title="Sudzha", geometry=Point(35.27, 51.19), properties={})
    [shown] = decided([place], Compared(claims=claims), Project())
    label, text = next(row for row in card_of(shown).rows if row[0] == "Checked against other reports")
    assert "cannot both hold" in text
    [after] = decided([place], Compared(claims=claims), Project().decide(Remove(feature_id="b/claim-1")))
    assert "checks_between" not in after.properties


def test_the_checks_of_one_article_name_their_claims():
    checks = checks_in(DOUBTFUL)
    assert len(checks) == len(DOUBTFUL.checks)
    assert {one for check in checks for one in check.claim_ids} <= {claim.id for claim in claims_of(DOUBTFUL)}
