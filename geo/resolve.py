"""Which place a mention means, how sure that is, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from geo.article import Article, Span
from geo.candidates import normalised, spelling
from geo.mentions import Mention
from geo.outlets import home_of
from geo.places import Gazetteer, NameMatch, Place
from geo.ranking import rank
from geo.resolve_weights import WEIGHTS
from geo.roles import Role, role_of, sentence_signs
from geo.senses import Sense, senses_of
from geo.within import Surroundings, Within, is_nowhere, within

SAID = frozenset({"contained", "kind_fits", "as_far"})  # reasons that quote the text go before what is inferred
ABOUT = 0.5  # of the other places: from this share on the article is about their country


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
    Then `within` may give a place that is likely to hold it; it is no position of the name and is never drawn as one.
    """

    mention: Mention
    candidates: tuple[Candidate, ...]
    confidence: float  # calibrated probability that `place` is right; 0 where there is none
    role: Role = "context"
    corrected: bool = False  # a person chose
    nowhere: bool = False  # "none of these" is likelier than the first candidate
    within: Within | None = None  # of a name without a place: where the words around put it, an assumption

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
    a mention and the id of its place; it holds for every mention of that name in the article whose own words do not
    set it apart.
    """
    senses = senses_of(article, mentions, gazetteer)
    _apply_corrections(senses, mentions, corrections, gazetteer)
    home = home_of(article.url)
    rank(senses, weights, home=home)
    around = Surroundings.of(article, mentions, senses, home, gazetteer)
    signs = sentence_signs(article, mentions)
    of_mention = {number: sense for sense in senses for number in sense.mentions}
    found = []
    for number, mention in enumerate(mentions):
        sense = of_mention[number]
        guess = None if mention.demonym else within(sense, around, article, mentions, weights)
        found.append(_resolution(article, mention, sense, guess, weights, signs))
    return tuple(found)


def _apply_corrections(
    senses: Sequence[Sense], mentions: Sequence[Mention], corrections: Mapping[Span, str], gazetteer: Gazetteer
) -> None:
    """Put the place that a person chose first, for the name in the whole article; "Paris, Texas" stays in Texas."""
    chosen: dict[tuple[str, bool], str] = {}
    exact: dict[int, str] = {}
    for number, mention in enumerate(mentions):
        if (place_id := corrections.get(mention.span)) is not None:
            chosen[normalised(mention.text), mention.demonym] = place_id
            exact[number] = place_id
    for sense in senses:
        own = next((exact[number] for number in sense.mentions if number in exact), None)
        place_id = own or (None if sense.own_words else chosen.get((sense.name, sense.demonym)))
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


def _resolution(
    article: Article,
    mention: Mention,
    sense: Sense,
    guess: Within | None,
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
    nowhere = bool(candidates) and is_nowhere(sense, guess)
    if candidates and not sense.corrected:
        first = sense.matches[order[0]]
        nowhere |= first.how == "fuzzy" and not _is_spelling(mention.text, first, sense.features[order[0]])
    confidence = 1.0 if sense.corrected else candidates[0].probability if candidates and not nowhere else 0.0
    place = candidates[0].place if candidates and not nowhere else None
    return Resolution(
        mention=mention,
        candidates=candidates,
        confidence=confidence,
        role=role_of(article, mention, place, signs),
        corrected=sense.corrected,
        nowhere=nowhere,
        within=guess if place is None else None,
    )


def _is_spelling(text: str, match: NameMatch, features: Mapping[str, float]) -> bool:
    """Tell another spelling of a name from another name; it must also lie where the article is about."""
    supported = features.get("contained", 0.0) > 0.8 or features.get("near", 0.0) > 0.2
    return supported and spelling(text) == spelling(match.matched)


def _reasons(sense: Sense, number: int, weights: Mapping[str, float]) -> tuple[str, ...]:
    """Say in words which signs spoke for a candidate, the strongest first."""
    if sense.corrected and number == 0:
        return ("chosen by a person",)
    features, place = sense.features[number], sense.matches[number].place
    country = place.country_name or place.country or "the same country"
    about = features.get("country_share", 0.0) >= ABOUT
    words = {
        "contained": f"the text says “{sense.quotes.get('contained', '')}”",
        "kind_fits": f"the text calls it “{sense.quotes.get('kind_fits', '')}”",
        "country_share": f"the article is about {country}"
        if about
        else f"other places of the article are in {country}",
        "admin1_share": f"other places of the article are in {place.admin1}",
        "holds": "it holds other places of the article",
        "near": "other places of the article are close to it",
        "as_far": "it is as far from another place as the text says",
        "population": "it is the best known place of that name" if number == 0 else "it is well known",
        "home": "the publisher is at home there",
        "disputed": "it is what news mostly means by that name",
    }
    strength = {name: weights.get(name, 0.0) * features.get(name, 0.0) for name in words}
    strong = sorted(
        (name for name in words if strength[name] > 0.4), key=lambda name: (name not in SAID, -strength[name])
    )
    if place.kind == "country":
        return (
            ("it is the name of a country",) if not sense.demonym else ("the word is used for people and things of it",)
        )
    made_from = (f"the name is made from “{sense.matches[number].matched}”",) if features.get("partial") else ()
    named_after = place.kind == "settlement" and any(meant == number for _, meant in sense.twins)
    town = ("no word says that the region of that name is meant",) if named_after else ()
    return (*made_from, *town, *(words[name] for name in strong[:3]))
