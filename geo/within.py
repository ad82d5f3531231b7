"""Where a name without a place of its own is likely to be: in a place that the words around it name.

An unknown hospital or street lies in some town of the article more often than not. This is an assumption: it is said
to be one, carries its own calibrated probability, and never becomes a position on the map.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.article import Article
from geo.candidates import is_site, is_wide
from geo.mentions import Mention
from geo.nearness import rough_kms
from geo.outlets import Home
from geo.places import Gazetteer, Place
from geo.ranking import calibrated, signs_of_share
from geo.senses import Sense

MOST_ANCHORS = 30  # the names around which tell; more make a directory, not an article
SAME_AREA_KM = 100.0  # anchors so close to one another say the same
_PEOPLE = re.compile(r"^\w+(?:ish|ese|ians?|ans)$")  # of a people or a language: "Kurdish"
HOME_M = 15_000.0  # metres around the position of a publisher's home that its town is looked for in
LEAST = 0.25  # a guess less likely than this is kept to oneself
_WIDE = frozenset({"continent", "ocean", "sea", "region", "desert", "mountain", "river"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """A place that holds a name, or is near it, as far as the words around tell; an assumption."""

    place: Place
    probability: float  # that the name is within about 100 km of it
    same_sentence: bool
    home: bool = False  # the article does not name it: its publisher is at home there


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The places that an article names, with where it names them."""

    anchors: Sequence[Sense]
    places: Sequence[Place]
    shares: npt.NDArray[np.float64]  # how likely each anchor is its place
    apart_km: npt.NDArray[np.float64]
    support: npt.NDArray[np.float64]  # how much of the article's places lies in the same area
    starts: Sequence[Sequence[int]]
    sentences: Sequence[frozenset[int]]
    home: npt.NDArray[np.float64]  # nearness of the publisher's home

    @classmethod
    def of(
        cls, article: Article, mentions: Sequence[Mention], senses: Sequence[Sense], home: Home, gazetteer: Gazetteer
    ) -> "Surroundings":
        """Gather what may hold a name: the likeliest place of every other name, and the publisher's town."""
        located = [s for s in senses if s.top is not None and float(s.probabilities.max()) > s.none]
        anchors = sorted(located, key=lambda sense: -len(sense.mentions))[:MOST_ANCHORS]
        places = [place for sense in anchors if (place := sense.top) is not None]
        shares = np.array([float(sense.probabilities.max()) for sense in anchors])
        seat = _home_town(home, gazetteer)
        if seat is not None and all(place.id != seat.id for place in places):
            anchors.append(Sense(name="", mentions=[], matches=[], demonym=False, tagger_only=False, score=0.0))
            places.append(seat)
            shares = np.append(shares, 0.0)
        lons, lats = np.array([p.at.lon for p in places]), np.array([p.at.lat for p in places])
        apart = rough_kms(lons, lats, lons, lats)
        small = np.array([place.kind != "country" and place.kind not in _WIDE for place in places], dtype=float)
        town = home[0]
        away = np.full(len(places), math.inf)
        if town is not None and places:
            away = rough_kms(lons, lats, np.array([town.lon]), np.array([town.lat]))[:, 0]
        return cls(
            anchors,
            places,
            shares,
            apart,
            ((apart < SAME_AREA_KM) * (shares * small)[None, :]).sum(axis=1) / (1.0 + (shares * small).sum()),
            [[mentions[number].span.start for number in sense.mentions] for sense in anchors],
            [_sentences(article, mentions, sense) for sense in anchors],
            np.exp(-away / 100),
        )


def within_features(
    sense: Sense, around: Surroundings, article: Article, mentions: Sequence[Mention]
) -> list[dict[str, float]]:
    """Return the named features of every anchor, and last those of "in none of them"."""
    own = _sentences(article, mentions, sense)
    starts = [mentions[number].span.start for number in sense.mentions]
    site, wide = float(is_site(sense.name)), float(is_wide(sense.name))
    total = sum(map(len, around.starts)) or 1
    first = min((s[0] for s in around.starts if s), default=0)
    rows = []
    for number, (anchor, place) in enumerate(zip(around.anchors, around.places, strict=True)):
        before, after = _gaps(starts, around.starts[number])
        same = float(not own.isdisjoint(around.sentences[number]))
        settled = float(place.kind == "settlement")
        row = {
            "within_sentence": same,
            "within_after_it": math.exp(-before / 60),
            "within_before_it": math.exp(-after / 60),
            "within_page": math.exp(-min(before, after) / 600),
            "within_said": float(any(other is anchor for other in sense.containers)),
            "within_listed": float(any(other is anchor for other in sense.siblings)),
            "within_often": len(around.starts[number]) / total,
            "within_first": float(around.starts[number][:1] == [first]),
            "within_sure": float(around.shares[number]),
            "within_support": float(around.support[number]),
            "within_home": float(around.home[number]),
            "within_unnamed": float(not around.starts[number]),
            "within_town": settled,
            "within_division": float(place.kind in {"admin1", "admin2", "dependency"}),
            "within_country": float(place.kind == "country"),
            "within_wide": float(place.kind in _WIDE),
            "within_people": float(anchor.demonym),
            "within_site_town": site * settled,
            "within_site_country": site * float(place.kind == "country"),
            "within_site_sentence": site * same,
        }  # fmt: skip
        rows.append({name: value for name, value in row.items() if value > 0.005})
    outside = {
        "outside": 1.0,
        "outside_site": site,
        "outside_wide": wide,
        "outside_people": float(_PEOPLE.search(sense.name) is not None),
        "outside_few": 1 / (1 + len(rows)),
    }
    return [*rows, outside]


def shares_of(rows: Sequence[Mapping[str, float]], weights: Mapping[str, float]) -> npt.NDArray[np.float64]:
    """Turn features into shares that sum to one."""
    scores = np.array([sum(weights.get(name, 0.0) * value for name, value in row.items()) for row in rows])
    shares = np.exp(scores - scores.max())
    return np.asarray(shares / shares.sum())


def within(
    sense: Sense, around: Surroundings, article: Article, mentions: Sequence[Mention], weights: Mapping[str, float]
) -> Within | None:
    """Return the place that a name without one is assumed to lie in or near, or None where nothing says so."""
    if not around.places or sense.matches and sense.none <= float(sense.probabilities.max()):
        return None
    rows = within_features(sense, around, article, mentions)
    shares = shares_of(rows, weights)[:-1]
    masses = (around.apart_km < SAME_AREA_KM) @ shares
    best = int(np.argmax(masses + shares / 100))  # of one area, the likeliest
    probability = calibrated(signs_of_share("assumed", float(masses[best]) * sense.none), weights)
    if probability < LEAST:
        return None
    own = _sentences(article, mentions, sense)
    same = not own.isdisjoint(around.sentences[best])
    home = not around.starts[best]
    return Within(place=around.places[best], probability=probability, same_sentence=same, home=home)


def _home_town(home: Home, gazetteer: Gazetteer) -> Place | None:
    """Return the largest town at a publisher's home."""
    near = gazetteer.nearest(home[0], limit=20, max_m=HOME_M) if home[0] is not None else ()
    return max((place for place, _ in near), key=lambda place: place.population, default=None)


def is_nowhere(sense: Sense, guess: Within | None) -> bool:
    """Tell whether "none of these" is a better answer than the likeliest candidate."""
    top = float(sense.probabilities.max()) if sense.matches else 0.0
    return sense.none > max(top, 0.5) or guess is not None and guess.probability > top


def _sentences(article: Article, mentions: Sequence[Mention], sense: Sense) -> frozenset[int]:
    return frozenset(article.sentence_at(mentions[number].span.start).number for number in sense.mentions)


def _gaps(starts: Sequence[int], others: Sequence[int]) -> tuple[float, float]:
    """Return how many characters after a name the other is named, and how many before it, at the nearest."""
    after, before = math.inf, math.inf
    for start in starts:
        at = bisect_left(others, start)
        if at < len(others):
            after = min(after, others[at] - start)
        if at:
            before = min(before, start - others[at - 1])
    return after, before
