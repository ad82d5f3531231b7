"""The map: a base that never changes, and layers that do."""

from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from geo.geodesy import LonLat
from geo.render.folium_map import base_map, clicked_id, feature_groups
from geo.server import online_maps
from geo.ui.state import Sheet, select, sheet

HEIGHT = 600  # px
NUDGE = 1e-7  # degrees; the frame moves only where centre or zoom differ from what it was sent before
RETURNED = ["last_clicked", "last_active_drawing", "last_object_clicked_count"]


def map_view() -> None:
    """Show the map; a click selects a shape, or marks where a place may be added."""
    it = sheet()
    nudge = it.looks % 2
    answer = st_folium(
        base_map(online=online_maps()),
        key="map",
        feature_group_to_add=feature_groups(it.features),
        center=(it.view.lat + nudge * NUDGE, it.view.lon),
        zoom=it.view.zoom + nudge * NUDGE,
        returned_objects=RETURNED,
        height=HEIGHT,
        use_container_width=True,
        wrap_longitude=True,
    )
    if answer and _take(it, answer):
        st.rerun()


def _take(it: Sheet, answer: dict[str, Any]) -> bool:
    """Take in what was clicked since the last run; tell whether anything was."""
    changed = False
    count = answer.get("last_object_clicked_count") or 0
    if count != st.session_state.get("map-count", 0):
        st.session_state["map-count"] = count
        if feature_id := clicked_id(answer):
            select(feature_id, move=False)
            changed = True
    clicked = answer.get("last_clicked")
    if clicked and clicked != st.session_state.get("map-clicked"):
        st.session_state["map-clicked"] = clicked
        it.clicked = LonLat(lon=float(clicked["lng"]), lat=float(clicked["lat"]))
        changed = True
    return changed
