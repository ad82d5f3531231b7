"""Why, in words."""

from dataclasses import replace
from typing import Any

import pytest
from fake_places import FakeGazetteer, FakeTagger
from test_resolve import resolved

from geo.article import Article
from geo.explain import how_made, why
from geo.mentions import find_mentions
from geo.resolve import Resolution, resolve
from geo.stores.gazetteer import open_gazetteer
from geo.within import Within

GAZETTEER = FakeGazetteer()


def resolution(text: str, name: str, **tags: list[str]) -> Resolution:
    article = Article(text=text)
    mentions = find_mentions(article, gazetteer=GAZETTEER, tagger=FakeTagger(**tags))
    [found] = [r for r in resolve(article, mentions, gazetteer=GAZETTEER) if r.mention.text == name]
    return found


def test_it_says_what_and_where_the_place_is_why_it_was_chosen_and_what_else_it_could_be() -> None:
    words = why(resolution("Shells hit the southern city of Jermuk in Armenia.", "Jermuk"))
    assert words.startswith("Jermuk: town in Vayots Dzor, Armenia; chosen because ")
    assert "the text calls it “southern city”" in words
    assert "other candidate is a town in Shirak, Armenia" in words


def test_a_name_that_no_gazetteer_knows_is_said_to_be_so() -> None:
    words = why(resolution("They shelled Verkhnyolukivka.", "Verkhnyolukivka", GPE=["Verkhnyolukivka"]))
    assert words == "Verkhnyolukivka: read as a place, but the gazetteer has no place of that name."


def test_it_says_that_a_town_is_meant_and_not_the_region_of_its_name() -> None:
    assert "no word says that the region of that name is meant" in why(
        resolution("The city of Kharkiv in Ukraine burned.", "Kharkiv")
    )


def test_a_name_without_a_place_is_said_to_be_assumed_in_another() -> None:
    kyiv = resolution("Kyiv burned.", "Kyiv").candidates[0].place
    unknown = resolution("They shelled Verkhnyolukivka.", "Verkhnyolukivka", GPE=["Verkhnyolukivka"])
    words = why(replace(unknown, within=Within(place=kyiv, probability=0.61, same_sentence=True)))
    assert words.endswith("Assumed to be in or near Kyiv, because the same sentence names it (61%); not drawn.")


def test_a_persons_choice_is_given_as_the_reason() -> None:
    found = resolution("Envoys went to Paris.", "Paris")
    first = replace(found.candidates[0], reasons=("chosen by a person",))
    corrected = replace(found, corrected=True, confidence=1.0, candidates=(first, *found.candidates[1:]))
    assert "chosen because chosen by a person" not in why(corrected)
    assert "chosen by a person" in why(corrected)


def test_little_confidence_is_said_in_words() -> None:
    found = replace(resolution("Envoys went to Paris.", "Paris"), confidence=0.4)
    assert "please check" in why(found)


def test_none_of_the_candidates_is_an_answer() -> None:
    found = replace(resolution("Envoys went to Paris.", "Paris"), nowhere=True)
    assert why(found).startswith("Paris: no place of that name fits this article; it could be ")


TOWN = {"references": [{"name": "Midtown"}, {"name": "Farport"}]}
LENS = {
    "core": {"inner_m": 9_000.0, "outer_m": 11_000.0, "half_width_deg": 20.2},
    "fringe": {"inner_m": 7_000.0, "outer_m": 14_000.0, "half_width_deg": 41.0},
}
DISTANCES = {"core_m": [0.0, 7_500.0], "fringe_m": [0.0, 7_750.0]}


@pytest.mark.parametrize(
    ("derivation", "words"),
    [
        (DISTANCES | {"border_title": "the border of A with B"}, "From the border of A with B: up to 7.5 km (core), "),
        (DISTANCES | {"coast_title": "the coast of Midtown"}, "From the coast of Midtown: up to 7.5 km (core), "),
        (DISTANCES | {"outline_of": "x"}, "From the edge of Midtown: up to 7.5 km (core), up to 7.8 km (fringe)."),
        (DISTANCES | {"azimuth": 0.0}, "From the point of Midtown, 0° clockwise from north: up to 7.5 km (core), "),
        (LENS | {"azimuth": 22.5}, "Midtown, 22.5° clockwise from north: 9 km to 11 km, ±20° (core), "),
        (LENS | {"azimuth": None}, "From the point of Midtown: 9 km to 11 km (core), 7 km to 14 km (fringe); sizes"),
        (
            {"length_m": 2e4, "half_width_m": 1e3, "border_title": "the border of A with B"},
            "20 km along the border of A with B, 1 km on either side of the line.",
        ),
        (
            DISTANCES | {"border_title": "the border of A", "border_dataset": "OSM 2017 (part)", "world_view": "UN"},
            "From the border of A (OSM 2017, world view: UN): up to 7.5 km (core)",
        ),
        (DISTANCES | {"azimuth": None, "land": "OSM 2017 (part)"}, "; only what is land in OSM 2017."),
        ({"apart_m": 1e5, "half_widths_m": [5e3, 12e3]}, "On either side of the straight line of 100 km"),
        ({"apart_m": 1e5, "half_widths_m": [1e4, 24e3], "halfway": True}, "Around the middle of the straight line"),
    ],
)  # fmt: skip
def test_how_a_zone_was_made_is_a_sentence(derivation: dict[str, Any], words: str) -> None:
    assert words in (how_made(TOWN | derivation) or "")


def test_what_limits_a_zone_ends_the_sentence_of_how_it_was_made() -> None:
    made = how_made(TOWN | DISTANCES | {"border_title": "the border"}, "limited to 15 km around Midtown")
    assert made == "From the border: up to 7.5 km (core), up to 7.8 km (fringe); limited to 15 km around Midtown."


def test_a_zone_without_a_derivation_has_no_such_sentence() -> None:
    assert how_made({"depth_m": 5_000}) is None


def test_two_clauses_about_one_thing_are_both_told() -> None:
    other = TOWN | DISTANCES | {"coast_title": "the coast of Midtown"}
    made = how_made(TOWN | DISTANCES | {"border_title": "the border", "together_with": other}) or ""
    assert "Only what lies in this too: from the coast of Midtown: up to 7.5 km (core)" in made


def test_how_a_zone_was_made_names_the_district_that_cuts_it():
    derivation = {
        "references": [{"name": "Midtown"}],
        "core_m": [0, 900],
        "fringe_m": [0, 1000],
        "within_name": "Northshire",
    }
    assert how_made(derivation).endswith("up to 1 km (fringe); only what lies in Northshire.")


REASONS = [
    ("Envoys met in Paris.", "Paris", ("best known place of that name",)),
    ("A man was shot in Paris, Texas.", "Paris", ("the text says “Paris, Texas”",)),
    ("Snipers shot across Tripoli as Lebanon sent cars from Beirut.", "Tripoli", ("the article is about Lebanon",)),
    ("Shells hit Jermuk, about 250 km northwest of Stepanakert.", "Jermuk", ("as far from another place",)),
    ("Shells hit the southern city of Jermuk in Armenia.", "Jermuk", ("calls it “southern city”",)),
    ("Missiles struck Kharkiv.", "Kharkiv", ("no word says that the region of that name is meant",)),
    ("Gaza burned as Hamas fought Israel.", "Gaza", ("what news mostly means",)),
]


@pytest.mark.parametrize(("text", "name", "said"), REASONS)
def test_the_reason_is_the_sign_that_decided(text: str, name: str, said: tuple[str, ...]) -> None:
    names = [name, "Texas", "Lebanon", "Beirut", "Israel", "Armenia", "Stepanakert"]
    words = why(resolved(text, names, open_gazetteer())[name])
    assert all(part in words for part in said), words
