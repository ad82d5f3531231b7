"""What a reader sees of a feature: its card, made from the properties that every export carries."""

from dataclasses import dataclass

from geo.features import JSON, MapFeature


@dataclass(frozen=True, kw_only=True)
class Card:
    """What a reader sees of a feature: rows of label and value, the sentence, and warnings."""

    title: str
    rows: tuple[tuple[str, str], ...]
    quote: str | None = None
    warning: str | None = None


_ROWS: tuple[tuple[str, str], ...] = (
    ("annotation", "Note of the analyst"),
    ("sources", "Reported by"),
    ("moved_from", "Moved from"),
    ("note", "Note"),
    ("when", "Date"),
    ("claimant", "Who says so"),
    ("audience", "Told to"),
    ("stance", "How it is said"),
    ("figure", "About"),
    ("side", "Side"),
    ("quantity", "As written"),
    ("hedge", "Hedge"),
    ("bound", "Bound"),
    ("relation", "Relation"),
    ("reference", "Measured from"),
    ("sector", "Where along the border"),
    ("made", "How the shape was made"),
    ("area_km2", "Area (km²)"),
    ("radius_m", "Radius"),
    ("length_m", "Length"),
    ("uncertainty_m", "Uncertainty (m)"),
    ("assumptions", "Assumed"),
    ("checks", "Checked against the map"),
    ("checks_between", "Checked against other reports"),
    ("place_kind", "Kind"),
    ("country", "Country"),
    ("role", "Role in the article"),
    ("confidence", "Confidence"),
    ("why", "Why this place"),
    ("claimed_by", "Claimed by"),
    ("controlled_by", "Control"),
    ("counts", "Reported numbers"),
    ("status", "Status"),
    ("world_view", "World view"),
    ("border_dataset", "Border data"),
    ("source_title", "Source"),
    ("published", "Published"),
)
_BOUND_WORDS = {
    "max": "upper bound: not more than this",
    "min": "lower bound: at least this",
    "approx": "approximate",
    "exact": "as stated",
    "range": "a range",
}


def card_of(feature: MapFeature) -> Card:
    """Make the card of a feature from its properties alone, so that an imported file shows the same card."""
    known = feature.properties
    rows = tuple((label, _shown(key, known[key])) for key, label in _ROWS if known.get(key) not in (None, ""))
    quote, warning = known.get("quote"), known.get("warning")
    return Card(
        title=feature.title, rows=rows, quote=str(quote) if quote else None, warning=str(warning) if warning else None
    )


def _shown(key: str, value: JSON) -> str:
    match key:
        case "bound":
            return _BOUND_WORDS.get(str(value), str(value))
        case "confidence" if isinstance(value, float | int):
            return f"{value:.0%}"
        case "area_km2" | "uncertainty_m" if isinstance(value, float | int):
            return f"{value:,.0f}" if abs(value) >= 10 else f"{value:.2g}"
        case "radius_m" | "length_m" if isinstance(value, float | int):
            return f"{value / 1000:,.4g} km" if value >= 1000 else f"{value:,.0f} m"
        case "relation":
            return str(value).replace("_", " ")
    return str(value)
