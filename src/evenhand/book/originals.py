"""The bytes as they were read: kept compressed beside the tables, named by their hash."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import IO

import pyarrow as pa

from evenhand.claims.sources import Source, reading
from evenhand.errors import BookError, ReadError

_CHUNK = 1 << 20


def keep_original(source: Source, folder: Path, sha256: str) -> str:
    """Copy a source's content into ``originals/``; returns the name of the copy.

    Raises:
        ReadError: the content is no longer what it was when its hash was taken.
    """
    name = f"originals/{sha256}.zst"
    (folder / "originals").mkdir(exist_ok=True)
    digest = hashlib.sha256()
    with reading(source) as stream, pa.output_stream(str(folder / name), compression="zstd") as out:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
    if digest.hexdigest() != sha256:
        raise ReadError(source.name, "it was changed while it was read", "load it again when nobody writes to it")
    return name


def open_original(load_folder: Path, original: str) -> IO[bytes]:
    """A stream of the bytes as they were read."""
    path = load_folder / original
    if not path.exists():
        raise BookError(f"{path}: the kept original is gone")
    stream: IO[bytes] = pa.input_stream(str(path), compression="zstd")
    return stream


def cut(load_folder: Path, original: str, *, offset: int, length: int) -> bytes:
    """Some bytes of a kept original."""
    with open_original(load_folder, original) as stream:
        left = offset
        while left > 0:
            skipped = len(stream.read(min(left, _CHUNK)))
            if skipped == 0:
                return b""
            left -= skipped
        return stream.read(length)
