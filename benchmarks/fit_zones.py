"""Fit core and fringe of "N km [direction] of X" on known offsets, and write geo/zone_sizes.py.

    python benchmarks/fit_zones.py ../shared/corpora/distance/offsets-dev.jsonl [--write]

Prints the coverage and area of held-out folds (split by the anchor town, fixed seed), each fold drawn with the numbers
fitted on the other four; --write then fits on everything. OFFSETS is JSON lines with stated_km, unit, qualifier,
direction, stated_bearing, text, and the two true positions.
"""

import argparse
import json
import pprint
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.geodesy import WGS84
from geo.places import Gazetteer
from geo.spread import FEATURES, LONGEST_LOG, WIDEST_DEG, Stated, class_of, features_of
from geo.stores.gazetteer import open_gazetteer

SEED = 20_220_916
FOLDS = 5
CLASSES = ("under 5 km", "5-20 km", "20 km and more")
PARTS = ("core", "fringe")
# a region that is the smallest on its own rows holds a little less of others: held-out folds are to have 50 % and 90 %
SHARES = {
    "under 5 km": {"core": 0.525, "fringe": 0.913},
    "5-20 km": {"core": 0.507, "fringe": 0.902},
    "20 km and more": {"core": 0.507, "fringe": 0.903},
}
POWERS = (0.8, 1.0, 1.5, 2.0, 3.0, 4.0)
SAMPLE = 600  # rows that a region's mean area is taken over
RATIOS = tuple(float(x) for x in np.geomspace(0.4, 2.5, 9))
FIXED = np.pi * (1.3**2 - 0.7**2)  # area of the fixed ring, in units of the stated distance squared
BIAS = ("one", "log_km", "log_km_squared", "under_5_km", "converted", "town", "town_if_near")
ALONG = ("one", "log_km", "log_km_squared", "under_5_km", "over_50_km", "hedged", "approximately", "town_if_near")
ACROSS = ("one", "under_5_km", "hedged", "approximately", "miles", "converted", "cardinal")
BIAS_UNDIRECTED = ("one", "log_km", "town", "town_if_near")
ALONG_UNDIRECTED = ("one", "log_km", "log_km_squared", "under_5_km", "town", "town_if_near")

Floats = NDArray[np.float64]
Model = dict[str, Any]


class Offsets:
    """The columns of a file of offsets: features, ln(true / stated), the angle off the stated direction, class."""

    def __init__(self, rows: list[dict[str, Any]], gazetteer: Gazetteer) -> None:
        stated = [stated_of(row, gazetteer) for row in rows]
        features = [features_of(one) for one in stated]
        self.features = {name: np.array([one[name] for one in features]) for name in FEATURES}
        at = np.array([[r["anchor_lon"], r["anchor_lat"], r["entity_lon"], r["entity_lat"]] for r in rows])
        azimuth, _, far = WGS84.inv(at[:, 0], at[:, 1], at[:, 2], at[:, 3])
        bearing = np.array([np.nan if r["stated_bearing"] is None else r["stated_bearing"] for r in rows], dtype=float)
        self.ratio = np.log(np.maximum(far / [1000 * r["stated_km"] for r in rows], 1e-3))
        self.angle = np.abs((np.asarray(azimuth) - bearing + 180) % 360 - 180)
        self.directed = np.array([one.directed for one in stated])
        self.class_ = np.array([class_of(one.distance_m) for one in stated])
        self.km = np.array([r["stated_km"] for r in rows])
        self.anchor = np.array([r["anchor_geonameid"] for r in rows])


def stated_of(row: dict[str, Any], gazetteer: Gazetteer) -> Stated:
    """Read what a line of the file states, without its truth."""
    place = gazetteer.place(f"gn:{row['anchor_geonameid']}")
    return Stated(
        distance_m=1000 * row["stated_km"],
        directed=row["direction"] is not None,
        cardinal=row["direction"] in ("n", "e", "s", "w"),
        hedge=row["qualifier"],
        miles=row["unit"].lower().startswith("mi"),
        converted="(" in row["text"],
        population=place.population if place else 0,
    )


def fit(data: Offsets, keep: NDArray[np.bool_]) -> dict[str, Model]:
    """Fit both models on the rows that are kept."""
    return {
        "directed": _fit_one(data, keep & data.directed, BIAS, ALONG, ACROSS),
        "undirected": _fit_one(data, keep & ~data.directed, BIAS_UNDIRECTED, ALONG_UNDIRECTED, ()),
    }


def _fit_one(
    data: Offsets, keep: NDArray[np.bool_], bias: tuple[str, ...], along: tuple[str, ...], across: tuple[str, ...]
) -> Model:
    matrix = {
        names: np.stack([data.features[name][keep] for name in names], axis=1) for names in (bias, along) if names
    }
    ratio, angle = data.ratio[keep], data.angle[keep]
    weights_bias = _robust(matrix[bias], ratio)
    off = ratio - np.clip(matrix[bias] @ weights_bias, -0.5, 0.5)
    model: Model = {"bias": _named(bias, weights_bias)}
    model["along"] = _named(along, _least_squares(matrix[along], np.log(np.abs(off) + 0.03)))
    if across:
        wide = np.stack([data.features[name][keep] for name in across], axis=1)
        model["across"] = _named(across, _least_squares(wide, np.log(angle + 3)))
    scores = Scores(data, keep, model)
    model["regions"] = {class_: _regions(scores, data.class_[keep] == class_, SHARES[class_]) for class_ in CLASSES}
    return model


class Scores:
    """u and v of the rows, and what it takes to draw a region around each."""

    def __init__(self, data: Offsets, keep: NDArray[np.bool_], model: Model) -> None:
        self._parts = data, keep, model

        def total(weights: dict[str, float]) -> Floats:
            return np.asarray(sum(weight * data.features[name][keep] for name, weight in weights.items()))

        self.middle = np.clip(total(model["bias"]), -0.5, 0.5)
        self.along = np.exp(total(model["along"]))
        self.across = np.exp(total(model["across"])) if "across" in model else None
        self.u = (data.ratio[keep] - self.middle) / self.along
        self.v = data.angle[keep] / self.across if self.across is not None else np.zeros(len(self.u))

    def of(self, rows: NDArray[np.bool_]) -> "Scores":
        """Return those of some of the rows."""
        data, keep, model = self._parts
        narrowed = keep.copy()
        narrowed[np.flatnonzero(keep)[~rows]] = False
        return Scores(data, narrowed, model)

    def needed(self, high: float, wide: float, power: float, side_power: float) -> Floats:
        """Return how far out each truth is, by the shape of a region with low 1."""
        u = np.abs(self.u) / np.where(self.u > 0, high, 1.0)
        return np.asarray(u**power + (self.v / wide) ** side_power)

    def areas(self, low: float, high: float, wide: float, power: float, side_power: float) -> Floats:
        """Return the area of each row's region as a share of the fixed sector's (without direction: ring's)."""
        if self.across is None:
            low_edge = np.exp(self.middle - np.minimum(LONGEST_LOG, low * self.along))
            high_edge = np.exp(self.middle + np.minimum(LONGEST_LOG, high * self.along))
            return np.asarray(np.pi * (high_edge**2 - low_edge**2) / FIXED)
        half = np.radians(np.minimum(WIDEST_DEG, wide * self.across))
        steps = (np.arange(24) + 0.5) / 24
        room = (1 - steps**side_power) ** (1 / power)
        inner = np.exp(self.middle[:, None] - np.minimum(LONGEST_LOG, low * self.along)[:, None] * room)
        outer = np.exp(self.middle[:, None] + np.minimum(LONGEST_LOG, high * self.along)[:, None] * room)
        return np.asarray(half * ((outer**2 - inner**2) / 2).mean(axis=1) * 2 / (FIXED * 70 / 360))

    def held(self, low: float, high: float, wide: float, power: float, side_power: float) -> NDArray[np.bool_]:
        """Tell which truths lie inside, as they are drawn."""
        u = np.where(self.u > 0, self.u * self.along / np.minimum(LONGEST_LOG, high * self.along),
                     -self.u * self.along / np.minimum(LONGEST_LOG, low * self.along))  # fmt: skip
        v = np.zeros(len(u))
        if self.across is not None:
            v = self.v * self.across / np.minimum(WIDEST_DEG, wide * self.across)
        return np.asarray(np.abs(u) ** power + v**side_power <= 1)


def _regions(scores: Scores, rows: NDArray[np.bool_], shares: dict[str, float]) -> dict[str, dict[str, float]]:
    fringe = _region(scores, rows, shares["fringe"])
    return {"core": _region(scores, rows, shares["core"], inside=fringe), "fringe": fringe}


def _region(
    scores: Scores, rows: NDArray[np.bool_], share: float, *, inside: dict[str, float] | None = None
) -> dict[str, float]:
    """Choose the smallest region, by mean area, that holds a share of the rows; it may have to lie inside another."""
    directed = scores.across is not None
    these = scores.of(rows)
    sample = np.zeros(rows.sum(), dtype=bool)
    sample[np.random.RandomState(SEED).permutation(len(sample))[:SAMPLE]] = True
    few = these.of(sample)
    best: tuple[float, dict[str, float]] | None = None
    shapes = product(POWERS, POWERS, RATIOS, RATIOS) if directed else product((2.0,), (2.0,), RATIOS, (1.0,))
    for power, side_power, high, wide in shapes:
        if inside and (power, side_power) != (inside["power"], inside["side_power"]):
            continue
        reach = float(np.quantile(these.needed(high, wide, power, side_power), share))
        low, side = reach ** (1 / power), reach ** (1 / side_power)
        region = {"low": low, "high": low * high, "wide": side * wide, "power": power, "side_power": side_power}
        if inside and any(region[name] > inside[name] for name in ("low", "high", "wide")):
            continue
        area = float(few.areas(**region).mean())
        if best is None or area < best[0]:
            best = area, region
    assert best is not None
    return best[1]


def _least_squares(matrix: Floats, wanted: Floats) -> Floats:
    return np.asarray(np.linalg.solve(matrix.T @ matrix + 1e-3 * np.eye(matrix.shape[1]), matrix.T @ wanted))


def _robust(matrix: Floats, wanted: Floats) -> Floats:
    weights = _least_squares(matrix, wanted)
    for _ in range(15):  # Huber's weights: past 0.15 a row counts less the farther it is off
        trust = np.sqrt(1 / np.maximum(1, np.abs(wanted - matrix @ weights) / 0.15))
        weights = _least_squares(matrix * trust[:, None], wanted * trust)
    return weights


def _named(names: tuple[str, ...], weights: Floats) -> dict[str, float]:
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def cross_validate(data: Offsets) -> None:
    """Print coverage and area of every group, each row drawn with what was fitted without its town."""
    towns, rows_town = np.unique(data.anchor, return_inverse=True)
    fold = (np.random.RandomState(SEED).permutation(len(towns)) % FOLDS)[rows_town]
    held = {part: np.zeros(len(fold), dtype=bool) for part in PARTS}
    area = {part: np.zeros(len(fold)) for part in PARTS}
    for number in range(FOLDS):
        models = fit(data, fold != number)
        for directed, model in ((True, models["directed"]), (False, models["undirected"])):
            keep = (fold == number) & (data.directed == directed)
            scores = Scores(data, keep, model)
            for class_ in CLASSES:
                rows = data.class_[keep] == class_
                at = np.flatnonzero(keep)[rows]
                for part in PARTS:
                    region = model["regions"][class_][part]
                    held[part][at] = scores.held(**region)[rows]
                    area[part][at] = scores.areas(**region)[rows]
    groups = {
        "all": fold >= 0, "with direction": data.directed, "distance only": ~data.directed,
        **{class_: data.class_ == class_ for class_ in CLASSES},
        "under 2 km": data.km < 2, "2-5 km": (data.km >= 2) & (data.km < 5), "50 km and more": data.km >= 50,
        "with about": (data.features["hedged"] + data.features["approximately"]) > 0,
        "in miles": data.features["miles"] > 0,
        "from a big town": data.features["town"] > 1,
    }  # fmt: skip
    print(f"held-out folds ({FOLDS}, by anchor town)")
    for name, rows in groups.items():
        print(
            f"{name:16s} n {rows.sum():6d}  core holds {held['core'][rows].mean():.3f}  fringe holds "
            f"{held['fringe'][rows].mean():.3f}  fringe area / fixed sector {area['fringe'][rows].mean():.2f}"
        )


def write(models: dict[str, Model], path: Path, *, rows: int, source: str) -> None:
    """Write the constants as a Python module, since the core reads no files."""
    body = "\n\n".join(
        f"{name.upper()}: dict[str, Any] = {pprint.pformat(_rounded(model), width=116, sort_dicts=False)}"
        for name, model in models.items()
    )
    path.write_text(
        '"""Fitted sizes of zones; written by benchmarks/fit_zones.py, do not edit.\n\n'
        f"Fitted on {rows:,} offsets between places of Wikipedia (CC BY-SA) and GeoNames (CC BY 4.0): {source},\n"
        f"seed {SEED}. What the numbers mean is in spread.py; the measured coverage is in docs/zones.md.\n"
        f'"""\n\nfrom typing import Any\n\n{body}\n',
        encoding="utf-8",
    )


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return round(float(value), 4)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("offsets", type=Path)
    parser.add_argument("--write", action="store_true", help="fit on everything and write geo/zone_sizes.py")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.offsets.read_text(encoding="utf-8").splitlines()]
    data = Offsets(rows, open_gazetteer())
    cross_validate(data)
    if options.write:
        models = fit(data, np.ones(len(rows), dtype=bool))
        target = Path(__file__).resolve().parent.parent / "geo" / "zone_sizes.py"
        write(models, target, rows=len(rows), source=options.offsets.name)
        print(f"wrote {target.name}")


if __name__ == "__main__":
    main()
