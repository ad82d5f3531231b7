"""The table twin of the map: everything on it, selectable."""

from typing import Any

import streamlit as st

from geo.features import MapFeature, root_of
from geo.project import Accept, Add, Annotate, Assess, Choose, Decision, Draw, Edit, Merge, Move, Remove, Split
from geo.reports import ReportedClaim
from geo.ui import words
from geo.ui.parts import SELECTION, TABLES, on, part
from geo.ui.state import Sheet, desk, select, sheet


@part(TABLES)
def tables() -> None:
    """Draw the tables below the map; the one that is open is made."""
    it = sheet()
    makers = {words.PLACES: _place_table, words.CLAIMS: _claim_table, words.DECISIONS: _log_table}
    for tab, make in zip(st.tabs(list(makers), key="tabs", on_change="rerun"), makers.values(), strict=True):
        if tab.open:
            with tab:
                make(it)


def _place_table(it: Sheet) -> None:
    _table("places", _places(it))


def _claim_table(it: Sheet) -> None:
    _table("claims", _claims(it))


def _log_table(it: Sheet) -> None:
    _table("decisions", [_decision(n, d) for n, d in enumerate(it.project.decisions, start=1)])


def _table(name: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        st.caption(words.NO_PLACES_FOUND if name == "places" else words.NO_ROWS)
        return
    ids = [row.pop("id") for row in rows]
    key = f"table-{name}-{desk().current}"
    st.dataframe(
        {words.COLUMN_NAMES[column]: [row[column] for row in rows] for column in rows[0]},
        width="stretch",
        hide_index=True,
        height=min(38 + 35 * len(rows), 320),
        on_select=on(_select_row, key, ids, again=SELECTION),
        selection_mode="single-row",
        key=key,
        alt=words.TABLE_ALT[name],
    )


def _select_row(key: str, ids: list[str]) -> None:
    picked = st.session_state[key].selection.rows
    if picked and picked[0] < len(ids):
        select(ids[picked[0]])


def _places(it: Sheet) -> list[dict[str, Any]]:
    return [_place(f) for f in it.shown if f.properties.get("feature") != "claim"]


def _place(feature: MapFeature) -> dict[str, Any]:
    known = feature.properties
    confidence = known.get("confidence")
    return {
        "id": root_of(feature.id),
        "name": feature.title,
        "kind": words.KIND_NAMES.get(str(known.get("place_kind")), known.get("place_kind")),
        "country": known.get("country"),
        "role": known.get("role") or feature.style,
        "confidence": f"{confidence:.0%}" if isinstance(confidence, int | float) else "",
        "mentions": known.get("mentions"),
        "sentence": known.get("sentence_no"),
    }


def _claims(it: Sheet) -> list[dict[str, Any]]:
    found = [_claim(it, claim) for claim in it.drawn.claims]
    imported = {root_of(f.id): f for f in it.project.imported if f.properties.get("feature") == "claim"}
    return found + [
        {
            "id": feature_id,
            "claim": f.title,
            "kind": words.CLAIM_KINDS["DistanceClaim"],
            "claimant": f.properties.get("claimant"),
            "bound": f.properties.get("bound"),
            "area": f.properties.get("area_km2"),
            "status": f.properties.get("status"),
            "drawn": words.YES,
            "sentence": f.properties.get("sentence_no"),
            "quote": f.properties.get("quote"),
        }
        for feature_id, f in imported.items()
    ]


def _claim(it: Sheet, claim: ReportedClaim) -> dict[str, Any]:
    drawn = it.feature(it.drawn.into.get(claim.id, claim.id))
    return {
        "id": claim.id,
        "claim": claim.title,
        "kind": words.CLAIM_KINDS[f"{claim.kind.title()}Claim"],
        "claimant": claim.claimant,
        "bound": claim.bound,
        "area": drawn.properties.get("area_km2") if drawn else None,
        "status": drawn.properties.get("status") if drawn else "",
        "drawn": words.YES if drawn else _why_not(claim),
        "sentence": claim.sentence_no,
        "quote": claim.quote,
    }


def _why_not(claim: ReportedClaim) -> str:
    return f"{words.NO}: {claim.not_drawn_because}" if claim.not_drawn_because else words.NO


def _decision(number: int, decision: Decision) -> dict[str, Any]:
    match decision:
        case Add(place=place) | Edit(place=place):
            about, feature_id = place.name, place.id
        case Remove(feature_id=feature_id):
            about = feature_id
        case Assess(feature_id=feature_id, status=status):
            about = f"{feature_id}: {status}"
        case Choose(article_id=article_id, place_id=place_id):
            about, feature_id = place_id, f"{article_id}/{place_id}"
        case Draw(drawing=drawing):
            about, feature_id = drawing.name, drawing.id
        case Accept(feature_id=feature_id) | Move(feature_id=feature_id) | Split(feature_id=feature_id):
            about = feature_id
        case Annotate(feature_id=feature_id, note=note):
            about = f"{feature_id}: {note}"
        case Merge(feature_id=feature_id, into=into):
            about = f"{feature_id}: {into}"
    return {"id": feature_id, "sentence": number, "decision": type(decision).__name__, "about": about}
