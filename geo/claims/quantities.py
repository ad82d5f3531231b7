"""Amounts with a unit of length or area, as news English writes them: "7.5 kilometers (4.7 miles)", "a few miles"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geo.claims.openings import DIGIT, openings_in

METRES_PER_MILE = 1609.344  # international mile, exact since 1959
METRES_PER_NAUTICAL_MILE = 1852.0  # exact since 1929
METRES_PER_FOOT = 0.3048
M2_PER_ACRE = 4046.8564224

LENGTHS = {
    "km": 1000.0, "kms": 1000.0, "kilometer": 1000.0, "kilometers": 1000.0, "kilometre": 1000.0, "kilometres": 1000.0,
    "klick": 1000.0, "klicks": 1000.0, "kilometro": 1000.0,
    "m": 1.0, "meter": 1.0, "meters": 1.0, "metre": 1.0, "metres": 1.0,
    "mi": METRES_PER_MILE, "mile": METRES_PER_MILE, "miles": METRES_PER_MILE,
    "nm": METRES_PER_NAUTICAL_MILE, "nmi": METRES_PER_NAUTICAL_MILE,
    "yard": 3 * METRES_PER_FOOT, "yards": 3 * METRES_PER_FOOT, "yd": 3 * METRES_PER_FOOT, "yds": 3 * METRES_PER_FOOT,
    "foot": METRES_PER_FOOT, "feet": METRES_PER_FOOT, "ft": METRES_PER_FOOT,
}  # fmt: skip
AREAS = {
    "hectare": 1e4, "hectares": 1e4, "ha": 1e4, "acre": M2_PER_ACRE, "acres": M2_PER_ACRE, "km2": 1e6, "km²": 1e6,
}  # fmt: skip

# Two kinds of km that are no distance: km/h and km². The short units need a figure right before them (see `_quantity`).
_UNIT = re.compile(
    r"(?<![A-Za-z])(?:(?P<kind>nautical|statute|standard|air|road|square|sq\.?)[ -])?"
    r"(?P<unit>kilomet(?:er|re)s?|km2|km²|kms?|klicks?|met(?:er|re)s?|miles?|nmi?|mi|m|yards?|yds?|feet|foot|ft"
    r"|hectares?|acres?|ha)"
    r"(?![\w²³])",
    re.IGNORECASE,
)
_SHORT = frozenset({"m", "mi", "nm", "ha", "ft", "yd"})
_SPEED = re.compile(r"\s?/\s?h|ph\b|(?:\s|-)per(?:\s|-)|\s?/\s?s|\s(?:an|a)\s(?:hour|second|minute|day|gallon)\b", re.I)

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS: dict[str, float] = {
    **{word: float(n) for n, word in enumerate(_ONES)},
    **{word: 10.0 * n for n, word in enumerate(_TENS, start=2)},
}
NUMBER_WORDS = "|".join([*_ONES[1:], *_TENS])
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "dozen": 12.0, "score": 20.0}
# what a vague word stands for, as a low and a high figure: few = 2..5 as the annotated claims have it
_VAGUE = {
    "few": (2.0, 5.0), "several": (3.0, 9.0), "couple": (2.0, 2.0), "dozens": (24.0, 96.0), "scores": (40.0, 100.0),
    "tens": (20.0, 90.0), "hundreds": (200.0, 900.0), "thousands": (2000.0, 9000.0), "many": (5.0, 50.0),
}  # fmt: skip
_FRACTIONS = {"half": 0.5, "quarter": 0.25, "quarters": 0.25, "third": 1 / 3, "thirds": 1 / 3,
              "fifth": 0.2, "sixth": 1 / 6, "eighth": 0.125, "tenth": 0.1, "tenths": 0.1, "eighths": 0.125}  # fmt: skip
_GLUE = frozenset({"and", "a", "an", "of", "to", "or", "-", "–", "—", "odd", "plus", "+", "some"})
NUMBER_OPENINGS = openings_in([*_ONES[1:], *_TENS, *_VAGUE, *_SCALES, "half"]) | {DIGIT}
# other short units need a figure before them
LENGTH_OPENINGS = openings_in(unit for unit in (*LENGTHS, *AREAS) if len(unit) > 3) | {DIGIT, "km", "kms", "nmi"}
_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}

_LEFT = 72  # characters that a written number may take
_LONGEST = 12  # words that a written number or range may take
_TOKEN = re.compile(r"\d{1,2}/\d{1,2}(?![\d/])|\d(?:[\d,.\u00a0\u202f]{0,19}\d)?|[A-Za-z]+|[½¼¾⅓⅔]|\S")
_FIGURE = re.compile(r"\d{1,3}(?:[,\u00a0\u202f]\d{3}){1,3}(?:\.\d{1,6})?|\d{1,9}(?:\.\d{1,6})?")
_MONEY = frozenset("$€£¥₽#")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number as written: where it stands, its value, and the low and high figure it allows."""

    start: int
    end: int
    low: float
    high: float
    rounding: float = 0.0  # half of the step it seems rounded to, in its own unit
    vague: bool = False

    @property
    def value(self) -> float:
        """Return the figure that stands for the amount: the middle of a range, the low end of nothing."""
        return self.low if self.low == self.high else (self.low + self.high) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount of metres (or of square metres) in the text; `start`..`end` take in a conversion in brackets."""

    start: int
    end: int
    low: float
    high: float
    rounding: float
    vague: bool = False
    is_range: bool = False
    square: bool = False
    unit: str = "km"
    unit_start: int = 0
    compound: bool = False  # "30-km", "30 km zone": the unit is tied to the number or singular
    notes: tuple[str, ...] = ()
    words: str | None = None  # as written, where that is not the text from `start` to `end`: "5 km" of "5, 8 and 12 km"

    @property
    def value(self) -> float:
        """Return the single figure in metres, the middle of a range."""
        return self.low if self.low == self.high else (self.low + self.high) / 2


def find_quantities(text: str, start: int = 0, end: int | None = None, *, most: int = 3000) -> tuple[Quantity, ...]:
    """Find the lengths and areas of a stretch in order, conversions and ranges joined to one quantity each.

    At most `most` are read, in one pass; what is read around a unit is bounded, so hostile text costs linear time.
    """
    found: list[Quantity] = []
    for match in _UNIT.finditer(text, start, len(text) if end is None else end):
        quantity = _quantity(text, match, floor=found[-1].end if found else start)
        if quantity is None:
            continue
        joined = _joined(text, found[-1], quantity) if found else None
        if joined is not None:
            found[-1] = joined
        elif len(found) == most:
            break
        else:
            found.append(quantity)
    return tuple(found)


def amount_before(text: str, end: int, *, floor: int = 0) -> Amount | None:
    """Read the number that ends right before a position: figures, words, fractions, ranges."""
    floor = max(floor, end - _LEFT)
    tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text, floor, end)]
    first = len(tokens)
    while first and len(tokens) - first < _LONGEST and _numeric(tokens[first - 1][0]):
        first -= 1
    between = bool(first) and tokens[first - 1][0].lower() in ("between", "from")
    if first and tokens[first - 1][0] in _MONEY:
        return None
    if first and tokens[first - 1][1] == floor > 0 and text[floor - 1].isalnum() and text[floor].isalnum():
        first = min(first + 1, len(tokens))  # the window cut a token
    while first < len(tokens) and tokens[first][0].lower() in (
        "and",
        "to",
        "or",
        "of",
        "-",
        "–",
        "—",
        "+",
        "odd",
        "plus",
        "some",
    ):
        first += 1
    while first < len(tokens):
        amount = _amount(tokens[first:], between=between)
        if amount is not None:
            return amount
        first += 1
        between = False
    return None


def amount_after(text: str, start: int, *, ceiling: int) -> Amount | None:
    """Read the number that begins right at a position, or None."""
    tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text, start, min(ceiling, start + _LEFT))]
    last = 0
    while last < min(len(tokens), _LONGEST) and _numeric(tokens[last][0]):
        last += 1
    while last and tokens[last - 1][0].lower() in _GLUE:
        last -= 1
    while last:
        amount = _amount(tokens[:last], between=False)
        if amount is not None:
            return amount
        last -= 1
    return None


def _numeric(token: str) -> bool:
    word = token.lower()
    return (
        token[0].isdecimal()
        or word in _WORDS
        or word in _SCALES
        or word in _VAGUE
        or word in _FRACTIONS
        or word in _GLUE
        or word in _SIGNS
    )


Token = tuple[str, int, int]


def _amount(tokens: Sequence[Token], *, between: bool) -> Amount | None:
    """Read a whole list of tokens as one number or one range; None where it is none."""
    for i in range(1, len(tokens) - 1):
        word = tokens[i][0].lower()
        listed = i == 1 and len(tokens) == 3 and tokens[0][0].isdecimal() and tokens[2][0].isdecimal()
        if word in ("to", "or", "-", "–", "—") or (word == "and" and (between or listed)):  # "A and B, 5 and 7 km from"
            low, high = _single(tokens[:i]), _single(tokens[i + 1 :])
            if low is None or high is None:
                continue
            if low.high <= high.low and not low.vague:
                scale = _shared_scale(tokens[i + 1 :], low.high)
                return replace(high, start=low.start, low=low.low * scale, high=high.high, rounding=high.rounding)
    return _single(tokens)


def _shared_scale(tokens: Sequence[Token], low: float) -> float:
    """Return the scale that the second number lends to the first: "two to three hundred"."""
    last = tokens[-1][0].lower()
    return _SCALES[last] if last in ("hundred", "thousand", "million") and low < 100 and len(tokens) > 1 else 1.0


def _single(tokens: Sequence[Token]) -> Amount | None:
    if not tokens:
        return None
    start, end = tokens[0][1], tokens[-1][2]
    words = [t[0].lower() for t in tokens if t[0] not in "-+" and t[0].lower() not in ("odd", "plus", "some")]
    if not words:
        return None
    if words[0] in ("a", "an") and len(words) > 1:
        words[0] = "one" if words[1] in _SCALES else ""
        words = [w for w in words if w]
    if any(w in _VAGUE for w in words):
        return _vague(words, start, end)
    if words == ["a"] or words == ["an"]:
        return Amount(start=start, end=end, low=1.0, high=1.0, rounding=0.25)
    total = current = 0.0
    rounding = 0.5
    seen = False
    i = 0
    while i < len(words):
        word = words[i]
        nxt = words[i + 1] if i + 1 < len(words) else ""
        if "/" in word:
            top, _, bottom = word.partition("/")
            if not 0 < int(top) < int(bottom):
                return None
            current, seen, rounding = current + int(top) / int(bottom), True, 0.125
        elif word[0].isdecimal():
            figure = _figure(word)
            if figure is None or seen:
                return None
            if nxt == "/" or (nxt and nxt[0].isdecimal() and "/" not in nxt):
                return None
            current, seen, rounding = figure, True, _rounding(word)
        elif word in _SIGNS:
            current, seen, rounding = current + _SIGNS[word], True, 0.125
        elif word in _WORDS:
            if seen and current % 100 and not (current % 10 == 0 and _WORDS[word] < 10):
                return None
            current, seen = current + _WORDS[word], True
            rounding = 5.0 if _WORDS[word] >= 20 else 0.5
        elif word in _SCALES:
            current = (current if seen else 1.0) * _SCALES[word]
            seen, rounding = True, max(rounding, 0.5) * (_SCALES[word] if word != "dozen" else 2.0)
            if word in ("thousand", "million"):
                total, current = total + current, 0.0
        elif word in _FRACTIONS:
            if (
                words[i - 1 : i] == ["and"]
                or words[i - 2 : i] == ["and", "a"]
                or words[i - 2 : i] == ["and", "an"]
                or not seen
            ):
                current, seen, rounding = current + _FRACTIONS[word], True, 0.125
            elif current < 4:
                current, rounding = current * _FRACTIONS[word], 0.125  # "three quarters"
            else:
                return None
        elif word in ("and", "a", "of", "an", "-"):
            pass
        else:
            return None
        i += 1
    if not seen or words[-1] in ("and", "-"):
        return None
    value = total + current
    return Amount(start=start, end=end, low=value, high=value, rounding=rounding)


def _vague(words: list[str], start: int, end: int) -> Amount | None:
    low, high, scale = 1.0, 1.0, 1.0
    for word in words:
        if word in ("hundreds", "thousands") and high > 1:  # "tens of thousands"
            scale *= _SCALES[word[:-1]]
        elif word in _VAGUE:
            low, high = _VAGUE[word][0] * low, _VAGUE[word][1] * high
        elif word in _SCALES:
            scale *= _SCALES[word]
        elif word not in ("a", "of", "one", "-"):
            return None
    return Amount(
        start=start, end=end, low=low * scale, high=high * scale, rounding=(high - low) * scale / 2, vague=True
    )


def _figure(word: str) -> float | None:
    word = word.rstrip(",.\u00a0\u202f")
    if _FIGURE.fullmatch(word) is None:
        return None
    return float(re.sub("[,\u00a0\u202f]", "", word))


def _rounding(word: str) -> float:
    """Return half of the step that a figure seems rounded to, as the GBIF georeferencing guide reads it.

    >>> _rounding("7.5"), _rounding("7.3"), _rounding("30"), _rounding("150"), _rounding("7")
    (0.25, 0.05, 5.0, 5.0, 0.5)
    """
    word = re.sub("[,\u00a0\u202f]", "", word.rstrip(",.\u00a0\u202f"))
    whole, _, decimals = word.partition(".")
    if decimals.rstrip("0") == "5" and len(decimals) == 1:
        return 0.25
    if decimals in ("25", "75"):
        return 0.125
    if decimals:
        return 0.5 * 10.0 ** -len(decimals)
    zeros = len(whole) - len(whole.rstrip("0")) if whole.strip("0") else 0
    return 0.5 * 10.0**zeros


def _quantity(text: str, match: re.Match[str], *, floor: int) -> Quantity | None:
    unit = match["unit"].lower()
    kind = (match["kind"] or "").lower().rstrip(".")
    gap = match.start()
    while gap > floor and text[gap - 1] in " -\u00a0\u202f\t\n‑":
        gap -= 1
        if match.start() - gap > 2:
            return None
    if gap == 0 or (unit in _SHORT and not (text[gap - 1].isdecimal() or text[gap - 1] in _SIGNS)):
        return None
    if _SPEED.match(text, match.end()):
        return None
    amount = amount_before(text, gap, floor=floor)
    if amount is None or amount.end != gap:
        return None
    before = text[amount.start - 1] if amount.start > 0 else " "
    if before.isalnum() or before in "$€£¥.," or before == "/" and amount.start != floor + 1:
        return None  # "37 miles/60 km" is one distance in two units
    square = kind in ("square", "sq") or unit in AREAS
    if square:
        factor = AREAS.get(unit) or LENGTHS[unit] ** 2
    else:
        factor = METRES_PER_NAUTICAL_MILE if kind == "nautical" else LENGTHS[unit]
    end, half = match.end(), _AND_A_HALF.match(text, match.end())
    extra = 0.0
    if half:
        end, extra = half.end(), _FRACTIONS[half.group(1).lower()]
    article_only = text[amount.start : amount.end].lower() in ("a", "an")
    return Quantity(
        start=amount.start,
        end=end,
        low=(amount.low + extra) * factor,
        high=(amount.high + extra) * factor,
        rounding=amount.rounding * factor,
        vague=amount.vague,
        is_range=amount.low != amount.high and not amount.vague,
        square=square,
        unit=("nautical mile" if kind == "nautical" else unit),
        unit_start=match.start(),
        compound=text[gap] in "-‑" or (unit in _SINGULAR and not article_only and amount.high > 1),
    )


_SINGULAR = frozenset({"kilometer", "kilometre", "mile", "meter", "metre", "foot", "yard"})
_AND_A_HALF = re.compile(r"[ -]and[ -]a[ -](half|quarter)\b", re.I)
_CONVERSION = re.compile(
    r"\s{0,2}(?:[(\[/]|,?\s(?:or|i\.e\.)|,|[-–—]{1,2})\s{0,2}(?:(?:about|around|roughly|some|approximately|nearly|or|"
    r"approx\.?|c\.|~|≈|more than|over|almost|just over|just under|equivalent to)\s?){0,2}",
    re.I,
)
_CLOSING_DASH = re.compile(r"\s?(?:--|[—–])")
_AND_TO = re.compile(r"\s{1,2}(?:and|to|or)\s{1,2}|\s?[-–—]\s?", re.I)
_SYSTEM = {unit: "metric" if unit[0] == "k" or unit in ("m", "meter", "meters", "metre", "metres") else "imperial"
           for unit in LENGTHS} | {"nautical mile": "nautical"}  # fmt: skip


def _joined(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """Join a quantity with its conversion in brackets, or the two ends of a range; None where they are two."""
    if second.start - first.end > 24 or first.square != second.square:
        return None
    gap = text[first.end : second.start]
    other_unit = _SYSTEM.get(first.unit) != _SYSTEM.get(second.unit) or first.unit[0] != second.unit[0]
    if other_unit and _CONVERSION.fullmatch(gap):
        bracket = gap.strip()[:1]
        end = second.end
        closing = {"(": ")", "[": "]"}.get(bracket)
        if closing:
            tail = text.find(closing, end, end + 24)
            if tail < 0:
                return None
            if text[end:tail].strip() not in ("", "each", "away", "deep", "long", "wide", "off", "high", "inland"):
                return None
            end = tail + 1
        agrees = _agree(first, second)
        if bracket in ",-–—/o" and not agrees:
            return None  # two distances side by side, not one in two units
        if bracket in "-–—" and (dash := _CLOSING_DASH.match(text, end)):
            end = dash.end()  # "60 km -- about 37 miles -- from"
        if bracket == "," and text[end : end + 1] == ",":
            end += 1
        note = () if agrees else (_disagreement(text, first, second),)
        return replace(first, end=end, notes=first.notes + note)
    if not other_unit and _AND_TO.fullmatch(gap) and not first.is_range and first.high <= second.low:
        before = text[max(0, first.start - 12) : first.start].lower().rstrip()
        if "and" in gap.lower() and not before.endswith("between"):
            return None
        return replace(first, end=second.end, high=second.high, is_range=True, rounding=second.rounding)
    return None


def _agree(a: Quantity, b: Quantity) -> bool:
    slack = a.rounding + b.rounding + 0.03 * max(a.high, b.high)
    return abs(a.low - b.low) <= slack and abs(a.high - b.high) <= slack


def _disagreement(text: str, a: Quantity, b: Quantity) -> str:
    factor = b.value / max(1e-9, _number_of(text, b))
    right = a.value / factor
    unit = text[b.unit_start : b.end].rstrip(")] ")
    return (
        f"the conversion in brackets disagrees: {text[a.start : a.end].strip()} is {right:.3g} {unit}, "
        f"not {_number_of(text, b):g}"
    )


def _number_of(text: str, quantity: Quantity) -> float:
    amount = amount_before(text, quantity.unit_start, floor=quantity.start)
    if amount is None:
        amount = amount_before(text, max(quantity.start + 1, quantity.unit_start - 1), floor=quantity.start)
    return amount.value if amount else 1.0


def numbers_in(text: str, start: int, end: int) -> Iterator[Amount]:
    """Yield the plain numbers of a stretch of text in order, in figures or in words."""
    position = start
    while position < end:
        match = _NUMBER_START.search(text, position, end)
        if match is None:
            return
        amount = amount_after(text, match.start(), ceiling=end)
        if amount is None:
            position = match.end()
            continue
        yield amount
        position = max(amount.end, match.end())


_NUMBER_START = re.compile(
    r"(?<![\w.,$€£¥])(?:\d|(?:" + "|".join([*_ONES[1:], *_TENS, *_VAGUE, *_SCALES, "half"]) + r")\b"
    r"|an?\s(?=(?:" + "|".join([*_VAGUE, *_SCALES]) + r")\b))",
    re.IGNORECASE,
)
