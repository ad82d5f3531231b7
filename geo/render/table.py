"""A reading, or the candidates of a name, as tables of plain text for a terminal."""

import unicodedata
from collections.abc import Iterator, Sequence

from geo.claims.model import AreaClaim, Claim, CountClaim, DistanceClaim
from geo.explain import where
from geo.places import NameMatch
from geo.reading import Reading
from geo.resolve import Resolution
from geo.zones import Zone

WIDEST = 56  # characters of one cell
_BOUND_SIGNS = {"max": "≤", "min": "≥", "approx": "≈", "exact": "", "range": ""}


def reading_table(reading: Reading) -> str:
    """Return the places of a reading and its claims, each a table, and the checks of the claims against the map."""
    title = shown(reading.article.title or reading.article.id, width=100)
    day = f" ({reading.article.published})" if reading.article.published else ""
    parts = [f"{title}{day}", "", *_places(reading.resolutions)]
    if drawn := [claim for claim in reading.claims if isinstance(claim, DistanceClaim)]:
        parts += ["", *_distances(drawn, {id(zone.claim): zone for zone in reading.zones})]
    if counted := [claim for claim in reading.claims if isinstance(claim, CountClaim | AreaClaim)]:
        parts += ["", *_counts(counted)]
    parts += [f"check: {shown(check.text, width=200)}" for check in reading.checks]
    return "\n".join(parts) + "\n"


def matches_table(matches: Sequence[NameMatch]) -> str:
    """Return the places that a name might mean: what each is, where, how many live there, and which name fitted."""
    rows = [
        (
            match.place.name,
            where(match.place),
            match.place.country or "",
            f"{match.place.population:,}" if match.place.population else "",
            f"{match.place.at.lon:.4f}",
            f"{match.place.at.lat:.4f}",
            f"{match.how} “{match.matched}”" + (f" ({match.language})" if match.language else ""),
            match.place.id,
        )
        for match in matches
    ]
    heads = ("Name", "What", "Country", "Population", "Longitude", "Latitude", "Matched", "Id")
    return "\n".join([*_table(heads, rows, right={3, 4, 5}), "", *_why_first(matches)]) + "\n"


def _why_first(matches: Sequence[NameMatch]) -> Iterator[str]:
    """Say why the first is the first, in the words of the gazetteer's rule."""
    first, place = matches[0], matches[0].place
    if len(matches) == 1:
        yield "No other place has this name."
        return
    fits = {"name": "this is its name", "fuzzy": f"“{shown(first.matched)}” is the most like it"}.get(
        first.how, f"“{shown(first.matched)}” is one of its names"
    )
    people = f", {place.population:,} people" if place.population else ""
    yield f"{shown(place.name)} ({where(place)}{people}) is first: {fits}."
    yield "Countries, regions and seas stand before towns, capitals and large towns before small ones, and a place of"
    yield "this name before one that has it as a further name. In an article the words around decide."


def shown(text: str, *, width: int = WIDEST) -> str:
    """Return text in one line, cut to a width, without the control characters that steer a terminal.

    >>> shown("Goma\\x1b[31m\\nnorth")
    'Goma [31m north'
    """
    plain = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in text[:2000])
    plain = " ".join(plain.split())
    return plain if len(plain) <= width else plain[: width - 1] + "…"


def _places(resolutions: Sequence[Resolution]) -> list[str]:
    if not resolutions:
        return ["No place is named."]
    groups: dict[tuple[str, str | None, str], list[Resolution]] = {}
    for resolution in resolutions:
        place = resolution.place
        key = (resolution.mention.text.casefold(), place.id if place else None, resolution.role)
        groups.setdefault(key, []).append(resolution)
    rows = [_place(same) for same in groups.values()]
    return _table(
        ("Place", "Read as", "Country", "Longitude", "Latitude", "Role", "Sure", "Times"), rows, right={3, 4, 6, 7}
    )


def _place(same: Sequence[Resolution]) -> tuple[str, ...]:
    best = max(same, key=lambda resolution: resolution.confidence)
    place = best.place
    role = f"{best.role}, demonym" if best.mention.demonym else best.role
    if place is None:
        return (best.mention.text, "not in the gazetteer", "", "", "", role, "", str(len(same)))
    return (
        best.mention.text,
        f"{place.name}, {where(place)}",
        place.country or "",
        f"{place.at.lon:.4f}",
        f"{place.at.lat:.4f}",
        role,
        f"{best.confidence:.0%}",
        str(len(same)),
    )


def _distances(claims: Sequence[DistanceClaim], zones: dict[int, Zone]) -> list[str]:
    heads = ("Claim", "Bound", "Relation", "Measured from", "Who says so", "Zone km²", "Where, or why not drawn")
    return _table(heads, [_distance(claim, zones.get(id(claim))) for claim in claims], right={5})


def _distance(claim: DistanceClaim, zone: Zone | None) -> tuple[str, ...]:
    relation = " ".join(filter(None, [claim.relation.replace("_", " "), claim.direction]))
    if zone is None:
        area, remark = "", claim.not_drawn_because or "no shape"
    else:
        area = f"{zone.area_m2 / 1e6:,.0f}" if zone.area_m2 >= 1e7 else f"{zone.area_m2 / 1e6:.2g}"
        remark = zone.warning or zone.sector or ""
    return (
        " ".join(filter(None, [claim.hedge, claim.quantity])),
        f"{_BOUND_SIGNS[claim.bound]} {_metres(claim)}".strip(),
        relation,
        ", ".join(reference.text for reference in claim.references),
        claim.claimant or "",
        area,
        remark,
    )


def _metres(claim: DistanceClaim) -> str:
    low, high = claim.min_m, claim.max_m
    if claim.bound == "max" or low is None:
        return _kilometres(high)
    if claim.bound == "min" or high is None or low == high:
        return _kilometres(low)
    return f"{_kilometres(low)} to {_kilometres(high)}"


def _kilometres(metres: float | None) -> str:
    if metres is None:
        return ""
    return f"{metres / 1000:.4g} km" if metres >= 1000 else f"{metres:.4g} m"


def _counts(claims: Sequence[Claim]) -> list[str]:
    return _table(("Number", "Of", "Who says so"), [_count(claim) for claim in claims])


def _count(claim: Claim) -> tuple[str, ...]:
    match claim:
        case CountClaim():
            number = f"{claim.hedge or ''} {claim.value:,} {claim.what}".strip()
            sides = [r.place.name for r in (claim.side, claim.place) if r is not None and r.place is not None]
            return (number, claim.whom or ", ".join(sides), claim.claimant or "")
        case AreaClaim():
            return (
                f"{claim.hedge or ''} {claim.quantity}".strip(),
                claim.reference.text if claim.reference else "",
                claim.claimant or "",
            )
        case _:
            return ("", "", claim.claimant or "")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: set[int] = frozenset()) -> list[str]:  # type: ignore[assignment]
    cells = [[shown(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(heads))]
    lines = [
        "  ".join(_padded(cell, widths[i], right=i in right) for i, cell in enumerate(row)).rstrip() for row in cells
    ]
    return [lines[0], "  ".join("─" * width for width in widths), *lines[1:]]


def _padded(cell: str, width: int, *, right: bool) -> str:
    space = " " * (width - _width(cell))
    return space + cell if right else cell + space


def _width(text: str) -> int:
    """Count the columns that a terminal uses: none for a combining mark, two for a wide East Asian character."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
