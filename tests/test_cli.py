"""The command: clean output for pipes, one line for errors, exit codes."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from geo import __version__, cli, front_door
from geo.stores.project_file import News
from geo.stores.projects import open_projects
from tests.fake_places import FakeTagger
from tests.fakes import FakeBorders, FakeGazetteer

TEXT = "Eastland forces moved up to 5 km into Westland near Borderton on Tuesday. Midtown is calm."


@pytest.fixture(autouse=True)
def small_world(monkeypatch):
    monkeypatch.setattr(front_door, "installed_gazetteer", FakeGazetteer)
    monkeypatch.setattr(front_door, "installed_borders", FakeBorders)
    monkeypatch.setattr(front_door, "installed_tagger", lambda: FakeTagger(GPE=["Borderton", "Midtown", "Westland"]))


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def marchland(capsysbinary):
    def run(*arguments):
        with pytest.raises(SystemExit) as end:
            cli.main([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return end.value.code, out.decode(), err.decode()

    return run


def test_reading_a_file_gives_a_table_of_its_places(marchland, report):
    code, out, err = marchland("read", report)
    assert (code, err) == (0, "")
    assert "Borderton" in out
    assert "40.5000" in out
    assert "≤ 5 km" in out


def test_geojson_goes_to_stdout_and_nothing_else_does(marchland, report):
    code, out, err = marchland("read", report, "--format", "geojson")
    assert (code, err) == (0, "")
    assert {f["properties"]["title"] for f in json.loads(out)["features"]} >= {"Westland", "Borderton"}


def test_a_file_gets_the_same_bytes_as_stdout(marchland, report, tmp_path):
    _, out, _ = marchland("read", report, "--format", "geojson")
    marchland("read", report, "-o", tmp_path / "map.geojson")
    assert (tmp_path / "map.geojson").read_text(encoding="utf-8") == out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["map.geojson", "report.txt"]


def test_json_is_what_batch_writes(marchland, report):
    _, out, _ = marchland("read", report, "--format", "json")
    record = json.loads(out)
    assert {"id", "toponyms", "claims"} == record.keys()
    [town] = [t for t in record["toponyms"] if t["name"] == "Borderton"]
    assert TEXT[town["start"] : town["end"]] == "Borderton"


def test_the_format_follows_the_name_of_the_output(marchland, report, tmp_path):
    assert marchland("read", report, "-o", tmp_path / "map.html")[0] == 0
    assert (tmp_path / "map.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_stdin_is_read(marchland, monkeypatch, report):
    with report.open(encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stdin", file)
        assert "Borderton" in marchland("read", "-")[1]


def test_several_articles_and_an_exported_map_become_one_map(marchland, report, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("Shells fell on Midtown, Westland.", encoding="utf-8")
    assert marchland("export", report, "-o", tmp_path / "one.geojson")[0] == 0
    assert marchland("export", other, tmp_path / "one.geojson", "-o", tmp_path / "all.geojson")[0] == 0
    titles = [f["properties"]["source_title"] for f in features_in(tmp_path / "all.geojson")]
    assert len(titles) > len(features_in(tmp_path / "one.geojson"))


def test_importing_an_export_and_exporting_it_gives_the_same_bytes(marchland, report, tmp_path):
    marchland("export", report, "-o", tmp_path / "one.geojson")
    marchland("export", tmp_path / "one.geojson", "-o", tmp_path / "two.geojson")
    assert (tmp_path / "two.geojson").read_bytes() == (tmp_path / "one.geojson").read_bytes()


def test_a_geopackage_is_written(marchland, report, tmp_path):
    import pyogrio

    assert marchland("export", report, "-o", tmp_path / "map.gpkg")[0] == 0
    assert "Borderton" in set(pyogrio.read_dataframe(tmp_path / "map.gpkg")["title"])


def features_in(path):
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def test_a_place_is_shown_with_what_matched(marchland):
    code, out, _ = marchland("place", "Borderton")
    assert code == 0
    assert "fake:borderton" in out
    assert "No other place has this name." in out
    assert json.loads(marchland("place", "Borderton", "--format", "json")[1])[0]["lon"] == 44.9


def test_a_name_that_nothing_has_is_a_result_and_no_error(marchland):
    code, out, err = marchland("place", "Xyzzy")
    assert (code, out) == (0, "")
    assert err == "no place is named 'Xyzzy', nor anything like it\n"


def test_the_version_is_told(marchland):
    assert marchland("--version") == (0, f"marchland {__version__}\n", "")


@pytest.mark.parametrize("command", ["read", "export", "place", "batch", "gazetteer", "project", "serve"])
def test_every_command_has_help_with_examples_and_exit_codes(marchland, command):
    code, out, _ = marchland(command, "--help")
    assert code == 0
    assert "examples:" in out
    assert f"marchland {command}" in out
    assert "exit codes:" in out


def test_without_a_command_the_help_is_shown(marchland):
    code, out, _ = marchland()
    assert code == 0
    assert "marchland read report.txt" in out


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["read", "none.txt"], "none.txt: there is no such file"),
        (["read", "."], "this is a folder"),
        (["read", "--seed", "none"], "there is no seed 'none'"),
        (["export", "none.geojson"], "none.geojson: No such file"),
        (["export", "none.geojson", "-o", "map.xyz"], "map.xyz: what shall it be?"),
        (["read", "none.txt", "-o", "map.xyz"], "map.xyz: what shall it be?"),
        (["read", "--seed", "armenia-2022-jermuk", "--world-view", "Narnia"], "there is no world view 'Narnia'"),
        (["place", " "], "give a name"),
        (["place", "x" * 300], "give a name"),
    ],
)
def test_an_error_is_one_line_on_stderr_and_code_1(marchland, arguments, why):
    code, out, err = marchland(*arguments)
    assert (code, out) == (1, "")
    assert err.startswith("marchland: ")
    assert why in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["dance"], ["read", "a", "b"], ["read", "a", "--format", "pdf"], ["read", "a", "--date", "Tuesday"],
        ["place"], ["place", "Goma", "--limit", "0"], ["batch", "a"], ["serve", "--port", "99999"],
    ],
)  # fmt: skip
def test_wrong_usage_is_code_2(marchland, arguments):
    code, out, err = marchland(*arguments)
    assert (code, out) == (2, "")
    assert "usage:" in err


def test_an_empty_article_an_unwritable_file_and_a_broken_map_are_told(marchland, report, tmp_path):
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "broken.geojson").write_text("{")
    assert "is empty" in marchland("read", tmp_path / "empty.txt")[2]
    assert "cannot be written" in marchland("read", report, "-o", tmp_path / "no" / "map.geojson")[2]
    assert "is no JSON" in marchland("export", tmp_path / "broken.geojson")[2]


def test_a_failed_write_leaves_the_old_file(marchland, tmp_path, report):
    (tmp_path / "map.geojson").write_text("old")
    (tmp_path / "empty.txt").write_text(" ")
    marchland("read", tmp_path / "empty.txt", "-o", tmp_path / "map.geojson")
    assert (tmp_path / "map.geojson").read_text() == "old"


def test_a_fault_of_the_program_is_one_line_too(marchland, monkeypatch, report):
    monkeypatch.setattr(front_door, "read_article", lambda *_, **__: 1 / 0)
    code, out, err = marchland("read", report)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "ZeroDivisionError" in err


def test_words_that_steer_a_terminal_do_nothing(marchland, tmp_path):
    (tmp_path / "a.txt").write_text("Borderton \x1b]0;owned\x07 fell. \x1b[31mMidtown", encoding="utf-8")
    code, out, err = marchland("read", tmp_path / "a.txt", "--title", "\x1b[2Jtitle")
    assert "\x1b" not in out + err
    assert "\x1b" not in marchland("read", tmp_path / "\x1b[2J.txt")[2]


def test_the_terminal_gets_no_more_than_it_asked_for():
    """`marchland --help | head -1` ends quietly."""
    process = subprocess.Popen(
        [sys.executable, "-m", "geo", "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )  # fmt: skip
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0


READY = """
import signal
import geo.cli, geo.front_door, geo.stores.articles
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have started the tests with SIGINT ignored
print("ready", flush=True)
geo.cli.main(["read", "-"])
"""


def test_ctrl_c_ends_without_a_traceback():
    process = subprocess.Popen(
        [sys.executable, "-c", READY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip
    assert process.stdout.readline() == b"ready\n"
    time.sleep(0.3)
    os.kill(process.pid, signal.SIGINT)
    assert process.stderr.read() == b"marchland: interrupted\n"
    assert process.wait() == 130


def test_places_of_ones_own_are_added_listed_and_removed(marchland, tmp_path, monkeypatch):
    monkeypatch.setenv("MARCHLAND_CACHE", str(tmp_path / "cache"))
    table = tmp_path / "villages.csv"
    table.write_text("name,lat,lon\nKhachik,39.66,45.22\nNowhere,abc,45\n", encoding="utf-8")
    code, out, err = marchland("gazetteer", "add", table, "--name", "villages")
    assert (code, out) == (0, "")
    assert "villages.csv line 3: " in err
    assert "villages: 1 places added, 1 broken rows left out" in err
    assert marchland("gazetteer", "list")[1] == "villages  1 places  from villages.csv\n"
    assert marchland("gazetteer", "remove", "villages")[0] == 0
    assert marchland("gazetteer", "remove", "villages")[0] == 1


def test_a_project_goes_from_one_folder_to_another(marchland, monkeypatch, tmp_path):
    monkeypatch.setenv("MARCHLAND_DATA", str(tmp_path / "here"))
    made = open_projects().create("Front\x1b[31m", News())
    code, out, err = marchland("project", "list")
    assert (code, err) == (0, "")
    assert out.startswith(f"{made}\t")
    assert "\x1b" not in out
    assert marchland("project", "export", made, "-o", tmp_path / "mailed.marchland")[0] == 0
    monkeypatch.setenv("MARCHLAND_DATA", str(tmp_path / "there"))
    code, out, _ = marchland("project", "import", tmp_path / "mailed.marchland")
    assert code == 0
    assert [one.id for one in open_projects().list()] == [out.strip()]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("export", "nothing", "-o", "x.marchland"), "no such project"),
        (("import", "missing.marchland"), "No such file"),
        (("import", __file__), "no project of Marchland"),
    ],
)
def test_what_is_no_project_is_told_in_one_line(marchland, monkeypatch, tmp_path, arguments, says):
    monkeypatch.setenv("MARCHLAND_DATA", str(tmp_path))
    code, out, err = marchland("project", *arguments)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert says in err
