"""Decisions of the analyst: added, edited, removed, chosen, undone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.article import Span
from geo.errors import ProjectError
from geo.geodesy import LonLat
from geo.project import Add, AddedPlace, Choose, Edit, Project, Remove

HOSPITAL = AddedPlace(id="added-1", name="Field hospital", at=LonLat(lon=45.6, lat=39.8))


def test_an_added_place_is_on_the_map_until_it_is_undone():
    project = Project().decide(Add(place=HOSPITAL))
    assert project.added == (HOSPITAL,)
    assert project.undo().added == ()


def test_an_edit_replaces_the_place_and_undo_brings_the_old_one_back():
    project = Project().decide(Add(place=HOSPITAL))
    edited = project.decide(Edit(place=replace(HOSPITAL, note="tents")))
    assert [p.note for p in edited.added] == ["tents"]
    assert edited.undo() == project


def test_a_removed_place_comes_back_with_undo():
    project = Project().decide(Add(place=HOSPITAL)).decide(Remove(feature_id="added-1"))
    assert project.added == ()
    assert project.undo().added == (HOSPITAL,)


def test_a_place_that_was_removed_cannot_be_edited():
    project = Project().decide(Add(place=HOSPITAL)).decide(Remove(feature_id="added-1"))
    with pytest.raises(ProjectError, match="was removed"):
        project.decide(Edit(place=HOSPITAL))


def test_ids_are_never_used_twice():
    project = Project().decide(Add(place=HOSPITAL)).decide(Remove(feature_id="added-1"))
    assert project.next_added_id() == "added-2"


def test_the_latest_choice_for_a_mention_counts_and_other_articles_keep_theirs():
    span = Span(start=0, end=7)
    project = Project()
    for article, place in [("a", "gn:1"), ("a", "gn:2"), ("b", "gn:3")]:
        project = project.decide(Choose(article_id=article, span=span, place_id=place))
    assert project.corrections("a") == {span: "gn:2"}
    assert project.corrections("b") == {span: "gn:3"}


@given(st.lists(st.sampled_from([Add(place=HOSPITAL), Remove(feature_id="added-1")]), max_size=8))
def test_undoing_everything_gives_the_empty_map(decisions):
    project = Project()
    for decision in decisions:
        project = project.decide(decision)
    for _ in decisions:
        project = project.undo()
    assert project == Project()
    assert project.undo() == Project()
