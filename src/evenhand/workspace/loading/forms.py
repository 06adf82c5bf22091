"""Forms of loading."""

from __future__ import annotations

from django import forms

from evenhand.documents.finding_sheets import Chosen
from evenhand.workspace.site.forms import KeyedForm

_SEVERITIES = (("", "all"), ("error", "errors"), ("warning", "warnings"), ("note", "notes"))


class WhyForm(KeyedForm):
    """Why something is done, with the one-time key."""

    why = forms.CharField(
        label="Why", max_length=500, help_text="It stands in the log, for those who look back.", required=True
    )


class FindingsForm(forms.Form):
    """Which findings to show."""

    severity = forms.ChoiceField(choices=_SEVERITIES, required=False)
    rule = forms.CharField(max_length=80, required=False, help_text="Such as line-balance.")
    file = forms.CharField(max_length=200, required=False, help_text="Part of its name.")

    def chosen(self) -> Chosen:
        """The findings asked for; what makes no sense is left out."""
        self.full_clean()
        given = {name: self.cleaned_data.get(name) or None for name in ("rule", "severity", "file")}
        return Chosen(**given)
