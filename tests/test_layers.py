"""What is drawn, in which style, and what its card says."""

from dataclasses import replace
from datetime import date

import pytest
from shapely.geometry import Point, box

from geo.article import Article, Span
from geo.borders import Dispute, Period
from geo.cards import card_of
from geo.checks import Check
from geo.claims.model import CountClaim, DistanceClaim, Reference
from geo.features import MapFeature
from geo.geodesy import LonLat
from geo.layers import features_of, generalised, layers_of
from geo.project import Add, AddedPlace, Project, Remove
from geo.reading import Reading
from geo.zones import Zone
from tests.fakes import BORDERTON, EASTLAND, NORTHSHIRE, WESTLAND, FakeBorders, FakeGazetteer, resolved
from tests.test_zones import a_claim

TEXT = "Eastland forces moved up to 5 km into Westland near Borderton. Northshire is calm. Over 20 were killed."
EAST, WEST = resolved(EASTLAND, start=0), resolved(WESTLAND, start=38)
TOWN = replace(resolved(BORDERTON, start=52), role="event")
SHIRE = resolved(NORTHSHIRE, start=63)
CLAIM = DistanceClaim(
    span=Span(start=22, end=46), sentence_no=1, quote=TEXT[:62], relation="into", min_m=0, max_m=5000, bound="max",
    value_m=5000, quantity="5 km", hedge="up to", references=(Reference(text="Westland", resolution=WEST),),
    reference_kind="country", mover=EAST, claimant="the army",
)  # fmt: skip
KILLED = CountClaim(
    span=Span(start=83, end=102), sentence_no=3, quote="Over 20 were killed.", what="killed", value=20, bound="min",
    hedge="over", side=EAST,
)  # fmt: skip
ZONE = Zone(
    claim=CLAIM, core=box(44.9, 40.4, 45, 40.6), fringe=box(44.89, 40.4, 45, 40.6), area_m2=2.1e8, where_prec=2,
    geo_precision=2, uncertainty_m=5500.0, sector="limited to 15 km around Borderton", border_dataset="fake borders",
    assumptions=("One.", "Two."), derivation={"border_title": "the border", "core_m": [0, 5000], "fringe_m": [0, 5500]},
)  # fmt: skip
READING = Reading(
    article=Article(text=TEXT, title="Report", published=date(2022, 9, 16)),
    resolutions=(EAST, WEST, TOWN, SHIRE), claims=(CLAIM, KILLED), zones=(ZONE,),
)  # fmt: skip


@pytest.fixture
def drawn() -> dict[str, MapFeature]:
    return {f.id.removeprefix("article/"): f for f in features_of(READING, FakeGazetteer(), FakeBorders())}


def test_a_country_that_moves_or_is_moved_into_is_a_party(drawn):
    assert {drawn["fake:westland"].style, drawn["fake:eastland"].style} == {"party"}


def test_a_country_that_is_only_talked_about_is_quiet_and_no_point():
    talk = replace(READING, claims=(), zones=())
    features = {f.title: f for f in features_of(talk, FakeGazetteer(), FakeBorders())}
    assert features["Westland"].style == "context-country"
    assert features["Westland"].geometry.geom_type != "Point"


def test_a_country_without_an_outline_is_not_drawn_at_all():
    features = features_of(READING, FakeGazetteer(outlines={}), FakeBorders())
    assert "Westland" not in {f.title for f in features}


def test_a_town_of_an_event_is_a_point_and_a_region_without_one_is_context(drawn):
    assert drawn["fake:borderton"].style == "event-place"
    assert drawn["fake:borderton"].geometry.geom_type == "Point"
    assert drawn["fake:northshire"].style == "context-country"


def test_a_disputed_territory_has_its_own_style_with_claimants_and_control_at_the_date():
    dispute = Dispute(
        id="ml:north", name="Northshire", claimants=("WL", "EL"), shape=box(44, 40, 45, 41), reference="a treaty",
        periods=(
            Period(since="1994", until="2020-11", controls="WL"),
            Period(since="2020-11-10", until=None, controls="EL"),
        ),
        place_id=NORTHSHIRE.id,
    )  # fmt: skip
    [shire] = [
        f for f in features_of(READING, FakeGazetteer(), FakeBorders(disputes=[dispute])) if f.title == "Northshire"
    ]
    assert shire.style == "disputed"
    assert shire.properties["claimed_by"] == "WL, EL"
    assert shire.properties["controlled_by"] == "EL (as of 2022-09-16)"


def test_a_claim_is_drawn_as_core_and_fringe_with_who_says_it_and_the_sentence(drawn):
    core, fringe = drawn["claim-1/core"], drawn["claim-1/fringe"]
    assert (core.style, fringe.style) == ("strip", "zone-fringe")
    assert core.title == "up to 5 km into Westland"
    card = card_of(core)
    rows = dict(card.rows)
    assert rows["Who says so"] == "the army"
    assert rows["Bound"].startswith("upper bound")
    assert rows["Area (km²)"] == "210"
    assert rows["Assumed"] == "One. Two."
    assert rows["How the shape was made"].startswith(
        "From the border: up to 5 km (core), up to 5.5 km (fringe); limited"
    )
    assert card.quote == TEXT[:62]


def test_a_strip_without_a_sector_is_weak_and_carries_its_warning():
    weak = replace(READING, zones=(replace(ZONE, sector=None, weak=True, warning="location not stated"),))
    zones = [f for f in features_of(weak, FakeGazetteer(), FakeBorders()) if f.properties["feature"] == "claim"]
    assert {f.style for f in zones} == {"strip-weak"}
    assert card_of(zones[0]).warning == "location not stated"


def test_counts_stand_on_the_card_of_their_side_and_never_as_a_pin(drawn):
    assert dict(card_of(drawn["fake:eastland"]).rows)["Reported numbers"] == "over 20 killed"
    assert len(drawn) == 6  # four places, core and fringe


def test_removing_a_claim_takes_both_its_parts_off_and_undo_brings_them_back():
    project = Project(readings=(READING,)).decide(Remove(feature_id="article/claim-1"))
    titles = [f.title for f in layers_of(project, gazetteer=FakeGazetteer(), borders=FakeBorders())]
    assert "up to 5 km into Westland" not in titles
    back = [f.title for f in layers_of(project.undo(), gazetteer=FakeGazetteer(), borders=FakeBorders())]
    assert back.count("up to 5 km into Westland") == 2


def test_added_places_are_drawn_on_top():
    place = AddedPlace(id="added-1", name="Depot", at=LonLat(lon=44.8, lat=40.4), note="seen by a reader")
    project = Project(readings=(READING,)).decide(Add(place=place))
    top = layers_of(project, gazetteer=FakeGazetteer(), borders=FakeBorders())[-1]
    assert (top.title, top.style) == ("Depot", "added")
    assert dict(card_of(top).rows)["Note"] == "seen by a reader"


def test_the_same_reading_is_drawn_the_same_way():
    project = Project(readings=(READING,))
    first, second = (layers_of(project, gazetteer=FakeGazetteer(), borders=FakeBorders()) for _ in range(2))
    assert first == second


def test_a_heavy_outline_is_thinned_for_drawing():
    heavy = Point(45, 40).buffer(1, quad_segs=20_000)
    light = generalised(heavy)
    assert light.is_valid
    assert len(light.exterior.coords) <= 4000
    assert light.symmetric_difference(heavy).area < 0.002


def test_a_thinned_outline_keeps_an_inlet_on_a_straight_coast():
    heavy = box(44, 40, 45, 41).difference(box(44.5, 40.9, 44.51, 41)).segmentize(1e-4)
    light = generalised(heavy, max_vertices=200)
    assert len(light.exterior.coords) <= 200
    assert heavy.exterior.hausdorff_distance(light.exterior) < 0.01  # degrees


def test_a_claim_has_the_colour_of_who_moves_and_a_party_has_its_own():
    project = Project(readings=(READING,))
    features = {f.id: f for f in layers_of(project, gazetteer=FakeGazetteer(), borders=FakeBorders())}
    zone, east, west = (features[f"article/{i}"].properties for i in ("claim-1/core", "fake:eastland", "fake:westland"))
    assert (zone["side"], zone["colour"]) == ("Eastland", east["colour"])
    assert west["colour"] != east["colour"]


def test_where_nobody_moves_the_side_is_whose_words_they_are():
    said = replace(CLAIM, mover=None, claimant="the Westland defence ministry")
    reading = replace(READING, claims=(said, KILLED), zones=(replace(ZONE, claim=said),))
    [side] = {f.properties.get("side") for f in features_of(reading, FakeGazetteer(), FakeBorders()) if "claim" in f.id}
    assert side == "Westland"


def test_a_name_inside_the_name_of_an_organisation_is_not_drawn():
    inside = replace(SHIRE, mention=replace(SHIRE.mention, part_of="Northshire Post"))
    reading = replace(READING, resolutions=(EAST, WEST, TOWN, inside))
    assert "Northshire" not in {f.title for f in features_of(reading, FakeGazetteer(), FakeBorders())}


def test_the_card_of_a_place_whose_distance_is_stated_shows_the_check():
    text = "Borderton, 30 km from the border, was shelled."
    claim = a_claim("from", WESTLAND, EASTLAND, value=30_000.0, reference_kind="border", placed=resolved(BORDERTON))
    check = Check(claims=(claim,), verdict="contradicts", text="On this border it is 8.5 km.", place_id=BORDERTON.id)
    reading = Reading(
        article=Article(text=text), resolutions=(resolved(BORDERTON),), claims=(claim,), zones=(), checks=(check,)
    )
    [card] = [card_of(f) for f in features_of(reading, FakeGazetteer(), FakeBorders()) if f.title == "Borderton"]
    assert ("Checked against the map", "On this border it is 8.5 km.") in card.rows
