"""Where content comes from: files, members of archives, gzip.

What a file *is* is never told from its name: an archive is known by its first bytes, and what is inside is
opened the same way, one archive within another at most. Nothing is unpacked to a name an archive chose.
"""

from __future__ import annotations

import errno
import gzip
import hashlib
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from evenhand.errors import ReadError

#: Content larger than this is read from disk; smaller content is held in memory.
IN_MEMORY = 32 << 20
#: An archive member that grows beyond this many times its packed size is refused…
MAX_RATIO = 300
#: …once it is larger than this.
RATIO_FROM = 64 << 20
#: No single member may grow beyond this.
MAX_BYTES = 64 << 30
#: No archive may hold more members than this.
MAX_MEMBERS = 200_000
_CHUNK = 1 << 20
#: What Python's readers of archives raise on a damaged one.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, NotImplementedError, RuntimeError)
#: What a system says when there is no room to write.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Source:
    """One piece of content: a file, or a member inside archives (outermost first)."""

    path: Path
    members: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How it is called in lists: ``archive.zip!member``."""
        return "!".join((str(self.path), *self.members))


def sources(path: Path) -> list[Source]:
    """The pieces of content in one file: itself, or each member when it is an archive.

    Raises:
        ReadError: the file or the archive cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            if not _is_archive(stream):
                return [Source(path)]
            return [
                inner for member in _members(path.name, stream) for inner in _inside(Source(path, (member,)), stream)
            ]
    except OSError as problem:
        raise ReadError(path, f"cannot be read ({problem.strerror or problem})") from problem


def _inside(source: Source, stream: IO[bytes]) -> list[Source]:
    """A member, or the members of the archive it is; a broken inner archive stays one piece of content."""
    try:
        with _member(source, stream, source.members[-1]) as member:
            if member.read(4) != _ZIP:
                return [source]
    except (ReadError, *_DAMAGED):  # told when it is read, beside the other members
        return [source]
    with _member(source, stream, source.members[-1]) as member, tempfile.TemporaryFile() as copy:
        _copy(member, copy)
        if not _is_archive(copy):
            return [source]
        return [Source(source.path, (*source.members, name)) for name in _members(source.name, copy)]


def _is_archive(stream: IO[bytes]) -> bool:
    """Whether a stream is a zip archive, and not an office document (which is one inside)."""
    stream.seek(0)
    if stream.read(4) != _ZIP or not zipfile.is_zipfile(stream):
        return False
    with zipfile.ZipFile(stream) as archive:
        return "[Content_Types].xml" not in archive.NameToInfo


def _members(name: str, stream: IO[bytes]) -> list[str]:
    with zipfile.ZipFile(stream) as archive:
        names = [info.filename for info in archive.infolist() if not info.is_dir() and not _is_noise(info.filename)]
    if len(names) > MAX_MEMBERS:
        raise ReadError(
            name, f"the archive holds {len(names):,} members", f"split it; {MAX_MEMBERS:,} is the most read"
        )
    return sorted(set(names))


def _is_noise(name: str) -> bool:
    """Folders that archiving programs add for themselves."""
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1].startswith("._")


@contextmanager
def reading(source: Source) -> Iterator[IO[bytes]]:
    """A stream of the source's uncompressed content.

    Raises:
        ReadError: it cannot be opened, is damaged, encrypted, or grows beyond all measure when unpacked.
    """
    try:
        with source.path.open("rb") as stream, _within(source, stream, source.members) as inner:
            yield inner
    except _DAMAGED as problem:
        raise ReadError(
            source.name, f"the archive is damaged ({problem})", "ask for it again, or unpack it by hand"
        ) from problem
    except OSError as problem:
        if problem.errno in FULL:
            raise  # what is being written from it has no room; the source is all right
        raise ReadError(source.name, f"cannot be read ({problem.strerror or problem})") from problem


@contextmanager
def _within(source: Source, stream: IO[bytes], members: tuple[str, ...]) -> Iterator[IO[bytes]]:
    if not members:
        with _unzipped(source, stream) as plain:
            yield plain
        return
    with _member(source, stream, members[0]) as member:
        if len(members) == 1:
            with _unzipped(source, member) as plain:
                yield plain
            return
        with tempfile.TemporaryFile() as copy:
            _copy(member, copy)
            with _within(source, copy, members[1:]) as inner:
                yield inner


@contextmanager
def _member(source: Source, stream: IO[bytes], name: str) -> Iterator[IO[bytes]]:
    with zipfile.ZipFile(stream) as archive:
        info = archive.getinfo(name)
        if info.flag_bits & 1:
            raise ReadError(source.name, "the archive is encrypted", "unpack it with its password first")
        with archive.open(info) as member:
            yield cast("IO[bytes]", _Guarded(member, source.name, info.compress_size))


@contextmanager
def _unzipped(source: Source, stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """The stream itself, or what it holds when it is gzip."""
    head = _Peeked(stream)
    if not head.start.startswith(_GZIP):
        yield cast("IO[bytes]", head)
        return
    packed = _Counted(head)
    with gzip.GzipFile(fileobj=cast("IO[bytes]", packed)) as plain:
        yield cast("IO[bytes]", _Guarded(cast("IO[bytes]", plain), source.name, packed))


class _Peeked:
    """A stream whose first bytes have been looked at."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.start = self._left = stream.read(4)

    def read(self, size: int = -1) -> bytes:
        taken, self._left = (self._left, b"") if size < 0 else (self._left[:size], self._left[size:])
        more = size - len(taken) if size >= 0 else -1
        return taken if more == 0 else taken + self._stream.read(more)


class _Counted:
    """A stream that knows how much was read from it."""

    def __init__(self, stream: _Peeked) -> None:
        self._stream, self.size = stream, 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.size += len(data)
        return data


class _Guarded:
    """A stream that stops an archive from growing beyond all measure."""

    def __init__(self, stream: IO[bytes], name: str, packed: int | _Counted) -> None:
        self._stream, self._name, self._packed, self._read = stream, name, packed, 0

    def read(self, size: int = -1) -> bytes:
        if size < 0:
            return b"".join(iter(lambda: self.read(_CHUNK), b""))
        data = self._stream.read(size)
        self._read += len(data)
        packed = self._packed if isinstance(self._packed, int) else self._packed.size
        if self._read > MAX_BYTES or (self._read > RATIO_FROM and self._read > MAX_RATIO * max(packed, 1)):
            raise ReadError(
                self._name,
                f"the archive grows to more than {MAX_RATIO} times its size, as no real claim file does",
                "unpack it by hand and load what is inside",
            )
        return data


def _copy(stream: IO[bytes], target: IO[bytes]) -> None:
    while chunk := stream.read(_CHUNK):
        target.write(chunk)
    target.seek(0)


def measure(source: Source) -> tuple[str, int]:
    """The SHA-256 (hex) and the size of a source's uncompressed content."""
    digest, size = hashlib.sha256(), 0
    with reading(source) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


@contextmanager
def content(source: Source, spool: Path | None = None) -> Iterator[Path | bytes]:
    """The uncompressed content: bytes when small, a path when large.

    Large content that had to be unpacked lies in a temporary file in ``spool`` while the block runs.
    """
    with reading(source) as stream:
        start = stream.read(IN_MEMORY + 1)
        if len(start) <= IN_MEMORY:
            yield start
            return
        if not source.members and not _is_packed(source.path):
            yield source.path
            return
        with tempfile.TemporaryDirectory(prefix="evenhand-", dir=spool) as folder:
            copy = Path(folder, "content")
            with copy.open("wb") as out:
                out.write(start)
                _copy(stream, out)
            yield copy


def _is_packed(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(2) == _GZIP
