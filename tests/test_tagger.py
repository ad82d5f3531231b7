"""The tagger of place names."""

from pathlib import Path

import numpy as np
import pytest
from fake_places import FakeGazetteer
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import GeoError
from geo.stores import tagger
from geo.stores.tagger import open_tagger, pieces
from geo.tokens import mended

OWN = open_tagger(FakeGazetteer())


@given(st.text(max_size=400), st.integers(min_value=10, max_value=60))
def test_pieces_cover_the_text_without_gap_or_overlap(text: str, limit: int) -> None:
    spans = list(pieces(text, limit))
    assert "".join(span.of(text) for span in spans) == text
    assert all(span.end - span.start <= limit for span in spans)


def test_pieces_are_cut_at_the_end_of_a_paragraph_where_there_is_one() -> None:
    text = "a" * 30 + "\n\n" + "b" * 30
    assert [span.start for span in pieces(text, 40)] == [0, 32]


def test_offsets_are_those_of_the_text_whatever_its_characters() -> None:
    text = "😀 Ünïcode e\u0301 — Shelling hit Kharkiv in Ukraine.\n\nThen Germany spoke."
    found = {tag.span.of(text) for tag in OWN.tag(text)}
    assert {"Ukraine", "Germany"} <= found


def test_a_long_text_is_tagged_to_its_end() -> None:
    text = "Troops came back from France. \n\n" * 1500 + "They met in Ukraine."
    assert OWN.tag(text)[-1].span.of(text) == "Ukraine"


def test_a_text_without_a_word_has_no_names() -> None:
    assert list(OWN.tag(" \n ")) == []


def test_our_own_tagger_tells_places_from_demonyms() -> None:
    text = "Armenian troops left the town of Jermuk in Armenia, Russian officials said."
    found = {(tag.span.of(text), tag.label) for tag in OWN.tag(text)}
    assert {("Armenian", "NORP"), ("Armenia", "GPE"), ("Jermuk", "GPE"), ("Russian", "NORP")} <= found


@settings(deadline=None)
@given(st.text(max_size=120))
def test_our_own_tagger_stays_inside_any_text(text: str) -> None:
    spans = [tag.span for tag in OWN.tag(text)]
    assert all(span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))


def test_missing_weights_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagger, "WEIGHTS", tmp_path / "none.npz")
    with pytest.raises(GeoError, match=r"none\.npz .* install Marchland again"):
        open_tagger(FakeGazetteer()).tag("Shells fell near Kyiv.")


@given(st.lists(st.lists(st.floats(0.001, 1.0), min_size=7, max_size=7), min_size=1, max_size=12))
def test_no_place_begins_in_its_middle(rows: list[list[float]]) -> None:
    shares = np.array(rows) / np.array(rows).sum(axis=1, keepdims=True)
    labels = [tagger.LABELS[number] for number in tagger._best(shares)]
    before = ["O", *labels]
    assert all(was[2:] == now[2:] for was, now in zip(before, labels, strict=False) if now.startswith("I-"))


def test_what_a_name_looks_like_elsewhere_in_the_document_is_the_largest_of_its_rows() -> None:
    rows, same = np.array([[1.0, 0.0], [0.0, 2.0], [5.0, 5.0]], dtype=np.float32), np.array([3, 3, 0])
    assert tagger._of_document(rows, same).tolist() == [[1.0, 2.0], [1.0, 2.0], [0.0, 0.0]]


@given(st.text(max_size=80))
def test_mended_text_has_the_same_length(text: str) -> None:
    assert len(mended(text)) == len(text)


def test_words_of_capitals_are_mended_and_short_ones_stay() -> None:
    assert mended("KYIV fell. KHARKIV and US-LED") == "KYIV fell. Kharkiv and US-LED"
