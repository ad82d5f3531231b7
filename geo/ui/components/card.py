"""The card of what is selected: where it comes from, and what can be decided about it."""

import streamlit as st

from geo.cards import Card, card_of
from geo.claims.model import Claim, DistanceClaim
from geo.features import MapFeature
from geo.render.card import card_html
from geo.render.escape import as_html
from geo.resolve import Candidate, Resolution
from geo.ui import words
from geo.ui.components.actions import actions
from geo.ui.labels import distinct, label
from geo.ui.parts import SELECTION, on
from geo.ui.state import Sheet, choose, reading_of, select, sheet


def card() -> None:
    """Show the card under the report."""
    it = sheet()
    found, mention = it.feature(it.selected), _mention(it)
    with st.container(border=True, key="card", gap="small"):
        if found is not None:
            actions(it, found)
            st.html(card_html(card_of(found)))
            _contradictions(it, found)
        elif (claim := _claim(it)) is not None:
            st.html(card_html(_claim_card(claim)))
            if others := it.drawn.against.get(str(it.selected)):
                _side_by_side(f"“{claim_title(claim)}”", "; ".join(other.cited for other in others))
        elif mention is None:
            st.caption(words.CARD_EMPTY)
            return
        else:
            st.html(card_html(_name_card(mention)))
        if mention is not None:
            _candidates(it, mention)


def _contradictions(it: Sheet, found: MapFeature) -> None:
    """Set what is said against a claim beside it; a click leads to what is on the map."""
    said = str(found.properties.get("contradicted_by") or "")
    if not said:
        return
    mine = str(found.properties.get("sources") or found.properties.get("source_title") or "")
    _side_by_side(f"“{found.title}” ({mine})", said)
    for feature_id in str(found.properties.get("contradicted_ids") or "").split()[:5]:
        if (other := it.feature(feature_id)) is not None:
            st.button(
                words.GO_TO.format(name=label(other.title)), key=f"against-{feature_id}", type="tertiary",
                on_click=on(select, feature_id, again=SELECTION),
            )  # fmt: skip


def _side_by_side(mine: str, against: str) -> None:
    sides = ((words.THIS_CLAIM, mine), (words.AGAINST_IT, against))
    both = "".join(f"<div><h4>{as_html(name)}</h4><p>{as_html(text)}</p></div>" for name, text in sides)
    st.html(f"<div class='against'>{both}</div>")


def _candidates(it: Sheet, mention: Resolution) -> None:
    if not mention.candidates:
        return
    reading = reading_of(it, it.selected)
    if reading is None:
        return
    options = {candidate.place.id: candidate for candidate in mention.candidates[:20]}
    key = f"candidate-{reading.article.id}-{mention.mention.span.start}-{next(iter(options))}"
    named = distinct({place_id: _candidate_words(candidate) for place_id, candidate in options.items()})
    chosen = st.selectbox(words.CANDIDATES, list(options), format_func=lambda i: named[i], key=key)
    if mention.place is not None and chosen != mention.place.id:
        st.html(f"<p class='reasons'>{_reasons(options[chosen])}</p>")
        st.button(
            words.USE_CANDIDATE, key="use-candidate", type="primary", width="stretch",
            on_click=on(choose, reading.article.id, mention.mention.span, chosen),
        )  # fmt: skip


def _reasons(candidate: Candidate) -> str:
    return as_html("; ".join(candidate.reasons))


def _candidate_words(candidate: Candidate) -> str:
    place = candidate.place
    kind = words.KIND_NAMES.get(place.kind, place.kind)
    where = ", ".join(filter(None, [place.admin1, place.country_name or place.country]))
    return f"{place.name} · {kind} · {where} · {candidate.probability:.0%}"


def _mention(it: Sheet) -> Resolution | None:
    """Return the resolution whose candidates are shown: the mention that was clicked, or the feature's first."""
    reading = reading_of(it, it.selected)
    if reading is None:
        return None
    if it.mention is not None:
        return next((r for r in reading.resolutions if r.mention.span == it.mention), None)
    prefix = f"{reading.article.id}/"
    named = [r for r in reading.resolutions if r.place is not None and f"{prefix}{r.place.id}" == it.selected]
    return next((r for r in named if not r.mention.demonym), next(iter(named), None))


def _claim(it: Sheet) -> Claim | None:
    reading = reading_of(it, it.selected)
    if reading is None or it.selected is None:
        return None
    number = it.selected.removeprefix(f"{reading.article.id}/claim-")
    return reading.claims[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(reading.claims) else None


def _claim_card(claim: Claim) -> Card:
    rows = [
        (words.COLUMN_NAMES["kind"], words.CLAIM_KINDS.get(type(claim).__name__, "")),
        (words.COLUMN_NAMES["claimant"], claim.claimant or ""),
    ]
    if isinstance(claim, DistanceClaim):
        rows += [
            (words.COLUMN_NAMES["about"], claim.figure or ""),
            (words.NOT_DRAWN, claim.not_drawn_because or words.NOT_ON_MAP),
        ]
    return Card(title=claim_title(claim), rows=tuple(row for row in rows if row[1]), quote=claim.quote)


def claim_title(claim: Claim) -> str:
    """Return a claim in a few words: its number as written, or what happened."""
    hedge, quantity = getattr(claim, "hedge", None), getattr(claim, "quantity", None)
    value, what = getattr(claim, "value", None), getattr(claim, "what", None)
    number = quantity or (f"{value:,}" if isinstance(value, int) else None)
    return " ".join(filter(None, [hedge, number, what, getattr(claim, "whom", None)])) or claim.quote[:60]


def _name_card(mention: Resolution) -> Card:
    rows = () if mention.candidates else ((words.CANDIDATES, words.NO_PLACE),)
    return Card(title=mention.mention.text, rows=rows)
