"""What happened or is planned: clashes, strikes, advances, withdrawals, truces, talks, visits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from geo.claims.openings import openings_in

What = Literal["clash", "shelling", "strike", "advance", "withdrawal", "truce", "talks", "visit", "capture", "other"]

_TRIGGERS: dict[What, str] = {
    "clash": (
        "clash(?:es|ed|ing)?|firefights?|gun ?battles?|skirmish(?:es)?|fighting|battles?|ambush(?:ed|es)?|"
        "exchanged? fire|shoot-?outs?|"
        "hostilities|attack(?:s|ed|ing)?|assault(?:s|ed)?|offensive|counter-?offensive"
    ),
    "shelling": "shell(?:ed|ing|s)|artillery fire|mortar(?:s| attacks?| fire)|bombard(?:ed|ment|ments|ing)",
    "strike": (
        "air ?strikes?|air-strikes?|drone strikes?|drone attacks?|missile strikes?|missile attacks?|bomb(?:ed|ing|"
        "ings)|strikes? on|struck|"
        "rocket attacks?|explosions?|exploded|explodes|blasts?|detonated|car bombs?|suicide bomb(?:er|ers|ing|ings)"
    ),
    "advance": "advanc(?:e|ed|es|ing)|push(?:ed|ing) (?:into|towards?|forward)|incursions?|invaded|invasion|"
    "crossed into|broke through",
    "withdrawal": "withdr(?:aw|ew|awn|awal|awing|aws)|pull(?:ed|ing|s)? (?:back|out)|pull-?back|retreat(?:ed|s|"
    "ing)?|evacuat(?:e|ed|ion)",
    "truce": "truces?|cease-?fires?|armistice|peace (?:agreement|deal|accord|treaty)",
    "talks": (
        "talks|negotiat(?:e|ed|ions|ing)|summit|spoke by phone|phone calls?|separate calls|calls with|held talks|"
        "met with|meeting with|"
        "spoke (?:with|to)|meets?|due to meet"
    ),
    "visit": "visit(?:s|ed|ing)?|will travel to|travel(?:led|ed) to|arriv(?:e|ed|es|ing) in|trip to|"
    "fact-finding mission",
    "capture": (
        "seiz(?:e|ed|es|ing)|recaptur(?:e|ed|es|ing)|captur(?:e|ed|es|ing)|took control|taken control|tak(?:e|es|"
        "ing) control|overran|"
        "liberat(?:e|ed|es|ing)|retook|retaken|fell to"
    ),
}
_PATTERN = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{what}>{words})" for what, words in _TRIGGERS.items()) + r")(?![\w-])", re.I
)
_SPLIT = re.compile(r"\|(?![^(]*\))")  # between the words, not between the endings in brackets
EVENT_OPENINGS = openings_in(word for words in _TRIGGERS.values() for word in _SPLIT.split(words))


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEvent:
    """A word that says that something happened."""

    start: int
    end: int
    what: What


def find_events(text: str, start: int, end: int) -> Iterator[FoundEvent]:
    """Yield the first trigger of each kind of event in a sentence, in order."""
    seen: set[str] = set()
    for match in _PATTERN.finditer(text, start, min(end, start + 3000)):
        what = match.lastgroup
        if what is None or what in seen:
            continue
        seen.add(what)
        yield FoundEvent(start=match.start(), end=match.end(), what=what)  # type: ignore[arg-type]  # groups are named so
