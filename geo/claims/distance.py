"""Distances that place something: relation, bounds, direction, references; and those that place nothing."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from geo.claims import distance_words as say
from geo.claims.direction import direction_of
from geo.claims.hedges import hedge_after, hedge_before
from geo.claims.lists import listed
from geo.claims.model import Bound, Direction, ReferenceKind, Relation
from geo.claims.quantities import Amount, Quantity
from geo.claims.references import Phrase, phrase_after

LINES = ("border", "coast", "frontline")
A_RANGE = "it is a range of a weapon or a craft"
A_DEPTH = "it is a depth or a height"
A_LENGTH = "it is the length of a way or a thing"
TRAVELLED = "it is a way travelled"
FROM_NOWHERE = "the words do not say from where"
_CEILING = 260  # characters read on either side of a number


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A distance with what the words around it make of it, before references are resolved and claimants looked up."""

    start: int
    end: int
    quantity: Quantity | None
    relation: Relation
    low_m: float | None
    high_m: float | None
    bound: Bound
    hedge: str | None = None
    direction: Direction | None = None
    phrase: Phrase | None = None
    backwards: bool = False  # the reference stands before the number: look there
    implied: ReferenceKind | None = None  # "30 miles inland": a coast, though no word says so
    not_drawn: str | None = None
    one_of_list: bool = False  # "5, 8 and 12 km from X": several places at several distances


def find_distances(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> Iterator[Found]:
    """Yield what the lengths of one sentence say, in order; `start`..`end` is the sentence."""
    shouting = bool(quantities) and _shouts(text, start, end)
    previous_end = start
    for number, quantity in enumerate(quantities):
        floor, ceiling = max(start, quantity.start - _CEILING), min(end, quantity.end + _CEILING)

        def read(it: Quantity, floor: int = floor, ceiling: int = ceiling, taken: int = previous_end) -> Found | None:
            return _Reader(text, it, floor=floor, ceiling=ceiling, taken=taken, shouting=shouting).read()

        several = list(_of_list(text, quantity, listed(text, quantity, floor=previous_end), read))
        last = _end_of_list(text, quantities, number)
        if several:
            yield from several
        elif (found := read(quantity) or (_as_the_last(quantity, read(last)) if last else None)) is not None:
            yield found
        previous_end = quantity.end


def _end_of_list(text: str, quantities: Sequence[Quantity], number: int) -> Quantity | None:
    """Return the last of "3 km, 5 km and 8 km from X" for one before it: the words after that are of them all."""
    last = number
    while last + 1 < len(quantities) and say.SAME_LIST.fullmatch(
        text, quantities[last].end, quantities[last + 1].start
    ):
        last += 1
    return quantities[last] if last - number and quantities[last].unit == quantities[number].unit else None


def _as_the_last(quantity: Quantity, last: Found | None) -> Found | None:
    """Give a distance of a list what the words after the list say of its last."""
    if last is None or last.not_drawn or last.bound not in ("exact", "approx") or last.phrase is None:
        return None
    if quantity.is_range or last.low_m is None or quantity.low > last.low_m:
        return None
    low, high = quantity.low, quantity.high
    return replace(last, start=quantity.start, quantity=quantity, low_m=low, high_m=high, one_of_list=True)


def _of_list(
    text: str, quantity: Quantity, amounts: Sequence[Amount], read: Callable[[Quantity], Found | None]
) -> Iterator[Found]:
    """Yield each distance of a list; nothing where the words around it allow more than the numbers."""
    if not amounts:
        return
    factor = quantity.high / amounts[-1].value
    each = [
        replace(
            quantity,
            start=amount.start,
            low=amount.value * factor,
            high=amount.value * factor,
            rounding=amount.rounding * factor,
            is_range=False,
            words=f"{text[amount.start : amount.end]} {text[quantity.unit_start : quantity.end]}",
        )
        for amount in amounts
    ]
    found = read(replace(each[-1], start=amounts[0].start))
    if found is None or found.not_drawn or found.bound not in ("exact", "approx"):
        return
    for one in each:
        start = found.start if one is each[0] else one.start
        yield replace(found, start=start, quantity=one, low_m=one.low, high_m=one.high, one_of_list=True)


def _shouts(text: str, start: int, end: int) -> bool:
    letters = [c for c in text[start : min(end, start + 200)] if c.isalpha()]
    return len(letters) > 20 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


class _Reader:
    """One number with the words on its two sides; `read` asks the rules in turn, the first that fits decides."""

    def __init__(self, text: str, quantity: Quantity, *, floor: int, ceiling: int, taken: int, shouting: bool) -> None:
        hedge = hedge_before(text, quantity.start, floor=max(floor, taken))
        self.text, self.q = text, quantity
        self.floor, self.ceiling, self.shouting = floor, ceiling, shouting
        self.left = text[max(floor, hedge.start - 120) : hedge.start]
        self.begin, self.at = hedge.start, quantity.end
        self.bound, self.words, self.meanings = hedge.bound, hedge.words, hedge.meanings
        after = hedge_after(text, self.at)
        if after is not None:
            self.words = self.words or after[1]
            self.bound = after[0] if self.bound == "exact" else self.bound
            self.at = after[2]
        if self.bound == "exact" and say.PLUS.search(text, quantity.start, quantity.unit_start):
            self.bound, self.words = "min", self.words or "plus"
        if self.words and say.BEYOND.search(self.words) and say.NEGATED.search(self.left):
            self.bound = "min" if self.bound == "max" else "max" if self.bound == "min" else self.bound
        skip = self._match(say.SKIP)  # "-- or a 30-minute flight -- from": what stands between is left out
        self.at = skip.end() if skip else self.at
        wide = self._match(say.AND_WIDE)
        self.at = wide.end() if wide else self.at
        self.within = "within" in self.meanings
        self.into = self._match(say.INTO) or (self._match(say.DEEP_IN) if quantity.low >= 50 else None)
        self.compass = self._match(say.DIRECT)

    def read(self) -> Found | None:
        """Return what the words say of the number; None where they place nothing and say nothing worth keeping."""
        rules: tuple[Callable[[], Found | None], ...] = (
            self._weapon, self._depth, self._radius_of, self._side, self._incursion, self._front, self._between,
            self._outward,
            self._noun_after, self._noun_before, self._into, self._zone_before, self._length, self._along,
            self._around, self._direction, self._close_to, self._sea, self._in_land, self._from, self._river,
            self._height, self._within,
        )  # fmt: skip
        for rule in rules:
            found = rule()
            if found is not None:
                reason = found.not_drawn or self._reason_not_to_draw(found)
                return replace(found, not_drawn=reason) if reason else found
        return None

    # --- the rules, in their order

    def _weapon(self) -> Found | None:
        if "range" in self.meanings or self._match(say.RANGE_RIGHT):
            return self._none(A_RANGE)
        armed = say.WEAPON.search(self.text, self.floor, self.ceiling)
        if armed and say.RANGE_LEFT.search(self.left):
            return self._none(A_RANGE)
        return None

    def _depth(self) -> Found | None:
        if "depth" not in self.meanings or self.into:
            return None
        if say.MOVE_INTO.search(self.left):
            return self._found("into", self.q.end, backwards=True)
        return self._none(A_DEPTH)

    def _radius_of(self) -> Found | None:
        if "radius" not in self.meanings:
            return None
        if say.CRAFT_RADIUS.search(self.left):
            return self._none(A_RANGE)
        around = self._match(say.ROUND)
        phrase = self._phrase(around.end()) if around else None
        return self._found("radius", self.at, phrase=phrase, filled=True, backwards=phrase is None)

    def _side(self) -> Found | None:
        side = self._match(say.ON_SIDE)
        if side is not None:
            return self._found("into", side.end(), phrase=self._phrase(side.start("whose")))
        sides = self._match(say.SIDES)
        if sides is not None:
            phrase = self._phrase(sides.end())
            return self._found("buffer", sides.end(), phrase=phrase, filled=True, backwards=phrase is None)
        return None

    def _incursion(self) -> Found | None:
        match = None if self.into else self._match(say.INCURSION)
        return self._found("into", match.end(), phrase=self._phrase(match.end())) if match else None

    def _front(self) -> Found | None:
        """Read "advanced up to 2 km in the Pokrovsk direction": so far from the front line there."""
        match = self._match(say.FRONT_AT) if say.ADVANCED.search(self.left) else None
        phrase = self._phrase(match.end()) if match else None
        if match is None or phrase is None or not phrase.names or phrase.kind in LINES:
            return None
        return self._found("into", phrase.end, phrase=replace(phrase, kind="frontline"))

    def _outward(self) -> Found | None:
        """Read "northeast of X, 12 km out", "15 km to X's south" and "30 km separate A from X"."""
        out = self._match(say.OUTWARD)
        before = say.DIRECTION_BEFORE.search(self.left) if out else None
        if out and before:
            phrase = self._phrase(self.begin - len(self.left) + before.start("what"))
            direction = direction_of(before["dir"])
            return self._found("direction_of", out.end(), direction=direction, phrase=phrase) if phrase else None
        if (to_its := self._match(say.TO_ITS)) is not None:
            phrase = self._phrase(to_its.end())
            return self._found("direction_of", to_its.end("dir"), direction=direction_of(to_its["dir"]), phrase=phrase)
        if (apart := self._match(say.SEPARATES)) is not None:
            phrase = self._phrase(apart.end())
            return self._found("from", apart.end(), phrase=phrase) if phrase and phrase.names else None
        return None

    def _noun_after(self) -> Found | None:
        """Read "30-km zone", "a 12-km stretch", "a 900-km border": the number belongs to a noun after it."""
        if self.into or (self.compass and self.compass["of"]):
            return None
        match = self._match(say.COMPOUND)
        plural = self.q.unit.endswith("s") or self.q.unit == "feet"
        if match is None or not (self.q.compound or not plural or self._match(say.WIDE)):
            return None
        if not say.LINKING.isdisjoint(re.findall(r"[\w'’]+", (match["fill"] or "").lower())):
            return None
        stop = match.end()
        how, phrase = self._belt_phrase(stop)
        line = phrase is not None and phrase.kind in LINES
        if match["radius"]:
            return self._found("radius", stop, phrase=phrase, filled=True, backwards=phrase is None)
        if match["zone"] and say.DEEP_BEFORE.search(self.text, max(self.floor, self.begin - 12), self.begin):
            return self._none(A_LENGTH, stop)
        if match["zone"]:
            return self._zone(self.text[self.q.end : stop], stop, how, phrase)
        if match["limit"]:
            return self._none(A_RANGE, stop)
        if match["length"] and self._along_the() and say.LINE.fullmatch(match["length"]):
            return self._found("along", stop, phrase=self._phrase(match.start("length")))
        if match["stretch"] and phrase and phrase.kind == "river" and phrase.names and how == "of":
            return self._found("along", stop, phrase=phrase)
        if match["stretch"] and "front" in match["stretch"].lower():
            kept = phrase if line or how in ("around", "near", "from", "between") else None
            return self._found("along", stop, phrase=kept, backwards=not line)
        if (
            match["length"] is None
            and line
            and how in ("along", "alongside", "of", "on", "between", "separating", "across")
        ):
            return self._found("along", stop, phrase=phrase)
        return self._none(A_LENGTH, stop)

    def _zone(self, words: str, stop: int, how: str, phrase: Phrase | None) -> Found | None:
        around = how in say.AROUND_WORDS
        if phrase and phrase.kind in ("border", "frontline") or around:
            return self._found(_belt(words, how, phrase), stop, phrase=phrase, filled=True)
        if say.SAFETY.search(words) or say.BUFFER.search(words):
            belt = _belt(words, how, phrase)
            outside = belt == "radius" and how not in ("of", "from", "at", "near", "off")
            return self._found(belt, stop, phrase=phrase, filled=True, backwards=phrase is None or outside)
        if phrase and phrase.kind == "coast" and say.LONG_BELT.search(words):
            return self._found("along", stop, phrase=phrase)
        if say.CIRCLE.search(words):
            return self._found("radius", stop, phrase=phrase, filled=True, backwards=phrase is None)
        return None

    def _noun_before(self) -> Found | None:
        """Read "a buffer zone of 10 km", "a front 8.5 km wide": the number belongs to a noun before it."""
        noun = say.LEFT_NOUN.search(self.left)
        if noun is None or self.within:
            return None
        wide = self._match(say.WIDE)
        if self.into and not (noun["zone"] and wide):
            return None
        second = say.DEEP_BEFORE.search(self.text, max(self.floor, self.begin - 12), self.begin)
        if wide and noun["zone"] and (second or "long" in wide.group().lower()):
            return self._none(A_LENGTH, wide.end())
        stop = wide.end() if wide else self.at
        if not wide and say.STANDS.search(noun.group()) and self._match(say.FROM):
            return None  # "the front is 5 km from Bardville"
        where = say.BELT_WHERE.match(self.text, stop, self.ceiling)
        phrase = self._phrase(where.end()) if where else None
        if noun["zone"] and where is None and not wide:
            around, phrase = self._belt_phrase(stop)
            if phrase is not None and around in say.AROUND_WORDS:
                return self._found(_belt(noun.group(), around, phrase), stop, phrase=phrase, filled=True)
        if noun["zone"] and (
            wide and not noun["held"] or where or say.SAFETY.search(noun.group()) or say.BUFFER.search(noun.group())
        ):
            how = where.group().split()[-1].strip(" ,").lower() if where else ""
            belt = _belt(noun.group(), how, phrase)
            return self._found(belt, stop, phrase=phrase, filled=True, backwards=phrase is None)
        if noun["front"] and (wide or where):
            return self._found("along", stop, phrase=phrase, backwards=where is None)
        return None

    def _into(self) -> Found | None:
        if self.into is None:
            return None
        words = self.into.group().lower()
        if self.q.high < 30 and "deep" in words:
            return None  # snow
        phrase = self._phrase(self.into.end())
        if self.within and words.endswith(("within", " in")):
            return None
        if words.endswith("within") and not _territory(phrase) and not (phrase and phrase.kind == "border"):
            return None
        if "behind" in words:
            return self._found("from", self.into.end(), phrase=phrase)
        compass = say.COMPASS_WORD.search(words)
        direction = direction_of(compass.group()) if compass else None
        return self._found("into", self.into.end(), phrase=phrase, direction=direction)

    def _zone_before(self) -> Found | None:
        """Read "raised the exclusion zone around the crater to 7 km": the zone and its middle stand before."""
        zone = say.ZONE_AROUND.search(self.left)
        if zone is None:
            return None
        phrase = self._phrase(self.begin - len(self.left) + zone.start("what"))
        return self._found("radius", self.at, phrase=phrase, filled=True) if phrase else None

    def _between(self) -> Found | None:
        """Read "a 10-mile stretch of highway between A and B" and "734 miles of the river from A to B"."""
        way = self._match(say.STRETCH_OF_WAY) or self._match(say.OF_THE_RIVER)
        link = say.FROM_TO.match(self.text, way.end(), self.ceiling) if way else None
        if link is None or say.OWNS.search(self.left):
            return None
        first = self._phrase(link.end())
        to = say.TO_AND.match(self.text, first.end, self.ceiling) if first and first.names else None
        second = self._phrase(to.end()) if to else None
        if first is None or second is None or not second.names:
            return None
        both = replace(first, end=second.end, names=(*first.names, *second.names), kind=second.kind)
        return self._found("between", both.end, phrase=both)

    def _length(self) -> Found | None:
        along = self._match(say.LONG_ALONG)
        phrase = self._phrase(along.end()) if along and say.BARRIER.search(self.left) else None
        if along and phrase and phrase.kind in LINES:
            return self._found("along", along.end(), phrase=phrase)
        return self._none(A_LENGTH) if self._match(say.LENGTH_RIGHT) else None

    def _along(self) -> Found | None:
        match = self._match(say.ALONG)
        if match is None or (self.within and match["line"]):
            return None
        begins = match.end() if match["line"] is None else match.start() + match.group().lower().find("of") + 2
        phrase = self._phrase(begins)
        travelled = say.TRAVEL.search(self.left) and not say.BARRIER.search(self.left)
        if say.FOR_LEFT.search(self.left) and not (phrase and phrase.names):
            return self._none(A_LENGTH, match.end())  # "will run for 180 km along the frontier"
        if match["line"] is None and (travelled or not (phrase and phrase.kind in LINES)):
            return self._none(A_LENGTH, match.end())
        if match["line"] and say.OWNS.search(self.left):
            return self._none(A_LENGTH, match.end())
        before = say.ALONG_BEFORE.search(self.left)
        if before:
            self.begin -= len(before.group())
        return self._found("along", match.end(), phrase=phrase)

    def _around(self) -> Found | None:
        match = self._match(say.AROUND)
        return self._found("radius", match.end(), phrase=self._phrase(match.end()), filled=True) if match else None

    def _direction(self) -> Found | None:
        match = self.compass
        if match is None or (self.within and not match["of"]):
            return None
        direction, stop = direction_of(match["dir"]), match.end()
        if match["of"]:
            if match["of"].strip(" ,").lower() == "to" or say.STRETCHED_FOR.search(self.left):
                return self._none(A_LENGTH, stop)
            return self._found("direction_of", stop, direction=direction, phrase=self._phrase(stop), filled=self.within)
        if say.TRAVEL.search(self.left) or say.MOVE_INTO.search(self.left):
            return self._none(TRAVELLED, stop)
        if say.NAME_NEXT.match(self.text, stop, self.ceiling):
            return self._found("direction_of", stop, direction=direction, phrase=self._phrase(stop))
        if say.TO_THE.search(match.group()):
            return self._found("direction_of", stop, direction=direction, backwards=True)
        return self._none(FROM_NOWHERE, stop)

    def _close_to(self) -> Found | None:
        match = self._match(say.TO_CLOSE)
        if match is None or not say.CLOSE.search(self.text, max(self.floor, self.q.start - 40), self.q.start):
            return None
        phrase = self._phrase(match.end())
        return self._found("from", match.end(), phrase=phrase) if phrase else None

    def _sea(self) -> Found | None:
        """Read "12 miles out to sea" and "30 miles inland": a coast that is not named."""
        named = self._match(say.FROM)
        for pattern, relation in ((say.SEA, "off"), (say.INLAND, "from")):
            match = self._match(pattern)
            if match and not (named and named["how"].lower() in ("from", "off", "of")):
                return self._found("off" if relation == "off" else "from", match.end(), implied="coast")
        return None

    def _in_land(self) -> Found | None:
        """Read "a couple of miles in Iraqi territory": as far inside it."""
        match = self._match(say.IN_LAND)
        phrase = self._phrase(match.end()) if match else None
        if match is None or phrase is None or phrase.head not in say.LANDS or not (phrase.names or phrase.possessor):
            return None
        return self._found("into", match.end(), phrase=phrase)

    def _away(self, stop: int) -> Found:
        """Read "N km away" from nothing that follows: of what was called the nearest, or of all that was hit."""
        nearest = say.NEAREST_BEFORE.search(self.left)
        phrase = self._phrase(self.begin - len(self.left) + nearest.start("what")) if nearest else None
        if phrase is not None:
            return self._found("from", stop, phrase=phrase)
        unsaid = say.HEARD.search(self.left) or say.RANGE_LEFT.search(self.left)
        if self.bound == "max" and say.FAR.search(self.words or "") and not unsaid:
            return self._found("radius", stop, filled=True, backwards=True)
        if say.SPOT_BEFORE.search(self.left) and not unsaid:
            return self._found("from", stop, backwards=True)
        return self._none(FROM_NOWHERE, stop)

    def _from(self) -> Found | None:
        match = self._match(say.FROM)
        if match is None:
            away = self._match(say.AWAY)
            return self._away(away.end()) if away else None
        how, short, stop = match["how"].lower(), (match["short"] or "").lower(), match.end()
        phrase = self._phrase(stop)
        kind = phrase.kind if phrase else None
        if self.within:
            return self._found("within", stop, phrase=phrase, filled=True)
        if how in ("beyond", "behind", "across", "over", "past"):
            if kind == "border" and how != "behind":
                return self._found("into", stop, phrase=phrase)
            known = kind in ("settlement", "facility", "river", "other", None)
            past = how in ("beyond", "past") and phrase and phrase.names and known
            if past and say.TRAVEL.search(self.left):
                return self._none(TRAVELLED, stop)
            return self._found("from", stop, phrase=phrase) if kind == "frontline" or how == "behind" or past else None
        if how == "outside" and (say.FOR_LEFT.search(self.left) or "apart" in match.group().lower()):
            return self._none(A_LENGTH, stop)  # "queued for 3 km outside Bardville"
        if how in ("down", "up", "ahead") or how == "before" and not (phrase and phrase.names):
            return None
        if how == "of" and not short and not match.group().lower().endswith("out of"):
            return self._found("along", stop, phrase=phrase) if kind in LINES else self._none(A_LENGTH)
        if phrase is None and how in ("from", "of"):
            where = say.WHERE.match(self.text, stop, self.ceiling)
            phrase = Phrase(start=where.start(1), end=where.end(1), kind="other") if where else None
        if phrase is None:
            return None
        if not phrase.names and say.APART.search(_before_comma(self.text[phrase.start : phrase.end + 12])):
            return self._none("it is a distance between people")
        if how == "from" and say.UNDONE.match(self.text, phrase.start):
            return self._none("it is measured from no place on the map", stop)
        travelled = say.TRAVEL.search(self.left) and not say.FRONT_RUNS.search(self.left)
        if how == "from" and not short and kind not in LINES and travelled:
            return self._none(TRAVELLED, stop)
        if self.bound == "max" and "as far" in (self.words or ""):
            return self._found("radius", stop, phrase=phrase, filled=True)
        off = how == "off" or (kind == "coast" and how in ("from", "of"))
        return self._found("off" if off else "from", stop, phrase=phrase)

    def _river(self) -> Found | None:
        match = self._match(say.UP_RIVER) if self.q.low >= 1000 else None
        if match and (self.q.high > 50_000 or say.CRAFT.search(self.left)):
            return self._none(A_DEPTH, match.end())
        return self._found("from", match.end(), phrase=self._phrase(match.end())) if match else None

    def _height(self) -> Found | None:
        return self._none(A_DEPTH) if self._match(say.DEPTH_RIGHT) else None

    def _within(self) -> Found | None:
        if not self.within or say.VISIBILITY.search(self.left):
            return None
        if say.BETWEEN_PEOPLE.match(self.text, self.q.end, self.ceiling):
            return self._none("it is a distance between people")
        before = say.FROM_BEFORE.search(self.left)
        if before:
            self.begin -= len(before.group())
        return self._found("within", self.at, filled=True, backwards=True)

    # --- what reads like a location and is none

    def _reason_not_to_draw(self, found: Found) -> str | None:
        phrase = found.phrase
        if self.q.low > say.EARTH_HALF_M:
            return "it is farther than anything on Earth"
        if phrase is None:
            return None
        words = self.text[phrase.start : phrase.end]
        if say.NAMED_CRAFT.match(words) or say.CRAFT_OF.match(self.text, phrase.start, self.ceiling):
            return "it is measured from something that moves"
        if say.HEAVENS.fullmatch(words) or say.IN_THE_AIR.match(words):
            return "it is measured from no place on the map"
        if found.relation == "into" and say.FLEW.search(self.left) and say.OPEN_SEA.search(words):
            return TRAVELLED
        if found.relation == "from" and say.TO_PLACE.match(self.text, phrase.end, self.ceiling):
            return A_LENGTH
        if phrase.names or phrase.kind in LINES:
            return None
        return self._reason_without_name(found, phrase, words)

    def _reason_without_name(self, found: Found, phrase: Phrase, words: str) -> str | None:
        loose = phrase.kind not in ("country", "settlement") and not words.startswith("where")
        if (
            loose
            and found.relation in ("into", "from", "off")
            and self.q.high < 12_000
            and say.VERTICAL.search(self.left)
            and not say.FIRED.search(self.left)
        ):
            return "it is a fall, a climb or a hole"
        if phrase.kind not in ("country", "frontline") and say.NEAREST.match(words):
            return "it is measured from no certain place"
        words = say.ARTICLE.sub("", words)
        if phrase.located is None and say.MOVING.fullmatch(words):
            return "it is measured from something that moves"
        last = say.LAST_WORD.search(words)
        if say.NO_PLACE.match(words) or say.NOT_LAND.match(words) or (last and say.NOT_LAND.fullmatch(last.group())):
            return "it is measured from no place on the map"
        if found.relation == "into":
            travelled = say.TRAVEL.search(self.left) and not say.THRUST.search(self.left)
            return TRAVELLED if phrase.kind != "country" and travelled else None
        if found.relation in ("from", "within", "radius", "direction_of", "off"):
            certain = say.DEFINITE.match(self.text, phrase.start) or phrase.kind or phrase.located
            vague = say.INDEFINITE.match(self.text, phrase.start) or not certain
            if vague and not say.NAMED_NEAR.match(self.text, phrase.end, self.ceiling):
                return "it is measured from no certain place"
        return None

    # --- helpers of the rules

    def _along_the(self) -> bool:
        """Tell whether "along the" leads to the number: "along the more than 4,000-mile border with Peru"."""
        return say.ALONG_THE.search(self.text, max(self.floor, self.begin - 20), self.begin) is not None

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.match(self.text, self.at, self.ceiling)

    def _phrase(self, position: int) -> Phrase | None:
        return phrase_after(self.text, position, ceiling=self.ceiling, shouting=self.shouting)

    def _belt_phrase(self, stop: int) -> tuple[str, Phrase | None]:
        """Find what a belt lies around or along: the first phrase after it that names a place or a line."""
        first: tuple[str, Phrase | None] = ("", None)
        position = stop
        for _ in range(4):
            after = say.AFTER_ZONE.match(self.text, position, min(self.ceiling, stop + 110))
            if after is None:
                break
            how, phrase = after["how"].lower(), self._phrase(after.end())
            position = after.end() - 1
            if phrase is None:
                continue
            if phrase.names or phrase.kind in LINES:
                further = say.ALONG_NEXT.match(self.text, phrase.end, self.ceiling) if how == "in" else None
                line = self._phrase(further.end()) if further else None
                return ("along", line) if line and line.kind in LINES else (how, phrase)
            apart = how in say.AROUND_WORDS or how == "between"
            if first[1] is None and (phrase.kind not in ("country", None) or apart):
                first = how, phrase
        return first

    def _none(self, reason: str, stop: int | None = None) -> Found:
        return self._found("other", self.q.end if stop is None else stop, not_drawn=reason)

    def _found(
        self,
        relation: Relation,
        stop: int,
        *,
        direction: Direction | None = None,
        phrase: Phrase | None = None,
        filled: bool = False,
        backwards: bool = False,
        implied: ReferenceKind | None = None,
        not_drawn: str | None = None,
    ) -> Found:
        low, high, bound = _bounds(self.q, self.bound, filled=filled)
        return Found(
            start=self.begin,
            end=max(stop, phrase.end if phrase else 0),
            quantity=self.q,
            relation=relation,
            low_m=low,
            high_m=high,
            bound=bound,
            hedge=self.words,
            direction=direction,
            phrase=phrase,
            backwards=backwards,
            implied=implied,
            not_drawn=not_drawn,
        )


def _before_comma(words: str) -> str:
    return words.partition(",")[0]


def _territory(phrase: Phrase | None) -> bool:
    """Tell whether "within" means inside it ("1.7 miles within Freedonian waters") or near it."""
    if phrase is None:
        return False
    return phrase.kind == "country" or phrase.kind in ("region", None) and bool(phrase.names or phrase.possessor)


def _belt(words: str, how: str, phrase: Phrase | None) -> Relation:
    """Tell a belt along a line from a disc around a place."""
    if phrase and phrase.kind in ("border", "frontline"):
        return "buffer"
    if how in say.AROUND_WORDS or say.CIRCLE.search(words):
        return "radius"
    return "radius" if say.SAFETY.search(words) and not say.SURELY_BUFFER.search(words) else "buffer"


def _bounds(q: Quantity, bound: Bound, *, filled: bool) -> tuple[float | None, float | None, Bound]:
    """Turn a quantity and its hedge into the metres that the words allow; a filled shape begins at nothing."""
    if filled:
        return 0.0, q.high, "max"
    if q.is_range:
        return q.low, q.high, "range"
    if bound == "max":
        return 0.0, q.high, "max"
    if bound == "min":
        return q.low, None, "min"
    if q.vague and q.low != q.high:
        return q.low, q.high, "approx"
    return q.low, q.high, bound
