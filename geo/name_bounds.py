"""How far the name of a place reaches: what belongs to a name beside what was found of it."""

import re
from collections.abc import Callable
from typing import Final

from geo.abbreviations import STATES
from geo.article import Span

COMPASS: Final = frozenset("north south east west northern southern eastern western central n. s. e. w.".split())
# alone no name, and the beginning of one before "of": "Port of Los Angeles", "University of California"
HEADS: Final = frozenset(
    "university college port gulf bay city town village county district centre center summit embassy state states "
    "house church hospital school saint sr sr. jr jr. hall station park hill street road boutique".split()
)
_ROADS: Final = frozenset("street st st. road rd rd. avenue ave ave. drive lane boulevard blvd blvd. way court".split())
_NUMBERED_ROADS: Final = frozenset("highway interstate route road hwy hwy.".split())
_NUMBER = re.compile(r"[ -]\d{1,4}[A-Z]?(?![\w,.]*\d)\b")
_SAINTS = ("st ", "st. ", "saint ", "our lady")
_OWNED_SITE = re.compile(
    r"['’]s (?:[A-Z][a-z]+ ){0,2}"
    r"(?:Basilica|Cathedral|Chapel|Church|College|Court|Farm|Hospital|Palace|School|Square)\b"
)
# "Al-Awda Hospital", which taggers end at the hyphened name
_ARABIC_SITE = re.compile(r" (?:Hospital|Mosque|University|School|Airport|Prison|Bridge)\b")
_STATE = re.compile(r" State\b(?! (?:University|Department|College|Fair))")


def is_no_name(words: str) -> bool:
    """Tell a word that names a kind of place and no place: "University", "Street"."""
    return words.lower() in HEADS


def is_one_name(text: str, left: Span, right: Span) -> bool:
    """Tell "Western" and "US", "Port" and "Los Angeles", "Washington" and "D.C.": pieces of one name."""
    between, before, after = text[left.end : right.start], left.of(text).lower(), right.of(text).lower()
    return (
        (between == " " and before in COMPASS)
        or (between == " of " and before in HEADS)
        or (between in {", ", " "} and before == "washington" and after in {"d.c.", "dc"})
        or (between in {" ", "-"} and before == "african" and after in {"american", "americans"})
    )


def _site_after(name: str) -> re.Pattern[str] | None:
    if name.startswith(_SAINTS):
        return _OWNED_SITE
    return _ARABIC_SITE if name.startswith(("al-", "el-")) else None


def whole_name(text: str, span: Span, is_division: Callable[[str], bool]) -> Span:
    """Widen a name to the whole of it: "N. Main Street", "Highway 10", "St Peter's Basilica", "Benue State", "Ky.".

    `is_division` says whether words name a first-level division for which "State" is a part of the name.
    """
    start, end = span.start, span.end
    name = span.of(text).lower()
    last = name.rpartition(" ")[2]
    if last in _ROADS and text[max(0, start - 3) : start] in {"N. ", "S. ", "E. ", "W. "}:
        start -= 3
    if name == "hague" and text[max(0, start - 4) : start] in {"The ", "THE "}:
        start -= 4
    if last in _NUMBERED_ROADS and (number := _NUMBER.match(text, end)):
        end = number.end()
    elif (site := _site_after(name)) and (found := site.match(text, end)):
        end = found.end()
    elif (state := _STATE.match(text, end)) and is_division(text[start : state.end()]):
        end = state.end()
    elif text[end : end + 1] == "." and name in STATES:
        end += 1
    return Span(start=start, end=end)
