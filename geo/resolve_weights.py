"""The weights of the ranking: one number a feature, all features are about 0..1; positive speaks for a candidate."""

from collections.abc import Mapping
from typing import Final

# Hand-set; `benchmarks/train_resolver.py` learns them.
WEIGHTS: Final[Mapping[str, float]] = {
    "population": 5.0,
    "first": 1.0,
    "country": 4.0,
    "capital": 1.0,
    "admin1": 1.0,
    "admin2": -0.5,
    "seat": 0.3,
    "area": 1.0,
    "alternate": -1.0,
    "short": 0.0,
    "fuzzy": -4.0,
    "partial": -0.5,
    "country_share": 3.5,
    "admin1_share": 2.5,
    "near": 2.0,
    "near_wide": 1.5,
    "holds": 1.5,
    "contained": 7.0,
    "contains": 3.0,
    "like": 2.5,
    "kind_fits": 2.5,
    "kind_misfits": -2.5,
    "stranded": -5.0,
    "home": 3.0,
    "home_wide": 1.5,
    "home_country": 1.0,
    "facility": 0.0,
    "settlement": 0.0,
    "tiny": 0.0,
    "lower_rank": 0.0,
    "none": -1.0,
    "none_by_tagger": 2.5,
    "none_by_score": 1.0,
    "none_by_name": 0.0,
    "none_by_count": 0.0,
}
