"""What the map must say about itself, and what the page has to say to the user."""

from datetime import date

import streamlit as st

from geo.borders import Dispute
from geo.render.escape import as_html
from geo.render.notices import ATTRIBUTION, DISCLAIMER
from geo.ui import words
from geo.ui.cache import borders
from geo.ui.drawn import versions_now
from geo.ui.parts import MESSAGE, NOTICES, part
from geo.ui.readings import disputes_touched
from geo.ui.state import Sheet, sheet


@part(MESSAGE)
def message() -> None:
    """Show the last message above everything; a good one fades, and drawing it again does not bring it back."""
    kept = st.session_state.get("message")
    if kept is None:
        st.html("<div class='message-none'></div>")
        return
    number, text, error = kept
    look, role = ("error", "alert") if error else ("good", "status")
    st.html(f"<div class='message {look}' role='{role}' data-number='{number}'>{as_html(text)}</div>")


@part(NOTICES)
def notices() -> None:
    """Show what the map touches, and what it does not say; the map itself carries the disclaimer, too."""
    touched = _disputes(sheet())
    with st.container(horizontal=True, vertical_alignment="center", key="notices", gap="small"):
        if touched:
            many = words.DISPUTE_ONE if len(touched) == 1 else words.DISPUTE_MANY.format(count=len(touched))
            names = ", ".join(dispute.name for dispute in touched[:6]) + (" …" if len(touched) > 6 else "")
            st.html(f"<p class='disputes'>{as_html(words.DISPUTES.format(count=many, names=names))}</p>")
        with st.popover(words.ABOUT_MAP, type="tertiary"):
            lines = "".join(f"<li>{as_html(_dispute_line(dispute, _as_of(sheet())))}</li>" for dispute in touched)
            texts = "".join(f"<p>{as_html(text)}</p>" for text in (DISCLAIMER, ATTRIBUTION, _data(sheet())))
            st.html(f"<div class='about'><ul>{lines}</ul>{texts}</div>")


def _disputes(it: Sheet) -> tuple[Dispute, ...]:
    kept = st.session_state.get("disputes")
    if kept is None or kept[0] is not it.features:
        touched = disputes_touched(f.geometry for f in it.features if f.style not in ("context-country", "party"))
        found = tuple(dispute for dispute in borders().disputes() if dispute.id in touched)
        st.session_state["disputes"] = kept = (it.features, found)
    result: tuple[Dispute, ...] = kept[1]
    return result


def _as_of(it: Sheet) -> date | None:
    for reading in it.project.readings:
        return reading.options.world_view.as_of or reading.article.published
    return None


def _dispute_line(dispute: Dispute, day: date | None) -> str:
    period = dispute.controlled_by(day) if day else None
    control = words.CONTROLLED_BY.format(who=period.controls, day=day) if period else words.UNKNOWN_CONTROL
    return words.DISPUTE_LINE.format(name=dispute.name, claimants=", ".join(dispute.claimants), controls=control)


def _data(it: Sheet) -> str:
    if not it.drawn.sources:
        return ""
    program, *data = versions_now().values()
    views = {f"{words.WORLD_VIEW}: {source.options.world_view}" for source in it.drawn.sources}
    return "; ".join([*sorted(views), f"{words.TITLE} {program}", *data])
