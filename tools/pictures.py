"""Take the manual's pictures of the workspace anew: the browser tests show the pages, this keeps a few of them, small.

Run: python tools/pictures.py
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from PIL import Image

_HOME = Path(__file__).resolve().parents[1]
_IMAGES = _HOME / "docs" / "images"
#: Picture of a test → picture of the manual.
_TAKEN = {
    "portfolio-lead-1280-light": "workspace-portfolio",
    "contract-edit-wrong-1280-light": "workspace-contract-edit",
}
_WIDTH, _COLOURS = 960, 128


def main() -> None:
    """Run the tests that take pictures, and keep those the manual shows."""
    with tempfile.TemporaryDirectory() as folder:
        tests = [
            str(_HOME / "tests" / "browser" / "workspace" / f"test_{name}.py") for name in ("portfolio", "contract")
        ]
        os.environ["EVENHAND_PICTURES"] = folder
        if code := pytest.main(["-q", *tests]):
            raise SystemExit(code)
        for taken, name in _TAKEN.items():
            shrink(Path(folder, f"{taken}.png"), _IMAGES / f"{name}.png")


def shrink(picture: Path, small: Path) -> None:
    """Write a picture at the manual's width with few colours."""
    with Image.open(picture) as image:
        height = round(image.height * _WIDTH / image.width)
        fitted = image.convert("RGB").resize((_WIDTH, height), Image.Resampling.LANCZOS)
        fitted.quantize(_COLOURS, Image.Quantize.FASTOCTREE).save(small, optimize=True)


if __name__ == "__main__":
    main()
