"""The sidebar: add a place by name, by coordinates or by a click; edit and remove; undo and redo."""

from dataclasses import replace
from datetime import date

import streamlit as st

from geo.geodesy import LonLat
from geo.project import AddedPlace, Edit, Remove
from geo.stores.positions import read_position
from geo.ui import words
from geo.ui.cache import gazetteer, world_views
from geo.ui.components.place_search import place_search
from geo.ui.state import add_place, decide, desk, redo, see_as, select, sheet, told, undo

LONGEST = {"name": 200, "note": 2000, "source": 500}


def sidebar() -> None:
    """Draw the sidebar."""
    _history()
    st.subheader(words.ADD_PLACE)
    _by_name()
    _by_coordinates()
    _by_click()
    st.subheader(words.MY_PLACES)
    added = sheet().project.added
    if not added:
        st.caption(words.NO_PLACES_ADDED)
    for place in reversed(added):
        _added(place)
    _world_view()


def _world_view() -> None:
    readings = sheet().project.readings
    if not readings:
        return
    now, views = readings[0].options.world_view.name, world_views()
    chosen = st.selectbox(
        words.WORLD_VIEW,
        views,
        index=views.index(now) if now in views else 0,
        help=words.WORLD_VIEW_HELP,
        key=f"view-{desk().current}",
    )
    if chosen != now:
        with told():
            see_as(chosen)
        st.rerun()


def _history() -> None:
    it = sheet()
    back, forth = st.columns(2)
    if back.button(words.UNDO, icon=":material/undo:", disabled=not it.project.decisions, key="undo", width="stretch"):
        with told():
            undo()
        st.rerun()
    if forth.button(
        words.REDO, icon=":material/redo:", disabled=not it.project.can_redo(), key="redo", width="stretch"
    ):
        with told():
            redo()
        st.rerun()


@st.fragment
def _by_name() -> None:
    """Search in a fragment, so that typing does not draw the map again."""
    place = place_search(key="place-search")
    if place is not None:
        with told():
            add_place(place.name, place.at, place=place)
        st.rerun()


def _by_coordinates() -> None:
    with st.form("by-coordinates", clear_on_submit=False, border=False):
        typed = st.text_input(
            words.COORDINATES, placeholder=words.COORDINATES_PLACEHOLDER, help=words.COORDINATES_HELP, max_chars=100
        )
        name = st.text_input(words.PLACE_NAME, max_chars=LONGEST["name"], key="coordinates-name")
        if st.form_submit_button(words.ADD, width="stretch"):
            with told():
                at = read_position(typed)
                add_place(name.strip() or words.POINT_NAME.format(lat=at.lat, lon=at.lon), at)
            st.rerun()


def _by_click() -> None:
    it = sheet()
    if it.clicked is None:
        st.caption(words.CLICK_HINT)
        return
    at = it.clicked
    with st.form("by-click", border=True):
        st.caption(words.CLICKED.format(lat=at.lat, lon=at.lon))
        name = st.text_input(
            words.PLACE_NAME, value=_name_near(at), max_chars=LONGEST["name"], key=f"click-{at.lat}-{at.lon}"
        )
        if st.form_submit_button(words.ADD_HERE, type="primary", width="stretch"):
            with told():
                add_place(name.strip() or words.POINT_NAME.format(lat=at.lat, lon=at.lon), at)
            st.rerun()


def _name_near(at: LonLat) -> str:
    nearest = next(iter(gazetteer().nearest(at, limit=1, max_m=30_000)), None)
    if nearest is None:
        return words.POINT_NAME.format(lat=at.lat, lon=at.lon)
    place, metres = nearest
    distance = f"{metres / 1000:.1f} km" if metres >= 1000 else f"{metres:.0f} m"
    return words.NEAR.format(distance=distance, name=place.name)


def _added(place: AddedPlace) -> None:
    key = f"{desk().current}-{place.id}"
    with st.expander(_label(place.name)), st.form(f"edit-{key}", border=False):
        name = st.text_input(words.PLACE_NAME, value=place.name, max_chars=LONGEST["name"])
        typed = st.text_input(words.POSITION, value=f"{place.at.lat:.6f}, {place.at.lon:.6f}", max_chars=100)
        note = st.text_area(words.NOTE, value=place.note, max_chars=LONGEST["note"], height=68)
        when = st.date_input(words.DATE, value=place.when, min_value=date(1800, 1, 1), max_value=date(2100, 1, 1))
        source = st.text_input(words.SOURCE, value=place.source, max_chars=LONGEST["source"])
        save, remove = st.columns(2)
        if save.form_submit_button(words.SAVE, width="stretch"):
            with told():
                at = read_position(typed)
                day = when if isinstance(when, date) else None
                decide(
                    Edit(
                        place=replace(place, name=name.strip() or place.name, at=at, note=note, when=day, source=source)
                    )
                )
                select(place.id, move=at != place.at)
            st.rerun()
        if remove.form_submit_button(words.REMOVE, width="stretch"):
            with told():
                decide(Remove(feature_id=place.id))
            st.rerun()


def _label(name: str) -> str:
    """Return a name for a label that Streamlit reads as Markdown: what Markdown would read is escaped."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]()<>#+-.!|~:$" else c for c in name[:60])
