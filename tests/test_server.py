"""The web application around the page: headers, files, ranges, health, and options that keep to this machine."""

import pytest

starlette = pytest.importorskip("starlette.testclient")


@pytest.fixture(scope="module")
def client():
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.testclient import TestClient

    from geo.server import SecurityHeaders, routes

    return TestClient(Starlette(routes=routes(), middleware=[Middleware(SecurityHeaders)]))


def test_health_answers_with_the_version(client):
    import geo

    assert client.get("/health").json() == {"status": "ok", "version": geo.__version__}


def test_every_answer_carries_the_security_headers(client):
    for path in ("/health", "/no/such/path", "/app/static/nothing.js"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'self'" in headers["content-security-policy"]


def test_the_page_runs_no_inline_script_and_asks_no_other_host(client):
    directives = dict(
        part.split(" ", 1) for part in client.get("/health").headers["content-security-policy"].split("; ")
    )
    assert "'unsafe-inline'" not in directives["script-src"]
    assert "'unsafe-eval'" not in directives["script-src"]
    assert "http" not in " ".join(directives.values())
    assert directives["connect-src"] == "'self'"


def test_only_the_frame_of_the_map_may_run_generated_code(client):
    assert (
        "'unsafe-eval'"
        in client.get("/component/streamlit_folium.st_folium/index.html").headers["content-security-policy"]
    )
    assert "'unsafe-eval'" not in client.get("/").headers["content-security-policy"]


def test_online_tile_hosts_are_allowed_only_where_they_were_chosen():
    from geo.server import frame_policy

    assert "https://tile.example.org" not in frame_policy()
    assert "img-src 'self' data: blob: https://tile.example.org" in frame_policy(("https://tile.example.org",))


def test_tiles_answer_a_byte_range_with_just_these_bytes(client):
    from geo.stores.files import data_file

    file = next(path for path in sorted(data_file("tiles").iterdir()) if path.is_file())
    whole = file.read_bytes()
    answer = client.get(f"/tiles/{file.name}", headers={"range": "bytes=3-9"})
    assert answer.status_code == 206
    assert answer.content == whole[3:10]
    assert answer.headers["content-range"] == f"bytes 3-9/{len(whole)}"


@pytest.mark.parametrize(
    "path", ["/tiles/../pyproject.toml", "/tiles/%2e%2e/pyproject.toml", "/app/static/..%2fapp.py"]
)
def test_no_path_leads_out_of_the_folders(client, path):
    assert client.get(path).status_code == 404


def test_the_options_keep_errors_and_statistics_on_this_machine():
    from geo.server import streamlit_options

    options = streamlit_options()
    assert options["browser.gatherUsageStats"] is False
    assert options["client.showErrorDetails"] == "none"
    assert options["server.headless"] is True
    assert options["server.showEmailPrompt"] is False
    assert options["server.maxUploadSize"] <= 20


def test_every_option_is_one_that_streamlit_knows():
    from streamlit import config

    from geo.server import streamlit_options

    assert set(streamlit_options()) <= set(config.get_config_options())
