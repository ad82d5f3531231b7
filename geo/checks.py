"""Does what the report says agree with what the map says?"""

from dataclasses import dataclass
from typing import Literal

from geo.claims.model import Claim

Verdict = Literal["agrees", "doubtful", "contradicts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One comparison of a stated with a measured or another stated value, in words and numbers."""

    claims: tuple[Claim, ...]
    verdict: Verdict
    text: str  # "The report puts Sudzha 10 km from the border; on this border it is 8.4 km."
    stated_m: float | None = None
    measured_m: float | None = None
