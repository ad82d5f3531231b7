"""Decisions on a newer reading: they find their claim again, or are listed."""

from dataclasses import replace

import pytest

from geo.article import Span
from geo.article_map import ArticleMap, Gathered
from geo.geodesy import LonLat
from geo.project import Add, AddedPlace, Annotate, Assess, Choose, Merge, Project, Remove
from geo.refit import refit
from tests.test_decided import TOWN, zone
from tests.test_reports import FIRST

CLAIM = replace(FIRST, start=10, end=30)
SHAPE = replace(zone(CLAIM), properties={"char_start": 10, "char_end": 30})


def a_map(*claims, features=()):
    return ArticleMap(article_id="a", claims=claims, features=features)


def gathered(*maps):
    return Gathered(maps=maps)


def after(decision, *claims, features=(), others=()):
    """Decide about the old claim or the town, and fit that to a newer reading."""
    project = Project().decide(decision, features=[SHAPE, TOWN])
    log, misfits = refit(project.log, gathered(a_map(*claims, features=features)), others)
    return log[0].step, [one.reason for one in misfits]


ASSESSED = Assess(feature_id="a/claim-1", status="denied")
EARLIER = replace(FIRST, id="a/claim-1", start=0, end=5, title="3 km from Goris")


def test_a_claim_that_stands_where_it_stood_keeps_its_decisions_under_its_new_number():
    step, misfits = after(ASSESSED, EARLIER, replace(CLAIM, id="a/claim-2"))
    assert step == Assess(feature_id="a/claim-2", status="denied")
    assert misfits == []


@pytest.mark.parametrize(
    "now",
    [
        {"start": 60, "end": 80},  # the same words elsewhere
        {"start": 12, "end": 40, "title": "as much as 7.5 km into Armenia"},  # more words around it
    ],
)
def test_else_its_words_or_what_it_overlaps_lead_to_it(now):
    step, misfits = after(ASSESSED, EARLIER, replace(CLAIM, id="a/claim-2", **now))
    assert (step.feature_id, misfits) == ("a/claim-2", [])


def test_a_decision_never_goes_to_another_claim_that_has_its_number_now():
    step, misfits = after(ASSESSED, EARLIER)
    assert step.feature_id == "a/unread-10-30"
    assert misfits == ["“7.5 km into Armenia” is not read in its article any more."]


def test_both_sides_of_a_merge_are_fitted():
    project = Project().decide(Merge(feature_id="a/claim-1", into="a/gn:1"), features=[SHAPE, TOWN])
    moved = replace(CLAIM, id="a/claim-7")
    log, misfits = refit(project.log, gathered(a_map(moved, features=(TOWN,))), ())
    assert (log[0].step, misfits) == (Merge(feature_id="a/claim-7", into="a/gn:1"), ())


def test_a_place_that_is_not_read_any_more_is_listed_and_one_that_is_is_not():
    assert after(Annotate(feature_id="a/gn:1", note="x"), features=(TOWN,))[1] == []
    assert after(Annotate(feature_id="a/gn:1", note="x"))[1]


def test_a_choice_that_leads_to_no_place_is_listed():
    choice = Choose(article_id="a", span=Span(start=0, end=4), place_id="gn:1", name="Sake")
    assert after(choice, features=(TOWN,))[1] == []
    assert after(choice)[1] == ["“Sake” does not lead to the place that was chosen any more."]


def test_what_was_added_by_hand_or_imported_needs_no_reading():
    place = AddedPlace(id="added-1", name="Depot", at=LonLat(lon=1, lat=1))
    project = Project().decide(Add(place=place)).decide(Remove(feature_id="added-1"))
    assert refit(project.log, gathered(), {"added-1"}) == (project.log, ())


def test_what_was_taken_back_is_not_listed():
    project = Project().decide(ASSESSED, features=[SHAPE]).undo()
    assert refit(project.log, gathered(a_map(EARLIER)), ())[1] == ()


def test_fitting_twice_changes_nothing_more():
    project = Project().decide(ASSESSED, features=[SHAPE])
    maps = gathered(a_map(EARLIER, replace(CLAIM, id="a/claim-2")))
    once, _ = refit(project.log, maps, ())
    assert refit(once, maps, ()) == (once, ())
