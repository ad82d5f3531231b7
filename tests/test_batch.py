"""Many articles: nothing lost, nothing done twice, a bad line told and the rest done."""

import gzip
import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from geo import front_door
from geo.article import Article
from geo.batch.cluster import _check_workers
from geo.batch.lines import Line, Outcome, lines_of, read_line
from geo.batch.record import record_of
from geo.batch.run import run_batch
from geo.errors import GeoError
from tests.fake_places import FakeTagger
from tests.fakes import FakeBorders, FakeGazetteer

TEXT = "Eastland forces moved up to 5 km into Westland near Borderton."


def echo(line: Line) -> Outcome:
    """Stand for the reading of an article; dies, fails or takes its time where the line asks for it."""
    given = json.loads(line.data)
    if given.get("die"):
        os._exit(9)
    time.sleep(given.get("sleep", 0))
    return Outcome(number=line.number, output=json.dumps({"id": given["id"], "pid": os.getpid()}))


def bad_or_echo(line: Line) -> Outcome:
    return echo(line) if b'"text"' in line.data else Outcome(number=line.number, problem="it has no text")


@pytest.fixture
def files(tmp_path):
    def write(*items):
        source = tmp_path / "in.jsonl"
        source.write_text("".join(i if isinstance(i, str) else json.dumps(i) + "\n" for i in items), encoding="utf-8")
        return source, tmp_path / "out.jsonl"

    return write


def item(number, **more):
    return {"id": f"a{number}", "text": "x", **more}


def ids(path):
    return [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("workers", [1, 2])
def test_every_article_gives_a_line_in_the_same_order(files, workers):
    source, out = files(*(item(n) for n in range(20)))
    summary = run_batch(source, out, workers=workers, read=echo)
    assert ids(out) == [f"a{n}" for n in range(20)]
    assert (summary.written, summary.before, summary.problems) == (20, 0, 0)


def test_a_bad_line_is_told_with_its_number_and_the_rest_is_done(files):
    told = []
    source, out = files(item(1), {"id": "a2"}, "\n", item(4))
    summary = run_batch(source, out, read=bad_or_echo, report=told.append)
    assert told == [f"{source} line 2: it has no text"]
    assert ids(out) == ["a1", "a4"]
    assert summary.problems == 1


def test_what_is_done_is_not_done_again(files):
    source, out = files(*(item(n) for n in range(6)))
    run_batch(source, out, read=echo)
    whole = out.read_bytes()
    for cut in (0, 5, len(whole) // 2, len(whole) - 1, len(whole)):
        out.write_bytes(whole[:cut])
        summary = run_batch(source, out, read=echo)
        assert ids(out) == [f"a{n}" for n in range(6)]
        assert summary.before + summary.written == 6
        assert summary.before == whole[:cut].count(b"\n")


def test_bad_lines_and_equal_ids_do_not_confuse_the_resumption(files):
    source, out = files(item(1), "{\n", item(1), item(2), {"id": "a3"}, item(1))
    for _ in range(2):
        run_batch(source, out, read=bad_or_echo_json, report=lambda _: None)
        assert ids(out) == ["a1", "a1", "a2", "a1"]
        out.write_bytes(b"".join(out.read_bytes().splitlines(keepends=True)[:2]))
    run_batch(source, out, read=bad_or_echo_json, report=lambda _: None)
    assert ids(out) == ["a1", "a1", "a2", "a1"]


def bad_or_echo_json(line: Line) -> Outcome:
    try:
        return bad_or_echo(line)
    except ValueError:
        return Outcome(number=line.number, problem="no JSON")


def test_restart_does_everything_again(files):
    source, out = files(item(1), item(2))
    out.write_text("anything\n")
    assert run_batch(source, out, read=echo, restart=True).written == 2
    assert ids(out) == ["a1", "a2"]


@pytest.mark.parametrize("held", ['{"id": "other"}\n', "anything\n", "[1]\n"])
def test_an_output_of_something_else_is_left_alone(files, held):
    source, out = files(item(1))
    out.write_text(held)
    with pytest.raises(GeoError, match="give another -o"):
        run_batch(source, out, read=echo)
    assert out.read_text() == held


def test_the_input_is_never_the_output(files):
    source, _ = files(item(1))
    with pytest.raises(GeoError, match="is the input"):
        run_batch(source, source, read=echo, restart=True)
    assert ids(source) == ["a1"]


def test_a_missing_input_is_told(tmp_path):
    with pytest.raises(GeoError, match="No such file"):
        run_batch(tmp_path / "none.jsonl", tmp_path / "out.jsonl", read=echo)


def test_a_line_that_kills_its_process_is_left_out_and_the_rest_is_done(files):
    told = []
    source, out = files(*(item(n, die=n == 5) for n in range(12)))
    run_batch(source, out, workers=2, read=echo, report=told.append)
    assert ids(out) == [f"a{n}" for n in range(12) if n != 5]
    assert told == [f"{source} line 6: a process died on it, three times: left out"]


def test_memory_of_a_line_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr("geo.batch.lines.MAX_LINE_BYTES", 50)
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"x" * 500 + b'\n{"id": 1, "text": "y"}\n' + b"z" * 50)
    with path.open("rb") as file:
        lines = list(lines_of(file))
    assert [(line.number, line.too_long) for line in lines] == [(1, True), (2, False), (3, True)]


KILLED = """
import sys, pathlib
from geo.batch.run import run_batch
from tests.test_batch import echo
if __name__ == "__main__":
    run_batch(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), workers=2, read=echo)
"""


def test_a_batch_that_is_killed_goes_on_where_it_stopped_and_leaves_no_process(files, tmp_path):
    source, out = files(*(item(n, sleep=0.02) for n in range(200)))
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    environment = os.environ | {"PYTHONPATH": os.getcwd()}
    process = subprocess.Popen([sys.executable, str(script), str(source), str(out)], env=environment)
    while not out.exists() or out.stat().st_size < 200:
        time.sleep(0.05)
        assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    workers = {json.loads(line)["pid"] for line in out.read_text(encoding="utf-8").splitlines()}
    summary = run_batch(source, out, read=echo)
    assert ids(out) == [f"a{n}" for n in range(200)]
    assert summary.before > 0
    deadline = time.monotonic() + 10
    while (left := [pid for pid in workers if alive(pid)]) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left == []


# --- many files, another form, a cluster


def test_a_folder_is_read_file_by_file_and_a_bad_line_is_told_with_its_file(tmp_path):
    told = []
    (tmp_path / "in" / "b").mkdir(parents=True)
    (tmp_path / "in" / "a.jsonl").write_text('{"id": 1, "text": "x"}\n{"id": 2}\n')
    (tmp_path / "in" / "notes.txt").write_text("no articles")
    with gzip.open(tmp_path / "in" / "b" / "c.jsonl.gz", "wt") as packed:
        packed.write('{"id": 3, "text": "x"}\n{"id": 4, "text": "x"}')
    out = tmp_path / "out.jsonl"
    run_batch(tmp_path / "in", out, read=bad_or_echo, report=told.append)
    assert ids(out) == [1, 3, 4]
    assert told == [f"{tmp_path / 'in' / 'a.jsonl'} line 2: it has no text"]
    out.write_bytes(out.read_bytes()[:-5])
    assert run_batch(str(tmp_path / "in"), out, read=bad_or_echo, report=told.append).before == 2
    assert ids(out) == [1, 3, 4]


def test_an_object_store_is_read_like_a_folder(tmp_path):
    store = pytest.importorskip("fsspec").filesystem("memory")
    for name in ("one", "two"):
        store.pipe(f"/news/{name}.jsonl", json.dumps({"id": name, "text": "x"}).encode())
    run_batch("memory://news", tmp_path / "all.jsonl", read=echo)
    run_batch("memory://news/two.jsonl", tmp_path / "two.jsonl", read=echo)
    assert ids(tmp_path / "all.jsonl") == ["one", "two"]
    assert ids(tmp_path / "two.jsonl") == ["two"]


@pytest.mark.parametrize("source", ["memory://nothing-here", "nosuchstore://a/b"])
def test_a_store_without_articles_is_told(tmp_path, source):
    pytest.importorskip("fsspec")
    with pytest.raises(GeoError, match="nothing-here|nosuchstore"):
        run_batch(source, tmp_path / "out.jsonl", read=echo)


def test_a_folder_without_articles_or_with_the_output_in_it_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(GeoError, match="holds no file that ends in"):
        run_batch(tmp_path / "empty", tmp_path / "out.jsonl", read=echo)
    with pytest.raises(GeoError, match="in the folder of the input"):
        run_batch(tmp_path, tmp_path / "out.jsonl", read=echo)


def test_a_packed_file_that_is_cut_off_is_told(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"id": 1, "text": "x"}\n' * 50)[:-12])
    with pytest.raises(GeoError, match="a.jsonl.gz"):
        run_batch(tmp_path / "a.jsonl.gz", tmp_path / "out.jsonl", read=echo)


def test_geoparquet_holds_every_toponym_and_claim(small_world, tmp_path):
    geopandas = pytest.importorskip("geopandas")
    source, out = tmp_path / "in.jsonl", tmp_path / "out.parquet"
    source.write_text("".join(json.dumps({"id": n, "text": TEXT}) + "\n" for n in range(3)))
    run_batch(source, tmp_path / "out.jsonl")
    run_batch(source, out, form="geoparquet")
    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    frame = geopandas.read_parquet(out)
    assert len(frame) == sum(len(record["toponyms"]) + len(record["claims"]) for record in records)
    assert frame.crs.equals("OGC:CRS84")
    town = frame[(frame["name"] == "Borderton") & (frame["id"] == "1")].iloc[0]
    assert (town.geometry.x, town.geometry.y, town["start"]) == (44.9, 40.5, 52)
    claim = frame[(frame["what"] == "claim") & (frame["relation"] == "into")].iloc[0]
    assert (claim["max_m"], claim["reference"], claim.geometry.area > 0) == (5000, "Westland", True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl", "out.parquet"]
    with pytest.raises(GeoError, match="is there and complete"):
        run_batch(source, out, form="geoparquet")


def test_geoparquet_goes_on_after_a_kill(small_world, tmp_path):
    geopandas = pytest.importorskip("geopandas")
    source, out = tmp_path / "in.jsonl", tmp_path / "out.parquet"
    source.write_text("".join(json.dumps({"id": n, "text": TEXT}) + "\n" for n in range(3)))
    run_batch(source, tmp_path / "out.parquet.jsonl")
    held = (tmp_path / "out.parquet.jsonl").read_bytes()
    (tmp_path / "out.parquet.jsonl").write_bytes(held[: len(held) // 2])
    (tmp_path / "out.parquet.part").write_bytes(b"half")
    assert run_batch(source, out, form="geoparquet").before == 1
    assert sorted(set(geopandas.read_parquet(out)["id"])) == ["0", "1", "2"]
    assert not list(tmp_path.glob("out.parquet.*"))


@pytest.fixture(scope="module")
def cluster():
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as started:
        yield started.scheduler_address


@pytest.mark.slow
def test_a_cluster_gives_the_same_lines_although_a_worker_is_killed(cluster, files):
    source, out = files(*(item(n, sleep=0.02) for n in range(150)))

    def kill_one():
        while not out.exists() or out.stat().st_size < 300:
            time.sleep(0.02)
        os.kill(json.loads(out.read_bytes().splitlines()[0])["pid"], signal.SIGKILL)

    killer = threading.Thread(target=kill_one)
    killer.start()
    summary = run_batch(source, out, cluster=cluster, read=echo)
    killer.join()
    assert ids(out) == [f"a{n}" for n in range(150)]
    assert (summary.written, summary.problems) == (150, 0)
    assert len({json.loads(line)["pid"] for line in out.read_bytes().splitlines()}) > 2


def test_a_cluster_that_is_not_there_is_told(files, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("geo.batch.cluster.WAIT_S", 0.2)
    source, out = files(item(1))
    with pytest.raises(GeoError, match="no Dask scheduler answers at tcp://127.0.0.1:9"):
        run_batch(source, out, cluster="tcp://127.0.0.1:9", read=echo)


def test_dask_is_asked_for_where_it_is_missing(files, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    source, out = files(item(1))
    with pytest.raises(GeoError, match=r"pip install \"marchland\[cluster\]\""):
        run_batch(source, out, cluster="tcp://127.0.0.1:9", read=echo)


def test_workers_with_other_data_are_refused(monkeypatch):
    class Client:
        def run(self, _):
            return {"tcp://worker": "Marchland 0.0"}

    monkeypatch.setattr("geo.batch.cluster.installed", lambda: "Marchland 1.0")
    with pytest.raises(GeoError, match="tcp://worker has Marchland 0.0"):
        _check_workers(Client(), "tcp://scheduler")


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rsplit(") ", 1)[1][0] != "Z"
    except OSError:
        return False


# --- one line


@pytest.fixture
def small_world(monkeypatch):
    monkeypatch.setattr(front_door, "installed_gazetteer", FakeGazetteer)
    monkeypatch.setattr(front_door, "installed_borders", FakeBorders)
    monkeypatch.setattr(front_door, "installed_tagger", lambda: FakeTagger(GPE=["Borderton", "Westland"]))


def read(**given):
    return read_line(Line(number=3, data=json.dumps(given).encode(), end=0))


def test_a_line_of_output_is_what_design_md_says(small_world):
    outcome = read(id=7, text=TEXT, date="2022-09-16", title="T")
    assert outcome.problem is None
    record = json.loads(outcome.output)
    assert record["id"] == 7
    [town] = [t for t in record["toponyms"] if t["name"] == "Borderton"]
    assert town == {
        "start": 52, "end": 61, "name": "Borderton", "lat": 40.5, "lon": 44.9, "geonameid": None, "kind": "settlement",
        "role": town["role"], "confidence": town["confidence"], "demonym": False,
    }  # fmt: skip
    [claim] = [c for c in record["claims"] if c.get("relation") == "into"]
    assert TEXT[claim["start"] : claim["end"]] == "up to 5 km into Westland"
    assert (claim["relation"], claim["min_m"], claim["max_m"], claim["bound"]) == ("into", 0, 5000, "max")
    assert claim["draw"] is True
    assert claim["zone"]["fringe"]["type"] in ("Polygon", "MultiPolygon")


def test_given_spans_are_resolved_and_no_others_are_looked_for(small_world):
    record = json.loads(read(id="a", text=TEXT, spans=[{"start": 52, "end": 61}]).output)
    assert [t["name"] for t in record["toponyms"]] == ["Borderton"]


def test_offsets_count_characters_whatever_the_text_begins_with(small_world):
    record = json.loads(read(id="a", text="\ufeff \U0001f1e6\U0001f1f2\r\n" + TEXT).output)
    [town] = [t for t in record["toponyms"] if t["name"] == "Borderton"]
    assert town["start"] == 52 + 6


def test_a_date_that_is_none_is_told_and_the_article_is_read_without_it(small_world):
    outcome = read(id="a", text=TEXT, date="Tuesday")
    assert json.loads(outcome.output)["toponyms"]
    assert outcome.problem == "its date 'Tuesday' is not year-month-day: read without it"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"text": TEXT}, "no id"),
        ({"id": True, "text": TEXT}, "no id"),
        ({"id": "a"}, "no text"),
        ({"id": "a", "text": ["x"]}, "no text"),
        ({"id": "a", "text": "  "}, "empty"),
        ({"id": "a", "text": TEXT, "spans": "x"}, "no list"),
        ({"id": "a", "text": TEXT, "spans": [{"start": 3}]}, "its span"),
        ({"id": "a", "text": TEXT, "spans": [{"start": 3, "end": 1}]}, "forward"),
        ({"id": "a", "text": TEXT, "spans": [{"start": 3, "end": 1000}]}, "over the end"),
    ],
)
def test_what_is_wrong_with_a_line_is_told(small_world, given, why):
    outcome = read(**given)
    assert outcome.output is None
    assert why in outcome.problem


@pytest.mark.parametrize(("data", "why"), [(b"{", "no JSON"), (b"[1]", "no JSON object"), (b"\xff", "not UTF-8")])
def test_what_is_no_json_is_told(data, why):
    assert why in read_line(Line(number=1, data=data, end=0)).problem


def test_a_fault_of_the_program_ends_one_line_only(monkeypatch):
    monkeypatch.setattr("geo.batch.lines.read_article", lambda *_, **__: 1 / 0)
    assert "ZeroDivisionError" in read(id="a", text=TEXT).problem


def test_an_article_without_a_place_gives_empty_lists(small_world):
    reading = front_door.read_article(Article(text="Nothing happened.", id="a"))
    assert record_of(reading) == {"id": "a", "toponyms": [], "claims": []}
