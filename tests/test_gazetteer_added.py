"""The gazetteers that a user adds: what is read, what is reported, and what a broken file leaves."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from geo.errors import GazetteerError
from geo.stores.files import project_root
from geo.stores.gazetteer import SqliteGazetteer
from geo.stores.gazetteer_added import add_gazetteer, added_indexes, list_gazetteers, remove_gazetteer
from geo.stores.names import NameRules


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MARCHLAND_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def geonames(geonameid: object, name: str, lat: object, lon: object, kind: str = "P\tPPL", alternates: str = "") -> str:
    place = f"{geonameid}\t{name}\t{name}\t{alternates}\t{lat}\t{lon}\t{kind}"
    return f"{place}\tAM\t\t10\t\t\t\t120\t\t2000\tAsia/Yerevan\t2026-01-01"


def opened(*before: Path) -> SqliteGazetteer:
    return SqliteGazetteer([*before, *added_indexes()], rules=NameRules())


def test_a_geonames_zip_is_added_and_its_broken_rows_are_reported(tmp_path: Path):
    rows = [
        geonames(1, "Gndevaz", 39.76, 45.61, alternates="Kndevaz,Гндеваз"),
        "2\ttoo short",
        geonames(3, "Nowhere", "39,84", 45.6),
        geonames(4, "Far", 99, 45.6),
        geonames(5, "", 39, 45),
        geonames(6, "Spandaryan Reservoir", 39.65, 45.84, kind="H\tRSV"),
        geonames("x", "Bad id", 39, 45),
    ]
    with zipfile.ZipFile(tmp_path / "AM.zip", "w") as archive:
        archive.writestr("readme.txt", "read me")
        archive.writestr("AM.txt", "\n".join(rows))
    added = add_gazetteer(tmp_path / "AM.zip")
    assert (added.name, added.places, added.broken) == ("AM", 2, 5)
    assert [(row.line, row.reason) for row in added.reports][:2] == [
        (2, "2 columns, not 19"),
        (3, "column 'lat': '39,84' is not a number"),
    ]
    [match] = opened().named("Kndevaz")
    assert (match.place.id, match.place.name, match.place.admin1) == ("gn:1", "Gndevaz", "Vayots Dzor")
    assert opened().named("spandaryan reservoir")[0].place.kind == "lake"


def test_further_names_come_to_their_places_with_their_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "AM.txt").write_text(
        geonames(1, "Gndevaz", 39.76, 45.61, alternates="Gndevas") + "\n" + geonames(2, "Kechut", 39.8, 45.66)
    )
    add_gazetteer(tmp_path / "AM.txt")
    own = added_indexes()[0].rename(tmp_path / "own.sqlite")
    monkeypatch.setattr("geo.stores.gazetteer_added.own_index", lambda: own)
    rows = [
        "11\t1\tde\tGndewas\t1\t\t\t\t\t",
        "10\t1\tfr\tGndevas\t\t\t\t\t\t",
        "12\t1\tlink\thttps://example.org/Gndevaz\t\t\t\t\t\t",
        "13\tx\tde\tNirgends\t\t\t\t\t\t",
        "14\t999\tde\tAnderswo\t\t\t\t\t\t",
        "15\t2\t\tKetschut\t\t\t\t\t\t",
        "short",
    ]
    with zipfile.ZipFile(tmp_path / "alternateNamesV2.zip", "w") as archive:
        archive.writestr("iso-languagecodes.txt", "de\tGerman")
        archive.writestr("alternateNamesV2.txt", "\n".join(rows))
    added = add_gazetteer(tmp_path / "alternateNamesV2.zip")
    assert (added.places, [row.line for row in added.reports]) == (2, [4, 7])
    places = opened(own)
    [match] = places.named("Gndewas")
    assert (match.place.name, match.matched, match.how, match.language) == ("Gndevaz", "Gndewas", "alternate", "de")
    assert match.place == places.place("gn:1")
    assert [match.language for match in places.named("Gndevas")] == ["fr"]  # known before, without its language
    assert places.named("Ketschut")[0].language is None
    assert places.suggest("gndew")[0].language == "de"
    assert places.fuzzy("Gndewass")[0].matched == "Gndewas"
    assert not places.named("Anderswo")
    assert len(places.named("Gndevaz")) == 1


def test_a_table_of_ones_own_is_added(tmp_path: Path):
    rows = ["Post 7;39.9;45.7;facility;Seven|Semyorka", ";1;2;;", "Hill;1;2;hillock;", "Sea;0;0;sea;", ""]
    text = "\n".join(["Name;Lat;Lon;Kind;Alternates", *rows])
    (tmp_path / "posts.csv").write_text(text, encoding="utf-8-sig")
    added = add_gazetteer(tmp_path / "posts.csv", name="my-posts")
    assert (added.places, [row.line for row in added.reports]) == (2, [3, 4])
    assert opened().named("Semyorka")[0].place.kind == "facility"


def test_geojson_is_added_by_points_and_areas(tmp_path: Path):
    square = {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]}
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [45, 40]}, "properties": {"name": "Dot"}},
        {"type": "Feature", "geometry": square, "properties": {"name": "Square", "kind": "region"}},
        {"type": "Feature", "geometry": None, "properties": {"name": "Ghost"}},
    ]
    (tmp_path / "own.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    added = add_gazetteer(tmp_path / "own.geojson")
    assert (added.places, [row.line for row in added.reports]) == (2, [3])
    assert opened().named("Square")[0].place.at.lon == pytest.approx(1)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "needs columns name, lat, lon"),
        ("a.csv", b"name,lat,lon\n,,\n", "holds no place"),
        ("a.zip", b"no zip", "is broken"),
        ("a.geojson", b"{", "is no GeoJSON"),
        ("a.geojson", b"[" * 100_000, "is no GeoJSON"),
        ("a.xls", b"", "a gazetteer is a GeoNames .zip"),
        ("a.txt", b"\xff\xfe\x00", "holds no place"),
        ("alternateNamesV2.zip", b"", "is broken"),
        ("alternateNamesV2.txt", b"1\t2\ten\t\n", "holds no place"),
    ],
)
def test_a_file_that_is_none_leaves_nothing(tmp_path: Path, name: str, content: bytes, message: str):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(GazetteerError, match=message):
        add_gazetteer(tmp_path / name)
    assert list_gazetteers() == []


@pytest.mark.parametrize("name", ["../up", "", ".hidden", "a/b", "x" * 100])
def test_a_name_cannot_lead_elsewhere(tmp_path: Path, name: str):
    (tmp_path / "..csv").write_text("name,lat,lon\nA,1,2\n")
    with pytest.raises(GazetteerError, match="cannot name"):
        add_gazetteer(tmp_path / "..csv", name=name)


def test_gazetteers_are_listed_replaced_and_removed(tmp_path: Path):
    for text in ("name,lat,lon\nOld,1,2\n", "name,lat,lon\nNew,1,2\nNewer,3,4\n"):
        (tmp_path / "mine.csv").write_text(text)
        add_gazetteer(tmp_path / "mine.csv")
    assert [(one.name, one.places) for one in list_gazetteers()] == [("mine", 2)]
    remove_gazetteer("mine")
    assert list_gazetteers() == []
    with pytest.raises(GazetteerError, match="no gazetteer 'mine' was added"):
        remove_gazetteer("mine")


def test_a_file_does_not_take_the_place_of_another_by_its_name_alone(tmp_path: Path):
    (tmp_path / "mine.csv").write_text("name,lat,lon\nRow,1,2\n")
    dot = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [45, 40]}, "properties": {"name": "Dot"}}
    (tmp_path / "mine.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [dot]}))
    add_gazetteer(tmp_path / "mine.csv")
    with pytest.raises(GazetteerError, match=r"added from mine\.csv: give another with --name"):
        add_gazetteer(tmp_path / "mine.geojson")
    add_gazetteer(tmp_path / "mine.geojson", name="other")
    found = [match.place.id for name in ("Row", "Dot") for match in opened().named(name)]
    assert found == ["own:mine/2", "own:other/1"]


_KILLED_ON_THE_WAY = """
import os, sys
from pathlib import Path
from geo.stores import gazetteer_added
whole = gazetteer_added._reader
def reader(file):
    def entries(file, name, report):
        yield from whole(file)(file, name, report)
        os.kill(os.getpid(), 9)
    return entries
gazetteer_added._reader = reader
gazetteer_added.add_gazetteer(Path(sys.argv[1]))
"""


def test_one_that_was_killed_on_the_way_changes_nothing_and_leaves_nothing_once_another_is_added(
    tmp_path: Path, cache: Path
):
    table = tmp_path / "mine.csv"
    table.write_text("name,lat,lon\nOld,1,2\n")
    add_gazetteer(table)
    table.write_text("name,lat,lon\n" + "".join(f"New{n},1,2\n" for n in range(20_000)))
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED_ON_THE_WAY, str(table)], stderr=subprocess.DEVNULL, cwd=project_root()
    )
    assert killed.returncode == -9
    assert list(cache.rglob("*.building*"))
    assert [(one.name, one.places) for one in list_gazetteers()] == [("mine", 1)]
    assert opened().named("Old")
    (tmp_path / "other.csv").write_text("name,lat,lon\nOther,1,2\n")
    add_gazetteer(tmp_path / "other.csv")
    assert not list(cache.rglob("*.building*"))
    assert [one.name for one in list_gazetteers()] == ["mine", "other"]


def test_two_processes_that_add_under_one_name_wait_for_each_other(tmp_path: Path):
    table = tmp_path / "mine.csv"
    table.write_text("name,lat,lon\n" + "".join(f"Place{n},1,2\n" for n in range(30_000)))
    command = [sys.executable, "-m", "geo", "gazetteer", "add", str(table)]
    processes = [subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=project_root()) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    assert [(one.name, one.places) for one in list_gazetteers()] == [("mine", 30_000)]
