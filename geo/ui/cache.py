"""What the page opens once for all its sessions."""

from functools import lru_cache
from typing import Any, cast

import streamlit as st
from shapely.geometry.base import BaseGeometry

from geo.borders import Borders
from geo.front_door import installed_borders, installed_gazetteer, installed_tagger
from geo.layers import generalised
from geo.mentions import Tagger
from geo.places import Gazetteer


@st.cache_resource(show_spinner=False)
def gazetteer() -> Gazetteer:
    """Return the gazetteer; Streamlit's cache lets one session open it while the others wait."""
    return installed_gazetteer()


class DrawnOutlines:
    """The gazetteer as the drawing of layers needs it: outlines thinned once, and kept for all sessions."""

    def __init__(self, inner: Gazetteer) -> None:
        self._inner = inner
        self.outline = lru_cache(maxsize=512)(self._outline)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def _outline(self, place_id: str) -> BaseGeometry | None:
        found = self._inner.outline(place_id)
        return None if found is None else generalised(found)


@st.cache_resource(show_spinner=False)
def drawn_outlines() -> Gazetteer:
    """Return the gazetteer whose outlines are thinned for drawing."""
    return cast(Gazetteer, DrawnOutlines(gazetteer()))


@st.cache_resource(show_spinner=False)
def borders() -> Borders:
    """Return the border data."""
    return installed_borders()


@st.cache_resource(show_spinner=False)
def tagger() -> Tagger:
    """Return the English pipeline."""
    return installed_tagger()


def world_views() -> tuple[str, ...]:
    """Return the names of the world views that the border data tells apart."""
    views = getattr(borders(), "views", None)
    return tuple(views()) if views is not None else ("de facto",)
