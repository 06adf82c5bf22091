"""The contract as data: what a contract file says, once it has been read and found whole.

Everything here is frozen. A :class:`Contract` is read from a folder by :mod:`evenhand.contracts.reader`;
its amendments are laid over it in :mod:`evenhand.contracts.amendments`, which gives the
:class:`Version` in force in each period. Percentages are held as multipliers (45 % is ``Decimal("0.45")``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from evenhand.codes import CodeRange
from evenhand.contracts.chargelimit import ChargeLimiter
from evenhand.contracts.escalation import Escalator
from evenhand.contracts.inpatient import DrgFacts, Transfer
from evenhand.contracts.lateness import PromptPay
from evenhand.contracts.limits import Limit
from evenhand.contracts.methods import Holds, Payment
from evenhand.contracts.outliers import Outlier
from evenhand.contracts.readmissions import Readmission
from evenhand.contracts.stoploss import StopLoss
from evenhand.contracts.takings import Sequestration, Withhold
from evenhand.periods import ALWAYS, Period

#: What a condition can look at. The first group belongs to a line, the second to its claim.
LINE_ATTRIBUTES = ("codes", "revenue_codes", "modifiers", "place_of_service", "setting", "rendering_npi")
CLAIM_ATTRIBUTES = ("drg", "bill_type", "claim_type", "diagnosis", "product", "billing_npi", "tin")
#: Numbers a condition can bound, each as ``(attribute, from, to)``: line charge; claim charge;
#: patient's age in years at the start of the claim; nights from admission to discharge, at least 1;
#: the invoice of one unit of the line, in whole cents.
MEASURES = ("charge", "claim_charge", "age", "length_of_stay", "invoice")

Per = Literal["unit", "line", "day", "case"]
#: The day of a claim that chooses its contract and version.
ChosenBy = Literal["service", "admission", "discharge"]

#: Modifiers of assistants at surgery, ranked apart from the surgeon unless a contract says otherwise.
ASSISTANTS = ("80", "81", "82", "AS")
#: What a ranking of procedures is called that is given no name.
UNNAMED = "multiple procedures"


@dataclass(frozen=True, slots=True)
class Condition:
    """The attribute must fall in one of the ranges (or, negated, in none of them).

    ``modifiers`` and ``diagnosis`` hold several values a line or claim: one match is enough
    (negated: no value may match). ``setting`` is ``facility`` or ``office``, from the place of service.
    """

    attribute: str
    ranges: tuple[CodeRange, ...]
    negated: bool = False
    present: tuple[str, ...] = ()  # of diagnoses: only those whose present-on-admission indicator is one of these


@dataclass(frozen=True, slots=True)
class Bound:
    """The measure must be at least ``low`` (more than it, if ``above``) and at most ``high``."""

    measure: str
    low: Decimal | None = None
    high: Decimal | None = None
    above: bool = False


@dataclass(frozen=True, slots=True)
class Selector:
    """What a term covers: all conditions and all bounds must hold. An empty selector covers everything.

    ``with_line`` must be met by some line of the same claim, ``without_line`` by none; both look at lines only.
    """

    conditions: tuple[Condition, ...] = ()
    bounds: tuple[Bound, ...] = ()
    on_schedule: bool = False  # ``codes: on schedule``: the term's own schedule has a rate that day
    with_line: Selector | None = None
    without_line: Selector | None = None
    readmission: Readmission | None = None  # the claim is a stay that follows another so soon


@dataclass(frozen=True, slots=True)
class Term:
    """One payment provision: what it covers and how it pays. Earlier terms win over later ones."""

    name: str
    pay: Payment
    covers: Selector = field(default_factory=Selector)
    per: Per = "unit"
    cite: str = ""
    carve_out: bool = False  # paid in addition to any claim-level term
    default: bool = False  # pays only what no other term covers, wherever it stands
    excepts: tuple[str, ...] = ()  # claim-level terms: names of line terms paid in addition
    stop_loss: bool = True  # whether the charges it takes count towards a stop-loss
    once: Literal["claim", "day"] | None = None  # paid for its highest line only of each claim or day, the others 0
    most_units: Decimal | None = None  # the most units of a line that are paid
    line: int = field(default=0, compare=False)  # where it stands in its file
    source: str = field(default="", compare=False)  # the file it stands in
    grouper: str = ""  # the DRG grouper and version the term goes by, as stated: MS-DRG 42
    transfer: Transfer | None = None  # terms per case: how a case that ends in a transfer is cut
    outlier: Outlier | None = None  # terms per case or day: what stays of extreme cost are paid on top

    @property
    def claim_level(self) -> bool:
        """Whether the term pays the claim as a whole rather than one line."""
        return self.per in ("day", "case")


@dataclass(frozen=True, slots=True)
class Family:
    """Endoscopies that begin with the same one: the ``base``, and the ``codes`` that go beyond it."""

    base: str
    codes: tuple[CodeRange, ...]


@dataclass(frozen=True, slots=True)
class MultipleProcedures:
    """Procedures of one claim and day ranked; the first paid at ``factors[0]`` and so on, the last repeating.

    With ``units`` ``each`` every whole unit of a line takes a rank of its own; else the line takes one with all its
    units. Lines with a modifier of ``apart`` are ranked by themselves: an assistant's never cuts the surgeon's.
    Lines of one of the ``families`` (stated, or those of the table's column) are paid together and take one rank.
    With ``parts`` (technical, professional; practice expense, which is what a table's reduced amount leaves out) each
    part of a line is ranked by itself, and the rest of it is paid in full.
    """

    factors: tuple[Decimal, ...]
    covers: Selector
    order: Literal["fee", "rvu"] = "fee"
    units: Literal["line", "each"] = "line"
    scope: Literal["day", "claim"] = "day"
    apart: tuple[str, ...] = ASSISTANTS
    name: str = UNNAMED
    indicators: tuple[str, ...] = ()  # values of the code's ``multiple`` indicator it is for; empty: whatever it is
    families: Literal["endo_base"] | tuple[Family, ...] = ()
    parts: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)  # instead of ``factors``


@dataclass(frozen=True, slots=True)
class PaidAlone:
    """Services paid nothing beside another line of the claim and day that is paid by the same table.

    Those that ``covers`` does, and whose code has one of ``statuses`` there, where any is named.
    """

    covers: Selector
    statuses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tier:
    """A share of the rate for services of some renderers, places or provider numbers; the first that covers holds."""

    name: str
    covers: Selector
    factor: Decimal
    cite: str = ""


@dataclass(frozen=True, slots=True)
class ModifierByCode:
    """A modifier whose share of the rate depends on the code's indicators.

    Either ``by`` names the indicator that decides, and ``factors`` has the share for its values; or ``shares`` names
    the parts of the surgical package (``pre``, ``intra``, ``post``) that are summed.
    """

    by: str = ""
    factors: Mapping[str, Decimal] = field(default_factory=dict)
    shares: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for every term unless the method says otherwise."""

    lesser_of: Literal["line", "claim"] | None = None
    multiple_procedures: tuple[MultipleProcedures, ...] = ()  # a line falls under the first that covers it
    modifiers: Mapping[str, Decimal] = field(default_factory=dict)
    escalator: tuple[Escalator, ...] = ()  # each by itself; those that move the same term multiply
    stop_loss: tuple[StopLoss, ...] = ()
    limits: tuple[Limit, ...] = ()
    grouper: str | None = None  # the version stays are grouped by, such as ``MS-DRG 43.1``; else the DRG billed counts
    charge_limiter: tuple[ChargeLimiter, ...] = ()

    modifiers_by_code: Mapping[str, ModifierByCode] = field(default_factory=dict)  # the others: ``modifiers`` alone
    indicators: str | None = None  # the schedule whose indicators hold for all terms; else each term's own

    tiers: tuple[Tier, ...] = ()
    paid_alone: PaidAlone | None = None
    bilateral_lines: bool = False  # RT and LT on two lines are paid as modifier 50 on one
    bilateral_units: bool = False  # two units of a code that can be done on both sides are

    sequestration: tuple[Sequestration, ...] = ()  # what follows the allowed amount: it moves no price
    withhold: tuple[Withhold, ...] = ()
    prompt_pay: tuple[PromptPay, ...] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """One row of a fee schedule. No modifier, no setting: holds for all of them."""

    code: str
    amount: Decimal
    modifier: str = ""
    setting: str = ""
    period: Period = ALWAYS
    line: int = field(default=0, compare=False)  # where it stands in its file
    drg: DrgFacts | None = None  # of a DRG: what the table says beside the amount
    group: str = field(default="", compare=False)  # of a code paid by its group: which one


@dataclass(frozen=True, slots=True)
class Indicators:
    """What a schedule says of a code besides its rate: names as in :mod:`evenhand.contracts.indicators`."""

    code: str
    values: Mapping[str, str]
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class FeeSchedule:
    """A named table of rates, read from ``file``: ``by`` procedure code or DRG, of dollars, weights or base units."""

    name: str
    rates: tuple[Rate, ...]
    file: str = ""
    source: str = field(default="", compare=False)  # the file as messages name it, with its folder
    lagged: bool = field(default=False, compare=False)  # its releases are used later than they were published for
    by: Literal["code", "drg"] = "code"
    holds: Holds = "amount"
    indicators: tuple[Indicators, ...] = ()  # by code and period


@dataclass(frozen=True, slots=True)
class Parties:
    """Who the contract binds: the names and numbers claims are recognised by."""

    provider: str
    payer: str
    provider_tins: tuple[str, ...] = ()
    provider_npis: tuple[str, ...] = ()
    payer_ids: tuple[str, ...] = ()
    payer_aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Which of the claims between its parties a contract is for. What lists nothing covers all of them.

    Unlike products and provider numbers, what is listed here must be known of a claim: one that does not say is
    never priced under the contract.
    """

    networks: tuple[str, ...] = ()  # names or identifiers; ``none`` stands for claims that name no network
    plans: tuple[str, ...] = ()  # names of plans or groups, or group numbers
    sites: tuple[str, ...] = ()  # NPIs of ten digits, places of service of two


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """A claim whose price is stated: a test that travels with the contract.

    ``claim`` always has ``date`` and ``claim_type``; each of ``lines`` always has ``code``, ``modifiers``,
    ``units``, ``charge``, ``revenue_code``, ``place_of_service``, ``setting``, ``rendering_npi`` and
    ``date``; ``invoice`` where it is stated.
    """

    lines: tuple[Mapping[str, Any], ...]
    claim: Mapping[str, Any]
    allowed: Decimal
    name: str = ""
    line: int = field(default=0, compare=False)
    source: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Version:
    """What the contract says in one period: its terms and rules after the amendments then in force."""

    period: Period
    terms: tuple[Term, ...]
    rules: Rules
    schedules: Mapping[str, FeeSchedule]
    products: tuple[str, ...]
    amendments: tuple[str, ...] = ()  # names of the amendments in force
    provisions: Mapping[str, Any] = field(default_factory=dict)  # the non-rate terms in this period
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True)
class Amended:
    """An amendment, or an offer, as it was laid over the contract. An offer is not signed."""

    name: str
    effective: date
    signed: date | None = None
    known: date | None = None  # when it became known; an offer: ``None``
    file: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """A whole contract: parties, dates, versions in order of time, and what is not about rates.

    ``versions`` tile ``period`` without gap or overlap. ``provisions`` holds the non-rate terms (payment
    days, timely filing, termination, renewal, notice…) as data for those who value or track them.
    """

    id: str
    name: str
    parties: Parties
    period: Period
    versions: tuple[Version, ...]
    renewal: Mapping[str, Any] = field(default_factory=dict)
    provisions: Mapping[str, Any] = field(default_factory=dict)
    cases: tuple[WorkedCase, ...] = ()
    folder: Path | None = None
    digest: str = ""  # SHA-256 over all files it was read from: names this state of the contract for ever
    ends: date | None = None  # the last day as stated; evergreen renewal carries ``period`` past it
    terminated: date | None = None  # the last day, when it was ended
    signed: date | None = None
    code_sets: Mapping[str, tuple[CodeRange, ...]] = field(default_factory=dict)  # names in small letters → codes
    amendments: tuple[Amended, ...] = ()  # in the order they were laid over it; the last may be an offer
    chosen_by: ChosenBy = "admission"  # of facility stays; other claims go by the first day of service
    precedence: int | None = None  # of several that fit, the lowest; one without a number comes last
    known: date | None = None  # when it became known: as stated, else when signed
    rental: bool = False  # of a network that rents itself to payers: it covers its networks' claims, whoever pays

    @property
    def offer(self) -> str:
        """The name of the offer laid over the contract; empty for the contract as signed."""
        return next((laid.name for laid in reversed(self.amendments) if laid.signed is None), "")

    def version_on(self, day: date) -> Version | None:
        """The version in force on a day."""
        return next((version for version in self.versions if day in version.period), None)
