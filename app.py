"""The page of Marchland: `marchland serve`, or `streamlit run app.py`."""

import streamlit as st

from geo.ui import words
from geo.ui.page import page

st.set_page_config(page_title=words.TITLE, layout="wide", initial_sidebar_state=240, menu_items={})
page()
