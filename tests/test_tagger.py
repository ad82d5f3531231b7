"""The English pipeline."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.stores.tagger import open_tagger, pieces


@given(st.text(max_size=400), st.integers(min_value=10, max_value=60))
def test_pieces_cover_the_text_without_gap_or_overlap(text: str, limit: int) -> None:
    spans = list(pieces(text, limit))
    assert "".join(span.of(text) for span in spans) == text
    assert all(span.end - span.start <= limit for span in spans)


def test_pieces_are_cut_at_the_end_of_a_paragraph_where_there_is_one() -> None:
    text = "a" * 30 + "\n\n" + "b" * 30
    assert [span.start for span in pieces(text, 40)] == [0, 32]


@pytest.fixture(scope="module")
def tagger():  # type: ignore[no-untyped-def]
    return open_tagger()


def test_offsets_are_those_of_the_text_whatever_its_characters(tagger) -> None:  # type: ignore[no-untyped-def]
    text = "😀 Ünïcode e\u0301 — Shelling hit Kharkiv in Ukraine.\n\nThen Germany spoke."
    found = {tag.span.of(text) for tag in tagger.tag(text)}
    assert {"Ukraine", "Germany"} <= found


def test_a_long_text_is_tagged_to_its_end(tagger) -> None:  # type: ignore[no-untyped-def]
    text = "Troops came back from France. \n\n" * 1500 + "They met in Germany."
    assert tagger.tag(text)[-1].span.of(text) == "Germany"
