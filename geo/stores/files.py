"""Where the project's own files and the user's caches are."""

import os
from functools import cache
from pathlib import Path

import platformdirs

from geo.errors import GeoError


@cache
def project_root() -> Path:
    """Return the folder that holds gazetteer/, seeds/, static/ and tiles/: the checkout, or the installed package."""
    package = Path(__file__).resolve().parent.parent
    for root in (package.parent, package / "_data"):
        if (root / "gazetteer").is_dir():
            return root
    raise GeoError(f"the data folders (gazetteer/, tiles/) are missing beside {package}: install Marchland again")


def data_file(name: str) -> Path:
    """Return the path of a file of the project ("gazetteer/places.tsv.xz"); GeoError where it is missing."""
    path = project_root() / name
    if not path.exists():
        raise GeoError(f"{name} is missing from {project_root()}: install Marchland again")
    return path


def cache_folder() -> Path:
    """Return the folder for built indexes, made if need be; MARCHLAND_CACHE sets another."""
    folder = Path(os.environ.get("MARCHLAND_CACHE") or platformdirs.user_cache_dir("marchland", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
