"""The weights of the ranking: one number a feature; features are about 0..1, a plus speaks for it."""

from collections.abc import Mapping
from typing import Final

# Learned by benchmarks/train_resolver.py from LGL, GeoWebNews and TUD-Loc-2013 (gold spans); do not edit by hand.
# On documents not learned from, five folds:
# lgl: acc@161 0.936 of 4462; a candidate within 161 km 0.927;
#   assumed to be within a place 0.041, right 0.663; confidence >= .7 keeps 0.926, right 0.969
# geowebnews: acc@161 0.876 of 2599; a candidate within 161 km 0.814;
#   assumed to be within a place 0.117, right 0.678; confidence >= .7 keeps 0.846, right 0.953
# tud: acc@161 0.866 of 3455; a candidate within 161 km 0.797;
#   assumed to be within a place 0.137, right 0.616; confidence >= .7 keeps 0.824, right 0.947
#   confidence 0.00-0.30:   128, mean 0.252, right 0.461
#   confidence 0.30-0.50:   390, mean 0.401, right 0.385
#   confidence 0.50-0.70:   680, mean 0.616, right 0.653
#   confidence 0.70-0.80:   342, mean 0.745, right 0.711
#   confidence 0.80-0.90:   528, mean 0.864, right 0.858
#   confidence 0.90-0.95:   605, mean 0.929, right 0.952
#   confidence 0.95-0.99:  7692, mean 0.978, right 0.977
#   confidence 0.99-1.00:     9, mean 0.994, right 0.889
#   keeping confidence >= .7 keeps 0.873, right 0.958
WEIGHTS: Final[Mapping[str, float]] = {
    "admin1": 1.518,
    "admin1_share": 2.468,
    "admin2": 0.247,
    "alternate": -1.103,
    "area": 0.923,
    "as_far": 4.0,
    "assumed_0.0": 0.0,
    "assumed_0.2": 0.238,
    "assumed_0.3": 0.3,
    "assumed_0.4": 0.418,
    "assumed_0.5": 0.525,
    "assumed_0.6": 0.616,
    "assumed_0.7": 0.725,
    "assumed_0.8": 0.88,
    "assumed_0.9": 0.88,
    "assumed_0.95": 0.956,
    "assumed_0.98": 0.985,
    "assumed_1.0": 0.994,
    "capital": 1.822,
    "confidence_0.0": 0.015,
    "confidence_0.2": 0.218,
    "confidence_0.3": 0.32,
    "confidence_0.4": 0.451,
    "confidence_0.5": 0.572,
    "confidence_0.6": 0.688,
    "confidence_0.7": 0.763,
    "confidence_0.8": 0.891,
    "confidence_0.9": 0.953,
    "confidence_0.95": 0.961,
    "confidence_0.98": 0.969,
    "confidence_1.0": 0.983,
    "contained": 6.728,
    "contains": 2.941,
    "country": 2.533,
    "country_share": 2.432,
    "facility": 0.0,
    "first": 0.119,
    "fuzzy": -4.0,
    "holds": 1.801,
    "home": 2.067,
    "home_at": 1.935,
    "home_country": 0.184,
    "home_wide": 1.79,
    "kind_fits": 1.771,
    "kind_misfits": -1.671,
    "like": 1.612,
    "lonely": -2.164,
    "lower_rank": -0.797,
    "near": 1.021,
    "near_wide": 1.078,
    "none": -0.527,
    "none_by_count": 0.303,
    "none_by_name": 0.617,
    "none_by_score": 1.0,
    "none_by_tagger": 2.5,
    "none_in_company": 1.666,
    "outside": 2.474,
    "outside_few": 0.448,
    "outside_people": 0.451,
    "outside_site": -0.155,
    "outside_wide": 0.271,
    "overshadowed": -0.142,
    "partial": -1.117,
    "population": 3.441,
    "seat": 0.3,
    "settlement": -1.193,
    "short": 0.0,
    "stranded": -4.963,
    "tiny": -0.603,
    "within_after_it": -1.059,
    "within_before_it": -0.001,
    "within_country": -1.601,
    "within_division": -0.961,
    "within_first": 0.223,
    "within_home": 1.451,
    "within_listed": -0.101,
    "within_often": 1.521,
    "within_page": 1.524,
    "within_people": -0.045,
    "within_said": 2.293,
    "within_sentence": 0.46,
    "within_site_country": -0.437,
    "within_site_sentence": 0.317,
    "within_site_town": 1.055,
    "within_support": 1.644,
    "within_sure": 0.397,
    "within_town": 0.134,
    "within_wide": -0.425,
}
