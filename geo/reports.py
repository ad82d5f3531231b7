"""Which claims of several articles are one claim, and which contradict each other.

The rule is conservative: what it does not join stands twice on the map, which an analyst sees and can merge; what it
would join wrongly would hide a report. Events without a number are never joined.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

from geo.candidates import normalised
from geo.checks import is_of_both_sides
from geo.claims.model import AreaClaim, Claim, CountClaim, DistanceClaim, EventClaim
from geo.reading import Reading
from geo.resolve import Resolution

Kind = Literal["distance", "area", "count", "event"]

DAYS_APART = 3  # news agencies repeat a claim within days; the same number a month later is another advance
SAME_MOMENT_DAYS = 1  # tolls rise: numbers of different days do not contradict each other
SAME_DISTANCE = 0.1  # 5 miles and 8 kilometres are one distance


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedClaim:
    """A claim, drawn or not, in the few words that lists and comparisons need."""

    id: str  # "article/claim-3", the id of its features
    article_id: str
    kind: Kind
    what: str  # relation of a distance, "killed", "strike"
    title: str
    quote: str
    sentence_no: int
    start: int
    end: int
    value: float | None = None  # metres, square metres or people, as written
    low: float | None = None  # in the same unit; None is open
    high: float | None = None
    bound: str | None = None
    direction: str | None = None
    about: str = ""  # the ids of the places it is measured from or stands at
    side: str = ""  # who moves or counts the dead, by place id or name
    placed: str = ""  # the id of the place that the distance is said of: Sudzha in "Sudzha, 10 km from the border"
    stands_at: str = ""  # the id of the place or side whose card shows a count or an area
    near: str = ""  # the id of the town that an advance makes for, and what the advance leaves up to it
    left_m: float | None = None
    scope: Literal["", "side", "both"] = ""  # whose dead a count counts
    claimant: str | None = None
    denied: bool = False
    when: date | None = None
    published: date | None = None
    source: str | None = None
    drawn: bool = False
    not_drawn_because: str | None = None

    @property
    def day(self) -> date | None:
        """When it is said to have happened, else when it was published."""
        return self.when or self.published

    @property
    def cited(self) -> str:
        """The claim in one line, with who says it and where, for the card of another."""
        published = self.published.isoformat() if self.published else None
        said = ", ".join(filter(None, [self.claimant, self.source, published]))
        return f"“{self.title}” ({said})" if said else f"“{self.title}”"


def claims_of(reading: Reading) -> tuple[ReportedClaim, ...]:
    """Return the claims of a reading, in the order of the text."""
    drawn = {zone.claim.span for zone in reading.zones}
    return tuple(_reported(reading, number, claim, drawn) for number, claim in enumerate(reading.claims, start=1))


def _reported(reading: Reading, number: int, claim: Claim, drawn: Iterable[object]) -> ReportedClaim:
    article = reading.article
    kind, what, numbers = _numbers(claim)
    left = next((c for c in reading.checks if c.left_m is not None and c.claims[0] is claim), None)
    return ReportedClaim(
        id=f"{article.id}/claim-{number}",
        article_id=article.id,
        kind=kind,
        what=what,
        title=" ".join(claim.span.of(article.text).split()),
        quote=claim.quote,
        sentence_no=claim.sentence_no,
        start=claim.span.start,
        end=claim.span.end,
        value=numbers[0],
        low=numbers[1],
        high=numbers[2],
        bound=getattr(claim, "bound", None),
        direction=getattr(claim, "direction", None),
        about=" ".join(sorted(_about(claim))),
        side=_side(claim),
        placed=_placed(claim),
        stands_at=_stands_at(claim),
        near=(left.place_id or "") if left else "",
        left_m=left.left_m if left else None,
        scope=_scope(claim),
        claimant=claim.claimant,
        denied=claim.stance == "denies",
        when=claim.when,
        published=article.published,
        source=article.title,
        drawn=isinstance(claim, DistanceClaim) and claim.span in drawn,
        not_drawn_because=claim.not_drawn_because if isinstance(claim, DistanceClaim) else None,
    )


def _numbers(claim: Claim) -> tuple[Kind, str, tuple[float | None, float | None, float | None]]:
    """Return kind, what it is, and value, low and high of a claim."""
    match claim:
        case DistanceClaim():
            return "distance", claim.relation, (claim.value_m, claim.min_m, claim.max_m)
        case AreaClaim():
            return "area", "area", (claim.value_m2, *_bounds(claim.value_m2, claim.bound))
        case CountClaim():
            return "count", claim.what, (float(claim.value), *_bounds(claim.value, claim.bound))
        case EventClaim():
            return "event", claim.what, (None, None, None)
    return "event", "other", (None, None, None)


def _bounds(value: float, bound: str) -> tuple[float | None, float | None]:
    return None if bound == "max" else value, None if bound == "min" else value


def _about(claim: Claim) -> set[str]:
    match claim:
        case DistanceClaim():
            return {_id(r.resolution) or normalised(r.text) for r in claim.references}
        case AreaClaim() if claim.reference is not None:
            return {_id(claim.reference.resolution) or normalised(claim.reference.text)}
        case CountClaim() if claim.place is not None:
            return {_id(claim.place)} - {""}
    return set()


def _side(claim: Claim) -> str:
    match claim:
        case DistanceClaim():
            return _id(claim.mover) or normalised(claim.figure or "")
        case CountClaim():
            return _id(claim.side) or normalised(claim.whom or "")
    return ""


def _placed(claim: Claim) -> str:
    place = claim.placed.place if isinstance(claim, DistanceClaim) and claim.placed else None
    return place.id if place is not None and place.kind in ("settlement", "facility") else ""


def _stands_at(claim: Claim) -> str:
    match claim:
        case AreaClaim():
            return _id(claim.reference.resolution) if claim.reference else ""
        case CountClaim():
            return _id(claim.side) or _id(claim.place)
    return ""


def _scope(claim: Claim) -> Literal["", "side", "both"]:
    if not isinstance(claim, CountClaim):
        return ""
    return "both" if is_of_both_sides(claim) else "side" if _id(claim.side) else ""


def _id(resolution: Resolution | None) -> str:
    return resolution.place.id if resolution is not None and resolution.place is not None else ""


# --- the same


def same_reports(claims: Sequence[ReportedClaim]) -> Mapping[str, str]:
    """Return which claims repeat a claim of another article: id to the id of the first that says so, drawn ones first.

    A claim joins the first claim that it fits, not a chain of them: what drifts from article to article stays apart.
    """
    heads: dict[tuple[str | None, ...], list[ReportedClaim]] = {}
    found: dict[str, str] = {}
    for claim in sorted(filter(_says_of_what, claims), key=lambda c: not c.drawn):
        rivals = heads.setdefault((*_subject(claim), claim.bound), [])
        head = next((head for head in rivals if _is_same(head, claim)), None)
        if head is None:
            rivals.append(claim)
        else:
            found[claim.id] = head.id
    return found


def _subject(claim: ReportedClaim) -> tuple[str | None, ...]:
    """Return what claims must share to be compared at all."""
    return claim.kind, claim.what, claim.about, claim.direction


def _says_of_what(claim: ReportedClaim) -> bool:
    """Tell whether it is known what a claim is about; an event without a number is never compared."""
    return claim.kind != "event" and claim.day is not None and bool(claim.about or claim.kind == "count" and claim.side)


def _is_same(a: ReportedClaim, b: ReportedClaim) -> bool:
    return (
        _comparable(a, b, days=DAYS_APART)
        and a.denied == b.denied
        and _same_value(a, b)
        and (bool(a.side and a.side == b.side) or _same_claimant(a, b) is True)
        and _same_claimant(a, b) is not False
    )


def _comparable(a: ReportedClaim, b: ReportedClaim, *, days: int) -> bool:
    """Tell whether two claims with one subject are of different articles and speak of one side at one time."""
    near = a.day is not None and b.day is not None and abs((a.day - b.day).days) <= days
    return near and a.article_id != b.article_id and (not a.side or not b.side or a.side == b.side)


def _same_value(a: ReportedClaim, b: ReportedClaim) -> bool:
    if a.value is None or b.value is None:
        return False
    if a.kind == "count":
        return a.value == b.value
    return abs(a.value - b.value) <= SAME_DISTANCE * max(a.value, b.value)


def _same_claimant(a: ReportedClaim, b: ReportedClaim) -> bool | None:
    """Tell whether two claimants are one: all words of the shorter are in the longer; None where one is not told."""
    one, other = (set(re.findall(r"\w+", (c.claimant or "").casefold())) - _SMALL for c in (a, b))
    if not one or not other:
        return None
    return one <= other or other <= one


_SMALL = frozenset("the a an of for s its his her their".split())


# --- contradictions


def contradictions(claims: Sequence[ReportedClaim]) -> Mapping[str, tuple[ReportedClaim, ...]]:
    """Return, for every claim that another article contradicts, the claims that do."""
    found: dict[str, list[ReportedClaim]] = {}
    groups: dict[tuple[str | None, ...], list[ReportedClaim]] = {}
    for claim in filter(_says_of_what, claims):
        groups.setdefault(_subject(claim), []).append(claim)
    for group in groups.values():
        for a, b in combinations(group, 2):
            if _comparable(a, b, days=SAME_MOMENT_DAYS) and _contradict(a, b):
                found.setdefault(a.id, []).append(b)
                found.setdefault(b.id, []).append(a)
    return {claim_id: tuple(others) for claim_id, others in found.items()}


def _contradict(a: ReportedClaim, b: ReportedClaim) -> bool:
    if not (a.side and a.side == b.side):
        return False
    if a.denied or b.denied:
        return a.denied != b.denied
    return not _meet(a, b) and not _meet(b, a)


def _meet(a: ReportedClaim, b: ReportedClaim) -> bool:
    """Tell whether the bounds of a and b share a number, with some slack for rounding."""
    slack = 0.0 if a.kind == "count" else SAME_DISTANCE
    low = max((c.low for c in (a, b) if c.low is not None), default=0.0)
    high = min((c.high for c in (a, b) if c.high is not None), default=float("inf"))
    return low * (1 - slack) <= high * (1 + slack)
