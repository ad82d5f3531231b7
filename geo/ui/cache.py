"""What the page opens once for all its sessions."""

import streamlit as st

from geo.borders import Borders
from geo.mentions import Tagger
from geo.places import Gazetteer


@st.cache_resource(show_spinner=False)
def gazetteer() -> Gazetteer:
    """Return the gazetteer."""
    from geo.stores.gazetteer import open_gazetteer

    return open_gazetteer()


@st.cache_resource(show_spinner=False)
def borders() -> Borders:
    """Return the border data."""
    from geo.stores.borders import open_borders

    return open_borders()


@st.cache_resource(show_spinner=False)
def tagger() -> Tagger:
    """Return the English pipeline."""
    from geo.stores.tagger import open_tagger

    return open_tagger()
