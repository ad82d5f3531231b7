"""The sidebar: add a place by name, by coordinates or by a click; edit and remove what was added; the world view."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from geo.geodesy import LonLat
from geo.project import AddedPlace, Edit, Remove
from geo.stores.positions import read_position
from geo.ui import words
from geo.ui.cache import gazetteer, world_views
from geo.ui.components.fields import LONGEST, day_and_source, typed_day_and_source
from geo.ui.components.place_search import place_search
from geo.ui.labels import label
from geo.ui.parts import ADD, on, part
from geo.ui.state import add_place, decide, see_as, select, sheet


@part(ADD)
def sidebar() -> None:
    """Draw the sidebar."""
    st.subheader(words.ADD_PLACE)
    place_search(key="place-search", on_pick=lambda place: on(add_place, place.name, place.at, place)())
    _by_coordinates()
    _by_click()
    added = sheet().project.added
    if added:
        st.subheader(words.MY_PLACES)
    for place in reversed(added):
        _added(place)
    _world_view()


def _world_view() -> None:
    sources = sheet().drawn.sources
    if not sources:
        return
    now, views, position = sources[0].options.world_view.name, world_views(), len(sheet().project.log)
    key = f"view-{sheet().key}-{position}"
    st.selectbox(
        words.WORLD_VIEW,
        views,
        index=views.index(now) if now in views else 0,
        help=words.WORLD_VIEW_HELP,
        key=key,
        on_change=on(_see, key, at=position),
    )


def _see(key: str) -> None:
    see_as(st.session_state[key], sheet().drawn.sources[0].options.world_view.as_of)


def _by_coordinates() -> None:
    with st.form("by-coordinates", border=False):
        st.text_input(
            words.COORDINATES,
            placeholder=words.COORDINATES_PLACEHOLDER,
            help=words.COORDINATES_HELP,
            max_chars=100,
            key="coordinates",
        )
        name, button = st.columns([2, 1], vertical_alignment="bottom", gap="small")
        name.text_input(words.PLACE_NAME, max_chars=LONGEST["name"], key="coordinates-name")
        button.form_submit_button(words.ADD, width="stretch", on_click=on(_add_typed))


def _add_typed() -> None:
    at = read_position(st.session_state["coordinates"])
    _add_at(at, st.session_state["coordinates-name"])
    st.session_state["coordinates"] = st.session_state["coordinates-name"] = ""


def _add_at(at: LonLat, name: str) -> None:
    add_place(name.strip() or words.POINT_NAME.format(lat=at.lat, lon=at.lon), at)


def _by_click() -> None:
    at = sheet().clicked
    if at is None:
        st.caption(words.CLICK_HINT)
        return
    key = f"click-{at.lat}-{at.lon}"
    with st.form("by-click", border=True):
        st.caption(words.CLICKED.format(lat=at.lat, lon=at.lon))
        st.text_input(words.PLACE_NAME, value=_name_near(at), max_chars=LONGEST["name"], key=key)
        st.form_submit_button(
            words.ADD_HERE,
            type="primary",
            width="stretch",
            on_click=on(_add_clicked, at, key),
        )


def _add_clicked(at: LonLat, key: str) -> None:
    _add_at(at, st.session_state[key])


def _name_near(at: LonLat) -> str:
    nearest = next(iter(gazetteer().nearest(at, limit=1, max_m=30_000)), None)
    if nearest is None:
        return words.POINT_NAME.format(lat=at.lat, lon=at.lon)
    place, metres = nearest
    distance = f"{metres / 1000:.1f} km" if metres >= 1000 else f"{metres:.0f} m"
    return words.NEAR.format(distance=distance, name=place.name)


def _added(place: AddedPlace) -> None:
    key = f"{sheet().key}-{place.id}"

    def given(name: str) -> str:
        return f"{name}-{key}-{hash(place)}"  # another place by the same id begins with its own values

    box = st.expander(label(place.name, longest=60), key=f"mine-{key}", on_change="rerun")
    if not box.open:  # a form for each of many places takes longer than all the rest
        return
    with box, st.form(f"edit-{key}", border=False):
        st.text_input(words.PLACE_NAME, value=place.name, max_chars=LONGEST["name"], key=given("name"))
        st.text_input(words.POSITION, value=f"{place.at.lat:.6f}, {place.at.lon:.6f}", max_chars=100, key=given("at"))
        st.text_area(words.NOTE, value=place.note, max_chars=LONGEST["note"], height=68, key=given("note"))
        day_and_source(place, given)
        save, remove = st.columns(2)
        save.form_submit_button(words.SAVE, width="stretch", on_click=on(_save, place, given))
        remove.form_submit_button(words.REMOVE, width="stretch", on_click=on(decide, Remove(feature_id=place.id)))


def _save(place: AddedPlace, given: Callable[[str], str]) -> None:
    name, typed, note = (st.session_state[given(k)] for k in ("name", "at", "note"))
    day, source = typed_day_and_source(given)
    at = read_position(typed)
    decide(Edit(place=replace(place, name=name.strip() or place.name, at=at, note=note, when=day, source=source)))
    select(place.id, move=at != place.at)
