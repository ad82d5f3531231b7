"""Highlighted articles: every mark is there, and nothing of the text is ever markup."""

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.article import Article, Span
from geo.claims.model import Claim
from geo.mentions import Mention
from geo.reading import Reading
from geo.render.escape import visible
from geo.render.highlight import highlighted
from geo.resolve import Candidate, Resolution
from tests.fakes import a_place, resolved

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "${alert(1)}",
    "`${alert(1)}`",
    "</mark></p><iframe src='https://example.org'>",
    "' onmouseover='alert(1)",
    "&lt;b&gt; &amp;amp; &#60;script&#62;",
    "![x](https://example.org/x.png) [a](javascript:alert(1))",
]
ALLOWED = {
    "p": set(),
    "span": {"class", "data-sentence"},
    "mark": {"class", "data-feature", "data-span", "title", "tabindex", "role"},
}


class Reader(HTMLParser):
    """Collect text and tags as a browser would see them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.paragraphs = "", [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag == "p":
            self.paragraphs.append("")

    def handle_data(self, data):
        self.text += data
        self.paragraphs[-1] += data


def read(source: str) -> Reader:
    reader = Reader()
    reader.feed(source)
    return reader


def a_reading(text: str, *, resolutions=(), claims=()) -> Reading:
    return Reading(article=Article(text=text), resolutions=tuple(resolutions), claims=tuple(claims), zones=())


def a_claim(text: str, words: str) -> Claim:
    start = text.index(words)
    return Claim(span=Span(start=start, end=start + len(words)), sentence_no=1, quote=text)


def mention_of(text: str, words: str, **place) -> Resolution:
    return resolved(a_place(words, 45.0, 40.0, **place), start=text.index(words))


def marks(source: str) -> list[dict]:
    return [attributes for tag, attributes in read(source).tags if tag == "mark"]


def test_a_place_is_marked_and_leads_to_its_feature():
    text = "Forces entered Jermuk."
    [mark] = marks(highlighted(a_reading(text, resolutions=[mention_of(text, "Jermuk")])))
    assert mark["data-feature"] == "article/fake:jermuk"
    assert mark["data-span"] == "15-21"


def test_a_name_without_a_place_is_marked_as_unknown_and_leads_nowhere():
    [mark] = marks(highlighted(a_reading("In Nowhere.", resolutions=[resolved(None, start=3)])))
    assert (mark["class"], mark["data-feature"]) == ("place unknown", "")
    assert "tabindex" not in mark


def test_a_place_inside_a_claim_is_nested_and_both_can_be_found():
    text = "They moved 7 km into Armenia's land."
    reading = a_reading(
        text, resolutions=[mention_of(text, "Armenia")], claims=[a_claim(text, "7 km into Armenia's land")]
    )
    found = marks(highlighted(reading))
    assert [m["data-feature"] for m in found] == [
        "article/claim-1",
        "article/claim-1",
        "article/fake:armenia",
        "article/claim-1",
    ]
    assert sum("tabindex" in m for m in found) == 2  # one stop of the keyboard each


def test_sentences_are_numbered_as_the_article_numbers_them():
    text = "One is here. Two is there.\n\nThree is in a paragraph of its own."
    spans = [a["data-sentence"] for tag, a in read(highlighted(a_reading(text))).tags if tag == "span"]
    assert spans == ["1", "2", "3"]


def test_a_sentence_that_runs_over_a_line_break_is_one_sentence_in_two_paragraphs():
    reader = read(highlighted(a_reading("A line that goes on\nin the next line. And a second.")))
    numbers = [a["data-sentence"] for tag, a in reader.tags if tag == "span"]
    assert len(reader.paragraphs) == 2
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("evil", HOSTILE)
def test_hostile_text_shows_as_itself(evil):
    text = f"In {evil} there was fighting."
    reading = a_reading(
        text, resolutions=[resolved(a_place(evil, 45, 40), text=evil, start=3)], claims=[a_claim(text, evil)]
    )
    reader = read(highlighted(reading))
    assert reader.text == text
    for tag, attributes in reader.tags:
        assert set(attributes) <= ALLOWED[tag]


@given(st.text(min_size=1, max_size=200).filter(str.strip), st.data())
def test_whatever_the_text_its_words_come_out_unchanged_and_only_our_tags_are_there(text, data):
    edges = data.draw(st.lists(st.integers(0, len(text)), max_size=8).map(lambda e: sorted(set(e))))
    spans = [Span(start=a, end=b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    resolutions = [
        Resolution(
            mention=Mention(span=span, text=span.of(text)),
            candidates=(Candidate(place=a_place(span.of(text), 1, 1), probability=1),),
            confidence=1,
        )
        for span in spans
    ]
    claims = [Claim(span=Span(start=s.start, end=len(text)), sentence_no=1, quote=text) for s in spans[:1]]
    reader = read(highlighted(a_reading(text, resolutions=resolutions, claims=claims)))
    shown = "".join(visible(line) for line in text.split("\n") if line.strip())
    assert reader.text.replace("\r", "\n") == shown.replace("\r", "\n")
    assert all(set(attributes) <= ALLOWED[tag] for tag, attributes in reader.tags)


def test_every_character_that_html_reads_is_an_entity():
    source = highlighted(a_reading("a<b & c>d \"e\" 'f' `g` ${h} \\ i"))
    inside = re.sub(r"</?(p|span|mark)[^<>]*>", "", source)
    assert not set("<>\"'`$\\") & set(inside)
    assert html.unescape(inside) == "a<b & c>d \"e\" 'f' `g` ${h} \\ i"
