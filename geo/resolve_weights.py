"""The weights of the ranking: one number a feature; features are about 0..1, a plus speaks for it."""

from collections.abc import Mapping
from typing import Final

# Learned by benchmarks/train_resolver.py from LGL, GeoWebNews and TUD-Loc-2013 (gold spans); do not edit by hand.
# On documents not learned from, five folds:
# lgl: acc@161 0.936 of 4462; a candidate within 161 km 0.927;
#   assumed to be within a place 0.043, right 0.667; confidence >= .7 keeps 0.916, right 0.970
# geowebnews: acc@161 0.876 of 2599; a candidate within 161 km 0.814;
#   assumed to be within a place 0.125, right 0.639; confidence >= .7 keeps 0.831, right 0.955
# tud: acc@161 0.872 of 3455; a candidate within 161 km 0.797;
#   assumed to be within a place 0.149, right 0.586; confidence >= .7 keeps 0.815, right 0.957
#   confidence 0.00-0.30:   108, mean 0.264, right 0.426
#   confidence 0.30-0.50:   450, mean 0.378, right 0.378
#   confidence 0.50-0.70:   808, mean 0.624, right 0.660
#   confidence 0.70-0.80:   211, mean 0.755, right 0.725
#   confidence 0.80-0.90:   476, mean 0.861, right 0.851
#   confidence 0.90-0.95:   399, mean 0.925, right 0.922
#   confidence 0.95-0.99:  7964, mean 0.978, right 0.977
#   confidence 0.99-1.00:     9, mean 0.994, right 0.889
#   keeping confidence >= .7 keeps 0.861, right 0.962
WEIGHTS: Final[Mapping[str, float]] = {
    "admin1": 1.968,
    "admin1_share": 2.47,
    "admin2": 0.169,
    "alternate": -1.083,
    "area": 0.927,
    "as_far": 4.0,
    "assumed_0.0": 0.0,
    "assumed_0.2": 0.305,
    "assumed_0.3": 0.322,
    "assumed_0.4": 0.374,
    "assumed_0.5": 0.537,
    "assumed_0.6": 0.639,
    "assumed_0.7": 0.714,
    "assumed_0.8": 0.878,
    "assumed_0.9": 0.878,
    "assumed_0.95": 0.955,
    "assumed_0.98": 0.982,
    "assumed_1.0": 0.998,
    "bare_district": -0.263,
    "bare_region": -2.08,
    "capital": 1.703,
    "confidence_0.0": 0.023,
    "confidence_0.2": 0.229,
    "confidence_0.3": 0.333,
    "confidence_0.4": 0.498,
    "confidence_0.5": 0.609,
    "confidence_0.6": 0.661,
    "confidence_0.7": 0.714,
    "confidence_0.8": 0.868,
    "confidence_0.9": 0.962,
    "confidence_0.95": 0.962,
    "confidence_0.98": 0.969,
    "confidence_1.0": 0.982,
    "contained": 6.734,
    "contains": 2.921,
    "country": 2.565,
    "country_share": 2.353,
    "facility": 0.0,
    "first": 0.081,
    "fuzzy": -4.0,
    "holds": 1.763,
    "home": 2.095,
    "home_at": 1.936,
    "home_country": 0.116,
    "home_wide": 1.81,
    "kind_fits": 1.734,
    "kind_misfits": -1.658,
    "like": 1.717,
    "lonely": -2.105,
    "lower_rank": -0.79,
    "near": 0.987,
    "near_wide": 1.087,
    "none": -0.706,
    "none_by_count": 0.25,
    "none_by_name": 0.611,
    "none_by_score": 1.0,
    "none_by_tagger": 2.5,
    "none_in_company": 1.582,
    "outside": 2.419,
    "outside_few": 0.444,
    "outside_people": 0.458,
    "outside_site": -0.217,
    "outside_wide": 0.402,
    "overshadowed": -0.207,
    "partial": -1.111,
    "population": 3.319,
    "seat": 0.3,
    "settlement": -1.423,
    "short": -0.004,
    "stranded": -4.964,
    "tiny": -0.575,
    "within_after_it": -0.953,
    "within_before_it": 0.001,
    "within_country": -1.604,
    "within_division": -0.871,
    "within_first": 0.1,
    "within_home": 1.47,
    "within_listed": -0.175,
    "within_often": 1.594,
    "within_page": 1.551,
    "within_people": -0.053,
    "within_said": 2.182,
    "within_sentence": 0.458,
    "within_site_country": -0.451,
    "within_site_sentence": 0.287,
    "within_site_town": 1.011,
    "within_support": 1.627,
    "within_sure": 0.351,
    "within_town": 0.117,
    "within_wide": -0.418,
}
