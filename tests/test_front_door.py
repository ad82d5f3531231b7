"""The public names, and the documentation's examples."""

import ast
import doctest
import re
from pathlib import Path

import pytest

import geo
from geo import front_door
from geo.errors import GeoError

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", geo.__all__)
def test_every_public_name_is_there(name):
    assert getattr(geo, name) is not None


def test_what_a_type_checker_sees_is_what_is_there():
    tree = ast.parse(Path(geo.__file__).read_text(encoding="utf-8"))
    seen = {
        alias.name: node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert {name: home for name, home in seen.items() if name in geo.__all__} == geo._HOME


def test_a_name_that_is_not_there_is_told_as_python_does():
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = geo.nothing
    assert set(geo.__all__) == set(dir(geo))


def test_the_version_is_a_literal_that_the_build_can_read():
    assert re.search(r'^__version__ = "\d+\.\d+\.\d+"$', Path(geo.__file__).read_text(encoding="utf-8"), re.MULTILINE)


def test_the_examples_of_the_library_page_run(monkeypatch):
    try:
        front_door.installed_borders().disputes()
    except GeoError as error:
        pytest.skip(str(error))
    monkeypatch.chdir(ROOT)
    examples = doctest.DocTestParser().get_doctest(
        (ROOT / "docs" / "library.md").read_text(encoding="utf-8").replace("```", ""), {}, "library.md", None, 0
    )
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL)
    told: list[str] = []
    runner.run(examples, out=told.append)
    assert runner.failures == 0, "".join(told)
    assert runner.tries > 20
