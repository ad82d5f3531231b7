"""The status of a claim, as people set it."""

from shapely.geometry import Point, box

from geo.layers import layers_of
from geo.project import Assess, ImportedFeature, Project
from tests.fakes import FakeBorders, FakeGazetteer

PARTS = tuple(
    ImportedFeature(id=f"a/claim-1/{part}", style=f"zone-{part}", title="7 km", geometry=box(44, 40, 45, 41), properties={"status": "claimed"})
    for part in ("core", "fringe")
)  # fmt: skip
OTHER = ImportedFeature(id="a/claim-11/core", style="zone-core", title="9 km", geometry=Point(44, 40), properties={"status": "claimed"})  # fmt: skip


def statuses(project):
    return {f.id: f.properties["status"] for f in layers_of(project, gazetteer=FakeGazetteer(), borders=FakeBorders())}


def test_a_status_holds_for_all_parts_of_a_claim_and_for_no_other():
    project = Project(imported=(*PARTS, OTHER)).decide(Assess(feature_id="a/claim-1", status="disputed"))
    assert statuses(project) == {"a/claim-1/core": "disputed", "a/claim-1/fringe": "disputed", "a/claim-11/core": "claimed"}


def test_the_latest_status_counts_and_undo_brings_back_the_one_before():
    project = Project(imported=PARTS).decide(Assess(feature_id="a/claim-1", status="disputed"))
    project = project.decide(Assess(feature_id="a/claim-1", status="confirmed"))
    assert set(statuses(project).values()) == {"confirmed"}
    assert set(statuses(project.undo()).values()) == {"disputed"}
    assert set(statuses(project.undo().undo()).values()) == {"claimed"}
