"""The compound file (MS-CFB) that Outlook saves an e-mail as, opened without trusting what it says of itself.

A file made by hand can point many streams to the same bytes, or a chain of sectors to itself, and so grow to
gigabytes while it is read. What it says it holds is therefore held against its own length first.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from evenhand.errors import EvenhandError, ReadError

if TYPE_CHECKING:
    from olefile import OleFileIO
    from oxmsg.storage import Storage

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
#: In the header, after its first 30 bytes: sizes as powers of two; how many sectors of each table.
_SIZES, _TABLES = struct.Struct("<30xHH"), struct.Struct("<44xI16xI4xI")
_SHIFTS = {9: 512, 12: 4096}
#: Sectors of the table of sectors that a header names by itself.
_IN_HEADER = 109


def storage_of(name: str, content: bytes) -> Storage:
    """All that a compound file holds.

    Raises:
        ReadError: it is cut off, or says it holds more than its bytes can.
        EvenhandError: what reads it is not installed.
    """
    try:
        from olefile import OleFileIO
        from oxmsg.storage import Storage
    except ImportError:
        raise EvenhandError(f"{name}: reading .msg needs: pip install 'evenhand[workspace]'") from None
    _refuse_header(name, content)
    with OleFileIO(content) as file:
        told = _told(name, file, len(content))
        found = Storage.from_ole(file)
    if _held(found) != told:
        raise _cut_off(name)
    return found


def _refuse_header(name: str, content: bytes) -> None:
    if len(content) < _HEADER:
        raise _cut_off(name)
    shift, small = _SIZES.unpack_from(content)
    size = _SHIFTS.get(shift)
    if size is None or small != 6:
        raise _more_than_it_is(name)
    of_sectors, of_small, of_more = _TABLES.unpack_from(content)
    sectors = len(content) // size + 1
    if of_sectors > sectors // (size // 4) + _IN_HEADER or max(of_small, of_more) > sectors:
        raise _more_than_it_is(name)


def _told(name: str, file: OleFileIO, most: int) -> int:
    """How many bytes its streams say they hold."""
    from olefile import STGTY_STREAM

    whole: int = sum(one.size for one in file.direntries if one is not None and one.entry_type == STGTY_STREAM)
    if whole > most or file.root.size > most:
        raise _more_than_it_is(name)
    return whole


def _held(found: Storage) -> int:
    return sum(len(one.bytes_) for one in found.streams) + sum(_held(one) for one in found.storages)


def _cut_off(name: str) -> ReadError:
    return ReadError(name, "is cut off: a part of the e-mail is missing", "save it from Outlook again, as .msg")


def _more_than_it_is(name: str) -> ReadError:
    what = "says it holds more than there is in it: it is damaged, or made by hand"
    return ReadError(name, what, "save it from Outlook again, as .msg")
