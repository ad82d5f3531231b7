"""Who, how sure and which boundary are told apart in colour, in grey and by the colour-blind."""

from itertools import combinations

import pytest
from map_features import feature
from shapely.geometry import Point

from geo.styles import NO_SIDE, SIDES, STATUS_TEXTURES, STYLES, look_of, side_colours

LAND = {"light": "#f6f4ef", "dark": "#2b2f34"}  # as in static/basemap.js
INKS = (*SIDES, NO_SIDE)


def channels(colour):
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def linear(colour):
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour)]


def luminance(colour):
    r, g, b = linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a, b):
    """Return the contrast ratio of WCAG 2."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
BLINDNESS = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def seen(colour, kind):
    rgb = linear(colour)
    return [sum(m * c for m, c in zip(row, rgb, strict=True)) for row in BLINDNESS[kind]]


@pytest.mark.parametrize("ink", INKS)
def test_every_line_stands_out_from_the_land_in_grey(ink):
    assert contrast(ink.on_light, LAND["light"]) >= 3
    assert contrast(ink.on_dark, LAND["dark"]) >= 3


@pytest.mark.parametrize("kind", BLINDNESS)
def test_the_colours_of_sides_stay_apart_for_the_colour_blind(kind):
    for a, b in combinations(INKS, 2):
        difference = sum((x - y) ** 2 for x, y in zip(seen(a.fill, kind), seen(b.fill, kind), strict=True)) ** 0.5
        assert difference > 0.1, (a.fill, b.fill)


def zone(status, style="zone-core"):
    return feature(style, "x", Point(0, 0).buffer(1), status=status, side="A", colour=SIDES[0].fill)


def test_every_status_has_its_own_texture_for_claims_and_places():
    for style in ("zone-core", "zone-fringe", "strip", "strip-weak", "event-place", "added"):
        assert len({look_of(zone(status, style)).texture for status in STATUS_TEXTURES}) == len(STATUS_TEXTURES)


@pytest.mark.parametrize("status", STATUS_TEXTURES)
def test_core_and_fringe_differ_in_line_and_weight_and_not_in_colour(status):
    core, fringe = look_of(zone(status)), look_of(zone(status, "zone-fringe"))
    assert core.ink == fringe.ink
    assert (core.dash, core.gap) != (fringe.dash, fringe.gap)
    assert status == "denied" or status == "retracted" or core.fill_opacity > fringe.fill_opacity


def test_what_is_talked_about_is_hollow_and_disputed_land_is_dashed():
    assert look_of(feature("context-country", "x", Point(0, 0).buffer(1), status="claimed")).texture == "hollow"
    assert STYLES["disputed"].dash
    assert STYLES["party"].dash is None


def test_a_status_or_colour_that_nobody_knows_is_drawn_plainly():
    look = look_of(feature("zone-core", "x", Point(0, 0), status="</style>", colour="red;x", side="A"))
    assert (look.texture, look.ink, look.side, look.status) == ("solid", NO_SIDE, None, None)


def test_sides_get_colours_in_order_and_keep_those_they_came_with():
    shapes = [feature("party", side, Point(0, 0), side=side) for side in ("A", "B", "A", "C")]
    kept = feature("party", "D", Point(0, 0), side="D", colour=SIDES[0].fill)
    assert list(side_colours(shapes).values()) == [ink.fill for ink in SIDES[:3]]
    assert side_colours([*shapes, kept])["D"] == SIDES[0].fill
    assert len(set(side_colours([*shapes, kept]).values())) == 4


def test_more_sides_than_colours_share_the_colour_of_none():
    shapes = [feature("party", str(n), Point(0, 0), side=str(n)) for n in range(9)]
    assert list(side_colours(shapes).values())[-3:] == [NO_SIDE.fill] * 3
