"""Does what the report says agree with what the map says?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from geo.borders import Borders
from geo.claims.model import Claim
from geo.options import Options
from geo.places import Gazetteer
from geo.resolve import Resolution
from geo.zones import Zone

Verdict = Literal["agrees", "doubtful", "contradicts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One comparison of a stated with a measured or another stated value, in words and numbers."""

    claims: tuple[Claim, ...]
    verdict: Verdict
    text: str  # "The report puts Sudzha 10 km from the border; on this border it is 8.4 km."
    stated_m: float | None = None
    measured_m: float | None = None


def checks_of(
    claims: Sequence[Claim],
    resolutions: Sequence[Resolution],
    zones: Sequence[Zone],
    *,
    gazetteer: Gazetteer,
    borders: Borders,
    options: Options,
) -> tuple[Check, ...]:
    """Compare the claims of an article with the map and with each other, in the order of the text."""
    return ()
