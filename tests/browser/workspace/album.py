"""Pictures of pages, kept where ``EVENHAND_PICTURES`` says, and one page that shows them all."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from html import escape
from pathlib import Path

from playwright.sync_api import Page

_STYLE = """
body { font: 15px/1.5 sans-serif; margin: 2rem; color: #1b1b1b; background: #fdfcf8; }
h1 { font: 2rem serif; } h2 { font: 1.4rem serif; border-top: 1px solid; padding-top: .5rem; margin-top: 2.5rem; }
div { display: flex; flex-wrap: wrap; gap: 1.5rem; align-items: flex-start; }
figure { margin: 0; } figcaption { color: #555; }
img { display: block; height: 26rem; max-width: 100%; object-fit: cover; object-position: top; border: 1px solid #ccc; }
"""


@dataclass(frozen=True)
class Album:
    """Where pictures are kept; without a folder none are taken."""

    folder: Path | None

    @classmethod
    def asked(cls) -> Album:
        """The album somebody asked for."""
        named = os.environ.get("EVENHAND_PICTURES")
        if named:
            Path(named).mkdir(parents=True, exist_ok=True)
        return cls(Path(named) if named else None)

    def keep(self, page: Page, *words: str | int) -> None:
        """Take a picture of the whole page, called by these words; one that is there already stays."""
        if self.folder is None:
            return
        path = self.folder / ("-".join(str(word) for word in words) + ".png")
        if not path.exists():
            path.write_bytes(whole(page))

    def index(self) -> None:
        """Write the page that shows all pictures of the folder, those of one page side by side."""
        if self.folder is None:
            return
        pages: dict[str, list[str]] = {}
        for path in sorted(self.folder.glob("*.png")):
            pages.setdefault(path.stem.rsplit("-", 2)[0], []).append(path.name)
        shown = "".join(_shown(page, names) for page, names in pages.items())
        told = f"<!doctype html><html lang=en><meta charset=utf-8><title>Pages of the workspace</title><style>{_STYLE}"
        (self.folder / "index.html").write_text(f"{told}</style><h1>Pages of the workspace</h1>{shown}</html>", "utf-8")


def _shown(page: str, names: list[str]) -> str:
    figures = (
        f'<figure><a href="{escape(name)}"><img loading=lazy src="{escape(name)}" alt=""></a>'
        f"<figcaption>{escape(name.removesuffix('.png'))}</figcaption></figure>"
        for name in names
    )
    return f"<h2>{escape(page)}</h2><div>{''.join(figures)}</div>"


def whole(page: Page) -> bytes:
    """A picture of the whole page, packed quickly rather than small: playwright's own takes three times as long."""
    session = page.context.new_cdp_session(page)
    told = session.send("Page.captureScreenshot", {"captureBeyondViewport": True, "optimizeForSpeed": True})
    session.detach()
    return base64.b64decode(told["data"])
