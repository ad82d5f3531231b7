"""People killed, wounded, captured, missing or displaced: how many, of whom, and with which bound."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from geo import lazy_re as re
from geo.claims.hedges import Hedge, hedge_before
from geo.claims.model import Bound
from geo.claims.openings import openings_in
from geo.claims.quantities import Amount, numbers_in

What = Literal["killed", "wounded", "captured", "missing", "displaced"]

_TRIGGERS: dict[What, str] = {
    "killed": (
        "shot dead|lost|killed|killing|kills|kill|dead|died|dies|die|dying|deaths?|fatalities|slain|lives|perished|"
        "massacred|executed|"
        "death toll|toll|fatally|bodies|corpses|murdered|drowned|drown|gunned down|lost their lives|fallen"
    ),
    "wounded": "wounded|wounding|wounds|injured|injuring|injures|injuries|hurt|hospitali[sz]ed|maimed",
    "captured": "captured|capturing|prisoners?|taken prisoner|hostages?|abducted|kidnapp?ed|detained|arrested|"
    "surrendered",
    "missing": "missing|unaccounted for",
    "displaced": "displaced|displacing|evacuated|fled|fleeing|homeless|uprooted|refugees",
}
_WHAT: dict[str, What] = {}
for _what, _words in _TRIGGERS.items():
    for _word in _words.split("|"):
        _WHAT[_word.replace("s?", "").replace("[sz]", "s").replace("p?", "")] = _what
_PATTERN = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{what}>{words})" for what, words in _TRIGGERS.items()) + r")(?![\w-])", re.I
)
COUNT_OPENINGS = openings_in(word for words in _TRIGGERS.values() for word in words.split("|"))
_PEOPLE = (
    "people|persons?|men|women|children|troops?|soldiers?|servicemen|servicemembers|service members|militants?|"
    "fighters?|civilians?|"
    "officers?|policemen|police|rebels?|insurgents?|terrorists?|gunmen|personnel|others|residents|villagers|"
    "passengers|migrants|"
    "Palestinians|Israelis|Ukrainians|Russians|Armenians|Azerbaijanis|Syrians|Iraqis|Americans|Turks|Lebanese|"
    "Afghans|Georgians|"
    "deaths?|fatalities|casualties|injuries|lives|victims?|guards?|peacekeepers?|journalists?|workers?|students?|"
    "protesters?|bodies|"
    "crew|sailors?|pilots?|members?|commanders?|combatants?|militiamen|separatists?|prisoners?|hostages?|refugees|"
    "families|"
    "inhabitants|demonstrators|pilgrims|tourists|aid workers|medics|doctors|patients|girls?|boys?|woman|man|child|"
    "separatist|"
    "hostage|conscripts?|reservists?|paratroopers?|marines?|jihadists?|bombers?|attackers?|assailants?|suspects?|"
    "detainees?|dead"
)
_COUNTED = re.compile(
    rf"(?P<gap>\s(?:(?:of\s(?:its|their|the|our|his)|more|other|additional|"
    rf"further)\s)?(?:[\w'’-]{{1,20}}\s){{0,4}}?)(?P<people>(?:{_PEOPLE})(?![\w-]))",
    re.IGNORECASE,
)
_ANY_PEOPLE = re.compile(_PEOPLE, re.IGNORECASE)
_LINKING = frozenset(
    "with and or in on at by from to for as but while after when including among near during per were are was "
    "is".split()
)
_BETWEEN = re.compile(
    r"(?:[,\s]{1,2}(?:[\w'’-]{1,25}|[-–—]|\d[\d,]{0,9})){0,7}?[,\s]{1,2}"
    r"(?:(?:were|was|have been|has been|had been|are|is|been|be|being|reported|confirmed|reportedly|also|left|more|"
    r"others|people|"
    r"have|has|had|presumed|feared|believed|officially|listed|as|still|remain|remained|to have been|declared)\s){0,4}$",
    re.IGNORECASE,
)
_NOT_PEOPLE = re.compile(
    r"[\s-]?(?:%|percent|per cent|km|kilomet|miles?|met(?:er|re)s?|hours?|days?|weeks?|months?|years?|year-old|"
    r"minutes?|am\b|pm\b|p\.m|a\.m|"
    r"mm\b|times|dollars|million dollars|billion|tanks?|vehicles?|aircraft|drones?|missiles?|rockets?|planes?|"
    r"houses|homes|buildings|"
    r"villages|towns|settlements|st\b|nd\b|rd\b|th\b|°|square|acres|hectares|ships?|boats?|attacks?|strikes?|cases?|"
    r"provinces)"
    r"|(?:\s(?!(?:and|or|in|on|at|from|near|of|to|by|when|as|while)\s)[A-Za-z][\w'’-]{1,20}){1,2}\s"
    r"(?:provinces|villages|towns|settlements|districts|regions|areas|cities|countries|states|camps|neighbou?rhoods)\b",
    re.IGNORECASE,
)
_RISEN = re.compile(
    r"(?:\s[^.;]{0,90})?\s(?:risen to|rose to|rises to|rising to|climbed to|climbs to|reached|reaches|reaching|"
    r"stands at|stood at|"
    r"passed|exceeded|exceeds|surpassed|topped|at|to|of|is|was|hit|now|above|grown to|put at)\s?",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"\s(?:(?:were|was|have|has|had|been|are|is|be|reported|still|also|confirmed|others|people|more)\s){0,4}", re.I
)
_SIDE = re.compile(
    r"\s(?:among|amongst|from|in|of|within)\s(?P<side>(?:its|their|the|his|"
    r"our)?\s?(?:(?!(?:as|and|when|while|after|before|amid|during)\s)[\w'’-]{1,20}\s){0,3}?(?:forces|troops|soldiers|"
    r"army|ranks|servicemen|military|personnel|fighters|side|civilians|population|sides))",
    re.IGNORECASE,
)
_AND = re.compile(r",?\s(?:and|,)\s|,\s")
_WHOLE_WAR = re.compile(
    r"\bsince\s(?:[\w'’-]{1,20}\s){0,5}?(?:(?:19|20)\d\d|began|started|erupted|broke\sout|begin|start|outbreak)\b"
    r"|\b(?:war|conflict|insurgency|uprising|rebellion)\s(?:has|have|had)\s",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:worst|deadliest|heaviest|biggest|largest|first|most|bloodiest|highest|fiercest|gravest|worse)\b", re.I
)
_BOTH = re.compile(r"\s(?:on|from)\s(?:both|each|either|all)\s(?:of the\s)?sides?\b", re.I)
_NUMBER_OF = re.compile(
    r"\b(?:the\s)?(?:total\s)?number\sof\s(?P<whom>(?:[\w'’-]{1,20}\s){0,4}?)(?:(?:who|that)\s)?"
    r"(?:(?:have|has|had|were|was|are|been|reported|confirmed|officially|known|being|to)\s){0,4}$",
    re.IGNORECASE,
)
_THAT_WAR = re.compile(
    r"\b(?:(?:that|their last|the last|an earlier|the earlier|a previous|the previous|(?:first|second) world)\s"
    r"(?:war|conflict|genocide|uprising)|"
    r"(?:the|a|their)\s(?:19|20)\d\d\s(?:[\w-]{1,20}\s)?(?:war|conflict|fighting|clashes|genocide|uprising))\b"
    r"(?=[^.;:]{0,40}\b(?:killed|left|cost|claimed|displaced|saw|wounded)\b)"
    r"|\bwar\b[^.;:]{0,120}\s(?:that|which)\s(?:killed|cost|claimed|displaced)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:in|of|during|between)\s(?:(?:early|late|mid|the)[\s-]){0,2}(?P<year>(?:19|20)\d\d)\b", re.I)
_COMPARED = re.compile(r"\b(?:since|than|after|before|until|following|like|as in|from)\b[^.;:]{0,60}$", re.I)
_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|overnight|this (?:week|month|year))\b", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCount:
    """A count of people in the text."""

    start: int
    end: int
    what: What
    value: int
    bound: Bound
    hedge: str | None
    whom: str | None
    total: bool = False  # a running toll, not the deaths of one event


def find_counts(text: str, start: int, end: int, *, published: date | None = None) -> Iterator[FoundCount]:
    """Yield the counts of a sentence in order; a number is used once, and one without people or a toll is none.

    The dead of an earlier war or year than the publication's are none of this report's.
    """
    end = min(end, start + 3000)  # a longer sentence is no sentence
    triggers = list(_PATTERN.finditer(text, start, end))
    if not triggers:
        return
    past = _past_from(text, start, end, published)
    last: FoundCount | None = None
    for amount in numbers_in(text, start, end):
        if (
            text[amount.start : amount.end].lower() == "many"
            or amount.vague
            and amount.high >= 1e5
            or amount.value != int(amount.value)
            and not amount.vague
        ):
            continue
        if amount.start >= past:
            return
        if text[max(start, amount.start - 3) : amount.start].lower() == "no ":
            continue
        if text.startswith(" of them", amount.end) or last and _WERE.match(text, amount.end, end):
            continue  # a part of a count that was given
        if _SHARE.match(text, amount.end, end) or _SHARE_BEFORE.search(
            text, max(start, amount.start - 20), amount.start
        ):
            continue  # "one in five children"
        if _IN_PEOPLE.match(text, amount.end, end):
            continue  # "6,500 families (32,000 people)": the people count
        if _NOT_PEOPLE.match(text, amount.end, end) or _is_of_a_date(text, amount):
            continue
        found = _count(text, start, end, amount, triggers, last)
        if found is not None:
            last = found
            yield found


_WERE = re.compile(rf"\s(?:were|are|was|is)\s(?:{_PEOPLE})(?![\w-])", re.I)
_SHARE = re.compile(
    r"\s(?:in|out of)\s(?:every\s)?(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twenty)\s[a-z]", re.I
)
_SHARE_BEFORE = re.compile(
    r"\b(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine)\s(?:in|out of)\s(?:every\s)?$", re.I
)
_IN_PEOPLE = re.compile(r"\s(?:families|households)\s\((?:[a-z]{1,10}\s){0,2}\d", re.I)
_WITH_WOUNDED = re.compile(
    r"(?:killed|dead)\s(?:and|or)\s(?:wounded|injured|missing)(?![\w-])(?!\s(?:\d|more|at least|about))", re.I
)


def _past_from(text: str, start: int, end: int, published: date | None) -> int:
    """Return where a sentence begins to tell of an earlier war or year: its end, where it only compares with one."""
    if war := _THAT_WAR.search(text, start, end):
        return war.start()
    if published is None or _DAY.search(text, start, end):
        return end
    years = [
        int(match["year"])
        for match in _YEAR.finditer(text, start, end)
        if not _COMPARED.search(text, max(start, match.start() - 80), match.start())
    ]
    return start if years and max(years) < published.year else end


_MONTH = r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?\s"
_BEFORE_A_DAY = re.compile(rf"{_MONTH}$")
_BEFORE_A_YEAR = re.compile(
    rf"(?:{_MONTH}(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s)?"
    r"|\b(?:[Ee]arly|[Ll]ate|[Mm]id|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)[ -])$"
)


def _is_of_a_date(text: str, amount: Amount) -> bool:
    if not text[amount.start : amount.end].isdigit():
        return False
    before = text[max(0, amount.start - 20) : amount.start]
    if not 1900 <= amount.value <= 2100:
        return amount.value <= 31 and _BEFORE_A_DAY.search(before) is not None
    introduced = before.lower().rstrip().endswith(("in", "since", "of", "a", "the", "by", "until"))
    return introduced or _BEFORE_A_YEAR.search(before) is not None


def _count(
    text: str, start: int, end: int, amount: Amount, triggers: list[re.Match[str]], last: FoundCount | None
) -> FoundCount | None:
    hedge = hedge_before(text, amount.start, floor=start)
    counted = _COUNTED.match(text, amount.end, min(end, amount.end + 90))
    if counted and amount.value > 1 and _ANY_PEOPLE.fullmatch(counted["people"] + "s"):
        counted = None  # "two rebel groups"
    if counted and not _LINKING.isdisjoint(counted["gap"].lower().split()):
        counted = None
    stop = counted.end() if counted else amount.end
    whom = text[amount.end : stop].strip().removeprefix("of ") if counted else None
    trigger = _trigger_for(text, start, end, hedge, amount, stop, counted is not None, triggers)
    what: What
    if trigger is not None:
        what = trigger.lastgroup  # type: ignore[assignment]  # the groups are named so
        if whom and whom.lower().split()[-1] in ("injuries", "wounded"):
            what = "wounded"
        stop = max(stop, trigger.end()) if trigger.start() >= amount.end else stop
        begin = min(hedge.start, trigger.start()) if trigger.end() <= amount.start else hedge.start
    elif last and counted and _AND.fullmatch(text, last.end, hedge.start):  # "killing nine rebels and four civilians"
        low, bound = _bounds(amount, hedge)
        return FoundCount(
            start=hedge.start, end=stop, what=last.what, value=int(low), bound=bound, hedge=hedge.words, whom=whom,
            total=last.total,
        )  # fmt: skip
    else:
        return None
    both = _BOTH.match(text, stop, end)
    side = _SIDE.match(text, stop, end) if not both else None
    if both:
        stop = both.end()
    elif side:
        whom, stop = side["side"].strip(), side.end()
    low, bound = _bounds(amount, hedge)
    words = hedge.words
    if (mixed := _WITH_WOUNDED.match(text, trigger.start(), end)) and trigger.start() >= amount.end:
        if bound == "min":
            return None  # "more than 20 killed and wounded" says nothing of the killed alone
        stop, bound, words = max(stop, mixed.end()), "max", mixed.group()  # at most so many were killed
    toll, number_of = trigger.group().lower() in ("toll", "death toll"), _number_of(text, start, trigger)
    if toll and trigger.end() < amount.start:
        inner = _SIDE.match(text, trigger.end(), amount.start)
        whom = inner["side"].strip() if inner else whom
    if number_of and trigger.end() < amount.start:
        toll, begin, whom = True, number_of.start(), (number_of["whom"] or "").strip() or None
    if whom and whom.lower() in (
        "deaths",
        "death",
        "dead",
        "fatalities",
        "injuries",
        "lives",
        "casualties",
        "others",
        "people",
    ):
        whom = None if whom.lower() not in ("others", "people") else whom
    return FoundCount(
        start=begin, end=stop, what=what, value=int(low), bound=bound, hedge=words,
        whom=(f"{whom}, both sides" if whom else "both sides") if both else whom,
        total=toll or _of_whole_war(text, start, end),
    )  # fmt: skip


def _bounds(amount: Amount, hedge: Hedge) -> tuple[float, Bound]:
    """Return the number and its bound: "thousands" are at least 2,000, and never an approximate number."""
    if amount.low == amount.high:
        return amount.low, hedge.bound
    if not amount.vague:
        return amount.low, "range"
    return (amount.high, "max") if hedge.bound == "max" else (amount.low, "min")


def _of_whole_war(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence sums up a war ("since 2014", "the war has killed"); "the worst day since" does not."""
    found = _WHOLE_WAR.search(text, start, end)
    return found is not None and _MOST.search(text, max(start, found.start() - 80), found.start()) is None


def _number_of(text: str, start: int, trigger: re.Match[str]) -> re.Match[str] | None:
    """Return "the number of Armenian troops" that stands right before what became of them."""
    return _NUMBER_OF.search(text, max(start, trigger.start() - 100), trigger.start())


_PARTICIPLES = frozenset(
    "killed wounded injured hurt captured missing displaced dead died hospitalised hospitalized evacuated".split()
)


def _trigger_for(
    text: str,
    start: int,
    end: int,
    hedge: Hedge,
    amount: Amount,
    stop: int,
    counted: bool,
    triggers: list[re.Match[str]],
) -> re.Match[str] | None:
    """Return the word that says what became of the counted people: in them, right before, or after them."""
    for trigger in triggers:
        if amount.end <= trigger.start() < stop:  # "77 deaths", "12 dead"
            if trigger.group().lower() in ("lost", "prisoners", "hostages", "refugees", "prisoner", "hostage"):
                continue
            return trigger
    for trigger in triggers:
        if trigger.start() >= stop and trigger.start() - stop < 30 and trigger.group().lower() in _PARTICIPLES:
            if _AT_ONCE.fullmatch(text, stop, trigger.start()):
                return trigger  # "dozens injured", "300 people still missing"
            break
    before = [t for t in triggers if t.end() <= hedge.start]
    if before:
        nearest = before[-1]
        gap = text[nearest.end() : hedge.start]
        word = nearest.group().lower()
        if word in ("toll", "death toll") or _number_of(text, start, nearest):
            if _RISEN.fullmatch(gap[:130]):
                return nearest
        elif word == "lives" and gap.strip().lower() == "of":
            return nearest
        elif word == "lost" and not counted:
            pass
        elif word not in ("dead", "deaths", "death", "lives", "missing", "prisoners", "bodies") or gap.strip() in (
            ":",
            "at",
        ):
            near = re.fullmatch(r"\s(?:[a-z]{1,12}\s){0,2}|\s(?:the lives of|least|another|and|,)\s?", gap)
            who = _WHO_THEY_WERE.match(gap) and not text[start : nearest.start()].lower().endswith("also ")
            if near and not who and not re.search(r"\b(?:in|on|by|with|for|to|after|from|during|when|since)\b", gap):
                return nearest
    for trigger in triggers:
        if trigger.start() >= stop:
            gap = text[stop : trigger.start()]
            word = trigger.group().lower()
            if len(gap) > 90 or re.search(r"[;:]", gap):
                return None
            active = word in (
                "lost",
                "killing",
                "wounding",
                "injuring",
                "kills",
                "kill",
                "displacing",
                "capturing",
                "deaths",
                "toll",
                "lives",
                "injures",
            )
            if active or word in ("killed", "wounded", "captured", "injured") and not _passive(gap, counted):
                return None
            if counted and _BETWEEN.search(gap + "") or not counted and len(gap) < 25:
                return trigger
            return None
    return None


_WHO_THEY_WERE = re.compile(
    r"\s(?:were|are|was|is|included?)\b", re.I
)  # "the three killed were a couple aged 61 and 64"
_PASSIVE = re.compile(
    r"(?:\b(?:were|was|been|be|being|are|is|left|reported|confirmed|feared|others|more)\b[\s,\w-]{0,40}|"
    r"^\s?(?:[\w-]+\s)?|^\s?and\s\d{1,6}\s)$",
    re.IGNORECASE,
)


def _passive(gap: str, counted: bool) -> bool:
    return _PASSIVE.search(gap[-70:]) is not None
