"""The bar under the map: which days are shown, played if wanted, and what has no day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import streamlit as st

from geo.features import MapFeature
from geo.filters import Filter, span_of_days, undated
from geo.ui import words
from geo.ui.labels import day, label
from geo.ui.parts import EVERYTHING, FILTERED, MAP, SELECTION, TABLES, draw_again, on
from geo.ui.state import Sheet, see_as, select, sheet

STEPS = 40  # of one play at most
STEP_MS = 700
_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  clearTimeout(parentElement.timer);
  if (data.tick) parentElement.timer = setTimeout(() => setTriggerValue("tick", data.tick), data.delay);
}
"""
_ticker = st.components.v2.component("marchland_ticker", js=_JS)


def time_bar() -> None:
    """Draw the bar; nothing moves where everything is of one day."""
    it = sheet()
    span = span_of_days(it.features)
    with st.container(key="time", horizontal=True, vertical_alignment="center", gap="small"):
        if span is None:
            st.caption(words.NO_DATES)
        elif span[0] == span[1]:
            st.caption(words.ONE_DAY.format(day=day(span[0])))
        else:
            _play(it)
            _slider(it, *span)
        _undated(it)
        _filtered(it)
        _as_of(it)
    tick = it.tick if it.playing else 0
    _ticker(key="ticker", data={"tick": tick, "delay": STEP_MS}, on_tick_change=_tick, height=1)


def _play(it: Sheet) -> None:
    name, icon = (words.PAUSE, ":material/pause:") if it.playing else (words.PLAY, ":material/play_arrow:")
    st.button(name, icon=icon, key="play", on_click=on(_play_or_pause, again=(MAP, TABLES)))


def _slider(it: Sheet, first: date, last: date) -> None:
    key = f"days-{it.key}-{it.tick}"  # another slider at every step: what the one before held is not told again
    st.session_state[key] = (
        min(max(it.wanted.since or first, first), last),
        max(min(it.wanted.until or last, last), first),
    )
    st.slider(
        words.DAYS_SHOWN,
        min_value=first,
        max_value=last,
        format="D MMM YYYY",
        key=key,
        label_visibility="collapsed",
        on_change=on(_choose_days, key, first, last, again=(MAP, TABLES)),
    )


def _choose_days(key: str, first: date, last: date) -> None:
    since, until = st.session_state[key]
    it = sheet()
    it.playing = False
    _show(it, since if since > first else None, until if until < last else None)


def _show(it: Sheet, since: date | None, until: date | None) -> None:
    it.wanted = replace(it.wanted, since=since, until=until)


def _play_or_pause() -> None:
    it = sheet()
    it.playing = not it.playing
    it.tick += 1
    steps = play_steps(it.features)
    if it.playing and it.wanted.until is None:
        _show(it, it.wanted.since, steps[0])


def _tick() -> None:
    it = sheet()
    if it.playing:
        later = [one for one in play_steps(it.features) if one > (it.wanted.until or date.max)]
        it.tick += 1
        if len(later) > 1:
            _show(it, it.wanted.since, later[0])
        else:
            it.playing = False
            _show(it, it.wanted.since, None)
    draw_again([MAP] if it.playing else EVERYTHING)


def play_steps(features: Sequence[MapFeature]) -> list[date]:
    """Return the days that a play stops at: those on the map, thinned evenly where they are many; the last is kept."""
    days = sorted({one for days in {feature.days for feature in features} for one in days})
    every = -(-len(days) // STEPS) or 1
    return [one for n, (one, _) in enumerate(pairwise(days)) if n % every == 0] + days[-1:]


def _as_of(it: Sheet) -> None:
    if not it.drawn.sources:
        return
    now, position = it.drawn.sources[0].options.world_view.as_of, len(it.project.log)
    key = f"as-of-{it.key}-{position}"
    st.date_input(
        words.AS_OF, value=now, min_value=date(1900, 1, 1), max_value=date(2100, 1, 1), key=key, help=words.AS_OF_HELP,
        width=150, on_change=on(_see_as_of, key, at=position),
    )  # fmt: skip


def _see_as_of(key: str) -> None:
    it, day = sheet(), st.session_state[key]
    see_as(it.drawn.sources[0].options.world_view.name, day)
    span = span_of_days(it.features)
    _show(it, it.wanted.since, day if day and span and span[0] <= day < span[1] else None)


def _filtered(it: Sheet) -> None:
    """Say that filters hide something; a press takes them away, the days stay."""
    if it.wanted == Filter(since=it.wanted.since, until=it.wanted.until):
        return
    shown = {f.root for f in it.shown}
    st.button(
        words.FILTERED.format(shown=len(shown), all=len(it.drawn.by_root)),
        key="unfilter",
        type="tertiary",
        on_click=on(show_everything, again=FILTERED),
    )


def show_everything() -> None:
    """Take all filters away but the days."""
    it = sheet()
    it.wanted = Filter(since=it.wanted.since, until=it.wanted.until)
    it.cleared += 1


def _undated(it: Sheet) -> None:
    missing = undated(it.features)
    if not missing:
        return
    with st.popover(words.UNDATED.format(count=len(missing)), type="tertiary"):
        st.caption(words.UNDATED_HELP)
        for feature in missing[:50]:
            st.button(
                label(feature.title),
                key=f"undated-{feature.root}",
                type="tertiary",
                on_click=on(select, feature.root, again=SELECTION),
            )
