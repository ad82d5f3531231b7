"""When it happened: weekdays and dates of a sentence, resolved against the publication date."""

import re
from bisect import bisect_left
from datetime import date, timedelta

_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_WEEKDAY = re.compile(
    r"\b(?:(?P<which>last|next|this|on|since|by|early|late)\s)?(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.I,
)
_RELATIVE = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "overnight": 0}
_RELATIVELY = re.compile(r"\b(?:yesterday|today|tonight|tomorrow|overnight)\b", re.I)
_WEEKEND = re.compile(r"\b(?P<which>last|at the|this|over the|next|on the)\sweekend\b", re.I)
_AGO = re.compile(r"\b(?P<n>\d{1,3}|a|two|three|four|five|six|seven|ten) (?P<unit>day|week)s? (?:ago|earlier)\b", re.I)
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_MONTH = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m1>{_MONTHS})\b\.?|"
    rf"(?P<m2>{_MONTHS})\b\.?\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)"
    r"(?:,?\s(?P<year>(?:19|20)\d\d))?(?!\d)|\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|would|due to|set to|plans? to|planned|scheduled|expected to|next|tomorrow|is to|are to)\b", re.I
)
_NUMBERS = {"a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}


_YEAR = re.compile(r"\b(?:in|since|of|a|the)\s(?:19|20)\d\d\b(?!-)", re.I)
_HINT = re.compile(r"day\b|weekend|\d|tomorrow|overnight|tonight|ago\b", re.I)


class Dates:
    """The days that one sentence names, read once and asked for every claim in it."""

    def __init__(self, text: str, start: int, end: int, published: date | None) -> None:
        """Read the days of a stretch of text; weekdays and the like need the publication date.

        A weekday is the last one before the publication (the same day included), or the next one where the words before
        it speak of the future.
        """
        self._found: list[tuple[int, int, date | None]] = []
        if _HINT.search(text, start, end) is None:
            return
        for pattern in (_DATE, _RELATIVELY, _AGO, _WEEKDAY, _WEEKEND, _YEAR):
            for match in pattern.finditer(text, start, end):
                self._found.append((match.start(), match.end(), _day(pattern, match, text, published)))
        self._found.sort(key=lambda found: found[0])
        self._starts = [found[0] for found in self._found]

    def near(self, position: int) -> date | None:
        """Return the day named nearest to a position, or None; a bare year nearer by than any day gives None."""
        if not self._found:
            return None
        at = bisect_left(self._starts, position)
        close = self._found[max(0, at - 2) : at + 2]
        return min(close, key=lambda found: max(found[0] - position, position - found[1], 0))[2]


def date_of(sentence: str, published: date | None, *, near: int = 0) -> date | None:
    """Return the day that a sentence names nearest to one of its characters, or None.

    >>> date_of("Shells fell on Thursday.", date(2022, 9, 16))
    datetime.date(2022, 9, 15)
    """
    return Dates(sentence, 0, len(sentence), published).near(near)


def _day(pattern: re.Pattern[str], match: re.Match[str], window: str, published: date | None) -> date | None:
    if pattern is _DATE:
        return _absolute(match, published)
    if published is None or pattern is _YEAR:
        return None
    if pattern is _RELATIVELY:
        return published + timedelta(days=_RELATIVE[match.group().lower()])
    if pattern is _AGO:
        count = _NUMBERS.get(match["n"].lower()) or int(match["n"])
        return published - timedelta(days=count * (7 if match["unit"].lower() == "week" else 1))
    if pattern is _WEEKEND:
        ahead = (5 - published.weekday()) % 7
        before = window[max(0, match.start() - 60) : match.start()]
        coming = match["which"].lower() == "next" or _FUTURE.search(before)
        return published + timedelta(days=ahead if coming else ahead - 7)
    back = (published.weekday() - _DAYS.index(match["day"].lower())) % 7
    before = window[max(0, match.start() - 60) : match.start()]
    which = (match["which"] or "").lower()
    if which == "next" or _FUTURE.search(before):
        return published + timedelta(days=(7 - back) % 7 or 7)
    return published - timedelta(days=7 if which == "last" and back == 0 else back)


def _absolute(match: re.Match[str], published: date | None) -> date | None:
    if match["year"] is None and match["iso"] is None and published is None:
        return None
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        year = int(match["year"]) if match["year"] else published.year if published else 0
        month = _MONTH[(match["m1"] or match["m2"])[:3].lower()]
        day = date(year, month, int(match["d1"] or match["d2"]))
    except ValueError:
        return None
    if match["year"] is None and published and day > published + timedelta(days=60):
        day = day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else day - timedelta(days=366)
    return day
