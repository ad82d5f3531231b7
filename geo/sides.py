"""Whose forces a claim places: a state, or an armed group that the article names."""

import re
from collections.abc import Iterator

from geo import lazy_re
from geo.armed_groups import NAMES
from geo.article import Article, Span
from geo.claims.model import DistanceClaim
from geo.reading import Reading

_FIGHTERS = "rebels|fighters|militants|militiamen|insurgents|guerrillas|gunmen|militia"
_NAMED = lazy_re.compile(
    rf"\b(?P<known>{'|'.join(sorted(NAMES, key=len, reverse=True))})\b"
    rf"|\b(?!The )(?P<name>[A-Z][\w-]{{1,30}}) (?:{_FIGHTERS})\b"
    rf"|\b[Tt]he (?P<again>{_FIGHTERS}|group|paramilitaries)\b"
)


def side_of(reading: Reading, claim: DistanceClaim) -> str | None:
    """Name whose forces are placed: those that the words name, the last group named before, who moves, who speaks."""
    if claim.mover is not None and claim.mover.place is not None and claim.figure:
        return claim.mover.place.name
    if group := _group_before(reading, claim):
        return group
    if claim.mover is not None and claim.mover.place is not None:
        return claim.mover.place.name
    words = frozenset(re.findall(r"\w+", claim.claimant or ""))
    for resolution in reading.resolutions:
        place = resolution.place
        if place is not None and place.kind in ("country", "dependency") and resolution.mention.text in words:
            return place.name
    return None


def _group_before(reading: Reading, claim: DistanceClaim) -> str | None:
    """Return the group that the sentence names last before the claim; "the rebels" are the ones named before them."""
    article, places = reading.article, [r.mention.span for r in reading.resolutions]
    start = article.sentence_at(claim.span.start).span.start
    inside = list(_groups(article, places, Span(start=start, end=claim.span.start))) if start < claim.span.start else []
    if inside and inside[-1] is None and start > 0:
        earlier = [name for name in _groups(article, places, Span(start=0, end=claim.span.start)) if name]
        return earlier[-1] if earlier else None
    return inside[-1] if inside else None


def _groups(article: Article, places: list[Span], within: Span) -> Iterator[str | None]:
    """Yield the groups named in a part of the text, None for one that is only called "the rebels"."""
    for found in _NAMED.finditer(article.text, within.start, within.end):
        if found["again"]:
            yield None
            continue
        group = "known" if found["known"] else "name"
        if not any(place.overlaps(Span(start=found.start(group), end=found.end(group))) for place in places):
            yield NAMES.get(found[group], found[group])
