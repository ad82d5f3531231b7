"""What a distance is measured from: implicit places, names that are only a part, and places that are the figure."""

from dataclasses import replace

import pytest

from geo.claims.model import DistanceClaim
from tests.fakes import BORDERTON, EASTLAND, MIDTOWN, NORTHSHIRE, WESTLAND
from tests.test_claims_find import claims_of


def places_of(claim: DistanceClaim) -> list:
    return [r.resolution.place if r.resolution else None for r in claim.references]


def test_a_place_right_before_its_distance_is_the_figure_and_not_the_reference():
    [claim] = claims_of("In Midtown, more than 300 km to the east, it was quiet.", DistanceClaim, Midtown=MIDTOWN)
    assert (claim.draw, places_of(claim)) == (False, [])
    assert claim.not_drawn_because == "the words do not say from where"


def test_the_town_named_before_the_figure_is_the_reference():
    text = "Shells fell in Midtown and in Borderton, 30 km to the east."
    [claim] = claims_of(text, DistanceClaim, Midtown=MIDTOWN, Borderton=BORDERTON)
    assert places_of(claim) == [MIDTOWN]


def test_a_state_named_before_the_figure_is_not_the_reference():
    text = "Westland shelled Borderton, 30 km to the east."
    [claim] = claims_of(text, DistanceClaim, Westland=WESTLAND, Borderton=BORDERTON)
    assert (claim.draw, places_of(claim)) == (False, [])


@pytest.mark.parametrize("head", ["camp", "plant", "base"])
def test_a_bare_facility_is_not_the_town_named_last(head):
    [claim] = claims_of(f"Midtown was quiet. Tanks stood 6 km from the {head}.", DistanceClaim, Midtown=MIDTOWN)
    assert places_of(claim) == [None]


def test_the_base_is_the_known_base_named_before():
    base = replace(BORDERTON, id="fake:base", name="Borderton Air Base", kind="facility")
    text = "Planes left Borderton for Midtown. Tanks stood 6 km from the base."
    [claim] = claims_of(text, DistanceClaim, Borderton=base, Midtown=MIDTOWN)
    assert (claim.references[0].text, places_of(claim)) == ("the base", [base])
    [camp] = claims_of(text.replace("base", "camp"), DistanceClaim, Borderton=base, Midtown=MIDTOWN)
    assert places_of(camp) == [None]


def test_a_plant_named_after_a_town_is_not_the_town():
    [claim] = claims_of("Tanks stood 6 km from the Midtown nuclear power plant.", DistanceClaim, Midtown=MIDTOWN)
    assert (claim.references[0].text, places_of(claim)) == ("Midtown", [None])


def test_a_place_that_is_only_the_end_of_a_name_is_not_its_place():
    [claim] = claims_of("Shells fell 3 km north of Bir al-Midtown.", DistanceClaim, Midtown=MIDTOWN)
    assert (claim.references[0].text, places_of(claim)) == ("Bir al-Midtown", [None])


def test_a_compass_word_before_a_place_leaves_it():
    [claim] = claims_of("Shells fell 3 km from downtown Midtown.", DistanceClaim, Midtown=MIDTOWN)
    assert places_of(claim) == [MIDTOWN]


def test_a_front_after_a_region_is_in_the_region_and_not_in_its_state():
    text = "Eastlandic troops pushed 12 km into Westland's Northshire along a 40-kilometer front."
    into, front = claims_of(text, DistanceClaim, Eastlandic=EASTLAND, Westland=WESTLAND, Northshire=NORTHSHIRE)
    assert (places_of(into), into.mover.place) == ([NORTHSHIRE], EASTLAND)
    assert places_of(front) == [NORTHSHIRE]


def test_the_range_of_a_weapon_is_from_nowhere():
    [claim] = claims_of("The rockets have a range of up to 300 km.", DistanceClaim)
    assert (claim.draw, claim.references) == (False, ())


def test_a_region_is_not_what_a_distance_to_a_town_places():
    text = "Borderton, a lakeside town in Northshire that lies 40 km southwest of Midtown, was taken."
    [claim] = claims_of(text, DistanceClaim, Borderton=BORDERTON, Northshire=NORTHSHIRE, Midtown=MIDTOWN)
    assert claim.placed is None or claim.placed.place == BORDERTON


def test_land_that_a_side_holds_begins_at_the_front_and_not_at_its_border():
    [claim] = claims_of("Rebels moved a post 300 m into Westland-held territory.", DistanceClaim, Westland=WESTLAND)
    assert claim.reference_kind == "frontline"


def test_a_state_evacuates_only_its_own_side_of_a_border():
    text = "Westland will evacuate 28 villages that lie within two kilometers of the border with Eastland."
    [claim] = claims_of(text, DistanceClaim, Westland=WESTLAND, Eastland=EASTLAND)
    assert claim.placed.place == WESTLAND


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A rocket fell within a mile of the Eastlandic embassy in Midtown.", MIDTOWN),
        ("A rocket hit Midtown. Another fell 300 metres from the Eastlandic consulate.", MIDTOWN),
        ("Guards stood 200 metres from the Eastlandic mission.", None),
    ],
)
def test_an_embassy_is_where_the_words_put_it_and_never_the_state_it_is_named_after(text, place):
    [claim] = claims_of(text, DistanceClaim, Eastlandic=EASTLAND, Midtown=MIDTOWN)
    assert places_of(claim) == [place]
    assert claim.references[0].text.startswith("Eastlandic")


@pytest.mark.parametrize(
    ("words", "land"),
    [
        ("inside Eastland", EASTLAND), ("up to 3 km deep inside northern Eastland", EASTLAND),
        ("on the Eastlandic side of the border", EASTLAND), ("on its side of the border with Eastland", WESTLAND),
        ("along its border with Eastland", None), ("on both sides of the border with Eastland", None),
    ],
)  # fmt: skip
def test_a_buffer_zone_lies_on_the_side_that_the_words_say(words, land):
    text = f"Westland demanded a 5-km buffer zone {words}."
    [claim, *_] = claims_of(text, DistanceClaim, Westland=WESTLAND, Eastlandic=EASTLAND, Eastland=EASTLAND)
    assert claim.relation == "buffer"
    assert (claim.placed.place if claim.placed else None) == land


def test_a_zone_in_a_district_along_the_border_is_measured_from_the_border():
    text = "Eastland wants a 5-km buffer zone in Northshire along the border with Westland."
    [claim] = claims_of(text, DistanceClaim, Eastland=EASTLAND, Northshire=NORTHSHIRE, Westland=WESTLAND)
    assert (claim.relation, claim.reference_kind, places_of(claim)[0]) == ("buffer", "border", WESTLAND)


@pytest.mark.parametrize(
    "text",
    [
        "A bus was stopped between Midtown and Borderton.",
        "Mines lay on the road between Midtown and Borderton.",
        "Two died on the road from Midtown to Borderton.",
        "They cut the highway linking Midtown with Borderton.",
        "The convoy was hit on the Midtown-Borderton road.",
        "The camp is halfway between Midtown and Borderton.",
        "The camp lies midway between Midtown and Borderton.",
    ],
)
def test_between_two_towns_is_a_place_where_something_happens(text):
    [claim] = claims_of(text, DistanceClaim, Midtown=MIDTOWN, Borderton=BORDERTON)
    assert (claim.relation, places_of(claim), claim.draw) == ("between", [MIDTOWN, BORDERTON], True)


@pytest.mark.parametrize(
    "text",
    [
        "Flights between Midtown and Borderton were stopped.",
        "Talks between Midtown and Borderton fell through.",
        "Trade between Midtown and Borderton grew.",
        "Fighting between Westland and Eastland went on.",
        "Nurses came from Midtown and Borderton.",
        "Work began on the 60-km road from Midtown to Borderton.",
    ],
)
def test_what_two_towns_or_states_share_is_no_place_between_them(text):
    claims = claims_of(text, DistanceClaim, Midtown=MIDTOWN, Borderton=BORDERTON, Westland=WESTLAND, Eastland=EASTLAND)
    assert [claim for claim in claims if claim.draw] == []


@pytest.mark.parametrize("what", ["positions", "convoy", "town", "troops", "targets"])
def test_what_belongs_to_a_state_is_not_that_state(what):
    claims = claims_of(f"Shells fell 2 km from Eastlandic {what}.", DistanceClaim, Eastlandic=EASTLAND)
    assert all(places_of(claim) in ([], [None]) for claim in claims)


@pytest.mark.parametrize("between", ["", " in Westland", ", in Westland’s north", ", which is located"])
def test_a_town_is_placed_by_the_distance_that_is_said_of_it(between):
    text = f"They shelled Borderton{between}, about 10 km from the border with Eastland.".replace("located,", "located")
    [claim] = claims_of(text, DistanceClaim, Borderton=BORDERTON, Westland=WESTLAND, Eastland=EASTLAND)
    assert claim.placed.place == BORDERTON


def test_two_distances_in_one_breath_are_said_of_one_place():
    text = "They shelled Borderton, 30 km east of Midtown and 10 km from the border with Eastland."
    claims = claims_of(text, DistanceClaim, Borderton=BORDERTON, Midtown=MIDTOWN, Eastland=EASTLAND)
    assert [claim.placed.place for claim in claims] == [BORDERTON, BORDERTON]
