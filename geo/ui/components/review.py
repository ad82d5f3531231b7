"""What needs review, most doubtful first: a strip to step through it, with keys."""

import streamlit as st

from geo.article import Span
from geo.project import Accept, Remove
from geo.review import Doubt
from geo.ui import words
from geo.ui.labels import label
from geo.ui.parts import SELECTION, on
from geo.ui.state import Sheet, decide, select, sheet


def review() -> None:
    """Draw the strip: what is looked at, why, and the steps."""
    it = sheet()
    left = it.drawn.review
    if not left and not it.reviewing:
        return
    now = _current(it, left)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="review"):
        if not left:
            st.markdown(words.REVIEW_DONE)
            return
        place = left.index(now) + 1 if now else 0
        said = words.REVIEW_AT if now else words.REVIEW
        st.markdown(said.format(number=place, count=len(left)))
        st.button(words.NEXT, key="review-next", shortcut="N", on_click=on(step, again=SELECTION))
        if now:
            st.button(words.ACCEPT, key="review-accept", shortcut="A", on_click=on(_settle, now, True))
            st.button(words.REJECT, key="review-reject", shortcut="X", on_click=on(_settle, now, False))
    if now:
        st.caption(f"**{label(now.title)}** — {label(now.reason, longest=300)}")


def _current(it: Sheet, left: tuple[Doubt, ...]) -> Doubt | None:
    return next((doubt for doubt in left if doubt.id == it.reviewing), None)


def step() -> None:
    """Go to the next of what needs review, after the last to the first."""
    it = sheet()
    left = it.drawn.review
    if not left:
        it.reviewing = None
        return
    now = _current(it, left)
    look_at(left[(left.index(now) + 1) % len(left)] if now else left[0])


def look_at(doubt: Doubt) -> None:
    """Show what is doubtful: its sentence, its card, its place on the map."""
    it = sheet()
    it.reviewing, it.article_id = doubt.id, doubt.article_id
    on_map = it.feature(doubt.id) is not None
    span = Span(start=doubt.start, end=doubt.end) if doubt.kind in ("place", "name") else None
    select(doubt.id if on_map else None, mention=span, move=on_map)


def _settle(doubt: Doubt, agreed: bool) -> None:
    """Accept or reject what is looked at, and go to what comes after it."""
    it = sheet()
    left = it.drawn.review
    after = [d for d in left[left.index(doubt) + 1 :] + left if d.id != doubt.id] if doubt in left else []
    decide(Accept(feature_id=doubt.id) if agreed else Remove(feature_id=doubt.id))
    if after:
        look_at(after[0])
    else:
        select(None, move=False)
