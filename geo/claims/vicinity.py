"""Places told without a number: "just south of X", "on the outskirts of X", "halfway between A and B"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.claims.direction import COMPASS, direction_of
from geo.claims.model import Direction, Relation
from geo.claims.openings import openings_in
from geo.claims.references import Phrase, phrase_after

_FORMS = re.compile(
    rf"\b(?:(?P<just>just|immediately|right|a short distance|slightly|shortly|"
    rf"close by,?)\s(?:to\sthe\s)?(?P<dir>{COMPASS})\sof"
    r"|(?P<half>halfway|half-way|midway|half way)\s(?:along the road\s)?between"
    r"|(?:on|at|in|to)\s(?:the\s)?(?:[\w-]{1,20}\s)?(?P<edge>outskirts|edge|edges|fringes|fringe|suburbs|gates|"
    r"approaches|periphery)\sof)(?=\s(?:the\s)?(?:[\w-]{1,20}\s){0,3}?(?-i:[A-Z]))",
    re.IGNORECASE,
)
_AND = re.compile(r"\s(?:and|to|with)\s", re.I)
VICINITY_OPENINGS = openings_in(
    "just immediately right short slightly shortly close halfway midway outskirts edge fringe suburbs gates approaches "
    "periphery".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundVicinity:
    """A place told by its neighbourhood to another, with no number."""

    start: int
    end: int
    words: str
    relation: Relation
    direction: Direction | None
    phrases: tuple[Phrase, ...]


def find_vicinities(text: str, start: int, end: int) -> Iterator[FoundVicinity]:
    """Yield the neighbourhoods of a sentence that can be drawn, at most eight; a bare "near X" says too little."""
    end = min(end, start + 3000)
    for n, match in enumerate(_FORMS.finditer(text, start, end)):
        if n == 8:
            return
        phrase = phrase_after(text, match.end(), ceiling=end)
        if phrase is None or not phrase.names:
            continue
        phrases: tuple[Phrase, ...] = (phrase,)
        if match["half"]:
            link = _AND.match(text, phrase.end, end)
            other = phrase_after(text, link.end(), ceiling=end) if link else None
            if other is None or not other.names:
                continue
            phrases = (phrase, other)
        relation: Relation = "direction_of" if match["dir"] else "between" if len(phrases) == 2 else "within"
        yield FoundVicinity(
            start=match.start(),
            end=phrases[-1].end,
            words=match.group(),
            relation=relation,
            direction=direction_of(match["dir"]) if match["dir"] else None,
            phrases=phrases,
        )
