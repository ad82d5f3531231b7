"""The page: the report on the left, its map on the right, everything else around them."""

import streamlit as st

from geo.ui import words
from geo.ui.arrival import arrive
from geo.ui.cache import settle
from geo.ui.components.bar import bar
from geo.ui.components.map_view import map_view
from geo.ui.components.notices import message, notices
from geo.ui.components.reading import reading
from geo.ui.components.sidebar import sidebar
from geo.ui.components.tables import tables
from geo.ui.look import LOOK
from geo.ui.parts import all_owed
from geo.ui.state import sheet, told


def page() -> None:
    """Draw the whole page once; what a click changes draws itself again (geo/ui/parts.py)."""
    all_owed()
    st.html(f"<style>{LOOK}</style>")
    with told(), st.container(key="message"), st.spinner(words.READING):
        arrive()
        sheet()  # reads the first report, or the one that was just chosen
    with told():
        bar()
        left, right = st.columns([5, 8], gap="small")
        with right:
            map_view()
            notices()
        with left:
            reading()
        with st.sidebar:
            sidebar()
        tables()
    message()
    settle()
