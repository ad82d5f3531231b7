"""Which words name a place."""

from dataclasses import replace

import pytest
from fake_places import FakeGazetteer, FakeTagger
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.article import Article
from geo.mentions import Mention, TaggedSpan, find_mentions

GAZETTEER = FakeGazetteer()


def mentions(text: str, **tags: list[str]) -> list[Mention]:
    return list(find_mentions(Article(text=text), gazetteer=GAZETTEER, tagger=FakeTagger(**tags)))


def names(text: str, **tags: list[str]) -> list[str]:
    return [mention.text for mention in mentions(text, **tags)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Troops left Armenia’s territory.", ["Armenia"]),
        ("Troops left Armenia's territory.", ["Armenia"]),
        ("Shots on the Armenia-Azerbaijan border.", ["Armenia", "Azerbaijan"]),
        ("Shots on the Armenia–Azerbaijan border.", ["Armenia", "Azerbaijan"]),
        ("A Russia-led mission came.", ["Russia"]),
        ("The war over Nagorno-Karabakh began.", ["Nagorno-Karabakh"]),
        ("He flew to Guinea-Bissau.", ["Guinea-Bissau"]),
        ("An Armenia/Azerbaijan treaty is near.", ["Armenia", "Azerbaijan"]),
        ("They met in Armenia, Azerbaijan, Ukraine and Russia.", ["Armenia", "Azerbaijan", "Ukraine", "Russia"]),
        ("He spoke with U.S. officials.", ["U.S."]),
        ("He flew to the U.S.", ["U.S."]),
        ("KYIV, Ukraine (AP) - Shells fell.", ["KYIV", "Ukraine"]),
        ("The road to St. Petersburg is shut.", ["St. Petersburg"]),
        ("Fighting near al-Raqqa went on.", ["al-Raqqa"]),
        ("It happened in Alexandria, La.", ["Alexandria", "La."]),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_country_that_the_tagger_takes_for_a_person_is_still_a_place() -> None:
    assert names("Armenia and Azerbaijan blame each other.", PERSON=["Armenia"]) == ["Armenia", "Azerbaijan"]


@pytest.mark.parametrize(
    ("text", "tags", "expected"),
    [
        ("Guns for the forts of tobruk Harbor are asked for.", {"GPE": ["tobruk Harbor"]}, ["tobruk Harbor"]),
        ("Then Paris voters may ask for a ballot.", {"PERSON": ["Paris"]}, ["Paris"]),
        ("Then Paris sang.", {"PERSON": ["Paris"]}, []),
    ],
)
def test_a_text_that_names_no_other_place_is_searched_again(
    text: str, tags: dict[str, list[str]], expected: list[str]
) -> None:
    assert names(text, **tags) == expected


def test_a_demonym_is_kept_apart() -> None:
    found = mentions("Azerbaijani forces met French envoys.", NORP=["Azerbaijani", "French"])
    assert [(mention.text, mention.demonym) for mention in found] == [("Azerbaijani", True), ("French", True)]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Then Paris Hilton sang.", {"PERSON": ["Paris Hilton"]}),
        ("Then Jordan Peele sang.", {}),
        ("Denzel Washington came. Washington said no.", {"PERSON": ["Denzel Washington"]}),
        ("The Defense Minister spoke on Friday.", {}),
        ("The House met. Politico wrote of it.", {}),
        ("The Secretary of State spoke.", {}),
        ("Reading the report took days.", {}),
    ],
)
def test_people_and_ordinary_words_are_no_places(text: str, tags: dict[str, list[str]]) -> None:
    assert names(text, **tags) == []


@pytest.mark.parametrize(
    ("text", "organisation", "name"),
    [
        ("The Bank of England met.", "Bank of England", "England"),
        ("A Shanghai Cooperation Organization summit began.", "Shanghai Cooperation Organization", "Shanghai"),
        ("The Washington Post said so.", "Washington Post", "Washington"),
    ],
)
def test_a_name_inside_an_organisation_is_told_from_a_place(text: str, organisation: str, name: str) -> None:
    assert names(text, ORG=[organisation]) == []
    [found] = find_mentions(
        Article(text=text), gazetteer=GAZETTEER, tagger=FakeTagger(ORG=[organisation]), organisations=True
    )
    assert (found.text, found.part_of) == (name, organisation)


def test_a_country_before_a_body_of_its_state_is_that_country() -> None:
    assert names("The US State Department said so.", ORG=["US State Department"]) == ["US"]


def test_a_name_that_only_the_tagger_knows_stays() -> None:
    [found] = mentions("They shelled Verkhnyolukivka at dawn.", GPE=["Verkhnyolukivka"])
    assert (found.text, found.source) == ("Verkhnyolukivka", ("tagger",))


def test_a_name_once_sure_is_sure_again() -> None:
    text = "Shells hit the city of Reading, England. Reading burned for a day."
    assert names(text, GPE=["Reading, England"]).count("Reading") == 2


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("Armenia US.-’'\n (),Paris é̈😀Ω\u200b\u00a0KYIVÆße"), min_size=1, max_size=80))
def test_offsets_are_exact_and_nothing_overlaps(text: str) -> None:
    if not text.strip():
        return
    found = mentions(text)
    assert all(mention.span.of(text) == mention.text for mention in found)
    assert all(a.span.end <= b.span.start for a, b in zip(found, found[1:], strict=False))


def test_a_name_ends_with_its_line() -> None:
    text = "A tussle in Verkhnyo\nUS envoys came."
    assert names(text, GPE=["Verkhnyo\nUS"]) == ["Verkhnyo", "US"]


def test_capitals_are_mended_for_the_tagger_without_moving_offsets() -> None:
    [found] = mentions("😀 SHELLS HIT VERKHNYOLUKIVKA", GPE=["Verkhnyolukivka"])
    assert found.text == "VERKHNYOLUKIVKA"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They hold the village of Oldorrim.", ["Oldorrim"]),
        ("In Oldorrim, a small town of 900 people, it was calm.", ["Oldorrim"]),
        ("They attacked near Oldorrim, around 25 km north of Kyiv.", ["Oldorrim", "Kyiv"]),
        ("They stood 12 kilometres southwest of Beit al-Orrim on Friday.", ["Beit al-Orrim"]),
        ("Mr. Jones, a city official, spoke.", []),
        ("He drove 12 miles from Highway 6.", []),
    ],
)
def test_the_words_around_make_a_place_of_a_name_that_nobody_knows(text: str, expected: list[str]) -> None:
    assert names(text) == expected


class PlaceTagger(FakeTagger):
    """A tagger trained for places: what it leaves out is seldom one."""

    for_places = True


def test_a_rare_name_of_a_country_in_the_article_is_a_place_where_the_tagger_is_silent() -> None:
    def found(text: str) -> list[str]:
        tagger = PlaceTagger(GPE=["Armenia"])
        return [m.text for m in find_mentions(Article(text=text), gazetteer=GAZETTEER, tagger=tagger)]

    assert found("Armenia said shells fell near Jermuk.") == ["Armenia", "Jermuk"]
    assert found("Shells fell near Jermuk.") == []


@pytest.mark.parametrize(
    ("text", "tags", "expected"),
    [
        ("Rebels of Q23 came.", ["Q23"], []),
        ("He told Verdran Kolisky so.", ["Verdran"], []),
        ("US House members came.", ["US House"], ["US"]),
        ("Shots near Alba al-Orrim rang.", ["Alba al", "Orrim"], ["Alba al-Orrim"]),
    ],
)
def test_a_taggers_doubtful_place_is_read_with_the_words_beside_it(
    text: str, tags: list[str], expected: list[str]
) -> None:
    class Doubtful(PlaceTagger):
        def tag(self, text: str) -> list[TaggedSpan]:
            return [replace(tag, score=0.7) for tag in super().tag(text)]

    found = find_mentions(Article(text=text), gazetteer=GAZETTEER, tagger=Doubtful(GPE=tags))
    assert [mention.text for mention in found] == expected


def test_a_doubtful_place_before_a_surname_is_a_person_however_sure_the_place_is_elsewhere() -> None:
    class Doubtful(PlaceTagger):
        def tag(self, text: str) -> list[TaggedSpan]:
            first, *rest = super().tag(text)
            return [replace(first, score=0.6), *rest]

    text = "Paris Hilton sang in Paris."
    tagger = Doubtful(GPE=["Paris"], PERSON=["Hilton"])
    found = find_mentions(Article(text=text), gazetteer=GAZETTEER, tagger=tagger)
    assert [mention.span.start for mention in found] == [text.rindex("Paris")]


@pytest.mark.parametrize(
    ("text", "tags", "expected"),
    [
        ("Mr. London spoke.", {"GPE": ["London"]}, []),
        ("Shells fell on Kyiv/London today.", {"GPE": ["Kyiv/London"]}, ["Kyiv", "London"]),
        ("GOMA (Reuters) - Rebels came.", {"PERSON": ["Goma"]}, ["GOMA"]),
        ("KOROSTEN, Ukraine (AP) — Rebels came.", {"ORG": ["Korosten"], "GPE": ["Ukraine"]}, ["KOROSTEN", "Ukraine"]),
        ("It lies halfway between Kyiv and Oldorrim.", {"GPE": ["Kyiv"]}, ["Kyiv", "Oldorrim"]),
        ("The US Ambassador Jon Huntsman left.", {"PERSON": ["US Ambassador Jon Huntsman"]}, ["US"]),
        ("The University said no.", {"GPE": ["University"]}, []),
        ("Rain fell in Western Kyiv.", {"GPE": ["Western", "Kyiv"]}, ["Western Kyiv"]),
    ],
)
def test_the_words_beside_a_name_correct_the_tagger(text: str, tags: dict[str, list[str]], expected: list[str]) -> None:
    found = find_mentions(Article(text=text), gazetteer=GAZETTEER, tagger=PlaceTagger(**tags))
    assert [mention.text for mention in found] == expected
