"""Compass words in all spellings: "north west", "north-north-east", "SSW", "due south"."""

import re

from geo.claims.model import Direction

_POINTS: dict[str, Direction] = {
    "n": "N", "nne": "NNE", "ne": "NE", "ene": "ENE", "e": "E", "ese": "ESE", "se": "SE", "sse": "SSE",
    "s": "S", "ssw": "SSW", "sw": "SW", "wsw": "WSW", "w": "W", "wnw": "WNW", "nw": "NW", "nnw": "NNW",
}  # fmt: skip
DEGREES: dict[Direction, float] = {point: 22.5 * i for i, point in enumerate(_POINTS.values())}

COMPASS = (
    r"(?:(?:north|south|east|west)[ -]?(?:by[ -])?){1,3}(?:ern|erly|wards?)?"
    r"|(?-i:[NS]\.[EW]\.|[NS]{1,2}[EW]|[EW][NS][EW]|[NSEW])"
)
_WORDS = re.compile("north|south|east|west", re.I)


def direction_of(words: str) -> Direction | None:
    """Return the compass point that words name, or None.

    >>> direction_of("north west"), direction_of("south-south-east"), direction_of("NNE"), direction_of("southern")
    ('NW', 'SSE', 'NNE', 'S')
    """
    named = "".join(word[0] for word in _WORDS.findall(words)).lower()
    return _POINTS.get(named or words.strip(" .").replace(".", "").lower())
