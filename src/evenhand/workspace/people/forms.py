"""Forms about a person."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from evenhand.workspace.people.models import Person
from evenhand.workspace.site.forms import KeyedForm


class NameForm(KeyedForm):
    """What others read of somebody."""

    name = forms.CharField(max_length=120, help_text="As colleagues know you.")


class PasswordMixin(forms.Form):
    """A new password, twice."""

    password = forms.CharField(
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. A few words in a row are good.",
    )
    again = forms.CharField(
        label="Password again", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def about(self) -> Person:
        """Whom the password must not resemble."""
        return Person(email=self.cleaned_data.get("email", ""), name=self.cleaned_data.get("name", ""))

    def clean(self) -> dict[str, object] | None:
        """Both are the same, and good enough."""
        given = super().clean()
        password = self.cleaned_data.get("password", "")
        if password and password != self.cleaned_data.get("again"):
            self.add_error("again", "This is not what was written above.")
        try:
            validate_password(password, self.about())
        except ValidationError as weak:
            self.add_error("password", weak)
        return given
