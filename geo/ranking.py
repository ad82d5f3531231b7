"""How likely each candidate of a name is: named features times weights, each sense in the light of the others."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.candidates import MAX_CANDIDATES, spelling
from geo.division_people import PEOPLE
from geo.nearness import rough_km, rough_kms
from geo.outlets import Home
from geo.places import Place
from geo.senses import Sense

LEAST_SEAT = 1000  # people; a village of the region's name is not what gave it the name
OF_STATES = frozenset({"US", "CA", "AU"})  # where "state" or "province" is seldom said: "in New York", "in Quebec"
UNCOUNTED = 2000  # people; the median of the gazetteer's towns whose population is known is 2,300
FEW = 10_000  # people of a division that is not among the well-known ones
ENGLAND = ("GB", "England")  # that other places are there says no more than that they are in the country
LIGHTS = 150  # so many names of an article say what is near; more make a directory, not an article


def rank(senses: Sequence[Sense], weights: Mapping[str, float], *, home: Home = (None, None)) -> None:
    """Fill features and probabilities: each sense alone first, then twice in the light of the others."""
    for sense in senses:
        sense.features = [_own_features(sense, place_number) for place_number in range(len(sense.matches))]
        _add_home(sense, home)
        _add_seats(sense)
        _add_interplay(sense)
        _score(sense, weights)
    for _ in range(2):
        light = _Light.of(senses)
        for sense in senses:
            sense.company = light.company(sense)
        updates = [light.features(sense, number) for number, sense in enumerate(senses)]
        for sense, update in zip(senses, updates, strict=True):
            for own, other in zip(sense.features, update, strict=True):
                own.update(other)
            _add_interplay(sense)
            _score(sense, weights)
    for sense in senses:
        _calibrate(sense, weights)


# What the curve gives for 0.7 was worth "worth_0.7" on documents not learned from; between, a line.
STEPS = (0.0, 0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 0.88, 0.93, 0.96, 0.98, 0.99, 1.0)


def calibrated(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return how often an answer with these signs was right; without learned weights, its share as it is."""
    odds = sum(weights.get(name, float(name.endswith(("_log", "_odds")))) * value for name, value in signs.items())
    share = 1.0 / (1.0 + math.exp(-odds))
    if "sure" not in signs:
        return share
    return float(np.interp(share, STEPS, [weights.get(f"worth_{step}", step) for step in STEPS]))


def signs_of_share(name: str, share: float) -> dict[str, float]:
    """Return the terms of a beta calibration (Kull and others 2017): a constant, ln p and -ln(1 - p)."""
    share = min(max(share, 1e-4), 1.0 - 1e-4)
    return {name: 1.0, f"{name}_log": math.log(share), f"{name}_odds": -math.log(1.0 - share)}


def sureness(sense: Sense) -> dict[str, float]:
    """Return the signs of how far the share of the likeliest candidate can be trusted."""
    best = int(np.argmax(sense.probabilities))
    return signs_of_share("sure", float(sense.probabilities[best])) | {
        "sure_none": sense.none,
        "sure_part": float(sense.matches[best].how in {"prefix", "fuzzy"}),
    }


def _calibrate(sense: Sense, weights: Mapping[str, float]) -> None:
    """Give the likeliest candidate its calibrated share, and what is left to the others in proportion."""
    if sense.corrected or not sense.matches or sense.none > sense.probabilities.max():
        return
    best = int(np.argmax(sense.probabilities))
    before = float(sense.probabilities[best])
    sense.sureness = sureness(sense)
    after = max(calibrated(sense.sureness, weights), before / (1.0 + before))  # so that it stays before the rest
    shrink = (1.0 - after) / max(1.0 - before, 1e-12)
    sense.none = min(sense.none * shrink, after)
    sense.probabilities = np.minimum(sense.probabilities * shrink, after)
    sense.probabilities[best] = after


def _own_features(sense: Sense, number: int) -> dict[str, float]:
    match = sense.matches[number]
    place = match.place
    other = match.how == "alternate" and not place.id.startswith("ml:")  # whose further names were chosen by hand
    respelt = other and spelling(sense.name) == spelling(place.name)  # "Zaporizhzhia" of Zaporizhzhya
    features = {
        "population": math.log10(_people(place) + 1) / 9,
        "first": 1.0 if number == 0 else 0.0,
        "lower_rank": min(1.0, number / 10),
        "country": float(place.kind in {"country", "continent"}),
        "capital": float(place.feature_code == "PPLC"),
        "admin1": float(place.kind in {"admin1", "dependency"}),
        "admin2": float(place.kind == "admin2"),
        "area": float(
            place.kind
            not in {"country", "continent", "admin1", "admin2", "settlement", "dependency", "facility", "place"}
        ),
        "disputed": float(place.kind == "disputed"),
        "facility": float(place.kind in {"facility", "place"}),
        "landmark": float(place.kind == "facility" and place.id.startswith("ml:")),
        "settlement": float(place.kind == "settlement"),
        "tiny": float(place.kind == "settlement" and _people(place) < 1500),
        "alternate": float(other and not respelt),
        "respelt": float(respelt),
        "short": float(match.how == "abbreviation"),
        "fuzzy": float(match.how == "fuzzy"),
        "partial": float(match.how == "prefix"),
        "accents": float(not match.matched.isascii() and sense.ascii),
    }
    if sense.kinds:
        features["kind_fits"] = float(place.kind in sense.kinds)
        features["kind_misfits"] = float(place.kind not in sense.kinds)
    if place.kind in {"admin1", "admin2"} and not place.population:
        features["division_people"] = math.log10(PEOPLE.get(place.geonameid or 0, FEW)) / 9
    features["the_area"] = sense.the * (features["area"] or features["disputed"])
    features["the_settlement"] = sense.the * features["settlement"] * (not place.name.startswith("The "))
    if sense.dateline:
        features["dateline_people"] = features["population"]
        features["dateline_capital"] = features["capital"]
    return {name: value for name, value in features.items() if value}


def _people(place: Place) -> int:
    """Return how many live there; a town of which it is not known is in the gazetteer for a reason."""
    return place.population or (UNCOUNTED if place.kind == "settlement" else 0)


def _add_home(sense: Sense, home: Home) -> None:
    town, country = home
    if town is not None and sense.matches:
        away = rough_kms(sense.lons, sense.lats, np.array([town.lon]), np.array([town.lat]))[:, 0]
        for features, distance in zip(sense.features, away, strict=True):
            features["home_at"] = math.exp(-float(distance) / 12)
            features["home"] = math.exp(-float(distance) / 60)
            features["home_wide"] = math.exp(-float(distance) / 300)
    for features, match in zip(sense.features, sense.matches, strict=True):
        if country is not None and match.place.country == country:
            features["home_country"] = 1.0


def _add_seats(sense: Sense) -> None:
    """Mark a region or district that is named after a town in it, where no word says that the area is meant."""
    if sense.kinds and "settlement" not in sense.kinds:
        return
    towns = [(number, match.place) for number, match in enumerate(sense.matches) if match.place.kind == "settlement"]
    for number, (features, match) in enumerate(zip(sense.features, sense.matches, strict=True)):
        area = match.place
        if area.kind == "admin1" and any(town.feature_code == "PPLC" for _, town in towns):
            features["beside_capital"] = 1.0  # "Washington"
        held = area.kind in {"disputed", "region"} and area.name.endswith(" region")  # "Donetsk region"
        if not held and area.kind not in {"admin1", "admin2"}:
            continue
        seat = max(((_people(town), -index) for index, town in towns if _seat_of(town, area)), default=None)
        if seat is None:
            continue
        kinds = ("county", "state") if area.country in OF_STATES else ("district", "region")
        features[f"bare_{kinds[area.kind != 'admin2']}"] = 1.0
        if area.country not in OF_STATES and (pair := (number, -seat[1])) not in sense.twins:
            sense.twins.append(pair)  # who means the region says so


def _seat_of(town: Place, area: Place) -> bool:
    if town.country != area.country or _people(town) < LEAST_SEAT:
        return False
    # spelling differs between a town's region and the region's own row; regions are wide, districts are not
    return rough_km(town, area) < (60 if area.kind == "admin2" else 150) or town.admin1 == area.name


def _add_interplay(sense: Sense) -> None:
    """Add what two signs say together, where a weight for each alone would be wrong for one of them."""
    most = max((features.get("population", 0.0) for features in sense.features), default=0.0)
    for features, match in zip(sense.features, sense.matches, strict=True):
        if match.place.kind == "admin1":
            elsewhere = 1.0 - features.get("country_share", 0.0)
            features["bare_abroad"] = elsewhere * features.get("bare_state", 0.0)  # New York, to the world
            features["little_division"] = elsewhere * _smallness(PEOPLE.get(match.place.geonameid or 0, 0))
        if match.place.kind in {"settlement", "admin2"}:
            features["overshadowed"] = most - features.get("population", 0.0)
            features["lonely"] = (
                sense.company
                * (1.0 - features.get("near_wide", 0.0))
                * _smallness(max(_people(match.place), PEOPLE.get(match.place.geonameid or 0, 0)))
            )


def none_features(sense: Sense) -> dict[str, float]:
    alone = not sense.matches or sense.matches[0].how in {"prefix", "fuzzy"}
    return {
        "none": 1.0,
        "none_by_tagger": float(sense.tagger_only),
        "none_by_score": 1 - sense.score,
        "none_by_name": float(alone),
        "none_in_company": sense.company,
        "none_by_count": min(1.0, len(sense.matches) / MAX_CANDIDATES),
    }


def _score(sense: Sense, weights: Mapping[str, float]) -> None:
    """Turn features into shares that sum to one together with "none of these"."""
    if sense.corrected:
        sense.probabilities = np.array([1.0] + [0.0] * (len(sense.matches) - 1))
        sense.none = 0.0
        return
    rows = [*sense.features, none_features(sense)]
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

    def company(self, sense: Sense) -> float:
        """Return how much the other names say about where the article is, 0..1."""
        others = float(self.top_weight[self.top_name != sense.name].sum())
        return others / (others + 2.0)

    def features(self, sense: Sense, number: int) -> list[dict[str, float]]:
        """Return the features that each candidate of a sense gets from the other senses."""
        if not sense.matches:
            return []
        others = sum(self.countries.values()) - sum(self.by_country[number].values())
        others1 = sum(self.admin1s.values()) - sum(self.by_admin1[number].values())
        # Paris, France, says nothing about Paris, Texas
        weight = np.where(self.top_name == sense.name, 0.0, self.top_weight)
        distance = rough_kms(sense.lons, sense.lats, self.top_lon, self.top_lat)
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
            if others1 > 0 and key[1] and key != ENGLAND:
                mine1 = self.admin1s.get(key, 0.0) - self.by_admin1[number].get(key, 0.0)
                row["holds" if place.kind == "admin1" else "admin1_share"] = max(0.0, mine1) / (others1 + 0.5)
            row["stranded"] = _stranded(place, row) if settled_others >= 2 else 0.0
            row["contained"] = max((_inside(place, container) for container in sense.containers), default=0.0)
            row["not_contained"] = (1.0 - row["contained"]) if sense.containers else 0.0
            row["contains"] = max((_holds(place, content) for content in sense.contents), default=0.0)
            row["as_far"] = max((measured.fits(sense, index) for measured in sense.measured), default=0.0)
            row["like"] = max((_like(place, sibling) for sibling in sense.siblings), default=0.0)
            rows.append(row)
        return rows


def _stranded(place: Place, row: Mapping[str, float]) -> float:
    """Return how surely a little-known town lies far from all else that the article names, 0..1."""
    if place.kind != "settlement" or row.get("country_share", 0.0) > 0.02 or row["near_wide"] > 0.1:
        return 0.0
    return _smallness(_people(place))


def _smallness(people: int) -> float:
    """Return 1 for a village and 0 from 300,000 people on: a city may be named anywhere."""
    return max(0.0, min(1.0, (5.5 - math.log10(people + 1)) / 2.5))


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
    return place.country == outer.country and rough_km(place, outer) < 100
