"""The folder a demo is written into: only ever an empty one, or an earlier demo's."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from evenhand.errors import UsageError

#: Marks a folder as a demo's; nothing without it is ever overwritten.
MARK = "demo.json"
#: All that a demo makes, besides its mark; nothing else is removed.
_OWN = (
    *("files", "contracts", "offers", "market", "book", "documents", "workspace"),
    *("truth.json", "truth.csv", "brief.html", "brief.xlsx"),
)


def prepare_folder(folder: Path, settings: dict[str, int | bool], *, force: bool = False) -> None:
    """Make a folder ready for a demo and mark it.

    Args:
        folder: where the demo goes; made if absent.
        settings: claims, seed and faults of the demo, kept in its mark.
        force: replace an earlier demo.

    Raises:
        UsageError: the folder holds something that is not a demo's, or a demo that may not be replaced.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; give a folder with --out")
    if folder.is_dir() and any(folder.iterdir()):
        _require_own(folder, force)
        for name in _OWN:
            _remove(folder / name)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text(json.dumps(settings) + "\n", encoding="utf-8")


def _require_own(folder: Path, force: bool) -> None:
    if not (folder / MARK).is_file():
        raise UsageError(f"{folder} holds other things and is not a demo's; give an empty or new folder with --out")
    if not force:
        raise UsageError(f"{folder} already holds a demo; --force replaces it, --out DIR puts another elsewhere")


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
