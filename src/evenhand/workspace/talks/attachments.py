"""Which files may be kept with a talk: told by what is in them, and their names must agree."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from django.core.exceptions import ValidationError

from evenhand.workspace.site.files import MEGABYTE, plain_name, refuse_bomb

MOST = 25 * MEGABYTE
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What files of a suffix begin with.
_BEGINS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".tif": (b"II*\x00", b"MM\x00*"),
    ".tiff": (b"II*\x00", b"MM\x00*"),
    ".doc": (_OLD_OFFICE,),
    ".xls": (_OLD_OFFICE,),
    ".ppt": (_OLD_OFFICE,),
    ".msg": (_OLD_OFFICE,),
}
_OFFICE = (".docx", ".xlsx", ".pptx")
_PLAIN = (".txt", ".csv", ".eml", ".yaml", ".yml", ".md", ".835", ".837", ".edi")
#: How e-mails are saved.
MAILS = (".eml", ".msg")
READ = "PDF, Word, Excel, PowerPoint, e-mails (.eml, .msg), pictures (PNG, JPEG, TIFF), plain text, CSV, YAML"


def checked_mail(name: str | None, content: bytes) -> tuple[str, bytes]:
    """An e-mail with its file's name made plain.

    Raises:
        ValidationError: it is none by its name, is not what its name says, or is too large.
    """
    plain = plain_name(name)
    if PurePath(plain).suffix.lower() not in MAILS:
        raise ValidationError(f"{plain} is no e-mail ({' or '.join(MAILS)}); record a talk and add it there.")
    return checked(name, content)


def checked(name: str | None, content: bytes) -> tuple[str, bytes]:
    """A file with its name made plain.

    Raises:
        ValidationError: it is of no kind that is kept, is not what its name says, or is too large.
    """
    plain = plain_name(name)
    suffix = PurePath(plain).suffix.lower()
    if len(content) > MOST:
        raise ValidationError(f"{plain} is larger than {MOST // MEGABYTE} MB.")
    if not content:
        raise ValidationError(f"{plain} is empty.")
    known = suffix in _BEGINS or suffix in _OFFICE or suffix in _PLAIN
    if not known:
        raise ValidationError(f"{plain} is of no kind that is kept here. These are: {READ}.")
    if not _is(suffix, content):
        raise ValidationError(f"{plain} is not what its name says.")
    refuse_bomb(plain, content)
    return plain, content


def _is(suffix: str, content: bytes) -> bool:
    if suffix in _BEGINS:
        return content.startswith(_BEGINS[suffix])
    if suffix in _OFFICE:
        return _is_office(content)
    return b"\x00" not in content[:MEGABYTE] and not content.startswith((b"MZ", b"\x7fELF", b"PK\x03\x04", b"%PDF-"))


def _is_office(content: bytes) -> bool:
    """Whether it is an Office document without a program in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return False
    return "[Content_Types].xml" in names and not any(name.lower().endswith("vbaproject.bin") for name in names)
