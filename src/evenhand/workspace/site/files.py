"""Files people send: their names made plain, their kind told by what is in them, nothing taken that is too large."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header

MEGABYTE = 2**20
#: An archive that unpacks to more than this, or to so many times its size, is no document.
_UNPACKED, _TIMES = 200 * MEGABYTE, 200
_LONGEST = 120


class ManyFiles(forms.ClearableFileInput):
    """A field into which several files can be put at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each no larger than ``most`` bytes."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(widget=ManyFiles(), **kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files, each checked."""
        given = data if isinstance(data, Sequence) else [data] if data else []
        if not given and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return [self._one(one, initial) for one in given]

    def _one(self, one: Any, initial: Any) -> UploadedFile[Any]:
        found: UploadedFile[Any] = super().clean(one, initial)
        if found.size is not None and found.size > self.most:
            raise ValidationError(f"{plain_name(found.name)} is larger than {self.most // MEGABYTE} MB.")
        return found


def plain_name(name: str | None) -> str:
    """A file's name without anything that could lead elsewhere or be taken for something else.

    >>> plain_name("../../Étude <b>.yaml"), plain_name(".htaccess"), plain_name("")
    ('Étude -b-.yaml', 'htaccess', 'file')
    """
    last = re.split(r"[/\\]", name or "")[-1]
    kept = re.sub(r"[^\w. ()&+,-]+", "-", last).strip(" .-")
    stem, dot, suffix = kept.rpartition(".")
    return f"{stem[:_LONGEST]}{dot}{suffix[:12]}" if dot else kept[:_LONGEST] or "file"


def refuse_bomb(name: str, content: bytes) -> None:
    """Refuse an archive that unpacks to far more than it says.

    Raises:
        ValidationError: it does, or it is none although it begins like one.
    """
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            whole = sum(one.file_size for one in archive.infolist())
    except zipfile.BadZipFile as problem:
        raise ValidationError(f"{name} is damaged and cannot be read.") from problem
    if whole > _UNPACKED or whole > max(len(content), MEGABYTE) * _TIMES:
        raise ValidationError(f"{name} unpacks to {whole:,} bytes, which no document needs.")


def attached(content: bytes, name: str) -> HttpResponse:
    """A file to be saved: never shown by the browser, and never taken for anything else."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
