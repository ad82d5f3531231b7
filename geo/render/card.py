"""A card as HTML: escaped text in elements that are made here."""

from geo.cards import Card
from geo.render.escape import as_html

LONGEST = 1200  # characters of one value on screen; the export has all of it


def card_html(card: Card) -> str:
    """Return a card as HTML; every word of it is escaped."""
    parts = [f'<div class="card"><h3>{as_html(card.title)}</h3>']
    if card.warning:
        parts.append(f'<p class="warning">{_short(card.warning)}</p>')
    if card.quote:
        parts.append(f"<blockquote>{_short(card.quote)}</blockquote>")
    rows = "".join(f"<dt>{as_html(label)}</dt><dd>{_short(value)}</dd>" for label, value in card.rows)
    parts.append(f"<dl>{rows}</dl></div>")
    return "".join(parts)


def _short(text: str) -> str:
    return as_html(text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")
