"""Claims of whole articles: references that are known, claimants, counts, dates, furniture, hostile text."""

from datetime import date
from pathlib import Path

import pytest

from geo.article import Article
from geo.claims import find_claims
from geo.claims.model import AreaClaim, CountClaim, DistanceClaim, EventClaim
from geo.resolve import Resolution
from tests.fakes import BORDERTON, EASTLAND, MIDTOWN, WESTLAND, resolved

SEED = Path(__file__).parent.parent / ".." / "shared" / "seeds" / "000_76dd1eb450d0be15.txt"
FRIDAY = date(2022, 9, 16)


def known(text: str, **places: object) -> list[Resolution]:
    """Resolve every occurrence of some words of a text."""
    found = []
    for words, place in places.items():
        start = text.find(words)
        while start >= 0:
            demonym = words.endswith("landic")
            found.append(resolved(place, text=words, start=start, demonym=demonym))  # type: ignore[arg-type]
            start = text.find(words, start + 1)
    return found


def claims_of(text: str, kind: type, **places: object) -> list:
    return [c for c in find_claims(Article(text=text, published=FRIDAY), known(text, **places)) if isinstance(c, kind)]


def test_the_side_that_moves_is_known_by_its_forces():
    [claim] = claims_of(
        "Eastlandic forces advanced up to 7 km into Westland's territory.",
        DistanceClaim,
        Eastlandic=EASTLAND,
        Westland=WESTLAND,
    )
    assert claim.mover.place == EASTLAND
    assert claim.figure == "Eastlandic forces"
    assert [r.resolution.place for r in claim.references] == [WESTLAND]
    assert claim.reference_kind == "country"


def test_the_border_without_a_name_is_that_of_the_countries_named_before():
    [claim] = claims_of(
        "Westland and Eastland traded fire. Shells fell 3 km from the border.",
        DistanceClaim,
        Westland=WESTLAND,
        Eastland=EASTLAND,
    )
    assert {r.resolution.place for r in claim.references} == {WESTLAND, EASTLAND}
    assert all(r.inferred for r in claim.references)
    assert claim.references[0].text == "the border"


def test_its_border_has_two_sides():
    [claim] = claims_of(
        "Westland moved guns to within 5 km of its border with Eastland.",
        DistanceClaim,
        Westland=WESTLAND,
        Eastland=EASTLAND,
    )
    assert [r.resolution.place for r in claim.references] == [EASTLAND, WESTLAND]
    assert claim.references[0].inferred is None
    assert claim.references[1].inferred


def test_the_place_that_a_distance_is_said_of_is_kept():
    [claim] = claims_of(
        "They shelled Borderton, about 10 km from the Eastlandic border.",
        DistanceClaim,
        Borderton=BORDERTON,
        Eastlandic=EASTLAND,
    )
    assert claim.placed.place == BORDERTON


def test_the_city_is_the_one_named_last():
    [claim] = claims_of("Midtown was quiet. Tanks stood 6 km from the city.", DistanceClaim, Midtown=MIDTOWN)
    assert claim.references[0].resolution.place == MIDTOWN


def test_just_south_of_a_known_town_is_drawn_and_near_it_is_no_claim():
    text = "Guns fired just south of Midtown. Others stood near Midtown, and envoys were shown around Midtown."
    [south] = claims_of(text, DistanceClaim, Midtown=MIDTOWN)
    assert (south.direction, south.draw, south.value_m) == ("S", True, None)


@pytest.mark.parametrize(
    ("text", "claimant", "audience", "stance"),
    [
        ("Troops are 5 km from Bardville, the head of the army told foreign envoys on Friday.",
         "the head of the army", "foreign envoys", "says"),
        ("According to the general staff, troops are 5 km from Bardville.", "the general staff", None, "says"),
        ("“They are 5 km from Bardville,” said the mayor.", "the mayor", None, "says"),
        ("Sylvania denied that its troops were 5 km inside Freedonia.", "Sylvania", None, "denies"),
        ("Sylvania claimed its troops were 5 km inside Freedonia.", "Sylvania", None, "claims"),
        ("Troops are 5 km from Bardville. The report could not be independently verified.", None, None, "unverified"),
        ("Rebels reportedly stood 5 km from Bardville.", None, None, "reports"),
        ("Rebels stood 5 km from Bardville.", None, None, "says"),
    ],
)  # fmt: skip
def test_a_claim_says_who_claims_it_to_whom_and_how(text, claimant, audience, stance):
    [claim] = find_claims(text)
    assert (claim.claimant, claim.audience, claim.stance) == (claimant, audience, stance)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Clashes killed more than 200 troops on both sides.", [("killed", 200, "min", "troops, both sides", False)]),
        ("The death toll has risen to 135.", [("killed", 135, "exact", None, True)]),
        ("Sylvania reported 77 deaths among its forces.", [("killed", 77, "exact", "its forces", False)]),
        ("It hit a van, killing five men and wounding 30.",
         [("killed", 5, "exact", "men", False), ("wounded", 30, "exact", None, False)]),
        ("Some 30,000 people have been displaced.", [("displaced", 30000, "approx", "people", False)]),
        ("They shot dead seven guards.", [("killed", 7, "exact", "guards", False)]),
        ("At least 15 people were killed and dozens injured.",
         [("killed", 15, "min", "people", False), ("wounded", 24, "min", None, False)]),
        ("Two soldiers are missing.", [("missing", 2, "exact", "soldiers", False)]),
        ("No one was killed.", []),
        ("The war of 2014 killed him.", []),
        ("They killed the engine after 30 km.", []),
    ],
)  # fmt: skip
def test_people_are_counted_with_their_bound(text, counts):
    found = [c for c in find_claims(text) if isinstance(c, CountClaim)]
    assert [(c.what, c.value, c.bound, c.whom, c.total) for c in found] == counts


def test_a_running_total_belongs_to_the_side_it_names():
    [claim] = claims_of("The death toll among Eastlandic troops rose to 135.", CountClaim, Eastlandic=EASTLAND)
    assert (claim.side.place, claim.total) == (EASTLAND, True)


def test_an_area_is_a_number_at_its_place():
    [claim] = claims_of("They took about 60 square kilometres near Midtown.", AreaClaim, Midtown=MIDTOWN)
    assert (claim.value_m2, claim.bound, claim.reference.resolution.place) == (60e6, "approx", MIDTOWN)


def test_an_event_has_its_places_and_actors():
    [claim] = claims_of(
        "Eastlandic guns shelled Midtown on Thursday.", EventClaim, Eastlandic=EASTLAND, Midtown=MIDTOWN
    )
    assert (claim.what, claim.trigger, claim.when) == ("shelling", "shelled", date(2022, 9, 15))
    assert ([p.place for p in claim.places], [a.place for a in claim.actors]) == ([MIDTOWN], [EASTLAND])


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on Thursday", date(2022, 9, 15)), ("on Friday", FRIDAY), ("yesterday", date(2022, 9, 15)),
        ("on 13 September", date(2022, 9, 13)), ("on Sept. 13, 2021", date(2021, 9, 13)),
        ("on December 30", date(2021, 12, 30)), ("two days ago", date(2022, 9, 14)), ("in 2020", None),
        ("last Friday", date(2022, 9, 9)), ("at the weekend", date(2022, 9, 10)), ("on 2022-09-01", date(2022, 9, 1)),
    ],
)  # fmt: skip
def test_a_day_is_resolved_against_the_publication(words, day):
    [claim] = find_claims(Article(text=f"Shells fell 5 km from Bardville {words}.", published=FRIDAY))
    assert claim.when == day


def test_furniture_and_other_headlines_claim_nothing():
    text = "Army Pushes 7 km Into Sylvania as War Deepens\n\nRead more: 5 km from Bardville, 12 killed\n\nNothing else."
    assert find_claims(text) == ()


def test_nothing_is_found_in_nothing():
    assert find_claims(" ") == ()


@pytest.mark.skipif(not SEED.exists(), reason="the original article is not here")
def test_the_original_article_gives_one_drawn_claim_and_its_counts():
    claims = find_claims(Article(text=SEED.read_text(encoding="utf-8"), published=FRIDAY))
    [distance] = [c for c in claims if isinstance(c, DistanceClaim)]
    assert (distance.relation, distance.min_m, distance.max_m, distance.hedge) == ("into", 0, 7500, "as much as")
    assert (distance.claimant, distance.audience) == ("the head of the Armenian armed forces", "foreign envoys")
    counts = {c.value: (c.bound, c.claimant, c.audience, c.total) for c in claims if isinstance(c, CountClaim)}
    assert counts[200] == ("min", "Azerbaijan and Armenia", None, False)
    assert counts[135] == ("exact", "Pashinyan", "a government meeting", True)
    assert counts[77] == ("exact", "Azerbaijan", None, False)
    assert 2000 not in counts  # of the war before
