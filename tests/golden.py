"""Golden readings: what a whole article must give, short enough to be checked by eye.

`python tests/golden.py` writes expected.json of every seed again; read the difference before you commit it.
"""

import json
from pathlib import Path
from typing import Any

from geo.claims.model import AreaClaim, CountClaim, DistanceClaim
from geo.reading import Reading

SEEDS = Path(__file__).parent.parent / "seeds"


def golden(reading: Reading) -> dict[str, Any]:
    """Return the parts of a reading that a careful reader would check."""
    return {"places": _places(reading), "claims": _claims(reading), "counts": _counts(reading)}


def _places(reading: Reading) -> list[str]:
    lines = []
    for resolution in reading.resolutions:
        place = resolution.place
        where = f"{place.name}, {place.kind}, {place.country or '-'}, {place.id}" if place else "not located"
        kind = "demonym " if resolution.mention.demonym else ""
        lines.append(f"{resolution.mention.text}: {kind}{resolution.role}: {where}")
    return list(dict.fromkeys(lines))


def _claims(reading: Reading) -> list[dict[str, Any]]:
    zones = {(zone.claim.span, zone.claim.relation): zone for zone in reading.zones}
    return [
        {
            "words": claim.span.of(reading.article.text),
            "relation": claim.relation,
            "metres": [claim.min_m, claim.max_m],
            "bound": claim.bound,
            "direction": claim.direction,
            "from": [
                f"{reference.text} -> {reference.resolution.place.id}"
                if reference.resolution and reference.resolution.place
                else reference.text
                for reference in claim.references
            ],
            "claimant": claim.claimant,
            "drawn": _zone(zones[claim.span, claim.relation])
            if (claim.span, claim.relation) in zones
            else claim.not_drawn_because or "no shape",
        }
        for claim in reading.claims
        if isinstance(claim, DistanceClaim)
    ]


def _zone(zone: Any) -> dict[str, Any]:
    return {"km2": float(f"{zone.area_m2 / 1e6:.2g}"), "sector": zone.sector, "weak": zone.weak}


def _counts(reading: Reading) -> list[str]:
    lines = []
    for claim in reading.claims:
        if isinstance(claim, CountClaim):
            side = claim.side.place.name if claim.side and claim.side.place else claim.whom
            lines.append(f"{claim.bound} {claim.value} {claim.what} | {side} | {claim.claimant}")
        elif isinstance(claim, AreaClaim):
            lines.append(f"{claim.bound} {claim.value_m2 / 1e6:g} km2 | {claim.claimant}")
    return lines


def seed_names() -> list[str]:
    """Return the names of all seeds."""
    return sorted(folder.name for folder in SEEDS.iterdir() if (folder / "article.txt").exists())


def expected_file(name: str) -> Path:
    """Return the path of a seed's golden reading."""
    return SEEDS / name / "expected.json"


def as_json(reading: Reading) -> str:
    """Return the golden reading as it is stored."""
    return json.dumps(golden(reading), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    import geo
    from geo.stores.seeds import load_seed

    for name in seed_names():
        expected_file(name).write_text(as_json(geo.read_article(load_seed(name))), encoding="utf-8")
        print(f"wrote {name}")
