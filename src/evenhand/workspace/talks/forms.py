"""What people fill in about talks and promises."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from evenhand.negotiation.record import Talk
from evenhand.negotiation.record.language import TALKS
from evenhand.workspace.site.files import FilesField
from evenhand.workspace.site.forms import KeyedForm
from evenhand.workspace.talks import attachments

_CALLED = {"email": "e-mail", "committee": "joint operating committee"}
_DAY = {"type": "date"}


class AttachedForm(KeyedForm):
    """A form that takes files."""

    check = staticmethod(attachments.checked)

    def clean_sent(self) -> list[tuple[str, bytes]]:
        """The files, each checked by what is in it."""
        found, faults = [], []
        for one in self.cleaned_data["sent"]:
            try:
                found.append(self.check(one.name, one.read()))
            except ValidationError as fault:
                faults.append(fault)
        if faults:
            raise ValidationError(faults)
        return found


class TalkForm(AttachedForm):
    """What was said."""

    kind = forms.ChoiceField(choices=[(one, _CALLED.get(one, one)) for one in TALKS])
    day = forms.DateField(label="On", initial=timezone.localdate, widget=forms.DateInput(_DAY))
    who = forms.CharField(max_length=500, required=False, label="Who took part", help_text="Names, with commas.")
    said = forms.CharField(max_length=20_000, required=False, label="Who said what", widget=forms.Textarea({"rows": 6}))
    sent = FilesField(most=attachments.MOST, required=False, label="Files", help_text=f"{attachments.READ}.")

    def clean(self) -> dict[str, Any]:
        """Something was said, or a file is there."""
        told = super().clean() or {}
        if not (told.get("said") or "").strip() and not told.get("sent"):
            self.add_error("said", "Write what was said, or add a file.")
        return told

    def talk(self) -> Talk:
        """What it says."""
        told = self.cleaned_data
        who = tuple(name.strip() for name in told["who"].split(",") if name.strip())
        return Talk(told["day"], told["kind"], who, told["said"].strip().replace("\r\n", "\n"))


class MailForm(AttachedForm):
    """E-mails as they were saved."""

    check = staticmethod(attachments.checked_mail)
    sent = FilesField(
        most=attachments.MOST,
        label="E-mails",
        help_text="Saved as .eml, or by Outlook as .msg: day, people and text are read, what is attached is kept.",
    )


class PromiseForm(KeyedForm):
    """What somebody promised to do."""

    what = forms.CharField(max_length=500, label="What is to be done")
    owner = forms.CharField(max_length=120, label="Who promised it")
    day = forms.DateField(label="On", initial=timezone.localdate, widget=forms.DateInput(_DAY))
    due = forms.DateField(label="By when", required=False, widget=forms.DateInput(_DAY))
