"""The cache of article maps: what comes out is what went in, or nothing."""

from datetime import date

import pytest

from geo.article_map import map_of
from geo.stores.article_maps import ArticleMaps, program_version
from tests.fakes import FakeBorders, FakeGazetteer
from tests.test_review import DOUBTFUL

MADE = map_of(DOUBTFUL, gazetteer=FakeGazetteer(), borders=FakeBorders())


@pytest.fixture
def kept(tmp_path):
    return ArticleMaps(tmp_path / "maps.sqlite")


def test_an_article_map_comes_back_as_it_was(kept):
    kept.put("one", MADE)
    [found] = kept.get(["one", "other"]).values()
    assert (found.claims, found.doubts, found.article_id) == (MADE.claims, MADE.doubts, MADE.article_id)
    assert found.claims[0].published == date(2022, 9, 16)
    for before, after in zip(MADE.features, found.features, strict=True):
        assert (after.id, after.style, after.title, after.properties) == (
            before.id, before.style, before.title, before.properties,
        )  # fmt: skip
        assert after.geometry.equals_exact(before.geometry, 0)


def test_shapes_that_articles_share_are_kept_once(kept):
    kept.put("one", MADE)
    kept.put("two", MADE)
    found = kept.get(["one", "two"])
    assert found["one"].features[0].geometry is found["two"].features[0].geometry


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_cache_is_empty_and_works_again(kept, content):
    kept.put("one", MADE)
    kept.path.write_bytes(content)
    assert kept.get(["one"]) == {}
    kept.put("one", MADE)
    assert set(kept.get(["one"])) == {"one"}


def test_a_folder_that_cannot_be_written_is_no_cache(tmp_path):
    nowhere = ArticleMaps(tmp_path / "missing" / "maps.sqlite")
    nowhere.put("one", MADE)
    assert nowhere.get(["one"]) == {}


def test_the_version_of_the_program_is_the_same_twice():
    assert program_version() == program_version()
