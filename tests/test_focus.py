"""What an article is about."""

from fake_places import FakeGazetteer, FakeTagger

from geo.article import Article
from geo.focus import Focus, focus_of
from geo.mentions import find_mentions
from geo.resolve import resolve

GAZETTEER = FakeGazetteer()


def focus(text: str) -> Focus:
    article = Article(text=text)
    mentions = find_mentions(article, gazetteer=GAZETTEER, tagger=FakeTagger())
    return focus_of(resolve(article, mentions, gazetteer=GAZETTEER))


def test_an_article_is_about_the_countries_and_regions_that_most_of_its_places_lie_in() -> None:
    about = focus("Shells fell on Kharkiv and Kyiv in Ukraine. Ukrainian crews came. Envoys met in Paris.")
    assert about.countries[0].country == "UA"
    assert "Kharkiv" in {region.name for region in about.regions}


def test_an_article_without_places_is_about_nowhere() -> None:
    assert focus("Nothing was said.") == Focus(countries=(), regions=())
