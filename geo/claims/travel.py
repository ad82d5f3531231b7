"""Places told by the time that it takes to reach them: "two hours' drive from X", "an hour by road north of X"."""

import re
from collections.abc import Iterator

from geo.claims.direction import COMPASS, direction_of
from geo.claims.openings import openings_in
from geo.claims.quantities import amount_before
from geo.claims.references import phrase_after
from geo.claims.vicinity import FoundVicinity, first_few

IN_TIME = "it is a time on the way, and how far that is depends on the road and the traveller"
TRAVEL_OPENINGS = openings_in("hour minute day".split())

_FORMS = re.compile(
    r"(?<![\w$€£])(?!days?\strips?)(?P<unit>hours?|minutes?|days?)(?:['’]s?)?(?:\sand\sa\s(?:half|quarter))?"
    r"(?P<way>[\s-](?:by\s(?:road|car|bus|truck|train|rail|boat|ferry|ship|sea|plane|air|helicopter|foot|motorbike|motorcycle)"
    r"|(?:(?:bumpy|car|bus|train|boat|road|ferry|taxi|short|slow|hard|easy)\s)?"
    r"(?:drive|walk|ride|flight|journey|trip|march|hike|trek|sail|crossing))\b)?"
    r",?\s(?:away,?\s)?(?:to\sthe\s)?(?:due\s)?"
    rf"(?:(?P<dir>{COMPASS})\sof|(?P<how>from|outside|of))\s",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\bwithin\s(?:[\w-]{1,20}\s){0,3}$", re.I)
_TO = re.compile(r"\sto\s", re.I)
_LINES = ("border", "coast", "frontline")


def find_travel_times(text: str, start: int, end: int) -> Iterator[FoundVicinity]:
    """Yield the times on the way that a sentence measures a place with, at most eight; none of them can be drawn.

    Where no way of travelling and no direction is said ("two hours from X"), X must be a known place (`if_known`).
    """
    end = min(end, start + 3000)
    found = (_time(text, match, start, end) for match in _FORMS.finditer(text, start, end))
    return first_few(found)


def _time(text: str, match: re.Match[str], start: int, end: int) -> FoundVicinity | None:
    way, how, phrase = match["way"], (match["how"] or "").lower(), phrase_after(text, match.end(), ceiling=end)
    amount = amount_before(text, max(start, match.start() - 1), floor=start)
    by_day = match["unit"].lower().startswith("day")
    if phrase is None or not (phrase.names or phrase.kind) or _TO.match(text, phrase.end, end):
        return None  # "the two-hour drive from A to B" is a way
    if way is None and (amount is None or by_day or how == "of"):
        return None
    begin = amount.start if amount else match.start()
    within = _WITHIN.search(text, max(start, begin - 60), begin)
    return FoundVicinity(
        start=begin,
        end=phrase.end,
        words=text[begin : match.end("way") if way else match.end("unit")],
        relation="direction_of" if match["dir"] else "within" if within else "from",
        direction=direction_of(match["dir"]) if match["dir"] else None,
        phrases=(phrase,),
        if_known=way is None and match["dir"] is None and phrase.kind not in _LINES,
        not_drawn=IN_TIME,
    )
