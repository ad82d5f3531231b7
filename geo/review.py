"""What a person should look at first: doubtful places of events, unresolved names, assumed sectors, failing checks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from geo.candidates import normalised
from geo.checks import Verdict
from geo.project import Project
from geo.reading import Reading

SURE = 0.8  # places of events below this confidence are looked at
_CHECK_DOUBT: Mapping[Verdict, float] = {"contradicts": 0.9, "doubtful": 0.6}
_WEAK, _ASSUMED, _NAMED = 0.7, 0.4, 0.25  # no sector is stated; one is inferred; one is named, its width is assumed
_NAME_OF_EVENT, _NAME = 0.65, 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One line of the review list."""

    id: str  # what Accept takes: the id of a feature, or "article/name-12-17" for a name without a place
    article_id: str
    kind: Literal["place", "name", "sector", "check"]
    title: str
    reason: str
    doubt: float  # 0 to 1, the most doubtful come first
    start: int  # where it stands in its article
    end: int


def doubts_of(reading: Reading) -> tuple[Doubt, ...]:
    """Return what is doubtful in a reading, in no order."""
    return (*_places(reading), *_names(reading), *_sectors(reading), *_checks(reading))


def needs_review(doubts: Iterable[Doubt], project: Project, into: Mapping[str, str]) -> tuple[Doubt, ...]:
    """Return what nobody has accepted or removed yet, most doubtful first, one line a feature.

    `into` says what was merged: accepting a card accepts all its reports.
    """
    settled = project.accepted | project.removed
    left = [d for d in doubts if d.id not in settled and into.get(d.id, d.id) not in settled]
    first: dict[str, Doubt] = {}
    for doubt in sorted(left, key=lambda d: (-d.doubt, d.article_id, d.start)):
        first.setdefault(doubt.id, doubt)
    return tuple(first.values())


def _places(reading: Reading) -> Iterator[Doubt]:
    for one in reading.resolutions:
        if one.place is not None and one.role == "event" and one.confidence < SURE and one.mention.part_of is None:
            yield Doubt(
                id=f"{reading.article.id}/{one.place.id}",
                article_id=reading.article.id,
                kind="place",
                title=one.mention.text,
                reason=f"Read as {one.place.name}, {one.confidence:.0%} sure.",
                doubt=1 - one.confidence,
                start=one.mention.span.start,
                end=one.mention.span.end,
            )


def _names(reading: Reading) -> Iterator[Doubt]:
    seen: set[str] = set()
    for one in reading.resolutions:
        name = normalised(one.mention.text)
        if one.place is None and not one.mention.demonym and one.mention.part_of is None and name not in seen:
            seen.add(name)
            yield Doubt(
                id=f"{reading.article.id}/name-{one.mention.span.start}-{one.mention.span.end}",
                article_id=reading.article.id,
                kind="name",
                title=one.mention.text,
                reason="No place of the gazetteer was found for this name.",
                doubt=_NAME_OF_EVENT if one.role == "event" else _NAME,
                start=one.mention.span.start,
                end=one.mention.span.end,
            )


def _sectors(reading: Reading) -> Iterator[Doubt]:
    for zone in reading.zones:
        if not zone.weak and zone.sector is None:
            continue
        named = "which the sentence names" in (zone.sector or "")
        yield _of_claim(
            reading,
            reading.claims.index(zone.claim),
            "sector",
            zone.warning or "Where along the border is not stated." if zone.weak else f"The zone is {zone.sector}.",
            _WEAK if zone.weak else _NAMED if named else _ASSUMED,
        )


def _checks(reading: Reading) -> Iterator[Doubt]:
    for check in reading.checks:
        if (doubt := _CHECK_DOUBT.get(check.verdict)) is not None:
            yield _of_claim(reading, reading.claims.index(check.claims[0]), "check", check.text, doubt)


def _of_claim(reading: Reading, index: int, kind: Literal["sector", "check"], reason: str, doubt: float) -> Doubt:
    span = reading.claims[index].span
    return Doubt(
        id=f"{reading.article.id}/claim-{index + 1}",
        article_id=reading.article.id,
        kind=kind,
        title=" ".join(span.of(reading.article.text).split()),
        reason=reason,
        doubt=doubt,
        start=span.start,
        end=span.end,
    )
