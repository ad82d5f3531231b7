"""How far places are apart, roughly: a hint for reading names, never a measurement."""

import math

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from geo.geodesy import LonLat
from geo.places import Place

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG; closeness is a hint here, not a measurement


def rough_km(a: Place, b: Place) -> float:
    lat1, lat2 = math.radians(a.at.lat), math.radians(b.at.lat)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b.at.lon - a.at.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))


def rough_bearing(a: Place, b: Place) -> float:
    """Return the initial bearing from one place to another, degrees clockwise from north."""
    lat1, lat2 = math.radians(a.at.lat), math.radians(b.at.lat)
    along = math.radians(b.at.lon - a.at.lon)
    north = math.cos(lat1) * math.sin(lat2) - math.sin(lat1) * math.cos(lat2) * math.cos(along)
    return math.degrees(math.atan2(math.sin(along) * math.cos(lat2), north)) % 360


def rough_km_from(at: LonLat, line: BaseGeometry) -> float:
    """Return the distance of a position to a line (WGS 84 longitude/latitude), in kilometres on the sphere."""
    # longitudes shrunk as at the position, so that the nearest point in the plane is the nearest on the ground
    shrink = math.cos(math.radians(at.lat))
    flat = shapely.transform(line, lambda lonlat: lonlat * (shrink, 1.0))
    degrees = flat.distance(Point(at.lon * shrink, at.lat))
    return float(math.radians(degrees) * EARTH_RADIUS_KM)


def rough_kms(
    lons: npt.NDArray[np.float64],
    lats: npt.NDArray[np.float64],
    other_lons: npt.NDArray[np.float64],
    other_lats: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Return great-circle distances, one row a candidate, one column another place."""
    lat1, lat2 = np.radians(lats)[:, None], np.radians(other_lats)[None, :]
    along = np.radians(other_lons)[None, :] - np.radians(lons)[:, None]
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin(along / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))
