"""What can be decided about the thing whose card is open."""

from collections.abc import Callable
from dataclasses import replace
from itertools import islice

import streamlit as st
from shapely.geometry import Point

from geo.decisions import MAX_NAME, Draw, Drawing
from geo.features import MapFeature, root_of
from geo.project import STATUSES, Accept, Annotate, Assess, Merge, Move, Remove, Split
from geo.stores.positions import read_position
from geo.ui import words
from geo.ui.components.fields import LONGEST, day_and_source, typed_day_and_source
from geo.ui.labels import distinct
from geo.ui.parts import SELECTION, on
from geo.ui.state import Sheet, decide, select, sheet

MANY = 300  # of things to merge with in one list


def actions(it: Sheet, found: MapFeature) -> None:
    """Draw the buttons and the status; all of them can be undone."""
    feature_id = root_of(found.id)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="actions"):
        accepted = bool(found.properties.get("accepted"))
        st.button(
            words.ACCEPTED if accepted else words.ACCEPT, icon=":material/check:", key="accept", disabled=accepted,
            help=words.ACCEPT_HELP, on_click=on(decide, Accept(feature_id=feature_id)),
        )  # fmt: skip
        st.button(
            words.REJECT, icon=":material/close:", key="reject", help=words.REJECT_HELP,
            on_click=on(decide, Remove(feature_id=feature_id)),
        )  # fmt: skip
        for drawing in it.project.drawn:
            if drawing.id == feature_id:
                _edit(drawing)
        if isinstance(found.geometry, Point):
            _move(found, feature_id)
        _annotate(found, feature_id)
        _merge(it, found, feature_id)
        if found.properties.get("merged_ids"):
            st.button(words.SPLIT, key="split", help=words.SPLIT_HELP, on_click=on(_split, found))
        st.button(
            words.SHOW_ON_MAP,
            icon=":material/center_focus_strong:",
            key="show-on-map",
            on_click=on(select, feature_id, again=SELECTION),
        )
        if found.properties.get("feature") in ("claim", "added"):
            _status(found, feature_id)


def _status(found: MapFeature, feature_id: str) -> None:
    # a box of its own for every state of the log: one that was drawn before cannot answer for it
    now, position = str(found.properties.get("status")), len(sheet().project.log)
    key = f"status-{feature_id}-{position}"
    st.selectbox(
        words.STATUS,
        STATUSES,
        index=STATUSES.index(now) if now in STATUSES else 0,
        format_func=lambda status: words.STATUS_NAMES[status],
        key=key,
        label_visibility="collapsed",
        width=130,
        on_change=on(_assess, feature_id, key, at=position),
    )


def _assess(feature_id: str, key: str) -> None:
    found, status = sheet().feature(feature_id), st.session_state[key]
    if found is None or found.properties.get("status") != status:  # also called without a change
        decide(Assess(feature_id=feature_id, status=status))


def _move(found: MapFeature, feature_id: str) -> None:
    clicked = sheet().clicked
    now = f"{found.geometry.y:.6f}, {found.geometry.x:.6f}"
    key = f"move-{feature_id}-{now}"
    with st.popover(words.MOVE, key=_closed("move")), st.form(f"move-{feature_id}", border=False):
        st.text_input(words.POSITION, value=now, max_chars=100, key=key, help=words.COORDINATES_HELP)
        st.form_submit_button(words.MOVE_HERE, type="primary", on_click=on(_move_typed, feature_id, key))
        if clicked is not None:
            st.form_submit_button(
                words.MOVE_TO_CLICK.format(lat=clicked.lat, lon=clicked.lon),
                on_click=on(decide, Move(feature_id=feature_id, at=clicked)),
            )
        else:
            st.caption(words.MOVE_HINT)


def _edit(drawing: Drawing) -> None:
    """Name what was drawn, and say of which day and whence it is."""

    def key(name: str) -> str:
        return f"drawn-{name}-{drawing.id}-{len(sheet().project.log)}"

    with st.popover(words.EDIT, key=_closed("edit")), st.form(f"edit-{drawing.id}", border=False):
        st.text_input(words.PLACE_NAME, value=drawing.name, max_chars=MAX_NAME, key=key("name"))
        day_and_source(drawing, key)
        st.form_submit_button(words.SAVE, type="primary", on_click=on(_edit_typed, drawing, key))


def _edit_typed(drawing: Drawing, key: Callable[[str], str]) -> None:
    name, (day, source) = st.session_state[key("name")], typed_day_and_source(key)
    decide(Draw(drawing=replace(drawing, name=name.strip() or drawing.name, when=day, source=source.strip())))


def _closed(name: str) -> str:
    """Return the key of a form that opens: another one, which is closed, after every decision."""
    return f"{name}-form-{len(sheet().project.log)}"


def _move_typed(feature_id: str, key: str) -> None:
    decide(Move(feature_id=feature_id, at=read_position(st.session_state[key])))
    select(feature_id)


def _annotate(found: MapFeature, feature_id: str) -> None:
    now = str(found.properties.get("annotation") or "")
    key = f"note-{feature_id}-{len(sheet().project.log)}"
    with st.popover(words.NOTE, key=_closed("note")), st.form(f"note-{feature_id}", border=False):
        st.text_area(words.NOTE_LABEL, value=now, max_chars=LONGEST["note"], height=100, key=key)
        st.form_submit_button(words.SAVE, type="primary", on_click=on(_note_typed, feature_id, key))


def _note_typed(feature_id: str, key: str) -> None:
    decide(Annotate(feature_id=feature_id, note=st.session_state[key].strip()))


def _merge(it: Sheet, found: MapFeature, feature_id: str) -> None:
    others = (f for f in it.drawn.by_root.values() if f.root != feature_id and _is_claim(f) == _is_claim(found))
    named = distinct({f.root: _named(f) for f in islice(others, MANY)})
    if not named:
        return
    key = f"merge-{feature_id}"
    with st.popover(words.MERGE, key=_closed("merge")), st.form(f"merge-form-{feature_id}", border=False):
        st.caption(words.MERGE_HELP)
        st.selectbox(
            words.MERGE_INTO,
            list(named),
            format_func=lambda other: named[other],
            key=key,
        )
        st.form_submit_button(words.MERGE, type="primary", on_click=on(_merge_chosen, feature_id, key))


def _is_claim(feature: MapFeature) -> bool:
    return feature.properties.get("feature") == "claim"


def _named(feature: MapFeature) -> str:
    return f"{feature.title[:70]} · {str(feature.properties.get('source_title') or words.MINE)[:40]}"


def _merge_chosen(feature_id: str, key: str) -> None:
    into = st.session_state[key]
    decide(Merge(feature_id=feature_id, into=into))
    select(into)


def _split(found: MapFeature) -> None:
    for feature_id in str(found.properties["merged_ids"]).split():
        decide(Split(feature_id=feature_id))
