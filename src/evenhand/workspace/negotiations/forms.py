"""What people fill in about a negotiation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from evenhand.negotiation.record import Belief, Issue, Person, Proof, Standing
from evenhand.negotiation.record.issues import STATUSES
from evenhand.workspace.site.forms import KeyedForm

SURE = (("guessed", "guessed"), ("likely", "likely"), ("stated", "stated by them"))
_SHORT, _LONG = 200, 2000


class BasedForm(KeyedForm):
    """A form that carries the state of the file it was made from, so that nobody's change is overwritten."""

    based_on = forms.CharField(max_length=16, widget=forms.HiddenInput)


class BeginForm(KeyedForm):
    """A new negotiation."""

    contract = forms.ChoiceField(help_text="Every term and provision of it is on the table from the first day.")
    name = forms.SlugField(
        max_length=80, label="Short name", help_text="Small letters, digits and dashes, such as summit-2027."
    )
    effective = forms.DateField(
        required=False,
        label="New terms should begin on",
        help_text="Without a day: the day after the contract's term ends.",
        widget=forms.DateInput({"type": "date"}),
    )

    def __init__(self, *args: Any, contracts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contract"].choices = contracts  # type: ignore[attr-defined]


def _line(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(max_length=_SHORT, required=False, label=label, **more)


class IssueForm(BasedForm):
    """Where both sides stand on one issue."""

    opening = _line("Our opening")
    target = _line("Our target")
    walk_away = _line("Our walk-away")
    their_opening = _line("They begin at")
    their_target = _line("They want")
    their_walk_away = _line("They walk away at")
    sure = forms.ChoiceField(choices=SURE, label="How sure we are")
    source = _line("Why we believe it")
    status = forms.ChoiceField(choices=[(one, one) for one in STATUSES])
    agreed = _line("Value agreed")
    note = forms.CharField(
        max_length=_LONG, required=False, widget=forms.Textarea({"rows": 2}), help_text="Seen by our own side only."
    )

    @staticmethod
    def told(issue: Issue) -> dict[str, str]:
        """What the form is filled with."""
        theirs = issue.theirs
        return {
            **{name: getattr(issue, name) for name in ("opening", "target", "walk_away", "status", "agreed", "note")},
            "their_opening": theirs.opening,
            "their_target": theirs.target,
            "their_walk_away": theirs.walk_away,
            "sure": theirs.sure,
            "source": theirs.source,
        }

    def standing(self, before: Belief) -> Standing:
        """What it says; a belief that has changed is held since today."""
        told = self.cleaned_data
        given = Belief(
            told["their_opening"],
            told["their_target"],
            told["their_walk_away"],
            told["sure"],
            before.since,
            told["source"],
        )
        theirs = given if given == before else Belief(*_without_day(given), timezone.localdate(), given.source)
        own = {name: told[name] for name in ("opening", "target", "walk_away", "status", "agreed", "note")}
        return Standing(theirs=theirs if theirs.opening or theirs.target or theirs.walk_away else Belief(), **own)


def _without_day(given: Belief) -> tuple[str, str, str, str]:
    return given.opening, given.target, given.walk_away, given.sure


class NewIssueForm(KeyedForm):
    """Something else put on the table."""

    name = forms.CharField(max_length=_SHORT, label="What it is about")
    kind = forms.ChoiceField(choices=[("language", "words"), ("rate", "a rate"), ("term", "length of the agreement")])
    today = _line("What holds today")

    def issue(self) -> Issue:
        """What it says."""
        told = self.cleaned_data
        return Issue("", told["name"], told["kind"], today=told["today"])


class GoalForm(KeyedForm):
    """Something we want of it."""

    goal = forms.CharField(max_length=_SHORT, label="Another goal")


class ProofForm(KeyedForm):
    """One point of the value proposition."""

    claim = forms.CharField(max_length=_SHORT, label="What we do well for them")
    number = _line("The number that shows it")
    period = _line("What days or year it is of")
    source = _line("Where it comes from")

    def proof(self) -> Proof:
        """What it says."""
        told = self.cleaned_data
        return Proof(told["claim"], told["number"], told["period"], told["source"])


class PersonForm(KeyedForm):
    """Somebody who takes part."""

    name = forms.CharField(max_length=_SHORT)
    side = forms.ChoiceField(choices=[("us", "ours"), ("them", "theirs")])
    role = _line("Role")
    organisation = _line("Organisation")
    email = forms.EmailField(required=False, label="E-mail")
    phone = _line("Telephone")
    approves = forms.BooleanField(required=False, label="A leader who must agree")

    def person(self) -> Person:
        """What it says."""
        return Person(**{name: value for name, value in self.cleaned_data.items() if name != "key"})


class MessageForm(BasedForm):
    """The one message all of us give."""

    message = forms.CharField(max_length=_LONG, widget=forms.Textarea({"rows": 3}), label="The one message")
