"""Patterns that are compiled at their first use."""

import importlib
import pkgutil
import re

import pytest

import geo.claims
from geo import lazy_re

MODULES = [importlib.import_module(f"geo.claims.{found.name}") for found in pkgutil.iter_modules(geo.claims.__path__)]
LATER = [
    pytest.param(value, id=f"{module.__name__}.{name}")
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, type(lazy_re.compile("")))
]


def test_a_pattern_answers_like_one_that_was_compiled_at_once():
    later, at_once = lazy_re.compile(r"\bkm\b", re.IGNORECASE), re.compile(r"\bkm\b", re.IGNORECASE)
    for _ in range(2):
        assert later.sub("miles", "5 KM") == at_once.sub("miles", "5 KM") == "5 miles"
        assert (later.pattern, later.flags) == (at_once.pattern, at_once.flags)
    assert [match.span() for match in later.finditer("1 km, 2 km")] == [(2, 4), (8, 10)]


def test_a_wrong_pattern_is_told_at_its_first_use():
    with pytest.raises(re.error):
        lazy_re.compile("(").search("text")


@pytest.mark.parametrize("pattern", LATER)
def test_every_pattern_of_the_claims_can_be_compiled(pattern):
    assert pattern.pattern
