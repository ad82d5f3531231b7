"""Articles, sentences and spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.article import MAX_CHARACTERS, Article, Span
from geo.errors import ArticleError


def sentences(text: str) -> list[str]:
    article = Article(text=text)
    return [" ".join(sentence.span.of(text).split()) for sentence in article.sentences]


@pytest.mark.parametrize(
    "text",
    [
        "US Sen. John Smith met Gen. Brown near St. Louis.",
        "The U.S. Army moved 7.5 km into the area.",
        "It lies in Alexandria, La. near the river.",
        "He said “We will not go.” and left.",
        "Forces took No. 4 Brigade's base at 5 p.m. on Friday.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text):
    assert sentences(text) == [text]


def test_a_quotation_mark_belongs_to_the_sentence_it_closes():
    assert sentences("“Go home.” He left.") == ["“Go home.”", "He left."]


def test_a_line_of_its_own_is_a_sentence():
    assert sentences("A headline\nThe first sentence goes on for quite a while. The second.") == [
        "A headline",
        "The first sentence goes on for quite a while.",
        "The second.",
    ]


def test_hard_wrapped_lines_are_joined():
    wrapped = (
        "The troops moved about seven kilometres into the territory of\n"
        "Armenia during the night, the ministry said in a statement on\n"
        "Friday. They later withdrew.\n\nTalks go on."
    )
    assert sentences(wrapped)[0].endswith("on Friday.")
    assert len(sentences(wrapped)) == 3


@given(st.text(min_size=1, max_size=300).filter(str.strip))
def test_every_visible_character_is_in_exactly_one_sentence(text):
    spans = [sentence.span for sentence in Article(text=text).sentences]
    covered = [i for span in spans for i in range(span.start, span.end)]
    assert len(covered) == len(set(covered))
    assert all(i in set(covered) for i, character in enumerate(text) if not character.isspace())


@given(st.text(alphabet="ab. \n", min_size=1, max_size=60).filter(str.strip), st.data())
def test_the_sentence_at_an_offset_holds_it(text, data):
    article = Article(text=text)
    sentence = data.draw(st.sampled_from(article.sentences))
    assert article.sentence_at(sentence.span.start) == sentence
    assert article.sentence_at(sentence.span.end - 1) == sentence


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_an_empty_article_is_refused_with_what_to_do(text):
    with pytest.raises(ArticleError, match="paste or upload"):
        Article(text=text)


def test_a_huge_article_is_refused_with_its_size_and_the_limit():
    with pytest.raises(ArticleError, match="5,000,000 characters, the limit is 1,000,000"):
        Article(text="a" * 5_000_000)
    assert Article(text="a" * MAX_CHARACTERS).sentences


def test_a_span_that_runs_backward_cannot_be_built():
    with pytest.raises(ValueError, match="forward"):
        Span(start=4, end=4)
