"""Which runs of an article's words might be a name, before anybody says what they name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.abbreviations import AFTER_TOWN, state_of

MAX_WORDS = 5  # of a name

_WORD = re.compile(r"[\w\u0300-\u036f]+")
_INSIDE_NAME = frozenset(
    "of the de la le les al el du des da do das dos di del della am im an der den upon on en sur sous in and y e i bin "
    "ibn ul ad ash as to".split()
)
_SHORT_FORMS = frozenset({"st", "ste", "sts", "mt", "ft", "pt", "dr"})
_JOINTS = frozenset({" ", "\u00a0", "-", "\u2010", "\u2011", "\u2013", "'", "\u2019", "\u02bc", "`", "\n", "\r\n"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text, from `start` to `end` in characters."""

    start: int
    end: int
    text: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() or (self.text[0].isdigit() and any(c.isupper() for c in self.text))


@dataclass(frozen=True, slots=True)
class Name:
    """A run of words that might be a name: `first` and `last` are word numbers, both inside."""

    start: int
    end: int
    text: str
    first: int
    last: int
    state: str | None = None  # "Louisiana" for "La." after a comma


def closed(name: str) -> str:
    """Return a name without its hyphen: "Pétion-Ville" is Pétionville."""
    first, _, last = name.partition("-")
    return first + last.lower() if len(first) > 3 and first.isalpha() and last.isalpha() else name


def bare(name: str) -> str | None:
    """Return a name without its article."""
    return name[4:] if name[:4] in {"The ", "THE "} else None


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order."""
    return [Word(match.start(), match.end(), match.group()) for match in _WORD.finditer(text)]


def names_of(text: str, words: Sequence[Word]) -> Iterator[Name]:
    """Give every run of one to five words that begins and ends with a capital."""
    for first, word in enumerate(words):
        if is_hashed(text, word):
            yield Name(word.start, word.end, unhashed(word.text), first, first)
            continue
        if not word.capital and not _is_article_before_capital(text, words, first):
            continue
        for last in range(first, min(first + MAX_WORDS, len(words))):
            if last > first and not _joined(text, words[last - 1], words[last]):
                break
            end = words[last]
            if last > first and _is_possessive_s(text, words, last):
                continue  # "Cox's Bazar"
            if not end.capital:
                if end.text.lower() in _INSIDE_NAME:
                    if last == first + 1 and text[end.start - 1] == "-":
                        yield _name(text, words, first, last)  # "Hpa-an"
                    continue
                break
            yield _name(text, words, first, last)


def _name(text: str, words: Sequence[Word], first: int, last: int) -> Name:
    start, end = words[first].start, words[last].end
    if text[end : end + 1] == ".":
        dotted = len(words[last].text) == 1 and last > first
        short = state_of(text[start : end + 1]) if after_comma(text, start) else None
        if dotted or (short and first == last):
            return Name(start, end + 1, text[start : end + 1], first, last, short)
    state = state_of(text[start:end]) if after_comma(text, start) or after_town(text, words, first) else None
    return Name(start, end, text[start:end], first, last, state)


def _joined(text: str, left: Word, right: Word) -> bool:
    gap = text[left.end : right.start]
    if gap in _JOINTS:
        return True
    short = len(left.text) == 1 and left.text.isupper() or left.text.lower() in _SHORT_FORMS
    return short and gap in {".", ". "}


def after_town(text: str, words: Sequence[Word], number: int) -> bool:
    """Tell "OK" of "Moore OK": two capitals after a word that begins large and goes on small."""
    if words[number].text not in AFTER_TOWN or not number:
        return False
    before = words[number - 1]
    return before.text.istitle() and text[before.end : words[number].start] == " "


def after_comma(text: str, start: int) -> bool:
    """Tell whether a comma stands before."""
    return text[max(0, start - 2) : start] == ", "


_LETTER_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")


def unhashed(name: str) -> str:
    """Return the words of a hashtag: "NewYork" is "New York"."""
    return _LETTER_CASE.sub(" ", name)


def is_hashed(text: str, word: Word) -> bool:
    """Tell the word of "#Aleppo", which may begin small and is a name by itself."""
    return text[word.start - 1 : word.start] == "#" and word.start > 0


def _is_article_before_capital(text: str, words: Sequence[Word], number: int) -> bool:
    """Tell "al-Raqqa" and "el-Arish", which begin small."""
    return (
        words[number].text in ARABIC_ARTICLES
        and number + 1 < len(words)
        and text[words[number].end : words[number + 1].start] == "-"
        and words[number + 1].capital
    )


ARABIC_ARTICLES = frozenset("al el as ad ar ash at az an".split())


def _is_possessive_s(text: str, words: Sequence[Word], number: int) -> bool:
    return words[number].text in {"s", "S"} and text[words[number].start - 1 : words[number].start] in {"'", "’"}


def is_date_word(name: Name) -> bool:
    """Tell the name of a month or a day of the week."""
    return name.text.lower() in DATES and name.state is None


DATES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep "
    "sept oct nov dec".split()
)
