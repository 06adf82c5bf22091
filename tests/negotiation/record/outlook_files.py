"""Writes messages as Outlook does: the least of a compound file (MS-CFB) with the properties of one (MS-OXMSG)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

SECTOR, SMALL, CUTOFF = 512, 64, 4096
END, FREE, FAT, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
Tree = dict[str, "bytes | Tree"]
TEXT, CODED, BINARY, WHOLE, TIME, YES_NO = 0x001F, 0x001E, 0x0102, 0x0003, 0x0040, 0x000B


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    child: int = NONE
    right: int = NONE
    start: int = END
    children: list[int] = field(default_factory=list)


def compound(tree: Tree) -> bytes:
    """A compound file with these streams and storages."""
    entries = [_Entry("Root Entry", 5)]
    _added(entries, 0, tree)
    small, small_table = bytearray(), list[int]()
    for one in entries:
        if one.kind == 2 and 0 < len(one.content) < CUTOFF:
            count = -(-len(one.content) // SMALL)
            one.start = len(small_table)
            small_table += [*range(one.start + 1, one.start + count), END]
            small += one.content.ljust(count * SMALL, b"\0")
    entries[0].content = bytes(small)
    body, table = bytearray(), list[int]()

    def put(content: bytes) -> int:
        count = -(-len(content) // SECTOR)
        start = len(table)
        table.extend([*range(start + 1, start + count), END] if count else [])
        body.extend(content.ljust(count * SECTOR, b"\0"))
        return start if count else END

    for one in entries:
        if one.kind == 5 or len(one.content) >= CUTOFF:
            one.start = put(one.content)
    small_at = put(_numbers(small_table)) if small_table else END
    small_count = -(-len(small_table) * 4 // SECTOR)
    directory = put(b"".join(map(_written, entries)))
    count = next(n for n in range(1, 110) if n * 128 >= len(table) + n)
    first = len(table)
    whole = _numbers([*table, *[FAT] * count], count * 128)
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, count, directory, 0, CUTOFF, small_at, small_count, END, 0),
    )
    return head + _numbers(range(first, first + count), 109) + bytes(body) + whole


def _numbers(given: Sequence[int], room: int = 0) -> bytes:
    room = max(room, -(-len(given) // 128) * 128) if room != 109 else 109
    return struct.pack(f"<{room}I", *given, *[FREE] * (room - len(given)))


def _added(entries: list[_Entry], parent: int, tree: Tree) -> None:
    before = None
    for name, inside in tree.items():
        number = len(entries)
        entries.append(_Entry(name, 1 if isinstance(inside, dict) else 2))
        if before is None:
            entries[parent].child = number
        else:
            entries[before].right = number
        before = number
        if isinstance(inside, dict):
            _added(entries, number, inside)
        else:
            entries[number].content = inside


def _written(one: _Entry) -> bytes:
    name = (one.name + "\0").encode("utf-16-le")
    head = name.ljust(64, b"\0") + struct.pack("<HBB", len(name), one.kind, 1)
    return head + struct.pack("<III36xIQ", NONE, one.right, one.child, one.start, len(one.content))


def properties(given: Mapping[tuple[int, int], object], header: bytes) -> Tree:
    """The streams of one object's properties: ``{(number, kind): value}``."""
    listed, streams = bytearray(header), dict(_streams(given))
    for (number, kind), value in given.items():
        told = _inline(kind, value, streams.get(_named(number, kind), b""))
        listed += struct.pack("<HHI", kind, number, 6) + told
    return {"__properties_version1.0": bytes(listed), **streams}


def _named(number: int, kind: int) -> str:
    return f"__substg1.0_{number:04X}{kind:04X}"


def _streams(given: Mapping[tuple[int, int], object]) -> Iterator[tuple[str, bytes]]:
    for (number, kind), value in given.items():
        if isinstance(value, bytes):
            yield _named(number, kind), value
        elif isinstance(value, str):
            yield _named(number, kind), value.encode("utf-16-le" if kind == TEXT else "cp1252")


def _inline(kind: int, value: object, stream: bytes) -> bytes:
    if isinstance(value, datetime):
        since = value - datetime(1601, 1, 1, tzinfo=UTC)
        return struct.pack("<Q", int(since.total_seconds()) * 10_000_000)
    if kind in (WHOLE, YES_NO):
        return struct.pack("<I4x", int(value))  # type: ignore[call-overload]
    return struct.pack("<I4x", len(stream) + (2 if kind == TEXT else 0))


@dataclass(frozen=True)
class Letter:
    """What a message of a test says; ``more`` are further properties of it."""

    sender: str = "R. Alvarez"
    to: tuple[str, ...] = ("Dana Whitfield",)
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    subject: str = "Our offer"
    text: str | None = "See the file attached."
    sent: datetime | None = datetime(2026, 11, 19, 15, 30, tzinfo=UTC)
    more: Mapping[tuple[int, int], object] = field(default_factory=dict)
    files: tuple[tuple[str, bytes], ...] = ()
    inside: tuple[Letter, ...] = ()

    def tree(self, *, alone: bool = True) -> Tree:
        """Its streams and storages."""
        told: dict[tuple[int, int], object] = {(0x001A, TEXT): "IPM.Note", (0x0037, TEXT): self.subject}
        if self.sender:
            told[0x0C1A, TEXT] = self.sender
        if self.text is not None:
            told[0x1000, TEXT] = self.text
        if self.sent is not None:
            told[0x0039, TIME] = self.sent
        people = [(1, one) for one in self.to] + [(2, one) for one in self.cc] + [(3, one) for one in self.bcc]
        count = len(self.files) + len(self.inside)
        counts = struct.pack("<8x4I", len(people), count, len(people), count)
        made = properties({**told, **self.more}, counts + (b"\0" * 8 if alone else b""))
        for number, (kind, name) in enumerate(people):
            one = {(0x0C15, WHOLE): kind, (0x3001, TEXT): name, (0x39FE, TEXT): f"{kind}@cedar.example"}
            made[f"__recip_version1.0_#{number:08X}"] = properties(one, b"\0" * 8)
        for number, (name, content) in enumerate(self.files):
            file = {(0x3707, TEXT): name, (0x3705, WHOLE): 1, (0x3701, BINARY): content}
            made[f"__attach_version1.0_#{number:08X}"] = properties(file, b"\0" * 8)
        for number, letter in enumerate(self.inside, len(self.files)):
            kept = properties({(0x3001, TEXT): letter.subject, (0x3705, WHOLE): 5}, b"\0" * 8)
            kept["__substg1.0_3701000D"] = letter.tree(alone=False)
            made[f"__attach_version1.0_#{number:08X}"] = kept
        return made

    def saved(self) -> bytes:
        """As Outlook would save it."""
        return compound(self.tree())
