"""What one sends to change a contract: the change, what it was made from, why, and a one-time key."""

from __future__ import annotations

from django import forms

from evenhand.workspace.contracts.actions import Sent
from evenhand.workspace.site.forms import KeyedForm


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
