"""A negotiation as data: who, about what, what was offered and said, what was promised, what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Side = Literal["provider", "payer"]
By = Literal["us", "them"]

#: What an issue is about.
RATE, LANGUAGE, LENGTH_OF_TERM = "rate", "language", "term"
#: How far an issue, a round has come.
OPEN, AGREED, DROPPED = "open", "agreed", "dropped"


@dataclass(frozen=True, slots=True)
class Belief:
    """What we believe of the other side's positions: ``sure`` is ``guessed``, ``likely`` or ``stated``."""

    opening: str = ""
    target: str = ""
    walk_away: str = ""
    sure: str = "guessed"
    since: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing on the table.

    Attributes:
        id: how commands name it.
        name: how people name it.
        kind: ``rate``, ``language`` or ``term`` (how long the agreement lasts).
        terms: payment terms of the contract it is about.
        provision: the provision of the contract it is about; parts are joined by a dot.
        unit: what its values count, such as ``percent change`` or ``days``.
        better: whether ``higher`` or ``lower`` is better for us; empty where there is no order.
        today, opening, target, walk_away: our positions, as written: ``4 %``, ``45 days``, ``yes``.
        weight: our points for it, where issues are weighed.
        theirs: what we believe of theirs.
        status: ``open``, ``agreed`` or ``dropped``; ``agreed`` holds the value once it is agreed.
    """

    id: str
    name: str = ""
    kind: str = LANGUAGE
    terms: tuple[str, ...] = ()
    provision: str = ""
    unit: str = ""
    better: str = ""
    today: str = ""
    opening: str = ""
    target: str = ""
    walk_away: str = ""
    weight: Decimal | None = None
    theirs: Belief = field(default_factory=Belief)
    status: str = OPEN
    agreed: str = ""
    note: str = ""
    line: int = field(default=0, compare=False)

    @property
    def called(self) -> str:
        """Its name, else its id."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part: ``side`` is ``us`` or ``them``; ``approves`` marks a leader who must agree."""

    name: str
    side: str = "us"
    role: str = ""
    organisation: str = ""
    email: str = ""
    phone: str = ""
    approves: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """One point of the value proposition, with its number and where that comes from."""

    claim: str
    number: str = ""
    period: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """What we do without this agreement. ``worth`` is our margin a year in dollars; negative for a loss."""

    name: str
    worth: Decimal | None = None
    as_of: date | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """The walk-away prices last worked out, for one unit of service.

    ``ours`` and ``theirs`` are the prices at which each side is as well off without an agreement, ``exists`` the
    share of draws in which there is a price both gain from.
    """

    ours: Decimal
    theirs: Decimal
    today: Decimal
    exists: Decimal | None = None
    unit: str = ""
    as_of: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Valuation:
    """What a round came to when offers were last compared.

    ``change`` is what the provider nets more than under the contract over ``years`` years, discounted, in dollars,
    with its 10th and 90th percentile; ``plan`` what the plan pays more, undiscounted.
    """

    change: Decimal
    p10: Decimal
    p90: Decimal
    plan: Decimal
    years: int
    as_of: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """One offer: ``offer`` is its file in this negotiation's folder, ``answers`` the number it answers.

    ``sha256`` names the bytes of the offer as they were received; ``state`` is ``open``, ``answered``, ``accepted``,
    ``rejected`` or ``withdrawn``; ``worth`` is what it came to, where that was kept.
    """

    number: int
    date: date
    by: By
    offer: str = ""
    sha256: str = ""
    answers: int | None = None
    state: str = OPEN
    note: str = ""
    worth: Valuation | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept with a talk, named by its content."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Talk:
    """What was said: a call, a meeting, an e-mail, a letter, a joint operating committee."""

    date: date
    kind: str
    who: tuple[str, ...] = ()
    said: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """What somebody promised to do, and by when; ``done`` is the day it was done."""

    number: int
    what: str
    owner: str
    made: date | None = None
    due: date | None = None
    done: date | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """A leader's word: on ``targets``, ``proposal``, ``escalation``, ``termination`` or ``agreement``."""

    who: str
    what: str
    given: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A formal notice: of ``non-renewal`` or ``termination``, to ``patients``, ``members`` or a ``regulator``."""

    kind: str
    by: By = "us"
    sent: date | None = None
    due: date | None = None
    effective: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class EscalationSteps:
    """How far an escalation has come, beside the approvals of leaders.

    Attributes:
        tried, tried_by: when somebody said that all else was tried, and who.
        why: why it goes up although something that was looked for is not there.
        listed: when the open issues were listed; ``issues`` names what they said then.
        brief: when the brief was written.
        escalated, escalated_by: when it went up, and who said so.
    """

    tried: date | None = None
    tried_by: str = ""
    why: str = ""
    listed: date | None = None
    issues: str = ""
    brief: date | None = None
    escalated: date | None = None
    escalated_by: str = ""


@dataclass(frozen=True, slots=True)
class Integration:
    """How several independent providers in one negotiation are integrated: ``financial`` or ``clinical``."""

    kind: str
    basis: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider that negotiates: its tax number and who owns it."""

    name: str
    tin: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Negotiation:
    """All of one negotiation, as its file says.

    Attributes:
        name: what it is called.
        side: which side we are on.
        contract: the contract's folder, from the negotiation's own folder.
        provider, payer: the parties.
        opened: the day it was begun.
        effective: the day new terms should begin; without it, the day after the contract's term ends.
        providers, integration: who asks together, where it is more than one organisation, and how they are integrated.
        escalation: how far it has gone up; ``None`` before anybody began.
        plan: ``employer``, ``individual``, ``medicare advantage`` or ``medicaid``; notices and calendars differ.
    """

    name: str
    side: Side
    contract: str
    provider: str
    payer: str
    opened: date | None = None
    effective: date | None = None
    plan: str = ""
    providers: tuple[Provider, ...] = ()
    integration: Integration | None = None
    people: tuple[Person, ...] = ()
    goals: tuple[str, ...] = ()
    value: tuple[Proof, ...] = ()
    issues: tuple[Issue, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    zone: Zone | None = None
    rounds: tuple[Round, ...] = ()
    talks: tuple[Talk, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    approvals: tuple[Approval, ...] = ()
    notices: tuple[Notice, ...] = ()
    message: str = ""
    escalation: EscalationSteps | None = None

    def issue(self, id_: str) -> Issue | None:
        """The issue of this id."""
        return next((one for one in self.issues if one.id == id_), None)

    @property
    def open_issues(self) -> tuple[Issue, ...]:
        """What is not yet agreed or dropped."""
        return tuple(one for one in self.issues if one.status == OPEN)

    @property
    def last_round(self) -> Round | None:
        """The offer made last, by whichever side."""
        return max(self.rounds, key=lambda one: one.number, default=None)

    def rounds_by(self, by: By) -> tuple[Round, ...]:
        """One side's offers, oldest first."""
        return tuple(sorted((one for one in self.rounds if one.by == by), key=lambda one: one.number))
