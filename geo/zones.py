"""The shape of a claim: what its words support on the map, and no more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shapely.geometry.base import BaseGeometry

from geo.claims.model import DistanceClaim


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """The core (50 % of the probability) and fringe (90 %) of a drawn claim, WGS 84.

    For a bound without a distribution (an upper-bound strip) core and fringe are what the words allow, without and with
    the rounding of the number. `sector` says what limits it along a line and why; `weak` zones have no such limit and
    are drawn in the weakest style with `warning`.
    """

    claim: DistanceClaim
    core: BaseGeometry
    fringe: BaseGeometry
    area_m2: float  # of the fringe, on the ellipsoid
    where_prec: int  # UCDP 1..7
    geo_precision: int  # ACLED 1..3
    uncertainty_m: float
    sector: str | None = None  # "limited to 15 km around Jermuk, which the sentence names"
    weak: bool = False
    warning: str | None = None
    assumptions: tuple[str, ...] = ()  # sentences for a reader
    border_dataset: str | None = None
    derivation: Mapping[str, Any] = field(default_factory=dict)  # JSON values: distances used, references, data sets
