"""Forms of loading."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.http import QueryDict

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
    rule = forms.ChoiceField(required=False)
    file = forms.CharField(label="File name holds", max_length=200, required=False)

    def __init__(self, given: QueryDict, rules: Iterable[str]) -> None:
        super().__init__(given)
        rule = self.fields["rule"]
        assert isinstance(rule, forms.ChoiceField)
        rule.choices = [("", "all"), *((name, name) for name in rules)]

    def chosen(self) -> Chosen:
        """The findings asked for; what makes no sense is left out."""
        self.full_clean()
        given = {name: self.cleaned_data.get(name) or None for name in ("rule", "severity", "file")}
        return Chosen(**given)

    def words(self) -> str:
        """What was asked for, in words, for the log."""
        asked = self.chosen()
        told = [f"{name} {value}" for name in ("severity", "rule", "file") if (value := getattr(asked, name))]
        return ", ".join(told) or "all"
