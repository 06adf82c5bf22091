"""What people fill in about a round."""

from __future__ import annotations

from datetime import timedelta
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from evenhand.workspace.negotiations import offers
from evenhand.workspace.negotiations.reading import Reading
from evenhand.workspace.site.files import MEGABYTE, FilesField, plain_name, refuse_bomb
from evenhand.workspace.site.forms import KeyedForm

MOST = 10 * MEGABYTE
_TEXT, _TABLES = (".yaml", ".yml"), (".csv", ".xlsx")
_LONGEST = 500_000


def template_for(given: Reading) -> str:
    """An offer to begin with."""
    begins = given.days.ends.effective or given.days.today + timedelta(days=90)
    return f'offer: "{given.us}, {begins.year}"\neffective: {begins}\nadjust:\n  - {{terms: all, percent: 0}}\n'


class RoundForm(KeyedForm):
    """An offer: who makes it, when, what it amends, and what it says."""

    by = forms.ChoiceField(choices=[("us", "us"), ("them", "them")], label="Offered by", initial="us")
    day = forms.DateField(label="On", initial=timezone.localdate, widget=forms.DateInput({"type": "date"}))
    amends = forms.ChoiceField(label="It amends", help_text="The contract as signed, or the offer it answers.")
    text = forms.CharField(
        label="What it says",
        required=False,
        strip=False,
        max_length=_LONGEST,
        widget=forms.Textarea({"class": "code", "rows": 16, "spellcheck": "false", "wrap": "off"}),
    )
    sent = FilesField(
        most=MOST,
        required=False,
        label="Or its files",
        help_text="One offer (.yaml) and the tables it names (.csv, .xlsx). An offer sent goes before what is written.",
    )
    note = forms.CharField(max_length=500, required=False, help_text="Seen by our own side only.")
    copy = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, given: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rounds = [one for one in given.found.rounds if one.offer]
        choices = [(str(one.number), f"round {one.number}, by {one.by}, of {one.date}") for one in reversed(rounds)]
        self.fields["amends"].choices = [(offers.CONTRACT, "the contract as signed"), *choices]  # type: ignore[attr-defined]
        self._known = {one.number for one in rounds}

    def clean_copy(self) -> int | None:
        """A round there is."""
        number: int | None = self.cleaned_data["copy"]
        if number is not None and number not in self._known:
            raise ValidationError("There is no such round.")
        return number

    def clean_sent(self) -> list[tuple[str, bytes]]:
        """Their names and what is in them."""
        read = [(plain_name(one.name), one.read()) for one in self.cleaned_data["sent"]]
        for name, content in read:
            if PurePath(name).suffix.lower() not in (*_TEXT, *_TABLES):
                raise ValidationError(f"{name} is neither an offer (.yaml) nor a table (.csv, .xlsx).")
            refuse_bomb(name, content)
        return read

    def clean(self) -> dict[str, Any]:
        """The offer's text, wherever it came from, and its tables."""
        told = super().clean() or {}
        sent = told.get("sent") or []
        texts = [(name, content) for name, content in sent if PurePath(name).suffix.lower() in _TEXT]
        if len(texts) > 1:
            self.add_error("sent", "Several offers were sent; send one, with the tables it names.")
        told["tables"] = {name: content for name, content in sent if PurePath(name).suffix.lower() in _TABLES}
        told["name"] = offers.FILE
        if texts:
            told["name"], content = texts[0]
            told["text"] = offers.without_amends(self._decoded(content))
        if not (told.get("text") or "").strip():
            self.add_error("text", "Write what it says, or send its file.")
        return told

    def _decoded(self, content: bytes) -> str:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("sent", "The offer is not UTF-8 text; save it as UTF-8.")
            return ""
