"""What a person should look at first."""

from dataclasses import replace

from geo.checks import Check
from geo.decided import Compared, merged_into
from geo.project import Accept, Project, Remove
from geo.reports import claims_of
from geo.review import doubts_of, needs_review
from tests.fakes import BORDERTON, resolved
from tests.test_layers import CLAIM, READING, TOWN, ZONE

NOWHERE = resolved(None, text="Nowhere", start=83)
DOUBTFUL = replace(
    READING,
    resolutions=(*READING.resolutions[:2], replace(TOWN, confidence=0.4), NOWHERE, replace(NOWHERE, role="event")),
    checks=(Check(claims=(CLAIM,), verdict="contradicts", text="It is 12 km."),),
)


def listed(*decisions, reading=DOUBTFUL):
    project = Project()
    for decision in decisions:
        project = project.decide(decision)
    return needs_review(doubts_of(reading), project, merged_into(Compared(claims=claims_of(reading)), project))


def test_the_most_doubtful_comes_first_and_a_feature_has_one_line():
    assert [(d.kind, d.id) for d in listed()] == [
        ("check", "article/claim-1"),
        ("place", f"article/{BORDERTON.id}"),
        ("name", "article/name-83-90"),
    ]
    assert listed()[0].reason == "It is 12 km."


def test_what_is_accepted_or_removed_leaves_the_list_and_comes_back_with_undo():
    decisions = (Accept(feature_id="article/claim-1"), Remove(feature_id=f"article/{BORDERTON.id}"))
    assert [d.kind for d in listed(*decisions)] == ["name"]
    assert len(listed(*decisions[:1])) == 2


def test_a_sure_place_and_a_place_that_is_only_talked_about_are_not_listed():
    for sure in (replace(TOWN, confidence=0.9), replace(TOWN, confidence=0.1, role="context")):
        assert "place" not in {d.kind for d in listed(reading=replace(DOUBTFUL, resolutions=(sure,)))}


def test_a_strip_without_a_sector_is_more_doubtful_than_one_with_an_assumed_one():
    def doubt(**changes):
        [found] = listed(reading=replace(READING, zones=(replace(ZONE, **changes),)))
        return found.doubt

    named = doubt(sector="limited to 15 km around Borderton, which the sentence names")
    assert doubt(sector=None, weak=True, warning="not stated") > doubt() > named
