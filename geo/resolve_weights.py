"""The weights of the ranking: one number a feature; features are about 0..1, a plus speaks for it."""

from collections.abc import Mapping
from typing import Final

# Learned by benchmarks/train_resolver.py from LGL, GeoWebNews and TUD-Loc-2013 (gold spans); do not edit by hand.
# On documents not learned from, five folds:
# lgl: acc@161 0.949 of 4462; a candidate within 161 km 0.957;
#   assumed to be within a place 0.017, right 0.813; confidence >= .7 keeps 0.960, right 0.966
# geowebnews: acc@161 0.913 of 2599; a candidate within 161 km 0.870;
#   assumed to be within a place 0.081, right 0.777; confidence >= .7 keeps 0.906, right 0.960
# tud: acc@161 0.896 of 3455; a candidate within 161 km 0.854;
#   assumed to be within a place 0.088, right 0.674; confidence >= .7 keeps 0.917, right 0.941
#   confidence 0.00-0.30:    95, mean 0.243, right 0.232
#   confidence 0.30-0.50:   122, mean 0.392, right 0.287
#   confidence 0.50-0.70:   374, mean 0.617, right 0.709
#   confidence 0.70-0.80:   393, mean 0.740, right 0.733
#   confidence 0.80-0.90:   644, mean 0.854, right 0.866
#   confidence 0.90-0.95:  1057, mean 0.933, right 0.933
#   confidence 0.95-0.99:  7702, mean 0.980, right 0.979
#   confidence 0.99-1.00:    11, mean 0.993, right 0.909
#   keeping confidence >= .7 keeps 0.933, right 0.956
WEIGHTS: Final[Mapping[str, float]] = {
    "admin1": 1.934,
    "admin1_share": 2.551,
    "admin2": 0.311,
    "alternate": -1.076,
    "area": 0.922,
    "as_far": 4.0,
    "assumed_0.0": 0.0,
    "assumed_0.2": 0.194,
    "assumed_0.3": 0.226,
    "assumed_0.4": 0.309,
    "assumed_0.5": 0.534,
    "assumed_0.6": 0.595,
    "assumed_0.7": 0.724,
    "assumed_0.8": 0.899,
    "assumed_0.9": 0.956,
    "assumed_0.95": 0.956,
    "assumed_0.98": 0.983,
    "assumed_1.0": 0.995,
    "bare_district": -0.269,
    "bare_region": -2.099,
    "capital": 1.591,
    "confidence_0.0": 0.01,
    "confidence_0.2": 0.219,
    "confidence_0.3": 0.287,
    "confidence_0.4": 0.531,
    "confidence_0.5": 0.695,
    "confidence_0.6": 0.728,
    "confidence_0.7": 0.821,
    "confidence_0.8": 0.857,
    "confidence_0.9": 0.941,
    "confidence_0.95": 0.941,
    "confidence_0.98": 0.97,
    "confidence_1.0": 0.985,
    "contained": 6.669,
    "contains": 2.927,
    "country": 2.509,
    "country_share": 2.155,
    "facility": 0.227,
    "first": 0.219,
    "fuzzy": -4.0,
    "holds": 1.862,
    "home": 2.07,
    "home_at": 1.922,
    "home_country": 0.066,
    "home_wide": 1.75,
    "kind_fits": 1.599,
    "kind_misfits": -1.633,
    "like": 1.723,
    "lonely": -2.271,
    "lower_rank": -0.809,
    "near": 0.936,
    "near_wide": 1.051,
    "none": -0.987,
    "none_by_count": 0.241,
    "none_by_name": 0.45,
    "none_by_score": 1.0,
    "none_by_tagger": 2.5,
    "none_in_company": 1.543,
    "outside": 2.287,
    "outside_few": 0.301,
    "outside_people": 0.318,
    "outside_site": -0.383,
    "outside_wide": 0.443,
    "overshadowed": -0.253,
    "partial": -0.95,
    "population": 3.218,
    "seat": 0.3,
    "settlement": -1.416,
    "short": 0.15,
    "stranded": -4.955,
    "tiny": -0.489,
    "within_after_it": -0.698,
    "within_before_it": 0.139,
    "within_country": -0.911,
    "within_division": -0.66,
    "within_first": 0.013,
    "within_home": 1.549,
    "within_listed": -0.171,
    "within_often": 1.295,
    "within_page": 1.439,
    "within_people": -0.274,
    "within_said": 2.039,
    "within_sentence": 0.713,
    "within_site_country": -0.409,
    "within_site_sentence": 0.193,
    "within_site_town": 0.586,
    "within_support": 1.802,
    "within_sure": -0.175,
    "within_town": 0.9,
    "within_wide": -1.49,
}
