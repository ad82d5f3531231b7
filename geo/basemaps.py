"""What a map is drawn on: the offline base map, online ones, and the files a map in one page carries with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An online base map of raster tiles; `url` has {z}, {x}, {y} and perhaps {s}."""

    id: str
    name: str
    url: str
    attribution: str
    max_zoom: int
    subdomains: str = "abc"
    hosts: tuple[str, ...] = ()  # what a content security policy must allow for it


@dataclass(frozen=True, kw_only=True)
class PageAssets:
    """The files that a map in a single page carries inside: scripts and style sheets in order, and the world's outline.

    `outline` holds "land", "lakes", "border" and "disputed" as lists of GeoJSON coordinates (polygons, then lines),
    WGS 84 longitude/latitude.
    """

    scripts: Sequence[str]
    styles: Sequence[str]
    outline: Mapping[str, Any]
