"""Take the manual's pictures of the workspace anew: the walk through all pages takes them, this keeps some, small.

Run: python tools/pictures.py [FOLDER], where FOLDER has the pictures of a run already (``EVENHAND_PICTURES``).
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest
from PIL import Image

_HOME = Path(__file__).resolve().parents[1]
_IMAGES = _HOME / "docs" / "images"
_TESTS = ("test_every_page.py", "test_contract.py")
#: Pages the manual shows as they are on a desktop, and on a phone; pictures of tests by other names.
_DESKTOP = (
    "portfolio",
    "contract",
    "negotiation",
    "negotiation-what-if",
    "talks",
    "escalation",
    "executive",
    "payments",
    "payment-claim",
    "loading",
    "history",
    "people",
)
_PHONE = ("executive", "negotiation-what-if", "talks")
_OTHERS = {"contract-edit-wrong-1280-light": "contract-edit"}
#: Pixels: how wide a picture is in the manual, and how much of a long page is shown.
_WIDTH, _PHONE_WIDTH, _COLOURS, _TALLEST = 960, 390, 64, 1.15


def main() -> None:
    """Keep the pictures the manual shows, of the folder named or of a run of the tests that take them."""
    if len(sys.argv) > 1:
        keep(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["EVENHAND_PICTURES"] = folder
        if code := pytest.main(["-q", *(str(_HOME / "tests" / "browser" / "workspace" / name) for name in _TESTS)]):
            raise SystemExit(code)
        keep(Path(folder))


def keep(folder: Path) -> None:
    """Write each picture the manual shows, small."""
    for name in _DESKTOP:
        shrink(folder / f"{name}-full-1280.png", _IMAGES / f"workspace-{name}.png", _WIDTH)
    for name in _PHONE:
        shrink(folder / f"{name}-full-390.png", _IMAGES / f"workspace-{name}-phone.png", _PHONE_WIDTH, tallest=2)
    for taken, name in _OTHERS.items():
        shrink(folder / f"{taken}.png", _IMAGES / f"workspace-{name}.png", _WIDTH)


def shrink(picture: Path, small: Path, width: int, *, tallest: float = _TALLEST) -> None:
    """Write a picture at this width with few colours; of a long page its upper part, so many times as tall as wide."""
    with Image.open(picture) as image:
        upper = image.convert("RGB").crop((0, 0, image.width, min(image.height, round(image.width * tallest))))
        fitted = upper.resize((width, round(upper.height * width / upper.width)), Image.Resampling.LANCZOS)
        fitted.quantize(_COLOURS, Image.Quantize.FASTOCTREE).save(small, optimize=True)


if __name__ == "__main__":
    main()
