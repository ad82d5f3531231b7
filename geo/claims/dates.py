"""When it happened: weekdays and dates of a sentence, resolved against the publication date."""

import re
from datetime import date, timedelta

_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_WEEKDAY = re.compile(
    r"\b(?:(?P<which>last|next|this|on|since|by|early|late)\s)?(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.I
)
_RELATIVE = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "overnight": 0}
_RELATIVELY = re.compile(r"\b(?:yesterday|today|tonight|tomorrow|overnight)\b", re.I)
_AGO = re.compile(r"\b(?P<n>\d{1,3}|a|two|three|four|five|six|seven|ten) (?P<unit>day|week)s? (?:ago|earlier)\b", re.I)
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m1>{_MONTHS})\b\.?|(?P<m2>{_MONTHS})\b\.?\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)"
    r"(?:,?\s(?P<year>(?:19|20)\d\d))?(?!\d)|\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(r"\b(?:will|due to|set to|plans? to|planned|scheduled|expected to|next|tomorrow|is to|are to)\b", re.I)
_NUMBERS = {"a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}


def date_of(sentence: str, published: date | None) -> date | None:
    """Return the day that a sentence names, nearest to the publication in the direction of its tense, or None.

    A full date needs no publication date; a weekday is the last one before it (the same day included), or the next one
    where the sentence speaks of the future.
    """
    sentence = sentence[:2000]
    match = _DATE.search(sentence)
    if match is not None:
        return _absolute(match, published)
    if published is None:
        return None
    relative = _RELATIVELY.search(sentence)
    if relative is not None:
        return published + timedelta(days=_RELATIVE[relative.group().lower()])
    ago = _AGO.search(sentence)
    if ago is not None:
        count = _NUMBERS.get(ago["n"].lower()) or int(ago["n"])
        return published - timedelta(days=count * (7 if ago["unit"].lower() == "week" else 1))
    weekday = _WEEKDAY.search(sentence)
    if weekday is None:
        return None
    wanted = _DAYS.index(weekday["day"].lower())
    back = (published.weekday() - wanted) % 7
    near = sentence[max(0, weekday.start() - 60) : weekday.start()]
    if (weekday["which"] or "").lower() == "next" or _FUTURE.search(near):
        return published + timedelta(days=(7 - back) % 7 or 7)
    if (weekday["which"] or "").lower() == "last" and back == 0:
        back = 7
    return published - timedelta(days=back)


def _absolute(match: re.Match[str], published: date | None) -> date | None:
    from dateutil import parser  # lazily: it costs some milliseconds at start

    if match["year"] is None and match["iso"] is None and published is None:
        return None
    words = match["iso"] or f"{match['d1'] or match['d2']} {match['m1'] or match['m2']} {match['year'] or published.year if published else match['year']}"
    try:
        day = parser.parse(words).date()
    except (ValueError, OverflowError):
        return None
    if match["year"] is None and match["iso"] is None and published and day > published + timedelta(days=180):
        day = day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else day - timedelta(days=366)
    return day
