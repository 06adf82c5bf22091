"""The settling rules read plainly: one claim at a time, in ordinary Python and decimals. Slow and obvious."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)
Key = tuple[object, ...]


@dataclass(frozen=True)
class Adjustment:
    """One reason and amount."""

    group: str
    code: str
    amount: Decimal


@dataclass(frozen=True)
class Billed:
    """A line as billed."""

    number: int
    code: str
    modifiers: str
    charge: Decimal
    day: date
    control: str | None = None

    @property
    def expected_control(self) -> str:
        """What the payer returns as the line's number."""
        return self.control or str(self.number)


@dataclass(frozen=True)
class Answer:
    """A line as remitted; ``code`` is the submitted one where the payer says it."""

    number: int
    code: str
    modifiers: str
    charge: Decimal
    paid: Decimal
    day: date | None
    adjustments: tuple[Adjustment, ...] = ()
    control: str | None = None
    b6: Decimal | None = None


@dataclass(frozen=True)
class Event:
    """A claim in a remittance. ``key`` is its place in the order of files."""

    key: int
    remit: int
    day: date
    payer: str
    status: str
    charge: Decimal
    paid: Decimal
    number: str
    answers: tuple[Answer, ...]
    adjustments: tuple[Adjustment, ...] = ()


@dataclass
class Outcome:
    """A state and its money."""

    state: str
    allowed: Decimal | None = None
    method: str | None = None
    paid: Decimal | None = None
    patient: Decimal | None = None
    match: str | None = None
    reason: str | None = None
    why_not: str | None = None


@dataclass
class Settled:
    """A claim's outcome and its lines'."""

    claim: Outcome
    lines: list[Outcome] = field(default_factory=list)


class Reasons:
    """What adjustments mean."""

    def __init__(self, kinds: dict[tuple[str | None, str], str]) -> None:
        self.kinds = kinds

    def kind(self, a: Adjustment) -> str:
        """The kind of one adjustment."""
        kind = self.kinds.get((a.group, a.code)) or self.kinds.get((None, a.code)) or "unlisted"
        if kind == "cost share" and a.group != "PR":
            return "price"
        if kind == "price" and a.group == "PR":
            return "liability"
        return kind

    def total(self, adjustments: Iterable[Adjustment], *kinds: str) -> Decimal:
        """The sum of some kinds."""
        return sum((a.amount for a in adjustments if self.kind(a) in kinds), ZERO)


# -- which events settle the claim ---------------------------------------------------------------------------------


def sequence(event: Event, events: Sequence[Event]) -> int:
    """Whose turn: 1 primary, 2 secondary."""
    stated = {"1": 1, "19": 1, "2": 2, "20": 2, "3": 3, "21": 3}
    if event.status in stated:
        return stated[event.status]
    same = [stated[e.status] for e in events if e.payer == event.payer and e.status in stated]
    if same:
        return min(same)
    return 2 if any(stated.get(e.status) == 1 for e in events) else 1


def taken_back(events: Sequence[Event]) -> set[int]:
    """Keys of the payments that reversals took back."""
    gone = set()
    for r in (e for e in events if e.status == "22"):
        candidates = []
        for p in events:
            if p.status in ("22", "23", "25") or p.payer != r.payer:
                continue
            surely = p.day < r.day or (p.remit == r.remit and p.key < r.key)
            perhaps = p.day == r.day and p.remit != r.remit
            linked = p.number == r.number
            mirrored = p.charge == -r.charge and p.paid == -r.paid
            if (mirrored and (surely or perhaps)) or (linked and surely):
                candidates.append((linked + mirrored, linked, p.day, p.key))
        if candidates:
            gone.add(max(candidates)[3])
    return gone


def everything(event: Event) -> list[Adjustment]:
    """All adjustments of an event."""
    return [*event.adjustments, *(a for line in event.answers for a in line.adjustments)]


def final_events(charge: Decimal | None, events: Sequence[Event], reasons: Reasons) -> tuple[list[Event], int, str]:
    """The events that settle the claim, whose turn they are, and what stands when none does."""
    real = [e for e in events if e.status not in ("23", "25")]
    if not real:
        planned = any(e.status == "25" for e in events)
        return [], 1, "predetermination" if planned else "not remitted"
    turn = min(sequence(e, events) for e in real)
    gone = taken_back(events)
    standing = [e for e in real if e.status != "22" and e.key not in gone and sequence(e, events) == turn]
    if not standing:
        return [], turn, "reversed"
    leader = max(standing, key=lambda e: (not repeats(e, reasons), e.day, e.key))
    equals = [e for e in standing if repeats(e, reasons) == repeats(leader, reasons)]
    if charge is not None and sum(e.charge for e in equals) <= charge:
        return equals, turn, ""
    return [leader], turn, ""


def representative(events: Sequence[Event], reasons: Reasons) -> Event:
    """The event that shows what was billed when nothing stands: a payment rather than a reversal, the latest."""
    classes = {"22": 3, "25": 4, "23": 5}

    def order(e: Event) -> tuple[object, ...]:
        kind = classes.get(e.status, 2)
        return kind > 3, sequence(e, events), kind, repeats(e, reasons), -e.day.toordinal(), -e.key

    return min(events, key=order)


def repeats(event: Event, reasons: Reasons) -> bool:
    """Whether the event only says that the claim was decided before."""
    return event.paid == 0 and any(reasons.kind(a) == "duplicate" and a.amount for a in everything(event))


# -- which line answers which ---------------------------------------------------------------------------------------


def match(lines: Sequence[Billed], answers: Sequence[Answer]) -> tuple[dict[int, tuple[int, str]], set[int]]:
    """Answer index → (line index, method); and the lines bundled into another."""
    found: dict[int, tuple[int, str]] = {}
    for i, a in enumerate(answers):
        hits = [j for j, line in enumerate(lines) if a.control is not None and line.expected_control == a.control]
        if hits:
            found[i] = (hits[0], "control number")
    _pair(lines, answers, found, lambda x: (x.code, x.modifiers, x.charge, x.day), "code and charge")
    _pair(lines, answers, found, lambda x: (x.code, x.charge), "code and charge", by_day=True)
    _pair(lines, answers, found, lambda x: (x.code, x.day), "code")
    _pair(lines, answers, found, lambda x: (x.code,), "code")
    _split(lines, answers, found)
    _pair(lines, answers, found, lambda x: (x.charge,), "position")
    return found, _bundle(lines, answers, found)


def _open(
    lines: Sequence[Billed], answers: Sequence[Answer], found: dict[int, tuple[int, str]]
) -> tuple[list[int], list[int]]:
    taken = {j for j, _ in found.values()}
    return [j for j in range(len(lines)) if j not in taken], [i for i in range(len(answers)) if i not in found]


def _pair(
    lines: Sequence[Billed],
    answers: Sequence[Answer],
    found: dict[int, tuple[int, str]],
    key: Callable[[Billed | Answer], Key],
    method: str,
    by_day: bool = False,
) -> None:
    left, right = _open(lines, answers, found)
    if by_day:
        left.sort(key=lambda j: lines[j].day)
        right.sort(key=lambda i: answers[i].day or date.max)
    for i in right:
        if None in key(answers[i]):
            continue
        for j in left:
            if key(lines[j]) == key(answers[i]):
                found[i] = (j, method)
                left.remove(j)
                break


def _split(lines: Sequence[Billed], answers: Sequence[Answer], found: dict[int, tuple[int, str]]) -> None:
    answered: dict[int, Decimal] = {}
    for i, (j, _) in found.items():
        answered[j] = answered.get(j, ZERO) + answers[i].charge
    for i in _open(lines, answers, found)[1]:
        fits = [
            (lines[j].day != answers[i].day, j)
            for j, charge in answered.items()
            if lines[j].code == answers[i].code and answers[i].charge <= lines[j].charge - charge
        ]
        if fits:
            found[i] = (min(fits)[1], "code")


def _bundle(lines: Sequence[Billed], answers: Sequence[Answer], found: dict[int, tuple[int, str]]) -> set[int]:
    left, right = _open(lines, answers, found)
    if len(right) == 1 and left and sum(lines[j].charge for j in left) == answers[right[0]].charge:
        found[right[0]] = (left.pop(0), "bundle")
    surplus: dict[int, Decimal] = {}
    for i, (j, _) in found.items():
        surplus[j] = surplus.get(j, -lines[j].charge) + answers[i].charge
    missing = sum((lines[j].charge for j in left), ZERO)
    if left and surplus and sum(surplus.values()) == missing and max(surplus.values()) > 0:
        return set(left)
    return set()


# -- what was decided -----------------------------------------------------------------------------------------------


@dataclass
class Money:
    """What one line, or one claim, was charged, paid and adjusted."""

    charge: Decimal
    paid: Decimal
    adjustments: list[Adjustment]
    b6: Decimal | None

    @property
    def balanced(self) -> bool:
        """Whether charge less adjustments is payment."""
        return self.charge - sum((a.amount for a in self.adjustments), ZERO) == self.paid


def decide(money: Money, reasons: Reasons, *, denied: bool) -> str:
    """The state the money tells."""
    sums = {
        kind: reasons.total(money.adjustments, kind) for kind in ("capitated", "cost share", "bundled", "liability")
    }
    refused = reasons.total(money.adjustments, "denial", "duplicate", "unlisted")
    if money.paid < 0:
        return "unclear"
    if money.paid > 0:
        return "paid"
    if sums["capitated"] > 0 and sums["capitated"] >= max(sums["bundled"], refused):
        return "capitated"
    if sums["cost share"] > 0:
        return "cost share"
    if refused > 0 and refused >= sums["bundled"]:
        return "denied"
    if sums["bundled"] > 0:
        return "bundled"
    if denied or sums["liability"] > 0:
        return "denied"
    if any(reasons.kind(a) == "other payer" and a.amount for a in money.adjustments):
        return "unclear"
    inside = reasons.total(money.adjustments, "payment") > 0 or reasons.total(money.adjustments, "price") > 0
    return "paid" if inside or money.charge == 0 else "unclear"


def allow(money: Money, state: str, reasons: Reasons, turn: int) -> tuple[Decimal | None, str | None]:
    """The allowed amount and how it is known."""
    share = reasons.total(money.adjustments, "cost share")
    inside = reasons.total(money.adjustments, "payment")
    cut = sum((a.amount for a in money.adjustments if a.code == "45"), ZERO)
    b6 = money.b6
    sane = b6 is not None and b6 >= money.paid + share + min(inside, ZERO) and not (b6 == money.charge and cut > 0)
    if state == "bundled":
        return ZERO, "b6" if sane else "derived"
    if state not in ("paid", "cost share"):
        return None, None
    if sane:
        return b6, "b6"
    unread = any(reasons.kind(a) in ("other payer", "unlisted", "capitated") and a.amount for a in money.adjustments)
    if turn == 1 and money.balanced and not unread:
        return money.paid + share + inside, "derived"
    return None, None


def largest_refusal(adjustments: Iterable[Adjustment], reasons: Reasons) -> str | None:
    """The code of the largest denying adjustment, else of the largest."""
    refusing = ("denial", "duplicate", "unlisted")
    ranked = sorted(adjustments, key=lambda a: (reasons.kind(a) not in refusing, -a.amount))
    return ranked[0].code if ranked else None


def why_not(outcome: Outcome, turn: int, *, balanced: bool) -> str | None:
    """Why a line is not comparable with a contract."""
    if outcome.state in ("not remitted", "reversed"):
        return outcome.state
    if turn > 1:
        return "secondary payer"
    if outcome.state in ("denied", "capitated"):
        return outcome.state
    if not balanced:
        return "out of balance"
    return "allowed unknown" if outcome.allowed is None else None


# -- the whole claim -------------------------------------------------------------------------------------------------


def settle_claim(lines: Sequence[Billed] | None, events: Sequence[Event], reasons: Reasons) -> Settled:
    """Settle one claim; ``lines`` is ``None`` when it is known from remittances only."""
    charge = None if lines is None else sum((line.charge for line in lines), ZERO)
    finals, turn, instead = final_events(charge, events, reasons)
    cash = sum((e.paid for e in events if e.status not in ("23", "25")), ZERO)
    if not finals:
        return _nothing(lines, events, reasons, instead=instead, cash=cash)
    answers = [a for e in sorted(finals, key=lambda e: e.key) for a in e.answers]
    whole = Money(
        sum((e.charge for e in finals), ZERO), sum((e.paid for e in finals), ZERO),
        [a for e in finals for a in everything(e)], _b6(answers),
    )  # fmt: skip
    denied = all(e.status == "4" for e in finals)
    claim = _outcome(whole, reasons, turn, denied=denied)
    claim_level = any(a.amount for e in finals for a in e.adjustments) or not answers
    if claim_level and claim.method == "derived":
        claim.method = "claim level"
    if lines is None:
        matched = {i: (i, "remittance") for i in range(len(answers))}
        count, bundled = len(answers), set[int]()
    else:
        matched, bundled = match(lines, answers)
        count = len(lines)
    settled = Settled(claim)
    for j in range(count):
        mine = [(answers[i], method) for i, (k, method) in sorted(matched.items()) if k == j]
        settled.lines.append(
            _line(mine, claim, reasons, turn, whole, alone=count == 1, claim_level=claim_level, denied=denied,
                  bundled=j in bundled)
        )  # fmt: skip
    _add_up(settled, claim_level=claim_level, turn=turn, whole=whole)
    settled.claim.paid = cash
    return settled


def _nothing(
    lines: Sequence[Billed] | None, events: Sequence[Event], reasons: Reasons, *, instead: str, cash: Decimal
) -> Settled:
    state = "reversed" if instead == "reversed" else "not remitted"
    paid = ZERO if instead == "reversed" else None
    count = len(lines) if lines is not None else len(representative(events, reasons).answers)
    each = [Outcome(state, paid=paid, why_not=instead) for _ in range(count)]
    return Settled(Outcome(state, paid=cash, why_not=instead), each)


def _outcome(money: Money, reasons: Reasons, turn: int, *, denied: bool) -> Outcome:
    state = decide(money, reasons, denied=denied)
    allowed, method = allow(money, state, reasons, turn)
    reason = largest_refusal(money.adjustments, reasons) if state == "denied" else None
    return Outcome(state, allowed, method, money.paid, reasons.total(money.adjustments, "cost share"), reason=reason)


def _b6(answers: Sequence[Answer]) -> Decimal | None:
    values = [a.b6 for a in answers if a.b6 is not None]
    return sum(values, ZERO) if values and len(values) == len(answers) else None


def _line(
    mine: list[tuple[Answer, str]], claim: Outcome, reasons: Reasons, turn: int, whole: Money,
    *, alone: bool, claim_level: bool, denied: bool, bundled: bool,
) -> Outcome:  # fmt: skip
    if bundled:
        out = Outcome("bundled", ZERO, "derived", ZERO, match="bundle")
        out.why_not = why_not(out, turn, balanced=whole.balanced)
        return out
    answers = [a for a, _ in mine]
    method = min((m for _, m in mine), default="claim only")
    own: Outcome | None = None
    money = whole
    if mine:
        money = Money(
            sum((a.charge for a in answers), ZERO), sum((a.paid for a in answers), ZERO),
            [x for a in answers for x in a.adjustments], _b6(answers),
        )  # fmt: skip
        own = _outcome(money, reasons, turn, denied=denied)
    if claim_level and alone:
        out, money = Outcome(claim.state, claim.allowed, claim.method, claim.paid, claim.patient), whole
        out.reason = claim.reason
    elif claim_level and not (own and own.paid == 0 and own.state in ("denied", "bundled", "capitated")):
        given = _b6(answers) if claim.method == "b6" else None
        out, money = Outcome(claim.state, given, claim.method, reason=claim.reason), whole
    elif own:
        out = own
        if own.state == "denied" and own.reason is None:
            own.reason = claim.reason
    elif denied:
        out, money = Outcome("denied", reason=claim.reason), whole
    else:
        return Outcome("not remitted", why_not="not remitted")
    out.match = method
    out.why_not = why_not(out, turn, balanced=money.balanced)
    return out


def _add_up(settled: Settled, *, claim_level: bool, turn: int, whole: Money) -> None:
    claim, lines = settled.claim, settled.lines
    states = [line.state for line in lines]
    some = any(s in ("paid", "cost share") for s in states)
    if claim_level:
        if claim.state in ("paid", "cost share") and "denied" in states:
            claim.state = "partly denied"
    else:
        claim.state = "partly denied" if some and "denied" in states else next(
            (s for s in ("paid", "cost share", "denied", "capitated", "bundled") if s in states), "unclear"
        )  # fmt: skip
        known = [line.allowed for line in lines if line.allowed is not None]
        unknown = any(x.state in ("paid", "cost share", "unclear") and x.allowed is None for x in lines)
        claim.allowed = sum(known, ZERO) if known and not unknown else None
        methods = {x.method for x in lines if x.state in ("paid", "cost share")} or {x.method for x in lines} - {None}
        claim.method = None if claim.allowed is None else methods.pop() if len(methods) == 1 else "derived"
    claim.why_not = _claim_why_not(settled, claim_level=claim_level, turn=turn, balanced=whole.balanced)


def _claim_why_not(settled: Settled, *, claim_level: bool, turn: int, balanced: bool) -> str | None:
    own = why_not(settled.claim, turn, balanced=True)
    if own in ("secondary payer", "denied", "capitated"):
        return own
    if settled.claim.state == "partly denied":
        return "denied"
    if not balanced:
        return "out of balance"
    if settled.claim.allowed is None:
        return "allowed unknown"
    order = ("out of balance", "allowed unknown", "denied", "capitated", "not remitted")
    reasons = {line.why_not for line in settled.lines}
    return None if claim_level else next((reason for reason in order if reason in reasons), None)
