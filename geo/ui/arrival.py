"""What the page does with the address that it is opened with."""

from dataclasses import replace

import streamlit as st

from geo.filters import apply
from geo.ui import words
from geo.ui.address import Address, read_address
from geo.ui.cache import world_views
from geo.ui.state import choices, desk, see_as, select, sheet, tell


def arrive() -> None:
    """Open the map that the address names and restore its view, once a session; what is not known is ignored."""
    if "arrived" in st.session_state:
        return
    st.session_state["arrived"] = True
    address = read_address(st.query_params)
    if address.map in choices():
        desk().current = address.map
    elif address.map:
        tell(words.NO_SUCH_PROJECT, error=True)
    _restore(address)


def _restore(address: Address) -> None:
    it = sheet()
    if (address.view in world_views() and address.view) or address.as_of:
        see_as(address.view if address.view in world_views() else world_views()[0], address.as_of)
    it.search = address.find
    wanted = replace(it.wanted, since=address.since, until=address.until)
    if apply(wanted, it.features):  # days that show nothing are not what anybody copied
        it.wanted = wanted
    if it.feature(address.select) is not None:
        select(address.select, move=False)
