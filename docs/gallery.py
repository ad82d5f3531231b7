"""Make the pictures of docs/gallery.md: the map in light, dark and grey, and the print sheet.

PYTHONPATH=. python docs/gallery.py     needs Chromium (tests/install_browser.sh) and the dev extra
"""

import io
import sys
from datetime import date
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

from conftest import _LAUNCH, MapServer, chromium_path  # noqa: E402

from geo.features import MapFeature  # noqa: E402
from geo.front_door import features_of, read_article  # noqa: E402
from geo.project import Project  # noqa: E402
from geo.render.folium_map import base_map, feature_groups  # noqa: E402
from geo.render.html import bounds_of  # noqa: E402
from geo.render.print_sheet import print_sheet  # noqa: E402
from geo.stores.seeds import load_seed  # noqa: E402
from geo.stores.tiles import page_assets  # noqa: E402

SIZE = {"width": 1000, "height": 640}
COLOURS = 128  # of a picture's palette: a quarter of the bytes, and nothing to be seen


def main() -> None:
    """Make every picture."""
    jermuk, kursk = load_seed("armenia-2022-jermuk"), load_seed("kursk-2024-sudzha")
    features = {seed.id: features_of(Project(readings=(read_article(seed),))) for seed in (jermuk, kursk)}
    pages = {
        "light": (features[jermuk.id], "light", ""),
        "dark": (features[kursk.id], "dark", ""),
        "grey": (features[jermuk.id], "light", "<style>html { filter: grayscale(1); }</style>"),
    }
    server = MapServer()
    server.start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(_LAUNCH))
        page = browser.new_page(viewport=SIZE)
        for name, (drawn, theme, style) in pages.items():
            page.goto(server.show(page_of(drawn, theme) + style))
            page.wait_for_timeout(3000)  # the base map is painted tile by tile
            save(f"gallery-{name}.png", page.screenshot())
        browser.close()
    server.stop()
    sheet = print_sheet(
        features[kursk.id], form="png", title=kursk.title or "", outline=page_assets().outline, made=date(2024, 8, 13)
    )
    save("gallery-sheet.png", sheet)


def page_of(features: tuple[MapFeature, ...], theme: str) -> str:
    """Return a map of features as a page."""
    chart = base_map(bounds=bounds_of(features), theme=theme)
    for group in feature_groups(features):
        group.add_to(chart)
    html: str = chart.get_root().render()
    return html


def save(name: str, picture: bytes) -> None:
    """Write a picture with a small palette."""
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS)
    image.save(HERE / name, optimize=True)
    print(name, (HERE / name).stat().st_size)


if __name__ == "__main__":
    main()
