"""The table twin of the map: everything on it, to sort, select, copy; and the log."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import streamlit as st

from geo.features import MapFeature
from geo.project import STATUSES, Assess
from geo.render.spreadsheet import cell
from geo.reports import ReportedClaim
from geo.ui import words
from geo.ui.components.log_rows import log_rows
from geo.ui.components.review import look_at
from geo.ui.parts import SELECTION, TABLES, on, part
from geo.ui.state import Sheet, decide, select, sheet

HEIGHT = 320  # px at most
ROW_PX = 31


@part(TABLES)
def tables() -> None:
    """Draw the tables below the map; the one that is open is made."""
    it = sheet()
    makers = {
        words.PLACES: _place_table,
        words.CLAIMS: _claim_table,
        words.CHECKS: _check_table,
        words.REVIEW_LIST: _review_table,
        words.DECISIONS: _log_table,
    }
    for tab, make in zip(st.tabs(list(makers), key="tabs", on_change="rerun"), makers.values(), strict=True):
        if tab.open:
            with tab:
                make(it)


def _place_table(it: Sheet) -> None:
    rows = _places(it)
    if not rows:
        st.caption(words.NO_PLACES_FOUND)
        return
    _table("places", rows, ids=[row.pop("id") for row in rows])


def _check_table(it: Sheet) -> None:
    """Every comparison of what reports say with the map and with each other, what does not fit first."""
    titles = {claim.id: claim.title for claim in it.drawn.claims}
    cards = it.drawn.by_root
    rows: list[dict[str, Any]] = []
    ids: list[str | None] = []
    for check in it.drawn.checks:
        title = titles.get(check.claim_ids[0], "") if check.claim_ids else ""
        rows.append({"verdict": words.VERDICTS[check.verdict], "claim": title, "reason": check.text})
        shown = (it.drawn.into.get(one, one) for one in (*check.claim_ids, *check.feature_ids))
        ids.append(next((one for one in shown if one in cards), None))
    _table("checks", rows, ids=ids)


def _review_table(it: Sheet) -> None:
    left = it.drawn.review
    rows = [{"number": n, "about": d.title, "kind": words.DOUBT_KINDS[d.kind], "reason": d.reason, "doubt": d.doubt}
            for n, d in enumerate(left, start=1)]  # fmt: skip
    _table("review", rows, ids=left, go=look_at, columns={"doubt": st.column_config.ProgressColumn(format="percent")})


def _log_table(it: Sheet) -> None:
    """Every step with its time and what held before; what was taken back says so."""
    rows = log_rows(it.project)
    ids = [row.pop("id") for row in rows]
    when = st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm:ss")
    _table("decisions", rows, ids=ids, columns={"time": when})


def _table(
    name: str,
    rows: list[dict[str, Any]],
    *,
    ids: Sequence[Any],
    go: Callable[[Any], None] = select,
    columns: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    if not rows:
        st.caption(words.NO_ROWS)
        return
    key = f"table-{name}-{sheet().key}"
    st.dataframe(
        _columns(rows),
        width="stretch",
        hide_index=True,
        height=_height(rows),
        row_height=ROW_PX,
        placeholder="",
        on_select=on(_select_row, key, ids, go, again=SELECTION),
        selection_mode="single-row",
        key=key,
        column_config={words.COLUMN_NAMES[column]: config for column, config in columns.items()},
        alt=words.TABLE_ALT[name],
    )


def _columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Return rows as columns; their text begins no formula, for a table can be copied and downloaded."""
    return {words.COLUMN_NAMES[column]: [_inert(row[column]) for row in rows] for column in rows[0]}


def _inert(value: Any) -> Any:
    return cell(value) if isinstance(value, str) else value


def _height(rows: list[dict[str, Any]]) -> int:
    return min(3 + ROW_PX * (len(rows) + 1), HEIGHT)


def _select_row(key: str, ids: Sequence[Any], go: Callable[[Any], None]) -> None:
    picked = st.session_state[key].selection.rows
    if picked and picked[0] < len(ids) and ids[picked[0]]:
        go(ids[picked[0]])


def _claim_table(it: Sheet) -> None:
    """The claims, the status of each to be set in its cell; a button leads to the claim."""
    rows = _claims(it)
    if not rows:
        st.caption(words.NO_ROWS)
        return
    ids = [row.pop("id") for row in rows]
    # the log is in the key, so that an edit that was taken back does not stay in its cell
    position = len(it.project.log)
    key = f"table-claims-{it.key}-{position}"
    names = words.COLUMN_NAMES
    st.data_editor(
        _columns([{"go": words.SHOW, **row} for row in rows]),
        width="stretch",
        hide_index=True,
        height=_height(rows),
        row_height=ROW_PX,
        placeholder="",
        disabled=[names[column] for column in rows[0] if column != "status"],
        column_config={
            names["go"]: st.column_config.ButtonColumn(
                width=70, type="tertiary", key="claim-go", on_click=on(_go_to_claim, ids, again=SELECTION)
            ),
            names["status"]: st.column_config.SelectboxColumn(options=list(STATUSES), required=True),
            names["area"]: st.column_config.NumberColumn(format="localized"),
        },
        key=key,
        on_change=on(_set_statuses, key, ids, at=position),
        alt=words.TABLE_ALT["claims"],
    )


def _go_to_claim(ids: Sequence[str]) -> None:
    click = st.session_state["claim-go"]
    if click is not None and click["row"] < len(ids):
        select(ids[click["row"]])


def _set_statuses(key: str, ids: Sequence[str]) -> None:
    it = sheet()
    for row, changed in st.session_state[key]["edited_rows"].items():
        status = changed.get(words.COLUMN_NAMES["status"])
        if status not in STATUSES or int(row) >= len(ids):
            continue
        card = it.drawn.into.get(ids[int(row)], ids[int(row)])
        if status != it.project.statuses.get(card, "claimed"):  # an edit is made once, however often it is told
            decide(Assess(feature_id=ids[int(row)], status=status))


def _places(it: Sheet) -> list[dict[str, Any]]:
    return [_place(f) for f in it.shown if f.properties.get("feature") != "claim"]


def _place(feature: MapFeature) -> dict[str, Any]:
    known = feature.properties
    confidence = known.get("confidence")
    return {
        "id": feature.root,
        "name": feature.title,
        "kind": words.KIND_NAMES.get(str(known.get("place_kind")), known.get("place_kind")),
        "country": known.get("country"),
        "role": known.get("role") or feature.style,
        "confidence": f"{confidence:.0%}" if isinstance(confidence, int | float) else "",
        "mentions": known.get("mentions"),
        "sentence": known.get("sentence_no"),
    }


def _claims(it: Sheet) -> list[dict[str, Any]]:
    """Return all claims that the filter lets pass, those on the map first, and those of an imported map."""
    hidden = it.drawn.by_root.keys() - {f.root for f in it.shown}
    found = [_claim(it, claim) for claim in it.drawn.claims if it.drawn.into.get(claim.id, claim.id) not in hidden]
    known = {row["id"] for row in found}
    others = {f.root: f for f in it.shown if f.properties.get("feature") == "claim"}
    found += [_drawn_claim(feature_id, f) for feature_id, f in others.items() if feature_id not in known]
    return sorted(found, key=lambda row: row["drawn"] != words.YES)


def _drawn_claim(feature_id: str, feature: MapFeature) -> dict[str, Any]:
    known = feature.properties
    return {
        "id": feature_id,
        "claim": feature.title,
        "status": known.get("status"),
        "claimant": known.get("claimant"),
        "bound": known.get("bound"),
        "area": _rounded(known.get("area_km2")),
        "when": known.get("when") or known.get("published"),
        "source": known.get("source_title"),
        "kind": words.CLAIM_KINDS["DistanceClaim"],
        "drawn": words.YES,
        "sentence": known.get("sentence_no"),
        "quote": known.get("quote"),
    }


def _claim(it: Sheet, claim: ReportedClaim) -> dict[str, Any]:
    card = it.drawn.into.get(claim.id, claim.id)
    drawn = it.feature(card)
    return {
        "id": claim.id,
        "claim": claim.title,
        "status": it.project.statuses.get(card, "claimed"),
        "claimant": claim.claimant,
        "bound": claim.bound,
        "area": _rounded(drawn.properties.get("area_km2")) if drawn else None,
        "when": claim.day.isoformat() if claim.day else None,
        "source": claim.source,
        "kind": words.CLAIM_KINDS[f"{claim.kind.title()}Claim"],
        "drawn": words.YES if drawn else _why_not(claim),
        "sentence": claim.sentence_no,
        "quote": claim.quote,
    }


def _rounded(km2: Any) -> float | None:
    """Leave out the digits that no zone is sure of, as the card does."""
    if not isinstance(km2, float | int):
        return None
    return round(km2) if km2 >= 10 else float(f"{km2:.2g}")


def _why_not(claim: ReportedClaim) -> str:
    return f"{words.NO}: {claim.not_drawn_because}" if claim.not_drawn_because else words.NO
