"""The map: a base that never changes, and layers that do. What is selected on it goes through the link."""

import streamlit as st
from streamlit_folium import st_folium

from geo.geodesy import LonLat
from geo.render.folium_map import base_map, feature_groups
from geo.server import online_maps
from geo.ui.components.time_bar import time_bar
from geo.ui.parts import ADD, MAP, on, part
from geo.ui.state import sheet

HEIGHT = 600  # px, where the style sheet does not say more
NUDGE = 1e-7  # degrees; the frame moves only where centre or zoom differ from what it was sent before
RETURNED = [
    "last_clicked"
]  # what the frame answers at first equals what it is sent, so that a new map draws nothing again


@part(MAP)
def map_view() -> None:
    """Show the map and the time bar; a click marks where a place may be added."""
    it = sheet()
    nudge = it.looks % 2
    st_folium(
        base_map(online=online_maps()),
        key="map",
        feature_group_to_add=feature_groups(it.shown),
        center=(it.view.lat + nudge * NUDGE, it.view.lon),
        zoom=it.view.zoom + nudge * NUDGE,
        returned_objects=RETURNED,
        height=HEIGHT,
        use_container_width=True,
        wrap_longitude=True,
        on_change=on(_clicked, again=(ADD,)),
    )
    time_bar()


def _clicked() -> None:
    if clicked := (st.session_state.get("map") or {}).get("last_clicked"):
        sheet().clicked = LonLat(lon=float(clicked["lng"]), lat=float(clicked["lat"]))
