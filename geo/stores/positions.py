"""A position as people write it: decimal degrees, degrees-minutes-seconds, or MGRS."""

import re

from geo.errors import GeoError
from geo.geodesy import LonLat

_LONGEST = 80  # characters; no way of writing a position needs more
_MGRS = re.compile(r"\d{1,2}[C-HJ-NP-X][A-HJ-NP-Z]{2}(\d{2}){1,5}")
_LAT_FIRST = re.compile(r"[^NSEW,;]{1,60}[NS]|[NS][^NSEW,;]{1,60}")
_LON_FIRST = re.compile(r"[^NSEW,;]{1,60}[EW]|[EW][^NSEW,;]{1,60}")
HELP = "write it like 39.84, 45.67 or 39°50′24″N 45°40′12″E or 38S NJ 5747 1033"


class PositionError(GeoError):
    """What was typed is no position on Earth."""


def read_position(text: str) -> LonLat:
    """Read a position, latitude first where no letter says other; PositionError where it is none.

    >>> read_position("39.84, 45.67")
    LonLat(lon=45.67, lat=39.84)
    """
    words = " ".join(text.split())
    if not words:
        raise PositionError(f"there is no position: {HELP}")
    if len(words) > _LONGEST:
        raise PositionError(f"that is too long for a position: {HELP}")
    compact = words.replace(" ", "").upper()
    try:
        return _from_mgrs(compact) if _MGRS.fullmatch(compact) else _from_pair(words.upper())
    except PositionError:
        raise
    except Exception:  # both libraries raise what they like on odd input
        raise PositionError(f"“{words}” is no position: {HELP}") from None


def _from_mgrs(text: str) -> LonLat:
    import mgrs

    lat, lon = mgrs.MGRS().toLatLon(text)
    return LonLat(lon=round(lon, 6), lat=round(lat, 6))


def _from_pair(text: str) -> LonLat:
    from lat_lon_parser import parse

    first, second = _halves(text)
    lon_first = bool(set("EW") & set(first)) or bool(set("NS") & set(second))
    lat, lon = (second, first) if lon_first else (first, second)
    return LonLat(lon=round(float(parse(lon)), 6), lat=round(float(parse(lat)), 6))


def _halves(text: str) -> tuple[str, str]:
    for separator in (";", ", ", ","):
        parts = text.split(separator)
        if len(parts) == 2:
            return parts[0].strip(), parts[1].strip()
    for pattern in (_LAT_FIRST, _LON_FIRST):
        if (found := pattern.match(text)) and (rest := text[found.end() :].strip()):
            return found.group().strip(), rest
    parts = text.split()
    if len(parts) == 2:
        return parts[0], parts[1]
    raise PositionError(f"“{text}” does not show where latitude ends and longitude begins: {HELP}")
