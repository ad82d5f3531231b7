"""What the page opens once for all its sessions."""

import gc
import time
from threading import Lock

import streamlit as st

from geo.borders import Borders
from geo.front_door import installed_borders, installed_gazetteer, installed_tagger
from geo.mentions import Tagger
from geo.places import Gazetteer
from geo.stores.projects import Projects, open_projects

SETTLE_S = 5.0  # at most so often
_settling, _settled = Lock(), [-SETTLE_S]


@st.cache_resource(show_spinner=False)
def gazetteer() -> Gazetteer:
    """Return the gazetteer; Streamlit's cache lets one session open it while the others wait."""
    return installed_gazetteer()


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


@st.cache_resource(show_spinner=False)
def store() -> Projects:
    """Return the projects of this server, which all its users share."""
    return open_projects()


def settle() -> None:
    """Leave what is in memory now out of later collections of garbage.

    With gazetteer, tagger and thousands of features they took longer than a run of the page. What is left behind by
    sessions that ended is collected the next time.
    """
    if time.monotonic() - _settled[0] < SETTLE_S or not _settling.acquire(blocking=False):
        return
    try:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        _settled[0] = time.monotonic()
    finally:
        _settling.release()
