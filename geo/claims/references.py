"""What a claim is measured from: the names and nouns of the phrase that follows "from", "of", "into", "off"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.article import Span
from geo.claims.model import Reference, ReferenceKind
from geo.resolve import Resolution

HEADS: dict[str, ReferenceKind] = {
    word: kind  # type: ignore[misc]  # the keys below are the kinds
    for kind, words in {
        "border": "border borders frontier frontiers boundary demarcation dmz parallel borderline",
        "coast": "coast coasts coastline coastlines shore shores shoreline seaboard shorelines beach beaches "
        "waterfront",
        "frontline": "frontline frontlines trenches trench",
        "river": "river lake canal reservoir stream creek riverbank",
        "facility": (
            "plant airport airbase base hospital station reactor camp port harbour harbor embassy consulate school "
            "courthouse outlet airfield site dam bridge checkpoint crossing terminal prison headquarters compound "
            "palace "
            "university church mosque factory refinery mine depot barracks facility building stadium hotel market "
            "museum laboratory outpost monastery complex pipeline junction platform runway parliament mission"
        ),
        "settlement": (
            "city town village capital centre center downtown municipality settlement suburb hamlet towns villages "
            "cities community stronghold hub outskirts resort commune enclave"
        ),
        "region": "region province oblast district state county governorate peninsula valley enclaves exclave strip",
        "country": "territory country soil waters land territories airspace lands mainland",
        "other": (
            "island islands islet archipelago mountain mountains volcano epicentre epicenter wreck attack blast "
            "crash scene "
            "home house spot location target targets fire positions position line lines area zone vessel ship"
        ),
    }.items()
    for word in words.split()
}
_PART = frozenset(
    "centre center heart outskirts edge edges side gates entrance suburbs limits middle part tip end parts capital's "
    "core perimeter doorstep shores".split()
)
_FENCES = frozenset("fence wall barrier line strip fences walls posts".split())
_FRONT = re.compile(
    r"(?:front[ -]?lines?|line of contact|contact line|line of separation|battle lines?|enemy lines?|"
    r"(?:russian|ukrainian|rebel|government|syrian|enemy|is|isis) lines|(?:ceasefire|cease-fire|truce) line|"
    r"lines? of (?:actual )?control|front)\b",
    re.IGNORECASE,
)
_BORDER = re.compile(
    r"(?:line of (?:actual )?control|demarcation line|(?:blue|green|purple|durand|radcliffe|mcmahon|"
    r"administrative boundary|"
    r"armistice|dividing|boundary) line|(?:38th|17th) parallel|border ?line)\b",
    re.IGNORECASE,
)
_STOP = frozenset(
    "where which who whom whose that as but after before when while on at by for since during until till into onto "
    "from "
    "to is are was were has have had will would could may might can said says say told killing leaving wounding "
    "injuring "
    "in near about some around because if though although so than then also and or early late yesterday today last "
    "this-week amid despite against following over under through via toward towards within inside outside along across "
    "killed destroyed be been being it he she they we you there here without including late under off "
    "according using saying ago per due just".split()
)
_DETERMINERS = frozenset("the a an its their his her our your my this that these those any each both".split())
_CONNECTORS = frozenset("de del la el al bin ben von van der den du des do da le les ash as al-".split())
_OF_NAMES = frozenset(
    "gulf bay strait straits sea isle cape horn line republic lake mount port kingdom city state democratic federation "
    "mouth ivory".split()
)  # "Gulf of Aden" is one name
_OF_KINDS = ("settlement", "region", "other", "facility", "river")  # "the city of X" is X
_SITES = ("facility", "settlement", "other", None)
_WORD = re.compile(r"[^\W_](?:\w|['’.\-](?=\w)){0,40}|[^\w\s]")
_WINDOW = 220
_MAX_WORDS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A run of capitalised words inside the phrase."""

    start: int
    end: int
    possessive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """The noun phrase of a reference: its extent, its kind, the names in it."""

    start: int
    end: int
    kind: ReferenceKind | None
    names: tuple[Name, ...] = ()
    head: str | None = None
    possessor: str | None = None  # "its", "their"
    sector: Name | None = None  # "... in the Kharkiv Oblast"
    located: Name | None = None  # "a school in Drovna": where a thing without a name is


def phrase_after(text: str, start: int, *, ceiling: int, shouting: bool = False) -> Phrase | None:
    """Read the noun phrase that begins at a position: up to a stop word, a verb, or punctuation.

    `shouting` texts are all capitals, where a capital says nothing. At most 24 words are read.
    """
    return _PhraseReader(text, start, ceiling=min(ceiling, start + _WINDOW), shouting=shouting).read()


class _PhraseReader:
    """One noun phrase while it is read, token by token; each reading method says where to go on, None where it ends."""

    def __init__(self, text: str, start: int, *, ceiling: int, shouting: bool) -> None:
        self.text, self.shouting = text, shouting
        self.tokens = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text, start, ceiling)][: _MAX_WORDS + 8]
        self.names: list[list[int]] = []  # start, end, possessive
        self.heads: list[tuple[str, int]] = []  # the noun and its token
        self.possessor: str | None = None
        self.sector: Name | None = None
        self.located: Name | None = None
        self.first = self.end = -1
        self.open_run = False  # the last token belongs to a name that the next may go on with
        self.between = False
        self.of_after_settlement = -1  # number of names before "city of"

    def read(self) -> Phrase | None:
        position: int | None = 0
        while position is not None and position < len(self.tokens):
            position = self._step(position)
        if self.first < 0 or self.end <= self.first:
            return None
        return _phrase(
            self.text, self.first, self.end, self.names, self.heads, self.tokens, self.of_after_settlement,
            self.possessor, self.sector, self.located,
        )  # fmt: skip

    def _step(self, i: int) -> int | None:
        word, at, _ = self.tokens[i]
        low = word.lower()
        if not word[0].isalnum():
            return self._sign(i)
        capital = _is_name(word, low, shouting=self.shouting) and low not in _STOP | _DETERMINERS
        if low in _STOP and not (low == "and" and (self.between or (self._kind() == "border" and self.names))):
            if low in ("in", "near") and self._done() and self._kind() in ("country", "frontline"):
                self.sector = _name_after(self.tokens, i + 1, shouting=self.shouting)
            elif low in ("in", "at", "near", "outside") and self._is_site() and self.end > 0:
                self.located = _name_after(self.tokens, i + 1, shouting=self.shouting)
            return None
        if low == "and":
            if self._next(i)[:1].isdecimal():
                return None  # "12 km from the border with Freedonia and 9 km from Bardville"
            self.open_run = False
            return i + 1
        if low in _DETERMINERS:
            return self._determiner(i, low, at)
        if low in ("of", "with", "between"):
            return self._link(i, low)
        return self._noun(i, low, capital=capital)

    def _kind(self) -> ReferenceKind | None:
        return _kind_of(self.heads)

    def _is_site(self) -> bool:
        """Tell whether the phrase is a thing that "in" and a town after it place: a school, the US Embassy."""
        return self._kind() == "facility" or not self.names and self._kind() in _SITES

    def _done(self) -> bool:
        return bool(self.names or self.heads)

    def _glued(self, at: int) -> bool:
        return bool(self.open_run and self.names and at - self.names[-1][1] <= 1)

    def _next(self, i: int) -> str:
        return self.tokens[i + 1][0] if i + 1 < len(self.tokens) else ""

    def _before(self, i: int) -> str:
        return self.tokens[i - 1][0].lower() if i else ""

    def _sign(self, i: int) -> int | None:
        """Pass over quotation marks, the dash of "Russia–Ukraine", the stop of "St.", the comma of an apposition."""
        (word, at, stop), following = self.tokens[i], self._next(i)
        if word in "“”\"'‘’«»" and not self._done():
            return i + 1
        glued = self.names and at == self.names[-1][1]
        if word in "–—-/" and glued and following[:1].isupper() and stop == self.tokens[i + 1][1]:
            self.open_run = False  # "Russia–Ukraine": two names
            return i + 1
        if word == "." and self.names and self._before(i) in ("st", "mt", "ft", "u.s", "u.k") and following:
            self.names[-1][1] = stop
            return i + 1
        apposed = self.heads and not self.names and following[:1].isupper()
        if word == "," and apposed and self._kind() in ("settlement", "region", None):
            return i + 1  # "the capital, Naypyidaw"
        if word == "," and self.heads and self.heads[-1] == ("capital", i - 1) and self._stands_alone(i + 1):
            return i + 1  # "the Freedonian capital, Bardville,"
        return None

    def _stands_alone(self, i: int) -> bool:
        """Tell whether a name at a token is set off on both sides, as an apposition is."""
        while i < len(self.tokens) and self.tokens[i][0][0].isupper():
            i += 1
        following = self.tokens[i][0] if i < len(self.tokens) else "."
        return self.tokens[i - 1][0][0].isupper() and following in (",", ".", ";", ")", "—")

    def _determiner(self, i: int, low: str, at: int) -> int | None:
        if self._done() and not self.between and not (i and self._before(i) in ("of", "with", "between", "and", ",")):
            return None
        if low in ("its", "their", "his", "our"):
            self.possessor = low
        self.first = at if self.first < 0 else self.first
        self.open_run = False
        return i + 1

    def _link(self, i: int, low: str) -> int | None:
        """Go on over "of", "with" (a border's other side) and "between" (a line's two sides)."""
        if not (self._done() or self.end >= 0) or low == "with" and self._kind() != "border":
            return None
        if low == "between":
            if self._kind() not in ("border", "frontline"):
                return None
            self.between = True
        if low == "of" and self.heads and self.heads[-1][1] == i - 1 and HEADS.get(self.heads[-1][0]) in _OF_KINDS:
            self.of_after_settlement = len(self.names)
        named = low == "of" and not self.shouting and self._glued(self.tokens[i][1]) and self._next(i)[:1].isupper()
        if named and _last_word(self.text, self.names[-1]) in _OF_NAMES:
            self.names[-1][1] = self.end = self.tokens[i + 1][2]  # "Gulf of Aden"
            return i + 2
        self.open_run = False
        return i + 1

    def _noun(self, i: int, low: str, *, capital: bool) -> int | None:
        word, at, stop = self.tokens[i]
        head = HEADS.get(low.removesuffix("'s").removesuffix("’s"))
        self.first = at if self.first < 0 else self.first
        if capital and not (self.shouting and head):
            self._name(i, word, low, is_head=head is not None)
        elif self._glued(at) and low in _CONNECTORS and self._next(i)[:1].isupper():
            self.names[-1][1] = stop
        elif low in _FENCES and self.heads and self.heads[-1] == ("border", i - 1):
            self.end = stop  # "the border fence": still the border
        elif head:
            far = self.heads and self.names and self.heads[-1][1] < i - 1
            if far and not self.open_run and head != "border" and _closed(self.tokens, i):
                return None
            self.heads.append((low.removesuffix("'s").removesuffix("’s"), i))
            self.open_run, self.end = False, stop
        else:
            fresh = i > 0 and self._before(i) in ("of", "with", "between", "and", *_DETERMINERS)
            full = self.heads or (self.names and not self.names[-1][2])
            if full and not fresh and not _leads_on(self.tokens, i) or not self._done() and i > 6:
                return None
            self.open_run, self.end = False, stop
        return i + 1

    def _name(self, i: int, word: str, low: str, *, is_head: bool) -> None:
        _, at, stop = self.tokens[i]
        possessive = word.endswith(("'s", "’s")) or (word.endswith("s") and self._next(i) in ("'", "’"))
        name_end = stop - 2 if word.endswith(("'s", "’s")) else stop
        if self._glued(at):
            self.names[-1][1], self.names[-1][2] = name_end, int(possessive)
        else:
            self.names.append([at, name_end, int(possessive)])
        self.open_run, self.end = not possessive, stop
        if is_head:
            self.heads.append((low, i))


def _closed(tokens: Sequence[tuple[str, int, int]], i: int) -> bool:
    return tokens[i - 1][0].lower() not in _DETERMINERS | {"of", "with"}


def _leads_on(tokens: Sequence[tuple[str, int, int]], i: int) -> bool:
    """Tell whether a small word is followed by a noun that the phrase needs: "Kharkiv's main airport"."""
    for word, _, _ in tokens[i + 1 : i + 3]:
        low = word.lower()
        if low in HEADS:
            return True
        if low in _STOP or not word[0].isalpha():
            return False
    return False


def _last_word(text: str, name: list[int]) -> str:
    return text[name[0] : name[1]].rsplit(" ", 1)[-1].lower()


def _is_name(word: str, low: str, *, shouting: bool) -> bool:
    if shouting:
        return word[0].isalpha() and low not in HEADS and low not in _STOP and low not in _DETERMINERS and low != "of"
    if word[0].isupper():
        return True
    return bool(re.match(r"(?:al|el|ad|as|at|an|ar|ash|az|ed|es|d|l|ul|ud|ed)[-'’][A-Z]", word))


def _name_after(tokens: Sequence[tuple[str, int, int]], i: int, *, shouting: bool) -> Name | None:
    start = end = -1
    for word, at, stop in tokens[i : i + 7]:
        low = word.lower()
        if start < 0 and low in _DETERMINERS:
            continue
        if word[0].isalpha() and _is_name(word, low, shouting=shouting):
            start = at if start < 0 else start
            end = stop
        elif start < 0 and word[0].isalpha() and low not in _STOP:
            continue
        else:
            break
    return Name(start=start, end=end) if start >= 0 else None


def _kind_of(heads: Sequence[tuple[str, int]]) -> ReferenceKind | None:
    """Return the kind of the first noun that is the head of its group: "border city" is a settlement."""
    for n, (word, at) in enumerate(heads):
        following = heads[n + 1] if n + 1 < len(heads) else None
        if following and following[1] == at + 1:
            continue
        if word in _PART and following:
            continue
        return HEADS.get(word)
    return None


def _phrase(
    text: str,
    start: int,
    end: int,
    names: list[list[int]],
    heads: list[tuple[str, int]],
    tokens: Sequence[tuple[str, int, int]],
    of_after_settlement: int,
    possessor: str | None,
    sector: Name | None,
    located: Name | None,
) -> Phrase:
    words = text[start:end]
    kind = _kind_of(heads)
    if _BORDER.search(words):
        kind = "border"
    elif _FRONT.search(words) and kind in (None, "frontline", "other", "border"):
        kind = "frontline"
    chosen = names
    if kind in ("settlement", "region", "other", "facility", "river", None):
        if 0 <= of_after_settlement < len(names):
            chosen = names[of_after_settlement:]
        elif len(names) > 1:
            owned = [n for n, name in enumerate(names) if name[2]]
            if owned and owned[-1] + 1 < len(names):
                chosen = names[owned[-1] + 1 :]
            elif heads and kind in ("settlement", "region"):
                after = [n for n in names if n[0] > tokens[heads[0][1]][1]]
                chosen = after or names
    return Phrase(
        start=start,
        end=end,
        kind=kind,
        names=tuple(Name(start=n[0], end=n[1], possessive=bool(n[2])) for n in chosen),
        head=heads[0][0] if heads else None,
        possessor=possessor,
        sector=sector,
        located=located,
    )


_NAME_RUN = re.compile(
    r"(?<![\w'’-])(?:(?:al|el|ad|as|at|an|ar|ash|az)-)?[A-Z][\w'’-]{1,30}(?:\s(?:(?:al|el|de|"
    r"la)[- ])?[A-Z][\w'’-]{1,30}){0,4}"
    r"(?:\s(?:base|plant|hospital|airport|island|camp|dam|port|airbase|station))?"
)


_APPOSED = re.compile(r"[\s,(–—-]{1,4}(?:(?:which|that)\s)?(?:(?:is|lies|located|situated|lying)\s)?")
_OWNER = re.compile(r"['’]s?\s")


_LINE_LEFT = re.compile(
    r"\b(?:the|its|their|this)\s(?:[\w-]{1,20}\s){0,3}?(?:border|frontier|front ?line|front|boundary|line of contact|"
    r"(?:truce|ceasefire|cease-fire|demarcation|contact|dividing|boundary|armistice|blue|green) line)\b",
    re.IGNORECASE,
)


def line_left_of(text: str, end: int, *, floor: int) -> Phrase | None:
    """Read the line that a belt lies along where it stands before: "the truce line will be patrolled for 5 km"."""
    lines = list(_LINE_LEFT.finditer(text, floor, end))
    return phrase_after(text, lines[-1].start(), ceiling=end) if lines else None


def phrase_left_of(text: str, end: int, *, floor: int, places: "Places", after_figure: bool = False) -> Phrase | None:
    """Read the reference of a claim whose words stand before it: the nearest name, and not what it lies "in".

    `after_figure` says that a name right before the claim is what it locates ("Sake, 25 km to the west"): the reference
    is then a town further left.
    """
    runs = [run for run in _NAME_RUN.finditer(text, floor, end) if run.group().lower() not in _CALENDAR]
    if (
        runs
        and runs[0].start() == floor
        and " " not in runs[0].group()
        and not places.at(runs[0].start(), runs[0].end())
    ):
        runs.pop(0)  # the sentence's first word has its capital for free
    for n in range(len(runs) - 1, -1, -1):
        run = runs[n]
        before = text[max(floor, run.start() - 8) : run.start()].rstrip().lower()
        if n and before.endswith((" in", " by", ",")) and run.start() - runs[n - 1].end() < 6:
            continue
        start = run.start() + (4 if run.group().startswith("The ") else 0)
        owners = list(_OWNER.finditer(run.group()))
        start = run.start() + owners[-1].end() if owners else start  # "Russia's Kursk": in Kursk
        if after_figure:
            known = places.at(start, run.end())
            if _APPOSED.fullmatch(text[run.end() : end]):
                continue
            if len(runs) > n + 1 and known and known.place and known.place.kind not in ("settlement", "facility"):
                continue
        return Phrase(start=start, end=run.end(), kind=None, names=(Name(start=start, end=run.end()),))
    return None


_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september "
    "october november december the this that these in on at after a an it he she they".split()
)


class Places:
    """The resolutions of an article in the order of the text, to be asked by position."""

    def __init__(self, resolutions: Sequence[Resolution]) -> None:
        """Keep the resolutions sorted by where they stand."""
        self._all = sorted(resolutions, key=lambda r: r.mention.span.start)
        self._starts = [r.mention.span.start for r in self._all]

    def at(self, start: int, end: int) -> Resolution | None:
        """Return the resolution that shares most characters with a span."""
        low = bisect_left(self._starts, start - 60)
        high = bisect_left(self._starts, end)
        best, shared = None, 0
        for resolution in self._all[low:high]:
            span = resolution.mention.span
            overlap = min(end, span.end) - max(start, span.start)
            if overlap > shared:
                best, shared = resolution, overlap
        return best

    def any_within(self, start: int, end: int) -> bool:
        """Tell whether a place is named in a stretch."""
        return bisect_left(self._starts, start) < bisect_left(self._starts, end)

    def within(self, start: int, end: int, *, limit: int = 60) -> Sequence[Resolution]:
        """Return the resolutions of a stretch in order, at most `limit`."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return self._all[low : min(high, low + limit)]

    def before(self, position: int, *, limit: int = 40) -> Sequence[Resolution]:
        """Return the resolutions that begin before a position, the nearest first, at most `limit`."""
        high = bisect_right(self._starts, position - 1)
        return self._all[max(0, high - limit) : high][::-1]


def is_country(resolution: Resolution) -> bool:
    """Tell whether a mention names a state or its people."""
    return resolution.place is not None and resolution.place.kind in ("country", "dependency")


_BY_PLACE_KIND: dict[str, ReferenceKind] = {
    "country": "country", "dependency": "country", "settlement": "settlement", "facility": "facility", "river": "river",
    "lake": "river", "admin1": "region", "admin2": "region", "region": "region", "disputed": "region",
    "continent": "region", "island": "other", "mountain": "other", "sea": "other", "ocean": "other",
    "peninsula": "region", "desert": "region",
}  # fmt: skip


_HELD = re.compile(r"[-\s](?:held|controlled|occupied)\s", re.IGNORECASE)


def references_of(
    text: str, phrase: Phrase | None, places: Places, *, at: int, sentence: int
) -> tuple[tuple[Reference, ...], ReferenceKind]:
    """Turn a phrase into references, resolved where resolutions are known, inferred where the words only imply one.

    `at` is where the claim begins, implicit references stand before it; `sentence` is where its sentence begins.
    """
    if phrase is None:
        return _implicit("the place", None, None, places, at=at, sentence=sentence), "other"
    kind = phrase.kind
    refs: list[Reference] = []
    for name in phrase.names:
        span = Span(start=name.start, end=name.end)
        resolution = _named(text, span, phrase, places)
        if resolution and resolution.mention.span.start <= span.start and span.end < resolution.mention.span.end:
            span = resolution.mention.span  # "Zaporizhzhia nuclear power plant", not its first word
        refs.append(Reference(text=span.of(text), span=span, resolution=resolution))
    written = text[phrase.start : phrase.end].strip(" .,;:\"'“”‘’")
    if kind == "country" and refs:
        # "Armenia's territory": the words, with the place that they name
        whole = Span(start=phrase.start, end=phrase.start + len(written))
        refs = [Reference(text=written, span=whole, resolution=refs[0].resolution)]
    if kind == "country" and _HELD.search(written):
        kind = "frontline"  # it begins where the two sides stand, not at a state's border
    if phrase.sector is not None:
        span = Span(start=phrase.sector.start, end=phrase.sector.end)
        refs.append(Reference(text=span.of(text), span=span, resolution=places.at(span.start, span.end)))
    if kind == "settlement" and refs and phrase.head == "capital" and phrase.names[-1].end < phrase.end:
        # "the Canadian capital" is not Canada: its place is left open unless the article names it
        refs = list(_implicit(written, "capital", phrase, places, at=at, sentence=sentence))
    elif kind == "facility" and refs and (_is_of_a_state(refs[-1].resolution) or not refs[-1].resolution):
        # the US Embassy is not the United States: it is in the town that the words put it in, or that was named last
        site = _site(text, phrase, phrase.located, places) if phrase.located else None
        if site is None and refs[-1].resolution:
            [site] = _implicit(written, "facility", phrase, places, at=at, sentence=sentence)
        whole = Span(start=phrase.names[0].start, end=max(phrase.end, phrase.names[-1].end))
        refs = (
            [replace(site, text=whole.of(text), span=whole)]
            if site and (site.resolution or refs[-1].resolution)
            else refs
        )
    elif not refs and phrase.located is not None and kind != "border":
        refs = [_site(text, phrase, phrase.located, places)]
    elif not refs:
        refs = list(_implicit(written, kind, phrase, places, at=at, sentence=sentence))
    elif kind == "border" and len(refs) == 1:
        refs += _other_side(refs[0], phrase, places, at=at, sentence=sentence)
    if kind is None and phrase is not None and not phrase.names:
        kind = "other"
    if kind is None:
        resolved = next((r.resolution.place for r in refs if r.resolution and r.resolution.place), None)
        kind = _BY_PLACE_KIND.get(resolved.kind, "other") if resolved else "settlement"
    return tuple(refs), kind


def _is_of_a_state(resolution: Resolution | None) -> bool:
    return resolution is not None and (is_country(resolution) or resolution.mention.demonym)


def _site(text: str, phrase: Phrase, located: Name, places: Places) -> Reference:
    """Return the reference of "a school in Drovna": the words, placed at the town that they name."""
    span = Span(start=phrase.start, end=located.end)
    resolution = places.at(located.start, located.end)
    what, where = text[phrase.start : phrase.end].strip(), text[located.start : located.end]
    how = f"“{what}” is taken to be at {where}, where the words put it" if resolution else None
    return Reference(text=span.of(text), span=span, resolution=resolution, inferred=how)


_FAR_FROM_NAMESAKE = frozenset(
    "plant reactor dam camp base airbase airfield mine refinery platform depot complex outpost barracks".split()
)  # the Kursk nuclear plant is 40 km from Kursk
_BEFORE_NAME = re.compile(
    r"(?:(?:the|north|south|east|west|central|downtown|greater|old|inner)(?:[\w-]*ern)?|[\w-]*-(?:held|controlled|"
    r"occupied|run|ruled|besieged|administered))$",
    re.IGNORECASE,
)


_NOUN_NEXT = re.compile(r"\s([a-z][\w-]{1,30})")


def _named(text: str, span: Span, phrase: Phrase, places: Places) -> Resolution | None:
    """Return the resolution of a name: none where it knows only the end of the name, or only a plant's namesake."""
    found = places.at(span.start, span.end)
    if found is None:
        return None
    words = span.of(text)
    if found.mention.span.start > span.start and not words.isupper():
        ahead = text[span.start : found.mention.span.start].split()
        known = places.at(span.start, found.mention.span.start) not in (None, found)
        if not known and not (ahead and all(_BEFORE_NAME.match(word) for word in ahead)):
            return None
    if found.mention.demonym and phrase.kind in (None, "other", "settlement", "region", "river"):
        noun = _NOUN_NEXT.match(text, span.end)
        if noun and noun[1] not in _STOP and noun[1] != "side":
            return None  # "Sylvanian positions" and "a Sylvanian town" are not Sylvania
    if phrase.kind == "facility" and phrase.head in _FAR_FROM_NAMESAKE:
        return found if found.place and found.place.kind == "facility" else None
    return found


def as_town(reference: Reference, phrase: Phrase | None) -> Reference:
    """Take the town of that name for the region it lies in: "60 km north of Gao" is measured from the town."""
    resolution = reference.resolution
    region = resolution.place if resolution and not resolution.corrected else None
    if resolution is None or region is None or region.kind not in ("admin1", "admin2"):
        return reference
    if phrase is not None and phrase.kind not in (None, "settlement"):
        return reference
    for n, candidate in enumerate(resolution.candidates):
        place = candidate.place
        inside = place.country == region.country and (region.kind == "admin2" or place.admin1 in (None, region.name))
        if place.kind == "settlement" and inside:
            others = resolution.candidates[:n] + resolution.candidates[n + 1 :]
            how = f"“{reference.text}” is taken to be the town, not the region: a distance is measured from it"
            town = replace(resolution, candidates=(candidate, *others))
            return replace(reference, resolution=town, inferred=how)
    return reference


def implied(kind: ReferenceKind, places: Places, *, at: int, sentence: int) -> tuple[Reference, ...]:
    """Return the reference of words that name none but mean one: "30 miles inland" is measured from the coast."""
    return _implicit(f"the {kind}", kind, None, places, at=at, sentence=sentence)


def _definite(words: str) -> bool:
    """Tell whether words point at one thing ("the border", "its coast"), which a bare noun does not."""
    return words.split(" ", 1)[0].lower() in _DETERMINERS


def _other_side(known: Reference, phrase: Phrase, places: Places, *, at: int, sentence: int) -> list[Reference]:
    """Return the country on the other side of "its border with Libya", "the Turkish border"."""
    mine = known.resolution.place.country if known.resolution and known.resolution.place else None
    if mine is None:
        return []
    for resolution in places.before(at):
        place = resolution.place
        if place is None or place.country is None or place.country == mine:
            continue
        if not is_country(resolution) and resolution.mention.span.start < sentence:
            continue
        why = "which the words before it name" if is_country(resolution) else f"where {place.name} lies"
        how = f"the other side of the border is taken to be {place.country_name or place.name}, {why}"
        return [Reference(text=resolution.mention.text, resolution=resolution, inferred=how)]
    return []


def _is_that_facility(resolution: Resolution, phrase: Phrase | None) -> bool:
    """Tell whether "the base" can be a place: a known one called so; "the hospital" is in the town named last."""
    place, head = resolution.place, phrase.head if phrase else None
    if place is None:
        return False
    if place.kind == "facility":
        return head is None or head in f"{place.name} {resolution.mention.text}".lower()
    return place.kind == "settlement" and head not in _FAR_FROM_NAMESAKE


def _implicit(
    written: str, kind: str | None, phrase: Phrase | None, places: Places, *, at: int, sentence: int
) -> tuple[Reference, ...]:
    span = Span(start=phrase.start, end=max(phrase.end, phrase.start + 1)) if phrase else None
    before = places.before(at)
    if kind in ("border", "frontline"):
        countries: list[Resolution] = []
        for resolution in before:
            if is_country(resolution) and all(
                resolution.place.id != c.place.id for c in countries if c.place and resolution.place
            ):
                countries.append(resolution)
            if len(countries) == 2:
                break
        if kind == "border" and countries:
            how = f"“{written}” is taken to be a border of the countries named last before it"
            first = written if _definite(written) else countries[0].mention.text
            other = [Reference(text=c.mention.text, resolution=c, inferred=how) for c in countries[1:]]
            return (Reference(text=first, span=span, resolution=countries[0], inferred=how), *other)
        return (Reference(text=written, span=span),)
    for resolution in before:
        place = resolution.place
        if place is None or resolution.mention.demonym and kind != "coast" and kind != "country":
            continue
        fits = (
            (kind == "capital" and place.feature_code == "PPLC")
            or (kind in ("coast", "country") and is_country(resolution))
            or (kind == "settlement" and place.kind == "settlement")
            or (kind == "facility" and _is_that_facility(resolution, phrase))
            or (kind == "region" and place.kind in ("admin1", "admin2", "region", "disputed", "peninsula"))
            or (kind == "river" and place.kind in ("river", "lake"))
            or (kind is None and resolution.mention.span.start >= sentence and place.kind in ("settlement", "facility"))
        )
        if fits:
            how = f"“{written}” is taken to be {place.name}, the last named before it that fits"
            words = written if _definite(written) else resolution.mention.text
            return (Reference(text=words, span=span, resolution=resolution, inferred=how),)
    return (Reference(text=written.removeprefix("a ").removeprefix("an "), span=span),)
