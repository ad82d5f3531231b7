"""Which place a mention means, how sure that is, and why."""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

import numpy as np
import numpy.typing as npt

from geo.abbreviations import state_of
from geo.article import Article, Span
from geo.geodesy import LonLat
from geo.mentions import Mention
from geo.outlets import home_of
from geo.places import Gazetteer, NameMatch, Place
from geo.resolve_weights import WEIGHTS

Role = Literal["event", "context", "dateline"]

LIGHTS = 150  # so many names of an article say what is near; more make a directory, not an article
MAX_CANDIDATES = 25  # "San José" has 300; the right one is among the first 25 by prominence nearly always
EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG; closeness is a hint here, not a measurement


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a mention might mean; `probability` is this candidate's share, 0..1."""

    place: Place
    probability: float
    reasons: tuple[str, ...] = ()  # in words a reader understands
    features: Mapping[str, float] = field(default_factory=dict)  # named, as the ranking used them


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The ranked candidates of a mention; nothing is dropped, the first is the choice.

    A correction by a person moves the chosen candidate to the front, with `corrected` set and confidence 1.
    No candidate at all is a result too: the name is shown, without a place; so is `nowhere`: none of them fits.
    """

    mention: Mention
    candidates: tuple[Candidate, ...]
    confidence: float  # calibrated probability that `place` is right; 0 where there is none
    role: Role = "context"
    corrected: bool = False  # a person chose
    nowhere: bool = False  # "none of these" is likelier than the first candidate

    @property
    def place(self) -> Place | None:
        """The place that the mention is taken to mean, or None."""
        return self.candidates[0].place if self.candidates and not self.nowhere else None


def resolve(
    article: Article,
    mentions: Sequence[Mention],
    *,
    gazetteer: Gazetteer,
    corrections: Mapping[Span, str] = MappingProxyType({}),
    weights: Mapping[str, float] = WEIGHTS,
) -> tuple[Resolution, ...]:
    """Rank the places that each mention might mean; one resolution a mention, in the same order.

    A name has one sense in a document unless its own words say other ("Paris, Texas"). `corrections` gives the span of
    a mention and the id of its place; it holds for every mention of that name in the article.
    """
    senses = _senses(article, mentions, gazetteer)
    _apply_corrections(senses, mentions, corrections, gazetteer)
    rank(senses, weights, home=home_of(article.url))
    signs = _sentence_signs(article, mentions)
    of_mention = {number: sense for sense in senses for number in sense.mentions}
    return tuple(
        _resolution(article, mention, of_mention[number], weights, signs) for number, mention in enumerate(mentions)
    )


def normalised(name: str) -> str:
    """Return a name without case, diacritics, hyphens and "the", to tell whether two mentions say the same."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = re.sub(r"[\W_]+", " ", plain).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


# --- senses: the mentions of one name that mean one place ------------------------------------------------------------


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
    siblings: list["Sense"] = field(default_factory=list)  # beside it in a list ("Georgia, Texas and Louisiana")
    kinds: frozenset[str] = frozenset()
    quotes: dict[str, str] = field(default_factory=dict)  # the words that a reason points to
    corrected: bool = False
    lons: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    lats: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    features: list[dict[str, float]] = field(default_factory=list)
    probabilities: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    none: float = 0.0  # probability that no candidate is meant
    twins: list[tuple[int, int]] = field(default_factory=list)  # a division and the disputed territory that it is

    @property
    def top(self) -> Place | None:
        """The likeliest candidate, whatever the chance of none."""
        return self.matches[int(np.argmax(self.probabilities))].place if len(self.probabilities) else None


def _senses(article: Article, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Sense]:
    groups: dict[tuple[str, bool, str], list[int]] = defaultdict(list)
    containers = [_container(article.text, mentions, number) for number in range(len(mentions))]
    own: dict[str, set[str]] = defaultdict(set)
    for number, mention in enumerate(mentions):
        if (container := containers[number]) is not None:
            own[normalised(mention.text)].add(normalised(mentions[container].text))
    cues = [_kind_cue(article.text, mention.span) for mention in mentions]
    settled = {normalised(m.text) for m, cue in zip(mentions, cues, strict=True) if _FITTING.get(cue) == _SETTLED}
    for number, mention in enumerate(mentions):
        name, container = normalised(mention.text), containers[number]
        # "Paris, France" and "Paris, Texas" in one text are two senses; a bare "Paris" joins the first
        several = len(own[name]) > 1 and container is not None
        part = normalised(mentions[container].text) if several and container is not None else ""
        # so are "Kharkiv region" and "the city of Kharkiv"; a bare "Kharkiv" is then the city
        if name in settled and _FITTING.get(cues[number], _SETTLED) != _SETTLED:
            part += "/area"
        groups[name, mention.demonym, part].append(number)
    senses = []
    sense_of: dict[int, Sense] = {}
    for (name, demonym, _), numbers in groups.items():
        matches = _matches(mentions[numbers[0]], article.text, gazetteer)
        sense = Sense(
            name=name,
            mentions=numbers,
            matches=matches,
            demonym=demonym,
            tagger_only=all(mentions[n].source == ("tagger",) for n in numbers),
            score=max(mentions[n].score for n in numbers),
            lons=np.array([match.place.at.lon for match in matches]),
            lats=np.array([match.place.at.lat for match in matches]),
            twins=_twins(matches),
        )
        _read_kind_cues(sense, article.text, mentions)
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
    return senses


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
        and _distance_km(place, places[other]) < 100
    ]


def _join(senses: list[Sense], other: Sense) -> None:
    """Add a sense once; more than a few tell nothing new."""
    if len(senses) < MAX_LINKS and all(sense is not other for sense in senses):
        senses.append(other)


MAX_LINKS = 6

_LISTING = frozenset({", ", " and ", ", and ", " or ", ", or ", "/", "-", "\u2013", " & "})
_MODIFIERS = frozenset(
    "northern southern eastern western central north south east west northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern upper lower greater downtown mainland metro rural old new the "
    "city town village state province region county district of".split()
)
_TAILS = frozenset(
    "region province oblast area county district state city town village governorate republic parish".split()
)


def _matches(mention: Mention, text: str, gazetteer: Gazetteer) -> Sequence[NameMatch]:
    """Return the candidates of a mention, most prominent first; typing errors only where nothing else fits."""
    after_comma = text[max(0, mention.span.start - 2) : mention.span.start] == ", "
    if (state := state_of(mention.text)) and (after_comma or mention.text.endswith(".")):
        found = [match for match in gazetteer.named(state) if match.place.kind in {"admin1", "country"}]
        if found:
            return found[:MAX_CANDIDATES]
    found = list(gazetteer.named(mention.text))
    if mention.demonym:
        found = [match for match in found if match.how == "demonym"] or found
    if not found:
        words = mention.text.replace("-", " ").split()
        while len(words) > 1 and words[0].lower() in _MODIFIERS:
            words = words[1:]
        while len(words) > 1 and words[-1].lower() in _TAILS:
            words = words[:-1]
        shorter = " ".join(words)
        if shorter != mention.text:
            found = [replace(match, how="prefix") for match in gazetteer.named(shorter)]
    if not found:
        found = [replace(match, how="prefix") for match in _of_facility(mention.text, gazetteer)]
    if not found and len(mention.text) > 5 and mention.text.isalpha() and mention.source == ("tagger",):
        found = list(gazetteer.fuzzy(mention.text, limit=3))
    unique: dict[str, NameMatch] = {}
    for match in found:
        unique.setdefault(match.place.id, match)
    return list(unique.values())[:MAX_CANDIDATES]


_FACILITIES = frozenset(
    """
    abbey academy airbase airfield airport arena barracks base basilica campus castle cathedral cemetery checkpoint
    clinic college court courthouse garrison harbor harbour hospital hotel institute library mall mosque museum palace
    plant port prison raceway refinery school speedway stadium station synagogue temple terminal theater theatre
    university zoo
    """.split()
)


def _of_facility(name: str, gazetteer: Gazetteer) -> Sequence[NameMatch]:
    """Return the places that a site is named after: "Zaventem International Airport" stands near Zaventem."""
    words = name.split()
    if not 1 < len(words) <= 8:
        return ()
    if words[-1].lower() in _FACILITIES:
        tries = [words[:last] for last in range(len(words) - 1, 0, -1)]
    elif words[0].lower() in _FACILITIES and words[1] == "of":
        tries = [words[2:]]
    else:
        return ()
    return next((found for part in tries if part and (found := gazetteer.named(" ".join(part)))), ())


# --- cues in the words beside a mention ------------------------------------------------------------------------------

_LINK_AFTER = re.compile(r"(?:, ?| \(|,? in (?:the )?(?:(?:north|south|east|west|central)[a-z]{0,8} )?)")
_LINK_BEFORE = re.compile(
    r"(?:['’]s?)? (?:[a-z]{1,14} ){0,3}"
    r"(?:city|town|village|port|capital|region|province|district|settlement) (?:of )?"
)
_KIND_BEFORE = re.compile(
    r"\b(city|town|village|settlement|suburb|capital|port|hamlet|municipality|state|province|region|oblast|district|county"
    r"|republic|river|lake|sea|island|mountain|valley|peninsula|territory|governorate|desert|gulf"
    r"|strait)(?: of)?(?: the)? $",
    re.IGNORECASE,
)
_KIND_AFTER = re.compile(
    r"\s(city|town|village|settlement|suburb|state|province|region|oblast|district|county|parish|river|lake|sea|island"
    r"|islands|mountains|valley|peninsula|territory|governorate|desert|gulf|strait)\b",
    re.IGNORECASE,
)
_SETTLED = frozenset({"settlement"})
_ADMIN = frozenset({"admin1", "admin2", "region", "disputed", "dependency"})
_FITTING: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("city", "town", "village", "settlement", "suburb", "capital"), _SETTLED),
    **dict.fromkeys(("port", "hamlet", "municipality"), _SETTLED),
    **dict.fromkeys(("state", "province", "region", "oblast", "governorate", "territory", "republic"), _ADMIN),
    **dict.fromkeys(("district", "county", "parish"), frozenset({"admin1", "admin2"})),
    **dict.fromkeys(("river",), frozenset({"river"})),
    **dict.fromkeys(("lake",), frozenset({"lake"})),
    **dict.fromkeys(("sea", "gulf", "strait"), frozenset({"sea", "ocean"})),
    **dict.fromkeys(("island", "islands"), frozenset({"island", "dependency", "country"})),
    **dict.fromkeys(("mountain", "mountains"), frozenset({"mountain"})),
    **dict.fromkeys(("valley", "peninsula", "desert"), frozenset({"region", "peninsula", "desert", "admin2", "place"})),
}  # fmt: skip


def _container(text: str, mentions: Sequence[Mention], number: int) -> int | None:
    """Return the mention that the words put this one into: "Jermuk, Armenia", "the Armenian city of Jermuk"."""
    mention = mentions[number]
    if mention.demonym:
        return None
    if number + 1 < len(mentions):
        following = mentions[number + 1]
        gap = text[mention.span.end : following.span.start]
        if len(gap) < 30 and not following.demonym and _LINK_AFTER.fullmatch(gap):
            return number + 1
    if number:
        previous = mentions[number - 1]
        gap = text[previous.span.end : mention.span.start]
        if len(gap) < 60 and _LINK_BEFORE.fullmatch(gap):
            return number - 1
    return None


def _read_kind_cues(sense: Sense, text: str, mentions: Sequence[Mention]) -> None:
    kinds: set[str] = set()
    for number in sense.mentions:
        word = _kind_cue(text, mentions[number].span)
        if word in _FITTING:
            kinds |= _FITTING[word]
            sense.quotes.setdefault("kind_fits", word)
    sense.kinds = frozenset(kinds)


def _kind_cue(text: str, span: Span) -> str:
    """Return the word beside a mention that says what it is ("city" of "the city of Kharkiv"), or ""."""
    # "X region" goes before "the border of the X region"; "the city of X" before nothing
    found = _KIND_AFTER.match(text[span.end : span.end + 16])
    found = found or _KIND_BEFORE.search(text[max(0, span.start - 30) : span.start])
    return found.group(1).lower() if found else ""


# --- features and ranking --------------------------------------------------------------------------------------------


Home = tuple[LonLat | None, str | None]  # where the publisher is at home: town, country


def rank(senses: Sequence[Sense], weights: Mapping[str, float], *, home: Home = (None, None)) -> None:
    """Fill features and probabilities: each sense alone first, then twice in the light of the others."""
    for sense in senses:
        sense.features = [_own_features(sense, place_number) for place_number in range(len(sense.matches))]
        _add_home(sense, home)
        _score(sense, weights)
    for _ in range(2):
        light = _Light.of(senses)
        updates = [light.features(sense, number) for number, sense in enumerate(senses)]
        for sense, update in zip(senses, updates, strict=True):
            for own, other in zip(sense.features, update, strict=True):
                own.update(other)
            _score(sense, weights)


_NOT_AREAS = frozenset({"country", "continent", "admin1", "admin2", "settlement", "dependency", "facility", "place"})


def _own_features(sense: Sense, number: int) -> dict[str, float]:
    match = sense.matches[number]
    place = match.place
    features = {
        "population": math.log10(place.population + 1) / 9,
        "first": 1.0 if number == 0 else 0.0,
        "lower_rank": min(1.0, number / 10),
        "country": float(place.kind in {"country", "continent"}),
        "capital": float(place.feature_code == "PPLC"),
        "seat": float((place.feature_code or "").startswith("PPLA")),
        "admin1": float(place.kind in {"admin1", "dependency"}),
        "admin2": float(place.kind == "admin2"),
        "area": float(
            place.kind
            not in {"country", "continent", "admin1", "admin2", "settlement", "dependency", "facility", "place"}
        ),
        "facility": float(place.kind in {"facility", "place"}),
        "settlement": float(place.kind == "settlement"),
        "tiny": float(place.kind == "settlement" and place.population < 1500),
        "alternate": float(match.how == "alternate"),
        "short": float(match.how == "abbreviation"),
        "fuzzy": float(match.how == "fuzzy"),
        "partial": float(match.how == "prefix"),
    }
    if sense.kinds:
        features["kind_fits"] = float(place.kind in sense.kinds)
        features["kind_misfits"] = float(place.kind not in sense.kinds)
    return {name: value for name, value in features.items() if value}


def _add_home(sense: Sense, home: Home) -> None:
    town, country = home
    if town is not None and sense.matches:
        away = _distances_km(sense.lons, sense.lats, np.array([town.lon]), np.array([town.lat]))[:, 0]
        for features, distance in zip(sense.features, away, strict=True):
            features["home"] = math.exp(-float(distance) / 60)
            features["home_wide"] = math.exp(-float(distance) / 300)
    for features, match in zip(sense.features, sense.matches, strict=True):
        if country is not None and match.place.country == country:
            features["home_country"] = 1.0


def _none_features(sense: Sense) -> dict[str, float]:
    alone = not sense.matches or sense.matches[0].how in {"prefix", "fuzzy"}
    return {
        "none": 1.0,
        "none_by_tagger": float(sense.tagger_only),
        "none_by_score": 1 - sense.score,
        "none_by_name": float(alone),
        "none_by_count": min(1.0, len(sense.matches) / MAX_CANDIDATES),
    }


def _score(sense: Sense, weights: Mapping[str, float]) -> None:
    """Turn features into shares that sum to one together with "none of these"."""
    if sense.corrected:
        sense.probabilities = np.array([1.0] + [0.0] * (len(sense.matches) - 1))
        sense.none = 0.0
        return
    rows = [*sense.features, _none_features(sense)]
    scores = np.array([sum(weights.get(name, 0.0) * value for name, value in row.items()) for row in rows])
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    for division, territory in sense.twins:
        shares[territory] += shares[division]
        shares[division] = 0.0
    sense.probabilities, sense.none = shares[:-1], float(shares[-1])


@dataclass(frozen=True, slots=True)
class _Light:
    """What the other names of the document say: their likeliest places and how much lies in which country."""

    by_country: Sequence[Mapping[str, float]]
    by_admin1: Sequence[Mapping[tuple[str, str], float]]
    countries: Mapping[str, float]
    admin1s: Mapping[tuple[str, str], float]
    top_name: npt.NDArray[np.object_]  # of the most frequent names, LIGHTS at most
    top_lon: npt.NDArray[np.float64]
    top_lat: npt.NDArray[np.float64]
    top_weight: npt.NDArray[np.float64]

    @classmethod
    def of(cls, senses: Sequence[Sense]) -> "_Light":
        by_country, by_admin1 = [], []
        countries: dict[str, float] = defaultdict(float)
        admin1s: dict[tuple[str, str], float] = defaultdict(float)
        tops = np.zeros((len(senses), 3))
        for number, sense in enumerate(senses):
            own: dict[str, float] = defaultdict(float)
            own1: dict[tuple[str, str], float] = defaultdict(float)
            for match, share in zip(sense.matches, sense.probabilities, strict=True):
                place = match.place
                if place.country and share > 0.02:
                    own[place.country] += float(share)
                    if admin1 := (place.name if place.kind == "admin1" else place.admin1):
                        own1[place.country, admin1] += float(share)
            for country, share in own.items():
                countries[country] += share
            for key, share in own1.items():
                admin1s[key] += share
            by_country.append(own)
            by_admin1.append(own1)
            if len(sense.probabilities):
                best = int(np.argmax(sense.probabilities))
                small = sense.matches[best].place.kind not in {"country", "continent", "ocean"}
                tops[number] = (sense.lons[best], sense.lats[best], sense.probabilities[best] if small else 0.0)
        brightest = sorted(range(len(senses)), key=lambda number: -len(senses[number].mentions))[:LIGHTS]
        names = np.array([senses[number].name for number in brightest], dtype=object)
        tops = tops[brightest]
        return cls(by_country, by_admin1, countries, admin1s, names, tops[:, 0], tops[:, 1], tops[:, 2])

    def features(self, sense: Sense, number: int) -> list[dict[str, float]]:
        """Return the features that each candidate of a sense gets from the other senses."""
        if not sense.matches:
            return []
        others = sum(self.countries.values()) - sum(self.by_country[number].values())
        others1 = sum(self.admin1s.values()) - sum(self.by_admin1[number].values())
        # Paris, France, says nothing about Paris, Texas
        weight = np.where(self.top_name == sense.name, 0.0, self.top_weight)
        distance = _distances_km(sense.lons, sense.lats, self.top_lon, self.top_lat)
        settled_others = int((weight > 0.4).sum())
        near = (np.exp(-distance / 50.0) * weight).max(axis=1)
        wide = (np.exp(-distance / 300.0) * weight).max(axis=1)
        rows = []
        for index, match in enumerate(sense.matches):
            place = match.place
            row = {"near": float(near[index]), "near_wide": float(wide[index])}
            if place.country and others > 0:
                mine = self.countries.get(place.country, 0.0) - self.by_country[number].get(place.country, 0.0)
                row["country_share"] = max(0.0, mine) / (others + 0.5)
            key = (place.country or "", place.admin1 or "")
            if place.kind == "admin1":
                key = (place.country or "", place.name)
            if others1 > 0 and key[1]:
                mine1 = self.admin1s.get(key, 0.0) - self.by_admin1[number].get(key, 0.0)
                row["holds" if place.kind == "admin1" else "admin1_share"] = max(0.0, mine1) / (others1 + 0.5)
            row["stranded"] = _stranded(place, row) if settled_others >= 2 else 0.0
            row["contained"] = max((_inside(place, container) for container in sense.containers), default=0.0)
            row["contains"] = max((_holds(place, content) for content in sense.contents), default=0.0)
            row["like"] = max((_like(place, sibling) for sibling in sense.siblings), default=0.0)
            rows.append(row)
        return rows


def _stranded(place: Place, row: Mapping[str, float]) -> float:
    """Return how surely a little-known town lies far from all else that the article names, 0..1."""
    if place.kind != "settlement" or row.get("country_share", 0.0) > 0.02 or row["near_wide"] > 0.1:
        return 0.0
    # 1 for a village, 0 from 300,000 people on: a city may be named anywhere
    return max(0.0, min(1.0, (5.5 - math.log10(place.population + 1)) / 2.5))


def _inside(place: Place, container: Sense) -> float:
    """Return how far a candidate lies in what the words put it into, 0..1."""
    # a container that could be many things must not decide by itself
    shares = [
        float(s) for m, s in zip(container.matches, container.probabilities, strict=True) if _lies_in(place, m.place)
    ]
    return min(1.0, 0.3 + max(shares)) if shares else 0.0


def _holds(place: Place, content: Sense) -> float:
    """Return how far a candidate holds what the words put into it, 0..1."""
    shares = zip(content.matches, content.probabilities, strict=True)
    return min(1.0, 0.3 + max(inside)) if (inside := [float(s) for m, s in shares if _lies_in(m.place, place)]) else 0.0


def _like(place: Place, sibling: Sense) -> float:
    """Return how far a neighbour in a list is of the same kind and country."""
    return sum(
        float(share)
        for match, share in zip(sibling.matches, sibling.probabilities, strict=True)
        if match.place.kind == place.kind and (place.kind == "country" or match.place.country == place.country)
    )


def _lies_in(place: Place, outer: Place) -> bool:
    if outer.id == place.id or place.kind == "country":
        return False
    if outer.kind in {"country", "dependency"}:
        return place.country is not None and outer.country == place.country
    if outer.kind == "admin1":
        return place.country == outer.country and place.admin1 is not None and place.admin1 == outer.name
    return place.country == outer.country and _distance_km(place, outer) < 100


def _distance_km(a: Place, b: Place) -> float:
    lat1, lat2 = math.radians(a.at.lat), math.radians(b.at.lat)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b.at.lon - a.at.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))


def _distances_km(
    lons: npt.NDArray[np.float64],
    lats: npt.NDArray[np.float64],
    other_lons: npt.NDArray[np.float64],
    other_lats: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Return great-circle distances, one row a candidate, one column another place."""
    lat1, lat2 = np.radians(lats)[:, None], np.radians(other_lats)[None, :]
    along = np.radians(other_lons)[None, :] - np.radians(lons)[:, None]
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin(along / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


# --- corrections -----------------------------------------------------------------------------------------------------


def _apply_corrections(
    senses: Sequence[Sense], mentions: Sequence[Mention], corrections: Mapping[Span, str], gazetteer: Gazetteer
) -> None:
    """Put the place that a person chose first, for every sense that holds a mention of the corrected name."""
    chosen: dict[tuple[str, bool], str] = {}
    exact: dict[int, str] = {}
    for number, mention in enumerate(mentions):
        if (place_id := corrections.get(mention.span)) is not None:
            chosen[normalised(mention.text), mention.demonym] = place_id
            exact[number] = place_id
    for sense in senses:
        own = next((exact[number] for number in sense.mentions if number in exact), None)
        place_id = own or chosen.get((sense.name, sense.demonym))
        if place_id is None:
            continue
        rest = [match for match in sense.matches if match.place.id != place_id]
        first = next((match for match in sense.matches if match.place.id == place_id), None)
        if first is None and (place := gazetteer.place(place_id)) is not None:
            first = NameMatch(place=place, matched=place.name, how="name")
        if first is not None:
            sense.matches = [first, *rest]
            sense.lons = np.array([match.place.at.lon for match in sense.matches])
            sense.lats = np.array([match.place.at.lat for match in sense.matches])
            sense.corrected, sense.twins = True, []


# --- results ---------------------------------------------------------------------------------------------------------


def _resolution(
    article: Article,
    mention: Mention,
    sense: Sense,
    weights: Mapping[str, float],
    signs: Mapping[int, tuple[bool, bool]],
) -> Resolution:
    order = sorted(range(len(sense.matches)), key=lambda number: -float(sense.probabilities[number]))
    candidates = tuple(
        Candidate(
            place=sense.matches[number].place,
            probability=round(float(sense.probabilities[number]), 4),
            reasons=_reasons(sense, number, weights) if place_in_list < 3 else (),
            features=sense.features[number],
        )
        for place_in_list, number in enumerate(order)
    )
    nowhere = bool(candidates) and not sense.corrected and sense.none > candidates[0].probability
    if candidates and not sense.corrected:
        first = sense.matches[order[0]]
        nowhere |= first.how == "fuzzy" and not _is_spelling(mention.text, first, sense.features[order[0]])
    confidence = 1.0 if sense.corrected else candidates[0].probability if candidates and not nowhere else 0.0
    place = candidates[0].place if candidates and not nowhere else None
    return Resolution(
        mention=mention,
        candidates=candidates,
        confidence=confidence,
        role=_role(article, mention, place, signs),
        corrected=sense.corrected,
        nowhere=nowhere,
    )


def _is_spelling(text: str, match: NameMatch, features: Mapping[str, float]) -> bool:
    """Tell another spelling of a name from another name; it must also lie where the article is about."""
    supported = features.get("contained", 0.0) > 0.8 or features.get("near", 0.0) > 0.2
    return supported and _spelling(text) == _spelling(match.matched)


def _spelling(name: str) -> str:
    """Return what transliterations of a name share: its consonants, sounded alike, none doubled."""
    plain = normalised(name).replace(" ", "")
    for one, other in (("kh", "h"), ("gh", "g"), ("ck", "k"), ("q", "k"), ("c", "k"), ("w", "v"), ("zh", "z")):
        plain = plain.replace(one, other)
    letters = [letter for letter in plain if letter not in "aeiouyj"]
    return "".join(letter for number, letter in enumerate(letters) if letters[number - 1 : number] != [letter])


def _reasons(sense: Sense, number: int, weights: Mapping[str, float]) -> tuple[str, ...]:
    """Say in words which signs spoke for a candidate, the strongest first."""
    if sense.corrected and number == 0:
        return ("chosen by a person",)
    features, place = sense.features[number], sense.matches[number].place
    country = place.country_name or place.country or "the same country"
    words = {
        "contained": f"the text says “{sense.quotes.get('contained', '')}”",
        "kind_fits": f"the text calls it “{sense.quotes.get('kind_fits', '')}”",
        "country_share": f"other places of the article are in {country}",
        "admin1_share": f"other places of the article are in {place.admin1}",
        "holds": "it holds other places of the article",
        "near": "other places of the article are close to it",
        "population": "it is the best known place of that name" if number == 0 else "it is well known",
        "home": "the publisher is at home there",
    }
    strength = {name: weights.get(name, 0.0) * features.get(name, 0.0) for name in words}
    strong = sorted((name for name in words if strength[name] > 0.4), key=lambda name: -strength[name])
    if place.kind == "country":
        return (
            ("it is the name of a country",) if not sense.demonym else ("the word is used for people and things of it",)
        )
    made_from = (f"the name is made from “{sense.matches[number].matched}”",) if features.get("partial") else ()
    return (*made_from, *(words[name] for name in strong[:3]))


# --- roles -----------------------------------------------------------------------------------------------------------

_DATELINE_REST = re.compile(r"[^\n]{0,60}?(?:\([A-Z][\w .]{1,20}\)|\s[-\u2013\u2014]{1,2}\s|\u2014)")
_EVENT_WORDS = re.compile(
    r"\b(?:attack|strike|struck|airstrike|shell|kill|wound|injur|clash|battle|fight|fought|bomb|explo|blast|raid|captur|seiz"
    r"|advanc|withdr|retreat|offensive|drone|missile|rocket|artiller|troop|forces|soldier|protest|evacuat|displac|ambush"
    r"|siege|besieg|occup|liberat|overr[ua]n|hit|destroy|damag|fir(?:e|ed|ing)|shot|shoot|dead|died|death|casualt|massacr"
    r"|incursion|invad|invasion|front ?line|ceasefire|cease-fire|convoy|militant|rebel|insurgent|gunm[ae]n"
    r"|police|arrest|crash|flood"
    r"|earthquake|visit|met|meeting|summit)",
    re.IGNORECASE,
)
_DISTANCE = re.compile(
    r"\d[ -]?(?:km|kilomet|mile|metres|meters)\b|\b(?:kilomet(?:er|re)s?|miles?|km)\b", re.IGNORECASE
)
_LOCATING = re.compile(
    r"\b(?:in|at|near|on|outside|inside|around|to|into|toward|towards|across|between|from|of|off|through|over|beyond|and|or"
    r"|captured|seized|entered|shelled|bombed|hit|struck|attacked|liberated|took|left|reached|besieged),?"
    r"(?: (?:the|both|nearby|neighbou?ring|northern|southern|eastern|western|central|besieged|disputed|border|port"
    r"|city|town|village|province|region|territory|of)){0,5} $",
    re.IGNORECASE,
)
_FIRMLY_IN = re.compile(
    r"\b(?:in|at|near|inside|into|across|throughout)(?: (?:the|northern|southern|eastern|western|central)){0,2} $"
)
_WIDE = frozenset({"country", "continent", "ocean"})


def _sentence_signs(article: Article, mentions: Sequence[Mention]) -> dict[int, tuple[bool, bool]]:
    """Tell for each sentence that names a place whether it speaks of an event, and of a distance."""
    sentences = {(sentence := article.sentence_at(mention.span.start)).number: sentence for mention in mentions}
    words = {number: sentence.span.of(article.text) for number, sentence in sentences.items()}
    return {
        number: (_EVENT_WORDS.search(text) is not None, _DISTANCE.search(text) is not None)
        for number, text in words.items()
    }


def _role(article: Article, mention: Mention, place: Place | None, signs: Mapping[int, tuple[bool, bool]]) -> Role:
    """Tell whether something happened there, whether it is where the report was filed, or only talked about."""
    if _is_dateline(article.text, mention):
        return "dateline"
    if mention.demonym or mention.part_of or (place is not None and place.kind in _WIDE):
        return "context"
    sentence = article.sentence_at(mention.span.start)
    event, distance = signs[sentence.number]
    before = article.text[max(sentence.span.start, mention.span.start - 60) : mention.span.start]
    if distance and place is not None and place.kind == "settlement":
        return "event"
    if not event:
        return "context"
    if place is None or place.kind in {"disputed", "region", "dependency"}:
        return "event" if _FIRMLY_IN.search(before) else "context"
    if place.feature_code == "PPLC":  # a capital often stands for its government
        return "event" if _FIRMLY_IN.search(before) else "context"
    return "event" if _LOCATING.search(before) or _starts_list_item(article.text, mention) else "context"


def _is_dateline(text: str, mention: Mention) -> bool:
    """Tell "KYIV, Ukraine (AP) -" at the start of a paragraph; the country after the town belongs to it."""
    earliest = max(0, mention.span.start - 41)
    line = text.rfind("\n", earliest, mention.span.start) + 1
    if not line and earliest:
        return False
    before = text[line : mention.span.start]
    if len(before) > 40 or any(word.islower() for word in before.split()):
        return False
    rest = _DATELINE_REST.match(text, mention.span.end)
    if rest is None:
        return False
    middle = rest.group()
    return not any(word.islower() and len(word) > 3 for word in re.findall(r"\w+", middle)) and (
        mention.text.isupper() or before.isupper() or "(" in middle
    )


def _starts_list_item(text: str, mention: Mention) -> bool:
    return text[max(0, mention.span.start - 2) : mention.span.start] == ", "
