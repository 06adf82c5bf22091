"""Forms about organisations and their members."""

from __future__ import annotations

from typing import Any

from django import forms

from evenhand.workspace.organisations.models import Role, Side
from evenhand.workspace.people.forms import PasswordMixin
from evenhand.workspace.site.forms import KeyedForm

_ROLES = forms.CheckboxSelectMultiple


class RolesField(forms.MultipleChoiceField):
    """Some of the roles."""

    def __init__(self) -> None:
        super().__init__(choices=Role.choices, widget=_ROLES, label="Roles", help_text="Several add up.")

    def clean(self, value: Any) -> list[Role]:
        """The roles themselves."""
        return [Role(one) for one in super().clean(value)]


class InviteForm(KeyedForm):
    """Whom to invite, as what."""

    email = forms.EmailField(label="Email address")
    roles = RolesField()


class RolesForm(KeyedForm):
    """What a member works as from now on."""

    based_on = forms.CharField(widget=forms.HiddenInput)
    roles = RolesField()


class EndForm(KeyedForm):
    """Why a membership ends."""

    why = forms.CharField(max_length=400, label="Why", help_text="Kept in the history.")


class SeersForm(KeyedForm):
    """Who alone may see a negotiation."""

    based_on = forms.CharField(widget=forms.HiddenInput)
    people = forms.TypedMultipleChoiceField(
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Only these",
        help_text="Nobody marked: all members may see it.",
    )

    def __init__(self, *given: Any, choices: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["people"].choices = choices  # type: ignore[attr-defined]


class OrganisationForm(KeyedForm):
    """A new organisation."""

    organisation = forms.CharField(max_length=160, label="Organisation", help_text="Its name, as contracts have it.")
    side = forms.ChoiceField(choices=Side.choices, widget=forms.RadioSelect, initial=Side.PROVIDER, label="It is a")


class ComeInForm(PasswordMixin, forms.Form):
    """Somebody invited who is new here."""

    name = forms.CharField(max_length=120, label="Your name", widget=forms.TextInput({"autocomplete": "name"}))
    field_order = ("name", "password", "again")


class FirstForm(PasswordMixin, forms.Form):
    """The first administrator and the first organisation."""

    name = forms.CharField(max_length=120, label="Your name", widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label="Your email address",
        help_text="You sign in with it.",
        widget=forms.EmailInput({"autocomplete": "username"}),
    )
    organisation = OrganisationForm.base_fields["organisation"]
    side = OrganisationForm.base_fields["side"]
    field_order = ("name", "email", "password", "again", "organisation", "side")
