"""The style sheet of the page: constants only; `light-dark` follows the theme, whose `color-scheme` Streamlit sets."""

LOOK = """
:root {
  --line: light-dark(#d5dadf, #3a424a); --quiet: light-dark(#59636b, #aab3bb); --soft: light-dark(#3a434a, #c9d0d6);
  --paper: light-dark(#fff, #171b1f); --note: light-dark(#f3f5f7, #22282e); --warn: light-dark(#fff3d6, #3d3114);
  --bad: light-dark(#a3261b, #f08a7e); --bad-ground: light-dark(#fbf0ee, #3a2321);
  --good-ground: light-dark(#e3f3ea, #17372a);
}
.stApp { --under: 12.6rem; }  /* what stands above and below the map on the first screen */
.stMainBlockContainer { padding: 0.45rem 0.75rem 1rem; max-width: none; }
.stMainBlockContainer > div > .stVerticalBlock, .stMainBlockContainer > .stVerticalBlock { gap: 0.45rem; }
.stAppHeader { background: transparent; height: 0; min-height: 0; }
.stHtml:has(> style) { display: none; }
.stElementContainer:has(> .stHtml > style), .stElementContainer:has(.message-none) { display: none; }
.stMain .stColumn > .stVerticalBlock, .stMain .stColumn > div > .stVerticalBlock { gap: 0.35rem; }

[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { color: var(--quiet); opacity: 1; }
.st-key-notices { min-height: 1.8rem; flex-wrap: nowrap; }
.st-key-notices > .stElementContainer:has(.disputes) { flex: 0 1 auto; width: auto; }
.st-key-notices button { min-height: 0; padding: 0; font-size: 0.82rem; }
.st-key-link, .st-key-ticker { position: absolute; width: 0; height: 0; overflow: hidden; }

/* the bar */
.st-key-bar { border-bottom: 1px solid var(--line); padding-bottom: 0.45rem; }
.st-key-bar .stSelectbox input { text-overflow: ellipsis; }
h1.brand { font-size: 1.15rem; font-weight: 700; margin: 0; padding: 0; letter-spacing: -0.01em; }
.st-key-bar button { min-height: 2.2rem; }
.st-key-bar > div:has([class*="st-key-choice-"]) { flex: 3 1 12rem; min-width: 9rem; }
.st-key-bar [class*="st-key-find-"] { flex: 2 1 10rem; min-width: 8rem; }
.st-key-history, .st-key-copy-link, .st-key-bar > div:has(.st-key-filters, .st-key-history) {
  flex: none; width: auto; min-width: 0; }
.st-key-bar > .stElementContainer:has(.brand) { width: auto; flex: none; }
.st-key-history button, .st-key-play button, .st-key-show-on-map button { width: 2.2rem; min-width: 0; padding: 0; }
.st-key-history button p, .st-key-play button p, .st-key-show-on-map button p {
  position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }

[data-testid^="stBaseButton-primary"] p { color: light-dark(#fff, #10151a); }

/* the sidebar */
.stSidebar h3 { font-size: 0.95rem; padding: 0; margin: 0; }
.stSidebar .stElementContainer:has(h3) { min-height: 1.5rem; }
[data-testid="stSidebarContent"] { padding: 0; }
[data-testid="stSidebarUserContent"] { padding: 0 0.9rem 1rem; }
[data-testid="stSidebarHeader"] { height: 2rem; min-height: 0; padding: 0.3rem 0.5rem; margin: 0; }
.stSidebar .stVerticalBlock { gap: 0.6rem; }

/* the map and what stands below it */
iframe.stCustomComponentV1 { height: max(22rem, calc(100vh - var(--under))); display: block;
  border: 1px solid var(--line); border-radius: 0.2rem; }
.st-key-time { min-height: 2.2rem; border-bottom: 1px solid var(--line); }
.st-key-time [class*="st-key-as-of-"] { flex: none; width: auto; margin-left: auto; }
.st-key-time [class*="st-key-as-of-"] .stDateInput { display: flex; align-items: center; gap: 0.5rem; width: auto; }
.st-key-time [class*="st-key-as-of-"] label { min-height: 0; margin: 0; white-space: nowrap; gap: 0.35rem; }
.st-key-time [class*="st-key-days-"] { flex: 1 1 10rem; }
.disputes { margin: 0; font-size: 0.82rem; padding: 0.1rem 0.55rem; background: light-dark(#f3ecf7, #2f2438);
  border-left: 3px solid light-dark(#7b3f98, #b98ad2); }

/* the card */
.st-key-card { font-size: 0.9rem; padding: 0.6rem 0.75rem; max-height: max(15rem, calc(44vh - 1rem)); }
.st-key-card { overflow-y: auto; }
.st-key-card > * { flex: none; }
.card h3 { font-size: 1.02rem; margin: 0 0 0.3rem; padding: 0; overflow-wrap: anywhere; }
.card blockquote { margin: 0 0 0.5rem; padding: 0.1rem 0.7rem; color: var(--soft);
                   border-left: 3px solid light-dark(#b34d00, #e08a45);
                   overflow-wrap: anywhere; }
.card .warning { margin: 0 0 0.5rem; padding: 0.3rem 0.6rem; background: var(--warn);
                 border-left: 3px solid light-dark(#8a6100, #d9a441); }
.card dl, .card dt, .card dd, .card p { font-size: 0.86rem; }
.card dl { display: grid; grid-template-columns: minmax(6.5rem, max-content) 1fr; gap: 0.12rem 0.8rem;
           margin: 0 !important; padding: 0; }
.card dt { margin: 0 !important; padding: 0; color: var(--quiet); max-width: 10rem; }
.card dd { margin: 0 !important; padding: 0; overflow-wrap: anywhere; }
.st-key-actions button, .st-key-review button { min-height: 1.85rem; padding: 0 0.5rem; font-size: 0.85rem; }
.st-key-actions { position: sticky; top: -0.6rem; z-index: 2; background: var(--paper); padding: 0.1rem 0; }
.st-key-review { border-top: 1px solid var(--line); padding-top: 0.35rem; font-size: 0.9rem; }
.against { display: grid; grid-template-columns: 1fr 1fr; gap: 0.6rem; font-size: 0.85rem; }
.against > div { background: var(--bad-ground); border-left: 3px solid var(--bad); padding: 0.3rem 0.5rem;
                 overflow-wrap: anywhere; }
.against > div:first-child { background: var(--note); border-left-color: var(--quiet); }
.against h4 { font-size: 0.8rem; margin: 0; padding: 0; color: var(--quiet); }
.against p { margin: 0; font-size: 0.85rem; }
.reasons { font-size: 0.85rem; color: var(--soft); margin: 0; }
.count { font-size: 0.85rem; color: var(--quiet); margin: 0; }
.st-key-hits { max-height: 16rem; overflow-y: auto; flex: none; }
.st-key-hits .stVerticalBlock, .st-key-hits { gap: 0.1rem; }
.st-key-hits button { justify-content: flex-start; text-align: left; min-height: 0; padding: 0.15rem 0; }

/* what the page says */
.stElementContainer:has(.message) { position: fixed; top: 0.6rem; left: 50%; transform: translateX(-50%);
  width: auto !important; max-width: min(40rem, 92vw); z-index: 1000; }
.message { padding: 0.45rem 0.9rem; border-radius: 0.25rem; margin: 0; overflow-wrap: anywhere;
  box-shadow: 0 2px 10px rgb(0 0 0 / 20%); }
.stElementContainer:has(.message.good) { pointer-events: none; }
.st-key-bar .stElementContainer:has(.stSpinner) { position: fixed; top: 0.6rem; left: 50%; transform: translateX(-50%);
  width: auto; z-index: 1000001; padding: 0.45rem 0.9rem; border-radius: 0.25rem; background: var(--note);
  box-shadow: 0 2px 10px rgb(0 0 0 / 20%); }
.message.good { background: var(--good-ground); border-left: 4px solid light-dark(#00664b, #3cc79c);
                animation: fade 1s 5s forwards; }
.message.error { background: var(--bad-ground); border-left: 4px solid var(--bad); }
@keyframes fade { to { opacity: 0; visibility: hidden; } }
.about { font-size: 0.85rem; max-width: 36rem; }

@media (max-width: 640px) {
  .stMainBlockContainer { padding: 0.5rem 0.5rem 2rem; }
  .stMain .stColumn:has(iframe) { order: -1; }
  iframe.stCustomComponentV1 { height: 56vh; }
}
@media print {
  .stSidebar, .stAppHeader, .stMain .stTabs, .st-key-review, .st-key-actions, .st-key-hits, .st-key-time, .message,
  .st-key-bar > *:not([class*="st-key-choice-"]), .stMain .stPopover { display: none !important; }
  .stMain .stHorizontalBlock:has(iframe) { display: flex; flex-direction: column-reverse; }
  .stMain .stColumn { width: 100% !important; }
  iframe.stCustomComponentV1 { height: 150mm; }
  .st-key-card { max-height: none; }
}
@media (prefers-reduced-motion: reduce) { .message.good { animation: none; } }
"""
