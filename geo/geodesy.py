"""Metre-true geometry on the WGS 84 ellipsoid: distance, azimuth, buffer, ring, sector, strip.

Every geometry is shapely, longitude/latitude in degrees (EPSG:4326), longitude first; every length is metres on the
ellipsoid; azimuths are degrees clockwise from true north.
"""

import math
from dataclasses import dataclass

from pyproj import Geod

WGS84 = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, kw_only=True)
class LonLat:
    """A position, WGS 84 degrees; longitude is kept in -180..180."""

    lon: float
    lat: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.lon) and math.isfinite(self.lat) and -180 <= self.lon <= 180 and -90 <= self.lat <= 90):
            raise ValueError(f"no such position: longitude {self.lon}, latitude {self.lat}")


def distance_m(a: LonLat, b: LonLat) -> float:
    """Return the geodesic distance (Karney 2013)."""
    return float(WGS84.inv(a.lon, a.lat, b.lon, b.lat)[2])
