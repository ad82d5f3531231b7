"""Golden readings of the seeds, and of the article the project began with where it is there."""

import json
from datetime import date
from pathlib import Path

import pytest

import geo
from geo.article import Article
from geo.claims.model import CountClaim
from geo.stores.seeds import load_seed
from tests.golden import as_json, expected_file, seed_names

ORIGINAL = Path(__file__).parent.parent.parent / "shared" / "seeds" / "000_76dd1eb450d0be15.txt"


@pytest.fixture(scope="module", params=["seed", "original"])
def jermuk(request):
    if request.param == "seed":
        return geo.read_article(load_seed("armenia-2022-jermuk"))
    if not ORIGINAL.exists():
        pytest.skip("the original article is not beside this checkout")
    return geo.read_article(Article(text=ORIGINAL.read_text(encoding="utf-8"), published=date(2022, 9, 16)))


@pytest.mark.parametrize("name", seed_names())
def test_a_seed_reads_as_its_golden_reading_says(name):
    got = json.loads(as_json(geo.read_article(load_seed(name))))
    assert got == json.loads(expected_file(name).read_text(encoding="utf-8"))


def test_the_jermuk_article_gives_one_drawn_claim_an_upper_bound_of_seven_and_a_half_kilometres(jermuk):
    [zone] = jermuk.zones
    claim = zone.claim
    assert (claim.min_m, claim.max_m, claim.bound, claim.relation) == (0, 7500, "max", "into")
    assert claim.hedge == "as much as"
    assert claim.claimant is not None
    assert claim.claimant.lower() == "the head of the armenian armed forces"


def test_the_jermuk_strip_is_limited_to_the_sector_of_the_named_town(jermuk):
    [zone] = jermuk.zones
    assert not zone.weak
    assert "Jermuk" in zone.sector
    assert 100e6 < zone.area_m2 < 500e6  # the whole strip has 5,600 km²


def test_jermuk_and_nagorno_karabakh_are_found_and_the_words_of_offices_are_not_places(jermuk):
    names = {r.place.name: r for r in jermuk.resolutions if r.place}
    assert names["Jermuk"].role == "event"
    assert names["Jermuk"].place.country == "AM"
    karabakh = next(r.place for r in jermuk.resolutions if r.mention.text == "Nagorno-Karabakh")
    assert karabakh.kind == "disputed"
    assert not {"House", "State", "Defense"} & {r.mention.text for r in jermuk.resolutions}


def test_the_dead_of_both_sides_are_counted_and_the_sums_agree(jermuk):
    killed = {(c.value, c.bound) for c in jermuk.claims if isinstance(c, CountClaim) and c.what == "killed"}
    assert {(200, "min"), (135, "exact"), (77, "exact")} <= killed
    assert any("212" in check.text and check.verdict == "agrees" for check in jermuk.checks)
