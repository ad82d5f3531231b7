"""What the map shows once decisions are applied."""

from dataclasses import replace

import pytest
from shapely.geometry import Point, box

from geo.decided import Compared, checked, decided
from geo.errors import ProjectError
from geo.features import MapFeature
from geo.geodesy import LonLat, area_m2
from geo.project import Accept, Add, AddedPlace, Annotate, Assess, Draw, Drawing, Merge, Move, Project, Remove, Split
from tests.test_reports import FIRST, SECOND

TOWN = MapFeature(
    id="a/gn:1", style="event-place", title="Sake", geometry=Point(29.04, -1.57),
    properties={"feature": "place", "status": "claimed", "verification": "none", "source_title": "One"},
)  # fmt: skip
SAME_TOWN = replace(TOWN, id="b/gn:1", properties={**TOWN.properties, "source_title": "Two"})


def zone(claim, part="core"):
    return MapFeature(
        id=f"{claim.id}/{part}", style="strip", title=claim.title, geometry=box(45, 39, 46, 40),
        properties={"feature": "claim", "status": "claimed"},
    )  # fmt: skip


ZONES = (zone(FIRST), zone(FIRST, "fringe"), zone(SECOND))
CLAIMS = (FIRST, SECOND)


def shown(*decisions, features=(TOWN,), claims=()):
    project = Project()
    for decision in decisions:
        project = project.decide(decision)
    return {feature.id: feature for feature in decided(features, Compared(claims=claims), project)}


def test_a_moved_place_keeps_its_old_position_and_how_far_it_went():
    town = shown(Move(feature_id="a/gn:1", at=LonLat(lon=29.05, lat=-1.57)))["a/gn:1"]
    assert (town.geometry.x, town.geometry.y) == (29.05, -1.57)
    assert town.properties["moved_from"] == "-1.570000, 29.040000"
    assert 1100 < town.properties["moved_m"] < 1120


def test_accepting_annotating_and_assessing_are_properties():
    town = shown(
        Accept(feature_id="a/gn:1"), Annotate(feature_id="a/gn:1", note="seen"),
        Assess(feature_id="a/gn:1", status="confirmed"),
    )["a/gn:1"]  # fmt: skip
    assert town.properties["accepted"] is True
    assert town.properties["annotation"] == "seen"
    assert town.properties["status"] == "confirmed"


def test_without_decisions_the_features_are_the_same_objects():
    assert shown()["a/gn:1"] is TOWN


def test_an_empty_note_takes_the_note_away():
    assert shown(Annotate(feature_id="a/gn:1", note="x"), Annotate(feature_id="a/gn:1", note=""))["a/gn:1"] is TOWN


def test_a_claim_of_two_articles_is_one_card_with_two_sources():
    found = shown(features=ZONES, claims=CLAIMS)
    assert set(found) == {"a/claim-1/core", "a/claim-1/fringe"}
    for part in found.values():
        assert part.properties["source_count"] == 2
        assert part.properties["merged_ids"] == "b/claim-4"
        assert part.properties["sources"].count("“7.5 km into Armenia” (the head") == 2


def test_a_person_can_split_what_was_merged():
    assert set(shown(Split(feature_id="b/claim-4"), features=ZONES, claims=CLAIMS)) == {f.id for f in ZONES}


def test_removing_a_card_of_two_sources_removes_it_whole():
    assert shown(Remove(feature_id="a/claim-1"), features=ZONES, claims=CLAIMS) == {}


def test_a_source_that_was_removed_is_no_source():
    found = shown(Remove(feature_id="b/claim-4"), features=ZONES, claims=CLAIMS)
    assert "sources" not in found["a/claim-1/core"].properties


def test_places_are_merged_by_hand_and_both_sources_are_named():
    found = shown(Merge(feature_id="b/gn:1", into="a/gn:1"), features=(TOWN, SAME_TOWN))
    assert set(found) == {"a/gn:1"}
    assert found["a/gn:1"].properties["sources"] == "One | Two"


def test_two_that_were_merged_into_each_other_do_not_both_vanish():
    decisions = [Merge(feature_id="b/gn:1", into="a/gn:1"), Merge(feature_id="a/gn:1", into="b/gn:1")]
    assert len(shown(*decisions, features=(TOWN, SAME_TOWN))) == 1


def test_contradicting_claims_stand_side_by_side_and_name_each_other():
    other = replace(SECOND, low=15_000, high=25_000, value=20_000, bound="range", title="20 km into Armenia")
    found = shown(features=(zone(FIRST), zone(other)), claims=(FIRST, other))
    assert found["a/claim-1/core"].properties["contradicted_by"].startswith("“20 km into Armenia”")
    assert found["b/claim-4/core"].properties["contradicted_ids"] == "a/claim-1"
    gone = shown(Remove(feature_id="b/claim-4"), features=(zone(FIRST), zone(other)), claims=(FIRST, other))
    assert "contradicted_by" not in gone["a/claim-1/core"].properties


@pytest.mark.parametrize(
    ("form", "points", "kind"),
    [
        ("point", [(25, 13)], "Point"),
        ("line", [(25, 13), (26, 13)], "LineString"),
        ("polygon", [(25, 13), (26, 13), (26, 14)], "Polygon"),
        ("polygon", [(0, 0), (1, 1), (1, 0), (0, 1)], "MultiPolygon"),  # crosses itself
    ],
)
def test_a_drawing_is_a_feature_with_its_own_source(form, points, kind):
    drawing = Drawing(
        id="drawn-1", form=form, points=tuple(LonLat(lon=x, lat=y) for x, y in points), name="Trench", source="photo",
        status="assessed",
    )  # fmt: skip
    made = shown(Draw(drawing=drawing))["drawn-1"]
    assert (made.geometry.geom_type, made.geometry.is_valid) == (kind, True)
    assert (made.title, made.properties["source_title"], made.properties["status"]) == ("Trench", "photo", "assessed")


def test_a_circle_is_drawn_in_metres_at_any_latitude():
    circle = Drawing(id="drawn-1", form="circle", points=(LonLat(lon=25, lat=70),), name="Range", radius_m=10_000)
    made = shown(Draw(drawing=circle))["drawn-1"]
    assert abs(area_m2(made.geometry) / 314.159e6 - 1) < 0.005


def test_an_area_cannot_be_moved_nor_a_claim_merged_with_a_place():
    features = (*ZONES, TOWN)
    with pytest.raises(ProjectError, match="only a point"):
        checked(Move(feature_id="a/claim-1", at=LonLat(lon=1, lat=1)), features)
    with pytest.raises(ProjectError, match="different things"):
        checked(Merge(feature_id="a/claim-1", into="a/gn:1"), features)
    with pytest.raises(ProjectError, match="not on the map"):
        checked(Merge(feature_id="gone", into="a/gn:1"), features)
    checked(Move(feature_id="a/gn:1", at=LonLat(lon=1, lat=1)), features)


def test_an_added_place_takes_notes_and_a_status_like_any_other():
    place = AddedPlace(id="added-1", name="Depot", at=LonLat(lon=29, lat=-1))
    depot = shown(
        Add(place=place), Annotate(feature_id="added-1", note="burnt"), Assess(feature_id="added-1", status="denied")
    )["added-1"]  # fmt: skip
    assert (depot.properties["annotation"], depot.properties["status"]) == ("burnt", "denied")
