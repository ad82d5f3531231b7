"""The import rule of ARCHITECTURE.md: the core imports leftward only, heavy things are loaded when they are needed."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "geo"
ENTRIES = {"geo", "geo.__main__", "geo.cli", "geo.front_door", "geo.ogc", "geo.server"}  # they put everything together
OUTSIDE = ("geo.stores", "geo.render", "geo.ui", "geo.batch", *ENTRIES - {"geo"})
MAY_CORE = {"shapely", "pyproj", "numpy"}
# Modules of the standard library that reach a file, the clock, the network, another process, or set up logging.
NO_VALUES = frozenset(
    "os pathlib io shutil tempfile glob sqlite3 logging time socket ssl http urllib ftplib smtplib subprocess "
    "threading multiprocessing concurrent asyncio signal pickle shelve zipfile gzip bz2 lzma tarfile csv configparser "
    "random secrets".split()
)
HEAVY = frozenset(
    "geopandas pandas spacy thinc streamlit folium rapidfuzz pyogrio starlette uvicorn geopy bs4 pypdf dateparser "
    "numpy shapely pyproj tqdm typer rich requests matplotlib".split()
)
ALLOWED = {
    ("geo.reading", "geo.front_door"),  # the one step back: docs/decisions/0002-front-door.md
    ("geo.claims.dates", "dateutil"),  # dates are left to a library, which only computes
}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def is_core(name: str) -> bool:
    return not name.startswith(OUTSIDE) and name not in ENTRIES


def imports_of(tree: ast.AST, *, typing_too: bool) -> Iterator[str]:
    """Yield the modules that are imported anywhere, in functions too; those for type checking only if asked for."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test) and not typing_too:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in MODULES else str(node.module) for name in names)
        yield from imports_of(node, typing_too=typing_too)


def imported(name: str, *, typing_too: bool = False) -> set[str]:
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    return {found for found in imports_of(tree, typing_too=typing_too) if (name, found) not in ALLOWED}


CORE = [name for name in MODULES if is_core(name)]


@pytest.mark.parametrize("name", CORE)
def test_the_core_imports_the_core_and_values_only(name):
    for found in imported(name) - {"geo"}:  # "geo" itself gives the version
        top = found.split(".")[0]
        if top == "geo":
            assert is_core(found), f"{name} imports {found}"
        elif top in sys.stdlib_module_names:
            assert top not in NO_VALUES or found == "urllib.parse", f"{name} imports {found}, which is no value"
        else:
            assert top in MAY_CORE, f"{name} imports {found}"


def test_the_core_has_no_circle():
    edges = {name: {found for found in imported(name) if found in CORE and found != name} for name in CORE}
    done: list[str] = []
    left = set(CORE)
    while ready := {name for name in left if not edges[name] & left}:
        done += ready
        left -= ready
    assert left == set(), f"these import one another: {sorted(left)}"


ARROWS = tuple(f"geo.{step}" for step in "article mentions resolve claims.model claims.find zones checks".split()) + (
    "geo.reading",
    "geo.project",
    "geo.layers",
)


@pytest.mark.parametrize(("place", "name"), list(enumerate(ARROWS)))
def test_a_step_of_the_way_imports_only_earlier_steps(place, name):
    assert imported(name, typing_too=True).isdisjoint(ARROWS[place + 1 :])


@pytest.mark.parametrize(
    ("side", "never"), [("geo.stores", ("geo.render",)), ("geo.render", ("geo.stores",)), ("geo.batch", ("geo.ui",))]
)
def test_stores_and_render_do_not_know_each_other(side, never):
    for name in MODULES:
        if name.startswith(side):
            others = (*never, "geo.ui", "geo.cli", "geo.server")
            assert not [found for found in imported(name) if found.startswith(others)], name


def test_nobody_imports_the_page_and_only_the_page_imports_streamlit():
    for name in MODULES:
        if not name.startswith("geo.ui"):
            found = {part for part in imported(name, typing_too=True) if part.startswith("geo.ui")}
            assert found == set(), name
            if name != "geo.server":
                assert not any(part.split(".")[0] == "streamlit" for part in imported(name)), name


def loaded_after(code: str) -> set[str]:
    shown = f"import sys\n{code}\nprint('loaded:', *{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("loaded:")[2].split())


@pytest.mark.parametrize(
    "code",
    [
        "import geo",
        "import geo.cli",
        "import geo.cli\ntry: geo.cli.main(['read', '--help'])\nexcept SystemExit: pass",
    ],
)
def test_nothing_heavy_is_loaded_for_a_look(code):
    assert loaded_after(code) & HEAVY == set()


def test_reading_loads_no_library_that_only_the_page_or_exports_need():
    loaded = loaded_after("import geo\ngeo.read_article, geo.to_geojson")
    assert loaded & (HEAVY - {"numpy", "shapely", "pyproj"}) == set()
