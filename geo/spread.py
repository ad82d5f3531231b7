"""How far the truth strays from "N km north of X": the fitted core and fringe, as functions of the words.

The truth is described by u = (ln(true / stated) - bias) / s and v = angle / w. Bias, s and w depend on the words and on
the town (FEATURES, a weight each); a region is |u / a|^p + |v / b|^q <= 1, with one a inwards and one outwards. The
weights are in zone_sizes.py, which benchmarks/fit_zones.py writes.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from geo import zone_sizes

FEATURES = (
    "one", "log_km", "log_km_squared", "under_5_km", "over_50_km", "hedged", "approximately", "miles", "converted",
    "town", "town_if_near", "cardinal",
)  # fmt: skip
WIDEST_DEG = 175.0
LONGEST_LOG = 1.5  # nothing is drawn beyond 4.5 times what is stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the words and the gazetteer say about a distance from a town."""

    distance_m: float
    directed: bool
    cardinal: bool = False  # N, E, S, W
    hedge: str | None = None
    miles: bool = False
    converted: bool = False  # "(7.5 mi)" stands beside it
    population: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """Where the truth is: between `low` and `high` (natural logarithms of true / stated) around `middle`.

    Towards the sides of `half_width` degrees the room narrows with the powers: 2 and 2 make an ellipse, more a box.
    """

    middle: float
    low: float
    high: float
    half_width: float
    power: float  # of the distance
    side_power: float  # of the angle

    def ratios(self, angle: float) -> tuple[float, float]:
        """Return the smallest and largest true / stated at an angle off the stated direction."""
        room = max(0.0, 1 - (abs(angle) / self.half_width) ** self.side_power) ** (1 / self.power)
        return math.exp(self.middle + self.low * room), math.exp(self.middle + self.high * room)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The regions that hold 50 % (core) and 90 % (fringe) of the truth."""

    core: Lens
    fringe: Lens


def spread_of(stated: Stated) -> Spread:
    """Return the fitted regions of a stated distance; without a direction they are rings (`half_width` 180)."""
    features = features_of(stated)
    model = zone_sizes.DIRECTED if stated.directed else zone_sizes.UNDIRECTED
    class_ = class_of(stated.distance_m)
    middle = max(-0.5, min(0.5, _sum(model["bias"], features)))
    along = math.exp(_sum(model["along"], features))
    across = math.exp(_sum(model["across"], features)) if stated.directed else 0.0
    regions = model["regions"][class_]
    return Spread(
        core=_lens(middle, along, across, regions["core"]), fringe=_lens(middle, along, across, regions["fringe"])
    )


def class_of(distance_m: float) -> str:
    """Name the class of a distance that the regions were fitted in."""
    return "under 5 km" if distance_m < 5_000 else "5-20 km" if distance_m < 20_000 else "20 km and more"


def features_of(stated: Stated) -> dict[str, float]:
    """Return the features by name; the town's are 0 for one of 10,000 people."""
    log_km = math.log(max(stated.distance_m, 100.0) / 1000)
    town = math.log10(max(stated.population, 500)) - 4
    hedge = (stated.hedge or "").lower()
    return {
        "one": 1.0,
        "log_km": log_km,
        "log_km_squared": log_km**2,
        "under_5_km": max(0.0, math.log(5) - log_km),
        "over_50_km": max(0.0, log_km - math.log(50)),
        "hedged": float(bool(hedge) and not hedge.startswith("approx")),
        "approximately": float(hedge.startswith("approx")),
        "miles": float(stated.miles),
        "converted": float(stated.converted),
        "town": town,
        "town_if_near": town * max(0.0, math.log(20) - log_km),
        "cardinal": float(stated.cardinal),
    }


def _sum(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return sum(weight * features[name] for name, weight in weights.items())


def _lens(middle: float, along: float, across: float, region: Mapping[str, float]) -> Lens:
    return Lens(
        middle=middle,
        low=-min(LONGEST_LOG, region["low"] * along),
        high=min(LONGEST_LOG, region["high"] * along),
        half_width=min(WIDEST_DEG, region["wide"] * across) if across else 180.0,
        power=region["power"],
        side_power=region["side_power"],
    )
