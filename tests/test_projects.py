"""Projects on the disk: saved, listed, shared, damaged, killed, full, newer, older, foreign."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread

import pytest

from geo.article import Article, Span
from geo.borders import WorldView
from geo.decisions import AddArticle, AddImport, LogEntry, Redo, Rename, SeeAs, Snapshot, Undo
from geo.errors import GeoError, ProjectError
from geo.geodesy import LonLat
from geo.options import Options
from geo.project import (
    Accept,
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
)  # fmt: skip
from geo.stores import project_file
from geo.stores.project_file import News, StoredArticle, StoredImport
from geo.stores.projects import Projects, tidy
from tests.hostile import hostile_texts

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ARTICLE = StoredArticle(
    article=Article(text="Shells fell on Jermuk.", title="One", published=date(2022, 9, 16), id="a"),
    options=Options(world_view=WorldView(name="UN", as_of=date(2022, 9, 1))),
    versions={"gazetteer": "2026-03"},
)  # fmt: skip
PLACE = AddedPlace(id="added-1", name="Depot", at=LonLat(lon=45.6, lat=39.8), when=date(2022, 9, 16), note="seen")
CAMP = Drawing(id="drawn-1", form="circle", points=(LonLat(lon=25, lat=13),), name="Camp", radius_m=800)
STEPS = (
    AddArticle(article_id="a"), AddImport(import_id="i"), Add(place=PLACE), Edit(place=PLACE), Draw(drawing=CAMP),
    Remove(feature_id="a/gn:1"), Choose(article_id="a", span=Span(start=1, end=4), place_id="gn:1", name="Jermuk"),
    Assess(feature_id="a/claim-1", status="disputed"), Accept(feature_id="x"), Annotate(feature_id="x", note="n"),
    Move(feature_id="x", at=LonLat(lon=1, lat=2)), Merge(feature_id="x", into="y"), Split(feature_id="x"),
    Undo(number=3), Redo(number=3), SeeAs(world_view=WorldView(name="UN")), Rename(name="Other"), Snapshot(name="v1"),
)  # fmt: skip


def log_of(*steps, start=1, who="Ana"):
    return tuple(LogEntry(number=n, step=step, at=NOON, who=who) for n, step in enumerate(steps, start=start))


@pytest.fixture
def projects(tmp_path):
    return Projects(tmp_path / "projects")


@pytest.fixture
def made(projects):
    return projects.create("My map", News(entries=log_of(AddArticle(article_id="a")), articles=(ARTICLE,)))


def file_of(projects, project_id):
    return projects.folder / f"{project_id}.marchland"


def note(projects, project_id, text="x", since=0, who="Ana"):
    """Append a note as the page does: after what is there."""

    def add(news):
        return News(entries=log_of(Annotate(feature_id="f", note=text), start=since + len(news.entries) + 1, who=who))

    projects.append(project_id, since=since, make=add)


def test_every_kind_of_step_comes_back_as_it_was(projects):
    news = News(
        entries=log_of(*STEPS),
        articles=(ARTICLE,),
        imports=(StoredImport(id="i", name="imported.geojson", geojson="{}"),),
    )
    assert projects.read(projects.create("My map", news)) == news


def test_the_list_has_the_last_changed_first_and_the_newest_name(projects, made):
    other = projects.create("Other map", News())
    os.utime(file_of(projects, made), ns=(1, 1))
    note(projects, made)
    projects.append(made, since=2, make=lambda _: News(entries=log_of(Rename(name="New name"), start=3)))
    assert [(one.id, one.name, one.articles, one.entries) for one in projects.list()] == [
        (made, "New name", 1, 3),
        (other, "Other map", 0, 0),
    ]


def test_what_others_added_is_given_to_the_next_writer_and_to_readers(projects, made):
    note(projects, made, "one", since=1, who="Ana")
    seen = []

    def add(news):
        seen.extend(news.entries)
        return News(entries=log_of(Annotate(feature_id="f", note="two"), start=3, who="Ben"))

    before = projects.signature(made)
    projects.append(made, since=1, make=add)
    assert [entry.step.note for entry in seen] == ["one"]
    assert [entry.step.note for entry in projects.read(made, since=1).entries] == ["one", "two"]
    assert projects.signature(made) != before


def test_a_writer_that_fails_leaves_nothing_behind(projects, made):
    def fail(_):
        raise ProjectError("no")

    with pytest.raises(ProjectError, match="no"):
        projects.append(made, since=1, make=fail)
    note(projects, made, since=1)


def test_nothing_of_two_writers_is_lost(projects, made):
    def write(who):
        for number in range(25):
            note(projects, made, f"{who} {number}", who=who)

    threads = [Thread(target=write, args=(who,)) for who in ("Ana", "Ben", "Cem")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    entries = projects.read(made).entries[1:]
    assert len(entries) == 75
    for who in ("Ana", "Ben", "Cem"):
        assert [e.step.note for e in entries if e.who == who] == [f"{who} {number}" for number in range(25)]


def test_after_every_save_the_project_is_one_file_that_can_be_copied(projects, made, tmp_path):
    note(projects, made)
    assert [path.name for path in projects.folder.iterdir() if path.is_file()] == [f"{made}.marchland"]
    elsewhere = Projects(tmp_path / "elsewhere")
    (elsewhere.folder / "mailed map.marchland").write_bytes(file_of(projects, made).read_bytes())
    assert elsewhere.read("mailed map") == projects.read(made)


WRITER = """
import sys
from tests.test_projects import Projects, note
from pathlib import Path
projects = Projects(Path(sys.argv[1]))
for number in range(200):
    note(projects, sys.argv[2], str(number))
    print(number, flush=True)
"""


@pytest.mark.parametrize("kill_after", [1, 60, 140])
def test_killing_a_writer_loses_at_most_the_edit_it_was_in(projects, made, kill_after):
    command = [sys.executable, "-c", WRITER, str(projects.folder), made]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent)
    for line in writer.stdout:
        if int(line) >= kill_after:
            os.kill(writer.pid, signal.SIGKILL)
            break
    told = [int(line), *(int(line) for line in writer.stdout)]
    writer.wait()
    notes = [int(entry.step.note) for entry in projects.read(made).entries[1:]]
    assert notes == list(range(len(notes)))
    assert max(told) <= notes[-1] <= max(told) + 1
    note(projects, made, "after")
    assert [one.problem for one in projects.list()] == [None]


def test_a_full_disk_is_one_sentence_and_loses_nothing(projects, made, monkeypatch):
    note(projects, made, since=1)
    before = projects.read(made)
    connect = sqlite3.connect

    def nearly_full(*args, **kwargs):
        database = connect(*args, **kwargs)
        pages = database.execute("PRAGMA page_count").fetchone()[0]
        database.execute(f"PRAGMA max_page_count={pages}")
        return database

    monkeypatch.setattr(project_file.sqlite3, "connect", nearly_full)
    with pytest.raises(ProjectError, match="disk is full: what you did last was not saved"):
        note(projects, made, "x" * 4999, since=2)
    monkeypatch.undo()
    assert projects.read(made) == before
    note(projects, made, since=0)


def test_a_project_of_a_newer_version_is_refused_and_not_touched(projects, made):
    file = file_of(projects, made)
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA user_version=99")
    database.close()
    before = file.read_bytes(), file.stat().st_mtime_ns
    for act in (lambda: projects.read(made), lambda: note(projects, made), lambda: projects.take_in(before[0])):
        with pytest.raises(ProjectError, match="newer Marchland.*update Marchland; the file was not changed"):
            act()
    assert "newer Marchland" in projects.list()[0].problem
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


def test_a_project_of_the_first_version_is_led_to_this_one(projects):
    file = projects.folder / "old.marchland"
    with sqlite3.connect(file) as database:
        database.executescript(
            f"""PRAGMA application_id={project_file.APPLICATION_ID}; PRAGMA user_version=1;
            CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
            CREATE TABLE article (id TEXT PRIMARY KEY, entry INTEGER NOT NULL, body TEXT NOT NULL);
            CREATE TABLE import (id TEXT PRIMARY KEY, entry INTEGER NOT NULL, name TEXT NOT NULL,
                                 geojson TEXT NOT NULL);
            CREATE TABLE log (number INTEGER PRIMARY KEY, at TEXT, who TEXT NOT NULL, step TEXT NOT NULL);
            INSERT INTO meta VALUES ('name', 'Old map');
            INSERT INTO article VALUES ('a', 1, '{{"article": {{"text": "Shells fell.", "id": "a"}}}}');
            INSERT INTO log VALUES (1, '2025-01-01T10:00:00+00:00', 'Ana', '{{"do": "AddArticle", "article_id": "a"}}');
            """
        )
    database.close()
    assert [(one.name, one.problem) for one in projects.list()] == [("Old map", None)]
    found = projects.read("old")
    assert found.entries[0].step == AddArticle(article_id="a")
    assert found.articles[0].article.text == "Shells fell."
    note(projects, "old")
    assert len(projects.read("old").entries) == 2


@pytest.mark.parametrize("kept", [0, 50, 99, 100, 3000, 0.5, 0.9])
def test_a_truncated_file_is_told_and_the_rest_of_the_list_works(projects, made, kept):
    for number in range(30):
        note(projects, made, f"{number} " + "x" * 2000)
    file = file_of(projects, made)
    whole = file.read_bytes()
    file.write_bytes(whole[: kept if isinstance(kept, int) else int(len(whole) * kept)])
    other = projects.create("Whole", News())
    with pytest.raises(ProjectError, match="damaged|no project of Marchland"):
        projects.read(made)
    assert projects.read(other) == News()
    assert {one.id for one in projects.list()} == {made, other}


@pytest.mark.parametrize("seed", range(8))
def test_a_file_with_scrambled_bytes_never_raises_anything_else(projects, made, seed):
    import random

    for number in range(10):
        note(projects, made, f"{number} " + "x" * 2000)
    content = bytearray(file_of(projects, made).read_bytes())
    scrambled = random.Random(seed)
    for _ in range(200):
        content[scrambled.randrange(100, len(content))] = scrambled.randrange(256)
    with suppress(GeoError):
        projects.take_in(bytes(content))


def test_deleting_has_a_way_back(projects, made):
    note(projects, made)
    kept = projects.read(made)
    projects.delete(made)
    assert projects.list() == ()
    with pytest.raises(ProjectError, match="no such project any more"):
        note(projects, made)
    assert [one.name for one in projects.deleted()] == ["My map"]
    projects.restore(made)
    assert projects.read(made) == kept


def test_a_duplicate_is_a_project_of_its_own(projects, made):
    copy = projects.duplicate(made, "Copy", lambda news: log_of(Rename(name="Copy"), start=len(news.entries) + 1)[0])
    note(projects, copy, "only here")
    assert len(projects.read(made).entries) == 1
    assert {one.name for one in projects.list()} == {"My map", "Copy"}


def test_an_exported_file_opens_elsewhere(projects, made, tmp_path):
    note(projects, made)
    elsewhere = Projects(tmp_path / "elsewhere")
    opened = elsewhere.take_in(projects.export(made))
    assert elsewhere.read(opened) == projects.read(made)
    assert elsewhere.list()[0].name == "My map"
    assert list(projects.trash.iterdir()) == list(elsewhere.trash.iterdir()) == []  # nothing is left lying about


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("CREATE VIEW v AS SELECT 1", "other tables"),
        ("CREATE TRIGGER t AFTER INSERT ON log BEGIN DELETE FROM log; END", "other tables"),
        ("CREATE TABLE extra (x)", "other tables"),
        ("DROP TABLE import", "other tables"),
        ("PRAGMA application_id=7", "no project of Marchland"),
        ('UPDATE log SET step = \'{"do": "Explode"}\'', "line 1 of the log"),
        ('UPDATE log SET step = \'{"do": "Assess", "feature_id": 5, "status": "x"}\'', "line 1 of the log"),
        ("UPDATE log SET step = x'00'", "line 1 of the log"),
        ("UPDATE log SET number = 7", "line 1 of the log is missing"),
        ("UPDATE log SET at = 'noon'", "line 1 of the log"),
        ("UPDATE log SET at = '2026-01-01T10:00:00+04:00'", "line 1 of the log"),
        ("UPDATE log SET who = x'05'", "line 1 of the log"),
        ("UPDATE log SET anchors = '[[1]]'", "line 1 of the log"),
        ("UPDATE article SET body = 'x'", "article a"),
        ("UPDATE article SET id = 'b'", "article b"),
        ('UPDATE article SET body = \'{"article": {"text": " "}}\'', "empty"),
    ],
)
def test_a_file_that_somebody_made_is_checked_before_it_is_taken_in(projects, made, statement, says):
    bad = projects.folder / "bad.marchland"
    bad.write_bytes(projects.export(made))
    with sqlite3.connect(bad) as database:
        database.execute(statement)
    database.close()
    with pytest.raises(GeoError, match=says):
        projects.take_in(bad.read_bytes())
    with pytest.raises(GeoError, match=says):
        projects.read("bad")
    assert len(projects.list()) == 2


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"SQLite format 3\0", b"<html>", b"\0" * 5000])
def test_what_is_no_project_is_refused_in_one_sentence(projects, content):
    with pytest.raises(ProjectError, match="no project of Marchland"):
        projects.take_in(content)


@pytest.mark.parametrize("asked", ["../outside", "/etc/passwd", "trash", "", ".", "*", "a\0b", "..\\x"])
def test_an_id_never_leads_out_of_the_folder(projects, tmp_path, asked):
    projects.create("x", News())
    (tmp_path / "outside.marchland").write_bytes(projects.export(projects.list()[0].id))
    with pytest.raises(ProjectError, match="no such project"):
        projects.read(asked)


@pytest.mark.parametrize("text", hostile_texts())
def test_hostile_names_and_notes_come_back_as_text(projects, text):
    plain = text.encode("utf-8", "replace").decode()
    made = projects.create(text, News(entries=log_of(Annotate(feature_id="f", note=text), Rename(name=text), who=text)))
    found = projects.read(made).entries
    assert found[0].step.note == plain
    assert projects.list()[0].problem is None
    assert made.isascii()
    assert "/" not in made


def test_names_are_one_line_of_bearable_length():
    assert tidy("  a\nb\x00\u202ec  ") == "a b c"
    assert len(tidy("x" * 10_000)) == 300
    with pytest.raises(ProjectError, match="needs a name"):
        tidy(" \u200b\n")


def test_undo_survives_a_reload(projects):
    project = Project().decide(Add(place=PLACE), at=NOON).undo(at=NOON)
    made = projects.create("x", News(entries=project.log))
    again = Project(log=projects.read(made).entries)
    assert again.added == ()
    assert again.redo().added == (PLACE,)


def test_a_busy_project_is_told(projects, made, monkeypatch):
    monkeypatch.setattr(project_file, "BUSY_S", 0.1)
    holder = sqlite3.connect(file_of(projects, made), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    with pytest.raises(ProjectError, match="another program has held"):
        note(projects, made)
    assert time.monotonic() - started < 30
    holder.close()
    note(projects, made)
