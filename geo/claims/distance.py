"""Distances in an article that place something: relation, bounds, direction, references; and those that place nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geo.claims.direction import COMPASS, direction_of
from geo.claims.hedges import Hedge, hedge_after, hedge_before
from geo.claims.model import Bound, Direction, ReferenceKind, Relation
from geo.claims.quantities import Quantity
from geo.claims.references import Phrase, phrase_after


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


_ZONES = (
    "zone|area|perimeter|belt|strip|cordon|circle|buffer|corridor|swath|swathe|band|bubble|limit|exclusion|ring|arc|"
    "security|safe|pocket|wide zone|bridgehead|foothold|salient"
)
_SAFETY = re.compile(
    r"no-?[ -]?(?:fly|go|sail|entry|drive|flight|drone)|exclusion|evacuation|de-?confliction|danger|restricted|hazard|safety|"
    r"contamination|quarantine|containment|alienation|surveillance|protection|shelter|closure|closed|prohibited|fishing|"
    r"control|search|blast|warning|hot|red",
    re.IGNORECASE,
)
_BUFFER = re.compile(
    r"buffer|demilitari[sz]ed|de-militari[sz]ed|security|safe|sanitary|weapons?-free|military|neutral|gray|grey|"
    r"withdrawal|disengagement|separation|terror|deep|wide|border|heavy weapons",
    re.IGNORECASE,
)
_ADJ = r"(?:[\s-]{1,2}(?:deep|wide|long|broad|thick|strong))?"
_FILL = r"(?:[\s-]{1,2}[\"“”'‘’]?[\w-]{1,20}){0,3}?"
_COMPOUND = re.compile(
    rf"{_ADJ}(?P<fill>{_FILL})[\s-]{{1,2}}[\"“'‘]?(?:(?P<radius>radius|radii)|(?P<zone>{_ZONES})"
    r"|(?P<stretch>stretch|section|segment|portion|sector|front|front ?line|frontlines|length|chunk|slice|sliver)"
    r"|(?P<barrier>barrier|wall|fence|fencing|trench|ditch|line of defen[cs]e|moat|berm|fortifications?|barricade)"
    r"|(?P<limit>range|missile|missiles|rocket|rockets|artillery)"
    r"|(?P<length>border|frontier|boundary|bridge|tunnel|road|highway|motorway|route|railway|railroad|rail|track|pipeline|"
    r"canal|convoy|column|traffic|queue|tailback|race|marathon|run|walk|march|trek|journey|flight|trip|drive|ride|hike|"
    r"voyage|course|coastline|coast|river|path|trail|chain|relay|line|crater|runway|causeway|street|detour|commute|"
    r"swim|pilgrimage|tour|stage|lap|crossing|plume|column of smoke|tunnels|cable|mountain|peak|waterway|channel))"
    r"[\"”'’]?(?![\w-])",
    re.IGNORECASE,
)
_LINKING = frozenset(
    "of from to into off north south east west away inside within along around in at on and or is was the a an its their across "
    "beyond over past behind by up down out outside near short between for as with through towards toward northeast northwest "
    "southeast southwest ahead before after under above below upstream downstream inland further farther back apart per".split()
)
_AFTER_ZONE = re.compile(
    r"(?:[\s,]{1,2}[\w“”\"'-]{1,20}){0,6}?[\s,]{1,2}(?P<how>around|surrounding|along|alongside|between|on either side of|"
    r"on both sides of|either side of|both sides of|from|of|inside|into|within|on|in|separating|across|off|near|encircling|at)\s",
    re.IGNORECASE,
)

_SKIP = re.compile(r"\s?(?:--|[—–,])\s?[^,;:.()—–]{1,60}?(?:--|[—–,])(?=\s?(?:from|off|of|north|south|east|west|away)\b)", re.I)
_DIRECT = re.compile(
    r"[\s,]{0,2}(?:as the crow flies,?\s|by (?:road|air|sea|rail|land),?\s|away\s(?=[nsew(]))?"
    r"(?:to\s+(?:the\s+)?|towards?\s+the\s+|on\s+the\s+|in\s+the\s+|(?:further|farther|away|out|straight)\s+)?(?:due\s+)?"
    rf"(?P<dir>{COMPASS})(?![\w])(?:(?:,|\sand|\sor|,\sand)\s(?:{COMPASS})(?![\w])){{0,3}}"
    r"(?:\s+(?:side|direction)(?=\s+of))?(?P<of>[\s,]{1,2}(?:of|from|off|outside|to)(?:\s+the\s+(?:coast|shores?)\s+of)?\b)?",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"[\s,]{0,2}(?:as the crow flies,?\s|by (?:road|air|sea|rail|land),?\s)?(?:(?:or so|further|farther|southward|back|apart|out|clear|distance)\s)?"
    r"(?:(?P<in>in)?(?P<short>short|shy|clear|upstream|downstream|upriver|downriver|inland|distant|removed|out|offshore|uphill|outside|up the coast|down the coast)\s)?"
    r"(?:away\s)?(?P<how>from|of|off|outside|beyond|behind|across|over|past|ahead|before|down|up)(?![\w-])(?:\sof\b)?",
    re.IGNORECASE,
)
_AWAY = re.compile(r"\s(?:away|distant|off|apart)\b", re.I)
_INTO = re.compile(
    r"[\s,]{0,2}(?:(?:or so|further|farther|deep|deeper|of ground|of territory|away|straight|across the border|over the border|"
    r"beyond the border|in depth|northwards?|southwards?|eastwards?|westwards?|north|south|east|west|north-?east|north-?west|south-?east|south-?west)[\s,]{1,2}){0,3}"
    r"(?P<how>into|inside|within|in(?=\s+from)|deep in|deep within|deep behind|behind)\b(?:\sof\b)?",
    re.IGNORECASE,
)
_DEEP_IN = re.compile(r"[\s-]deep\s(?:in|within|behind|beyond|across)\b", re.I)
_ACROSS = re.compile(r"\s(?:across|over|beyond|past|behind)\b", re.I)
_ALONG = re.compile(
    r"[\s,]{0,2}(?:(?:long|wide)\s)?(?:along|of\s(?:(?:the|its|their|shared|common|land|disputed|mutual|a|new|open|contested|"
    r"unguarded|porous|[A-Z][\w–-]{1,20})\s){0,5}?(?P<line>border|frontier|coastline|coast|shoreline|front|front ?line|boundary|"
    r"border ?line|line of contact|beach|seashore|riverbank)s?\b)",
    re.IGNORECASE,
)
_SIDES = re.compile(r"[\s,]{0,2}(?:deep\s|wide\s)?(?:on|to|from|along|at)?\s?(?:either|both|each)\sside(?:s)?(?:\sof)?\b", re.I)
_ON_SIDE = re.compile(r"[\s,]{0,2}(?:on|to|into|inside|over|in|from)?\s?the\s(?P<whose>[A-Z][\w-]{1,25})\sside\b(?:\sof\b)?")
_INCURSION = re.compile(
    r"[\s-]{1,2}(?:[\w-]{1,20}\s){0,2}?(?:incursion|advance|push|thrust|penetration|raid|foray|offensive|breakthrough|wedge|salient|"
    r"bulge|march|dash|drive|gain|gains|invasion|infiltration|intrusion)\s(?:deep\s)?(?P<how>into|inside|across)\b",
    re.IGNORECASE,
)
_AROUND = re.compile(r"[\s,]{0,2}(?:around|round|surrounding|in radius (?:of|around|from)|radius (?:of|around|from))\b", re.I)
_SEA = re.compile(r"\s(?:out\s)?(?:to|at)\ssea\b|\soffshore\b", re.I)
_INLAND = re.compile(r"\s(?:in-?land)\b", re.I)
_WIDE = re.compile(r"[\s-](?:wide|deep|long|in (?:width|length|depth)|in radius)\b", re.I)

_LEFT_NOUN = re.compile(
    r"\b(?:(?P<zone>(?:buffer|exclusion|security|no-fly|safe|demilitari[sz]ed|danger|de-?confliction|evacuation|safety|military|"
    r"disengagement)\s(?:zone|area|strip|belt|corridor|perimeter)|cordon|perimeter|buffer|strip|belt|zone)|"
    r"(?P<front>front|stretch|section|frontline|front line|segment))"
    r"(?:\s\d[\d,.]{0,8}[\s-]?\w{1,12}(?:\s\w{1,12})?\s(?:long|wide|deep)(?:\sand|,))?,?"
    r"(?:\s(?:of|that is|which is|measuring|extending|stretching|is|was|some|being|at least|spanning|reaching|going|up to|to be)){0,3}\s{0,2}$",
    re.IGNORECASE,
)
_ALONG_LEFT = re.compile(r"\b(?:along|across|over|on)\s(?:a|an|the|its|their|about|some|roughly|nearly|almost|more than|this|that|one|\s){0,6}$", re.I)
_RANGE_LEFT = re.compile(
    r"\b(?:range|ranges|reach|capable|able to (?:hit|strike|reach|fly|travel)|can (?:hit|strike|reach|fly|travel|carry|be fired|target)|"
    r"could (?:hit|strike|reach|fly|travel)|designed to|distances? of up to|strike targets|hit targets|hitting targets|"
    r"striking targets|payload|fly (?:up to|as far)|with a maximum)\b[^.;]{0,45}$",
    re.IGNORECASE,
)
_RANGE_RIGHT = re.compile(r"[\s-](?:range|ranged|in range|of range|missile|rocket)\b", re.I)
_WEAPON = re.compile(
    r"\b(?:missiles?|rockets?|drones?|howitzers?|artillery|HIMARS|ATACMS|GMLRS|munitions?|mortars?|shells?|guns?|"
    r"weapons?|launchers?|uavs?|projectiles?|warheads?|radars?|systems?)\b",
    re.IGNORECASE,
)
_TRAVEL = re.compile(
    r"\b(?:travel(?:s|l?ed|l?ing)?|walk(?:s|ed|ing)?|dr(?:ive|ives|ove|iven|iving)|fl(?:ew|own|y|ies|ying)|hik(?:e|ed|ing)|"
    r"r(?:an|un|uns|unning)|rid(?:e|es|den|ing)|rode|cycl(?:e|ed|ing)|swam|swum|swim|swimming|trek(?:s|ked|king)?|"
    r"march(?:ed|ing|es)?|sail(?:ed|ing|s)?|journey(?:ed|s)?|trip|haul(?:ed|s|ing)?|commut(?:e|ed|es|ing)|voyage|"
    r"tow(?:ed|ing)?|transport(?:ed|ing)?|ferried|bussed|bused|trucked|airlifted|migrat(?:e|ed|ing)|drift(?:ed|ing)?|"
    r"trudg(?:e|ed|ing)|flight|flown|paddled|rowed|carried|relocated|backpacked|wandered|detour|blown|"
    r"extend(?:s|ed|ing)?|stretch(?:es|ed|ing)?|snak(?:es|ed|ing)|wind(?:s|ing)|span(?:s|ned|ning)?|lengths?)\b"
    r"(?! by\b)(?:\s(?!(?:point|place|spot|position|area|within|location)\b)[\w'’-]{1,20}){0,3}\s{0,2}$",
    re.IGNORECASE,
)
_HEARD = re.compile(r"\b(?:heard|felt|visible|seen|audible|smelled|shook|rattled|shattered)\b[^.;]{0,60}$", re.I)
_DEPTH_RIGHT = re.compile(
    r"\s(?:deep\b(?!\s+(?:in|into|inside|within|behind))|below|beneath|under(?:ground|water)?\b|underneath|above|high\b|tall\b|"
    r"in (?:height|diameter|altitude)|thick\b|down\b|up\b(?! the coast)|in the air|in depth\b(?! into)|of (?:water|snow|rain|altitude|depth)|apart\b)",
    re.IGNORECASE,
)
_UP_RIVER = re.compile(
    r"\s(?:above|below)(?=\s(?:the\s(?:town|city|village|dam|bridge|confluence|port)\b|(?-i:[A-Z])))"
    r"(?!\s(?:the\s)?(?:Earth|Sea|Mediterranean|Pacific|Atlantic|Arctic|Indian))",
    re.IGNORECASE,
)
_LENGTH_RIGHT = re.compile(
    r"[\s-](?:long\b|in length\b|of (?:roads?|railway|rail|track|tracks|pipelines?|tunnels?|highway|highways|cable|wire|fence|fencing|"
    r"wall|trenches|fortifications|river|rivers|waterways?|driving|streets|border (?:wall|fence|fencing))\b|per\b|a day\b|a second\b|"
    r"each\b|race\b|freestyle|hurdles|dash|relay)",
    re.IGNORECASE,
)
_APART = re.compile(r"\b(?:people|person|others|each other|one another|everyone|strangers|themselves|customers)\b", re.I)
_BETWEEN_PEOPLE = re.compile(r"\s(?:away from|from|between|of|apart)\s(?:other |all |any )?(?:people|others|each|one another|them)\b", re.I)
_VERTICAL = re.compile(
    r"\b(?:plunged?|plunges|plunging|f[ae]ll|falls|falling|tumbl(?:ed|ing)|drop(?:ped|s)?|dived|plummet(?:ed|s)?|slid|skidded|"
    r"jump(?:ed|s)?|leapt|climb(?:ed|s)?|descend(?:ed|s)?|drill(?:ed|ing)?|dug|digging|ros[e]|rises|rising|soar(?:ed|s)?|"
    r"spewed|billow(?:ed|ing)|shooting|erupted)\b(?:\s[\w'’-]{1,20}){0,4}\s{0,2}$",
    re.IGNORECASE,
)
_NOT_LAND = re.compile(
    r"(?:air|sky|skies|atmosphere|space|stratosphere|orbit|race|marathon|journey|flight|stage|trip|ride|trek|walk|voyage|drive|"
    r"ravine|gorge|canyon|gully|rock|ground|earth's crust|earth’s crust|earth|floor|surface|sea level|ceiling|finish|finish line|goal|"
    r"hole|pin|net|bullseye|tee|penalty spot|sun|moon|season|each other|one another|themselves|pack|leaders?|green|touchline)\b",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(r"(?:(?:his|her|their|my|your|our) (?:home|house|seat|bed|door)|course|target|track|home|orbit|space|goal|camera|contact|work|help|safety|disaster|death)\b", re.I)
_TO_PLACE = re.compile(
    r"(?:,\s[^,.;:]{1,40},)?\s(?:all the way\s|up\s|down\s|on\s|back\s|through\s[^,.;:]{1,30}\s)?to\s"
    r"(?:(?!the\s(?:north|south|east|west))(?:the|its|their|a)\s(?:[\w-]{1,20}\s){0,3}?)?(?-i:[A-Z])",
    re.IGNORECASE,
)
_INDEFINITE = re.compile(r"(?:an?|two|three|four|five|several|some|many|most|all|other|others|\d+|any|every|each|their|his|her|your|one's|people's)\b", re.I)
_OWNS = re.compile(r"\b(?:shares?|shared|sharing|has|have|had|having|with|boasts?|its|their|whose|of)\s{1,2}$", re.I)
_EARTH_HALF_M = 20_040_000.0  # nothing on Earth is farther from anything
_MOVE_INTO = re.compile(
    r"\b(?:advanc(?:e|ed|es|ing)|penetrat(?:e|ed|es|ing)|push(?:ed|es|ing)?|incursions?|thrust|infiltrat(?:ed|ing|e)|"
    r"cross(?:ed|es|ing)?|moved?|moving|intrud(?:e|ed|ing)|drove|breach(?:ed)?|wedge|broke through|breakthrough|went)\b[^.;]{0,80}$",
    re.IGNORECASE,
)
_LINE = re.compile(r"\b(?:border|frontier|front|frontline|line|lines|boundary|territory|coast)\b", re.I)

_CEILING = 260  # characters read on either side of a number


def find_distances(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> Iterator[Found]:
    """Yield what the lengths of one sentence say, in order; `start`..`end` is the sentence."""
    shouting = _shouts(text, start, end)
    previous_end = start
    for n, quantity in enumerate(quantities):
        ceiling = min(end, quantity.end + _CEILING)
        following = quantities[n + 1].start if n + 1 < len(quantities) else end
        found = _read(text, quantity, max(start, quantity.start - _CEILING), ceiling, min(following, ceiling), shouting, previous_end)
        if found is not None:
            yield found
        previous_end = quantity.end


def _shouts(text: str, start: int, end: int) -> bool:
    letters = [c for c in text[start : min(end, start + 200)] if c.isalpha()]
    return len(letters) > 20 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _read(text: str, q: Quantity, floor: int, ceiling: int, following: int, shouting: bool, previous_end: int) -> Found | None:
    found = _placed(text, q, floor, ceiling, following, shouting, previous_end)
    if found is None or found.not_drawn is not None:
        return found
    reason = _reason_not_to_draw(text, found, q, floor, ceiling)
    return replace(found, not_drawn=reason) if reason else found


def _reason_not_to_draw(text: str, found: Found, q: Quantity, floor: int, ceiling: int) -> str | None:
    """Tell why a distance that reads like a location is none, or return None."""
    left = text[max(floor, found.start - 120) : found.start]
    phrase = found.phrase
    if q.low > _EARTH_HALF_M:
        return "it is farther than anything on Earth"
    if phrase is None:
        return None
    words_where = text.startswith("where", phrase.start)
    bare = not phrase.names and phrase.kind not in ("border", "coast", "frontline", "country", "settlement")
    if bare and found.relation in ("into", "from", "off") and q.high < 12_000 and not words_where and _VERTICAL.search(left):
        return "it is a fall, a climb or a hole"
    bare = bare or not phrase.names and phrase.kind in ("country", "settlement")
    words = text[phrase.start : phrase.end]
    last = re.search(r"[\w'’]{1,20}(?:\s(?:level|other|another|crust|spot))?$", words)
    if bare and (_NO_PLACE.match(words) or _NOT_LAND.match(words) or (last and _NOT_LAND.fullmatch(last.group()))) or _HEAVENS.fullmatch(words):
        return "it is measured from no place on the map"
    if found.relation == "from" and _TO_PLACE.match(text, phrase.end, ceiling):
        return "it is the length of a way"
    if found.relation == "into" and bare and phrase.kind != "country" and _TRAVEL.search(left):
        return "it is a way travelled"
    if bare and found.relation in ("from", "within", "radius", "direction_of", "off"):
        named_near = re.compile(r"\s(?:in|off|near|at|on|of|outside|belonging to|owned by)\s[^.;:,]{0,30}?(?-i:[A-Z])").match(text, phrase.end, ceiling)
        if _INDEFINITE.match(words) and not named_near:
            return "it is measured from no certain place"
        if not _DEFINITE.match(words) and not phrase.kind and not named_near:
            return "it is measured from no certain place"
    return None


_HEAVENS = re.compile(r"(?:the\s|planet\s)?(?:Earth|Sun|Moon|Mars|Venus|Jupiter|Saturn|Pluto)", re.I)
_DEFINITE = re.compile(r"(?:the|this|that|these|those|where|its|our)\b", re.I)


def _placed(text: str, q: Quantity, floor: int, ceiling: int, following: int, shouting: bool, previous_end: int) -> Found | None:
    hedge = hedge_before(text, q.start, floor=max(floor, previous_end))
    left = text[max(floor, hedge.start - 120) : hedge.start]
    begin, bound, words = hedge.start, hedge.bound, hedge.words
    at = q.end
    after = hedge_after(text, at)
    if after is not None:
        words = words or after[1]
        bound = after[0] if bound == "exact" else bound
        at = after[2]
    if bound == "exact" and re.search(r"\+|\bplus\b", text[q.start : q.unit_start]):
        bound, words = "min", words or "plus"
    skip = _SKIP.match(text, at, ceiling)
    if skip is not None:
        at = skip.end()

    def make(
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
        low, high, kind = _bounds(q, bound, filled=filled)
        return Found(
            start=begin, end=max(stop, phrase.end if phrase else 0), quantity=q, relation=relation, low_m=low, high_m=high,
            bound=kind, hedge=words, direction=direction, phrase=phrase, backwards=backwards, implied=implied, not_drawn=not_drawn,
        )  # fmt: skip

    def phrase_at(position: int) -> Phrase | None:
        return phrase_after(text, position, ceiling=ceiling, shouting=shouting)

    within = "within" in hedge.meanings
    into = _INTO.match(text, at, ceiling) or _DEEP_IN.match(text, at, ceiling)
    if "range" in hedge.meanings or _RANGE_RIGHT.match(text, at, ceiling):
        return make("other", q.end, not_drawn="it is a range of a weapon or a craft")
    if _RANGE_LEFT.search(left) and not into and _WEAPON.search(text, floor, ceiling):
        return make("other", q.end, not_drawn="it is a range of a weapon or a craft")
    if "depth" in hedge.meanings and into is None:
        if _MOVE_INTO.search(left):
            return make("into", q.end, backwards=True)
        return make("other", q.end, not_drawn="it is a depth or a height")

    # --- belts, radii and stretches: the number belongs to a noun
    if "radius" in hedge.meanings:
        around = re.compile(r"[\s,]{0,2}(?:around|of|from|surrounding)\b", re.I).match(text, at, ceiling)
        phrase = phrase_at(around.end()) if around else None
        return make("radius", at, phrase=phrase, filled=True, backwards=phrase is None)
    side = _ON_SIDE.match(text, at, ceiling)
    if side is not None:
        return make("into", side.end(), phrase=phrase_at(side.start("whose")))
    sides = _SIDES.match(text, at, ceiling)
    if sides:
        return make("buffer", sides.end(), phrase=phrase_at(sides.end()), filled=True)
    direct = _DIRECT.match(text, at, ceiling)
    incursion = _INCURSION.match(text, at, ceiling) if into is None else None
    if incursion is not None:
        return make("into", incursion.end(), phrase=phrase_at(incursion.end()))
    if into is None and not (direct and direct["of"]):
        compound = _COMPOUND.match(text, at, ceiling)
        if compound is not None and (q.compound or not _is_plural(q) or _WIDE.match(text, at)):
            made = _compound(text, compound, make, phrase_at, left, ceiling, hedge, q)
            if made is not None:
                return made
    noun = _LEFT_NOUN.search(left)
    wide = _WIDE.match(text, at, ceiling)
    if noun is not None and not within and (into is None or noun["zone"] and wide):
        if wide and noun["zone"] and "long" in wide.group().lower():
            return make("other", wide.end(), not_drawn="it is a length")
        stop = wide.end() if wide else at
        where = re.compile(r"[\s,]{0,2}(?:(?:would|will|that|which|to|running|run|runs|stretching|extending|stretches|stretch|lying|located)\s){0,3}(?:along|on|around|from|inside|into|of|between|in|near|at|north of|south of|east of|west of)\b", re.I).match(text, stop, ceiling)
        begin = hedge.start
        if noun["zone"]:
            phrase = phrase_at(where.end()) if where else None
            if wide or where or _SAFETY.search(noun.group()) or _BUFFER.search(noun.group()):
                how = where.group().split()[-1].strip(" ,").lower() if where else ""
                return make(_belt(noun.group(), how, phrase), stop, phrase=phrase, filled=True, backwards=phrase is None)
        elif wide or where:
            return make("along", stop, phrase=phrase_at(where.end()) if where else None, backwards=where is None)

    # --- into a territory
    if into is not None:
        if re.search(r"(?:^|\s|deep )(?:within|in)$", into.group(), re.I) and within:
            into = None
        elif into.group().lower().endswith("within") and not _territory(phrase_at(into.end())):
            into = None
    if into is not None:
        phrase = phrase_at(into.end())
        if "behind" in into.group().lower():
            return make("from", into.end(), phrase=phrase)
        return make("into", into.end(), phrase=phrase, direction=_direction_in(into.group()))

    if _LENGTH_RIGHT.match(text, at, ceiling):
        return make("other", q.end, not_drawn="it is a length")

    # --- along a line
    along = _ALONG.match(text, at, ceiling)
    if along is not None and not (within and along["line"]) :
        phrase = phrase_at(along.end() if along["line"] is None else along.start() + along.group().lower().find("of") + 2)
        if along["line"] is None and _TRAVEL.search(left):
            return make("other", q.end, not_drawn="it is the length of a way")
        if along["line"] is None and not (phrase and phrase.kind in ("border", "coast", "frontline")):
            return make("other", along.end(), phrase=phrase, not_drawn="it is the length of a way")
        if along["line"] and _OWNS.search(left):
            return make("other", along.end(), phrase=phrase, not_drawn="it is the length of a line")
        left_along = re.search(r"\balong\s{1,2}$", left, re.I)
        if left_along:
            begin = hedge.start - len(left_along.group())
        return make("along", along.end(), phrase=phrase)
    around = _AROUND.match(text, at, ceiling)
    if around is not None:
        return make("radius", around.end(), phrase=phrase_at(around.end()), filled=True)

    # --- a compass direction
    if direct is not None and not within or direct is not None and direct["of"]:
        return _directional(text, q, at, left, direct, phrase_at, make, floor, within)

    # --- from, of, off
    made = _from(text, q, at, left, hedge, phrase_at, make, ceiling, floor, within)
    if made is not None:
        return made
    river = _UP_RIVER.match(text, at, ceiling)
    if river is not None:
        return make("from", river.end(), phrase=phrase_at(river.end()))
    if _DEPTH_RIGHT.match(text, at, ceiling):
        return make("other", q.end, not_drawn="it is a depth or a height")
    if within:
        if _BETWEEN_PEOPLE.match(text, q.end, ceiling):
            return make("other", q.end, not_drawn="it is a distance between people")
        prefix = re.search(r"\bfrom\s{1,2}$", left, re.I)
        if prefix:
            begin -= len(prefix.group())
        return make("within", at, filled=True, backwards=True)
    return None


def _is_plural(q: Quantity) -> bool:
    return q.unit.endswith("s") or q.unit == "feet"


def _direction_in(words: str) -> Direction | None:
    match = re.search(r"\b(?:(?:north|south|east|west)[ -]?){1,3}", words, re.I)
    return direction_of(match.group()) if match else None


def _territory(phrase: Phrase | None) -> bool:
    if phrase is None:
        return False
    return phrase.kind in ("country", "region", None) and bool(phrase.names or phrase.possessor) or phrase.kind == "country"


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


def _compound(text, match, make, phrase_at, left, ceiling, hedge, q):  # type: ignore[no-untyped-def]
    fill = re.findall(r"[\w'’]+", (match["fill"] or "").lower())
    if not _LINKING.isdisjoint(fill):
        return None
    stop = match.end()
    how, phrase = _where_zone(text, stop, ceiling, phrase_at)
    if match["radius"]:
        return make("radius", stop, phrase=phrase, filled=True, backwards=phrase is None)
    if match["zone"]:
        words = text[match.start() : stop]
        if phrase and phrase.kind in ("border", "frontline") or how in ("around", "surrounding", "encircling"):
            return make(_belt(words, how or "", phrase), stop, phrase=phrase, filled=True)
        if _SAFETY.search(words) or _BUFFER.search(words):
            belt = _belt(words, how or "", phrase)
            outside = belt == "radius" and how not in ("of", "from", "at", "near", "off", "around")
            return make(belt, stop, phrase=phrase, filled=True, backwards=phrase is None or outside)
        if re.search(r"strip|belt|band|corridor|swathe?|arc|area|zone", words, re.I) and phrase and phrase.kind == "coast":
            return make("along", stop, phrase=phrase)
        if re.search(r"perimeter|cordon|circle|ring|bubble", words, re.I):
            return make("radius", stop, phrase=phrase, filled=True, backwards=phrase is None)
        return None
    if match["limit"]:
        return make("other", stop, not_drawn="it is a range of a weapon or a craft")
    if match["stretch"] or match["barrier"]:
        line = phrase is not None and phrase.kind in ("border", "coast", "frontline")
        if match["stretch"] and re.search("front", match["stretch"], re.I):
            return make("along", stop, phrase=phrase if line or how in ("around", "near", "from", "between") else None, backwards=not line)
        if line and how in ("along", "alongside", "of", "on", "between", "separating", "across"):
            return make("along", stop, phrase=phrase)
        return make("other", stop, phrase=phrase, not_drawn="it is the length of a thing")
    return make("other", stop, not_drawn="it is the length of a way or a thing")


def _where_zone(text, stop, ceiling, phrase_at):  # type: ignore[no-untyped-def]
    """Find what a belt lies around or along: the first phrase after it that names a place or a line."""
    first: tuple[str | None, Phrase | None] = (None, None)
    position = stop
    for _ in range(4):
        after = _AFTER_ZONE.match(text, position, min(ceiling, stop + 110))
        if after is None:
            break
        how, phrase = after["how"].lower(), phrase_at(after.end())
        position = after.end() - 1
        if phrase is None:
            continue
        if phrase.names or phrase.kind in ("border", "frontline", "coast"):
            return how, phrase
        if first[1] is None and (phrase.kind not in ("country", None) or how in ("around", "surrounding", "encircling")):
            first = how, phrase
    return first


def _belt(words: str, how: str, phrase: Phrase | None) -> Relation:
    """Tell a belt along a line from a disc around a place."""
    if phrase and phrase.kind in ("border", "frontline"):
        return "buffer"
    if how in ("around", "surrounding", "encircling") or re.search(r"perimeter|cordon|circle|ring|bubble|radius", words, re.I):
        return "radius"
    if _SAFETY.search(words) and not re.search(r"buffer|demilitari|deep|wide|secur", words, re.I):
        return "radius"
    return "buffer"


def _where(text: str, start: int, ceiling: int) -> Phrase | None:
    """Read "where the plane came down" as a phrase of its own."""
    match = re.compile(r"\s(where\s[^,.;:()]{3,60})(?![\w])").match(text, start, ceiling)
    return Phrase(start=match.start(1), end=match.end(1), kind="other") if match else None


def _directional(text, q, at, left, direct, phrase_at, make, floor, within):  # type: ignore[no-untyped-def]
    direction = direction_of(direct["dir"])
    if direct["of"]:
        phrase = phrase_at(direct.end())
        if direct["of"].strip(" ,").lower() == "to":
            return make("other", direct.end(), phrase=phrase, not_drawn="it is the length of a way")
        made = make("direction_of", direct.end(), direction=direction, phrase=phrase, filled=within)
        return made
    if _TRAVEL.search(left) or _MOVE_INTO.search(left):
        return make("other", direct.end(), direction=direction, not_drawn="it is a way travelled, from a place not stated")
    if re.match(r"\s{1,2}(?:[A-Z][\w'’-]{2,})", text[direct.end() : direct.end() + 40]):
        return make("direction_of", direct.end(), direction=direction, phrase=phrase_at(direct.end()))
    if re.search(r"\bto\s+the\s", direct.group(), re.I):
        return make("direction_of", direct.end(), direction=direction, backwards=True)
    return make("other", direct.end(), direction=direction, not_drawn="the words do not say from where")


def _from(text, q, at, left, hedge, phrase_at, make, ceiling, floor, within):  # type: ignore[no-untyped-def]
    close = re.match(r"[\s,]{0,2}(?:away\s)?to\b", text[at : at + 12], re.I)
    if close and re.search(r"\b(?:close|near)\b", text[max(floor, q.start - 40) : q.start], re.I):
        phrase = phrase_at(at + close.end())
        return make("from", at + close.end(), phrase=phrase) if phrase else None
    sea = _SEA.match(text, at, ceiling)
    match = _FROM.match(text, at, ceiling)
    if sea and not (match and match["how"].lower() in ("from", "off", "of")):
        return make("off", sea.end(), implied="coast")
    if match is None:
        inland = _INLAND.match(text, at, ceiling)
        if inland:
            return make("from", inland.end(), implied="coast")
        away = _AWAY.match(text, at, ceiling)
        if away and not _HEARD.search(left) and "apart" not in away.group() and not _TRAVEL.search(left):
            return make("other", away.end(), not_drawn="the words do not say from where")
        return None
    how = match["how"].lower()
    phrase = phrase_at(match.end())
    short = (match["short"] or "").lower()
    if short == "inland" and phrase is None:
        return make("from", match.end(), implied="coast")
    kind = phrase.kind if phrase else None
    if within:
        return make("within", match.end(), phrase=phrase, filled=True)
    if how in ("beyond", "behind", "across", "over", "past"):
        if kind == "border" and how != "behind":
            return make("into", match.end(), phrase=phrase)
        if kind in ("frontline", "border") or how == "behind":
            return make("from", match.end(), phrase=phrase)
        return None
    if how in ("down", "up", "ahead", "before"):
        return None
    if how == "of" and not short:
        if kind in ("border", "coast", "frontline"):
            return make("along", match.end(), phrase=phrase)
        return make("other", q.end, phrase=phrase, not_drawn="it is a length")
    if phrase is None and how in ("from", "of"):
        phrase = _where(text, match.end(), ceiling)
    if phrase is None:
        return None
    if _APART.search(text[phrase.start : phrase.end + 12]) and not phrase.names:
        return make("other", q.end, not_drawn="it is a distance between people")
    if how == "from" and _TRAVEL.search(left) and not short and kind not in ("coast", "border", "frontline"):
        return make("other", match.end(), phrase=phrase, not_drawn="it is a way travelled")
    if how == "off" or (kind == "coast" and how in ("from", "of")):
        return make("off", match.end(), phrase=phrase)
    return make("from", match.end(), phrase=phrase)
