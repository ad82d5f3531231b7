"""The weights of the ranking: one number a feature; features are about 0..1, a plus speaks for it."""

from collections.abc import Mapping
from typing import Final

# Learned by benchmarks/train_resolver.py from LGL, GeoWebNews and TUD-Loc-2013 (gold spans); do not edit by hand.
# On documents not learned from, five folds:
# lgl: acc@161 0.952 of 4462; a candidate within 161 km 0.957;
#   assumed to be within a place 0.017, right 0.833; confidence >= .7 keeps 0.973, right 0.968
# geowebnews: acc@161 0.920 of 2599; a candidate within 161 km 0.870;
#   assumed to be within a place 0.087, right 0.775; confidence >= .7 keeps 0.910, right 0.963
# tud: acc@161 0.899 of 3455; a candidate within 161 km 0.854;
#   assumed to be within a place 0.089, right 0.683; confidence >= .7 keeps 0.914, right 0.944
#   confidence 0.00-0.40:   157, mean 0.290, right 0.287
#   confidence 0.40-0.60:   204, mean 0.486, right 0.471
#   confidence 0.60-0.70:   205, mean 0.660, right 0.688
#   confidence 0.70-0.80:   422, mean 0.747, right 0.742
#   confidence 0.80-0.90:   540, mean 0.856, right 0.878
#   confidence 0.90-0.95:  1077, mean 0.927, right 0.925
#   confidence 0.95-0.98:  3023, mean 0.974, right 0.979
#   confidence 0.98-1.00:  4803, mean 0.988, right 0.982
#   keeping confidence >= .7 keeps 0.938, right 0.959
WEIGHTS: Final[Mapping[str, float]] = {
    "admin1": 2.297,
    "admin1_share": 2.542,
    "admin2": 0.474,
    "alternate": -1.438,
    "area": 0.787,
    "as_far": 4.0,
    "assumed": 0.46,
    "assumed_log": 1.606,
    "assumed_odds": 1.013,
    "bare_county": 0.002,
    "bare_district": -0.588,
    "bare_region": -1.006,
    "bare_state": -1.18,
    "beside_capital": -0.469,
    "capital": 1.55,
    "contained": 6.653,
    "contains": 2.923,
    "country": 2.563,
    "country_share": 2.071,
    "dateline_capital": 0.145,
    "dateline_people": 0.078,
    "disputed": 1.812,
    "facility": -0.159,
    "first": 0.218,
    "fuzzy": -4.0,
    "holds": 1.836,
    "home": 2.067,
    "home_at": 1.913,
    "home_country": 0.064,
    "home_wide": 1.722,
    "kind_fits": 1.42,
    "kind_misfits": -1.494,
    "landmark": 1.841,
    "like": 1.614,
    "little_division": -2.329,
    "lonely": -2.22,
    "lower_rank": -0.84,
    "near": 0.924,
    "near_wide": 0.982,
    "none": -0.809,
    "none_by_count": 0.27,
    "none_by_name": 0.451,
    "none_by_score": 1.0,
    "none_by_tagger": 2.5,
    "none_in_company": 1.642,
    "outside": 2.334,
    "outside_few": 0.001,
    "outside_people": 0.328,
    "outside_site": -0.132,
    "outside_wide": 0.391,
    "overshadowed": -0.131,
    "partial": -0.951,
    "population": 3.393,
    "respelt": -0.144,
    "settlement": -1.155,
    "short": 0.193,
    "stranded": -4.959,
    "sure": 1.891,
    "sure_log": 1.993,
    "sure_none": -1.737,
    "sure_odds": 0.336,
    "sure_part": -1.36,
    "tiny": -0.439,
    "within_after_it": -0.835,
    "within_before_it": 0.202,
    "within_country": -0.885,
    "within_division": -0.834,
    "within_first": 0.2,
    "within_home": 1.686,
    "within_listed": -0.343,
    "within_often": 1.044,
    "within_page": 1.23,
    "within_people": -0.201,
    "within_said": 2.084,
    "within_sentence": 0.812,
    "within_site_country": -0.405,
    "within_site_sentence": 0.442,
    "within_site_town": 0.515,
    "within_support": 1.646,
    "within_sure": 0.03,
    "within_town": 0.975,
    "within_unnamed": 0.612,
    "within_wide": -1.536,
    "worth_0.0": 0.016,
    "worth_0.2": 0.206,
    "worth_0.35": 0.328,
    "worth_0.5": 0.431,
    "worth_0.6": 0.63,
    "worth_0.7": 0.701,
    "worth_0.8": 0.78,
    "worth_0.88": 0.888,
    "worth_0.93": 0.932,
    "worth_0.96": 0.974,
    "worth_0.98": 0.98,
    "worth_0.99": 0.987,
    "worth_1.0": 1.0,
}
