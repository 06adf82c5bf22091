"""Files that change a contract: an amendment, a rate table, a workbook, a whole folder as an archive."""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from evenhand.contracts import start_contract
from evenhand.contracts.workbook import import_workbook
from evenhand.errors import UsageError
from evenhand.workspace.contracts.drafts import put
from evenhand.workspace.contracts.versions import CONTRACT_FILE
from evenhand.workspace.site.files import MEGABYTE, plain_name, refuse_bomb

#: Most bytes of one file, and of a whole folder with its documents; most files in it.
MOST, MOST_FOLDER, MOST_FILES = 3 * MEGABYTE, 60 * MEGABYTE, 300
_TABLES, _YAML = (".csv", ".xlsx"), (".yaml", ".yml")

Fill = Callable[[Path], None]


def filled_by(kind: str, name: str, content: bytes, target: str = "") -> Fill:
    """What an uploaded file does to a draft of a contract.

    Args:
        kind: ``amendment``, ``table`` or ``workbook``.
        name: the file's own name.
        content: its bytes.
        target: the rate table it takes the place of.

    Raises:
        UsageError: its name does not end as such a file's does, or it unpacks to what no table needs.
    """
    suffix = PurePosixPath(name).suffix.lower()
    _refuse_bomb(name, content)
    if kind == "amendment":
        _expect(suffix, _YAML, "an amendment is a YAML file")
        return lambda draft: put(draft, f"amendments/{plain_name(name)}", content)
    if kind == "workbook":
        _expect(suffix, (".xlsx",), "a contract's workbook is the one this site wrote")
        return lambda draft: _from_workbook(draft, content)
    _expect(
        suffix, (PurePosixPath(target).suffix.lower(),), f"the contract names {target}; save the table as such a file"
    )
    return lambda draft: put(draft, target, content)


def _refuse_bomb(name: str, content: bytes) -> None:
    if PurePosixPath(name).suffix.lower() != ".xlsx":
        return
    try:
        refuse_bomb(plain_name(name), content)
    except ValidationError as problem:
        raise UsageError(f"{problem.message} Send the table as it was made.") from problem


def tables_in(folder: Path) -> list[str]:
    """The rate tables of a contract's folder."""
    found = (file for file in folder.iterdir() if file.suffix.lower() in _TABLES and file.name[0] != ".")
    return sorted(file.name for file in found)


def _expect(suffix: str, right: tuple[str, ...], what: str) -> None:
    if suffix not in right:
        raise UsageError(f"the file's name ends in '{suffix}'; {what} ({' or '.join(right)})")


def _from_workbook(draft: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        import_workbook(Path(file.name), draft, replace=True)


def started() -> Fill:
    """A first contract to edit."""

    def fill(draft: Path) -> None:
        start_contract(draft)

    return fill


def filled_new(archive: UploadedFile[Any] | None) -> Fill:
    """A contract to add: its folder from an archive, or a first one to edit.

    Raises:
        UsageError: as in :func:`unpacked`.
    """
    return unpacked(archive.read()) if archive else started()


def unpacked(content: bytes) -> Fill:
    """A contract's folder from an archive.

    Raises:
        UsageError: it is no archive, holds no contract, too much, or a name that leads out of the folder.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = dict(_members(archive))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as problem:
        raise UsageError("this is no archive that can be opened; send the contract's folder as a zip file") from problem
    roots = sorted((name for name in files if PurePosixPath(name).name == CONTRACT_FILE), key=len)
    if not roots:
        raise UsageError(f"the archive holds no {CONTRACT_FILE}; it is the contract's folder that is sent")
    root = roots[0][: -len(CONTRACT_FILE)]

    def fill(draft: Path) -> None:
        for name, held in files.items():
            if name.startswith(root):
                put(draft, name.removeprefix(root), held)

    return fill


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Each file with its bytes; what an archive says of sizes is not believed."""
    found = [one for one in archive.infolist() if not one.is_dir()]
    if len(found) > MOST_FILES:
        raise UsageError(f"the archive holds {len(found):,} files; a contract has at most {MOST_FILES}")
    left = MOST_FOLDER
    for one in found:
        place = PurePosixPath(one.filename.replace("\\", "/"))
        parts = place.parts
        if not parts or ".." in parts or place.is_absolute() or ":" in parts[0]:
            raise UsageError("a name in the archive leads out of its folder; pack the folder anew")
        with archive.open(one) as file:
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            raise UsageError(f"the archive unpacks to more than {MOST_FOLDER // MEGABYTE} MB; leave scans out")
        _refuse_bomb(parts[-1], content)
        if not any(part.startswith((".", "__MACOSX")) for part in parts):
            yield "/".join(parts), content
