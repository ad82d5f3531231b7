"""Lists of distances with one unit: "5, 8 and 12 km from X" says three distances and no range."""

import re

from geo.claims.quantities import NUMBER_WORDS, Amount, Quantity, amount_after

_NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{1,2}})?|{NUMBER_WORDS})"
_LIST = re.compile(rf"(?<![\w.,$€£-])(?:{_NUMBER},\s){{1,5}}{_NUMBER},?\s(?:and|or)\s{_NUMBER}[\s-]?$", re.I)
_NUMBERS = re.compile(rf"(?<![\w.]){_NUMBER}(?![\w.])", re.I)
_DAY = re.compile(r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s$", re.I)
_LEFT = 90  # characters that a list may take
_APART = 20.0  # a number that many times another is a year or an age


def listed(text: str, quantity: Quantity, *, floor: int) -> tuple[Amount, ...]:
    """Return the numbers of the list that a quantity ends, in order; none where it stands alone or ends a range."""
    floor = max(floor, quantity.unit_start - _LEFT)
    match = _LIST.search(text, floor, quantity.unit_start)
    if match is None or _DAY.search(text, max(0, match.start() - 12), match.start()):
        return ()
    spots = _NUMBERS.finditer(text, match.start(), match.end())
    amounts = [amount_after(text, spot.start(), ceiling=spot.end()) for spot in spots]
    known = [amount for amount in amounts if amount is not None and amount.value > 0]
    values = [amount.value for amount in known]
    ordered = values == sorted(values) or values == sorted(values, reverse=True)
    if len(known) < max(3, len(amounts)) or not ordered or max(values) > _APART * min(values):
        return ()
    return tuple(known)
