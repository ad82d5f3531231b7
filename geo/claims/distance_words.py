"""The words by which a distance is known for a location, or for none: patterns, one for a form of the sentence.

Every repetition is bounded, and each pattern is matched at one place or searched in a short stretch: hostile text costs
linear time.
"""

from geo import lazy_re as re
from geo.claims.direction import COMPASS
from geo.claims.references import HEADS

FACILITIES = sorted(word for word, kind in HEADS.items() if kind in ("facility", "settlement"))

ZONES = (
    "zone|area|perimeter|belt|strip|cordon|circle|buffer|corridor|swath|swathe|band|bubble|limit|exclusion|ring|arc|"
    "security|safe|pocket|wide zone|bridgehead|foothold|salient"
)
SAFETY = re.compile(
    r"no-?[ -]?(?:fly|go|sail|entry|drive|flight|drone)|exclusion|evacuation|de-?confliction|danger|restricted|"
    r"hazard|safety|"
    r"contamination|quarantine|containment|alienation|surveillance|protection|shelter|closure|closed|prohibited|"
    r"fishing|"
    r"control|search|blast|warning|hot|red",
    re.IGNORECASE,
)
BUFFER = re.compile(
    r"buffer|demilitari[sz]ed|de-militari[sz]ed|security|safe|sanitary|weapons?-free|military|neutral|gray|grey|"
    r"withdrawal|disengagement|separation|terror|deep|wide|border|heavy weapons",
    re.IGNORECASE,
)
ADJ = r"(?:[\s-]{1,2}(?:deep|wide|long|broad|thick|strong))?"
FILL = r"(?:[\s-]{1,2}[\"“”'‘’]?[\w-]{1,20}){0,3}?"
COMPOUND = re.compile(
    rf"{ADJ}(?P<fill>{FILL})[\s-]{{1,2}}[\"“'‘]?(?:(?P<radius>radius|radii)|(?P<zone>{ZONES})"
    r"|(?P<stretch>stretch|section|segment|portion|sector|front|front ?line|frontlines|length|chunk|slice|sliver)"
    r"|(?P<barrier>barrier|wall|fence|fencing|trench|ditch|line of defen[cs]e|moat|berm|fortifications?|barricade)"
    r"|(?P<limit>range|missile|missiles|rocket|rockets|artillery)"
    r"|(?P<length>border|frontier|boundary|bridge|tunnel|road|highway|motorway|route|railway|railroad|rail|track|"
    r"pipeline|"
    r"canal|convoy|column|traffic|queue|tailback|race|marathon|run|walk|march|trek|journey|flight|trip|drive|ride|hike|"
    r"voyage|course|coastline|coast|river|path|trail|chain|relay|line|crater|runway|causeway|street|detour|commute|"
    r"swim|pilgrimage|tour|stage|lap|crossing|plume|column of smoke|tunnels|cable|mountain|peak|waterway|channel))"
    r"[\"”'’]?(?![\w-])",
    re.IGNORECASE,
)
LINKING = frozenset(
    "of from to into off north south east west away inside within along around in at on and or is was the a an its "
    "their across "
    "beyond over past behind by up down out outside near short between for as with through towards toward northeast "
    "northwest "
    "southeast southwest ahead before after under above below upstream downstream inland further farther back apart "
    "per will would could should may might must".split()
)
AFTER_ZONE = re.compile(
    r"(?:[\s,]{1,2}[\w“”\"'-]{1,20}){0,6}?[\s,]{1,2}(?P<how>around|surrounding|along|alongside|between|"
    r"on either side of|"
    r"on both sides of|either side of|both sides of|from|of|inside|into|within|on|in|separating|across|off|near|"
    r"encircling|at)\s",
    re.IGNORECASE,
)
ALONG_NEXT = re.compile(r",?\s(?:along|alongside|on)(?=\s)", re.I)  # "a zone in the Kursk region along the border"
SKIP = re.compile(
    r"\s?(?:--|[—–,])\s?[^,;:.()—–]{1,60}?(?:--|[—–,])(?=\s?(?:from|off|of|north|south|east|west|away)\b)", re.I
)
DIRECT = re.compile(
    r"[\s,]{0,2}(?:as the crow flies,?\s|by (?:road|air|sea|rail|land),?\s|away\s(?=[nsew(]))?"
    r"(?:to\s+(?:the\s+)?|towards?\s+the\s+|on\s+the\s+|in\s+the\s+|(?:further|farther|away|out|"
    r"straight)\s+)?(?:due\s+)?"
    rf"(?P<dir>{COMPASS})(?![\w])(?:(?:,|\sand|\sor|,\sand)\s(?:{COMPASS})(?![\w])){{0,3}}"
    r"(?:\s+(?:side|direction)(?=\s+of))?(?P<of>[\s,]{1,2}(?:of|from|off|outside|to)(?:\s+the\s+(?:coast|"
    r"shores?)\s+of)?\b)?",
    re.IGNORECASE,
)
FROM = re.compile(
    r"[\s,]{0,2}(?:as the crow flies,?\s|by (?:road|air|sea|rail|land),?\s)?(?:(?:or so|further|farther|southward|"
    r"back|apart|out|clear|distance)\s)?"
    r"(?:(?P<in>in)?(?P<short>short|shy|clear|upstream|downstream|upriver|downriver|inland|distant|removed|out|"
    r"offshore|uphill|outside|up the coast|down the coast|"
    r"(?:up|down|along) the (?:[a-z]{1,12} )?(?:road|highway|shore))\s)?"
    r"(?:away\s)?(?P<how>from|of|off|outside|beyond|behind|across|over|past|ahead|before|down|up)(?![\w-])(?:\sof\b)?",
    re.IGNORECASE,
)
AWAY = re.compile(r"\s(?:away|distant|off|apart)\b", re.I)
INTO = re.compile(
    r"[\s,]{0,2}(?:(?:or so|further|farther|deep|deeper|of ground|of territory|away|straight|across the border|"
    r"over the border|"
    r"beyond the border|in depth|northwards?|southwards?|eastwards?|westwards?|north|south|east|west|north-?east|"
    r"north-?west|south-?east|south-?west)[\s,]{1,2}){0,3}"
    r"(?P<how>into|inside|within|in(?=\s+from)|deep in|deep within|deep behind|behind)\b(?:\sof\b)?",
    re.IGNORECASE,
)
DEEP_IN = re.compile(r"[\s-]deep\s(?:in|within|behind|beyond|across)\b", re.I)
ALONG = re.compile(
    r"[\s,]{0,2}(?:(?:long|wide)\s)?(?:along|of\s(?:(?:the|its|their|shared|common|land|disputed|mutual|a|new|open|"
    r"contested|"
    r"unguarded|porous|[A-Z][\w–-]{1,20})\s){0,5}?(?P<line>border|frontier|coastline|coast|shoreline|front|"
    r"front ?line|boundary|"
    r"border ?line|line of contact|beach|seashore|riverbank)s?\b)",
    re.IGNORECASE,
)
SIDES = re.compile(
    r"[\s,]{0,2}(?:deep\s|wide\s)?(?:on|to|from|along|at)?\s?(?:either|both|each)\sside(?:s)?(?:\sof)?\b", re.I
)
ON_SIDE = re.compile(
    r"[\s,]{0,2}(?:on|to|into|inside|over|in|from)?\s?the\s(?P<whose>[A-Z][\w-]{1,25})\sside\b(?:\sof\b)?"
)
INCURSION = re.compile(
    r"[\s-]{1,2}(?:[\w-]{1,20}\s){0,2}?(?:incursion|advance|push|thrust|penetration|raid|foray|offensive|"
    r"breakthrough|wedge|salient|"
    r"bulge|march|dash|drive|gain|gains|invasion|infiltration|intrusion)\s(?:deep\s)?(?P<how>into|inside|across)\b",
    re.IGNORECASE,
)
AROUND = re.compile(
    r"[\s,]{0,2}(?:around|round|surrounding|in radius (?:of|around|from)|radius (?:of|around|from))\b", re.I
)
SEA = re.compile(r"\s(?:out\s)?(?:to|at)\ssea\b|\soffshore\b", re.I)
INLAND = re.compile(r"\s(?:in-?land)\b", re.I)
WIDE = re.compile(r"[\s-](?:wide|deep|long|in (?:width|length|depth)|in radius)\b", re.I)

LEFT_NOUN = re.compile(
    r"\b(?:(?P<zone>(?:buffer|exclusion|security|no-fly|safe|demilitari[sz]ed|danger|de-?confliction|evacuation|"
    r"safety|military|kill|"
    r"disengagement)\s(?:zone|area|strip|belt|corridor|perimeter)[”\"’']?|cordon|perimeter|buffer|strip|belt|zone|"
    r"(?P<held>pocket|salient|bridgehead|foothold|swathe?))"
    r"(?:\sof\s(?:land|territory|ground|forest|desert|farmland))?|"
    r"(?P<front>front|stretch|section|frontline|front line|segment))"
    r"(?:\s\d[\d,.]{0,8}[\s-]?\w{1,12}(?:\s\w{1,12})?\s(?:long|wide|deep)(?:\sand|,))?,?"
    r"(?:\s(?:of|that is|which is|measuring|extending|stretching|is|was|some|being|at least|spanning|reaching|going|"
    r"up to|to be)){0,3}\s{0,2}$",
    re.IGNORECASE,
)
RANGE_LEFT = re.compile(
    r"(?<!within artillery )(?<!within missile )(?<!within shelling )(?<!within striking )(?<!within rocket )"
    r"\b(?:range|ranges|reach|capable|able to (?:hit|strike|reach|fly|travel|shoot|engage|intercept|destroy)|"
    r"can (?:hit|strike|reach|fly|travel|shoot|"
    r"engage|intercept|destroy|"
    r"carry|be fired|target)|"
    r"could (?:hit|strike|reach|fly|travel)|designed to|distances? of up to|strike targets|hit targets|hitting targets|"
    r"striking targets|payload|fly (?:up to|as far)|with a maximum)\b[^.;]{0,45}$",
    re.IGNORECASE,
)
RANGE_RIGHT = re.compile(r"[\s-](?:range|ranged|in range|of range|missile|rocket)\b", re.I)
WEAPON = re.compile(
    r"\b(?:missiles?|rockets?|drones?|howitzers?|artillery|HIMARS|ATACMS|GMLRS|munitions?|mortars?|shells?|guns?|"
    r"weapons?|launchers?|uavs?|projectiles?|warheads?|radars?|systems?)\b",
    re.IGNORECASE,
)
TRAVEL = re.compile(
    r"\b(?:travel(?:s|l?ed|l?ing)?|walk(?:s|ed|ing)?|dr(?:ive|ives|ove|iven|iving)|fl(?:ew|own|y|ies|ying)|hik(?:e|"
    r"ed|ing)|"
    r"r(?:an|un|uns|unning)|rid(?:e|es|den|ing)|rode|cycl(?:e|ed|ing)|swam|swum|swim|swimming|trek(?:s|ked|king)?|"
    r"march(?:ed|ing|es)?|sail(?:ed|ing|s)?|journey(?:ed|s)?|trip|haul(?:ed|s|ing)?|commut(?:e|ed|es|ing)|voyage|"
    r"tow(?:ed|ing)?|transport(?:ed|ing)?|ferried|bussed|bused|trucked|airlifted|migrat(?:e|ed|ing)|drift(?:ed|ing)?|"
    r"trudg(?:e|ed|ing)|flight|flown|paddled|rowed|carried|relocated|backpacked|wandered|detour|blown|"
    r"extend(?:s|ed|ing)?|stretch(?:es|ed|ing)?|snak(?:es|ed|ing)|wind(?:s|ing)|span(?:s|ned|ning)?|lengths?)\b"
    r"(?! by\b)(?:\s(?!(?:point|place|spot|position|area|within|location)\b)[\w'’-]{1,20}){0,3}\s{0,2}$",
    re.IGNORECASE,
)
HEARD = re.compile(r"\b(?:heard|felt|visible|seen|audible|smelled|shook|rattled|shattered)\b[^.;]{0,60}$", re.I)
DEPTH_RIGHT = re.compile(
    r"\s(?:deep\b(?!\s+(?:in|into|inside|within|behind))|below|beneath|under(?:ground|water)?\b|underneath|above|"
    r"high\b|tall\b|"
    r"in (?:height|diameter|altitude)|thick\b|down\b|up\b(?! the coast)|in the air|in depth\b(?! into)|of (?:water|"
    r"snow|rain|altitude|depth)|apart\b)",
    re.IGNORECASE,
)
UP_RIVER = re.compile(
    r"\s(?:above|below)(?=\s(?:the\s(?:town|city|village|dam|bridge|confluence|port)\b|(?-i:[A-Z])))"
    r"(?!\s(?:the\s)?(?:Earth|Sea|Mediterranean|Pacific|Atlantic|Arctic|Indian))",
    re.IGNORECASE,
)
LENGTH_RIGHT = re.compile(
    r"[\s-](?:long\b|in length\b|of (?:roads?|railway|rail|track|tracks|pipelines?|tunnels?|highway|highways|cable|"
    r"wire|fence|fencing|"
    r"wall|trenches|fortifications|river|rivers|waterways?|driving|streets|border (?:wall|fence|fencing))\b|per\b|"
    r"a day\b|a second\b|"
    r"each\b|race\b|freestyle|hurdles|dash|relay)",
    re.IGNORECASE,
)
APART = re.compile(r"\b(?:people|person|others|each other|one another|everyone|strangers|themselves|customers)\b", re.I)
BETWEEN_PEOPLE = re.compile(
    r"\s(?:away from|from|between|of|apart)\s(?:other |all |any )?(?:people|others|each|one another|them)\b", re.I
)
VERTICAL = re.compile(
    r"\b(?:plunged?|plunges|plunging|f[ae]ll|falls|falling|tumbl(?:ed|ing)|drop(?:ped|s)?|dived|plummet(?:ed|s)?|"
    r"slid|skidded|"
    r"jump(?:ed|s)?|leapt|climb(?:ed|s)?|descend(?:ed|s)?|drill(?:ed|ing)?|dug|digging|ros[e]|rises|rising|"
    r"soar(?:ed|s)?|"
    r"spewed|billow(?:ed|ing)|shooting|erupted)\b(?:\s[\w'’-]{1,20}){0,4}\s{0,2}$",
    re.IGNORECASE,
)
NOT_LAND = re.compile(
    r"(?:air(?!\s(?:base|field|port|strip|station|force))|sky|skies|atmosphere|space|stratosphere|orbit|race|one|ones|marathon|journey|flight|stage|trip|ride|trek|walk|"
    r"voyage|drive|"
    r"ravine|gorge|canyon|gully|rock|ground|earth's crust|earth’s crust|earth|floor|surface|sea level|ceiling|"
    r"finish|finish line|goal|"
    r"hole|pin|net|bullseye|tee|penalty spot|sun|moon|season|each other|one another|themselves|pack|leaders?|green|"
    r"touchline)\b",
    re.IGNORECASE,
)
NO_PLACE = re.compile(
    r"(?:(?:his|her|their|my|your|our) (?:home|house|seat|bed|door)|course|target|track|home|orbit|space|goal|"
    r"camera|contact|work|help|safety|disaster|death)\b",
    re.I,
)
TO_PLACE = re.compile(
    r"(?:,\s[^,.;:]{1,40},)?\s(?:all the way\s|up\s|down\s|on\s|back\s|through\s[^,.;:]{1,30}\s)?to\s"
    r"(?:the\s(?:coast|border|sea|capital|city|port|front|frontier|shore|river|town|airport)\b"
    r"|(?:(?!the\s(?:north|south|east|west))(?:the|its|their|a)\s(?:[\w-]{1,20}\s){0,3}?)?(?-i:[A-Z]))",
    re.IGNORECASE,
)
CRAFT_RADIUS = re.compile(r"\b(?:combat|action|operational|operating|flight|turning|flying)\s{0,2}$", re.I)
LANDS = frozenset("territory soil airspace waters land lands mainland".split())
FAR = re.compile(r"as far as|up to|as far away as", re.I)
STRETCH_OF_WAY = re.compile(
    r"[\s-](?:[\w-]{1,20}\s){0,2}?(?:stretch|section|segment|portion)\sof\s(?:the\s)?(?:[\w-]{1,20}\s){0,3}?"
    r"(?:road|highway|motorway|railway|rail|track|river|line|pipeline|border|front|coast)\b",
    re.IGNORECASE,
)
BEYOND = re.compile(r"\A(?:farther|further|closer|nearer) than", re.I)
NEGATED = re.compile(r"\b(?:no|nor|not|never|nobody|none|neither)\b[^.;,]{0,50}$", re.I)
VISIBILITY = re.compile(r"\bvisibility\b[^.;]{0,40}$", re.I)
THRUST = re.compile(r"\b(?:wedge|incursion|advance|push|thrust|inroads|breakthrough|salient)s?\b[^.;]{0,30}$", re.I)
IN_THE_AIR = re.compile(
    r"(?:the\s)?(?:air(?!\s(?:base|field|port|strip|station|force))|sky|skies|atmosphere|stratosphere|space|orbit)\b",
    re.I,
)
MOVING = re.compile(
    r"(?:[\w-]{1,20}\s){0,4}?(?:vessel|ship|warship|frigate|destroyer|carrier|tanker|freighter|boat|ferry|yacht|trawler|"
    r"submarine|cutter|dinghy|raft|liner|plane|aircraft|jet|helicopter|drone|airliner|convoy|car|truck|lorry|van|bus|"
    r"motorcade|vehicle|patrol|leaders?|herd|whale|shark)s?\b",
    re.IGNORECASE,
)
NAMED_CRAFT = re.compile(
    r"(?:the|an?)\s(?:[\w-]{1,20}\s){0,3}?(?:vessel|ship|warship|frigate|destroyer|tanker|freighter|ferry|trawler|"
    r"submarine|yacht|icebreaker|carrier)\s(?-i:[A-Z])",
    re.IGNORECASE,
)
CRAFT_OF = re.compile(  # "the US destroyer"
    r"(?:(?:the|an?|two|three|its)\s)?(?-i:[A-Z])[\w.’']{1,20}\s(?:(?:navy|naval|military|coast guard|aircraft|"
    r"guided-missile|fighter|surveillance|patrol|fishing|supply)\s){0,2}(?:vessel|ship|warship|frigate|destroyer|carrier|tanker|boat|"
    r"submarine|plane|aircraft|jet|helicopter|drone|convoy|motorcade)s?\b",
    re.IGNORECASE,
)
NEAREST = re.compile(r"(?:the|their|its)\s(?:nearest|next|closest)\b", re.I)
UNDONE = re.compile(r"(?:encircling|completing|cutting|closing|surrounding|linking|severing|joining|besieging)\b", re.I)
CRAFT = re.compile(
    r"\b(?:satellites?|aircraft|planes?|jets?|airliners?|balloons?|missiles?|rockets?|stations?|spacecraft|capsules?|"
    r"drones?|helicopters?|asteroids?|meteors?)\b",
    re.IGNORECASE,
)
FIRED = re.compile(
    r"\b(?:shells?|rockets?|missiles?|bombs?|mortars?|drones?|rounds|debris|projectiles?|fragments)\s(?:that\s|which\s)?"
    r"(?:[\w-]{1,20}\s)?(?:fell|falls?|dropped|landed)\s{0,2}$",
    re.IGNORECASE,
)
FLEW = re.compile(r"\b(?:flew|flown|fly|flying|travel(?:s|l?ed|l?ing)|flies)\b[^.;]{0,20}$", re.I)
OPEN_SEA = re.compile(r"\b(?:seas?|oceans?|atlantic|pacific|waters)\b", re.I)
IN_LAND = re.compile(r"\s(?:in|on)(?=\s)", re.I)
ALONG_THE = re.compile(r"\b(?:along|across|on)\s(?:the|its|their|a|our)\s$", re.I)
BARRIER = re.compile(
    r"\b(?:barrier|wall|fence|fencing|trench|trenches|ditch|moat|berm|fortifications?|barricades?|defen[cs]es|cordon|slick|"
    r"spill|corridor|strip|belt)\b"
    r"[^.;,]{0,60}$",
    re.IGNORECASE,
)
LONG_ALONG = re.compile(r"\s(?:long|in\slength)\s(?:along|on|across)(?=\s)", re.I)
FRONT_RUNS = re.compile(
    r"\b(?:border|frontier|front ?line|front|line of contact|boundary|line)\s"
    r"(?:now\s|currently\s|still\s)?(?:runs?|ran|passes)\s$",
    re.I,
)
NEAREST_BEFORE = re.compile(
    r"\b(?P<what>(?:the\s)?(?:nearest|closest)\s[^,.;:()]{3,60}),\s(?:which\s(?:is|lies|was)\s)?$", re.I
)
ZONE_AROUND = re.compile(
    r"\b(?:zone|area|perimeter|cordon|ring|limit)\s(?P<how>around|round|surrounding)\s(?P<what>[^,.;:()]{3,60}?)"
    r"\s(?:to|at|is|was|of|reaches|extends|from)\s$",
    re.IGNORECASE,
)
OF_THE_RIVER = re.compile(
    r"\sof(?=\s(?:the\s)?(?:[\w-]{1,20}\s){0,2}?(?:river|road|highway|motorway|rail(?:way)?|line|track|pipeline)\b)",
    re.I,
)
FROM_TO = re.compile(r"[^.;]{0,60}?\b(?P<first>from|between)\s", re.I)
TO_AND = re.compile(r"(?:,\s[A-Z][\w.]{1,20})?,?\s(?:to|and)\s")
ARTICLE = re.compile(r"^(?:the|an?)\s", re.I)
INDEFINITE = re.compile(
    r"(?:an?\s(?!(?:[\w'’-]{1,20}\s){0,4}?(?:"
    + "|".join(FACILITIES)
    + r")\b)|two|three|four|five|several|some|many|most|all|other|others|\d+|any|every|each|their|his|her|your|"
    r"one's|people's)\b",
    re.I,
)
OWNS = re.compile(
    r"\b(?:shares?|shared|sharing|has|have|had|having|with|boasts?|its|their|whose|of|marks?|forms?|makes? up|covers?|"
    r"constitutes?|comprises?)\s{1,2}$",
    re.I,
)
EARTH_HALF_M = 20_040_000.0  # nothing on Earth is farther from anything
MOVE_INTO = re.compile(
    r"\b(?:advanc(?:e|ed|es|ing)|penetrat(?:e|ed|es|ing)|push(?:ed|es|ing)?|incursions?|thrust|infiltrat(?:ed|ing|e)|"
    r"cross(?:ed|es|ing)?|moved?|moving|intrud(?:e|ed|ing)|drove|breach(?:ed)?|wedge|broke through|breakthrough|"
    r"went)\b[^.;]{0,80}$",
    re.IGNORECASE,
)
LINE = re.compile(r"\b(?:border|frontier|front|frontline|line|lines|boundary|territory|coast)\b", re.I)

HEAVENS = re.compile(r"(?:the\s|planet\s)?(?:Earth|Sun|Moon|Mars|Venus|Jupiter|Saturn|Pluto)", re.I)
DEFINITE = re.compile(r"(?:the|this|that|these|those|where|its|our)\b", re.I)

ROUND = re.compile(r"[\s,]{0,2}(?:around|of|from|surrounding)\b", re.I)
BELT_WHERE = re.compile(
    r"[\s,]{0,2}(?:(?:would|will|that|which|to|running|run|runs|stretching|extending|stretches|stretch|lying|"
    r"located)\s){0,3}"
    r"(?:along|on|around|from|inside|into|of|between|in|near|at|north of|south of|east of|west of)\b",
    re.IGNORECASE,
)
NAMED_NEAR = re.compile(
    r"\s(?:in|off|near|at|on|of|outside|belonging to|owned by)\s[^.;:,]{0,30}?(?-i:[A-Z])", re.IGNORECASE
)
CIRCLE = re.compile(r"perimeter|cordon|circle|ring|bubble|radius", re.I)
LONG_BELT = re.compile(r"strip|belt|band|corridor|swathe?|arc|area|zone", re.I)
ALONG_BEFORE = re.compile(r"\balong\s{1,2}$", re.I)
FROM_BEFORE = re.compile(r"\bfrom\s{1,2}$", re.I)
TO_CLOSE = re.compile(r"[\s,]{0,2}(?:away\s)?to\b", re.I)
CLOSE = re.compile(r"\b(?:close|near)(?:r|er|st|est)?\b", re.I)
PLUS = re.compile(r"\+|\bplus\b")
WHERE = re.compile(r"\s(where\s[^,.;:()]{3,60})(?![\w])")
COMPASS_WORD = re.compile(r"\b(?:(?:north|south|east|west)[ -]?){1,3}", re.I)
NAME_NEXT = re.compile(r"\s{1,2}(?:[A-Z][\w'’-]{2,})")
TO_THE = re.compile(r"\b(?:to\s+the|further|farther)\s", re.I)
LAST_WORD = re.compile(r"[\w'’]{1,20}(?:\s(?:level|other|another|crust|spot))?$")
AROUND_WORDS = frozenset({"around", "surrounding", "encircling"})
SURELY_BUFFER = re.compile(r"buffer|demilitari|deep|wide|secur", re.I)
AND_WIDE = re.compile(  # "a 4-km-deep, 10-km-wide strip": the depth counts, the width is how long it is
    r"[\s-]deep,?(?:\sand|\sby)?\s\d[\d.,]{0,6}[\s-]?(?:km|kilomet(?:er|re)s?|miles?|mi)[\s-](?:wide|long)(?=\s)", re.I
)
DEEP_BEFORE = re.compile(r"[\s-]deep,?(?:\sand|\sby)?\s$", re.I)
TO_ITS = re.compile(
    rf"\sto\s(?=(?-i:[A-Z])[\w'’-]{{1,30}}(?:\s(?-i:[A-Z])[\w'’-]{{1,30}}){{0,2}}['’]s?\s(?P<dir>{COMPASS})(?![\w]))",
    re.I,
)
FOR_LEFT = re.compile(r"\bfor\s$", re.I)
STRETCHED_FOR = re.compile(r"\b(?:stretch|extend|r[ua]n|queu|back|line)\w{0,4}(?:\sup|\sback)?\sfor\s$", re.I)
SEPARATES = re.compile(r"\s(?:now\s)?separate[sd]?\s[^,.;:()]{3,60}?\sfrom(?=\s)", re.I)
OUTWARD = re.compile(r"\s(?:out|away|distant|off)(?![\w-])(?!\s(?:from|of|the)\b)", re.I)
DIRECTION_BEFORE = re.compile(
    rf"(?<![\w-])(?P<dir>{COMPASS})\sof\s(?P<what>(?-i:[A-Z])[^,.;:()]{{2,40}}),\s(?:at\s|and\s)?$", re.I
)
STANDS = re.compile(r"\s(?:is|was)\s{0,2}$", re.I)
# "advanced up to 2 km in the Pokrovsk direction": from the front line there
FRONT_AT = re.compile(
    r"\s(?:(?:in|along)\sthe\sdirection\sof|(?:in|on|along)(?:\sthe)?"
    r"(?=\s(?-i:[A-Z])[\w’'-]{1,30}(?:[\s–-](?-i:[A-Z])[\w’'-]{1,30}){0,2}"
    r"\s(?:direction|axis|area|sector)\b))(?=\s(?:the\s)?(?:(?:town|city|village)\sof\s)?(?-i:[A-Z]))",
    re.IGNORECASE,
)
ADVANCED = re.compile(
    r"\b(?:advanc(?:e|ed|es|ing)|gained|push(?:ed|es|ing)?|thrust|moved|progress(?:ed)?|gains?|broke through|"
    r"breakthrough|forward)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
# "shelled Bardville from hills 4 km away": the thing that is so far away is a place
SPOT_BEFORE = re.compile(
    r"\b(?:hills?|ridges?|heights?|mountains?|villages?|towns?|settlements?|hamlets?|camps?|bases?|posts?|positions?|"
    r"hospitals?|suburbs?|forests?|islands?|airports?|airfields?|airbases?|checkpoints?|farms?),?"
    r"(?:\s(?:that|which|is|are|was|were|lies?|lying|located|situated)){0,3}\s{1,2}$",
    re.IGNORECASE,
)
SAME_LIST = re.compile(r",\s|,?\s(?:and|or)\s", re.I)
