"""The map: a base that never changes, and layers that do. What is selected on it goes through the link."""

import streamlit as st
from streamlit_folium import st_folium

from geo.decisions import Drawing, Move
from geo.geodesy import LonLat
from geo.render.folium_map import DrawnShape, MovedPlace, base_map, drawn_shape, moved_place, piece_groups
from geo.render.pieces import PIECES
from geo.server import online_maps
from geo.ui import words
from geo.ui.components.time_bar import time_bar
from geo.ui.parts import ADD, MAP, on, part
from geo.ui.state import add_drawing, decide, sheet

HEIGHT = 600  # px, where the style sheet does not say more
NUDGE = 1e-7  # degrees; the frame moves only where centre or zoom differ from what it was sent before
# What the frame answers at first equals what it is sent, so that a new map draws nothing again.
RETURNED = ["last_clicked", "last_active_drawing"]


@part(MAP)
def map_view() -> None:
    """Show the map and the time bar; a click marks where a place may be added."""
    it = sheet()
    nudge = it.looks % 2
    st_folium(
        base_map(online=online_maps(), theme=_first_theme()),
        key="map",
        feature_group_to_add=piece_groups(PIECES.draw(it.shown), view=it.view),
        center=(it.view.lat + nudge * NUDGE, it.view.lon),
        zoom=it.view.zoom + nudge * NUDGE,
        returned_objects=RETURNED,
        height=HEIGHT,
        use_container_width=True,
        wrap_longitude=True,
        on_change=_answered,
    )
    time_bar()


def _first_theme() -> str:
    """Return how the page looked when it was opened; the link tells the map when that changes, and the frame stays."""
    theme: str = st.session_state.setdefault("map-theme", st.context.theme.type or "light")
    return theme


def _answered() -> None:
    """Take in what was drawn or dragged since the last answer, else where the map was clicked."""
    answer = st.session_state.get("map") or {}
    made = drawn_shape(answer) or moved_place(answer)
    if made is None or made.number == st.session_state.get("map-drawn"):
        on(_clicked, again=(ADD,))()
        return
    st.session_state["map-drawn"] = made.number
    on(_take, made)()


def _take(made: DrawnShape | MovedPlace) -> None:
    if isinstance(made, MovedPlace):
        decide(Move(feature_id=made.feature_id, at=made.at))
    else:
        name = words.DRAWN[made.form]
        add_drawing(Drawing(id="new", form=made.form, points=made.points, name=name, radius_m=made.radius_m))


def _clicked() -> None:
    if clicked := (st.session_state.get("map") or {}).get("last_clicked"):
        sheet().clicked = LonLat(lon=float(clicked["lng"]), lat=float(clicked["lat"]))
