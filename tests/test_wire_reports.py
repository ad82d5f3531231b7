"""Whole sentences of wire reports, read with the installed data: what the map must say, and no more."""

import pytest

import geo


def read(text):
    return geo.read_article(text)


def drawn(reading):
    return [zone.sector for zone in reading.zones]


def test_a_bare_name_of_town_and_region_is_the_town_and_the_word_region_makes_it_the_region():
    reading = read(
        "KYIV, Ukraine — In Kharkiv, a missile hit an apartment block. It was fired from Belgorod. "
        "Fighting went on in the Sumy region."
    )
    kinds = {r.mention.text: r.place.kind for r in reading.resolutions if r.place}
    assert (kinds["Kharkiv"], kinds["Belgorod"], kinds["Sumy"]) == ("settlement", "settlement", "admin1")


def test_a_town_named_beside_its_region_limits_the_strip():
    reading = read(
        "Russia's defence ministry claimed its forces had moved up to 10 kilometers into Sumy region of Ukraine and "
        "captured two settlements near Yunakivka."
    )
    assert drawn(reading) == ["limited to 15 km around Yunakivka, which the sentence names"]


def test_the_regional_border_is_the_outline_of_the_region_named_last():
    reading = read(
        "Russian troops have entered Novopavlivka in the Dnipropetrovsk region, Ukraine's General Staff said. "
        "Ukrainian officials said Russian forces remained 5 to 7 km from the regional border."
    )
    [zone] = reading.zones
    assert any("Dnipropetrovsk is the one named last" in assumption for assumption in zone.assumptions)


def test_who_rejects_a_claim_and_says_so_is_the_claimant_without_the_deed():
    reading = read(
        "Kyiv rejected this, saying the enemy had been stopped within two kilometers of the border with Russia."
    )
    [claim] = [c for c in reading.claims if isinstance(c, geo.DistanceClaim)]
    assert claim.claimant == "Kyiv"


def test_the_kilometres_of_a_radius_are_no_people():
    reading = read("More than 30,000 people had fled the area within a 25-kilometer radius of El Obeid in Sudan.")
    assert [c.value for c in reading.claims if hasattr(c, "what")] == [30_000]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("GOMA, Congo — Rebels entered Sake and shelled Goma, in North Kivu.", "CD"),
        ("Shells fell on Kharkiv and Chuhuiv, Ukraine's army said; Russia denied it.", "UA"),
    ],
)
def test_the_focus_is_the_country_that_most_places_lie_in(text, country):
    assert read(text).focus.countries[0].country == country


def test_an_article_without_a_place_has_no_focus():
    assert read("Talks went on into the night.").focus.countries == ()
