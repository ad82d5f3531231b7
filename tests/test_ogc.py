"""OGC API – Features: other programs open a map live."""

import json
import subprocess
import sys
import threading
import time

import pytest
from shapely.geometry import LineString, Point, box

from geo.features import MapFeature

pytest.importorskip("starlette.testclient")

SUDZHA, KURSK = Point(35.27, 51.19), Point(36.19, 51.73)
FEATURES = (
    MapFeature(id="a/gn:1", style="event-place", title="Sudzha", geometry=SUDZHA, properties={"when": "2024-08-06"}),
    MapFeature(id="a/gn:2", style="context-place", title="<b>Kursk</b>", geometry=KURSK),
    MapFeature(
        id="a/claim-1/core",
        style="strip",
        title="10 km",
        geometry=box(35, 51, 36, 52),
        properties={"published": "2024-08-09"},
    ),
    MapFeature(id="added-1", style="added", title="A line", geometry=LineString([(179, 0), (180, 1)])),
)


def app(features=FEATURES):
    from starlette.applications import Starlette

    from geo.ogc import OpenMap, ogc_routes

    return Starlette(routes=ogc_routes(lambda: [OpenMap(id="kursk", title="Kursk 2024", features=lambda: features)]))


@pytest.fixture(scope="module")
def client():
    from starlette.testclient import TestClient

    return TestClient(app())


def ids(client, query=""):
    answers = [
        client.get(f"/ogc/collections/kursk.{kind}/items{query}").json() for kind in ("points", "areas", "lines")
    ]
    return [feature["id"] for answer in answers for feature in answer["features"]]


def test_every_link_of_the_landing_page_leads_somewhere(client):
    links = client.get("/ogc/").json()["links"]
    assert {link["rel"] for link in links} == {"self", "service-desc", "conformance", "data"}
    assert all(client.get(link["href"]).status_code == 200 for link in links)


def test_a_map_gives_a_collection_for_each_kind_of_geometry(client):
    found = client.get("/ogc/collections").json()["collections"]
    assert [c["id"] for c in found] == ["kursk.points", "kursk.lines", "kursk.areas"]
    [areas] = [c for c in found if c["id"] == "kursk.areas"]
    assert areas["extent"]["spatial"]["bbox"] == [[35, 51, 36, 52]]
    assert areas["extent"]["temporal"]["interval"] == [["2024-08-09T00:00:00Z", "2024-08-09T00:00:00Z"]]
    assert client.get("/ogc/collections/kursk.areas").json() == areas


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", {"a/gn:1", "a/gn:2", "a/claim-1/core", "added-1"}),
        ("?bbox=35,51,35.5,51.5", {"a/gn:1", "a/claim-1/core"}),
        ("?bbox=179,-1,-179,1", {"added-1"}),
        ("?bbox=35,51,0,35.5,51.5,9", {"a/gn:1", "a/claim-1/core"}),
        ("?datetime=2024-08-06", {"a/gn:1", "a/gn:2", "added-1"}),
        ("?datetime=2024-08-07T00:00:00Z/..", {"a/gn:2", "a/claim-1/core", "added-1"}),
        ("?datetime=../2024-08-01", {"a/gn:2", "added-1"}),
    ],
)
def test_items_are_chosen_by_place_and_time_and_undated_ones_are_never_hidden(client, query, wanted):
    assert set(ids(client, query)) == wanted


def test_pages_follow_one_another_to_the_end(client):
    first = client.get("/ogc/collections/kursk.points/items?limit=1").json()
    assert (first["numberMatched"], first["numberReturned"]) == (2, 1)
    [following] = [link["href"] for link in first["links"] if link["rel"] == "next"]
    second = client.get(following).json()
    assert [f["id"] for f in first["features"] + second["features"]] == ["a/gn:1", "a/gn:2"]
    assert "next" not in {link["rel"] for link in second["links"]}


def test_one_feature_is_found_by_its_id_even_with_a_slash(client):
    answer = client.get("/ogc/collections/kursk.areas/items/a/claim-1/core")
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.json()["properties"]["title"] == "10 km"


@pytest.mark.parametrize(
    ("path", "code", "says"),
    [
        ("kursk.areas/items?bbox=1,2,3", 400, "bbox is"),
        ("kursk.areas/items?bbox=nan,2,3,4", 400, "bbox is"),
        ("kursk.areas/items?datetime=yesterday", 400, "datetime is"),
        ("kursk.areas/items?limit=0", 400, "limit is"),
        ("kursk.areas/items?limit=99999999999999", 400, "limit is"),
        ("kursk.areas/items?color=red", 400, "unknown parameter"),
        ("kursk.areas/items/nothing", 404, "no feature"),
        ("nowhere.areas", 404, "no collection"),
        ("..%2f..%2fetc.points", 404, "Not Found"),
    ],
)
def test_what_is_not_understood_or_not_there_is_said(client, path, code, says):
    answer = client.get(f"/ogc/collections/{path}")
    assert answer.status_code == code
    assert says in answer.text


def test_answers_are_json_and_no_page_so_that_names_stay_text(client):
    answer = client.get("/ogc/collections/kursk.points/items")
    assert answer.headers["content-type"] == "application/geo+json"
    assert "<b>Kursk</b>" in {f["properties"]["title"] for f in answer.json()["features"]}
    assert answer.json()["marchland"]["disclaimer"]


GDAL = """
import json, sys, pyogrio
layers = sorted(name for name, _ in pyogrio.list_layers(sys.argv[1]))
frame = pyogrio.read_dataframe(sys.argv[1], layer="kursk.points")
print(json.dumps([layers, list(frame["title"]), frame.crs.to_epsg()]))
"""


def test_gdal_opens_the_maps_over_http():
    import uvicorn

    pyogrio = pytest.importorskip("pyogrio")
    if "OAPIF" not in pyogrio.list_drivers():
        pytest.skip("this GDAL has no driver for OGC API – Features")
    server = uvicorn.Server(uvicorn.Config(app(), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    done = subprocess.run(  # a process of its own: GDAL holds Python's lock while it waits for the server
        [sys.executable, "-c", GDAL, f"OAPIF:http://127.0.0.1:{port}/ogc"], capture_output=True, text=True, timeout=60
    )
    server.should_exit = True
    thread.join(timeout=5)
    assert json.loads(done.stdout or done.stderr) == [
        ["kursk.areas", "kursk.lines", "kursk.points"],
        ["Sudzha", "<b>Kursk</b>"],
        4326,
    ]


def test_the_server_serves_the_seeds_live():
    from geo.server import open_maps

    jermuk = next(one for one in open_maps() if one.id == "armenia-2022-jermuk")
    assert any(feature.style == "strip" for feature in jermuk.features())
