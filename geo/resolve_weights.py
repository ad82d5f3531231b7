"""The weights of the ranking: one number a feature; features are about 0..1, a plus speaks for it."""

from collections.abc import Mapping
from typing import Final

# Learned by benchmarks/train_resolver.py from LGL and GeoWebNews (gold spans); do not edit by hand.
# On documents not learned from, five folds:
# lgl: acc@161 0.908 of 4462; a candidate within 161 km 0.926
# geowebnews: acc@161 0.788 of 2599; a candidate within 161 km 0.804
#   confidence 0.00-0.30:    33, mean 0.239, right 0.303
#   confidence 0.30-0.50:   150, mean 0.412, right 0.487
#   confidence 0.50-0.70:   300, mean 0.600, right 0.720
#   confidence 0.70-0.80:   212, mean 0.746, right 0.731
#   confidence 0.80-0.90:   368, mean 0.854, right 0.864
#   confidence 0.90-0.95:   377, mean 0.929, right 0.926
#   confidence 0.95-0.99:   722, mean 0.975, right 0.967
#   confidence 0.99-1.00:  4354, mean 0.999, right 0.983
#   keeping confidence >= .7 keeps 0.854, right 0.961
WEIGHTS: Final[Mapping[str, float]] = {
    "admin1": 1.761,
    "admin1_share": 2.485,
    "admin2": -0.087,
    "alternate": -1.106,
    "area": 0.874,
    "capital": 1.691,
    "contained": 6.863,
    "contains": 3.02,
    "country": 2.987,
    "country_share": 2.742,
    "facility": 0.0,
    "first": 0.378,
    "fuzzy": -4.0,
    "holds": 1.749,
    "home": 3.139,
    "home_country": 0.548,
    "home_wide": 1.764,
    "kind_fits": 2.084,
    "kind_misfits": -2.134,
    "like": 1.917,
    "lower_rank": -0.822,
    "near": 1.397,
    "near_wide": 1.124,
    "none": 0.226,
    "none_by_count": 0.234,
    "none_by_name": 0.203,
    "none_by_score": 1.0,
    "none_by_tagger": 2.5,
    "partial": -0.703,
    "population": 3.864,
    "seat": 0.3,
    "settlement": -1.261,
    "short": -0.016,
    "stranded": -4.997,
    "tiny": -0.588,
}
