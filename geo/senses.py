"""The senses of an article: the mentions of one name that mean one place, and the words that bind them."""

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from geo.abbreviations import AFTER_TOWN
from geo.article import Article, Span
from geo.candidates import districts_of, matches_of, normalised
from geo.mentions import Mention
from geo.nearness import rough_bearing, rough_km, rough_km_from
from geo.places import Gazetteer, NameMatch, Place
from geo.roles import is_dateline

MAX_LINKS = 6

_LISTING = frozenset({", ", " and ", ", and ", " or ", ", or ", "/", "-", "\u2013", " & "})


@dataclass(slots=True)
class Sense:
    """The mentions of a document that share a name and a meaning, with the candidates and their features."""

    name: str
    mentions: list[int]
    matches: Sequence[NameMatch]
    demonym: bool
    tagger_only: bool
    score: float
    containers: list["Sense"] = field(default_factory=list)  # "Armenia" for the Jermuk of "Jermuk, Armenia"
    contents: list["Sense"] = field(default_factory=list)  # the other way round
    measured: list["Measured"] = field(default_factory=list)  # "12 km from the border with Lebanon"
    siblings: list["Sense"] = field(default_factory=list)  # beside it in a list ("Georgia, Texas and Louisiana")
    kinds: frozenset[str] = frozenset()
    quotes: dict[str, str] = field(default_factory=dict)  # the words that a reason points to
    own_words: bool = False  # its words set it apart from the other senses of the name ("Paris, Texas")
    dateline: bool = False  # a report was filed there
    the: float = 0.0  # share of its mentions with "the" before them: "in the Gulf"
    ascii: bool = False  # written without accents
    corrected: bool = False
    lons: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    lats: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    features: list[dict[str, float]] = field(default_factory=list)
    probabilities: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    company: float = 0.0  # how much the other names say about where the article is, 0..1
    none: float = 0.0  # probability that no candidate is meant
    sureness: Mapping[str, float] = field(default_factory=dict)  # what the likeliest candidate's share is worth
    twins: list[tuple[int, int]] = field(default_factory=list)  # an area and what its bare name means: Crimea, a town

    @property
    def top(self) -> Place | None:
        """The likeliest candidate, whatever the chance of none."""
        return self.matches[int(np.argmax(self.probabilities))].place if len(self.probabilities) else None


@dataclass(frozen=True, slots=True)
class Measured:
    """How far from another place the words put a name: "Khiam, 6 km from the border with Israel"."""

    other: Sense
    km: float
    toward: float | None  # compass bearing from the other place, degrees
    border_km: npt.NDArray[np.float64] | None  # of every candidate, where the distance is from a border

    def fits(self, sense: Sense, number: int) -> float:
        """Return how well a candidate agrees with the distance and the direction, 0..1."""
        if self.border_km is not None:
            return math.exp(-abs(float(self.border_km[number]) - self.km) / (0.3 * self.km + 8.0))
        other = self.other.top
        if other is None or other.kind == "country":
            return 0.0
        place = sense.matches[number].place
        # told distances are rounded, and by road
        good = math.exp(-abs(rough_km(other, place) - self.km) / (0.3 * self.km + 8.0))
        off = abs((rough_bearing(other, place) - self.toward + 180) % 360 - 180) if self.toward is not None else 0.0
        return good if off < 60 else 0.3 * good


def senses_of(
    article: Article, mentions: Sequence[Mention], gazetteer: Gazetteer, *, apart: bool = False
) -> list[Sense]:
    """Group the mentions of an article by name and meaning; `apart` leaves each alone, to measure what that brings."""
    groups: dict[tuple[str, bool, str], list[int]] = defaultdict(list)
    containers = [_container(article.text, mentions, number) for number in range(len(mentions))]
    cues = [_kind_cue(article.text, mention.span) for mention in mentions]
    _share_plurals(cues, containers, article.text, mentions)
    own: dict[str, set[str]] = defaultdict(set)
    for number, mention in enumerate(mentions):
        if (container := containers[number]) is not None:
            own[normalised(mention.text)].add(normalised(mentions[container].text))
    settled = {normalised(m.text) for m, cue in zip(mentions, cues, strict=True) if _FITTING.get(cue) == _SETTLED}
    for number, mention in enumerate(mentions):
        name, container = normalised(mention.text), containers[number]
        # "Paris, France" and "Paris, Texas" in one text are two senses; a bare "Paris" joins the first
        several = len(own[name]) > 1 and container is not None
        part = normalised(mentions[container].text) if several and container is not None else ""
        # so are "Kharkiv region" and "the city of Kharkiv", "the Sudzha district" and "Sudzha": a bare name is the town
        if name in settled and _FITTING.get(cues[number], _SETTLED) != _SETTLED or cues[number] in _DISTRICTS:
            part += "/area"
        groups[name, mention.demonym, f"{part}/{number}" if apart else part].append(number)
    senses = []
    sense_of: dict[int, Sense] = {}
    for (name, demonym, part), numbers in groups.items():
        matches = matches_of(mentions[numbers[0]], article.text, gazetteer)
        if not _DISTRICTS.isdisjoint(cues[n] for n in numbers) and (districts := districts_of(matches, gazetteer)):
            matches = [*districts, *(match for match in matches if match.place.kind != "admin1")]
        sense = Sense(
            name=name,
            mentions=numbers,
            matches=matches,
            demonym=demonym,
            tagger_only=all(mentions[n].source == ("tagger",) for n in numbers) and not _is_alternate(matches),
            score=max(mentions[n].score for n in numbers),
            lons=np.array([match.place.at.lon for match in matches]),
            lats=np.array([match.place.at.lat for match in matches]),
            twins=_twins(matches),
            own_words=bool(part),
            ascii=all(mentions[n].text.isascii() for n in numbers),
            dateline=any(is_dateline(article.text, mentions[n]) for n in numbers),
            the=sum(_with_the(article.text, mentions[n].span) for n in numbers) / len(numbers),
        )
        _read_kind_cues(sense, article.text, mentions, cues)
        senses.append(sense)
        sense_of.update(dict.fromkeys(numbers, sense))
    for number, container in enumerate(containers):
        if container is not None and sense_of[container] is not sense_of[number]:
            _join(sense_of[number].containers, sense_of[container])
            _join(sense_of[container].contents, sense_of[number])
            first, last = mentions[min(number, container)].span, mentions[max(number, container)].span
            sense_of[number].quotes.setdefault("contained", " ".join(article.text[first.start : last.end].split()))
    for number in range(1, len(mentions)):
        gap = article.text[mentions[number - 1].span.end : mentions[number].span.start]
        one, other = sense_of[number - 1], sense_of[number]
        if gap in _LISTING and one is not other:
            _join(one.siblings, other)
            _join(other.siblings, one)
    _read_distances(article, mentions, sense_of, gazetteer)
    return senses


def _is_alternate(matches: Sequence[NameMatch]) -> bool:
    """Tell whether the gazetteer knows the name after all, in another spelling."""
    return bool(matches) and matches[0].how == "alternate"


def _twins(matches: Sequence[NameMatch]) -> list[tuple[int, int]]:
    """Return the pairs of a division and a disputed territory that are one land: Crimea, the Gaza Strip."""
    places = [match.place for match in matches]
    disputed = [number for number, place in enumerate(places) if place.kind == "disputed"]
    return [
        (number, other)
        for number, place in enumerate(places)
        for other in disputed
        if place.kind == "admin1"
        and normalised(place.name) == normalised(places[other].name)
        and rough_km(place, places[other]) < 100
    ]


def _join(senses: list[Sense], other: Sense) -> None:
    """Add a sense once; more than a few tell nothing new."""
    if len(senses) < MAX_LINKS and all(sense is not other for sense in senses):
        senses.append(other)


# --- cues in the words beside a mention ------------------------------------------------------------------------------

_LINK_AFTER = re.compile(
    r"(?: (?:county|counties|parish|parishes|district|districts|region|regions|province|provinces)(?= in |,))?"
    r"(?:, ?| \(|,? in (?:the )?(?:(?:north|south|east|west|central)[a-z]{0,8} )?)"
)
_LINK_BEFORE = re.compile(
    r"(?:['’]s?)? (?:[a-z]{1,14} ){0,3}"
    r"(?:city|town|village|port|capital|region|province|district|settlement) (?:of )?"
)
_KIND_BEFORE = re.compile(
    r"\b(city|town|village|settlement|suburb|capital|port|hamlet|municipality|state|province|region|oblast|district|raion|rayon"
    r"|county|republic|river|lake|sea|island|mountain|valley|peninsula|territory|governorate|desert|gulf|strait"
    r"|cities|towns|villages|provinces|regions|oblasts|governorates|districts|raions|counties|states)"
    r"(?: of)?(?: the)? $",
    re.IGNORECASE,
)
_KIND_AFTER = re.compile(
    r"\s(cities|towns|villages|settlements|states|provinces|regions|oblasts|governorates|districts|raions|rayons"
    r"|counties|parishes|localities|local government areas|woredas|tehsils"
    r"|city|town|village|settlement|suburb|state|province|region|oblast|district|raion|rayon|locality"
    r"|local government area|woreda|tehsil|county|parish|river|lake|sea"
    r"|island|islands|mountains|valley|peninsula|territory|governorate|desert|gulf|strait)\b",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    r"\b((?:north|south|east|west|northeast|northwest|southeast|southwest)ern|central|coastal|border|port|capital"
    r"|besieged|mountain|desert|historic|occupied|disputed|rebel-held|strategic|second|third|largest) (\w+)"
    r"(?: of)?(?: the)? $"
)
_DISTRICT = ("district", "raion", "rayon", "locality", "local government area", "woreda", "tehsil")


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}es" if word.endswith("sh") else f"{word}s"


_PLURALS = {
    _plural(word): word
    for word in (
        *"city town village settlement state province region oblast governorate county parish".split(),
        *_DISTRICT,
    )
}
_DISTRICTS = frozenset(_DISTRICT) | {plural for plural, word in _PLURALS.items() if word in _DISTRICT}
_SETTLED = frozenset({"settlement"})
_ADMIN = frozenset({"admin1", "admin2", "region", "disputed", "dependency"})
_FITTING: dict[str, frozenset[str]] = {
    **dict.fromkeys(("city", "town", "village", "settlement", "suburb", "capital"), _SETTLED),
    **dict.fromkeys(("port", "hamlet", "municipality"), _SETTLED),
    **dict.fromkeys(("state", "province", "region", "oblast", "governorate"), _ADMIN),
    **dict.fromkeys(("territory", "republic"), _ADMIN | {"country"}),  # "the border territory of Georgia"
    **dict.fromkeys((*_DISTRICT, "county", "parish"), frozenset({"admin1", "admin2"})),
    **dict.fromkeys(("river",), frozenset({"river"})),
    **dict.fromkeys(("lake",), frozenset({"lake"})),
    **dict.fromkeys(("sea", "gulf", "strait"), frozenset({"sea", "ocean"})),
    **dict.fromkeys(("island", "islands"), frozenset({"island", "dependency", "country"})),
    **dict.fromkeys(("mountain", "mountains"), frozenset({"mountain"})),
    **dict.fromkeys(("valley", "peninsula", "desert"), frozenset({"region", "peninsula", "desert", "admin2", "place"})),
}  # fmt: skip
_FITTING |= {plural: _FITTING[word] for plural, word in _PLURALS.items()}


def _ends_list(text: str, mentions: Sequence[Mention], number: int) -> bool:
    """Tell whether a name and the next are two of a list: "Washington, New York and Boston", not "Paris, Tex. and"."""
    second = mentions[number + 1]
    if number + 2 >= len(mentions) or second.text in AFTER_TOWN or second.text.endswith("."):
        return False
    third = mentions[number + 2].span
    if text[second.span.end : third.start] not in {" and ", ", and ", " or ", ", or ", " & "}:
        return False
    fourth = mentions[number + 3].span.start if number + 3 < len(mentions) else -1
    return fourth != third.end + 2 or text[third.end] != ","  # "Kharkiv, Ukraine and Belgorod, Russia"


def _container(text: str, mentions: Sequence[Mention], number: int) -> int | None:
    """Return the mention that the words put this one into: "Jermuk, Armenia", "the Armenian city of Jermuk"."""
    mention = mentions[number]
    if mention.demonym:
        return None
    if number + 1 < len(mentions):
        following = mentions[number + 1]
        gap = text[mention.span.end : following.span.start]
        linked = _LINK_AFTER.fullmatch(gap) or gap == " " and following.text in AFTER_TOWN  # "Moore OK"
        listed = gap == ", " and _ends_list(text, mentions, number)
        if len(gap) < 30 and not following.demonym and linked and not listed:
            return number + 1
    if number:
        previous = mentions[number - 1]
        gap = text[previous.span.end : mention.span.start]
        if len(gap) < 60 and _LINK_BEFORE.fullmatch(gap):
            return number - 1
    return None


_POINTS = dict(
    zip(
        ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"),
        range(0, 360, 45),
        strict=True,
    )
)
_APART = re.compile(
    r",? (?:(?:which|that|a|an|the|is|are|was|lies|sits|located|situated|town|city|village|about|around|some|roughly"
    r"|nearly|just|only|approximately|over|under|at) ){0,6}"
    r"(?P<number>\d{1,3}(?:[.,]\d)?)[ -]?(?P<unit>km|kilomet(?:er|re)s?|miles?|mi)(?: \([^()]{1,25}\))?"
    r"(?: (?:to the )?(?P<point>(?:north|south)-?(?:east|west)|north|south|east|west)(?:ern)?)? (?:of|from|off|outside)"
    r"(?: the)?(?P<border> (?:border|frontier) (?:with|of))?(?: the)?(?: (?:capital|city|town|village)(?: of)?,?)? ",
    re.IGNORECASE,
)
_LONGEST_KIND = 24  # characters, with the space before
_LONGEST_GAP = 110  # characters
_BORDER_AFTER = re.compile(r"(?:['\u2019]s?)? (?:border|frontier)\b")


def _read_distances(
    article: Article, mentions: Sequence[Mention], sense_of: Mapping[int, Sense], gazetteer: Gazetteer
) -> None:
    for number in range(1, len(mentions)):
        start, end = mentions[number - 1].span.end, mentions[number].span.start
        if end - start > _LONGEST_GAP or (found := _APART.fullmatch(article.text, start, end)) is None:
            continue
        sense, other = sense_of[number - 1], sense_of[number]
        bordering = found["border"] or _BORDER_AFTER.match(article.text, mentions[number].span.end)
        if sense is other or not sense.matches or other.demonym and not bordering:
            continue
        km = float(found["number"].replace(",", ".")) * (1.0 if found["unit"].lower().startswith("k") else 1.609344)
        point = (found["point"] or "").lower().replace("-", "")
        away = _border_kms(sense, other, gazetteer) if bordering else None
        if away is not None or not bordering:
            sense.measured.append(Measured(other, km, _POINTS.get(point), away))


def _border_kms(sense: Sense, other: Sense, gazetteer: Gazetteer) -> npt.NDArray[np.float64] | None:
    """Return how far each candidate is from the border of a country, roughly; None where it is not known."""
    country = next((match.place for match in other.matches if match.place.kind == "country"), None)
    land = gazetteer.sketch(country.id) if country else None
    if land is None:
        return None
    return np.array([rough_km_from(place.place.at, land.boundary) for place in sense.matches])


def _share_plurals(cues: list[str], containers: list[int | None], text: str, mentions: Sequence[Mention]) -> None:
    """Let all names of a list have what is said once: "Cass and Clay counties in North Dakota", "the towns of …"."""
    listed = [text[a.span.end : b.span.start] in _LISTING for a, b in pairwise(mentions)]
    for number in reversed(range(len(listed))):
        if listed[number] and not cues[number] and cues[number + 1] in _PLURALS:
            cues[number] = cues[number + 1]
            if containers[number] in {None, number + 1}:  # "Kharkiv, Sumy and Chernihiv": none holds the next
                containers[number] = containers[number + 1]
    for number in range(len(listed)):
        if listed[number] and not cues[number + 1] and cues[number] in _PLURALS:
            cues[number + 1] = cues[number]


_THE = re.compile(
    r"\bthe (?:(?:mid|north|south|east|west|central|tropical|entire|whole|wider|greater)[a-z]*[ -])?$", re.I
)

_ALONE = re.compile(
    r"(?! ?[\w-])| (?:and|or|but|to|into|in|on|off|of|from|for|with|by|at|as|after|before|since|near|between|towards?|"
    r"than|that|which|who|where|when|while|if|because|is|are|was|were|has|have|had|will|would|could|may)\b"
)


def _with_the(text: str, span: Span) -> bool:
    """Tell whether "the" goes before a name that no noun follows: "in the Gulf", not "the Paris office"."""
    return (
        _ALONE.match(text, span.end) is not None and _THE.search(text[max(0, span.start - 40) : span.start]) is not None
    )


def _read_kind_cues(sense: Sense, text: str, mentions: Sequence[Mention], cues: Sequence[str]) -> None:
    kinds: set[str] = set()
    for number in sense.mentions:
        span = mentions[number].span
        word = cues[number]
        if word in _FITTING:
            kinds |= _FITTING[word]
            adjective = _ADJECTIVE.search(text[max(0, span.start - 45) : span.start])
            sense.quotes.setdefault(
                "kind_fits", f"{adjective[1]} {word}" if adjective and adjective[2] == word else word
            )
    sense.kinds = frozenset(kinds)


def _kind_cue(text: str, span: Span) -> str:
    """Return the word beside a mention that says what it is ("city" of "the city of Kharkiv"), or ""."""
    # "X region" goes before "the border of the X region"; "the city of X" before nothing
    found = _KIND_AFTER.match(text[span.end : span.end + _LONGEST_KIND])
    found = found or _KIND_BEFORE.search(text[max(0, span.start - 30) : span.start])
    return found.group(1).lower() if found else ""
