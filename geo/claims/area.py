"""Areas taken, burnt or lost: a number on the card of its place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.claims.hedges import hedge_after, hedge_before
from geo.claims.model import Bound
from geo.claims.quantities import Quantity

_CHANGE = re.compile(
    r"\b(?:seiz|captur|tak(?:e|en|ing)|took|control|gain|los[te]|occup|liberat|recaptur|retak|retook|reclaim|regain|"
    r"advanc|burn|scorch|"
    r"flood|destroy|damag|devastat|mined|contaminat|evacuat|under|held|hold|conquer|cleared|freed|won|spread|engulf|"
    r"consum|"
    r"charred|blacken|torched|ravaged|overrun|annex|swallow|surrender|ceded?|return)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArea:
    """An area with its bound, before its place is known."""

    start: int
    end: int
    quantity: Quantity
    bound: Bound
    hedge: str | None


def find_areas(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> Iterator[FoundArea]:
    """Yield the areas that something happened to in a sentence; the size of a country or a farm is none."""
    for quantity in quantities:
        around = text[max(start, quantity.start - 160) : min(end, quantity.end + 120)]
        if _CHANGE.search(around) is None:
            continue
        hedge = hedge_before(text, quantity.start, floor=start)
        after = hedge_after(text, quantity.end)
        bound: Bound = "range" if quantity.is_range else hedge.bound
        if after and bound == "exact":
            bound = after[0]
        yield FoundArea(
            start=hedge.start,
            end=after[2] if after else quantity.end,
            quantity=quantity,
            bound=bound,
            hedge=hedge.words or (after[1] if after else None),
        )
