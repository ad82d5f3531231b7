"""Checks between the articles of a map: distances of one place, what an advance leaves, sums of the dead, areas."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from geo.checks import Verdict
from geo.geodesy import square_km
from geo.reading import Reading
from geo.reports import DAYS_APART, ReportedClaim
from geo.shapes import metres

SLACK = 0.2  # of a distance: one report rounds, another measures by road
SPARE_M = 500.0  # a town is no point
OTHER_EVENT = 3.0  # a total so many times the sum counts the dead of another war


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedCheck:
    """A check of one article or of several, in the few words that a list and a card need."""

    verdict: Verdict
    text: str
    claim_ids: tuple[str, ...]
    feature_ids: tuple[str, ...] = ()  # the cards that show it, of places; those of the claims show it anyway


def checks_in(reading: Reading) -> tuple[ReportedCheck, ...]:
    """Return the checks of one article, in the order of the text."""
    ids = {id(claim): f"{reading.article.id}/claim-{n}" for n, claim in enumerate(reading.claims, start=1)}
    return tuple(
        ReportedCheck(
            verdict=check.verdict,
            text=check.text,
            claim_ids=tuple(ids[id(claim)] for claim in check.claims if id(claim) in ids),
            feature_ids=(f"{reading.article.id}/{check.place_id}",) if check.place_id else (),
        )
        for check in reading.checks
    )


def checks_between(claims: Sequence[ReportedClaim]) -> tuple[ReportedCheck, ...]:
    """Compare what several articles say of one place, side or advance within some days; denials say nothing."""
    told = [claim for claim in claims if not claim.denied and claim.day is not None]
    return (*_placed(told), *_left(told), *_sums(told), *_areas(told))


def _apart(a: ReportedClaim, b: ReportedClaim) -> bool:
    """Tell whether two claims are of different articles and of about the same days."""
    near = a.day is not None and b.day is not None and abs((a.day - b.day).days) <= DAYS_APART
    return near and a.article_id != b.article_id


def _check(verdict: Verdict, text: str, *claims: ReportedClaim) -> ReportedCheck:
    cards = dict.fromkeys(f"{c.article_id}/{place}" for c in claims for place in (c.placed, c.stands_at) if place)
    return ReportedCheck(
        verdict=verdict, text=text, claim_ids=tuple(claim.id for claim in claims), feature_ids=tuple(cards)
    )


def _placed(claims: Sequence[ReportedClaim]) -> Iterator[ReportedCheck]:
    """Compare the distances that two articles give for one known place: it does not move, whatever the day."""
    stated = [c for c in claims if c.placed and c.about and c.what in ("from", "within", "direction_of")]
    for a, b in combinations(stated, 2):
        if a.article_id == b.article_id or a.placed != b.placed or a.about != b.about:
            continue
        low, high = max(_low(a), _low(b)), min(_high(a), _high(b))
        fits = low * (1 - SLACK) - SPARE_M <= high * (1 + SLACK) + SPARE_M
        relation = "agree" if fits else "cannot both hold"
        text = f"Of one place two reports say {a.cited} and {b.cited}: these {relation}."
        yield _check("agrees" if fits else "contradicts", text, a, b)


def _low(claim: ReportedClaim) -> float:
    return claim.low or 0.0


def _high(claim: ReportedClaim) -> float:
    return float("inf") if claim.high is None else claim.high


def _left(claims: Sequence[ReportedClaim]) -> Iterator[ReportedCheck]:
    """Compare what an advance leaves on the map up to a town with how far from the town another article has it."""
    advances = [c for c in claims if c.left_m is not None and c.left_m > 0]
    distances = [c for c in claims if c.kind == "distance" and c.what in ("from", "within") and not c.placed]
    for advance in advances:
        for other in distances:
            if advance.near not in other.about.split() or not _apart(advance, other):
                continue
            if advance.side and other.side and advance.side != other.side:
                continue
            left = advance.left_m or 0.0
            at_most = advance.bound == "max"  # an advance of up to N leaves at least the rest
            near = _low(other) <= left * (1 + SLACK) + SPARE_M or at_most
            fits = near and _high(other) >= left * (1 - SLACK) - SPARE_M
            text = (
                f"{advance.cited} leaves {'at least ' if at_most else ''}{metres(left)} on the map; "
                f"{other.cited} {'agrees with' if fits else 'does not agree with'} that."
            )
            yield _check("agrees" if fits else "doubtful", text, advance, other)


def _sums(claims: Sequence[ReportedClaim]) -> Iterator[ReportedCheck]:
    """Compare a total of both sides with the largest number of each side, where they stand in several articles."""
    counts = [claim for claim in claims if claim.kind == "count" and claim.value]
    for total in (claim for claim in counts if claim.scope == "both"):
        parts: dict[str, ReportedClaim] = {}
        for part in counts:
            near = part.article_id == total.article_id or _apart(part, total)
            if part.scope == "side" and part.what == total.what and near:
                kept = parts.get(part.side)
                parts[part.side] = part if kept is None or (part.value or 0) > (kept.value or 0) else kept
        if len(parts) == 2 and any(part.article_id != total.article_id for part in parts.values()):
            yield from _sum_check(total, list(parts.values()))


def _sum_check(total: ReportedClaim, parts: Sequence[ReportedClaim]) -> Iterator[ReportedCheck]:
    stated, added = total.value or 0.0, sum(part.value or 0.0 for part in parts)
    if not added / OTHER_EVENT <= stated <= added * OTHER_EVENT:
        return
    open_end = any(part.bound == "min" for part in parts)
    fits = added >= _low(total) and (added <= _high(total) or total.bound == "approx" and added <= 1.1 * stated)
    fits = fits or total.bound == "approx" and abs(added - stated) <= 0.1 * stated
    near = abs(added - stated) <= 0.25 * stated or open_end and added < stated
    verdict: Verdict = "agrees" if fits else "doubtful" if near else "contradicts"
    words = {"min": "more than ", "max": "at most ", "approx": "about "}.get(total.bound or "", "")
    relation = {"agrees": "agrees with", "doubtful": "is not quite", "contradicts": "contradicts"}[verdict]
    sum_of = " + ".join(f"{part.value:,.0f}" for part in parts)
    said = ", ".join(part.cited for part in parts)
    of = f"the total of {words}{stated:,.0f}, {total.cited}"
    yield _check(verdict, f"{sum_of} = {added:,.0f} {total.what} ({said}); that {relation} {of}.", total, *parts)


def _areas(claims: Sequence[ReportedClaim]) -> Iterator[ReportedCheck]:
    """Compare an area with a depth times a width, where the map has one of each and not all in one article."""
    areas = [claim for claim in claims if claim.kind == "area" and claim.value]
    for area in areas:
        around = [c for c in claims if c.article_id == area.article_id or _apart(c, area)]
        depths = [c for c in around if c.what == "into" and c.high]
        widths = [c for c in around if c.what == "along" and c.value]
        if len(depths) != 1 or len(widths) != 1 or {area.article_id} == {depths[0].article_id, widths[0].article_id}:
            continue
        room = _high(depths[0]) * (widths[0].value or 0.0)
        fits = (area.value or 0.0) <= room * 1.2
        text = (
            f"{area.cited} is {square_km(area.value or 0.0)}; {depths[0].cited} on a width of {widths[0].cited} "
            f"makes at most {square_km(room)}."
        )
        yield _check("agrees" if fits else "doubtful", text, area, depths[0], widths[0])
