"""Which place a mention means."""

import re

import pytest
from fake_places import FakeGazetteer, FakeTagger
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.article import Article, Span
from geo.candidates import matches_of, normalised
from geo.mentions import Mention, find_mentions
from geo.places import Gazetteer, NameMatch
from geo.resolve import Resolution, resolve

GAZETTEER = FakeGazetteer()


def resolved(text: str, names: list[str], gazetteer: Gazetteer = GAZETTEER) -> dict[str, Resolution]:
    """Resolve just these names wherever they stand; the last one of a name counts."""
    spans = sorted({match.span() for name in names for match in re.finditer(rf"\b{re.escape(name)}\b", text)})
    mentions = [Mention(span=Span(start=a, end=b), text=text[a:b], source=("given",)) for a, b in spans]
    found = resolve(Article(text=text), mentions, gazetteer=gazetteer)
    return {resolution.mention.text: resolution for resolution in found}


def resolutions(text: str, corrections: dict[Span, str] | None = None, **tags: list[str]) -> list[Resolution]:
    article = Article(text=text)
    mentions = find_mentions(article, gazetteer=GAZETTEER, tagger=FakeTagger(**tags))
    return list(resolve(article, mentions, gazetteer=GAZETTEER, corrections=corrections or {}))


def places(text: str, **tags: list[str]) -> dict[str, str | None]:
    return {r.mention.text: r.place.id if r.place else None for r in resolutions(text, **tags)}


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        ("Envoys went to Paris.", "Paris", "gn:2988507"),
        ("A man was shot in Paris, Texas.", "Paris", "gn:4717560"),
        ("It burned in Alexandria, La.", "Alexandria", "gn:4314550"),
        ("It burned in Alexandria in Louisiana.", "Alexandria", "gn:4314550"),
        ("Shells hit the southern city of Jermuk in Armenia.", "Jermuk", "gn:174823"),
        ("Shells fell on the city of Kharkiv.", "Kharkiv", "gn:706483"),
        ("Villages in the Kharkiv region were taken.", "Kharkiv", "gn:706482"),
        ("Fighting went on in the Donetsk region of Ukraine.", "Donetsk", "gn:709716"),
        ("Georgian troops left Georgia, said Armenia and Russia.", "Georgia", "gn:614540"),
        ("Governors of Georgia, Texas and Louisiana met.", "Georgia", "gn:4197000"),
        ("French envoys came.", "French", "gn:3017382"),
    ],
)
def test_the_words_around_a_name_choose_its_place(text: str, name: str, place_id: str) -> None:
    assert places(text)[name] == place_id


def test_every_candidate_is_kept_and_the_shares_sum_to_at_most_one() -> None:
    [alexandria] = resolutions("Fighting in Alexandria went on.")
    assert {candidate.place.country for candidate in alexandria.candidates} == {"EG", "US"}
    assert len(alexandria.candidates) == 3
    assert sum(candidate.probability for candidate in alexandria.candidates) <= 1.001
    assert alexandria.confidence == alexandria.candidates[0].probability


def test_a_name_without_a_candidate_stays_without_a_place() -> None:
    [found] = resolutions("They shelled Verkhnyolukivka.", GPE=["Verkhnyolukivka"])
    assert (found.place, found.candidates, found.confidence) == (None, (), 0.0)


def test_two_senses_of_one_name_live_in_one_text() -> None:
    found = resolutions("He left Paris, France, for Paris, Texas.")
    assert [r.place.country for r in found if r.place and r.mention.text == "Paris"] == ["FR", "US"]


def test_a_correction_holds_for_the_name_in_the_rest_of_the_article() -> None:
    text = "Envoys of Georgia met. Later Georgia agreed."
    first, second = resolutions(text, {Span(start=10, end=17): "gn:4197000"})
    for resolution in (first, second):
        assert resolution.place is not None
        assert resolution.place.id == "gn:4197000"
        assert (resolution.corrected, resolution.confidence) == (True, 1.0)
        assert len(resolution.candidates) == 2


def test_a_correction_leaves_alone_the_name_whose_own_words_set_it_apart() -> None:
    text = "He left Paris, France, for Paris, Texas. Paris was wet."
    found = resolutions(text, {Span(start=8, end=13): "gn:2988507"})
    assert [r.place.country for r in found if r.place and r.mention.text == "Paris"] == ["FR", "US", "FR"]


def test_a_correction_may_name_a_place_that_was_no_candidate() -> None:
    [found] = resolutions("They shelled Verkhnyo.", {Span(start=13, end=21): "gn:174823"}, GPE=["Verkhnyo"])
    assert found.place is not None
    assert found.place.id == "gn:174823"


def test_a_corrected_name_gives_light_to_the_others() -> None:
    text = "Crews from Georgia and Alexandria came."
    start = text.index("Georgia")
    _, alexandria = resolutions(text, {Span(start=start, end=start + 7): "gn:4197000"})
    assert alexandria.place is not None
    plain = resolutions(text)[1]
    american = [sum(c.probability for c in r.candidates if c.place.country == "US") for r in (plain, alexandria)]
    assert american[1] > american[0]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("KYIV, Ukraine (AP) - Shells fell on Kharkiv.", "KYIV", "dateline"),
        ("KYIV, Ukraine (AP) - Shells fell on Kharkiv.", "Ukraine", "dateline"),
        ("KYIV, Ukraine (AP) - Shells fell on Kharkiv.", "Kharkiv", "event"),
        ("He told envoys during a visit to the southern city of Jermuk.", "Jermuk", "event"),
        ("Forces stood 5 km from Jermuk.", "Jermuk", "event"),
        ("A war over the disputed territory of Nagorno-Karabakh killed thousands.", "Nagorno-Karabakh", "context"),
        ("Shells killed two in Nagorno-Karabakh.", "Nagorno-Karabakh", "event"),
        ("Troops fought in Armenia.", "Armenia", "context"),
        ("Armenian troops fought.", "Armenian", "context"),
        ("It asked for help from Moscow after the attack.", "Moscow", "context"),
    ],
)
def test_roles(text: str, name: str, role: str) -> None:
    [found] = [r for r in resolutions(text) if r.mention.text == name]
    assert found.role == role


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["Paris", "Georgia", "Jermuk", "Texas", "Nowhere", "French"]), min_size=1, max_size=8))
def test_there_is_one_resolution_a_mention_in_the_same_order(words: list[str]) -> None:
    text = " and ".join(words)
    mentions, start = [], 0
    for word in words:
        mentions.append(Mention(span=Span(start=start, end=start + len(word)), text=word))
        start += len(word) + 5
    found = resolve(Article(text=text), mentions, gazetteer=GAZETTEER)
    assert [resolution.mention for resolution in found] == mentions
    for resolution in found:
        shares = [candidate.probability for candidate in resolution.candidates]
        assert shares == sorted(shares, reverse=True)
        assert 0 <= resolution.confidence <= 1


def test_names_are_compared_without_case_marks_and_the() -> None:
    assert normalised("The Côte d’Ivoire") == normalised("COTE D'IVOIRE")


def test_a_town_and_its_region_of_one_name_are_told_apart_in_one_text() -> None:
    found = resolutions(
        "Shells fell on the city of Kharkiv. Villages in the Kharkiv region burned. Kharkiv lost power."
    )
    assert [r.place.kind for r in found if r.place] == ["settlement", "admin1", "settlement"]


@pytest.mark.parametrize(
    ("name", "named_after"),
    [
        ("Shanghai International Airport", "Shanghai"),
        ("Bank of England", "England"),
        ("French Foreign Ministry", "French"),
        ("British Embassy Moscow", "Moscow"),
        ("Embassy of Armenia", "Armenia"),
        ("South Kharkiv Hospital", "Kharkiv"),
        ("Paris Hilton Medical Center", None),  # a person's
        ("Moscow Street", None),  # a street is seldom where its name says
        ("Third Presbyterian Church", None),
        ("State House", None),  # all its words are common
    ],
)
def test_a_site_is_read_by_the_place_in_its_name_where_all_other_words_are_common(
    name: str, named_after: str | None
) -> None:
    mention = Mention(span=Span(start=0, end=len(name)), text=name, source=("given",))
    found = matches_of(mention, name, GAZETTEER)
    assert (found[0].matched if found else None) == named_after
    assert {match.how for match in found} <= {"prefix"}


@pytest.mark.parametrize(
    ("text", "name", "town"),
    [
        (
            "Shells hit Regional Clinical Hospital in Kharkiv. Envoys met in Paris.",
            "Regional Clinical Hospital",
            "Kharkiv",
        ),
        ("Kharkiv burned. Two died on Nauky Avenue. Kharkiv lost power.", "Nauky Avenue", "Kharkiv"),
        ("Nauky Avenue burned.", "Nauky Avenue", None),
    ],
)
def test_a_name_without_a_place_is_assumed_to_be_in_a_place_around_it_and_is_not_placed_there(
    text: str, name: str, town: str | None
) -> None:
    names = [word for word in ("Kharkiv", "Paris", name) if word in text]
    found = resolved(text, names)[name]
    assert found.place is None
    assert found.confidence == 0.0
    assert (found.within.place.name if found.within else None) == town
    if found.within:
        assert found.within.probability < 0.98


@pytest.mark.parametrize(
    ("text", "admin1"),
    [
        ("Shells hit Jermuk, about 90 km west of Nagorno-Karabakh.", "Vayots Dzor"),
        ("Shells hit Jermuk, about 250 km northwest of Nagorno-Karabakh.", "Shirak"),
        ("Shells hit Jermuk, a village some 155 miles (250 km) from Nagorno-Karabakh.", "Shirak"),
        ("Shells hit Jermuk. It is 250 km from Nagorno-Karabakh.", "Vayots Dzor"),
    ],
)
def test_a_distance_from_another_place_tells_two_towns_of_one_name_apart(text: str, admin1: str) -> None:
    jermuk = resolved(text, ["Jermuk", "Nagorno-Karabakh"])["Jermuk"]
    assert jermuk.candidates[0].place.admin1 == admin1


class Misspelt(FakeGazetteer):
    """A gazetteer that offers Jermuk for whatever it does not know."""

    def fuzzy(self, name: str, *, limit: int = 10) -> list[NameMatch]:
        return [NameMatch(place=self.places["gn:174823"], matched="Jermuk", how="fuzzy")]


@pytest.mark.parametrize(("name", "place_id"), [("Dermuk", None), ("Jermukk", "gn:174823")])
def test_a_name_that_is_only_like_another_is_no_place_but_a_spelling_of_it_is(name: str, place_id: str | None) -> None:
    article = Article(text=f"Shells fell on {name}, Vayots Dzor.")
    gazetteer = Misspelt()
    mentions = find_mentions(article, gazetteer=gazetteer, tagger=FakeTagger(GPE=[name]))
    found = resolve(article, mentions, gazetteer=gazetteer)[0]
    assert found.mention.text == name
    assert (found.place.id if found.place else None) == place_id
    assert len(found.candidates) == 1


def test_a_small_town_far_from_all_else_is_not_taken_but_kept_as_a_candidate() -> None:
    text = "Fighters left Kyiv, Kharkiv and Donetsk in Ukraine. Some went to Politico, a town near Donetsk."
    found = {r.mention.text: r for r in resolutions(text, GPE=["Politico"])}
    assert found["Politico"].place is None
    assert [candidate.place.id for candidate in found["Politico"].candidates] == ["ml:politico"]


def test_a_site_stands_near_the_town_it_is_named_after() -> None:
    text = "Troops hold Shanghai International Airport."
    span = Span(start=12, end=42)
    [given_one] = resolve(
        Article(text=text), [Mention(span=span, text=span.of(text), source=("given",))], gazetteer=GAZETTEER
    )
    assert given_one.place is not None
    assert given_one.place.name == "Shanghai"
    assert "the name is made from “Shanghai”" in given_one.candidates[0].reasons


def test_a_disputed_territory_is_meant_rather_than_the_division_of_its_name() -> None:
    [found] = resolutions("The war over Nagorno-Karabakh began.")
    assert found.place is not None
    assert found.place.id == "ml:nk"
    assert len(found.candidates) == 2
    assert found.confidence > 0.8
