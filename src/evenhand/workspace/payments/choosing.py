"""Which differences a page is about: filters as an address holds them, in words, and as a query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet

from evenhand.money import show_money
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May, allowed
from evenhand.workspace.organisations.queries import members
from evenhand.workspace.payments.models import OUTSTANDING, Cause, Difference, Status, Worklist
from evenhand.workspace.people.models import Person

NOBODY, OPEN = "nobody", "outstanding"
_CAUSE = ("payer", "term", "reason", "family", "way")
_DAY = forms.DateInput({"type": "date"})


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is asked for; empty fields choose nothing away. ``least`` and ``most`` are dollars of a difference."""

    payer: str = ""
    term: str = ""
    reason: str = ""
    family: str = ""
    way: str = ""
    status: str = ""
    assigned: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    first: date | None = None
    last: date | None = None
    claim: str = ""

    @property
    def given(self) -> dict[str, Any]:
        """The fields that choose something."""
        return {one.name: value for one in fields(self) if (value := getattr(self, one.name)) not in ("", None)}

    @property
    def address(self) -> str:
        """The filters as part of an address."""
        return urlencode({name: str(value) for name, value in self.given.items()})

    def narrowed(self, **more: str) -> Chosen:
        """The same with more of it chosen."""
        return replace(self, **more)  # type: ignore[arg-type]

    @property
    def without_claim(self) -> Chosen:
        """The same without a claim's number, for those who may not see claims."""
        return replace(self, claim="of one number" if self.claim else "")

    def words(self, people: Mapping[str, str]) -> str:
        """In one line; ``people`` are names by number."""
        told = dict(self.given)
        for name, word in (("least", "from"), ("most", "to")):
            if name in told:
                told[name] = f"{word} {show_money(told[name])}"
        for name, word in (("first", "service from"), ("last", "service to"), ("claim", "claim")):
            if name in told:
                told[name] = f"{word} {told[name]}"
        if self.assigned:
            told["assigned"] = f"assigned to {people.get(self.assigned, self.assigned)}"
        return ", ".join(str(value) for value in told.values()) or "all differences"


class FilterForm(forms.Form):
    """The filters above a list; a value nobody offers is left out rather than refused."""

    payer = forms.ChoiceField(required=False)
    reason = forms.ChoiceField(required=False, label="Cause")
    term = forms.ChoiceField(required=False)
    family = forms.ChoiceField(required=False, label="Kind of service")
    way = forms.ChoiceField(required=False, label="Which way")
    status = forms.ChoiceField(required=False)
    assigned = forms.ChoiceField(required=False, label="Assigned to")
    least = forms.DecimalField(required=False, min_value=0, max_value=10**9, label="From dollars", decimal_places=2)
    most = forms.DecimalField(required=False, min_value=0, max_value=10**9, label="To dollars", decimal_places=2)
    first = forms.DateField(required=False, label="Service from", widget=_DAY)
    last = forms.DateField(required=False, label="Service to", widget=_DAY)
    claim = forms.CharField(required=False, max_length=80, label="Claim number", widget=forms.TextInput())

    def __init__(self, data: Mapping[str, Any], causes: Sequence[Cause], people: Sequence[Person]) -> None:
        super().__init__(data)
        for name in ("payer", "term", "reason", "family"):
            self._offer(name, [(one, one) for one in sorted({getattr(cause, name) for cause in causes})])
        self._offer("way", [("underpaid", "paid less than agreed"), ("overpaid", "paid more than agreed")])
        self._offer("status", [(OPEN, "outstanding"), *Status.choices])
        self._offer("assigned", [(NOBODY, "nobody"), *((str(one.pk), str(one)) for one in people)])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", "all"), *choices]  # type: ignore[attr-defined]

    def chosen(self) -> Chosen:
        """What it says, as far as it can be understood."""
        self.is_valid()
        return Chosen(**{name: value for name, value in self.cleaned_data.items() if value not in ("", None)})


def workers(desk: Desk) -> list[Person]:
    """The members who may settle differences, by name."""
    return [one.person for one in members(desk) if May.WORK_VARIANCES in allowed(one.roles)]


def filters(desk: Desk, worklist: Worklist, given: Mapping[str, Any], *, claims: bool) -> FilterForm:
    """The filters of a page as somebody set them; a page without claims has none that finds one."""
    form = FilterForm(given, list(worklist.causes.all()), workers(desk))
    if not claims:
        del form.fields["claim"]
    return form


def differences(worklist: Worklist, chosen: Chosen) -> QuerySet[Difference]:
    """The differences chosen."""
    found = Difference.objects.filter(worklist=worklist)
    causes = _causes(worklist, chosen)
    if causes is not None:
        found = found.filter(cause__in=causes)
    return found.filter(_of_people(chosen), _of_row(chosen))


def _causes(worklist: Worklist, chosen: Chosen) -> list[int] | None:
    """The numbers of the causes chosen: a few, found before the many rows are looked at."""
    wanted = {name: value for name in _CAUSE if (value := getattr(chosen, name))}
    if not wanted:
        return None
    named = {"direction" if name == "way" else name: value for name, value in wanted.items()}
    return list(Cause.objects.filter(worklist=worklist, **named).values_list("pk", flat=True))


def _of_people(chosen: Chosen) -> Q:
    asked = Q()
    if chosen.status:
        asked &= Q(matter__status__in=OUTSTANDING if chosen.status == OPEN else [chosen.status])
    if chosen.assigned == NOBODY:
        asked &= Q(matter__assigned__isnull=True)
    elif chosen.assigned:
        asked &= Q(matter__assigned=int(chosen.assigned))
    return asked


def _of_row(chosen: Chosen) -> Q:
    asked = Q()
    for name, look, scale in (("least", "amount__gte", 100), ("most", "amount__lte", 100)):
        if (dollars := getattr(chosen, name)) is not None:
            asked &= Q(**{look: int(dollars * scale)})
    for name, look in (("first", "service_date__gte"), ("last", "service_date__lte"), ("claim", "claim__iexact")):
        if (value := getattr(chosen, name)) not in ("", None):
            asked &= Q(**{look: value})
    return asked
