"""The fields that the forms of an added place and of a drawing share: of which day it is, and whence."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from geo.decisions import AddedPlace, Drawing
from geo.ui import words

LONGEST = {"name": 200, "note": 2000, "source": 500}  # characters


def day_and_source(it: AddedPlace | Drawing, key: Callable[[str], str]) -> None:
    """Draw both fields; `key` makes the key of a field from its name."""
    st.date_input(words.DATE, value=it.when, min_value=date(1800, 1, 1), max_value=date(2100, 1, 1), key=key("when"))
    st.text_input(words.SOURCE, value=it.source, max_chars=LONGEST["source"], key=key("source"))


def typed_day_and_source(key: Callable[[str], str]) -> tuple[date | None, str]:
    """Return what stands in both fields."""
    when = st.session_state[key("when")]
    return when if isinstance(when, date) else None, st.session_state[key("source")]
