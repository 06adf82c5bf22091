"""What people say when talks are stuck, and when a contract is to be ended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from evenhand.documents.words import day_words
from evenhand.negotiation.rails import Duty
from evenhand.workspace.negotiations.forms import BasedForm
from evenhand.workspace.site.forms import KeyedForm

_LONG = 2000
_DUTY = "duty-"


def _text(label: str, *, required: bool = False, help_text: str = "") -> forms.CharField:
    area = forms.Textarea({"rows": 2})
    return forms.CharField(max_length=_LONG, required=required, label=label, help_text=help_text, widget=area)


class TriedForm(KeyedForm):
    """All else was tried."""

    why = _text("Why it goes up nevertheless", help_text="Only where something above is missing.")


class WordForm(BasedForm):
    """A leader's word."""

    note = _text("Anything to add")


class DutiesForm(KeyedForm):
    """A form in which each duty is confirmed by itself."""

    def __init__(self, *args: Any, owed: Iterable[Duty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for duty in owed:
            when = f"{day_words(duty.day)}; " if duty.day else ""
            self.fields[_DUTY + duty.id] = forms.BooleanField(
                label=f"{duty.what[:1].upper()}{duty.what[1:]}",
                help_text=f"{when}{duty.source}; {duty.sure}.",
                error_messages={"required": "Confirm this one, too: without it no notice is given."},
            )

    @property
    def duties(self) -> list[forms.BoundField]:
        """The fields of duties."""
        return [self[name] for name in self.fields if name.startswith(_DUTY)]

    @property
    def confirmed(self) -> list[str]:
        """The duties that were confirmed."""
        return [
            name.removeprefix(_DUTY)
            for name, value in self.cleaned_data.items()
            if name.startswith(_DUTY) and value is True
        ]


class AskForm(DutiesForm):
    """A notice is asked for."""

    based_on = forms.CharField(max_length=16, widget=forms.HiddenInput)
    why = _text("Why notice is given", required=True)
    ends = forms.DateField(
        required=False,
        label="Last day by hand",
        help_text="Only where it is not the day worked out above.",
        widget=forms.DateInput({"type": "date"}),
    )
    why_day = _text("Why this day", help_text="A day by hand needs a reason.")

    def clean(self) -> dict[str, Any]:
        """A day given by hand comes with a reason."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("ends") and not said.get("why_day"):
            self.add_error("why_day", "Say why the last day is not the one the contract sets.")
        return said


class ConfirmForm(DutiesForm):
    """A notice is confirmed by the second person."""

    ends = forms.DateField(widget=forms.HiddenInput)
    payer = forms.CharField(max_length=200, label="Name of the payer", help_text="Type it as the contract has it.")


class WithdrawForm(KeyedForm):
    """A request is withdrawn."""

    why = _text("Why it is withdrawn")
