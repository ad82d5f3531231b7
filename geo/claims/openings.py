"""How the words of a sentence begin: enough to pass over most sentences before any rule reads them."""

import re
from collections.abc import Iterable

_LETTERS = 3
_BEGINNINGS = re.compile(rf"(?<![a-z])(?:[a-z]{{{_LETTERS}}}|km)")
_DIGIT = re.compile(r"\d|[½¼¾⅓⅔]")
DIGIT = "0"


def openings_of(sentence: str) -> frozenset[str]:
    """Return the first three letters of every word, "km", and "0" where there is a digit.

    >>> sorted(openings_of("Some 30 km off Bardville"))
    ['0', 'bar', 'km', 'off', 'som']
    """
    found = frozenset(_BEGINNINGS.findall(sentence.lower()))
    return found | {DIGIT} if _DIGIT.search(sentence) else found


def openings_in(words: Iterable[str]) -> frozenset[str]:
    """Return how the words of a rule begin; a rule fits no sentence that has none of them.

    >>> sorted(openings_in(["shell(?:ed|ing)", "air ?strikes?"]))
    ['air', 'she']
    """
    found = frozenset(word[:_LETTERS].lower() for word in words)
    assert all(len(opening) == _LETTERS and opening.isalpha() for opening in found), found
    return found


def fits(kind: frozenset[str], sentence: frozenset[str]) -> bool:
    """Tell whether a sentence has a word that begins as one of a rule's words do."""
    return not kind.isdisjoint(sentence)
