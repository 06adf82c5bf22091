"""What one sends to change a contract: the change, what it was made from, why, and a one-time key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from evenhand.workspace.contracts.actions import Sent
from evenhand.workspace.contracts.uploads import MOST, MOST_FOLDER
from evenhand.workspace.site.files import MEGABYTE
from evenhand.workspace.site.forms import KeyedForm
from evenhand.workspace.talks import attachments
from evenhand.workspace.talks.attachments import READ


class BasedForm(KeyedForm):
    """A change of a contract that was opened in a certain state."""

    based_on = forms.CharField(max_length=64, widget=forms.HiddenInput)
    why = forms.CharField(
        label="Why", max_length=500, required=False, help_text="Kept with this version, for whoever reads it later."
    )

    @property
    def sent(self) -> Sent:
        """What was sent beside the change."""
        said = self.cleaned_data
        return Sent(said["based_on"], said["why"], said["key"])


class TextForm(BasedForm):
    """Another text of a contract."""

    text = forms.CharField(
        label="contract.yaml",
        strip=False,
        widget=forms.Textarea(attrs={"class": "code", "rows": 32, "spellcheck": "false", "autocomplete": "off"}),
    )
    field_order = ("text", "why")


class NewForm(KeyedForm):
    """A contract to add."""

    name = forms.RegexField(
        r"^[a-z0-9][a-z0-9_-]{0,79}$",
        label="Short name",
        help_text="Names its folder and its address.",
        error_messages={"invalid": "Use small letters, digits and dashes, such as summit-ppo."},
    )
    archive = forms.FileField(
        label="The contract's folder, as a zip file",
        required=False,
        help_text="contract.yaml with its rate tables, amendments and documents. Without one, a commented contract to "
        "edit is begun for you.",
    )
    why = forms.CharField(label="Why", max_length=500, required=False)

    def clean_archive(self) -> UploadedFile[Any] | None:
        """The archive, if it is not too large."""
        return small_enough(self.cleaned_data["archive"], MOST_FOLDER)

    @property
    def sent(self) -> Sent:
        """What was sent beside the contract."""
        return Sent("", self.cleaned_data["why"], self.cleaned_data["key"])


_KINDS = (
    ("amendment", "An amendment: a YAML file"),
    ("table", "A rate table, in the place of one there is"),
    ("workbook", "The contract's workbook, edited"),
)


class FileForm(forms.Form):
    """A file that changes a contract."""

    kind = forms.ChoiceField(label="What it is", choices=_KINDS)
    target = forms.ChoiceField(label="The rate table it replaces", required=False)
    file = forms.FileField(label="File")

    def __init__(self, *given: Any, tables: Iterable[str], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["target"].choices = [("", "none"), *((one, one) for one in tables)]  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile[Any] | None:
        """The file, if it is not too large."""
        return small_enough(self.cleaned_data["file"], MOST)

    def clean(self) -> dict[str, Any]:
        """A table takes the place of one."""
        said = dict(super().clean() or {})
        if said.get("kind") == "table" and not said.get("target"):
            self.add_error("target", "Say which rate table it replaces.")
        return said


class KeepForm(BasedForm):
    """A file that was shown, to be kept."""

    kind = forms.ChoiceField(choices=_KINDS, widget=forms.HiddenInput)
    target = forms.RegexField(r"^[^/\\.][^/\\]*$", required=False, widget=forms.HiddenInput)
    file_name = forms.CharField(max_length=200, widget=forms.HiddenInput)
    content = forms.CharField(widget=forms.HiddenInput)


class PaperForm(KeyedForm):
    """A paper to lie with a contract."""

    file = forms.FileField(label="File", help_text=f"{READ}; at most {attachments.MOST // MEGABYTE} MB.")
    why = forms.CharField(label="What it is", max_length=500, required=False, help_text="Such as: signed by both.")

    def clean_file(self) -> tuple[str, bytes]:
        """Its name made plain and its bytes, checked by what is in it."""
        file = self.cleaned_data["file"]
        small_enough(file, attachments.MOST)
        return attachments.checked(file.name, file.read())

    @property
    def sent(self) -> Sent:
        """What was sent beside the paper."""
        return Sent(None, self.cleaned_data["why"], self.cleaned_data["key"])


def small_enough(file: UploadedFile[Any] | None, most: int) -> UploadedFile[Any] | None:
    """The file.

    Raises:
        ValidationError: it is larger than ``most`` bytes.
    """
    if file is not None and (file.size or 0) > most:
        raise ValidationError(f"It is larger than {most // MEGABYTE} MB.")
    return file
