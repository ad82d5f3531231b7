"""The style sheet of the page: constants only."""

LOOK = """
.stMainBlockContainer { padding: 0.8rem 1.2rem 2rem; max-width: none; }
.stAppHeader { background: transparent; height: 0; min-height: 0; }
h1.brand { font-size: 1.35rem; font-weight: 700; margin: 0; padding: 0.3rem 0; letter-spacing: -0.01em; }
.stSidebar h3 { font-size: 1rem; padding: 0.2rem 0; }
[data-testid="stSidebarUserContent"] { padding-top: 0.5rem; }
[data-testid="stSidebarHeader"] { height: 2.2rem; min-height: 0; padding: 0.4rem; }
.st-key-card { font-size: 0.9rem; }
.card h3 { font-size: 1.05rem; margin: 0 0 0.3rem; padding: 0; overflow-wrap: anywhere; }
.card blockquote { margin: 0 0 0.5rem; padding: 0.1rem 0.7rem; border-left: 3px solid #b34d00; color: #3a434a;
                   overflow-wrap: anywhere; }
.card .warning { margin: 0 0 0.5rem; padding: 0.3rem 0.6rem; background: #fff3d6; border-left: 3px solid #8a6100; }
.card dl, .card dt, .card dd, .card p { font-size: 0.88rem; }
.card dl { display: grid; grid-template-columns: minmax(6.5rem, max-content) 1fr; gap: 0.15rem 0.8rem;
           margin: 0 !important; padding: 0; }
.card dt { margin: 0 !important; padding: 0; color: #59636b; max-width: 10rem; }
.card dd { margin: 0 !important; padding: 0; overflow-wrap: anywhere; }
.reasons { font-size: 0.85rem; color: #3a434a; margin: 0; }
.message { padding: 0.45rem 0.8rem; border-radius: 0.25rem; margin: 0; overflow-wrap: anywhere; }
.message.good { background: #e3f3ea; border-left: 4px solid #00664b; }
.message.error { background: #fbe5e3; border-left: 4px solid #a3261b; }
.disputes { margin: 0; font-size: 0.9rem; padding: 0.3rem 0.7rem; background: #f3ecf7; border-left: 3px solid #7b3f98; }
.disclaimer { margin: 0; font-size: 0.8rem; color: #59636b; }
.about { font-size: 0.85rem; }
iframe { border: 1px solid #c9cfd4; border-radius: 0.25rem; }
@media (max-width: 640px) {
  .stMainBlockContainer { padding: 0.6rem 0.6rem 2rem; }
}
"""
