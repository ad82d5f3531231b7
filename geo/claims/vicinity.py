"""Places told without a number: "just south of X", "on the outskirts of X", "between A and B", "on the road to"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from geo.claims.direction import COMPASS, direction_of
from geo.claims.model import Direction, Relation
from geo.claims.openings import openings_in
from geo.claims.references import Name, Phrase, phrase_after

_FORMS = re.compile(
    rf"\b(?:(?P<just>just|immediately|right|a short distance|slightly|shortly|"
    rf"close by,?)\s(?:to\sthe\s)?(?P<dir>{COMPASS})\sof"
    r"|(?P<link>between|from|linking|links|connecting|connects)"
    r"|(?:on|at|in|to)\s(?:the\s)?(?:[\w-]{1,20}\s)?(?P<edge>outskirts|edge|edges|fringes|fringe|suburbs|gates|"
    r"approaches|periphery)\sof)(?=\s(?:the\s)?(?:[\w-]{1,20}\s){0,3}?(?-i:[A-Z]))"
    r"|(?<![\w-])(?-i:(?P<one>[A-Z][\w'’]{1,30})[-–—](?P<other>[A-Z][\w'’]{1,30}))\s"
    r"(?P<pair>(?:supply\s)?(?:road|highway|motorway|railway|route))\b",
    re.IGNORECASE,
)
_AND = re.compile(r"\s(?:and|to|with)\s", re.I)
_HALF = re.compile(r"\b(?:half[ -]?way|midway)\s(?:(?:along|on)\s(?:the\s)(?:[\w-]{1,20}\s)?)?$", re.I)
_WAY = re.compile(
    r"\b(?:(?:along|on|off|of)\s)?(?:the|a|an|one)\s(?:[\w-]{1,20}\s){0,2}?"
    r"(?:road|highway|motorway|route|track|railway|(?:rail|railway|supply) line)\s(?:(?:that|which)\s)?$",
    re.IGNORECASE,
)
# "between Kharkiv and Izium" is a place where something stands or happens, and none of a flight, a treaty, a match
_HAPPENS = re.compile(
    r"\b(?:fight(?:ing|s)?|fought|clash\w{0,4}|battles?|shell\w{0,4}|stopped|ambush\w{0,4}|hits?|struck|attack\w{0,4}|"
    r"killed|expl\w{2,6}|crash\w{0,4}|derail\w{0,4}|lies|lying|located|situated|somewhere|villages?|town|area|camp|"
    r"checkpoints?|positions?|posts?|runs?|advanc\w{1,4}|bomb\w{0,4}|mined?|mines|found|seen|deployed|stationed|stood|"
    r"stands?|sank|landed|fell|fire|entrenched|dug in|trapped|gap)\b[^.;:]{0,60}$",
    re.IGNORECASE,
)
_OF_TWO = re.compile(
    r"\b(?:talks?|flights?|flies|fly|trade|war|relations?\w{0,5}|ties|agree\w{0,5}|deal|truce|cease-?fire|match|game|final|"
    r"border|tensions?|differences?|split|dispute|conflict|treaty|rivalry|trips?|commut\w{0,4}|travel\w{0,4}|shuttl\w{0,3}|"
    r"calls?|meetings?|choos\w{0,3}|choice|services?|distance|swap|exchange\w?|negotiat\w{0,5}|summit|feud|divide\w?|"
    r"contacts?|cooperat\w{0,4}|trains|ferries|buses)\s(?:[\w-]{1,20}\s){0,2}$",
    re.IGNORECASE,
)
_LEFT = 100
VICINITY_OPENINGS = openings_in(
    "just immediately right short slightly shortly close between from linking connecting outskirts edge fringe suburbs "
    "gates approaches periphery road highway motorway railway route".split()
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
    if_known: bool = True  # a claim only where every place is known
    not_drawn: str | None = None


def find_vicinities(text: str, start: int, end: int) -> Iterator[FoundVicinity]:
    """Yield the neighbourhoods of a sentence that can be drawn, at most eight; a bare "near X" says too little."""
    end = min(end, start + 3000)
    found = (
        _pair(match) if match["pair"] else _link(text, match, start, end) if match["link"] else _edge(text, match, end)
        for match in _FORMS.finditer(text, start, end)
    )
    return first_few(found)


def first_few(found: Iterable[FoundVicinity | None]) -> Iterator[FoundVicinity]:
    """Return at most eight of what was found: a sentence with more is a list, or hostile."""
    return islice((one for one in found if one is not None), 8)


def _edge(text: str, match: re.Match[str], end: int) -> FoundVicinity | None:
    """Read "just south of X" and "on the outskirts of X"."""
    phrase = phrase_after(text, match.end(), ceiling=end)
    if phrase is None or not phrase.names:
        return None
    return FoundVicinity(
        start=match.start(),
        end=phrase.end,
        words=match.group(),
        relation="direction_of" if match["dir"] else "within",
        direction=direction_of(match["dir"]) if match["dir"] else None,
        phrases=(phrase,),
    )


def _link(text: str, match: re.Match[str], start: int, end: int) -> FoundVicinity | None:
    """Read "halfway between A and B", "on the road from A to B", "fighting between A and B"."""
    left = text[max(start, match.start() - _LEFT) : match.start()]
    between = match["link"].lower() == "between"
    halfway = _HALF.search(left) if match["link"].lower() in ("between", "from") else None
    begins = halfway or _WAY.search(left)
    if begins is None and not (between and _HAPPENS.search(left) and not _OF_TWO.search(left)):
        return None
    phrase = phrase_after(text, match.end(), ceiling=end)
    link = _AND.match(text, phrase.end, end) if phrase and phrase.names else None
    other = phrase_after(text, link.end(), ceiling=end) if link else None
    if phrase is None or other is None or not other.names:
        return None
    at = match.start() - len(left) + begins.start() if begins else match.start()
    return FoundVicinity(
        start=at,
        end=other.end,
        words=text[at : match.end()],
        relation="between",
        direction=None,
        phrases=(phrase, other),
    )


def _pair(match: re.Match[str]) -> FoundVicinity:
    """Read "the Kharkiv-Izium road"."""
    names = [Name(start=match.start(name), end=match.end(name)) for name in ("one", "other")]
    phrases = [Phrase(start=name.start, end=name.end, kind=None, names=(name,)) for name in names]
    return FoundVicinity(
        start=match.start(), end=match.end(), words=match["pair"], relation="between", direction=None,
        phrases=(phrases[0], phrases[1]),
    )  # fmt: skip
