"""What a claim is: something the article asserts that can be drawn or counted."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from geo.article import Span
from geo.resolve import Resolution

Bound = Literal["max", "min", "approx", "exact", "range"]
Relation = Literal[
    "into", "from", "direction_of", "within", "radius", "along", "buffer", "between", "off", "area", "other"
]
ReferenceKind = Literal[
    "settlement", "country", "region", "border", "coast", "frontline", "river", "facility", "other"
]  # fmt: skip
Stance = Literal["says", "claims", "denies", "reports", "confirms", "unverified"]
Direction = Literal[
    "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a claim is measured from: a place or a line, as the article names it.

    `text` is the article's words ("Armenia's territory", "the border"); `resolution` is the place it names or, for an
    implicit reference, stands for; `inferred` says how that was found out, None where the words name it themselves.
    """

    text: str
    span: Span | None = None
    resolution: Resolution | None = None
    inferred: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Common to all claims: where it stands, who says so, and how."""

    span: Span
    sentence_no: int
    quote: str  # the whole sentence in one line
    claimant: str | None = None  # in the article's words, "the head of the Armenian armed forces"
    audience: str | None = None  # "foreign envoys"
    stance: Stance = "says"
    when: date | None = None  # resolved against the publication date


@dataclass(frozen=True, slots=True, kw_only=True)
class DistanceClaim(Claim):
    """A distance, direction or belt that places something relative to its references.

    `min_m`/`max_m` are metres, None where the words set no bound on that side ("more than 10 km": 10000, None; "up to
    10 km": 0, 10000; "about 10 km" and "10 km": 10000, 10000). `draw` is False for distances that are no locations
    (weapon range, speed, length), with the reason in `not_drawn_because`.
    """

    relation: Relation
    min_m: float | None
    max_m: float | None
    bound: Bound
    value_m: float | None  # the number as written, in metres, without its hedge; None for a bare "near X"
    quantity: str  # as written: "7.5 kilometers (4.7 miles)"
    rounding_m: float = 0.0  # half the last digit's worth: 7.5 km -> 250 m is not 50 m; see quantities
    hedge: str | None = None  # the words: "as much as"
    direction: Direction | None = None
    references: tuple[Reference, ...] = ()
    reference_kind: ReferenceKind = "settlement"
    figure: str | None = None  # what is being placed: "Azerbaijani forces"
    mover: Resolution | None = None  # the country or side that the figure belongs to, says which border is meant
    placed: Resolution | None = (
        None  # the place that the distance is said of: Sudzha in "Sudzha, 10 km from the border"
    )
    vague: bool = False  # "a few kilometres"
    draw: bool = True
    not_drawn_because: str | None = None
    notes: tuple[str, ...] = ()  # for instance "the conversion in brackets disagrees: 7.5 km is 4.7 mi, not 5.9"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaClaim(Claim):
    """An area that was taken, burnt or lost: shown as a number on the card of its place, never as a shape."""

    value_m2: float
    quantity: str
    bound: Bound
    hedge: str | None = None
    reference: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountClaim(Claim):
    """People killed, wounded, captured, missing or displaced: shown on the card of its place or side."""

    what: Literal["killed", "wounded", "captured", "missing", "displaced"]
    value: int
    bound: Bound
    hedge: str | None = None
    whom: str | None = None  # "Armenian troops"
    side: Resolution | None = None
    place: Resolution | None = None
    total: bool = False  # a running toll ("the death toll has risen to 135"): never added to the counts it is made of


@dataclass(frozen=True, slots=True, kw_only=True)
class EventClaim(Claim):
    """Something that happened or is planned, with the places and actors that the sentence names."""

    what: Literal["clash", "shelling", "strike", "advance", "withdrawal", "truce", "talks", "visit", "capture", "other"]
    trigger: str  # the word that says it: "shelled"
    places: tuple[Resolution, ...] = ()
    actors: tuple[Resolution, ...] = ()
