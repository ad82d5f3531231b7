"""Decisions of the analyst: added, edited, drawn, removed, chosen, and what undo and redo make of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

from geo.article import Span
from geo.decisions import AddArticle, LogEntry
from geo.errors import ProjectError
from geo.features import MapFeature
from geo.geodesy import LonLat
from geo.project import (
    Add,
    AddedPlace,
    Annotate,
    Assess,
    Choose,
    Draw,
    Drawing,
    Edit,
    Merge,
    Move,
    Project,
    Remove,
    Split,
)

HOSPITAL = AddedPlace(id="added-1", name="Field hospital", at=LonLat(lon=45.6, lat=39.8))
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_an_added_place_is_on_the_map_until_it_is_undone():
    project = Project().decide(Add(place=HOSPITAL))
    assert project.added == (HOSPITAL,)
    assert project.undo().added == ()


def test_an_edit_replaces_the_place_and_undo_brings_the_old_one_back():
    project = Project().decide(Add(place=HOSPITAL))
    edited = project.decide(Edit(place=replace(HOSPITAL, note="tents")))
    assert [p.note for p in edited.added] == ["tents"]
    assert edited.undo().added == project.added


def test_a_removed_place_comes_back_with_undo():
    project = Project().decide(Add(place=HOSPITAL)).decide(Remove(feature_id="added-1"))
    assert project.added == ()
    assert project.undo().added == (HOSPITAL,)


def test_a_place_that_was_removed_cannot_be_edited():
    project = Project().decide(Add(place=HOSPITAL)).decide(Remove(feature_id="added-1"))
    with pytest.raises(ProjectError, match="was removed"):
        project.decide(Edit(place=HOSPITAL))


def test_ids_are_never_used_twice_not_even_after_an_undo():
    project = Project().decide(Add(place=HOSPITAL)).decide(Remove(feature_id="added-1"))
    assert project.next_added_id() == "added-2"
    assert project.undo().undo().next_added_id() == "added-2"


def test_the_latest_choice_for_a_mention_counts_and_other_articles_keep_theirs():
    span = Span(start=0, end=7)
    project = Project()
    for article, place in [("a", "gn:1"), ("a", "gn:2"), ("b", "gn:3")]:
        project = project.decide(Choose(article_id=article, span=span, place_id=place))
    assert project.corrections("a") == {span: "gn:2"}
    assert project.corrections("b") == {span: "gn:3"}


def test_a_choice_is_carried_to_the_articles_that_are_added_later_and_to_no_earlier_ones():
    project = Project().decide(AddArticle(article_id="a")).decide(AddArticle(article_id="b"))
    project = project.decide(Choose(article_id="a", span=Span(start=0, end=7), place_id="gn:1", name="GEORGIA"))
    project = project.decide(AddArticle(article_id="c"))
    assert project.carried("c") == {"georgia": "gn:1"}
    assert project.carried("b") == project.carried("a") == {}


def test_undo_takes_back_ones_own_last_decision_and_redo_gives_it_again():
    project = Project().decide(Assess(feature_id="x", status="denied"), who="Ana")
    project = project.decide(Assess(feature_id="y", status="confirmed"), who="Ben")
    alone = project.undo(who="Ana")
    assert alone.statuses == {"y": "confirmed"}
    assert alone.redo(who="Ana").statuses == project.statuses
    assert alone.redo(who="Ben") == alone


def test_several_undos_go_back_one_by_one_and_redos_forth_again():
    project = Project()
    for note in ("one", "two", "three"):
        project = project.decide(Annotate(feature_id="x", note=note))
    back = project.undo().undo()
    assert back.notes == {"x": "one"}
    assert back.redo().notes == {"x": "two"}
    assert back.redo().redo().redo().notes == {"x": "three"}


def test_a_new_decision_ends_what_can_be_redone():
    project = Project().decide(Add(place=HOSPITAL)).undo()
    assert project.can_redo()
    assert not project.decide(Annotate(feature_id="x", note="seen")).can_redo()


def test_adding_an_article_is_not_taken_back_by_undo():
    project = Project().decide(AddArticle(article_id="a"))
    assert project.undo() == project


def test_the_log_keeps_time_person_and_what_held_before():
    shown = MapFeature(
        id="a/gn:1", style="event-place", title="Sake", geometry=Point(29.04, -1.57),
        properties={"status": "claimed", "char_start": 5, "char_end": 9},
    )  # fmt: skip
    project = Project().decide(Assess(feature_id="a/gn:1", status="confirmed"), at=NOON, who="Ana", features=[shown])
    project = project.decide(Move(feature_id="a/gn:1", at=LonLat(lon=29, lat=-1)), at=NOON, features=[shown])
    first, second = project.log
    assert (first.number, first.at, first.who, first.old) == (1, NOON, "Ana", "claimed")
    assert second.old == "-1.570000, 29.040000"
    assert [(a.start, a.end, a.words) for a in second.anchors] == [(5, 9, "Sake")]


def test_the_log_is_in_utc():
    with pytest.raises(ValueError, match="UTC"):
        LogEntry(number=1, step=Add(place=HOSPITAL), at=NOON.astimezone(timezone(timedelta(hours=4))))


def test_an_added_place_moves_and_an_edit_afterwards_counts():
    there = LonLat(lon=45.7, lat=39.9)
    project = Project().decide(Add(place=HOSPITAL)).decide(Move(feature_id="added-1", at=there))
    assert project.added[0].at == there
    assert project.decide(Edit(place=HOSPITAL)).added[0].at == HOSPITAL.at


def test_a_drawing_is_drawn_again_under_its_id_and_removed():
    camp = Drawing(id="drawn-1", form="circle", points=(LonLat(lon=25, lat=13),), name="Camp", radius_m=800)
    project = Project().decide(Draw(drawing=camp)).decide(Draw(drawing=replace(camp, radius_m=900)))
    assert [d.radius_m for d in project.drawn] == [900]
    assert project.next_drawn_id() == "drawn-3"
    assert project.decide(Remove(feature_id="drawn-1")).drawn == ()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"form": "line", "points": (LonLat(lon=1, lat=1),)}, "2 to"),
        ({"form": "polygon", "points": (LonLat(lon=1, lat=1),) * 2}, "3 to"),
        ({"form": "circle"}, "radius"),
        ({"form": "point", "radius_m": 5.0}, "radius"),
        ({"form": "circle", "radius_m": float("nan")}, "radius"),
        ({"form": "circle", "radius_m": 1e9}, "radius"),
        ({"form": "point", "name": "x" * 301}, "300"),
    ],
)
def test_a_drawing_that_is_none_cannot_be_made(wrong, words):
    with pytest.raises(ValueError, match=words):
        Drawing(**{"id": "drawn-1", "points": (LonLat(lon=1, lat=1),), "name": "x", **wrong})


def test_of_merges_and_splits_the_latest_counts():
    project = Project().decide(Merge(feature_id="a", into="b")).decide(Split(feature_id="a"))
    assert (project.merged, project.split) == ({}, {"a"})
    again = project.decide(Merge(feature_id="a", into="c"))
    assert (again.merged, again.split) == ({"a": "c"}, frozenset())
    assert again.undo().undo().merged == {"a": "b"}


def test_nothing_is_merged_into_itself():
    with pytest.raises(ValueError, match="itself"):
        Merge(feature_id="a", into="a")


@given(st.lists(st.sampled_from(["add", "remove", "undo", "redo"]), max_size=12))
def test_undoing_everything_gives_the_empty_map_and_redoing_everything_what_was_there(steps):
    project = Project()
    for step in steps:
        match step:
            case "add":
                project = project.decide(Add(place=replace(HOSPITAL, id=project.next_added_id())))
            case "remove":
                project = project.decide(Remove(feature_id="added-1"))
            case _:
                project = project.undo() if step == "undo" else project.redo()
    empty = project
    while empty.last_of():
        empty = empty.undo()
    assert empty.decisions == () == empty.added
    full = empty
    for _ in project.decisions:
        full = full.redo()
    assert full.decisions == project.decisions
