"""A search box that suggests places while one types: a combobox as WAI-ARIA describes it."""

from collections.abc import Callable, Sequence

import streamlit as st

from geo.places import NameMatch, Place
from geo.ui import words
from geo.ui.cache import gazetteer

_HTML = """
<div class="search">
  <label for="place-name"></label>
  <input id="place-name" type="text" role="combobox" autocomplete="off" spellcheck="false" maxlength="200"
         aria-autocomplete="list" aria-expanded="false" aria-controls="place-list">
  <ul id="place-list" role="listbox"></ul>
</div>
"""

_CSS = """
.search { position: relative; font-family: var(--st-font); font-size: 0.9rem; color: var(--st-text-color); }
label { display: block; margin-bottom: 0.25rem; font-size: 0.87rem; }
input { box-sizing: border-box; width: 100%; padding: 0.5rem 0.6rem; font: inherit; color: inherit;
        background: var(--st-background-color); border: 1px solid #8a939b; border-radius: 0.25rem; }
input:focus { outline: 2px solid var(--st-primary-color); outline-offset: 0; }
ul { list-style: none; margin: 0.2rem 0 0; padding: 0; max-height: 15rem; overflow-y: auto; display: none;
     background: var(--st-background-color); border: 1px solid light-dark(#c9cfd4, #4a535b); border-radius: 0.25rem; }
ul.open { display: block; }
li { padding: 0.35rem 0.6rem; cursor: pointer; }
li small { display: block; color: light-dark(#59636b, #aab3bb); }
li[aria-selected="true"], li:hover { background: light-dark(#dcebf4, #1d3442); }
li.none { cursor: default; color: light-dark(#59636b, #aab3bb); background: none; }
"""

# Suggestions are written with textContent: a name is never markup.
_JS = """
const DELAY_MS = 120;

export default function (component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component;
  const input = parentElement.querySelector("input");
  const list = parentElement.querySelector("ul");
  parentElement.querySelector("label").textContent = data.label;
  input.placeholder = data.placeholder;

  const options = () => [...list.querySelectorAll("li[role=option]")];
  const close = () => {
    list.classList.remove("open");
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const select = (index) => {
    const items = options();
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === index)));
    if (items[index]) {
      input.setAttribute("aria-activedescendant", items[index].id);
      items[index].scrollIntoView({ block: "nearest" });
    }
  };
  const selected = () => options().findIndex((item) => item.getAttribute("aria-selected") === "true");
  const pick = (item) => {
    input.value = "";
    close();
    setTriggerValue("picked", item.dataset.id);
  };

  if (data.query === input.value.trim()) {
    list.replaceChildren(
      ...data.suggestions.map((suggestion, i) => {
        const item = document.createElement("li");
        const name = document.createElement("span");
        const detail = document.createElement("small");
        name.textContent = suggestion.name;
        detail.textContent = suggestion.detail;
        item.append(name, detail);
        item.id = `place-option-${i}`;
        item.dataset.id = suggestion.id;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.onmousedown = (event) => { event.preventDefault(); pick(item); };
        return item;
      }),
    );
    if (data.query && !data.suggestions.length) {
      const none = document.createElement("li");
      none.className = "none";
      none.textContent = data.none;
      list.append(none);
    }
    const open = Boolean(data.query);
    list.classList.toggle("open", open);
    input.setAttribute("aria-expanded", String(open));
    if (data.suggestions.length) select(0);
  }

  input.oninput = () => {
    clearTimeout(input.timer);
    const query = input.value.trim();
    if (!query) close();
    input.timer = setTimeout(() => setStateValue("query", query), DELAY_MS);
  };
  input.onblur = close;
  input.onkeydown = (event) => {
    event.stopPropagation(); // the page's shortcuts do not see that this is a text box
    const items = options();
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && selected() >= 0 && list.classList.contains("open")) pick(items[selected()]);
    else if (event.key === "ArrowDown") select(Math.min(selected() + 1, items.length - 1));
    else if (event.key === "ArrowUp") select(Math.max(selected() - 1, 0));
    else return;
    event.preventDefault();
  };
}
"""

_search = st.components.v2.component("marchland_place_search", html=_HTML, css=_CSS, js=_JS)


@st.fragment
def place_search(*, key: str, on_pick: Callable[[Place], None]) -> None:
    """Show the box; `on_pick` gets the place that was picked. A part of its own: typing draws nothing else again."""

    def take() -> None:
        picked = st.session_state.get(key, {}).get("picked")
        if picked and (place := gazetteer().place(str(picked)[:200])):
            on_pick(place)

    query = str(st.session_state.get(key, {}).get("query") or "")[:200]
    found = _suggestions(query)
    _search(
        key=key,
        data={
            "label": words.SEARCH_LABEL,
            "placeholder": words.SEARCH_PLACEHOLDER,
            "none": words.SEARCH_NONE,
            "query": query,
            "suggestions": [_shown(match) for match in found],
        },
        on_query_change=lambda: None,
        on_picked_change=take,
    )


def _suggestions(query: str) -> Sequence[NameMatch]:
    return gazetteer().suggest(query, limit=8) if query else ()


def _shown(match: NameMatch) -> dict[str, str]:
    place = match.place
    name = place.name if match.matched.casefold() == place.name.casefold() else f"{place.name} ({match.matched})"
    where = [words.KIND_NAMES.get(place.kind, place.kind), place.admin1, place.country_name or place.country]
    people = f"{place.population:,} {words.PEOPLE}" if place.population else None
    return {"id": place.id, "name": name, "detail": " · ".join(filter(None, [*where, people]))}
