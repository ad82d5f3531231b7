"""The status of a claim, as people set it."""

from shapely.geometry import box

from geo.features import MapFeature
from geo.layers import layers_of
from geo.project import Assess, Project
from tests.fakes import FakeBorders, FakeGazetteer


def a_part(feature_id, style):
    properties = {"status": "claimed"}
    return MapFeature(id=feature_id, style=style, title="7 km", geometry=box(44, 40, 45, 41), properties=properties)


PARTS = (a_part("a/claim-1/core", "zone-core"), a_part("a/claim-1/fringe", "zone-fringe"))
OTHER = a_part("a/claim-11/core", "zone-core")


def statuses(project):
    return {f.id: f.properties["status"] for f in layers_of(project, gazetteer=FakeGazetteer(), borders=FakeBorders())}


def test_a_status_holds_for_all_parts_of_a_claim_and_for_no_other():
    project = Project(imported=(*PARTS, OTHER)).decide(Assess(feature_id="a/claim-1", status="disputed"))
    assert statuses(project) == {
        "a/claim-1/core": "disputed",
        "a/claim-1/fringe": "disputed",
        "a/claim-11/core": "claimed",
    }


def test_the_latest_status_counts_and_undo_brings_back_the_one_before():
    project = Project(imported=PARTS).decide(Assess(feature_id="a/claim-1", status="disputed"))
    project = project.decide(Assess(feature_id="a/claim-1", status="confirmed"))
    assert set(statuses(project).values()) == {"confirmed"}
    assert set(statuses(project.undo()).values()) == {"disputed"}
    assert set(statuses(project.undo().undo()).values()) == {"claimed"}
