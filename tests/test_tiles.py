import hashlib
import tomllib
from pathlib import Path

import pytest

from geo.stores.tiles import page_assets, providers

ROOT = Path(__file__).resolve().parent.parent
PMTILES_VERSION_3 = b"PMTiles\x03"
MOST_BYTES = 18_000_000


@pytest.mark.parametrize("provider", providers(), ids=lambda provider: provider.id)
def test_an_online_map_has_an_address_an_attribution_and_its_hosts(provider):
    assert provider.url.startswith("https://")
    assert {"{z}", "{x}", "{y}"} <= {provider.url[i : i + 3] for i in range(len(provider.url))}
    assert provider.attribution
    assert 15 <= provider.max_zoom <= 22
    servers = [provider.url.replace("{s}", letter) for letter in provider.subdomains]
    assert all(any(server.startswith(f"{host}/") for host in provider.hosts) for server in servers)


def test_no_provider_needs_a_key():
    assert not any(word in provider.url.lower() for provider in providers() for word in ("key=", "token", "apikey"))


def test_the_base_map_is_there_and_small():
    path = ROOT / "tiles" / "world.pmtiles"
    assert path.read_bytes()[:8] == PMTILES_VERSION_3
    assert path.stat().st_size <= MOST_BYTES


def test_every_source_names_its_file_hash_and_licence():
    for source in tomllib.loads((ROOT / "tiles/SOURCES.toml").read_text(encoding="utf-8"))["source"]:
        assert len(bytes.fromhex(source["sha256"])) == hashlib.sha256().digest_size
        assert source["licence"]
        assert source["get"]


def test_every_vendored_file_is_there_with_its_licence():
    for package in tomllib.loads((ROOT / "static/vendor.toml").read_text(encoding="utf-8"))["package"]:
        files = [ROOT / "static" / name for name in package["files"].values()]
        assert all(path.stat().st_size > 100 for path in files)
        assert (files[0].parent / "LICENSE").is_file()


def test_the_outline_of_the_world_has_land_borders_disputes_and_labels():
    outline = page_assets().outline
    for part in ("near", "far"):
        assert all(outline[part][kind] for kind in ("land", "lakes", "border", "disputed"))
    assert outline["towns"][0][3] in ("town", "capital")
    assert "Armenia" in {name for name, *_ in outline["countries"]}


def test_files_of_a_page_load_nothing():
    assets = page_assets()
    assert len(assets.scripts) == 10
    assert not any("fetch(" in script or "XMLHttpRequest" in script for script in assets.scripts)
    assert not any("url(http" in style or "@import" in style for style in assets.styles)
