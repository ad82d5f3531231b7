"""Versions of a project, and what changed between two."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from geo.decisions import AddArticle, LogEntry, Snapshot
from geo.geodesy import LonLat
from geo.project import Annotate, Assess, Move, Remove
from geo.versions import changes_between, versions_of
from tests.test_decided import TOWN, ZONES, shown

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOTE = Annotate(feature_id="x", note="n")


def log_of(*lines):
    """Make a log of (minute, who, step)."""
    return [
        LogEntry(number=n, at=NOON + timedelta(minutes=minute), who=who, step=step)
        for n, (minute, who, step) in enumerate(lines, start=1)
    ]


def test_an_empty_log_has_no_versions():
    assert versions_of([]) == ()


def test_the_start_a_pause_and_a_name_make_versions_and_the_last_is_the_present():
    log = log_of(
        (0, "Ana", AddArticle(article_id="a")),
        (1, "Ana", AddArticle(article_id="b")),
        (2, "Ana", NOTE),
        (3, "Ben", NOTE),
        (40, "Ben", NOTE),
        (41, "", Snapshot(name="as published")),
        (42, "Cem", NOTE),
    )
    assert [(v.number, v.kind, v.name, v.who) for v in versions_of(log)] == [
        (2, "start", "", ("Ana",)),
        (4, "pause", "", ("Ana", "Ben")),
        (6, "named", "as published", ("Ben",)),
        (7, "now", "", ("Cem",)),
    ]


def test_a_log_without_times_has_no_pauses():
    log = [replace(entry, at=None) for entry in log_of((0, "", NOTE), (90, "", NOTE))]
    assert [v.kind for v in versions_of(log)] == ["now"]


def changes(*decisions, features=(TOWN,)):
    return changes_between(shown(features=features).values(), shown(*decisions, features=features).values())


def test_a_changed_status_and_a_move_are_told_property_by_property():
    [change] = changes(Assess(feature_id="a/gn:1", status="confirmed"))
    assert (change.kind, change.title, change.details) == ("changed", "Sake", ("status: claimed → confirmed",))
    [change] = changes(Move(feature_id="a/gn:1", at=LonLat(lon=29, lat=-1)))
    assert change.details == ("moved from: – → -1.570000, 29.040000",)


def test_what_is_gone_or_new_is_one_line_for_all_parts_of_a_zone():
    gone = changes(Remove(feature_id="a/claim-1"), features=ZONES)
    assert [(c.kind, c.feature_id) for c in gone] == [("gone", "a/claim-1")]
    new = changes_between((), shown(features=ZONES).values())
    assert [(c.kind, c.feature_id) for c in new] == [("new", "a/claim-1"), ("new", "b/claim-4")]


def test_nothing_changed_is_nothing():
    assert changes() == ()
