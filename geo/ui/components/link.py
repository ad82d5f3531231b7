"""The link between the text, the map and the address: what is selected or pointed at in one shows in the others."""

from collections.abc import Callable
from typing import Any

import streamlit as st

# One object of the window, `marchland`, knows what is selected and pointed at; the text, the map's frame and this
# component listen to it. Nothing here is shown, and nothing that comes from the address is used before it is a number
# in bounds or may be the name of a layer.
_JS = """
const MAP = "iframe.stCustomComponentV1";

function makeDesk() {
  const now = { selected: "", article: "", sentence: 0, hovered: "", also: [] };
  const asked = new URLSearchParams(location.search);
  const desk = Object.assign(new EventTarget(), { now, asked, map: null, wanted: "" });
  desk.tell = (change) => { Object.assign(desk.now, change); desk.dispatchEvent(new Event("change")); };
  desk.root = (id) => String(id ?? "").replace(/\\/(core|fringe)$/, "");
  desk.go = (id) => { desk.wanted = id; desk.tries = 20; follow(desk); };
  desk.addEventListener("change", () => mark(desk));
  desk.write = () => write(desk);
  return desk;
}

function mark(desk) {
  const { selected, hovered, article } = desk.now;
  if (desk.map) desk.frame.Marchland.mark(desk.map, { selected, hovered, article });
}

function follow(desk) {
  if (!desk.wanted || !desk.map) return;
  if (desk.frame.Marchland.goTo(desk.map, desk.wanted) || --desk.tries <= 0) desk.wanted = "";
}

function join(desk) {
  const frame = document.querySelector(MAP)?.contentWindow;
  const map = frame?.map;
  if (!map?.marchland || !frame.Marchland) return;
  const scheme = getComputedStyle(document.querySelector(".stApp")).colorScheme;
  if (scheme === "dark" || scheme === "light") frame.Marchland.setTheme(map, scheme);
  if (map !== desk.map) {
    desk.map = map;
    desk.frame = frame;
    arrive(desk);
    frame.Marchland.join(map, {
      picked: (id) => desk.pick({ feature: desk.root(id) }),
      hovered: (id) => desk.tell({ hovered: desk.root(id) }),
      moved: () => { clearTimeout(desk.writing); desk.writing = setTimeout(() => write(desk), 300); },
    });
    mark(desk);
  }
  follow(desk);
}

/* The view that the address names: position and hidden layers. */
function arrive(desk) {
  if (desk.arrived) return;
  desk.arrived = true;
  const asked = desk.asked;
  const [lat, lon, zoom] = (asked.get("at") ?? "").slice(0, 60).split(",").map(Number);
  if (Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom >= 2 && zoom <= 14) {
    desk.map.setView([lat, lon], zoom, { animate: false });
  } else if (asked.has("select") && desk.now.selected) desk.go(desk.now.selected);
  const hidden = (asked.get("hide") ?? "").slice(0, 300).split(",").filter((name) => /^[A-Z][a-z ]{1,40}$/.test(name));
  if (hidden.length) desk.frame.Marchland.hideLayers(desk.map, hidden);
}

/* Put what is shown into the address, so that it can be copied at any time. */
function write(desk) {
  if (!desk.arrived) return; // the address still says where to go
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(desk.address ?? {})) if (value) query.set(name, value);
  if (desk.map) {
    const at = desk.map.getCenter().wrap();
    query.set("at", `${at.lat.toFixed(4)},${at.lng.toFixed(4)},${desk.map.getZoom()}`);
    const hidden = desk.frame.Marchland.hiddenLayers(desk.map);
    if (hidden.length) query.set("hide", hidden.join(","));
  }
  const text = `?${query}`.replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%3A", ":");
  if (text !== location.search) history.replaceState(history.state, "", text);
}

export default function (component) {
  const { data, setTriggerValue } = component;
  const desk = (window.marchland ??= makeDesk());
  desk.pick = (picked) => setTriggerValue("picked", picked);
  desk.address = data.address;
  desk.timer ??= setInterval(() => join(desk), 200);
  if (desk.goes !== undefined && desk.goes !== data.goes && data.selected) desk.go(data.selected);
  desk.goes = data.goes;
  desk.tell({ selected: data.selected, article: data.article, sentence: data.sentence, also: data.also });
  clearTimeout(desk.writing);
  desk.writing = setTimeout(() => write(desk), 300);
}
"""

_link = st.components.v2.component("marchland_link", js=_JS)


def link(
    *,
    key: str,
    selected: str | None,
    article_id: str,
    sentence_no: int | None,
    goes: int,
    also: list[str],
    address: dict[str, str],
    on_pick: Callable[[], None],
) -> None:
    """Tell the browser what is selected; the map goes there whenever `goes` has another value than before."""
    data: dict[str, Any] = {
        "selected": selected or "",
        "article": article_id,
        "sentence": sentence_no or 0,
        "goes": goes,
        "also": also,
        "address": address,
    }
    _link(key=key, data=data, on_picked_change=on_pick, height=1)


def picked(key: str) -> dict[str, str]:
    """Return what was picked in the text or on the map, inside `on_pick`: `feature`, and `span` from the text."""
    value = st.session_state.get(key, {}).get("picked")
    return {k: str(v)[:300] for k, v in value.items()} if isinstance(value, dict) else {}
