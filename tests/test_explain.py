"""Why, in words."""

from dataclasses import replace

from fake_places import FakeGazetteer, FakeTagger

from geo.article import Article
from geo.explain import why
from geo.mentions import find_mentions
from geo.resolve import Resolution, resolve

GAZETTEER = FakeGazetteer()


def resolution(text: str, name: str, **tags: list[str]) -> Resolution:
    article = Article(text=text)
    mentions = find_mentions(article, gazetteer=GAZETTEER, tagger=FakeTagger(**tags))
    [found] = [r for r in resolve(article, mentions, gazetteer=GAZETTEER) if r.mention.text == name]
    return found


def test_it_says_what_and_where_the_place_is_why_it_was_chosen_and_what_else_it_could_be() -> None:
    words = why(resolution("Shells hit the southern city of Jermuk in Armenia.", "Jermuk"))
    assert words.startswith("Jermuk: town in Vayots Dzor, Armenia; chosen because ")
    assert "the text calls it “city”" in words
    assert "other candidate is a town in Shirak, Armenia" in words


def test_a_name_that_no_gazetteer_knows_is_said_to_be_so() -> None:
    words = why(resolution("They shelled Verkhnyolukivka.", "Verkhnyolukivka", GPE=["Verkhnyolukivka"]))
    assert words == "Verkhnyolukivka: read as a place, but the gazetteer has no place of that name."


def test_a_persons_choice_is_given_as_the_reason() -> None:
    found = resolution("Envoys went to Paris.", "Paris")
    first = replace(found.candidates[0], reasons=("chosen by a person",))
    corrected = replace(found, corrected=True, confidence=1.0, candidates=(first, *found.candidates[1:]))
    assert "chosen because chosen by a person" not in why(corrected)
    assert "chosen by a person" in why(corrected)


def test_little_confidence_is_said_in_words() -> None:
    found = replace(resolution("Envoys went to Paris.", "Paris"), confidence=0.4)
    assert "please check" in why(found)


def test_none_of_the_candidates_is_an_answer() -> None:
    found = replace(resolution("Envoys went to Paris.", "Paris"), nowhere=True)
    assert why(found).startswith("Paris: no place of that name fits this article; it could be ")
