"""The article with its places and claims marked; clicking one leads to the map, and the map leads back."""

import streamlit as st

from geo.article import Span
from geo.reading import Reading
from geo.render.highlight import highlighted
from geo.ui import words

_CSS = """
.article { height: max(14rem, calc(100vh - 13.5rem)); overflow-y: auto; padding: 0.3rem 0.8rem 0.3rem 0.2rem;
           font-family: var(--st-font); font-size: 0.95rem; line-height: 1.55; color: var(--st-text-color);
           scroll-behavior: smooth; overflow-wrap: anywhere; }
.article.short { height: max(11rem, calc(56vh - 13rem)); }
@media print { .article, .article.short { height: auto; } }
@media (max-width: 640px) { .article, .article.short { height: 17rem; } }
.article:focus-visible { outline: 2px solid var(--st-primary-color); }
p { margin: 0 0 0.8rem; }
mark { color: inherit; background: none; border-radius: 2px; padding: 0 1px; }
mark[data-feature]:not([data-feature=""]) { cursor: pointer; }
mark mark { padding: 0; }
mark.claim { border-bottom: 2px dotted light-dark(#b34d00, #e08a45); }
mark.claim.distance { background: light-dark(#fbe3cf, #4d3018); border-bottom: 2px solid light-dark(#b34d00, #e08a45); }
mark.claim.people, mark.claim.area { background: light-dark(#fdf1e7, #352a20); border-bottom: 2px solid #d9a06b; }
mark.claim.event { border-bottom: 1px dotted light-dark(#b34d00, #e08a45); }
mark.place { border-bottom: 2px solid #8a8f98; }
mark.place.event { background: light-dark(#ffe9b8, #4a3c12); border-bottom: 2px solid light-dark(#8a6100, #d9a441);
                   font-weight: 600; }
mark.place.dateline { border-bottom-style: double; }
mark.place.demonym { border-bottom: 1px dotted light-dark(#59636b, #aab3bb); }
mark.place.unknown { border-bottom: 2px dotted light-dark(#a33, #f08a7e); }
mark:focus-visible { outline: 2px solid var(--st-primary-color); }
mark.hot { box-shadow: 0 0 0 2px light-dark(#0b5c8a, #6cb8e6); }
.sentence.marked { background: light-dark(#e4f1f8, #1d3442); }
"""

# data.html comes from geo/render/highlight.py alone, which escapes every character of the article. What is selected
# comes from the window's `marchland` (geo/ui/components/link.py): a selection does not send a long article again.
_JS = """
function show(box, now) {
  const marks = [...box.querySelectorAll("mark")];
  const first = (feature) => marks.find((mark) => mark.dataset.feature === feature);
  marks.forEach((mark) => {
    const feature = mark.dataset.feature;
    mark.classList.toggle("hot", Boolean(feature) && [now.selected, now.hovered, ...now.also].includes(feature));
  });
  const shown = `${now.article}/${now.sentence}/${now.selected}`;
  if (box.shown === shown) return;
  box.shown = shown;
  box.querySelectorAll(".sentence.marked").forEach((part) => part.classList.remove("marked"));
  const mine = now.article === box.article ? Number(now.sentence) : 0;
  const parts = mine ? box.querySelectorAll(`.sentence[data-sentence="${mine}"]`) : [];
  parts.forEach((part) => part.classList.add("marked"));
  const target = parts[0] ?? first(now.selected);
  if (!target) return;
  const place = target.getBoundingClientRect(), frame = box.getBoundingClientRect();
  if (place.top < frame.top || place.bottom > frame.bottom) box.scrollTop += place.top - frame.top - 40;
}

/* The marks are one stop of the Tab key; the arrow keys go from mark to mark. */
function rove(box, mark) {
  box.querySelectorAll("mark[tabindex='0']").forEach((one) => { one.tabIndex = -1; });
  mark.tabIndex = 0;
}

const card = () => document.querySelector(".st-key-card");
const title = () => card()?.querySelector(".card h3")?.textContent ?? "";

/* To the card of what was picked by key, once it is another than before or has been there for long enough. */
function toCard(mark, before, tries = 40) {
  if (tries && (!title() || title() === before)) {
    setTimeout(() => toCard(mark, before, tries - 1), 50);
    return;
  }
  if (!title()) return;
  showCard(card(), mark);
}

/* The card has the focus, its buttons come next; Escape leads back to the mark. */
function showCard(card, mark) {
  card.tabIndex = -1;
  card.focus();
  card.onkeydown = (event) => { if (event.key === "Escape") mark.focus(); };
}

export default function (component) {
  const { data, parentElement } = component;
  let box = parentElement.querySelector(".article");
  if (!box) {
    box = document.createElement("div");
    box.className = "article";
    box.setAttribute("role", "region");
    box.addEventListener("focusin", (event) => box.focused(event));
    parentElement.appendChild(box);
  }
  box.setAttribute("aria-label", data.label);
  box.classList.toggle("short", data.short);
  box.article = data.article;
  if (box.source !== data.html) {
    box.source = data.html;
    box.innerHTML = data.html;
    const stops = [...box.querySelectorAll("mark[tabindex]")];
    stops.slice(1).forEach((mark) => { mark.tabIndex = -1; });
    if (stops.length) box.removeAttribute("tabindex");
    else box.tabIndex = 0; // nothing in it to stop at: it is scrolled by key all the same
    box.scrollTop = 0;
    box.shown = null;
  }
  const pick = (mark) => {
    if (!mark || !window.marchland) return;
    const { feature, span } = mark.dataset;
    const sentence = Number(mark.closest(".sentence")?.dataset.sentence ?? 0);
    window.marchland.tell({ selected: feature, article: data.article, sentence, also: [] });
    if (feature) window.marchland.go(feature);
    window.marchland.pick({ feature, span, article: data.article });
  };
  box.onclick = (event) => pick(event.target.closest("mark"));
  box.onkeydown = (event) => {
    const mark = event.target.closest("mark");
    if (!mark) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) {
      const stops = [...box.querySelectorAll("mark[tabindex]")];
      stops[stops.indexOf(mark) + step]?.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      const before = title();
      pick(mark);
      toCard(mark, before);
    } else return;
    event.preventDefault();
  };
  const point = (event) => window.marchland?.tell({ hovered: event.target.closest?.("mark")?.dataset.feature ?? "" });
  box.onmouseover = point;
  box.focused = (event) => {
    const mark = event.target.closest?.("mark[tabindex]");
    if (mark) rove(box, mark);
    point(event);
  };
  box.onmouseleave = () => window.marchland?.tell({ hovered: "" });
  const listen = () => {
    if (!window.marchland) { setTimeout(listen, 30); return; }
    box.listening ??= () => show(box, window.marchland.now);
    window.marchland.addEventListener("change", box.listening);
    show(box, window.marchland.now);
  };
  listen();
  return () => window.marchland?.removeEventListener("change", box.listening);
}
"""

_article = st.components.v2.component("marchland_article", css=_CSS, js=_JS)


def article_view(reading: Reading, *, key: str, short: bool) -> None:
    """Show a reading's article; what is clicked goes to the link, `short` leaves room for a card below."""
    _article(
        key=key,
        data={"html": _html(reading), "article": reading.article.id, "label": words.ARTICLE_LABEL, "short": short},
    )


def span_of(value: str, reading: Reading) -> Span | None:
    """Read a span that the browser sent, "12-20"; None for one that is not of this text."""
    start, _, end = value.partition("-")
    if not (start.isdecimal() and end.isdecimal() and 0 <= int(start) < int(end) <= len(reading.article.text)):
        return None
    return Span(start=int(start), end=int(end))


def _html(reading: Reading) -> str:
    kept: tuple[Reading, str] | None = st.session_state.get("article_html")
    if kept is None or kept[0] is not reading:
        kept = (reading, highlighted(reading))
        st.session_state["article_html"] = kept
    return kept[1]
