"""Fitted sizes of zones; written by benchmarks/fit_zones.py, do not edit.

Fitted on 16,654 offsets between places of Wikipedia (CC BY-SA) and GeoNames (CC BY 4.0): offsets-dev.jsonl,
seed 20220916. What the numbers mean is in spread.py; the measured coverage is in docs/zones.md.
"""

from typing import Any

DIRECTED: dict[str, Any] = {
    "bias": {
        "one": -0.2085,
        "log_km": 0.0955,
        "log_km_squared": -0.0165,
        "under_5_km": 0.3455,
        "converted": 0.0323,
        "town": 0.0143,
        "town_if_near": 0.0549,
    },
    "along": {
        "one": -0.9034,
        "log_km": -0.7049,
        "log_km_squared": 0.0933,
        "under_5_km": 0.0776,
        "over_50_km": 0.0422,
        "hedged": -0.229,
        "approximately": -0.142,
        "town_if_near": 0.023,
    },
    "across": {
        "one": 2.8045,
        "under_5_km": 0.2697,
        "hedged": -0.1473,
        "approximately": -0.0742,
        "miles": -0.0556,
        "converted": 0.0207,
        "cardinal": -0.1801,
    },
    "regions": {
        "under 5 km": {
            "core": {"low": 2.8536, "high": 1.1415, "wide": 2.2694, "power": 1.0, "side_power": 1.0},
            "fringe": {"low": 10.6384, "high": 4.2554, "wide": 4.2554, "power": 1.0, "side_power": 1.0},
        },
        "5-20 km": {
            "core": {"low": 1.2714, "high": 1.0111, "wide": 1.6857, "power": 0.8, "side_power": 3.0},
            "fringe": {"low": 4.4782, "high": 2.2524, "wide": 2.9654, "power": 0.8, "side_power": 3.0},
        },
        "20 km and more": {
            "core": {"low": 0.6428, "high": 1.0163, "wide": 1.607, "power": 3.0, "side_power": 3.0},
            "fringe": {"low": 3.5936, "high": 1.8075, "wide": 2.2728, "power": 3.0, "side_power": 3.0},
        },
    },
}

UNDIRECTED: dict[str, Any] = {
    "bias": {"one": 0.0812, "log_km": -0.0582, "town": -0.0073, "town_if_near": 0.0177},
    "along": {
        "one": -1.405,
        "log_km": -0.4099,
        "log_km_squared": 0.053,
        "under_5_km": 0.6966,
        "town": 0.0672,
        "town_if_near": 0.1949,
    },
    "regions": {
        "under 5 km": {
            "core": {"low": 0.5748, "high": 0.9088, "wide": 0.5748, "power": 2.0, "side_power": 2.0},
            "fringe": {"low": 2.8334, "high": 2.2533, "wide": 2.8334, "power": 2.0, "side_power": 2.0},
        },
        "5-20 km": {
            "core": {"low": 0.617, "high": 0.7758, "wide": 0.617, "power": 2.0, "side_power": 2.0},
            "fringe": {"low": 3.3987, "high": 1.3595, "wide": 3.3987, "power": 2.0, "side_power": 2.0},
        },
        "20 km and more": {
            "core": {"low": 0.5763, "high": 0.9113, "wide": 0.5763, "power": 2.0, "side_power": 2.0},
            "fringe": {"low": 3.3995, "high": 1.3598, "wide": 3.3995, "power": 2.0, "side_power": 2.0},
        },
    },
}
