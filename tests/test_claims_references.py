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
