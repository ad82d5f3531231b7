"""How far the name of a place reaches."""

import pytest

from geo.article import Span
from geo.name_bounds import is_no_name, is_one_name, whole_name


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words))


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("He lives at 12 N. Main Street now.", "Main Street", "N. Main Street"),
        ("A crash shut Highway 10 for hours.", "Highway", "Highway 10"),
        ("A crash shut Highway, 10 hurt.", "Highway", "Highway"),
        ("They met in St Peter’s Basilica.", "St Peter", "St Peter’s Basilica"),
        ("They met in St. Peter’s house.", "St. Peter", "St. Peter"),
        ("Judges of Israel’s Supreme Court met.", "Israel", "Israel"),
        ("Bandits raided Benue State again.", "Benue", "Benue State"),
        ("He taught at Benue State University.", "Benue", "Benue"),
        ("Officials in Bath State said so.", "Bath", "Bath"),
        ("Flooding hit Lexington, Ky., again.", "Ky", "Ky."),
        ("They left France. Then it rained.", "France", "France"),
        ("Judges in The Hague ruled.", "Hague", "The Hague"),
    ],
)
def test_a_name_is_widened_to_its_whole(text: str, found: str, whole: str) -> None:
    span = whole_name(text, span_of(text, found), lambda words: words == "Benue State")
    assert span.of(text) == whole


@pytest.mark.parametrize(
    ("text", "left", "right", "one"),
    [
        ("Rain in Western Libya today.", "Western", "Libya", True),
        ("The Port of Los Angeles is shut.", "Port", "Los Angeles", True),
        ("They met in Washington, D.C. again.", "Washington", "D.C.", True),
        ("They met in Washington, Ohio again.", "Washington", "Ohio", False),
        ("He spoke for African Americans.", "African", "Americans", True),
        ("They flew from Libya to Egypt.", "Libya", "Egypt", False),
        ("In the north, Libya waited.", "north", "Libya", False),
    ],
)
def test_pieces_of_one_name_are_told(text: str, left: str, right: str, one: bool) -> None:
    assert is_one_name(text, span_of(text, left), span_of(text, right)) is one


def test_the_kind_of_a_place_alone_is_no_name() -> None:
    assert is_no_name("University")
    assert not is_no_name("Kyiv")
