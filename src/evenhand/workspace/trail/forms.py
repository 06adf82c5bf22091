"""Which events to show."""

from __future__ import annotations

from typing import Any

from django import forms

from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.trail.queries import Asked, actors, kinds

_DAY = {"type": "date"}


class AskedForm(forms.Form):
    """Filters of the history, each of them optional."""

    person = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label="Who")
    kind = forms.ChoiceField(required=False, label="Kind")
    name = forms.CharField(required=False, max_length=300, label="Which")
    since = forms.DateField(required=False, widget=forms.DateInput(attrs=_DAY), label="From")
    until = forms.DateField(required=False, widget=forms.DateInput(attrs=_DAY), label="To")

    def __init__(self, desk: Desk, given: Any) -> None:
        super().__init__(given)
        people, things = self.fields["person"], self.fields["kind"]
        people.choices = [("", "Everybody"), *actors(desk)]  # type: ignore[attr-defined]
        things.choices = [("", "All kinds"), *((one, one) for one in kinds(desk))]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """What is wanted; nothing that could not be read."""
        self.is_valid()
        return Asked(**self.cleaned_data)
