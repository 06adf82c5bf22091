"""What a token is made of."""

from __future__ import annotations

from typing import Any

from django import forms

from evenhand.workspace.api.actions import Wanted
from evenhand.workspace.api.models import scope
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.organisations.queries import organisations_of
from evenhand.workspace.people.models import Person
from evenhand.workspace.site.forms import KeyedForm

_DAYS = ((30, "30 days"), (90, "90 days"), (365, "a year"))


class TokenForm(KeyedForm):
    """What it is for, where, what it may do, how long it holds."""

    name = forms.CharField(
        max_length=120, label="What it is for", help_text="Such as: nightly export to the warehouse."
    )
    organisation = forms.ModelChoiceField(Organisation.objects.none(), empty_label=None)
    scopes = forms.MultipleChoiceField(
        label="It may",
        choices=[(scope(what), str(what)) for what in May],
        widget=forms.CheckboxSelectMultiple,
        initial=[scope(May.SEE)],
        help_text="Never more than you may yourself, then and later.",
    )
    days = forms.TypedChoiceField(label="It holds for", choices=_DAYS, coerce=int, initial=90)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations_of(person)  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What it says."""
        told = self.cleaned_data
        return Wanted(told["name"], frozenset(what for what in May if scope(what) in told["scopes"]), told["days"])
