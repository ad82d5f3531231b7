import html
import json
import re

import pytest
from hostile import hostile_texts
from hypothesis import given
from hypothesis import strategies as st

from geo.render.escape import as_html, as_script_json, visible, web_address

ENTITIES_AND_PLAIN = re.compile(r"(?:[^\x00-\x7f]|[A-Za-z0-9 .,:;!?()\-]|&#\d{1,7};)*")
PLAIN_JSON_STRING = re.compile(r'"(?:[A-Za-z0-9 .,:;!?()\-]|\\u[0-9a-f]{4})*"')


@pytest.mark.parametrize("text", hostile_texts())
def test_nothing_that_html_acts_on_is_left(text):
    assert ENTITIES_AND_PLAIN.fullmatch(as_html(text))


@pytest.mark.parametrize("text", hostile_texts())
def test_nothing_that_a_script_acts_on_is_left(text):
    assert PLAIN_JSON_STRING.fullmatch(as_script_json(text))


@given(st.text())
def test_html_is_read_as_the_visible_text(text):
    assert html.unescape(as_html(text)) == visible(text)
    assert ENTITIES_AND_PLAIN.fullmatch(as_html(text))


@given(st.text())
def test_json_is_read_as_the_visible_text(text):
    assert json.loads(as_script_json(text)) == visible(text)
    assert PLAIN_JSON_STRING.fullmatch(as_script_json(text))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc_<{`", max_size=4), inner),
    max_leaves=20,
)


@given(json_values)
def test_numbers_lists_and_objects_survive(value):
    assert json.loads(as_script_json(value)) == value


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_json_lacks_is_an_error(number):
    with pytest.raises(ValueError, match="JSON"):
        as_script_json({"a": number})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202eabc\u202c", "\ufffdabc\ufffd"),
        ("Jer\u200bmuk\ufeff", "Jer\ufffdmuk\ufffd"),
        ("\x00\x1b", "\ufffd\ufffd"),
        ("\ud800", "\ufffd"),
        ("line\nbreak\ttab", "line\nbreak\ttab"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("صنعاء 北京 O’Neill é", "صنعاء 北京 O’Neill é"),
    ],
)
def test_characters_that_hide_or_reorder_are_replaced_and_others_kept(text, shown):
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("http://example.org", "http://example.org"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        (" javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.org", None),
        ("https://", None),
        ("https://[", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_linked(text, address):
    assert web_address(text) == address
