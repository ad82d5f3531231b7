"""The words around a number that say how it is meant: "as much as", "or so", "within"."""

import re
from dataclasses import dataclass
from typing import Literal

from geo.claims.model import Bound

Meaning = Literal["max", "min", "approx", "exact", "within", "radius", "depth", "filler", "between", "of", "range"]

_TABLE: dict[Meaning, str] = {
    "max": (
        "as much as|up to|as many as|as far as|at most|at the most|no more than|not more than|no further than|"
        "no farther than|not further than|less than|fewer than|under|below|a maximum of|maximum|a maximum|max|"
        "anything up to|as deep as|as high as|no greater than|not exceeding|as long as|inside of|upto|"
        "little more than to|closer than|nearer than"
    ),
    "min": (
        "at least|more than|over|above|no less than|not less than|no fewer than|not fewer than|a minimum of|minimum|"
        "upwards of|upward of|in excess of|exceeding|beyond|well over|far more than|much more than|greater than|"
        "no closer than|not closer than|any closer than|any nearer than|no nearer than|further than|farther than|"
        "as few as|a minimum|well beyond|"
        "a good|longer than|some more than"
    ),
    "approx": (
        "about|around|roughly|some|approximately|approx|circa|ca|c|nearly|almost|close to|an estimated|estimated|"
        "closer to|just about|just under|just over|slightly more than|slightly less than|slightly over|slightly under|"
        "a little more than|a little over|a little less than|a little under|a bit more than|a bit over|a bit less than|"
        "little more than|little over|little less than|in the region of|in the order of|near|near to|practically|"
        "virtually|perhaps|maybe|possibly|probably|~|≈|±|not quite|somewhere around|something like|more or less|"
        "an approximate|approximate|the estimated|a reported|a rough|rather more than|or so|just short of|just shy of"
    ),
    "exact": (
        "just|only|a mere|mere|a scant|scant|barely|scarcely|hardly|exactly|precisely|merely|a further|another|a bare|"
        "as little as|a full|fully|a whole|as close as|even|an additional|the last|the final|the first|now|still|"
        "currently|already|simply|a distance of just|all of|a massive|a huge|a whopping|literally|a"
    ),
    "within": (
        "within|to within|from within|inside|within a distance of|to less than|within range of|within just|within only|"
        "to within just|to within only"
    ),
    "radius": (
        "a radius of|in a radius of|within a radius of|the radius of|radius of|radius|a radius|with a radius of|"
        "a perimeter of|within a perimeter of|in a perimeter of"
    ),
    "depth": (
        "a depth of|to a depth of|at a depth of|depth of|depths of|to depths of|at depths of|to the depth of|"
        "an altitude of|"
        "at an altitude of|altitude of|a height of|height of|to a height of|at a height of|an elevation of"
    ),
    "range": (
        "a range of|range of|ranges of|with a range of|whose range is|a maximum range of|the range of|range|"
        "with ranges of|an operational range of|a flight range of|a firing range of|a strike range of|maximum range of"
    ),
    "filler": (
        "a distance of|at a distance of|from a distance of|the distance of|distance of|to a distance of|distance|"
        "at|to|by|lies|a point|it was|is|was|are|were|lying|located|situated|a|an|the|away|its|their"
    ),
    "between": "between|from between|of between|from",
}
_MEANINGS: dict[tuple[str, ...], Meaning] = {
    tuple(phrase.split()): meaning for meaning, phrases in _TABLE.items() for phrase in phrases.split("|")
}
_LONGEST = max(map(len, _MEANINGS))
_WORD = re.compile(r"[A-Za-z]+|\S")
_WINDOW = 90  # characters; more words than that are no hedge


@dataclass(frozen=True, slots=True, kw_only=True)
class Hedge:
    """What stands before a number: where it begins, the words that bound it, and the meanings of all of them."""

    start: int
    words: str | None
    bound: Bound
    meanings: frozenset[Meaning]


def hedge_before(text: str, end: int, *, floor: int = 0) -> Hedge:
    """Read the hedging words that end right before a number, outermost last; at most five in a row."""
    window = max(floor, end - _WINDOW)
    tokens = [(m.group().lower(), m.start()) for m in _WORD.finditer(text, window, end)]
    start = end
    meanings: list[Meaning] = []
    words: list[str] = []
    for _ in range(5):
        hit = _longest(tokens)
        if hit is None:
            break
        size, meaning = hit
        at = tokens[-size][1]
        phrase = text[at : tokens[-1][1] + len(tokens[-1][0])]
        del tokens[-size:]
        if meaning == "filler":
            continue
        start = at
        meanings.append(meaning)
        if meaning in ("max", "min", "approx"):
            words.insert(0, phrase)
    bound: Bound = "exact"
    kinds: tuple[Literal["approx", "min", "max"], ...] = ("approx", "min", "max")
    for candidate in kinds:
        if candidate in meanings:
            bound = candidate
    return Hedge(start=start, words=" ".join(words) or None, bound=bound, meanings=frozenset(meanings))


def _longest(tokens: list[tuple[str, int]]) -> tuple[int, Meaning] | None:
    for size in range(min(_LONGEST, len(tokens)), 0, -1):
        meaning = _MEANINGS.get(tuple(word for word, _ in tokens[-size:]))
        if meaning is not None:
            return size, meaning
    return None


_AFTER = re.compile(
    r",?\s(?:(?P<approx>or so|or thereabouts|approximately|approx\.|more or less|give or take)"
    r"|(?P<max>or less|or fewer|at most|at the most|at maximum|maximum)"
    r"|(?P<min>or more|at least|at minimum|or further|or farther|plus))\b",
    re.IGNORECASE,
)


def hedge_after(text: str, start: int) -> tuple[Bound, str, int] | None:
    """Read "or so", "or more", "at most" right after a quantity: bound, words, and where they end."""
    match = _AFTER.match(text, start)
    if match is None:
        return None
    kind = match.lastgroup
    bound: Bound = "approx" if kind == "approx" else "max" if kind == "max" else "min"
    return bound, match.group().strip(" ,"), match.end()
