"""What people fill in about differences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from evenhand.workspace.payments.actions import KEEP, Decision
from evenhand.workspace.payments.choosing import NOBODY
from evenhand.workspace.payments.models import Matter, Status
from evenhand.workspace.people.models import Person
from evenhand.workspace.site.forms import KeyedForm

_NOTE = 2000
TICKED, ALL = "ticked", "all"


def _note(help_text: str = "") -> forms.CharField:
    return forms.CharField(
        max_length=_NOTE, required=False, widget=forms.Textarea({"rows": 2}), help_text=help_text, label="Note"
    )


def _day(**more: Any) -> forms.DateField:
    return forms.DateField(required=False, widget=forms.DateInput({"type": "date"}), label="Look again on", **more)


class BulkForm(KeyedForm):
    """One decision about several differences: those ticked, or all that the filters choose, as they were seen."""

    scope = forms.ChoiceField(choices=[(TICKED, "those ticked"), (ALL, "all")], label="Which")
    status = forms.ChoiceField(required=False, choices=[(KEEP, "leave as it is"), *Status.choices])
    assigned = forms.ChoiceField(required=False, label="Assign to")
    follow_up = _day()
    note = _note()
    chosen = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    based_on = forms.CharField(max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Sequence[Person], count: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(one.pk), str(one)) for one in people]
        self.fields["assigned"].choices = [(KEEP, "leave as it is"), (NOBODY, "nobody"), *names]  # type: ignore[attr-defined]
        self.fields["scope"].choices = [(TICKED, "those ticked"), (ALL, f"all {count:,} that the filters choose")]  # type: ignore[attr-defined]

    def decision(self) -> Decision:
        """What it says."""
        told = self.cleaned_data
        return Decision(told["key"], told["status"], told["assigned"], told["follow_up"], note=told["note"])


class ClaimForm(KeyedForm):
    """How one difference stands."""

    status = forms.ChoiceField(choices=Status.choices)
    assigned = forms.ChoiceField(label="Assigned to")
    follow_up = _day()
    note = _note("Seen by those who may see single claims; it never goes to the payer.")
    based_on = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, matter: Matter, people: Sequence[Person], **kwargs: Any) -> None:
        assigned = str(matter.assigned_id) if matter.assigned_id else NOBODY
        held = {"status": matter.status, "assigned": assigned, "follow_up": matter.follow_up, "note": matter.note}
        kwargs["initial"] = held | {"based_on": matter.version}
        super().__init__(*args, **kwargs)
        names = {str(one.pk): str(one) for one in people}
        if matter.assigned:
            names.setdefault(assigned, str(matter.assigned))
        self.fields["assigned"].choices = [(NOBODY, "nobody"), *names.items()]  # type: ignore[attr-defined]

    def decision(self) -> Decision:
        """What it changes."""
        told, changed = self.cleaned_data, set(self.changed_data)
        return Decision(
            told["key"],
            told["status"] if "status" in changed else KEEP,
            told["assigned"] if "assigned" in changed else KEEP,
            told["follow_up"] if "follow_up" in changed else None,
            unset="follow_up" in changed and told["follow_up"] is None,
            note=told["note"] if "note" in changed else "",
        )
