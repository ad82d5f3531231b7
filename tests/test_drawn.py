"""What is drawn of a stored project: articles read when needed, choices carried, what cannot be read left out."""

from dataclasses import replace
from datetime import date

import pytest

from geo.article import Article, Span
from geo.borders import WorldView
from geo.decisions import AddArticle, AddImport, SeeAs, Undo
from geo.project import Assess, Choose, Project
from geo.stores import article_maps as cache
from geo.stores.project_file import News, StoredArticle, StoredImport
from geo.ui import drawn as desk
from geo.ui import readings
from geo.ui.drawn import Contents, draw
from tests.fake_places import FakeTagger
from tests.fakes import BORDERTON, MIDTOWN, PLACES, FakeBorders, FakeGazetteer, a_place

OTHER = replace(a_place("Borderton", 45.8, 40.9, country="EL", population=900), id="fake:other")


@pytest.fixture(autouse=True)
def small_world(monkeypatch, tmp_path):
    readings.forget()
    for module in (desk, readings):
        monkeypatch.setattr(module, "gazetteer", lambda: FakeGazetteer((*PLACES, OTHER)))
        monkeypatch.setattr(module, "borders", FakeBorders)
        monkeypatch.setattr(module, "tagger", lambda: FakeTagger(GPE=["Borderton", "Midtown", "Westland"]))
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path)
    yield
    readings.forget()


def contents(*steps, texts=()):
    """Make a project of articles a, b, … added first, and of further steps."""
    project = Project()
    ids = [chr(ord("a") + number) for number in range(len(texts))]
    for step in (*(AddArticle(article_id=i) for i in ids), *steps):
        project = project.decide(step)
    day = date(2022, 9, 16)
    articles = [Article(text=text, id=i, title=i, published=day) for i, text in zip(ids, texts, strict=True)]
    return Contents().grown(
        News(entries=project.log, articles=tuple(StoredArticle(article=article) for article in articles))
    )


SHELLS = "Shells fell on Borderton on Friday, the army said."
AGAIN = "Troops left Borderton in Westland on Sunday."
CHOICE = Choose(article_id="a", span=Span(start=15, end=24), place_id="fake:other", name="Borderton")


def places(drawn):
    return {feature.id for feature in drawn.features if feature.title == "Borderton"}


def test_a_choice_holds_in_articles_that_are_added_later_and_in_no_earlier_ones():
    before = contents(CHOICE, texts=(SHELLS, AGAIN))
    assert places(draw(before)) == {"a/fake:other", f"b/{BORDERTON.id}"}
    later = Article(text=AGAIN.replace("Sunday", "Monday"), id="c")
    added = Project(log=before.log).decide(AddArticle(article_id="c")).log[-1:]
    after = before.grown(News(entries=added, articles=(StoredArticle(article=later),)))
    assert places(draw(after)) == {"a/fake:other", f"b/{BORDERTON.id}", "c/fake:other"}


def test_a_choice_that_was_taken_back_is_carried_nowhere():
    taken_back = contents(CHOICE, Undo(number=2), texts=(SHELLS,))
    assert places(draw(taken_back)) == {f"a/{BORDERTON.id}"}


def test_what_the_cache_gives_is_what_a_reading_gives(monkeypatch):
    whole = contents(CHOICE, texts=(SHELLS, AGAIN))
    first = draw(whole)
    readings.forget()
    monkeypatch.setattr(readings, "_read", lambda source: pytest.fail("an article was read again"))
    second = draw(whole)
    assert [(f.id, f.properties) for f in second.features] == [(f.id, f.properties) for f in first.features]
    assert (second.claims, second.review) == (first.claims, first.review)


def test_another_version_of_the_data_reads_again():
    whole = contents(texts=(SHELLS,))
    key = draw(whole).sources[0].key
    FakeGazetteer.version, kept = "newer", FakeGazetteer.version
    try:
        assert draw(whole).sources[0].key != key
    finally:
        FakeGazetteer.version = kept


def test_an_article_that_cannot_be_read_keeps_nothing_else_from_the_map(monkeypatch):
    whole = contents(texts=(SHELLS, "Midtown is calm."))
    read = readings._read

    def fails_on_a(source):
        if source.article.id == "a":
            raise RuntimeError("a fault of the program")
        return read(source)

    monkeypatch.setattr(readings, "_read", fails_on_a)
    drawn = draw(whole)
    assert {f.id for f in drawn.features} == {f"b/{MIDTOWN.id}"}
    assert len(drawn.articles) == 2


def test_a_world_view_holds_for_all_articles_and_is_part_of_the_log():
    drawn = draw(contents(SeeAs(world_view=WorldView(name="UN")), texts=(SHELLS, AGAIN)))
    assert {source.options.world_view.name for source in drawn.sources} == {"UN"}


def test_an_article_is_only_read_when_somebody_looks_at_it(monkeypatch):
    whole = contents(texts=(SHELLS, AGAIN))
    draw(whole)
    readings.forget()
    asked = []
    read = readings._read
    monkeypatch.setattr(readings, "_read", lambda source: asked.append(source.article.id) or read(source))
    drawn = draw(whole)
    assert asked == []
    assert drawn.project.readings[1].article.id == "b"
    assert asked == ["b"]


def test_an_imported_map_is_decided_on_like_any_other():
    geojson = (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "x", "properties": {"name": "Camp"}, '
        '"geometry": {"type": "Point", "coordinates": [45, 40]}}]}'
    )
    log = Project().decide(AddImport(import_id="i")).decide(Assess(feature_id="x", status="denied")).log
    imports = (StoredImport(id="i", name="camp.geojson", geojson=geojson),)
    drawn = draw(Contents().grown(News(entries=log, imports=imports)))
    assert [(f.title, f.properties["status"]) for f in drawn.features] == [("Camp", "denied")]
    assert drawn.misfits == ()


def test_the_map_as_it_was_is_drawn_from_the_beginning_of_the_log():
    whole = contents(CHOICE, texts=(SHELLS,))
    assert places(draw(whole.upto(1))) == {f"a/{BORDERTON.id}"}
