"""Which place a mention means, how sure that is, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from geo.mentions import Mention
from geo.places import Place

Role = Literal["event", "context", "dateline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a mention might mean; `probability` is this candidate's share, 0..1."""

    place: Place
    probability: float
    reasons: tuple[str, ...] = ()  # in words a reader understands
    features: Mapping[str, float] = field(default_factory=dict)  # named, as the ranking used them


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The ranked candidates of a mention; nothing is dropped, the first is the choice unless `chosen_id` says other.

    No candidate at all is a result too: the name is shown, without a place.
    """

    mention: Mention
    candidates: tuple[Candidate, ...]
    confidence: float  # calibrated probability that `place` is right; 0 where there is none
    role: Role = "context"
    corrected: bool = False  # a person chose

    @property
    def place(self) -> Place | None:
        """The place that the mention is taken to mean, or None."""
        return self.candidates[0].place if self.candidates else None
