"""Which words of an article name a place."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Literal, Protocol

from geo.abbreviations import AFTER_TOWN
from geo.article import Article, Span
from geo.name_bounds import is_no_name, is_one_name, whole_name
from geo.ordinary_words import GIVEN_NAMES, NO_PLACES, ORDINARY, STATE_BODIES, TITLES
from geo.places import Gazetteer, NameMatch
from geo.possible_names import (
    ARABIC_ARTICLES,
    DATES,
    MAX_WORDS,
    Name,
    Word,
    after_comma,
    after_town,
    bare,
    closed,
    is_date_word,
    is_hashed,
    names_of,
    words_of,
)
from geo.tokens import mended


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span of the article that names a place; a demonym ("Turkish") is one with `demonym` set."""

    span: Span
    text: str
    demonym: bool = False
    source: tuple[Literal["gazetteer", "tagger", "document", "given"], ...] = ("gazetteer",)
    score: float = 1.0  # how sure it is that this names a place at all, 0..1
    part_of: str | None = None  # the longer name that holds it: "Bank of England" for England


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedSpan:
    """What a tagger (an NER model) found: label in OntoNotes' terms (GPE, LOC, FAC, NORP, ORG, PERSON, ...)."""

    span: Span
    label: str
    score: float = 1.0


class Tagger(Protocol):
    """An English named-entity pipeline, loaded by a store.

    One with `for_places = True` was trained for place names of every kind: what it leaves out is seldom one.
    """

    version: str

    def tag(self, text: str) -> Sequence[TaggedSpan]:
        """Return the entities of a text in order, offsets in characters of the text as given."""
        ...


SURE = 0.5  # a name is taken for a place from this score on
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
HOLDER_LABELS = frozenset({"ORG", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "FAC"})


def find_mentions(
    article: Article, *, gazetteer: Gazetteer, tagger: Tagger, organisations: bool = False
) -> tuple[Mention, ...]:
    """Return the place names of an article in the order of the text; no two overlap.

    The gazetteer says which words can be places, the tagger and the words around say which are. With `organisations`,
    names that are only a part of another name ("England" in "Bank of England") are given too, with `part_of` set.
    """
    text = article.text
    words = words_of(text)
    tags = _tags(text, tagger)
    names = [name for name in names_of(text, words) if not is_date_word(name)]
    known = gazetteer.known({name.text for name in names} | {closed(name.text) for name in names})
    names = [name if name.text in known else replace(name, text=closed(name.text)) for name in names]
    names = [name for name in names if name.state or (name.text in known and bare(name.text) not in known)]
    signs = _Signs.of(text, words, tags, names, gazetteer, getattr(tagger, "for_places", False))
    judged = [_judge(name, signs) for name in names]
    holders = {one.span: one.part_of for one in judged}
    judged += [_from_tag(tag, signs, holders.get(tag.span)) for tag in tags if tag.label in {"GPE", "LOC"}]
    judged += _from_words(text, known)
    judged += _known_sites(text, gazetteer)
    _lift_lists(judged, signs)
    chosen = _whole(_without_overlap(_consistent(judged), by_weight=signs.for_places), text, gazetteer)
    chosen = chosen or _without_overlap(_of_last_resort(names, signs), by_weight=True)
    mentions = [_mention(one) for one in chosen if organisations or one.part_of is None]
    return tuple(mentions)


# --- what the tagger says --------------------------------------------------------------------------------------------


def _tags(text: str, tagger: Tagger) -> list[TaggedSpan]:
    """Tag the text with its capitals mended; no tag runs over a line's end or a slash, "the" and "'s" are cut off."""
    lines = (part for tag in tagger.tag(mended(text)) for part in _by_line(text, tag))
    tags = _with_al(text, [tag for tag in (_trimmed(text, part) for part in lines) if tag is not None])
    return list(_whole_people(text, tags))


def _with_al(text: str, tags: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Join "Alma al" and "Shaab" of "Alma al-Shaab", which taggers part at the hyphen."""
    joined: list[TaggedSpan] = []
    for tag in tags:
        before = joined[-1] if joined else None
        if (
            before is not None
            and tag.span.start == before.span.end + 1
            and text[before.span.end] == "-"
            and before.span.of(text).split()[-1] in ARABIC_ARTICLES
        ):
            span = Span(start=before.span.start, end=tag.span.end)
            joined[-1] = TaggedSpan(span=span, label=before.label, score=min(before.score, tag.score))
        else:
            joined.append(tag)
    return joined


def _whole_people(text: str, tags: Sequence[TaggedSpan]) -> Iterator[TaggedSpan]:
    """Join "Paris" and "Hilton" of "Paris Hilton" to one person, where the tagger doubts the place."""
    before: TaggedSpan | None = None
    for tag in tags:
        if before is not None and _one_person(text, before, tag):
            span = Span(start=before.span.start, end=tag.span.end)
            before = TaggedSpan(span=span, label="PERSON", score=max(before.score, tag.score))
            continue
        if before is not None:
            yield before
        before = tag
    if before is not None:
        yield before


DOUBTED = 0.85


def _one_person(text: str, left: TaggedSpan, right: TaggedSpan) -> bool:
    person, other = (left, right) if left.label == "PERSON" else (right, left)
    doubted = other.label in PLACE_LABELS and other.score < DOUBTED and " " not in other.span.of(text)
    return doubted and person.label == "PERSON" and text[left.span.end : right.span.start] == " "


_LONG_WORD_STOP = re.compile(r"[^\W\d_]{6,}\.$")  # no short form: the sentence ends there
_PARTED = re.compile(
    r"[\n/;#@]| (?=(?:" + "|".join(sorted(AFTER_TOWN)) + r")\b(?! [A-Z]))"
)  # none of these is inside a name


def _by_line(text: str, tag: TaggedSpan) -> Iterator[TaggedSpan]:
    start = tag.span.start
    for line in _PARTED.split(tag.span.of(text)):
        if line.strip():
            yield TaggedSpan(span=Span(start=start, end=start + len(line)), label=tag.label, score=tag.score)
        start += len(line) + 1


def _trimmed(text: str, tag: TaggedSpan) -> TaggedSpan | None:
    start, end = tag.span.start, tag.span.end
    piece = text[start:end]
    if piece[:4].lower() == "the ":
        start += 4
    if piece[-2:] in {"'s", "’s"}:
        end -= 2
    while start < end and not (text[start].isalnum()):
        start += 1
    while start < end and not (text[end - 1].isalnum() or text[end - 1] == "."):
        end -= 1
    if _LONG_WORD_STOP.search(text, start, end):
        end -= 1
    return TaggedSpan(span=Span(start=start, end=end), label=tag.label, score=tag.score) if start < end else None


# --- signs and judgement ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Judged:
    span: Span
    text: str
    weight: float  # log-odds that this is a place
    demonym: bool = False
    part_of: str | None = None
    source: tuple[Literal["gazetteer", "tagger", "document", "given"], ...] = ("gazetteer",)
    whole: bool = False  # a landscape's name that the tagger gives whole: "Central Asia" is not Asia
    firm: bool = False  # another sense is fixed by the words around: consistency does not lift it


@dataclass(frozen=True, slots=True)
class _Signs:
    text: str
    words: Sequence[Word]
    tags: Sequence[TaggedSpan]
    tag_at: Mapping[int, TaggedSpan]  # by word number
    matches: Mapping[str, Sequence[NameMatch]]
    small: frozenset[str]  # words that the article also writes small
    surnames: frozenset[str]
    for_places: bool
    countries: frozenset[str] = frozenset()  # those that the article names, ISO 3166-1 alpha-2
    at_name_start: Mapping[int, Name] = field(default_factory=dict)  # longest known name, by its first word

    @classmethod
    def of(
        cls,
        text: str,
        words: Sequence[Word],
        tags: Sequence[TaggedSpan],
        names: Sequence[Name],
        gazetteer: Gazetteer,
        for_places: bool,
    ) -> "_Signs":
        matches = {name: gazetteer.named(name)[:5] for name in {name.text for name in names}}
        first = [(name, found[0]) for name, found in matches.items() if found]
        countries = {
            match.place.country
            for name, match in first
            if match.place.kind in {"country", "dependency"}
            and (match.how == "demonym" or len(name) > 3 or name.isupper())
        }
        return cls(
            text=text,
            words=words,
            tags=tags,
            tag_at=_tags_by_word(words, tags),
            matches=matches,
            small=frozenset(word.text for word in words if word.text.islower()),
            surnames=frozenset(_surnames(text, tags)),
            for_places=for_places,
            countries=frozenset(filter(None, countries)) - HOME_OF_SURNAMES,
            at_name_start={name.first: name for name in names},
        )


def _tags_by_word(words: Sequence[Word], tags: Sequence[TaggedSpan]) -> dict[int, TaggedSpan]:
    by_word: dict[int, TaggedSpan] = {}
    number = 0
    for tag in tags:
        while number < len(words) and words[number].end <= tag.span.start:
            number += 1
        inside = number
        while inside < len(words) and words[inside].start < tag.span.end:
            by_word[inside] = tag
            inside += 1
    return by_word


def _surnames(text: str, tags: Iterable[TaggedSpan]) -> Iterator[str]:
    for tag in tags:
        if tag.label == "PERSON" and len(parts := tag.span.of(text).split()) > 1:
            yield parts[-1]


_BEFORE_PLACE = frozenset(
    "in near at on from to of outside around across into towards toward between inside via throughout within over "
    "northern southern eastern western central north south east west downtown off leaving entering reached seized "
    "captured recaptured retook overran entered liberated stormed besieged encircled evacuated occupied shelled bombed "
    "bombarded visited visiting against".split()
)
_KIND_WORDS = frozenset(
    "city town village province region district county parish state oblast governorate municipality settlement suburb "
    "island port capital river lake sea mountain valley peninsula territory enclave republic kingdom".split()
)


def _judge(name: Name, signs: _Signs) -> _Judged:
    """Weigh the signs that a name of the gazetteer is meant as a place here; the sum is log-odds."""
    matches = signs.matches.get(name.text, ())
    span = Span(start=name.start, end=name.end)
    if name.state:
        weight = 3.0 if _follows_place(name, signs) else -2.0
        return _Judged(span, name.text, weight, firm=True)
    demonym = bool(matches) and all(match.how == "demonym" for match in matches[:1])
    if signs.for_places:
        return _judge_by_tagger(name, signs, demonym, matches)
    weight = -0.8 + _prominence(matches) + 0.7 * (name.last - name.first)
    weight += _around(name, signs)
    said, part_of, firm = _tagged(name, signs, demonym, matches)
    if part_of:
        return _Judged(span, name.text, _prominence(matches) + said, part_of=part_of, firm=True)
    return _Judged(span, name.text, weight + said, demonym=demonym, part_of=part_of, firm=firm)


def _judge_by_tagger(name: Name, signs: _Signs, demonym: bool, matches: Sequence[NameMatch]) -> _Judged:
    """Weigh a name where the tagger was trained for places: what it says counts most."""
    span, known = Span(start=name.start, end=name.end), _prominence(matches)
    tags = list(dict.fromkeys(signs.tag_at[n] for n in range(name.first, name.last + 1) if n in signs.tag_at))
    tag = max(tags, key=lambda tag: (tag.label in PLACE_LABELS, tag.score), default=None)
    part_of = _organisation(name, signs)
    if _names_no_place(signs.text, span):
        return _Judged(span, name.text, -3.0, firm=True)
    if matches and matches[0].place.id == EUROPEAN_UNION:
        return _Judged(span, name.text, 5.0)
    if tag is None:
        return _Judged(span, name.text, SILENT + 0.5 * known + _around(name, signs), demonym=demonym, part_of=part_of)
    inside = tag.span.covers(span) and tag.span.end - tag.span.start > len(name.text) + 1
    sure = _log_odds(tag.score)
    firm = False
    if tag.label in PLACE_LABELS:
        weight = sure + 0.25 * known
        if inside:
            weight += 1.0 if _speaks_of_state(name, signs, tag) else -1.0
            weight -= 3.0 if name.text.lower() in ORDINARY and not name.text.isupper() else 0.0
        elif len(tags) > 1 or tag.span.end - tag.span.start < len(name.text) - 1:  # the name is longer
            weight += LONGER_COUNTRY if known >= 2.5 or _ONE_WORD.fullmatch(signs.text, span.start, span.end) else -1.0
        else:
            weight += 0.25 * _around(name, signs)
    elif tag.label == "NORP":
        weight = sure + (1.0 if demonym else -1.0)
    elif tag.label == "PERSON":
        weight, firm = (-6.0, True) if inside else (-sure + 0.5 * known + 0.5 * _around(name, signs), False)
        if not inside and " " in name.text and _fits_article(name, signs):
            weight += FITS_ARTICLE
        if (
            inside
            and known >= SURE_STATE
            and name.text.lower() not in GIVEN_NAMES
            and _speaks_of_state(name, signs, tag)
        ):
            weight = 2.0  # "US Ambassador" before a name
    elif tag.label == "ORG" and not inside and is_hashed(signs.text, signs.words[name.first]):
        weight = -3.5 + known + _around(name, signs)
    elif tag.label in HOLDER_LABELS and inside and not demonym:
        weight, firm = 0.6 * known - 2.0, True
        part_of = None if _speaks_of_state(name, signs, tag) or _owns(name, signs) else tag.span.of(signs.text)
    else:
        weight = -2.0 + 0.5 * known + 0.5 * _around(name, signs)
    return _Judged(span, name.text, weight, demonym=demonym, part_of=part_of, firm=firm)


EUROPEAN_UNION = "ml:european-union"  # news means it as it means a state, and taggers take it for an organisation
SILENT = -3.0  # log-odds of a name that the tagger passes over
KNOWN_SITE = 6.0  # a whole name with the word for what it is
LONGER_COUNTRY = 2.0  # for "Democratic People's Republic of Korea" where the tagger stops at "Republic of Korea"
_ONE_WORD = re.compile(r"\w+(?:-\w+)+|\w+['’]s \w+")  # "Pétion-Ville" where the tagger sees "Ville", "Cox's Bazar"
SURE_STATE = 3.5  # prominence of countries
SURE_ROAD = 0.7  # "Highway 61" is a place from this score on; "M23" never


def _log_odds(share: float) -> float:
    return math.log((share + 0.005) / (1.005 - share))


_KINDS_OF_TOWN = r"(?:city|town|village|hamlet|settlement|suburb|camp|port|border crossing)"
_KINDS_OF_TOWNS = "(?:cities|towns|villages|hamlets|settlements|suburbs|outskirts|hills|countryside)"
_LENGTH = r"\d{1,5}(?:\.\d{1,2})?[ -]?(?:km|kilomet(?:er|re)s?|miles?)"
_BEARING = "(?:to the )?(?:north|south|east|west)[a-z]{0,9}"
_CAPITAL = "[A-ZÀ-ÖØ-ÞČĞİŁŚŠŞŽ]"
_NAME = rf"{_CAPITAL}[\w'’]{{1,24}}(?:-[a-z]{{2}}\b(?!-))?(?:[ -](?:[Aa]l-|[Ee]l-)?{_CAPITAL}[\w'’]{{1,24}}){{0,3}}"
# "the town of Sake", "40 km southwest of Goma", "the outskirts of Marjayoun": whatever stands there is a place
_PLACED_AFTER = re.compile(
    rf"\b(?:(?:{_KINDS_OF_TOWN}|{_KINDS_OF_TOWNS}) of|{_LENGTH} (?:{_BEARING} )?(?:of|from)"
    rf"|(?:farming|mining|border|fishing|coastal|frontline|front-line|port|nearby) {_KINDS_OF_TOWN}(?: of)?) "
    rf"(?P<name>(?:[Aa]l-|[Ee]l-)?{_NAME})"
)
# "Sudzha, a town of 5,000 people", "Kibumba, around 25 km north of Goma"; not "Jones, a city official"
_PLACED_BEFORE = re.compile(
    rf"\b(?P<name>{_NAME}), (?:(?:a|an|the) (?:[a-z-]{{2,16}} ){{0,3}}{_KINDS_OF_TOWN}"
    r"(?=[,.;]| \d| (?:of|in|on|for|near|that|which|where|with|about|some|just|held|under|north|south|east|west)\b)"
    rf"|(?:about |around |some |roughly |nearly |just )?{_LENGTH} {_BEARING} of)"
)
# "halfway between Goma and Sake"
_BETWEEN = re.compile(rf"\b(?:halfway|midway|road|highway|border) between {_NAME} and (?P<name>{_NAME})")
# "KYIV, Ukraine (AP) —", "GOMA (Reuters) -"
_DATELINE = re.compile(
    r"(?P<name>\b[A-Z][A-Z’'-]{2,24}(?: [A-Z][A-Z’'-]{2,24}){0,2})"
    r"(?:, [A-Z][\w .]{2,30}|, [A-Z][a-z]{2,8}\.? \d{1,2}){0,2} "
    r"\((?:AP|AFP|Reuters|REUTERS|dpa|EFE|UPI|Xinhua|TASS|Interfax|Anadolu)\)"
)
# What happens to places only, if there is one of that name ("Brent fell" is oil, and people are captured, too):
# "Sudzha fell to Ukraine", "Khan Younis was bombed again", "troops entered Sudzha"
_TAKEN = re.compile(
    rf"\b(?P<name>{_NAME}) (?:"
    r"(?:fell|has fallen|had fallen) "
    r"(?:to (?:the )?(?:[A-Z]|rebel|government|insurgent|militia)|after (?:an? |\w{3,6} of ))"
    r"|(?:is|was|were|has been|had been|have been|being) (?:again |also |heavily )?"
    r"(?:retaken|overrun|besieged|shelled|bombed|bombarded|liberated|encircled"
    r"|under siege|under attack|in rebel hands"
    r"|attacked by (?:rebel|insurgent|gunm|militant|fighter|jihadi|bandit|drone)))"
)
_ENTERED = re.compile(
    r"\b(?i:troops|forces|soldiers|fighters|rebels|militants|insurgents|units|tanks|jets|drones|army) "
    r"(?:have |had |has )?(?:entered|retook|retaken|overran|liberated|stormed|besieged|encircled|shelled|bombed"
    rf"|bombarded|reached|took) (?P<name>{_NAME})"
)
_NO_TOWN = frozenset({"highway", "interstate", "route", "the", "a", "and", "but", "then", "meanwhile", "while"})


def _from_words(text: str, known: Set[str]) -> list[_Judged]:
    """Give the names that the words around make a place, whether or not anybody knows them."""
    patterns = (_PLACED_AFTER, _PLACED_BEFORE, _BETWEEN, _DATELINE)
    found = [match for pattern in patterns for match in pattern.finditer(text)]
    judged = []
    for match in found:
        start, name = match.start("name"), match["name"]
        for tail in ("'s", "’s", "'", "’"):
            name = name.removesuffix(tail)
        while " " in name and name.split(" ", 1)[0].lower() in _BEFORE_PLACE | _NO_TOWN:
            start, name = start + name.index(" ") + 1, name.split(" ", 1)[1]
        if name.lower() in DATES | ORDINARY | _NO_TOWN or name.split()[0].lower() in _NO_TOWN:
            continue
        span = Span(start=start, end=start + len(name))
        judged.append(_Judged(span, name, 3.0, source=("gazetteer",) if name in known else ("document",)))
    for match in (*_TAKEN.finditer(text), *_ENTERED.finditer(text)):
        if (name := match["name"]) in known and not {name, name.lower()} & (NO_PLACES | GIVEN_NAMES | ORDINARY):
            judged.append(_Judged(Span(start=match.start("name"), end=match.end("name")), name, 2.0))
    return judged


_SITE = re.compile(
    r"(?<![\w-])(?P<name>(?:[Aa]l-)?[A-Z][\w'’-]{0,30}(?: (?:al-)?[A-Z][\w'’-]{0,30}){0,3}"
    r" (?:(?:air|army|border|coal|coke|gas|international|military|naval|nuclear|oil|power|refugee|steel|test) ){0,2}"
    r"(?:airbase|airfield|airport|arsenal|barracks|base|bridge|camp|checkpoint|crossing|dam|depot|field|hospital|mine"
    r"|monastery|mosque|plant|port|prison|reactor|refinery|station|terminal|tunnel))\b"
)


def _known_sites(text: str, gazetteer: Gazetteer) -> list[_Judged]:
    """Give the sites that the gazetteer knows by a name that ends in a common word: "Engels air base"."""
    found = []
    for match in _SITE.finditer(text):
        start, name = match.start("name"), match["name"]
        while name[:1].isupper() or name.startswith("al-"):
            if any(one.place.kind == "facility" for one in gazetteer.named(name)):
                span = Span(start=start, end=match.end("name"))
                found.append(_Judged(span, name, KNOWN_SITE, source=("gazetteer",)))
                break
            start, name = start + name.index(" ") + 1, name.split(" ", 1)[1]
    return found


def _prominence(matches: Sequence[NameMatch]) -> float:
    if not matches:
        return 0.0
    best = matches[0]
    if best.how == "demonym":
        return 3.5
    weight = {"country": 4.0, "dependency": 2.5, "continent": 4.0, "disputed": 3.0, "admin1": 1.5, "admin2": 0.5}.get(
        best.place.kind, 0.0
    )
    if best.place.kind == "settlement":
        weight = 0.6 * (math.log10(best.place.population + 100) - 4)
        weight += 1.0 if best.place.feature_code == "PPLC" else 0.0
    elif weight == 0.0:
        weight = 1.0
    return weight if best.how in {"name", "alternate", "abbreviation"} else weight - 2


def _around(name: Name, signs: _Signs) -> float:
    """Weigh the words beside a name."""
    text, words = signs.text, signs.words
    before = words[name.first - 1] if name.first and _near(text, words[name.first - 1].end, name.start) else None
    after = words[name.last + 1] if name.last + 1 < len(words) else None
    close_after = after if after and _near(text, name.end, after.start) else None
    lower = name.text.lower()
    hashed = is_hashed(text, words[name.first])
    weight = HASHED if hashed else 0.0
    if name.first == name.last and not (name.text.isupper() and len(name.text) < 5 and not _shouted(name, signs)):
        if lower in ORDINARY:
            weight -= 4.0
        if lower in signs.small and not hashed:
            weight -= 2.5
        if len(name.text) <= 3 and not name.text.isupper():
            weight -= 1.5
        if name.text in signs.surnames:
            weight -= 3.5
        if lower in GIVEN_NAMES and close_after and close_after.capital:
            weight -= 3.5
    if before is not None:
        spoken = before.text.lower()
        if spoken == "of" and name.first > 1 and words[name.first - 2].text.lower() in _KIND_WORDS:
            weight += 3.0
        elif spoken in _BEFORE_PLACE:
            weight += 1.5 + (FITS_ARTICLE if _fits_article(name, signs) else 0.0)
        elif spoken in _KIND_WORDS:
            weight += 1.0
        elif spoken in TITLES:
            weight -= 3.0
        elif before.capital and not _known_before(name, signs):
            weight -= 1.5
    if text[max(0, name.start - 4) : name.start].endswith(tuple(f"{article}-" for article in ARABIC_ARTICLES)):
        weight -= 6.0  # "Shaab" of "Alma al-Shaab"
    if text[name.end : name.end + 2] == ", " and name.last + 1 in signs.at_name_start:
        weight += 2.0 + (FITS_ARTICLE if _fits_article(name, signs) else 0.0)
    if _follows_place(name, signs):
        weight += 1.0
    if close_after:
        if close_after.text.lower() in _KIND_WORDS:
            weight += 1.5
        elif close_after.capital and name.last + 1 not in signs.at_name_start and name.last + 1 not in signs.tag_at:
            weight -= 1.5
        elif close_after.text in {"said", "says", "told", "added", "who", "wrote"}:
            weight -= 1.0
    return weight


FITS_ARTICLE = 2.0
HASHED = 2.5  # people mark what a message is about
HOME_OF_SURNAMES = frozenset({"US", "CA", "AU", "GB"})  # nearly every surname is a town there


def _fits_article(name: Name, signs: _Signs) -> bool:
    """Tell whether a rare name belongs to a town in a country that the article names."""
    matches = signs.matches.get(name.text, ())
    return 0 < len(matches) <= 4 and any(match.place.country in signs.countries for match in matches)


def _shouted(name: Name, signs: _Signs) -> bool:
    """Tell whether the words on both sides are capitals too: there "US" may be "us"."""
    beside = [signs.words[n].text for n in (name.first - 1, name.last + 1) if 0 <= n < len(signs.words)]
    return bool(beside) and all(word.isupper() and len(word) > 1 for word in beside)


def _near(text: str, end: int, start: int) -> bool:
    return text[end:start] in {" ", "\u00a0", "-", "\n", ". "}


def _known_before(name: Name, signs: _Signs) -> bool:
    return any(
        other.last == name.first - 1
        for first in range(max(0, name.first - MAX_WORDS), name.first)
        if (other := signs.at_name_start.get(first)) is not None
    )


def _follows_place(name: Name, signs: _Signs) -> bool:
    """Tell whether a comma and another known name stand before ("Alexandria, La.")."""
    beside = after_comma(signs.text, name.start) or after_town(signs.text, signs.words, name.first)
    return beside and _known_before(name, signs)


def _tagged(name: Name, signs: _Signs, demonym: bool, matches: Sequence[NameMatch]) -> tuple[float, str | None, bool]:
    """Weigh what the tagger says of a name: log-odds, the longer name that holds it, and whether that is firm."""
    tag = next((signs.tag_at[n] for n in range(name.first, name.last + 1) if n in signs.tag_at), None)
    if tag is None:
        return -0.5, None, False
    held = tag.span.covers(Span(start=name.start, end=name.end)) and tag.span.end - tag.span.start > len(name.text) + 1
    if tag.label == "NORP":
        return (3.0 if demonym else 1.0), None, False
    if tag.label in {"GPE", "LOC"}:
        return (1.5 if held else 4.0), None, False
    if tag.label == "PERSON":
        return (-6.0 if held else -1.5), None, held
    if tag.label in HOLDER_LABELS and held and not demonym:
        if _speaks_of_state(name, signs, tag) or _owns(name, signs):
            return 2.0, None, False
        return 1.0, tag.span.of(signs.text), True
    if tag.label == "FAC":
        return 2.0, None, False
    if tag.label == "LANGUAGE":
        return 0.5, None, True
    if tag.label in {"DATE", "TIME", "CARDINAL", "MONEY", "ORDINAL", "PERCENT", "QUANTITY"}:
        return -2.0, None, False
    return -1.0, None, False


def _speaks_of_state(name: Name, signs: _Signs, tag: TaggedSpan) -> bool:
    """Tell "US State Department" from "Washington Post": a country before a body of the state."""
    return name.start == tag.span.start and _state_body(name, signs)


def _owns(name: Name, signs: _Signs) -> bool:
    return signs.text[name.end : name.end + 2] in {"'s", "’s", "' ", "’ "}


_PERSON_BEFORE = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gen|Col|Capt|Lt|Sgt|Maj|Prof|Rev)\.?|\b(?:von|van|von der|van der|bin|ibn)) $"
)


# "West Nile virus", "Spanish flu", "Crimean-Congo haemorrhagic fever"
_DISEASE = re.compile(
    r"(?:-[A-Z]\w+)?[ -](?:(?:hemorrhagic|haemorrhagic|river|valley|spotted|acute|respiratory) ){0,2}"
    r"(?:virus|fever|flu|influenza|encephalitis|syndrome|disease)\b",
    re.IGNORECASE,
)


def _names_no_place(text: str, span: Span) -> bool:
    """Tell a word that is never a place, the name after a title, and the name of a disease."""
    if span.of(text).lower() in NO_PLACES or _PERSON_BEFORE.search(text, max(0, span.start - 8), span.start):
        return True
    return _DISEASE.match(text, span.end) is not None


def _is_disease(words: str, text: str) -> bool:
    """Tell whether an unknown name is a disease's anywhere in the text: "West Nile" of "West Nile virus"."""
    return any(_DISEASE.match(text, found.end()) for found in re.finditer(re.escape(words), text))


def _from_tag(tag: TaggedSpan, signs: _Signs, part_of: str | None) -> _Judged:
    words = tag.span.of(signs.text)
    numbered = any(letter.isdigit() for letter in words) and words not in signs.matches
    if numbered and not (signs.for_places and " " in words and tag.score > SURE_ROAD):
        return _Judged(tag.span, words, -3.0, source=("tagger",), firm=True)  # "M23", "Highway 61"
    if _names_no_place(signs.text, tag.span):
        return _Judged(tag.span, words, -3.0, source=("tagger",), firm=True)
    if signs.for_places:
        disease = words not in signs.matches and _is_disease(words, signs.text)
        if disease or tag.score < DOUBTED and _before_surname(tag, signs):
            return _Judged(tag.span, words, -3.0, source=("tagger",), firm=True)
        named = len(words) > 1 and (words[0].isupper() or words[0].isdigit())
        ordinary = words.lower() in ORDINARY and words not in signs.matches
        weight = _log_odds(tag.score) - (2.0 if ordinary else 0.0) if named else -3.0
        judged = _Judged(tag.span, words, weight, source=("tagger",), whole=True, part_of=part_of)
        return replace(judged, source=("gazetteer", "tagger")) if words in signs.matches else judged
    plain = words[0].isupper() and "\n" not in words and words.lower() not in ORDINARY | DATES
    whole = plain and tag.label == "LOC" and words.replace(" ", "").isalpha() and words.istitle()
    return _Judged(tag.span, words, 0.8 if plain else -3.0, source=("tagger",), whole=whole)


_ITS_PEOPLE = re.compile(r" (?:voters|residents|taxpayers|householders|officials|police|schools)\b")


def _of_last_resort(names: Iterable[Name], signs: _Signs) -> Iterator[_Judged]:
    """Yield what is a place in a text that names no other: "tobruk Harbor", "Preston residents"."""
    for tag in signs.tags:
        words = tag.span.of(signs.text)
        if tag.label == "GPE" and any(letter.isupper() for letter in words[1:]):
            yield _Judged(tag.span, words, _log_odds(tag.score), source=("tagger",))
    for name in names:
        if _ITS_PEOPLE.match(signs.text, name.end):
            yield _Judged(Span(start=name.start, end=name.end), name.text, 0.5)


def _before_surname(tag: TaggedSpan, signs: _Signs) -> bool:
    """Tell "Oleksandr" of "Oleksandr Syrskyi": an unknown word and then a capital that nobody takes for a place."""
    text, end = signs.text, tag.span.end
    if tag.span.of(text) in signs.matches or " " in tag.span.of(text) or text[end : end + 1] != " ":
        return False
    number = next((n for n, word in enumerate(signs.words) if word.start == end + 1), None)
    if number is None or not signs.words[number].capital:
        return False
    return number not in signs.tag_at and signs.words[number].text.lower() not in _KIND_WORDS


# Words that end the name of an organisation which began with a place: "Washington Post", "Texas Department".
_ORGANISATION = frozenset(
    """
    academy agency airlines airways army association authority bank board bureau center centre chamber church
    club college commission committee company conference consortium cooperation corporation council court department
    directorate district enquirer exchange federation force foundation fund gazette group guardian herald hospital hotel
    independent initiative institute institution journal laboratory league ledger mail ministry mirror museum network
    news newspaper observatory observer office organisation organization orchestra parliament party police post press
    project report review school society star station sun telegraph theater theatre times tribune trust union united
    university watch weekly
    """.split()
)
_OF_ORGANISATION = frozenset({"of", "the", "for", "de"})


def _organisation(name: Name, signs: _Signs) -> str | None:
    """Return the longer name that a place begins or ends: "Washington Post", "Bank of England"."""
    words, text = signs.words, signs.text
    last = name.last
    for number in range(name.last + 1, min(name.last + 1 + LONGEST_ORGANISATION, len(words))):
        inner = words[number].text in _OF_ORGANISATION and number > name.last + 1
        if text[words[number - 1].end : words[number].start] != " " or not (words[number].capital or inner):
            break
        last = number
    if any(word.text.lower() in _ORGANISATION for word in words[name.last + 1 : last + 1]):
        return None if _state_body(name, signs) else text[name.start : words[last].end]
    if name.first > 1 and words[name.first - 1].text == "of":
        head = words[name.first - 2]
        if head.capital and head.text.lower() in _ORGANISATION:
            return text[head.start : name.end]
    return None


LONGEST_ORGANISATION = 8  # words


def _state_body(name: Name, signs: _Signs) -> bool:
    """Tell "US State Department": a country before a body of its state is meant as that country."""
    matches = signs.matches.get(name.text, ())
    after = name.last + 1
    return (
        bool(matches)
        and (matches[0].how == "demonym" or matches[0].place.kind in {"country", "dependency", "disputed"})
        and after < len(signs.words)
        and signs.words[after].text.lower() in STATE_BODIES | TITLES
    )


# --- the whole document ----------------------------------------------------------------------------------------------


def _consistent(judged: Sequence[_Judged]) -> Sequence[_Judged]:
    """Lift the doubtful ones of a name that is sure elsewhere in the document, unless the words fix another sense."""
    best: dict[str, float] = {}
    for one in judged:
        if one.part_of is None:
            best[one.text] = max(best.get(one.text, -9.0), one.weight)
    for one in judged:
        if not one.firm and one.weight < 1.0 and best.get(one.text, -9.0) > 2.5:
            one.weight = 1.0
            one.source = (*one.source, "document")
    return judged


def _lift_lists(judged: Sequence[_Judged], signs: _Signs) -> None:
    """Lift "Hasakah" of "Qamishli and Hasakah", where one is sure and both lie in one country."""
    surest_last = sorted(judged, key=lambda one: one.weight)
    by_end, by_start = ({at(one.span): one for one in surest_last} for at in (_end, _start))
    for one in judged:
        if one.weight > 0 or one.firm or one.part_of or one.source[0] == "tagger":
            continue
        start, end = one.span.start, one.span.end
        beside = [by_end.get(start - len(joint)) for joint in _LIST if signs.text.endswith(joint, 0, start)]
        beside += [by_start.get(end + len(joint)) for joint in _LIST if signs.text.startswith(joint, end)]
        sure = [other.text for other in beside if other and other.weight > 1.0 and not other.demonym]
        if sure and (homes := _homes(one.text, signs)) and any(homes & _homes(other, signs) for other in sure):
            one.weight, one.source = 0.8, (*one.source, "document")


_LIST = (", and ", " and ", ", ")
_start, _end = attrgetter("start"), attrgetter("end")


def _homes(name: str, signs: _Signs) -> Set[str | None]:
    """Return the countries of the towns and divisions of a name; none of those where every surname is a town."""
    if name.lower() in ORDINARY or len(name) < 4:
        return set()
    places = [match.place for match in signs.matches.get(name, ()) if match.how in {"name", "alternate"}]
    homes = {place.country for place in places if place.kind in {"settlement", "admin1", "admin2"}}
    return homes - HOME_OF_SURNAMES - {None}


def _without_overlap(judged: Iterable[_Judged], by_weight: bool) -> list[_Judged]:
    """Keep the sure ones; where two overlap the surer wins, or the longer name of the gazetteer."""
    sure = [one for one in judged if _probability(one.weight) >= SURE]
    order = sorted(
        sure,
        key=lambda one: (
            -one.weight if by_weight else 0.0,
            one.source[0] == "tagger" and not one.whole,
            -(one.span.end - one.span.start),
            -one.weight,
            one.span.start,
        ),
    )
    taken: list[_Judged] = []
    used = bytearray(max((one.span.end for one in order), default=0))
    for one in order:
        if not any(used[one.span.start : one.span.end]):
            used[one.span.start : one.span.end] = b"\1" * (one.span.end - one.span.start)
            taken.append(one)
    return sorted(taken, key=lambda one: one.span.start)


def _whole(chosen: Sequence[_Judged], text: str, gazetteer: Gazetteer) -> list[_Judged]:
    """Join the pieces of a name, widen it to its whole, and leave out words that name no place."""

    def is_division(words: str) -> bool:
        first = next(iter(gazetteer.named(words)), None)
        return first is not None and first.place.kind == "admin1" and first.place.country not in {"US", "AU"}

    whole: list[_Judged] = []
    for one in chosen:
        end = whole[-1].span.end if whole else 0
        if one.span.start < end:
            continue  # the name before was widened over it
        span = whole_name(text, one.span, is_division)
        start = max(span.start, end)
        if whole and is_one_name(text, whole[-1].span, one.span):
            start = whole.pop().span.start
        span = Span(start=start, end=span.end)
        whole.append(replace(one, span=span, text=span.of(text)))
    return [one for one in whole if not is_no_name(one.text)]


def _probability(weight: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, weight))))


def _mention(one: _Judged) -> Mention:
    return Mention(
        span=one.span,
        text=one.text,
        demonym=one.demonym,
        source=one.source,
        score=round(_probability(one.weight), 3),
        part_of=one.part_of,
    )
