"""People counted: tolls told as a number of dead, vague plurals, whose dead, and the dead of other wars."""

from datetime import date

import pytest

from geo.article import Article
from geo.claims import find_claims
from geo.claims.model import CountClaim
from tests.fakes import EASTLAND, WESTLAND
from tests.test_claims_find import claims_of

FRIDAY = date(2022, 9, 16)


def counts_of(text: str) -> list[CountClaim]:
    return [c for c in find_claims(Article(text=text, published=FRIDAY)) if isinstance(c, CountClaim)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The number of Sylvanian soldiers killed since Monday had climbed to 41.",
         ("killed", 41, "exact", "Sylvanian soldiers", True)),
        ("The number of people displaced there has passed 9,000.", ("displaced", 9000, "exact", "people", True)),
        ("The shelling brought the number of dead to at least 16.", ("killed", 16, "min", None, True)),
    ],
)  # fmt: skip
def test_the_number_of_dead_is_a_toll(text, count):
    [claim] = counts_of(text)
    assert (claim.what, claim.value, claim.bound, claim.whom, claim.total) == count


@pytest.mark.parametrize(
    "day", ["in April 2023", "on April 15, 2022", "in Sept. 2022", "in early 2022", "in mid-2022", "in May 2022"]
)
def test_the_day_and_the_year_of_a_date_count_nobody(day):
    [claim] = counts_of(f"The war, which broke out in Wexford {day}, has displaced more than 12 million people.")
    assert claim.value == 12_000_000


def test_what_is_left_is_not_counted_as_people():
    [claim] = counts_of("More than 138,000 people were evacuated from four western border provinces.")
    assert (claim.what, claim.value, claim.whom) == ("displaced", 138_000, "people")


def test_the_place_of_the_dead_is_not_whose_they_are():
    [claim] = counts_of("Shelling kills 14 in Bardville as army pushes west.")
    assert (claim.value, claim.whom) == (14, None)


def test_a_number_that_looks_like_a_year_still_counts_people():
    [claim] = counts_of("Shelling killed 2023 people in Wexford.")
    assert claim.value == 2023


def test_the_number_of_a_sides_dead_is_that_sides():
    [claim] = claims_of("The number of Eastlandic troops killed rose to 41.", CountClaim, Eastlandic=EASTLAND)
    assert claim.side.place == EASTLAND


@pytest.mark.parametrize(
    ("words", "value", "bound"),
    [("thousands of", 2000, "min"), ("dozens of", 24, "min"), ("up to a few hundred", 500, "max"),
     ("tens of thousands of", 20000, "min"), ("about a dozen", 12, "approx")],
)  # fmt: skip
def test_a_vague_plural_is_a_lower_bound(words, value, bound):
    [claim] = counts_of(f"The shelling killed {words} people.")
    assert (claim.value, claim.bound) == (value, bound)


@pytest.mark.parametrize(
    "text",
    [
        "In 2016 the two fought for four days. That war killed 300 soldiers.",
        "The 2016 war killed 300 soldiers.",
        "Some 300 soldiers were killed in 2016.",
        "The war of 2016, in which 300 soldiers were killed, ended in a truce.",
        "Their last war killed 300 people.",
        "It is the worst fighting since a war over the valley in 2016 that killed 300 people.",
    ],
)
def test_the_dead_of_an_earlier_war_are_no_toll_of_this_one(text):
    assert counts_of(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Some 300 soldiers were killed since the war began in 2016.",
        "It was the worst day since the war of 2016: 300 soldiers were killed.",
        "Some 300 soldiers were killed on Tuesday, the worst toll since 2016.",
        "Some 300 soldiers were killed in 2022.",
        "The war has killed 300 people.",
    ],
)
def test_a_year_to_compare_with_leaves_the_toll(text):
    [claim] = counts_of(text)
    assert claim.value == 300


def test_two_kinds_of_dead_in_one_breath_are_two_counts():
    killed = [(c.value, c.whom, c.bound) for c in counts_of("A raid killed at least nine rebels and four civilians.")]
    assert killed == [(9, "rebels", "min"), (4, "civilians", "exact")]


def test_rebel_groups_are_not_people():
    [claim] = counts_of("Clashes between two rebel groups have left at least 80 people dead.")
    assert (claim.value, claim.bound) == (80, "min")


@pytest.mark.parametrize(
    "text",
    ["The conflict has cost more than 40,000 lives since 1984.", "The war has killed 300 people.",
     "Some 300 people were killed since the fighting began."],
)  # fmt: skip
def test_the_dead_of_a_whole_war_are_a_running_toll(text):
    [claim] = counts_of(text)
    assert claim.total


def test_the_worst_day_since_a_war_is_no_sum_of_the_war():
    [claim] = counts_of("Some 300 people were killed, the most since the war began.")
    assert not claim.total


def test_closer_to_is_about():
    [claim] = counts_of("The mayor said that the death toll was closer to 50.")
    assert (claim.value, claim.bound) == (50, "approx")


def test_a_country_in_which_people_die_is_not_their_side():
    text = "The raid brought the number of people killed this month in northern Westland to more than 150."
    [claim] = claims_of(text, CountClaim, Westland=WESTLAND)
    assert (claim.value, claim.side, claim.whom) == (150, None, "people")


def test_countries_of_some_of_the_dead_are_not_the_side():
    text = "At least 13 peacekeepers, among them soldiers from Westland and Eastland, were killed."
    [claim] = claims_of(text, CountClaim, Westland=WESTLAND, Eastland=EASTLAND)
    assert (claim.value, claim.side) == (13, None)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Westland lost 1,250 killed and wounded in a day.", [("killed", 1250, "max")]),
        ("More than 20 killed and injured were brought to the clinic.", []),
        ("The raid left 15 dead and 20 injured.", [("killed", 15, "exact"), ("wounded", 20, "exact")]),
        ("The three killed were a couple aged 61 and 64 and a girl.", [("killed", 3, "exact")]),
        ("Also killed were two children.", [("killed", 2, "exact")]),
        ("Of the 31 dead, 12 were children.", [("killed", 31, "exact")]),
        ("Among the 40 killed were 12 soldiers.", [("killed", 40, "exact")]),
        ("One in five children is wounded.", []),
        ("Two out of every ten people were displaced.", []),
        ("Some 6,500 families (32,000 people) were displaced.", [("displaced", 32_000, "exact")]),
        ("Some 6,500 families were displaced.", [("displaced", 6500, "approx")]),
    ],
)
def test_shares_parts_and_mixed_losses_are_no_counts_of_their_own(text, counts):
    assert [(claim.what, claim.value, claim.bound) for claim in counts_of(text)] == counts
